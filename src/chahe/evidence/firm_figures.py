"""The firm’s yearly figures that decide which duties it is under."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="firm_figures",
    heading="公司年度條件表",
    row=Text("一個年底的數字", "the figures at the end of one year"),
    shape=Shape.REGISTER,
    key=("figures_on",),
    stale_after_months=12,
    columns=(
        Column(
            "figures_on",
            Kind.DATE,
            "數字基準日",
            Text("數字所屬年度的最後一天，例如 114/12/31", "last day of the year the figures are of"),
            required=True,
            also=("年度終了日",),
        ),
        Column(
            "paid_in_capital",
            Kind.INTEGER,
            "實收資本額（元）",
            Text("新臺幣元", "New Taiwan dollars"),
            also=("實收資本",),
        ),
        Column(
            "e_order_percent",
            Kind.DECIMAL,
            "電子下單占比（%）",
            Text(
                "網路加電子專線下單成交金額占公司成交金額的百分比",
                "turnover of internet and dedicated-line orders, percent of the firm's",
            ),
            also=("電子下單比率",),
        ),
        Column(
            "market_percent",
            Kind.DECIMAL,
            "經紀市占率（%）",
            Text("經紀業務成交金額占全市場的百分比", "brokerage turnover, percent of the market's"),
            also=("市占率",),
        ),
        Column(
            "natural_person_percent",
            Kind.DECIMAL,
            "自然人客戶占比（%）",
            Text("自然人客戶數占客戶數的百分比", "customers who are natural persons, percent of all"),
            also=("自然人客戶比率",),
        ),
        Column(
            "named_by_exchange",
            Kind.BOOLEAN,
            "列入證交所名單",
            Text(
                "證交所次年一月公告應設資安長的名單有本公司", "the exchange's list of the next January names the firm"
            ),
            also=("證交所公告名單",),
        ),
    ),
)
