"""Planned or known stretches in which a device or system was off and could log nothing."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="downtimes",
    heading="停機紀錄",
    row=Text("一部設備的一段停機", "one stretch of one device's downtime"),
    shape=Shape.REGISTER,
    key=("subject", "from_us"),
    stale_after_months=12,
    columns=(
        Column(
            "subject",
            Kind.NAME,
            "設備或系統",
            Text("停機的設備或主機，同日誌名稱", "the device or host, as its log names it"),
            required=True,
            also=("設備名稱", "系統名稱", "主機名稱"),
            naming=Naming.HOST,
        ),
        Column(
            "from_us",
            Kind.MOMENT,
            "停機開始",
            Text("停機開始的時間", "when it went down"),
            required=True,
            also=("開始時間",),
        ),
        Column(
            "until_us",
            Kind.MOMENT,
            "停機結束",
            Text("恢復的時間", "when it came back"),
            required=True,
            also=("結束時間", "恢復時間"),
        ),
        Column("reason", Kind.TEXT, "原因", Text("停機原因", "why")),
        Column("approved_by", Kind.TEXT, "核准人", Text("核准停機的主管", "who approved it")),
    ),
)
