"""Failures of the systems through which customers trade, as the firm registered them."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="outages",
    heading="電子交易系統故障紀錄",
    row=Text("電子交易系統的一次故障", "one failure of a system for electronic trading"),
    shape=Shape.REGISTER,
    key=("outage_id",),
    stale_after_months=1,
    columns=(
        Column("outage_id", Kind.TEXT, "故障編號", Text("故障的編號", "number of the failure"), required=True),
        Column(
            "system",
            Kind.NAME,
            "故障系統",
            Text("發生故障的系統", "the system that failed"),
            naming=Naming.HOST,
        ),
        Column("began_at_us", Kind.MOMENT, "故障開始時間", Text("故障開始", "when it began"), also=("故障時間",)),
        Column(
            "restored_at_us",
            Kind.MOMENT,
            "故障修復時間",
            Text("恢復服務；未修復則空白", "when service was back; blank while it is not"),
            also=("修復時間", "恢復時間"),
        ),
        Column("summary", Kind.TEXT, "故障情形", Text("發生了什麼", "what happened"), also=("故障原因",)),
        Column(
            "incident_id",
            Kind.TEXT,
            "對應事件編號",
            Text(
                "通報紀錄所用的事件編號；空白表示與故障編號相同",
                "the incident under which it was reported; blank where that is the failure's own number",
            ),
        ),
    ),
)
