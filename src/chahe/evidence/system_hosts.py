"""Which hosts, by name or address, make up a system."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="system_hosts",
    heading="系統主機清冊",
    row=Text("一個系統的一部主機", "one host of one system"),
    shape=Shape.REGISTER,
    key=("system", "host"),
    stale_after_months=12,
    columns=(
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("資訊系統清冊中的系統", "the system, as in the list of systems"),
            required=True,
            naming=Naming.HOST,
        ),
        Column(
            "host",
            Kind.NAME,
            "主機名稱",
            Text("日誌、帳號清單與弱點報告所用的主機名稱", "the host, as logs, account lists and scans name it"),
            required=True,
            also=("主機",),
            naming=Naming.HOST,
        ),
        Column(
            "address", Kind.ADDRESS, "主機位址", Text("主機的 IP 位址", "the host's IP address"), also=("IP", "IP位址")
        ),
    ),
)
