"""Which interfaces or zones of a firewall lead outside."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="network_zones",
    heading="防火牆介面清冊",
    row=Text("一部防火牆的一個介面或區域", "one interface or zone of one firewall"),
    shape=Shape.REGISTER,
    key=("device", "zone"),
    stale_after_months=12,
    columns=(
        Column(
            "device",
            Kind.NAME,
            "設備名稱",
            Text("日誌中的設備名稱", "the firewall, as its log names it"),
            required=True,
            also=("防火牆名稱",),
            naming=Naming.HOST,
        ),
        Column(
            "zone",
            Kind.NAME,
            "介面或區域",
            Text("規則所用的介面或區域名稱", "the interface or zone, as rules name it"),
            required=True,
            also=("介面名稱", "區域名稱"),
        ),
        Column(
            "outside",
            Kind.BOOLEAN,
            "通往外部",
            Text(
                "是否通往網際網路或公司以外的網路", "does it lead to the internet or another network outside the firm"
            ),
            required=True,
            also=("是否通往外部",),
        ),
    ),
)
