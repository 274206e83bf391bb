"""Which services of a system the firm means to offer to the outside, and to whom."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="declared_services",
    heading="對外服務清冊",
    row=Text("一個系統核准對外提供的一項服務", "one service that a system is approved to offer to the outside"),
    shape=Shape.REGISTER,
    key=("service_id",),
    stale_after_months=12,
    columns=(
        Column(
            "service_id",
            Kind.TEXT,
            "服務編號",
            Text("對外服務的編號", "number of the entry"),
            required=True,
            also=("對外服務編號",),
        ),
        Column(
            "system",
            Kind.NAME,
            "系統名稱",
            Text("資訊系統清冊中的系統", "the system, as in the list of systems"),
            required=True,
            naming=Naming.HOST,
        ),
        Column(
            "services",
            Kind.TEXT,
            "對外服務",
            Text(
                "主機上的協定與連接埠，例如 tcp/443；多項以空白或頓號分隔",
                "protocols and ports on the host, such as tcp/443; several parted by blanks or commas",
            ),
            also=("協定與連接埠",),
        ),
        Column(
            "from_addresses",
            Kind.TEXT,
            "開放對象",
            Text(
                "准許連入的外部位址（CIDR 或起-迄）；空白為不限",
                "addresses outside that may connect (CIDR or a-b); blank for all",
            ),
            also=("開放來源",),
        ),
        Column("purpose", Kind.TEXT, "服務用途", Text("提供服務的用途", "what the service is for")),
        Column("approver", Kind.TEXT, "服務核准人", Text("核准開放的主管", "who approved it"), also=("核准主管",)),
        Column(
            "approved_on",
            Kind.DATE,
            "服務核准日",
            Text("核准開放的日期；空白為未核准", "day it was approved; blank where it is not"),
            also=("核准開放日",),
        ),
        Column(
            "ended_on",
            Kind.DATE,
            "服務終止日",
            Text("最後一天開放；仍開放則空白", "last day it is open; blank while open"),
            also=("終止日",),
        ),
    ),
)
