"""Paired block trades as the firm checked them: who is on the other side, and whether that person was confirmed to qualify."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="block_pairings",
    heading="鉅額配對交易檢核",
    row=Text("一筆鉅額配對委託的檢核", "the check of one order for a paired block trade"),
    shape=Shape.REGISTER,
    key=("pairing_id",),
    stale_after_months=1,
    personal=True,
    columns=(
        Column("pairing_id", Kind.TEXT, "檢核表編號", Text("檢核表的編號", "number of the check list"), required=True),
        Column("traded_on", Kind.DATE, "交易日", Text("交易的日子", "day of the trade"), required=True),
        Column("account", Kind.NAME, "客戶帳號", Text("委託的帳戶", "the account"), required=True, also=("證券帳號",)),
        Column(
            "order_id",
            Kind.TEXT,
            "委託編號",
            Text("所檢核的委託", "the order checked"),
            required=True,
            also=("委託書號",),
        ),
        Column("counterparty_name", Kind.TEXT, "配對相對人", Text("相對人的姓名或名稱", "who is on the other side")),
        Column(
            "counterparty_national_id",
            Kind.TEXT,
            "配對相對人身分證字號",
            Text("寫法與客戶基本資料相同", "written as on the list of customers"),
        ),
        Column(
            "confirmed_at_us",
            Kind.MOMENT,
            "特定人確認時間",
            Text(
                "確認相對人為申報之特定人且符合條件的時間；未確認則空白",
                "when the other side was confirmed to be the specified person filed, and to qualify; blank: it was not",
            ),
            also=("確認時間",),
        ),
        Column("confirmed_by", Kind.NAME, "確認人員", Text("做確認的人員", "who confirmed it")),
    ),
)
