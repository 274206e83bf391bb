"""The address translations (NAT) a firewall makes, as listed on a day."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="address_translations",
    heading="位址轉譯規則",
    row=Text("一條位址轉譯", "one address translation"),
    shape=Shape.SNAPSHOT,
    key=("device", "policy", "rule", "kind"),
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
            "rule",
            Kind.TEXT,
            "轉譯規則",
            Text("轉譯規則的編號或名稱", "number or name of the translation"),
            required=True,
            also=("轉譯規則編號",),
        ),
        Column(
            "kind",
            Kind.CHOICE,
            "轉譯種類",
            Text(
                "對外公開內部主機、雙向固定對應，或只隱藏來源",
                "publishes something inside, maps both ways, or only hides sources",
            ),
            required=True,
            choices={
                "publish": Text("對外公開", "published"),
                "static": Text("雙向固定", "static both ways"),
                "hide": Text("隱藏來源", "hides sources"),
            },
        ),
        Column(
            "policy",
            Kind.TEXT,
            "轉譯規則集",
            Text(
                "轉譯規則所在的規則集、鏈或物件表",
                "the rule set, chain or table of objects the translation stands in",
            ),
        ),
        Column(
            "position", Kind.INTEGER, "轉譯順序", Text("在規則集中的順序，自 1 起", "place in the rule set, from 1")
        ),
        Column("enabled", Kind.BOOLEAN, "啟用", Text("轉譯是否生效", "is the translation in force")),
        Column("outside_zone", Kind.TEXT, "外側介面", Text("外側的介面或區域", "interfaces or zones outside")),
        Column("inside_zone", Kind.TEXT, "內側介面", Text("內側的介面或區域", "interfaces or zones inside")),
        Column(
            "outside_addresses",
            Kind.TEXT,
            "外側位址",
            Text(
                "外面看到的位址，寫法同防火牆規則的來源位址",
                "the addresses seen outside, in the words of firewall_rules.source_addresses",
            ),
        ),
        Column(
            "outside_services",
            Kind.TEXT,
            "外側服務",
            Text("外面看到的協定與連接埠；空白為全部", "protocols and ports seen outside; blank for all"),
        ),
        Column(
            "inside_addresses",
            Kind.TEXT,
            "內側位址",
            Text("實際主機的位址", "the real addresses behind"),
        ),
        Column(
            "inside_services",
            Kind.TEXT,
            "內側服務",
            Text("實際的協定與連接埠；空白為不變", "the real protocols and ports; blank where unchanged"),
        ),
        Column(
            "from_addresses",
            Kind.TEXT,
            "限定對象",
            Text("只有這些外部位址適用；空白為不限", "only for these addresses outside; blank for all"),
        ),
        Column("comment", Kind.TEXT, "轉譯註解", Text("設備上的註解", "the comment on the device")),
    ),
)
