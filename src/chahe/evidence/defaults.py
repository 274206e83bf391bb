"""Settlement defaults of customers, as the firm entered them at the exchange, with what became of them."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="defaults",
    heading="客戶違約申報紀錄",
    row=Text("一個帳戶一個成交日的違約", "one default of an account for one day of trades"),
    shape=Shape.REGISTER,
    key=("default_id",),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "default_id",
            Kind.TEXT,
            "違約編號",
            Text("申報案件的編號", "number of the case"),
            required=True,
            also=("違約案號",),
        ),
        Column(
            "account",
            Kind.NAME,
            "客戶帳號",
            Text("違約的帳戶", "the account"),
            required=True,
            also=("證券帳號", "委託人帳號"),
        ),
        Column(
            "traded_on",
            Kind.DATE,
            "成交日",
            Text("違約交易的成交日", "the day of the trades"),
            required=True,
            also=("成交日期",),
        ),
        Column("due_on", Kind.DATE, "應交割日", Text("成交日後第二營業日", "T+2"), also=("交割日",)),
        Column("amount", Kind.DECIMAL, "違約金額", Text("新臺幣元", "NT$"), also=("違約金額（元）",)),
        Column(
            "cause",
            Kind.CHOICE,
            "違約知悉原因",
            Text(
                "客戶未履行，或因銀行作業始知不足",
                "the customer did not deliver, or the bank's operations showed it later",
            ),
            choices={
                "customer": Text("客戶未履行", "the customer did not deliver"),
                "bank": Text("銀行作業", "shown by the bank's operations"),
            },
        ),
        Column(
            "bank_proof",
            Kind.TEXT,
            "銀行證明文號",
            Text("函送證明的文號", "number of the letter with the bank's proof"),
        ),
        Column(
            "failed_at_us",
            Kind.MOMENT,
            "遲延交割登錄時間",
            Text("在證交所電腦登錄遲延交割的時刻", "when the failed trade was entered at the exchange"),
        ),
        Column(
            "declared_at_us",
            Kind.MOMENT,
            "違約申報時間",
            Text("在證交所電腦輸入違約的時刻", "when the default was entered at the exchange"),
        ),
        Column(
            "withdrawn_on",
            Kind.DATE,
            "違約撤銷日",
            Text("申報錯誤而更正的日子", "the day it was taken back as entered in error"),
        ),
        Column(
            "cleared_on",
            Kind.DATE,
            "違約結案日",
            Text("清償並結案的日子；未結案則空白", "the day it was paid and closed; blank while open"),
        ),
    ),
)
