"""Money between staff and customers: payments brought together from bank statements and told apart by whose accounts they touch."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="staff_money",
    heading="員工與客戶資金往來",
    row=Text(
        "一筆員工方與客戶之間的資金往來，或一位看得到銀行明細的員工",
        "one payment between an employee's side and a customer, or one employee of whom a bank statement is at hand",
    ),
    shape=Shape.DERIVED,
    key=("person_id", "customer_id", "number"),
    personal=True,
    columns=(
        Column("person_id", Kind.NAME, "員工編號", Text("員工的編號", "employee number"), required=True),
        Column(
            "customer_id",
            Kind.NAME,
            "客戶編號",
            Text(
                "往來的客戶；空白的列只表示看得到這位員工的明細",
                "the customer; a row without one only says that a statement of the employee is at hand",
            ),
        ),
        Column(
            "number",
            Kind.INTEGER,
            "順序",
            Text("這位員工與這位客戶之間的第幾筆，從 1 起", "its number between the two, from 1"),
            required=True,
        ),
        Column("paid_on", Kind.DATE, "往來日", Text("記帳的日子", "the day it was booked")),
        Column(
            "towards",
            Kind.CHOICE,
            "流向",
            Text("錢往哪一方", "which way the money went"),
            choices={
                "staff": Text("客戶給員工方", "to the staff"),
                "customer": Text("員工方給客戶", "to the customer"),
            },
        ),
        Column(
            "amount",
            Kind.DECIMAL,
            "金額",
            Text("新臺幣元；外幣或沒有寫則空白", "NT$; null for other currencies or where not told"),
        ),
        Column(
            "year_amount",
            Kind.DECIMAL,
            "一年累計",
            Text(
                "兩人之間到這一筆為止 365 日內的合計，新臺幣元",
                "what passed between the two in the 365 days up to it, NT$",
            ),
        ),
        Column(
            "way",
            Kind.CHOICE,
            "路徑",
            Text("錢怎麼走", "how the money went"),
            choices={
                "direct": Text("直接往來", "straight"),
                "relative": Text("經員工親屬或所用名義人的帳戶", "by an account of a relative or nominee"),
                "passed_on": Text("經第三人帳戶轉手", "passed on by a third person's account"),
                "name_only": Text("對方帳號不明，僅戶名相同", "account not known: the name alone agrees"),
            },
        ),
        Column(
            "circled",
            Kind.BOOLEAN,
            "繞回",
            Text("錢在三十日內經他人帳戶回到付款人", "came back to the payer by others' accounts within 30 days"),
        ),
        Column(
            "own_customer",
            Kind.BOOLEAN,
            "自己的客戶",
            Text("當時由這位員工負責的客戶", "a customer whom this employee looked after then"),
        ),
        Column(
            "set_apart",
            Kind.CHOICE,
            "不計原因",
            Text("為什麼不計；空白即計入", "why it does not count; null: it counts"),
            choices={
                "kin": Text("親屬之間", "between relatives"),
                "colleagues": Text("同事之間", "between colleagues"),
                "not_staff_then": Text("當時不在職", "not employed then"),
                "not_customer_then": Text("當時不是客戶", "not a customer then"),
            },
        ),
        Column(
            "unsure",
            Kind.CHOICE,
            "不確定",
            Text("哪裡不確定；空白即確定", "what is not sure; null: nothing"),
            choices={
                "name_only": Text("只有戶名相同", "only the name agrees"),
                "identity": Text("員工或客戶沒有身分證字號", "employee or customer without a national ID"),
                "amount": Text("沒有新臺幣金額", "no amount in NT$"),
                "shared_account": Text("帳號登記在不只一人名下", "the account is registered to several persons"),
            },
        ),
        Column(
            "other_row",
            Kind.TEXT,
            "另一筆紀錄",
            Text("對方明細上的同一筆，或轉手的後一筆", "the same payment on the other statement, or the second leg"),
        ),
        Column("party_row", Kind.TEXT, "帳戶登記", Text("客戶帳戶的登記", "the record of the customer's account")),
        Column("staff_row", Kind.TEXT, "員工帳戶登記", Text("員工方帳戶的登記", "the record of the staff's account")),
    ),
)
