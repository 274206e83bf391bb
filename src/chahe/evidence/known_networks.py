"""Networks whose addresses many people share, or that are the firm's own: an address in them ties nobody to anybody."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="known_networks",
    heading="已知網路清冊",
    row=Text("一個多人共用的網段", "one network that many share"),
    shape=Shape.REGISTER,
    key=("network",),
    stale_after_months=12,
    columns=(
        Column(
            "network",
            Kind.TEXT,
            "網段",
            Text("位址或 CIDR，例如 203.0.113.0/24", "an address, or CIDR such as 203.0.113.0/24"),
            required=True,
            also=("網段或位址",),
        ),
        Column(
            "network_kind",
            Kind.CHOICE,
            "網路種類",
            Text("這個網段是什麼", "what it is"),
            required=True,
            choices={
                "branch": Text("分公司", "a branch, where customers use the firm's computers or wireless network"),
                "office": Text("辦公室", "the firm's offices"),
                "carrier_nat": Text("電信業者共用出口", "a carrier's shared exit"),
                "vpn": Text("VPN 或代理", "VPN or proxy"),
                "hosting": Text("機房或雲端", "a data centre or cloud"),
            },
        ),
        Column("network_note", Kind.TEXT, "網路說明", Text("業者、地點", "the carrier, the place")),
        Column("network_from", Kind.DATE, "網段起日", Text("不知則空白", "blank: not known")),
        Column("network_until", Kind.DATE, "網段迄日", Text("仍使用則空白", "blank while in use")),
    ),
)
