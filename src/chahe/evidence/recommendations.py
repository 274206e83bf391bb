"""What staff recommended: which security, to whom, when, and how risky it is."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="recommendations",
    heading="推介紀錄",
    row=Text("對一位客戶（或一群人）的一次推介", "one recommendation to one customer, or to several at once"),
    shape=Shape.REGISTER,
    key=("recommendation_id", "customer_id"),
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "recommendation_id",
            Kind.NAME,
            "推介編號",
            Text("推介或報告的編號", "number of the recommendation or report"),
            required=True,
        ),
        Column(
            "made_at_us",
            Kind.MOMENT,
            "推介時間",
            Text("推介或發布報告的時刻", "when it was made, or the report issued"),
            also=("推介報告發布時間",),
        ),
        Column("person_id", Kind.NAME, "推介人員編號", Text("推介的員工", "who recommended, by employee number")),
        Column("symbol", Kind.TEXT, "推介證券代號", Text("推介的證券", "the security"), required=True),
        Column(
            "made_as",
            Kind.CHOICE,
            "推介性質",
            Text(
                "推介，或只是答覆客戶詢問、轉知公開資訊",
                "a recommendation, or only an answer to a customer's question or public news passed on",
            ),
            choices={
                "recommendation": Text("推介", "recommendation"),
                "answer": Text("答覆詢問", "answer to a question"),
                "news": Text("轉知公開資訊", "public news passed on"),
            },
        ),
        Column(
            "audience",
            Kind.CHOICE,
            "推介對象",
            Text("特定客戶、群組或不特定人", "a customer, a group, or the public"),
            choices={
                "customer": Text("特定客戶", "a customer"),
                "group": Text("群組", "a group"),
                "public": Text("不特定人", "the public"),
            },
        ),
        Column(
            "customer_id",
            Kind.NAME,
            "推介客戶編號",
            Text("被推介的客戶；不是特定客戶則空白", "the customer; blank where it was none in particular"),
        ),
        Column(
            "risk_level",
            Kind.INTEGER,
            "商品風險等級",
            Text("一至五，五最高", "one to five, five the highest"),
            also=("推介商品風險等級",),
        ),
    ),
)
