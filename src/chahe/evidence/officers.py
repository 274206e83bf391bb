"""The firm’s officers: who held which post, of which rank, from when to when."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="officers",
    heading="重要職務任命清冊",
    row=Text("一個人擔任一項職務的一段期間", "one term of one person in one post"),
    shape=Shape.REGISTER,
    key=("person_id", "post", "appointed_on"),
    stale_after_months=12,
    columns=(
        Column(
            "person_id",
            Kind.NAME,
            "人員編號",
            Text("擔任者的員工編號", "employee number of the holder"),
            required=True,
            also=("員工編號", "工號"),
        ),
        Column("name", Kind.TEXT, "姓名", Text("擔任者的姓名", "the holder's name")),
        Column(
            "post",
            Kind.CHOICE,
            "擔任職務",
            Text("資訊安全長等職務", "the post, such as security officer"),
            required=True,
            also=("職務",),
            choices={
                "security_officer": Text("資訊安全長", "chief information security officer"),
                "chief_auditor": Text("稽核主管", "chief auditor"),
                "compliance_officer": Text("法令遵循主管", "compliance officer"),
                "risk_officer": Text("風險管理主管", "risk officer"),
                "other": Text("其他", "other"),
            },
        ),
        Column(
            "rank",
            Kind.CHOICE,
            "職級",
            Text("公司內的職級", "rank within the firm"),
            also=("層級",),
            choices={
                "president": Text("總經理", "president"),
                "vice_president": Text("副總經理", "vice president"),
                "equivalent": Text("職責相當於副總經理以上", "of duties equal to a vice president's or above"),
                "below": Text("低於副總經理", "below vice president"),
            },
        ),
        Column(
            "appointed_on",
            Kind.DATE,
            "就任日",
            Text("開始擔任的日期", "first day in the post"),
            also=("就任日期", "任命日"),
        ),
        Column(
            "left_on",
            Kind.DATE,
            "卸任日",
            Text("最後擔任的日期；仍在任則空白", "last day in the post; blank while in it"),
            also=("卸任日期",),
        ),
    ),
)
