"""What customers had to settle for a day's trades, when it was due, and when they did."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="settlements",
    heading="客戶交割清冊",
    row=Text("一個帳戶一個成交日的交割", "one account's settlement for one day of trades"),
    shape=Shape.REGISTER,
    key=("account", "traded_on"),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "account",
            Kind.NAME,
            "客戶帳號",
            Text("證券帳號", "the account"),
            required=True,
            also=("證券帳號", "委託人帳號"),
        ),
        Column(
            "traded_on",
            Kind.DATE,
            "成交日",
            Text("成交的日子", "the day of the trades"),
            required=True,
            also=("成交日期",),
        ),
        Column(
            "due_on",
            Kind.DATE,
            "應交割日",
            Text("成交日後第二營業日", "the second business day after the trades (T+2)"),
            also=("交割日", "交割日期"),
        ),
        Column(
            "net_amount",
            Kind.DECIMAL,
            "應收付淨額",
            Text("新臺幣元，客戶應付為正", "NT$, positive where the customer pays"),
            also=("交割淨額",),
        ),
        Column(
            "settled",
            Kind.BOOLEAN,
            "已完成交割",
            Text("款券是否已足額交付", "were money and securities delivered in full?"),
            also=("是否交割",),
        ),
        Column(
            "settled_at_us",
            Kind.MOMENT,
            "完成交割時間",
            Text("足額交付的時刻；未交付則空白", "when all was delivered; blank while it was not"),
        ),
    ),
)
