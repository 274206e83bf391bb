"""Reviews of a firewall’s access settings, as recorded by the reviewer."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="firewall_rule_reviews",
    heading="防火牆規則檢視紀錄",
    row=Text("對一部防火牆的一次檢視", "one review of one firewall"),
    shape=Shape.REGISTER,
    key=("review_id", "device"),
    stale_after_months=12,
    columns=(
        Column(
            "review_id",
            Kind.TEXT,
            "檢視編號",
            Text("檢視紀錄的編號", "number of the review record"),
            required=True,
            also=("編號",),
        ),
        Column(
            "device",
            Kind.NAME,
            "設備名稱",
            Text("所檢視的防火牆", "the firewall reviewed"),
            required=True,
            also=("防火牆名稱",),
            naming=Naming.HOST,
        ),
        Column("reviewed_on", Kind.DATE, "檢視日", Text("檢視的日期", "day of the review"), also=("檢視日期",)),
        Column("reviewer", Kind.TEXT, "檢視人", Text("檢視人員", "who reviewed"), also=("檢視人員",)),
        Column("result", Kind.TEXT, "檢視結果", Text("檢視的結論", "what the review concluded")),
        Column(
            "covers_changes_until",
            Kind.DATE,
            "涵蓋異動至",
            Text(
                "檢視聲稱涵蓋到哪一天的規則異動；空白視為檢視日",
                "last day of rule changes the review claims to cover; blank means the day of review",
            ),
        ),
    ),
)
