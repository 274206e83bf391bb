"""The ledger of log records: how many each device or host left in each clock hour, first and last."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="log_hours",
    heading="日誌時段帳",
    row=Text("一部設備或主機在一個整點小時內留下的紀錄", "the records one device or host left within one clock hour"),
    shape=Shape.DERIVED,
    key=("stream", "subject", "hour_us"),
    time="hour_us",
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
        Column("hour_us", Kind.MOMENT, "整點", Text("該小時的開始", "start of the hour"), required=True),
        Column(
            "first_us",
            Kind.MOMENT,
            "最早",
            Text("該小時內最早一筆的時間", "time of the earliest record in the hour"),
            required=True,
        ),
        Column(
            "last_us",
            Kind.MOMENT,
            "最晚",
            Text("該小時內最晚一筆的時間", "time of the latest record in the hour"),
            required=True,
        ),
        Column("records", Kind.INTEGER, "筆數", Text("該小時內的筆數", "number of records"), required=True),
        Column(
            "first_row",
            Kind.TEXT,
            "最早一筆",
            Text("最早一筆的 row_id", "row_id of the earliest record"),
            required=True,
        ),
        Column(
            "last_row", Kind.TEXT, "最晚一筆", Text("最晚一筆的 row_id", "row_id of the latest record"), required=True
        ),
    ),
)
