"""How often orders of each customer were sent before the one received just before them, beside how often others’ were."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="overtakings",
    heading="委託超越比較",
    row=Text("一條線路上一個帳號與其他帳號的比較", "one account on one line, held against the others"),
    shape=Shape.DERIVED,
    key=("session", "account"),
    personal=True,
    columns=(
        Column("session", Kind.NAME, "連線", Text("送往交易所的線路", "the line to the exchange"), required=True),
        Column("account", Kind.NAME, "帳號", Text("客戶帳號", "the customer's account"), required=True),
        Column(
            "contests",
            Kind.INTEGER,
            "可比次數",
            Text(
                "前一筆他人委託尚未送出時收到的筆數，且有他人可比",
                "orders received while the one before, of another, was waiting, with others' to be held against",
            ),
            required=True,
        ),
        Column(
            "others", Kind.INTEGER, "他人次數", Text("相比的他人次數", "others' they were held against"), required=True
        ),
        Column("days", Kind.INTEGER, "可比日數", Text("有比較的日數", "days with any comparison"), required=True),
        Column(
            "overtook",
            Kind.INTEGER,
            "超越次數",
            Text("先於前一筆送出的次數", "how often it was sent before the one before it"),
            required=True,
        ),
        Column(
            "overtaken",
            Kind.INTEGER,
            "被超越次數",
            Text("被後一筆超越的次數", "how often the one after it was sent before it"),
            required=True,
        ),
        Column(
            "resolution_us",
            Kind.INTEGER,
            "時戳解析度",
            Text("接收與送出時間中較粗者，微秒", "the coarser of the clocks of receipt and sending, µs"),
            required=True,
        ),
        Column(
            "chance_ppm",
            Kind.INTEGER,
            "偶然機率",
            Text("單尾 p 值，百萬分之幾", "one-sided p, parts per million"),
            required=True,
        ),
        Column(
            "adjusted_chance_ppm",
            Kind.INTEGER,
            "校正後機率",
            Text(
                "依同時檢定的帳號數以 Holm 法校正的 p 值，百萬分之幾",
                "p corrected for all the accounts tested (Holm), parts per million",
            ),
            required=True,
        ),
        Column(
            "gain_permille",
            Kind.INTEGER,
            "多超越",
            Text("超越比率高於他人多少，千分之幾", "by how much its rate of overtaking is above others', per thousand"),
            required=True,
        ),
        Column(
            "gain_low_permille",
            Kind.INTEGER,
            "多超越下限",
            Text("95% 信賴區間下限，千分之幾", "lower end of the 95 % interval, per thousand"),
            required=True,
        ),
        Column(
            "gain_high_permille",
            Kind.INTEGER,
            "多超越上限",
            Text("95% 信賴區間上限，千分之幾", "upper end of the 95 % interval, per thousand"),
            required=True,
        ),
        Column(
            "own_row", Kind.TEXT, "本帳號委託", Text("舉例：本帳號的一筆委託", "an order of its own, as an example")
        ),
        Column(
            "own_receipt_row", Kind.TEXT, "本帳號接收", Text("該筆的接收紀錄", "the record of that order's receipt")
        ),
        Column("other_row", Kind.TEXT, "他人委託", Text("相比的他人委託", "another's order, beside it")),
        Column(
            "other_receipt_row", Kind.TEXT, "他人接收", Text("他人該筆的接收紀錄", "the record of that order's receipt")
        ),
    ),
)
