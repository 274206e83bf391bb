"""The firm’s operations: what its risk assessment speaks about, one by one."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="operations",
    heading="業務作業清冊",
    row=Text("一項業務作業", "one operation of the firm"),
    shape=Shape.REGISTER,
    key=("operation",),
    stale_after_months=12,
    columns=(
        Column(
            "operation",
            Kind.NAME,
            "作業名稱",
            Text("作業的名稱，例如網路下單", "name of the operation, such as online ordering"),
            required=True,
            also=("業務作業", "作業項目"),
        ),
        Column(
            "unit",
            Kind.TEXT,
            "主辦單位",
            Text("負責這項作業的單位", "the unit responsible for it"),
            required=True,
            also=("負責單位", "作業單位"),
        ),
        Column(
            "begins_on", Kind.DATE, "開辦日", Text("開始辦理的日期", "first day of the operation"), also=("開辦日期",)
        ),
        Column(
            "ends_on",
            Kind.DATE,
            "停辦日",
            Text("最後辦理的日期；仍在辦理則空白", "last day of the operation; blank while it goes on"),
            also=("停辦日期",),
        ),
    ),
)
