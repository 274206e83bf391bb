"""The firm's own flow for complaints: its steps, in order, and by when each is due."""

from chahe.evidence.complaint_kinds import COMPLAINT_KINDS
from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="complaint_flow",
    heading="申訴處理流程表",
    row=Text("流程的一個步驟", "one step of the flow"),
    shape=Shape.REGISTER,
    key=("step", "applies_to", "in_force_from"),
    stale_after_months=12,
    columns=(
        Column(
            "step",
            Kind.TEXT,
            "申訴流程步驟",
            Text("步驟的名稱", "name of the step"),
            required=True,
            also=("申訴處理步驟",),
        ),
        Column("sequence", Kind.INTEGER, "申訴步驟順序", Text("第幾步", "its place in the flow"), required=True),
        Column(
            "applies_to",
            Kind.CHOICE,
            "適用申訴種類",
            Text("適用哪一種案件", "which kind of case it is for"),
            required=True,
            choices={"all": Text("全部", "all"), **COMPLAINT_KINDS},
        ),
        Column(
            "due_days",
            Kind.INTEGER,
            "申訴步驟期限（日）",
            Text("收件後幾日內；不限則空白", "days after receipt; blank where there is no limit"),
        ),
        Column(
            "day_kind",
            Kind.CHOICE,
            "申訴期限日別",
            Text("期限以營業日或日曆日計", "business days or calendar days"),
            choices={"business": Text("營業日", "business days"), "calendar": Text("日曆日", "calendar days")},
        ),
        Column("in_force_from", Kind.DATE, "申訴流程生效日", Text("第一日", "first day"), required=True),
        Column(
            "in_force_until",
            Kind.DATE,
            "申訴流程失效日",
            Text("最後一日；仍有效則空白", "last day; blank while in force"),
        ),
    ),
)
