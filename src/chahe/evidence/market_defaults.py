"""The market's settlement defaults over a stretch of time, and how large a part of its business the firm has."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="market_defaults",
    heading="市場違約統計",
    row=Text("一段統計期間，通常為半年", "one stretch of time, as a rule a half-year"),
    shape=Shape.REGISTER,
    key=("counted_from", "counted_until"),
    stale_after_months=12,
    columns=(
        Column("counted_from", Kind.DATE, "統計起日", Text("期間的第一天", "first day counted"), required=True),
        Column("counted_until", Kind.DATE, "統計迄日", Text("期間的最後一天", "last day counted"), required=True),
        Column(
            "market_persons",
            Kind.INTEGER,
            "集中市場違約人次",
            Text("全市場申報的違約客戶", "customers declared in default by all firms"),
            also=("市場違約人數",),
        ),
        Column(
            "firm_persons",
            Kind.INTEGER,
            "本公司違約人次",
            Text(
                "證交所統計的本公司違約客戶；沒有則空白",
                "this firm's, as the exchange counts them; blank where not told",
            ),
            also=("本公司違約人數",),
        ),
        Column(
            "value_percent",
            Kind.DECIMAL,
            "成交金額市占率（%）",
            Text("同期經紀成交金額占全市場的百分比", "the firm's brokerage turnover, percent of the market's"),
        ),
        Column(
            "customer_percent",
            Kind.DECIMAL,
            "交易客戶占比（%）",
            Text("同期有交易的客戶數占全市場的百分比", "the firm's customers who traded, percent of the market's"),
        ),
    ),
)
