"""What was done with remote access or with top privilege, as the people who did it wrote down."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="maintenance_records",
    heading="維護作業紀錄",
    row=Text("一次維護作業", "one piece of work"),
    shape=Shape.REGISTER,
    key=("record_id",),
    stale_after_months=3,
    columns=(
        Column(
            "record_id",
            Kind.TEXT,
            "維護編號",
            Text("維護紀錄的編號", "number of the record"),
            required=True,
            also=("維護紀錄編號",),
        ),
        Column(
            "approval_id",
            Kind.TEXT,
            "依據單號",
            Text("所依據的核准單或遠端申請編號", "the approval or remote request it was done under"),
            also=("核准或申請單號",),
        ),
        Column(
            "person_id",
            Kind.NAME,
            "維護人員",
            Text("做事的人", "who did it"),
            also=("維護人員編號",),
        ),
        Column(
            "system",
            Kind.NAME,
            "維護系統",
            Text("維護的系統或主機", "the system or host worked on"),
            naming=Naming.HOST,
        ),
        Column(
            "worked_on",
            Kind.DATE,
            "維護日期",
            Text("做事的日期", "day of the work"),
            also=("維護日",),
        ),
        Column(
            "work_done",
            Kind.TEXT,
            "維護內容",
            Text("做了什麼", "what was done"),
            also=("作業內容",),
        ),
    ),
)
