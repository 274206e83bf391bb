"""Credit checks of customers: who was assessed when, by whom, with what proof, and what their means are."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="credit_assessments",
    heading="客戶徵信紀錄",
    row=Text("對一位客戶的一次徵信", "one credit check of one customer"),
    shape=Shape.REGISTER,
    key=("assessment_id",),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "assessment_id",
            Kind.TEXT,
            "徵信編號",
            Text("徵信表的編號", "number of the check"),
            required=True,
            also=("徵信表編號",),
        ),
        Column(
            "customer_id",
            Kind.NAME,
            "客戶編號",
            Text("徵信的客戶", "the customer"),
            required=True,
            also=("客戶代號", "歸戶編號"),
        ),
        Column("assessed_on", Kind.DATE, "徵信日", Text("徵信的日子", "the day of the check"), also=("徵信日期",)),
        Column(
            "valid_until",
            Kind.DATE,
            "徵信有效日",
            Text("公司規章所定的有效期限；沒有則空白", "until when it holds by the firm's rules; blank: not limited"),
            also=("徵信到期日",),
        ),
        Column("assessor", Kind.NAME, "徵信人員", Text("徵信的人", "who did it")),
        Column(
            "means",
            Kind.DECIMAL,
            "評估資力（元）",
            Text("查證後的資力，新臺幣元", "the customer's means as verified, NT$"),
            also=("資力", "財力評估金額"),
        ),
        Column(
            "identity_proof",
            Kind.TEXT,
            "身分證明文件",
            Text("查驗的身分證明", "the proof of identity that was seen"),
            also=("身分證明",),
        ),
        Column(
            "means_proof",
            Kind.TEXT,
            "財力證明文件",
            Text("財力證明的種類與文號", "the proof of means: what it is, and its number"),
            also=("財力證明",),
        ),
    ),
)
