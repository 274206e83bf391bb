"""Executions as the exchange reported them (FIX 8, ExecType fill)."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="executions",
    heading="成交紀錄",
    row=Text("一筆成交", "one fill"),
    shape=Shape.LOG,
    key=(),
    time="executed_at_us",
    covered_by="session",
    on_trading_days=True,
    columns=(
        Column(
            "executed_at_us", Kind.MOMENT, "成交時間", Text("FIX 60 TransactTime", "FIX 60 TransactTime"), required=True
        ),
        Column("session", Kind.NAME, "連線", Text("FIX 49>56 或線路名稱", "FIX 49>56, or the name of the line")),
        Column("execution_id", Kind.TEXT, "成交編號", Text("FIX 17 ExecID", "FIX 17 ExecID"), required=True),
        Column("order_id", Kind.TEXT, "委託編號", Text("FIX 11 ClOrdID", "FIX 11 ClOrdID")),
        Column("account", Kind.NAME, "帳號", Text("FIX 1 Account", "FIX 1 Account"), also=("客戶帳號",)),
        Column("symbol", Kind.TEXT, "證券代號", Text("FIX 55 Symbol", "FIX 55 Symbol")),
        Column(
            "side",
            Kind.CHOICE,
            "買賣別",
            Text("FIX 54 Side", "FIX 54 Side"),
            choices={"buy": Text("買", "buy"), "sell": Text("賣", "sell")},
        ),
        Column("last_price", Kind.DECIMAL, "成交價格", Text("FIX 31 LastPx，新臺幣元", "FIX 31 LastPx, NT$")),
        Column("last_quantity", Kind.INTEGER, "成交數量", Text("FIX 32 LastQty，股", "FIX 32 LastQty, shares")),
    ),
)
