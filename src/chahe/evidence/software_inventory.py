"""Operating systems, web servers, browsers, firewalls and anti-virus on each host, with the state of their upkeep."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="software_inventory",
    heading="軟體清冊",
    row=Text("一部主機上的一項軟體", "one product on one host"),
    shape=Shape.REGISTER,
    key=(
        "host",
        "product",
    ),
    stale_after_months=1,
    columns=(
        Column(
            "host",
            Kind.NAME,
            "主機名稱",
            Text("日誌與清冊所用的主機名稱", "the host, as logs and lists name it"),
            required=True,
            also=(
                "主機",
                "電腦名稱",
            ),
            naming=Naming.HOST,
        ),
        Column(
            "product",
            Kind.TEXT,
            "軟體名稱",
            Text("產品名稱", "name of the product"),
            required=True,
            also=(
                "產品名稱",
                "軟體",
            ),
        ),
        Column(
            "software_kind",
            Kind.CHOICE,
            "軟體類別",
            Text(
                "作業系統、網站伺服器、瀏覽器、防火牆、防毒或其他",
                "operating system, web server, browser, firewall, anti-virus or other",
            ),
            also=("類別",),
            choices={
                "os": Text("作業系統", "operating system"),
                "web_server": Text("網站伺服器", "web server"),
                "browser": Text("瀏覽器", "browser"),
                "firewall": Text("防火牆", "firewall"),
                "antivirus": Text("防毒軟體", "anti-virus"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "version",
            Kind.TEXT,
            "軟體版本",
            Text("安裝的版本", "the version installed"),
            also=("版本",),
        ),
        Column(
            "support_ends_on",
            Kind.DATE,
            "支援終止日",
            Text("原廠支援的最後一天；未公布則空白", "last day of the maker’s support; blank where none is announced"),
            also=("原廠支援終止日",),
        ),
        Column(
            "checked_on",
            Kind.DATE,
            "更新檢查日",
            Text("最近一次檢查有無修補程式的日期", "day on which fixes were last looked for"),
            also=("最近檢查更新日",),
        ),
        Column(
            "engine_updated_on",
            Kind.DATE,
            "掃毒引擎更新日",
            Text("防毒軟體的引擎最近更新的日期", "day the anti-virus engine was last updated"),
            also=("引擎日期",),
        ),
        Column(
            "signature_updated_on",
            Kind.DATE,
            "病毒碼更新日",
            Text("防毒軟體的病毒碼最近更新的日期", "day its signatures were last updated"),
            also=("病毒碼日期",),
        ),
        Column(
            "exempt_until",
            Kind.DATE,
            "免裝防毒至",
            Text("核准不裝防毒的最後一天", "last day on which it is approved to do without anti-virus"),
        ),
        Column(
            "exempted_by",
            Kind.TEXT,
            "免裝核准人",
            Text("核准不裝防毒的主管", "who approved that"),
        ),
    ),
)
