"""What firewalls' rule bases let in from outside to important systems, rule by rule: derived by address arithmetic."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="exposures",
    heading="對外可達路徑",
    row=Text(
        "一條規則在一段期間內讓外部到達一個重要系統的一個位址",
        "one rule letting the outside reach one address of an important system, for a span of days",
    ),
    shape=Shape.DERIVED,
    key=("system", "address", "device", "policy", "rule", "translation", "holds_from"),
    columns=(
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("到達的系統", "the system that is reached"),
            required=True,
            naming=Naming.HOST,
        ),
        Column("address", Kind.ADDRESS, "主機位址", Text("到達的主機位址", "the host's address"), required=True),
        Column(
            "device", Kind.NAME, "設備名稱", Text("規則所在的防火牆", "the firewall whose rule it is"), required=True
        ),
        Column("policy", Kind.TEXT, "規則集", Text("規則所在的規則集", "the policy the rule stands in")),
        Column("rule", Kind.TEXT, "規則", Text("規則編號或名稱", "rule number or name"), required=True),
        Column("translation", Kind.TEXT, "經由轉譯", Text("經由哪一條位址轉譯", "by which address translation")),
        Column(
            "holds_from",
            Kind.DATE,
            "起日",
            Text("這個情形的第一天；空白為自始", "first day on which this is so; null from the beginning"),
        ),
        Column(
            "holds_until",
            Kind.DATE,
            "迄日",
            Text("最後一天；空白為無期限", "last day; null where there is no end"),
        ),
        Column(
            "outside_addresses",
            Kind.TEXT,
            "可連入的外部位址",
            Text(
                "扣除先前規則後仍可連入的外部位址", "addresses outside that get in, less what earlier rules take away"
            ),
        ),
        Column("services", Kind.TEXT, "可到達的服務", Text("可到達的服務", "the services that are reached")),
        Column(
            "undeclared_addresses",
            Kind.TEXT,
            "超出清冊的外部位址",
            Text("可到達未核准服務的外部位址", "addresses outside that reach what is not declared"),
        ),
        Column(
            "undeclared_services",
            Kind.TEXT,
            "超出清冊的服務",
            Text("可到達而對外服務清冊沒有的服務", "services reached that are not declared"),
        ),
        Column(
            "unsure",
            Kind.CHOICE,
            "無法確定",
            Text("因此還可能到達更多，但無法判定", "why more may be reached than can be told"),
            choices={
                "zone": Text("來源介面是否通往外部未登記", "whether the interface leads outside is not on record"),
                "addresses": Text("位址物件無法展開", "an address object cannot be expanded"),
                "services": Text("服務物件無法展開", "a service object cannot be expanded"),
            },
        ),
        Column("rule_row", Kind.TEXT, "規則紀錄", Text("規則的 row_id", "row_id of the rule"), required=True),
        Column(
            "translation_row", Kind.TEXT, "轉譯紀錄", Text("位址轉譯的 row_id", "row_id of the address translation")
        ),
        Column("host_row", Kind.TEXT, "主機紀錄", Text("系統主機的 row_id", "row_id of the host"), required=True),
        Column("system_row", Kind.TEXT, "系統紀錄", Text("系統的 row_id", "row_id of the system"), required=True),
    ),
)
