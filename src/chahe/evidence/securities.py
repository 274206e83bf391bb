"""The securities that may be traded on a day, with the day's price limits, as the exchanges publish them (T30)."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.evidence.trading_choices import WHICH_SECURITY
from chahe.wording import Text

table = Table(
    name="securities",
    heading="當日證券資料",
    row=Text("一檔證券在一個交易日的資料", "one security on one trading day"),
    shape=Shape.LOG,
    key=("market", "trading_day", "symbol"),
    time="effective_at_us",
    covered_by="market",
    on_trading_days=True,
    columns=(
        Column(
            "effective_at_us",
            Kind.MOMENT,
            "生效時間",
            Text("交易日的開始（臺北零時）", "when the trading day begins (midnight in Taipei)"),
        ),
        Column("trading_day", Kind.DATE, "交易日", Text("資料適用的交易日", "the trading day it is for")),
        *WHICH_SECURITY,
        Column(
            "limit_up",
            Kind.DECIMAL,
            "漲停價",
            Text("新臺幣元；不限則為最高可報價", "NT$; the highest price that can be entered"),
        ),
        Column(
            "reference_price",
            Kind.DECIMAL,
            "開盤競價基準",
            Text("新臺幣元", "NT$: what the opening auction and the limits start from"),
            required=True,
            also=("參考價", "平盤價"),
        ),
        Column(
            "limit_down",
            Kind.DECIMAL,
            "跌停價",
            Text("新臺幣元；不限則為最低可報價", "NT$; the lowest price that can be entered"),
        ),
        Column(
            "last_traded_on",
            Kind.DATE,
            "上次成交日",
            Text("最近一次成交的日子", "the last day it traded"),
            also=("最近成交日",),
        ),
        Column("industry", Kind.TEXT, "產業別代碼", Text("交易所的產業代碼", "the exchange's code of its industry")),
        Column("security_type", Kind.TEXT, "證券別代碼", Text("交易所的證券別代碼", "the exchange's code of its type")),
        Column(
            "board",
            Kind.TEXT,
            "板別",
            Text(
                "交易所的板別代碼：0 一般、3 創新板或戰略新板", "the exchange's code of its board: 0 main, 3 innovation"
            ),
        ),
        Column(
            "day_trade",
            Kind.CHOICE,
            "現股當沖",
            Text("可否現股當日沖銷", "whether it may be bought and sold, cash, on one day"),
            choices={
                "both": Text("先買後賣、先賣後買皆可", "bought first or sold first"),
                "buy_first": Text("僅可先買後賣", "bought first only"),
                "none": Text("不可", "no"),
            },
        ),
        Column(
            "short_below_reference",
            Kind.BOOLEAN,
            "平盤下可融券賣出",
            Text("是否豁免平盤下不得融券賣出", "may it be sold short below the reference price?"),
        ),
        Column(
            "borrowed_below_reference",
            Kind.BOOLEAN,
            "平盤下可借券賣出",
            Text("是否豁免平盤下不得借券賣出", "may borrowed shares be sold below the reference price?"),
        ),
        Column(
            "par_not_ten",
            Kind.BOOLEAN,
            "面額非十元",
            Text("面額註記", "is its par value other than NT$10?"),
        ),
    ),
)
