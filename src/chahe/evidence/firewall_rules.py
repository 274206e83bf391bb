"""The rules a firewall enforces, as listed on a day."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="firewall_rules",
    heading="防火牆規則",
    row=Text("一條規則", "one rule"),
    shape=Shape.SNAPSHOT,
    key=("device", "rule"),
    stale_after_months=12,
    columns=(
        Column(
            "device",
            Kind.NAME,
            "設備名稱",
            Text("日誌中的設備名稱", "the firewall, as its log names it"),
            required=True,
            also=("防火牆名稱",),
        ),
        Column(
            "rule", Kind.TEXT, "規則", Text("規則編號或名稱", "rule number or name"), required=True, also=("規則編號",)
        ),
        Column("enabled", Kind.BOOLEAN, "啟用", Text("規則是否生效", "is the rule in force")),
        Column(
            "action",
            Kind.CHOICE,
            "處置",
            Text("放行或拒絕", "let through or refused"),
            choices={"allow": Text("放行", "allow"), "deny": Text("拒絕", "deny")},
        ),
        Column("source", Kind.TEXT, "來源", Text("來源位址或物件", "source addresses or objects")),
        Column("destination", Kind.TEXT, "目的", Text("目的位址或物件", "destination addresses or objects")),
        Column("service", Kind.TEXT, "服務", Text("協定與連接埠", "protocols and ports")),
        Column(
            "changed_on",
            Kind.DATE,
            "最後異動日",
            Text("規則最後一次異動的日期", "day the rule was last changed"),
            also=("異動日期",),
        ),
        Column("purpose", Kind.TEXT, "用途", Text("規則的用途", "what the rule is for")),
    ),
)
