"""What scans found: one row for one weakness on one port of one host."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="vulnerabilities",
    heading="弱點",
    row=Text("一次掃描在一部主機發現的一個弱點", "one weakness found on one host by one scan"),
    shape=Shape.LOG,
    key=(),
    time="found_at_us",
    covered_by="host",
    columns=(
        Column("scan_id", Kind.TEXT, "掃描編號", Text("發現它的掃描", "the scan that found it"), required=True),
        Column("scanner", Kind.NAME, "掃描工具", Text("掃描工具", "the tool"), required=True),
        Column(
            "host",
            Kind.NAME,
            "主機",
            Text("報告所稱主機", "the host, as the report names it"),
            required=True,
            also=("主機名稱",),
            naming=Naming.HOST,
        ),
        Column("address", Kind.ADDRESS, "主機位址", Text("主機的 IP 位址", "the host's IP address"), also=("IP",)),
        Column("port", Kind.INTEGER, "連接埠", Text("連接埠；整部主機則為 0", "port; 0 for the host as a whole")),
        Column("protocol", Kind.NAME, "協定", Text("tcp、udp 等", "tcp, udp …")),
        Column(
            "finding_id",
            Kind.TEXT,
            "弱點代碼",
            Text("工具的檢查代碼（外掛編號、OID）", "the tool's check: plugin number, OID"),
            required=True,
            also=("弱點編號",),
        ),
        Column("cve", Kind.TEXT, "CVE", Text("CVE 編號，多個以空白分隔", "CVE numbers, parted by blanks")),
        Column("title", Kind.TEXT, "弱點名稱", Text("弱點的名稱", "name of the weakness"), also=("名稱",)),
        Column(
            "component",
            Kind.TEXT,
            "元件或位置",
            Text(
                "有弱點的套件與版本、網址、檔案或設定；整部主機則空白",
                "the package and version, URL, file or setting at fault; blank for the host as a whole",
            ),
            also=("套件", "元件", "網址"),
        ),
        Column(
            "severity",
            Kind.CHOICE,
            "風險等級",
            Text(
                "嚴重、高、中、低、紀錄；工具沒有評級者為未評級",
                "critical, high, medium, low, log; unrated where the tool gives no rating",
            ),
            required=True,
            also=("等級",),
            choices={
                "critical": Text("嚴重", "critical"),
                "high": Text("高", "high"),
                "medium": Text("中", "medium"),
                "low": Text("低", "low"),
                "info": Text("紀錄", "log"),
                "unknown": Text("未評級", "unrated"),
            },
        ),
        Column(
            "cvss",
            Kind.DECIMAL,
            "CVSS",
            Text("CVSS 基本分數（有 3.x 用 3.x）", "CVSS base score, version 3.x where given"),
        ),
        Column(
            "default_credential",
            Kind.BOOLEAN,
            "預設帳密",
            Text("弱點是預設或空白帳號密碼", "the weakness is a default or empty credential"),
        ),
        Column("found_at_us", Kind.MOMENT, "發現時間", Text("該主機掃描的時間", "when the host was scanned")),
    ),
)
