"""Executions as the exchange reported them (FIX 8, ExecType fill), with what was taken back or corrected later."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.evidence.trading_choices import CATEGORIES, INVESTORS, PRICE_TYPES, SIDES, TRADE_TYPES, VALIDITIES
from chahe.wording import Text

table = Table(
    name="executions",
    heading="成交紀錄",
    row=Text("一筆成交、成交更正或成交取消", "one fill, correction or cancellation of a fill"),
    shape=Shape.LOG,
    key=(),
    time="executed_at_us",
    covered_by="session",
    on_trading_days=True,
    personal=True,
    columns=(
        Column(
            "executed_at_us", Kind.MOMENT, "成交時間", Text("FIX 60 TransactTime", "FIX 60 TransactTime"), required=True
        ),
        Column("session", Kind.NAME, "連線", Text("FIX 49>56 或線路名稱", "FIX 49>56, or the name of the line")),
        Column("execution_id", Kind.TEXT, "成交編號", Text("FIX 17 ExecID", "FIX 17 ExecID"), required=True),
        Column(
            "order_id",
            Kind.TEXT,
            "委託編號",
            Text("FIX 11 ClOrdID；委託書號", "FIX 11 ClOrdID; the slip number"),
            also=("委託書號",),
        ),
        Column("account", Kind.NAME, "帳號", Text("FIX 1 Account", "FIX 1 Account"), also=("客戶帳號",)),
        Column("symbol", Kind.TEXT, "證券代號", Text("FIX 55 Symbol", "FIX 55 Symbol")),
        Column(
            "side",
            Kind.CHOICE,
            "買賣別",
            Text("FIX 54 Side", "FIX 54 Side"),
            choices=SIDES,
        ),
        Column("last_price", Kind.DECIMAL, "成交價格", Text("FIX 31 LastPx，新臺幣元", "FIX 31 LastPx, NT$")),
        Column("last_quantity", Kind.INTEGER, "成交數量", Text("FIX 32 LastQty，股", "FIX 32 LastQty, shares")),
        Column(
            "event",
            Kind.CHOICE,
            "成交類別",
            Text(
                "成交、更正或取消（FIX 150、20）；空白即為成交",
                "fill, correction or cancellation (FIX 150, 20); a fill where blank",
            ),
            choices={
                "fill": Text("成交", "fill"),
                "correct": Text("成交更正", "correction of a fill"),
                "cancel": Text("成交取消", "cancellation of a fill"),
            },
        ),
        Column(
            "original_execution_id",
            Kind.TEXT,
            "原成交編號",
            Text("所更正或取消的成交（FIX 19 ExecRefID）", "the fill corrected or cancelled (FIX 19 ExecRefID)"),
        ),
        Column(
            "slip_number",
            Kind.TEXT,
            "委託書編號",
            Text(
                "交易所的委託書號（FIX 37 OrderID；成交檔的連結代碼二），大小寫不同即為不同書號",
                "the number of the order slip at the exchange (FIX 37 OrderID); capitals matter",
            ),
        ),
        Column(
            "broker_id",
            Kind.TEXT,
            "證券商代號",
            Text(
                "證券商總分公司代號（TWSE FIX 50、57；成交檔的連結代碼一，為重新編碼）",
                "head office or branch of the broker (recoded in the exchange's files)",
            ),
            also=("券商代號", "分公司代號"),
        ),
        Column(
            "order_category",
            Kind.CHOICE,
            "委託種類",
            Text("現股、融資、融券、借券（TWSE FIX 10001）", "cash, margin, short or borrowed (TWSE's FIX 10001)"),
            choices=CATEGORIES,
        ),
        Column(
            "trade_type",
            Kind.CHOICE,
            "交易種類",
            Text("普通、鉅額、零股、定價", "regular, block, odd lot, fixed price"),
            also=("盤別",),
            choices=TRADE_TYPES,
        ),
        Column(
            "investor_type",
            Kind.CHOICE,
            "投資人屬性",
            Text("自然人、外資、投信或其他法人", "natural person, foreign, investment trust or other"),
            choices=INVESTORS,
        ),
        Column(
            "order_type",
            Kind.CHOICE,
            "價格別",
            Text("委託的價格別（FIX 40）", "of the order (FIX 40)"),
            choices=PRICE_TYPES,
        ),
        Column(
            "time_in_force",
            Kind.CHOICE,
            "有效期間",
            Text("委託的有效期間（FIX 59）", "of the order (FIX 59)"),
            choices=VALIDITIES,
        ),
        Column(
            "terminal",
            Kind.TEXT,
            "櫃號",
            Text("成交回報的印表機或櫃號", "the printer or terminal that the fill is reported to"),
            also=("回報印表機",),
        ),
    ),
)
