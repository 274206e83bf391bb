"""Who is designated to review which system's audit log."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="log_reviewers",
    heading="稽核日誌檢視專人",
    row=Text("一個人檢視一個系統日誌的指派", "one person's designation for one system"),
    shape=Shape.REGISTER,
    key=("system", "person_id", "appointed_on"),
    stale_after_months=12,
    columns=(
        Column(
            "system",
            Kind.NAME,
            "指派系統",
            Text("負責檢視的系統", "the system whose log is reviewed"),
            required=True,
            naming=Naming.HOST,
        ),
        Column("person_id", Kind.NAME, "檢視專人編號", Text("被指派的人", "who is designated"), required=True),
        Column("appointed_on", Kind.DATE, "指派日", Text("第一日", "first day"), also=("指派日期",)),
        Column("ended_on", Kind.DATE, "解除指派日", Text("最後一日；仍有效則空白", "last day; blank while it holds")),
    ),
)
