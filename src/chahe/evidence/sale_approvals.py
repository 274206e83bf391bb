"""Approvals of the Investment Commission for overseas Chinese and foreigners to sell shares they invested in."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="sale_approvals",
    heading="投審會賣出核准",
    row=Text("一位客戶賣出一檔證券的一次核准", "one approval for one customer to sell one security"),
    shape=Shape.REGISTER,
    key=("approval_id", "customer_id", "symbol"),
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "approval_id",
            Kind.TEXT,
            "核准文號",
            Text("核准函的文號", "number of the letter of approval"),
            required=True,
            also=("核准函文號",),
        ),
        Column(
            "customer_id",
            Kind.NAME,
            "客戶編號",
            Text("獲准賣出的客戶", "who may sell"),
            required=True,
            also=("客戶代號", "歸戶編號"),
        ),
        Column(
            "symbol",
            Kind.TEXT,
            "證券代號",
            Text("獲准賣出的證券", "which security"),
            required=True,
            also=("股票代號",),
        ),
        Column("approved_on", Kind.DATE, "核准日", Text("核准函的日期", "day of the letter"), also=("核准日期",)),
        Column(
            "valid_until",
            Kind.DATE,
            "核准期限",
            Text("最後可賣出之日；未定期限則空白", "last day; blank: no end"),
            also=("有效至",),
        ),
        Column("approved_quantity", Kind.INTEGER, "核准股數", Text("股", "shares"), also=("核准賣出股數",)),
    ),
)
