"""Investors who may use co-location under the firm’s own rules, and since when."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="colocation_eligibility",
    heading="共置合格投資人名單",
    row=Text("一個帳號合於資格的一段期間", "one stretch of time in which one account is eligible"),
    shape=Shape.REGISTER,
    key=("account", "eligible_from"),
    stale_after_months=6,
    personal=True,
    columns=(
        Column("account", Kind.NAME, "客戶帳號", Text("客戶帳號", "the customer's account"), required=True),
        Column(
            "eligible_from",
            Kind.DATE,
            "合格起日",
            Text("合於資格的第一天", "first day of eligibility"),
            required=True,
            also=("資格起日",),
        ),
        Column(
            "eligible_until",
            Kind.DATE,
            "合格迄日",
            Text("最後一天；仍合格則空白", "last day; blank while eligible"),
            also=("資格迄日",),
        ),
        Column("basis", Kind.TEXT, "資格依據", Text("符合使用規則的哪一項", "the criterion of the rules it meets")),
    ),
)
