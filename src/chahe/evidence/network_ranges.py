"""The known networks as ranges, so that plain comparison tells whether an address lies in one: derived by address arithmetic."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="network_ranges",
    heading="已知網路範圍",
    row=Text("清冊上一個網段的範圍", "the range of one network of the register"),
    shape=Shape.DERIVED,
    key=("network", "range_from"),
    columns=(
        Column("network", Kind.TEXT, "網段", Text("照清冊所寫", "as the register has it"), required=True),
        Column("network_kind", Kind.TEXT, "網路種類", Text("清冊所載的種類", "its kind in the register")),
        Column(
            "first_place",
            Kind.TEXT,
            "範圍起",
            Text(
                "IPv4 每段三位數（192.000.002.001），IPv6 前六十四位元每段四位（2001:0db8:0000:0001）；網段讀不懂則空白",
                "IPv4 with three digits a part (192.000.002.001), the first 64 bits of IPv6 with four (2001:0db8:0000:0001); blank where the network cannot be read",
            ),
        ),
        Column("last_place", Kind.TEXT, "範圍迄", Text("寫法同上", "written likewise")),
        Column("range_from", Kind.DATE, "起日", Text("不知則空白", "blank: not known")),
        Column("range_until", Kind.DATE, "迄日", Text("仍使用則空白", "blank while in use")),
    ),
)
