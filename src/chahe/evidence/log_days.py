"""The ledger of log records by day: how many and which, as each reading of a file found them, beside what it held before."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="log_days",
    heading="日誌每日帳",
    row=Text(
        "一次載入所見，一部設備或主機一天的紀錄；同一個檔案先前讀過時，並列先前所見",
        "one device's or host's day as one load found it; where the same file was read before, beside what it held then",
    ),
    shape=Shape.DERIVED,
    key=("stream", "subject", "day_us", "load", "before_load"),
    time="day_us",
    covered_by="subject",
    keep_years=3,
    columns=(
        Column(
            "stream",
            Kind.NAME,
            "日誌",
            Text("證據表的名稱（firewall_events、auth_events …）", "the evidence table the records are in"),
            required=True,
        ),
        Column(
            "subject",
            Kind.NAME,
            "設備或主機",
            Text("寫下紀錄的設備或主機", "the device or host that wrote them"),
            required=True,
            naming=Naming.HOST,
        ),
        Column("day_us", Kind.MOMENT, "日", Text("當日零時", "start of the day in Taipei"), required=True),
        Column("source", Kind.TEXT, "來源", Text("chahe.toml 的來源", "the source in chahe.toml"), required=True),
        Column("path", Kind.TEXT, "檔案", Text("讀取的檔案", "the file that was read"), required=True),
        Column("load", Kind.TEXT, "載入編號", Text("該次載入", "the load"), required=True),
        Column("read_at_us", Kind.MOMENT, "讀取時間", Text("該次載入的時間", "when it was loaded"), required=True),
        Column(
            "records",
            Kind.INTEGER,
            "筆數",
            Text(
                "該次載入所見筆數；0 表示先前有而已不見",
                "records found; 0 where it held some before and holds none now",
            ),
            required=True,
        ),
        Column(
            "digest",
            Kind.TEXT,
            "紀錄摘要",
            Text(
                "各筆 SHA-256 之和（mod 2^256），與順序無關",
                "sum of the records' SHA-256 modulo 2^256, in whatever order",
            ),
            required=True,
        ),
        Column("first_us", Kind.MOMENT, "最早", Text("最早一筆的時間", "time of the earliest record")),
        Column("last_us", Kind.MOMENT, "最晚", Text("最晚一筆的時間", "time of the latest record")),
        Column("first_row", Kind.TEXT, "最早一筆", Text("最早一筆的 row_id", "row_id of the earliest record")),
        Column("last_row", Kind.TEXT, "最晚一筆", Text("最晚一筆的 row_id", "row_id of the latest record")),
        Column(
            "before_load",
            Kind.TEXT,
            "先前的載入",
            Text(
                "同一檔案先前的載入；第一次讀取則空白", "the earlier load of the same file; null for the first reading"
            ),
        ),
        Column(
            "before_read_at_us", Kind.MOMENT, "先前讀取時間", Text("先前載入的時間", "when the earlier one was loaded")
        ),
        Column("before_records", Kind.INTEGER, "先前筆數", Text("先前所見筆數", "records that the earlier one found")),
        Column("before_digest", Kind.TEXT, "先前紀錄摘要", Text("先前的紀錄摘要", "the digest of those")),
        Column(
            "before_row",
            Kind.TEXT,
            "先前最早一筆",
            Text("先前所見最早一筆的 row_id", "row_id of the earliest record found before"),
        ),
        Column(
            "lost",
            Kind.INTEGER,
            "不見筆數",
            Text(
                "先前有、這次沒有的紀錄；無從逐筆比對則空白",
                "records found before and not now; null where they could not be held against one another",
            ),
        ),
        Column(
            "lost_row",
            Kind.TEXT,
            "不見的第一筆",
            Text("不見的紀錄中最早一筆的 row_id", "row_id of the earliest record that is gone"),
        ),
    ),
)
