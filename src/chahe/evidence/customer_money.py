"""Money between customers: payments on customers' statements whose both ends are customers, and what else ties the two."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="customer_money",
    heading="客戶間資金往來",
    row=Text(
        "一筆客戶付給另一位客戶的款項，或一位看得到銀行明細的客戶；員工與其關係人不在內",
        "one payment from a customer to another, or one customer of whom a bank statement is at hand; staff and their relatives left out",
    ),
    shape=Shape.DERIVED,
    key=("payer_id", "payee_id", "number"),
    personal=True,
    columns=(
        Column("payer_id", Kind.NAME, "付款客戶", Text("付款的客戶", "the customer who paid"), required=True),
        Column(
            "payee_id",
            Kind.NAME,
            "收款客戶",
            Text(
                "收款的客戶；空白的列只表示看得到付款客戶的明細",
                "the customer who was paid; a row without one only says that a statement of the payer is at hand",
            ),
        ),
        Column(
            "number",
            Kind.INTEGER,
            "順序",
            Text("付款客戶給收款客戶的第幾筆，從 1 起", "its number among what the one paid the other, from 1"),
            required=True,
        ),
        Column("paid_on", Kind.DATE, "往來日", Text("記帳的日子", "the day it was booked")),
        Column(
            "amount",
            Kind.DECIMAL,
            "金額",
            Text("新臺幣元；外幣或沒有寫則空白", "NT$; null for other currencies or where not told"),
        ),
        Column(
            "related",
            Kind.CHOICE,
            "兩人的關聯",
            Text(
                "兩人在公司資料上還有什麼相同；空白即沒有", "what else the two have in common on record; null: nothing"
            ),
            choices={
                "agent": Text("代理人、緊急聯絡人或授權", "agent, emergency contact or authority"),
                "account": Text("同一銀行帳戶", "one bank account"),
                "phone": Text("同一電話", "one telephone"),
                "email": Text("同一電子郵件", "one e-mail address"),
                "address": Text("同一棟地址", "one building"),
            },
        ),
        Column(
            "unsure",
            Kind.CHOICE,
            "不確定",
            Text("哪裡不確定；空白即確定", "what is not sure; null: nothing"),
            choices={
                "name_only": Text("只有戶名相同", "only the name agrees"),
                "identity": Text("客戶沒有身分證字號", "a customer without a national ID"),
                "amount": Text("沒有新臺幣金額或收付別", "no amount in NT$, or not which way it went"),
                "shared_account": Text("帳號登記在不只一人名下", "the account is registered to several persons"),
                "contacts": Text(
                    "沒有地址或電話，不知有無關聯", "no address or telephone, so ties cannot be ruled out"
                ),
            },
        ),
        Column(
            "other_row", Kind.TEXT, "另一筆紀錄", Text("對方明細上的同一筆", "the same payment on the other statement")
        ),
        Column("payer_row", Kind.TEXT, "付款帳戶登記", Text("付款帳戶的登記", "the record of the payer's account")),
        Column("payee_row", Kind.TEXT, "收款帳戶登記", Text("收款帳戶的登記", "the record of the payee's account")),
    ),
)
