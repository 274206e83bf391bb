"""Tasks given to staff for which customers' data are needed, without a form for each look-up."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="work_items",
    heading="工作指派紀錄",
    row=Text("一件指派給一個人的工作", "one task given to one person"),
    shape=Shape.REGISTER,
    key=("item_id", "person_id"),
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "item_id",
            Kind.TEXT,
            "工作編號",
            Text("案件或工單編號", "number of the task"),
            required=True,
            also=("指派案號",),
        ),
        Column(
            "item_kind",
            Kind.CHOICE,
            "工作種類",
            Text("什麼工作", "what kind of task"),
            choices={
                "service": Text("客戶服務", "service of the customer"),
                "complaint": Text("申訴處理", "a complaint"),
                "credit": Text("徵信與額度", "credit"),
                "settlement": Text("交割與違約", "settlement or default"),
                "review": Text("客戶審查", "customer due diligence"),
                "audit": Text("稽核或法遵查核", "audit or compliance"),
                "batch": Text("系統批次", "batch work of a system"),
            },
        ),
        Column(
            "person_id",
            Kind.NAME,
            "承辦人員編號",
            Text("辦理的員工或系統帳號", "who does it: an employee, or a system's account"),
            required=True,
        ),
        Column("account", Kind.NAME, "工作相關帳號", Text("有關的帳戶", "the account concerned")),
        Column(
            "customer_id",
            Kind.NAME,
            "工作相關客戶編號",
            Text(
                "有關的客戶；查核與批次可不填，即所有客戶",
                "the customer concerned; audits and batches may leave it blank for all customers",
            ),
        ),
        Column("assigned_on", Kind.DATE, "指派日期", Text("第一日", "first day"), required=True),
        Column(
            "finished_on",
            Kind.DATE,
            "辦結日期",
            Text("最後一日；辦理中則空白", "last day; blank while it goes on"),
            also=("結案日期",),
        ),
    ),
)
