"""Look-ups of customers' data, as the systems that hold the data logged them."""

from chahe.evidence.customer_data import DATA_CLASSES
from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="data_queries",
    heading="客戶資料查詢紀錄",
    row=Text("一次查詢", "one look-up"),
    shape=Shape.LOG,
    key=(),
    time="queried_at_us",
    covered_by="system",
    on_trading_days=True,
    personal=True,
    columns=(
        Column("queried_at_us", Kind.MOMENT, "查詢時間", Text("查詢的時刻", "when it was done"), also=("調閱時間",)),
        Column(
            "system",
            Kind.NAME,
            "查詢系統",
            Text("提供資料的系統", "the system that gave the data"),
            also=("調閱系統",),
            naming=Naming.HOST,
        ),
        Column(
            "person_id",
            Kind.NAME,
            "查詢人員編號",
            Text("查詢的員工", "who looked, by employee number"),
            also=("調閱人員編號", "查詢者工號"),
        ),
        Column(
            "account",
            Kind.NAME,
            "查詢帳號",
            Text("查詢的證券帳戶", "the securities account looked up"),
            also=("被查詢帳號",),
        ),
        Column(
            "customer_id",
            Kind.NAME,
            "查詢客戶編號",
            Text("查詢的客戶；只記帳號則空白", "the customer looked up; blank where the account alone is recorded"),
            also=("被查詢客戶編號",),
        ),
        Column(
            "data_class",
            Kind.CHOICE,
            "查詢資料類別",
            Text("查詢哪一類資料", "which kind of data"),
            also=("調閱資料類別",),
            choices=DATA_CLASSES,
        ),
        Column(
            "action",
            Kind.CHOICE,
            "查詢方式",
            Text("檢視、列印或匯出；沒有記下則空白", "viewed, printed or exported; blank where not recorded"),
            also=("查詢動作",),
            choices={
                "view": Text("檢視", "viewed"),
                "print": Text("列印", "printed"),
                "export": Text("匯出", "exported"),
            },
        ),
        Column(
            "request_id",
            Kind.NAME,
            "查詢依據單號",
            Text(
                "查詢時輸入的申請單編號；系統不要求則空白",
                "the form's number typed in at the look-up; blank where the system asks for none",
            ),
            also=("依據申請單號",),
        ),
    ),
)
