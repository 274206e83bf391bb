"""What came to the knowledge of managers about their staff: when, about whom, and how."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="supervision_notices",
    heading="主管知悉紀錄",
    row=Text("一位主管知悉一件與人員有關的事", "one matter about a member of staff that came to a manager's knowledge"),
    shape=Shape.REGISTER,
    key=("notice_id", "manager_id"),
    stale_after_months=3,
    personal=True,
    columns=(
        Column("notice_id", Kind.TEXT, "知悉編號", Text("紀錄的編號", "number of the record"), required=True),
        Column(
            "manager_id",
            Kind.NAME,
            "知悉主管",
            Text("知悉的主管，員工編號", "the manager, by employee number"),
            required=True,
            also=("主管編號", "督導主管"),
        ),
        Column("notified_on", Kind.DATE, "知悉日", Text("知悉的日子", "the day it became known"), also=("知悉日期",)),
        Column(
            "subject_id",
            Kind.NAME,
            "涉及人員",
            Text("事情關於誰，員工編號", "whom it is about, by employee number"),
            also=("涉及人員編號",),
        ),
        Column("matter", Kind.TEXT, "知悉事由", Text("知悉了什麼", "what became known"), also=("事由",)),
        Column(
            "how",
            Kind.CHOICE,
            "知悉方式",
            Text("交辦、通知、簽核、客訴或自行發現", "assigned, told, signed, complained of or found"),
            choices={
                "assigned": Text("交辦", "assigned"),
                "notified": Text("通知", "told"),
                "signed": Text("簽核", "signed"),
                "complaint": Text("客訴", "complaint"),
                "found": Text("自行發現", "found by the manager"),
            },
        ),
    ),
)
