"""How long orders of each customer took inside the firm, beside those of others under like load."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="latency_comparisons",
    heading="委託延遲比較",
    row=Text("一條線路上一個帳號與其他帳號的比較", "one account on one line, held against the others"),
    shape=Shape.DERIVED,
    key=("session", "account"),
    personal=True,
    columns=(
        Column("session", Kind.NAME, "連線", Text("送往交易所的線路", "the line to the exchange"), required=True),
        Column("account", Kind.NAME, "帳號", Text("客戶帳號", "the customer's account"), required=True),
        Column(
            "orders",
            Kind.INTEGER,
            "可比筆數",
            Text("同等負載下有他人委託可比的筆數", "orders that had others' to be held against"),
            required=True,
        ),
        Column(
            "others",
            Kind.INTEGER,
            "他人筆數",
            Text("相比的他人委託筆數", "others' orders they were held against"),
            required=True,
        ),
        Column("days", Kind.INTEGER, "可比日數", Text("有比較的日數", "days with any comparison"), required=True),
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
            "superiority_permille",
            Kind.INTEGER,
            "較快機率",
            Text(
                "本帳號比他人快的機率，千分之幾；500 為無差別",
                "chance that its order is quicker than another's, per thousand; 500 is no difference",
            ),
            required=True,
        ),
        Column(
            "gain_us",
            Kind.INTEGER,
            "快多少",
            Text(
                "延遲少幾微秒（Hodges–Lehmann 估計）；檢定不顯著則空白",
                "microseconds by which it is quicker (Hodges-Lehmann); blank where the test shows nothing",
            ),
        ),
        Column(
            "gain_low_us",
            Kind.INTEGER,
            "快多少下限",
            Text("95% 信賴區間下限，微秒", "lower end of the 95 % interval, µs"),
        ),
        Column(
            "gain_high_us",
            Kind.INTEGER,
            "快多少上限",
            Text("95% 信賴區間上限，微秒", "upper end of the 95 % interval, µs"),
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
