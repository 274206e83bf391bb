"""Who signed the day’s record of orders: the handler and the head of department."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="daily_signoffs",
    heading="委託紀錄簽章表",
    row=Text("一個營業日委託紀錄的簽章", "the signatures on one trading day's record of orders"),
    shape=Shape.REGISTER,
    key=("record_on", "record_id"),
    stale_after_months=1,
    columns=(
        Column(
            "record_on",
            Kind.DATE,
            "委託紀錄日期",
            Text("委託紀錄所屬的營業日", "the trading day of the record"),
            required=True,
            also=("委託日期", "紀錄日期"),
        ),
        Column(
            "record_id",
            Kind.TEXT,
            "委託紀錄編號",
            Text("一日印製數份時的份號；一份則空白", "which print of the day; blank where there is one"),
            also=("份號",),
        ),
        Column(
            "handler",
            Kind.TEXT,
            "經辦簽章",
            Text("簽章的經辦人員", "the handler who signed"),
            required=False,
            also=("經辦人員簽章",),
        ),
        Column(
            "manager",
            Kind.TEXT,
            "主管簽章",
            Text("簽章的部門主管", "the head of department who signed"),
            also=("部門主管簽章",),
        ),
        Column(
            "signed_on",
            Kind.DATE,
            "簽章日期",
            Text("兩人都簽章完成的日期", "the day by which both had signed"),
            required=True,
            also=("簽章日",),
        ),
    ),
)
