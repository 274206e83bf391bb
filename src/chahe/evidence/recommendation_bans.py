"""When the firm and its staff may not trade what was recommended."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="recommendation_bans",
    heading="推介後禁止買賣時段",
    row=Text("一次推介在一個交易日的禁止時段", "one recommendation's ban on one trading day"),
    shape=Shape.DERIVED,
    key=("recommendation_id", "banned_on"),
    columns=(
        Column(
            "recommendation_id",
            Kind.NAME,
            "推介編號",
            Text("推介的編號", "number of the recommendation"),
            required=True,
        ),
        Column("symbol", Kind.TEXT, "證券代號", Text("推介的證券", "the security"), required=True),
        Column("banned_on", Kind.DATE, "禁止買賣日", Text("時段所在的交易日", "the trading day"), required=True),
        Column("banned_from_us", Kind.MOMENT, "禁止起時", Text("推介的時刻", "when it was recommended"), required=True),
        Column(
            "banned_until_us",
            Kind.MOMENT,
            "禁止迄時",
            Text("其後開盤滿二小時", "two hours after the opening that follows"),
            required=True,
        ),
    ),
)
