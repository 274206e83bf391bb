"""Money that moved on bank accounts, line by line as the bank's statement has it (ISO 20022 camt.053, pacs.008)."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="transfers",
    heading="資金往來明細",
    row=Text("銀行帳戶的一筆存入或支出", "one payment into or out of a bank account"),
    shape=Shape.REGISTER,
    key=(),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "bank",
            Kind.NAME,
            "銀行",
            Text("帳戶所在的銀行，代碼或名稱", "the bank the account is with, by code or name"),
            also=("銀行代碼", "銀行別", "本行"),
        ),
        Column(
            "account",
            Kind.NAME,
            "帳號",
            Text("明細所屬的帳戶", "the account the statement is of"),
            required=True,
            also=("本方帳號", "存款帳號", "帳戶"),
        ),
        Column("account_name", Kind.TEXT, "戶名", Text("帳戶的戶名", "whose account it is"), also=("本方戶名",)),
        Column(
            "holder_national_id",
            Kind.TEXT,
            "本方身分證字號",
            Text("帳戶所有人；寫法與客戶基本資料相同", "the account's owner, written as on the list of customers"),
            also=("戶名身分證字號",),
        ),
        Column(
            "booked_on",
            Kind.DATE,
            "交易日期",
            Text("記帳的日子", "the day it was booked"),
            required=True,
            also=("交易日", "記帳日", "帳務日期"),
        ),
        Column(
            "booked_at_us",
            Kind.MOMENT,
            "交易時間",
            Text("記帳的時刻；明細只寫日期則空白", "when it was booked; null where the statement has the day alone"),
            also=("交易日期時間", "記帳時間"),
        ),
        Column(
            "direction",
            Kind.CHOICE,
            "收付別",
            Text("存入或支出；明細分兩欄時空白", "in or out; null where the statement has two columns of amounts"),
            also=("借貸別", "存提別", "收支別"),
            choices={
                "in": Text("存入", "in"),
                "out": Text("支出", "out"),
            },
        ),
        Column(
            "amount",
            Kind.DECIMAL,
            "金額",
            Text(
                "新臺幣元，正數；明細分支出、存入兩欄時空白",
                "NT$, positive; null where the statement has two columns of amounts",
            ),
            also=("交易金額", "發生額"),
        ),
        Column(
            "paid_in",
            Kind.DECIMAL,
            "存入金額",
            Text("新臺幣元；分兩欄的明細填這一欄或支出金額", "NT$, where the statement has two columns of amounts"),
            also=("存入", "收入金額", "貸方金額", "存款金額"),
        ),
        Column(
            "paid_out",
            Kind.DECIMAL,
            "支出金額",
            Text("新臺幣元；分兩欄的明細填這一欄或存入金額", "NT$, where the statement has two columns of amounts"),
            also=("支出", "提出金額", "提款金額", "借方金額"),
        ),
        Column(
            "balance",
            Kind.DECIMAL,
            "餘額",
            Text("這一筆之後的餘額，新臺幣元", "the balance after it, NT$"),
            also=("帳戶餘額", "結存"),
        ),
        Column(
            "currency", Kind.TEXT, "幣別", Text("ISO 4217；空白即為新臺幣", "ISO 4217; NT$ where blank"), also=("幣種",)
        ),
        Column(
            "counterparty_bank",
            Kind.NAME,
            "對方銀行",
            Text("對方帳戶所在的銀行", "the bank of the other account"),
            also=("對方行庫", "對方銀行代碼", "轉出入行"),
        ),
        Column(
            "counterparty_account",
            Kind.NAME,
            "對方帳號",
            Text("錢來自或轉往的帳號", "the account the money came from or went to"),
            also=("轉出入帳號", "往來帳號", "對方帳戶"),
        ),
        Column(
            "counterparty_name",
            Kind.TEXT,
            "對方戶名",
            Text("對方的戶名；同名不代表同一人", "the other account's name; the same name need not be the same person"),
            also=("轉出入戶名", "往來對象", "對方名稱"),
        ),
        Column(
            "counterparty_national_id",
            Kind.TEXT,
            "對方身分證字號",
            Text("寫法與客戶基本資料相同", "written as on the list of customers"),
        ),
        Column(
            "summary",
            Kind.TEXT,
            "摘要",
            Text("銀行寫的交易種類，例如跨行轉入、現金、利息", "what the bank calls it: transfer, cash, interest"),
            also=("交易摘要", "交易種類", "交易項目"),
        ),
        Column(
            "memo",
            Kind.TEXT,
            "附言",
            Text("匯款人寫的話", "what the payer wrote"),
            also=("備註", "存摺備註", "註記", "匯款附言"),
        ),
        Column(
            "channel",
            Kind.TEXT,
            "交易管道",
            Text("臨櫃、自動櫃員機、網路銀行、行動銀行", "counter, ATM, internet or mobile bank"),
            also=("交易行", "交易分行"),
        ),
        Column(
            "transaction_id",
            Kind.TEXT,
            "交易序號",
            Text("銀行給這一筆的編號", "the number the bank gave it (EndToEndId)"),
            also=("交易編號", "匯款編號"),
        ),
        Column(
            "known_by",
            Kind.CHOICE,
            "資料取得方式",
            Text(
                "這份明細怎麼來的；決定沒有看到時代表什麼",
                "how the statement was come by, which limits what its silence means",
            ),
            choices={
                "ledger": Text("公司自己的帳", "the firm's own ledger"),
                "declared": Text("員工申報", "declared by staff"),
                "complaint": Text("客訴或檢舉資料", "from a complaint or tip"),
                "aml": Text("洗錢防制調查", "from an AML inquiry"),
            },
        ),
    ),
)
