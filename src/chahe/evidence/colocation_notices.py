"""Notices to eligible investors that they may apply for co-location."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="colocation_notices",
    heading="共置資格通知紀錄",
    row=Text("對一個帳號的一次通知", "one notice to one account"),
    shape=Shape.REGISTER,
    key=("account", "notified_on"),
    stale_after_months=6,
    personal=True,
    columns=(
        Column("account", Kind.NAME, "客戶帳號", Text("客戶帳號", "the customer's account"), required=True),
        Column(
            "notified_on",
            Kind.DATE,
            "資格通知日",
            Text("通知送達的日子", "day the notice reached the customer"),
            required=True,
            also=("通知日",),
        ),
        Column("means", Kind.TEXT, "通知方式", Text("書面、電子郵件等", "letter, e-mail and so on")),
    ),
)
