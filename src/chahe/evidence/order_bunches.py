"""Customers of one representative who ordered the same almost together, beside what chance and the market would bring."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.evidence.trading_choices import SIDES
from chahe.wording import Text

_NTH = (("first", "首", "first"), ("second", "次", "second"), ("third", "中", "middle"), ("fourth", "倒數第二", "last but one"), ("last", "末", "last"))  # fmt: skip
table = Table(
    name="order_bunches",
    heading="客戶委託聚集",
    row=Text(
        "同一營業員至少三戶客戶在兩分鐘內對同一證券同方向的新單；以每戶的第一筆為準",
        "new orders of at least three households of one representative for one security and side within two minutes; each household by its first",
    ),
    shape=Shape.DERIVED,
    key=("representative_id", "bunched_on", "symbol", "side", "first_us"),
    personal=True,
    columns=(
        Column(
            "representative_id",
            Kind.NAME,
            "營業員編號",
            Text("下單當時負責的營業員；不知則空白", "who looked after the accounts at that time; blank where unknown"),
        ),
        Column("bunched_on", Kind.DATE, "聚集日", Text("下單的日子", "the day of the orders"), required=True),
        Column(
            "session_number",
            Kind.INTEGER,
            "第幾個交易日",
            Text("查核期間內有委託的日子，由一起算", "among the days of the period with orders, counted from one"),
            required=True,
        ),
        Column("symbol", Kind.TEXT, "證券代號", Text("委託的證券", "the security"), required=True),
        Column("side", Kind.CHOICE, "買賣別", Text("買或賣", "buy or sell"), required=True, choices=SIDES),
        Column("first_us", Kind.MOMENT, "首筆時間", Text("第一戶下單", "the first household's order"), required=True),
        Column("last_us", Kind.MOMENT, "末筆時間", Text("最後一戶下單", "the last household's order"), required=True),
        Column(
            "households",
            Kind.INTEGER,
            "戶數",
            Text(
                "不同戶的客戶；自營、錯帳、內部人、全權委託及有非員工受任人的帳戶不計",
                "households; not the firm's own, error, insiders', mandates', or accounts with an agent who is not staff",
            ),
            required=True,
        ),
        Column("orders", Kind.INTEGER, "筆數", Text("這些客戶的新單", "new orders of these customers"), required=True),
        Column(
            "one_price",
            Kind.INTEGER,
            "同價戶數",
            Text("價格相同的最多戶數", "most households at one price"),
            required=True,
        ),
        Column(
            "one_quantity",
            Kind.INTEGER,
            "同量戶數",
            Text("股數相同的最多戶數", "most households with one quantity"),
            required=True,
        ),
        Column(
            "untimed",
            Kind.INTEGER,
            "無接收時間筆數",
            Text(
                "沒有接收時間、以紀錄時間代替的筆數",
                "orders without a time of receipt, for which the record's own time stands",
            ),
            required=True,
        ),
        Column(
            "others",
            Kind.INTEGER,
            "他人筆數",
            Text(
                "同一時窗內其他營業員客戶同證券同方向的筆數",
                "orders of other representatives' customers in the same window",
            ),
            required=True,
        ),
        Column(
            "share_permille",
            Kind.INTEGER,
            "營業員占比",
            Text("該營業員客戶占全公司客戶委託，千分之幾", "the book's share of all customers' orders, per thousand"),
            required=True,
        ),
        Column(
            "expected_ppm",
            Kind.INTEGER,
            "預期數",
            Text(
                "客戶各自下單時預期的筆數，百萬分之幾（見 docs/bunches.md）",
                "orders to be expected of customers on their own, millionths (docs/bunches.md)",
            ),
            required=True,
        ),
        Column(
            "surprise_tenths",
            Kind.INTEGER,
            "意外程度",
            Text(
                "偶然至少這麼多戶的機率 p 的 −log10，十分之幾，無條件捨去",
                "−log10 of the chance of as many households, tenths, rounded down",
            ),
            required=True,
        ),
        *(
            Column(f"{name}_account", Kind.NAME, f"{zh}戶帳號", Text(f"{zh}戶", f"the {en} household's"), required=True)
            for name, zh, en in _NTH
        ),
        *(
            Column(f"{name}_order_row", Kind.TEXT, f"{zh}戶委託", Text(f"{zh}戶的委託", f"the {en} household's order"))
            for name, zh, en in _NTH
        ),
    ),
)
