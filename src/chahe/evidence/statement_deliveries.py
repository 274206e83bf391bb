"""Statements sent or handed out to customers: how, where to, and who took them."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="statement_deliveries",
    heading="對帳單送達紀錄",
    row=Text("一份對帳單的一次寄送或交付", "one statement sent or handed out"),
    shape=Shape.REGISTER,
    key=("delivery_id",),
    stale_after_months=2,
    personal=True,
    columns=(
        Column(
            "delivery_id",
            Kind.NAME,
            "對帳單送達編號",
            Text("寄送或交付的編號", "number of the delivery"),
            required=True,
        ),
        Column("customer_id", Kind.NAME, "對帳單客戶編號", Text("哪位客戶的對帳單", "whose statement"), required=True),
        Column("delivered_on", Kind.DATE, "對帳單送達日", Text("寄送或交付的日期", "day it was sent or handed out")),
        Column(
            "sent_to",
            Kind.TEXT,
            "對帳單寄送處",
            Text("地址或電子郵件，照原樣；當面交付則空白", "address or e-mail as written; blank where handed over"),
        ),
        Column(
            "taken_by_id",
            Kind.NAME,
            "代領員工編號",
            Text(
                "由員工領取或轉交的，該員工；客戶自領則空白",
                "the employee who took it to pass it on; blank where the customer took it",
            ),
        ),
    ),
)
