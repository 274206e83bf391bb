"""The firm's customers: who they are, as the files of their accounts have it."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="customers",
    heading="客戶基本資料",
    row=Text("一位客戶", "one customer"),
    shape=Shape.REGISTER,
    key=("customer_id",),
    stale_after_months=3,
    personal=True,
    columns=(
        Column(
            "customer_id",
            Kind.NAME,
            "客戶編號",
            Text("客戶的編號，一人一號", "number of the customer, one a person"),
            required=True,
            also=("客戶代號", "歸戶編號"),
        ),
        Column("name", Kind.TEXT, "客戶姓名", Text("姓名或公司名稱", "name of the person or company"), also=("戶名",)),
        Column(
            "national_id",
            Kind.TEXT,
            "身分證字號",
            Text(
                "身分證字號、居留證號或統一編號，或以同一方法算出的代碼；同一人在各清冊要寫得一樣",
                "ID of the person or company, or a code worked out of it in one way; the same on every list for the same person",
            ),
            also=("統一編號", "證件號碼", "身分證統一編號"),
        ),
        Column(
            "holder_type",
            Kind.CHOICE,
            "客戶類別",
            Text("自然人或法人", "natural or legal person"),
            also=("自然人或法人",),
            choices={"natural": Text("自然人", "natural person"), "juristic": Text("法人", "legal person")},
        ),
        Column(
            "residency",
            Kind.CHOICE,
            "國籍別",
            Text("本國、外國、華僑或大陸地區", "domestic, foreign, overseas Chinese or mainland"),
            also=("身分別",),
            choices={
                "domestic": Text("本國", "domestic"),
                "foreign": Text("外國", "foreign"),
                "overseas_chinese": Text("華僑", "overseas Chinese"),
                "mainland": Text("大陸地區", "mainland China"),
            },
        ),
        Column(
            "born_on", Kind.DATE, "出生日期", Text("法人則空白", "blank for companies"), also=("生日", "出生年月日")
        ),
        Column("died_on", Kind.DATE, "死亡日期", Text("在世或不知則空白", "blank while alive, or not known")),
        Column(
            "death_known_on",
            Kind.DATE,
            "知悉死亡日",
            Text("公司知悉客戶死亡的日子", "the day the firm learned of the death"),
        ),
    ),
)
