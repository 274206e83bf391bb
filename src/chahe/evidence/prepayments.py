"""Money and securities collected from customers before their orders were accepted (預收款券)."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="prepayments",
    heading="預收款券紀錄",
    row=Text(
        "一次向客戶預收的價金或有價證券",
        "money or securities collected, or earmarked, once from a customer before orders",
    ),
    shape=Shape.REGISTER,
    key=("prepayment_id",),
    stale_after_months=1,
    personal=True,
    columns=(
        Column("prepayment_id", Kind.TEXT, "預收編號", Text("預收的編號", "number of the collection"), required=True),
        Column(
            "account", Kind.NAME, "客戶帳號", Text("向哪一個帳戶預收", "the account"), required=True, also=("證券帳號",)
        ),
        Column(
            "symbol",
            Kind.TEXT,
            "證券代號",
            Text("為買賣哪一檔證券", "for orders in which security"),
            also=("股票代號",),
        ),
        Column(
            "traded_on",
            Kind.DATE,
            "委託日",
            Text(
                "供哪一個交易日的委託；空白即為收取當日", "for the orders of which day; blank: that of the collection"
            ),
            also=("適用交易日",),
        ),
        Column(
            "collected_at_us",
            Kind.MOMENT,
            "收取時間",
            Text("款券入帳或圈存完成的時間", "when it was received or earmarked"),
            also=("預收時間", "圈存時間"),
        ),
        Column(
            "amount",
            Kind.DECIMAL,
            "預收金額",
            Text("新臺幣元；預收證券則空白", "NT$; blank where securities were collected"),
            also=("預收價金",),
        ),
        Column(
            "quantity",
            Kind.INTEGER,
            "預收股數",
            Text("股；預收價金則空白", "shares; blank where money was collected"),
            also=("圈存股數",),
        ),
    ),
)
