"""Links from the firm to the exchange, the internet and others, with the firewall that guards each."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="network_links",
    heading="網路連線清冊",
    row=Text("一條對外連線", "one link to the outside"),
    shape=Shape.REGISTER,
    key=("link_id",),
    stale_after_months=12,
    columns=(
        Column(
            "link_id",
            Kind.TEXT,
            "線路編號",
            Text("線路或專線的編號", "number of the line"),
            required=True,
            also=("編號",),
        ),
        Column(
            "link_kind",
            Kind.CHOICE,
            "連線種類",
            Text("連到哪裡", "what it leads to"),
            required=True,
            choices={
                "exchange_trading": Text("證券交易資訊網路", "exchange TCP/IP trading network"),
                "colocation": Text("主機共置網路", "co-location network"),
                "internet": Text("網際網路", "internet"),
                "other": Text("其他", "other"),
            },
        ),
        Column("description", Kind.TEXT, "說明", Text("連線的用途", "what the link is for")),
        Column(
            "firewall",
            Kind.NAME,
            "防火牆",
            Text("擋在前面的防火牆；沒有則空白", "the firewall in front of it; blank if none"),
            also=("防火牆名稱",),
            naming=Naming.HOST,
        ),
        Column(
            "in_service_on", Kind.DATE, "啟用日", Text("開始使用的日期", "first day of service"), also=("啟用日期",)
        ),
        Column("retired_on", Kind.DATE, "停用日", Text("最後使用的日期", "last day of service"), also=("停用日期",)),
    ),
)
