"""Contracts under which customers are recommended securities: risks explained, tolerance assessed, signed, ended."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="recommendation_contracts",
    heading="推介契約清冊",
    row=Text("一位客戶的一份推介契約", "one customer's contract"),
    shape=Shape.REGISTER,
    key=("contract_id",),
    stale_after_months=3,
    personal=True,
    columns=(
        Column("contract_id", Kind.TEXT, "推介契約編號", Text("契約編號", "number of the contract"), required=True),
        Column("customer_id", Kind.NAME, "推介契約客戶編號", Text("簽約的客戶", "who signed"), required=True),
        Column("explained_on", Kind.DATE, "風險說明日", Text("說明風險的日期", "day the risks were explained")),
        Column(
            "explained_by_id",
            Kind.NAME,
            "風險說明人員編號",
            Text("說明的業務人員", "who explained them, by employee number"),
        ),
        Column("signed_on", Kind.DATE, "推介契約簽訂日", Text("簽訂的日期", "day it was signed")),
        Column(
            "risk_tolerance", Kind.INTEGER, "客戶風險承受等級", Text("一至五，五最高", "one to five, five the highest")
        ),
        Column(
            "ended_on", Kind.DATE, "推介契約終止日", Text("最後一日；仍有效則空白", "last day; blank while it holds")
        ),
        Column(
            "professional",
            Kind.BOOLEAN,
            "專業機構投資人",
            Text(
                "專業機構投資人免簽契約；空白即不是", "a professional institution needs no contract; blank: it is none"
            ),
        ),
    ),
)
