"""The firm’s information systems and what matters about each."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="systems",
    heading="資訊系統清冊",
    row=Text("一個資訊系統", "one information system"),
    shape=Shape.REGISTER,
    key=("system",),
    stale_after_months=12,
    columns=(
        Column(
            "system", Kind.NAME, "系統名稱", Text("系統的名稱", "name of the system"), required=True, naming=Naming.HOST
        ),
        Column(
            "important",
            Kind.BOOLEAN,
            "重要系統",
            Text("主機連線、網路下單等重要系統", "host link, online ordering and the like"),
            required=True,
            also=("是否為重要系統", "核心系統"),
        ),
        Column(
            "internet_facing",
            Kind.BOOLEAN,
            "對外服務",
            Text("可由網際網路連到", "reachable from the internet"),
            also=("是否對外",),
        ),
        Column("official_site", Kind.BOOLEAN, "官方網站", Text("公司對外的官方網站", "the firm's public web site")),
        Column(
            "takes_orders",
            Kind.BOOLEAN,
            "網路下單",
            Text("客戶登入後可以下單", "customers sign in to it and place orders"),
            also=("是否供網路下單", "電子下單系統"),
        ),
        Column("colocated", Kind.BOOLEAN, "主機共置", Text("放在主機共置機房", "stands in the co-location room")),
        Column(
            "firewall",
            Kind.NAME,
            "防火牆",
            Text("擋在前面的防火牆；沒有則空白", "the firewall in front of it; blank if none"),
            also=("防火牆名稱",),
            naming=Naming.HOST,
        ),
        Column(
            "in_service_on",
            Kind.DATE,
            "啟用日",
            Text("開始使用的日期", "first day of service"),
            required=True,
            also=("啟用日期", "上線日"),
        ),
        Column(
            "retired_on",
            Kind.DATE,
            "停用日",
            Text("最後使用的日期；仍在使用則空白", "last day of service; blank while in use"),
            also=("停用日期",),
        ),
        Column("owner", Kind.TEXT, "負責人", Text("系統負責人", "who is responsible"), also=("系統負責人",)),
    ),
)
