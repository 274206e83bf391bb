"""Checks an order passed or failed before it was sent."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="risk_checks",
    heading="下單前風控檢核",
    row=Text("對一筆委託的一次檢核", "one check of one order"),
    shape=Shape.LOG,
    key=("check_id",),
    time="checked_at_us",
    covered_by="engine",
    on_trading_days=True,
    personal=True,
    columns=(
        Column("check_id", Kind.TEXT, "檢核編號", Text("檢核的編號", "number of the check"), required=True),
        Column("engine", Kind.NAME, "風控系統", Text("做檢核的系統", "the system that checked"), required=True),
        Column("checked_at_us", Kind.MOMENT, "檢核時間", Text("檢核的時間", "when it was checked"), required=True),
        Column(
            "order_id",
            Kind.TEXT,
            "委託編號",
            Text("所檢核的委託", "the order checked"),
            required=True,
            also=("委託書號",),
        ),
        Column("account", Kind.NAME, "帳號", Text("客戶帳號", "the customer's account"), also=("客戶帳號",)),
        Column("symbol", Kind.TEXT, "證券代號", Text("證券代號", "the security"), also=("股票代號",)),
        Column(
            "side",
            Kind.CHOICE,
            "買賣別",
            Text("買或賣", "buy or sell"),
            also=("買賣",),
            choices={"buy": Text("買", "buy"), "sell": Text("賣", "sell")},
        ),
        Column("price", Kind.DECIMAL, "價格", Text("新臺幣元", "NT$"), also=("委託價格",)),
        Column("quantity", Kind.INTEGER, "數量", Text("股", "shares"), also=("委託數量", "股數")),
        Column(
            "result",
            Kind.CHOICE,
            "結果",
            Text("通過或未通過", "passed or failed"),
            required=True,
            also=("檢核結果",),
            choices={"passed": Text("通過", "passed"), "failed": Text("未通過", "failed")},
        ),
    ),
)
