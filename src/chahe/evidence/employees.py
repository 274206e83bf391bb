"""The firm’s staff, past and present."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="employees",
    heading="員工名冊",
    row=Text("一位員工", "one employee"),
    shape=Shape.REGISTER,
    key=("person_id",),
    stale_after_months=1,
    personal=True,
    columns=(
        Column(
            "person_id",
            Kind.NAME,
            "員工編號",
            Text("員工的編號", "employee number"),
            required=True,
            also=("工號", "人員編號", "員工代號"),
        ),
        Column("name", Kind.TEXT, "姓名", Text("員工的姓名", "the employee's name"), also=("員工姓名",)),
        Column(
            "national_id",
            Kind.TEXT,
            "身分證字號",
            Text("寫法與客戶基本資料相同", "written as on the list of customers"),
            also=("身分證統一編號",),
        ),
        Column("department", Kind.TEXT, "部門", Text("現在的部門", "present department"), also=("單位", "部門名稱")),
        Column("title", Kind.TEXT, "職稱", Text("現在的職稱", "present title")),
        Column("hired_on", Kind.DATE, "到職日", Text("到職的日期", "first day of employment"), also=("到職日期",)),
        Column(
            "moved_on",
            Kind.DATE,
            "調職日",
            Text("最近一次調任的生效日", "day the latest transfer took effect"),
            also=("調任日", "異動日"),
        ),
        Column(
            "left_on",
            Kind.DATE,
            "離職日",
            Text("最後在職的日期；在職則空白", "last day of employment; blank while employed"),
            also=("離職日期",),
        ),
    ),
)
