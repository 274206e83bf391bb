"""Staff who have an interest of their own in a customer: lawsuits, complaints, kinship, dealings."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="interests",
    heading="員工利害關係登記",
    row=Text("一位員工對一位客戶的一項利害關係", "one interest of one employee in one customer"),
    shape=Shape.REGISTER,
    key=("person_id", "customer_id", "interest_kind", "interest_from"),
    stale_after_months=12,
    personal=True,
    columns=(
        Column(
            "person_id",
            Kind.NAME,
            "利害關係員工編號",
            Text("有利害關係的員工或負責人", "the employee or officer"),
            required=True,
        ),
        Column("customer_id", Kind.NAME, "利害關係客戶編號", Text("對方客戶", "the customer"), required=True),
        Column(
            "interest_kind",
            Kind.CHOICE,
            "利害關係種類",
            Text("什麼關係", "what kind"),
            choices={
                "litigation": Text("訴訟或保全當事人", "party to a lawsuit or attachment"),
                "complaint": Text("申訴當事人", "party to a complaint"),
                "kin": Text("親屬", "kin"),
                "dealing": Text("資金或交易往來", "dealings in money or trade"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "interest_from",
            Kind.DATE,
            "利害關係起日",
            Text("第一日；不知則空白，視為一直存在", "first day; blank: not known, and taken as always"),
        ),
        Column(
            "interest_until",
            Kind.DATE,
            "利害關係迄日",
            Text("最後一日；仍存在則空白", "last day; blank while it lasts"),
        ),
    ),
)
