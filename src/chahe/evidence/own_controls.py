"""The firm’s own control steps: what is to be done, by whom, and how often."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="own_controls",
    heading="自訂控制作業清冊",
    row=Text("內部控制制度中的一個控制步驟", "one step of the firm's internal control system"),
    shape=Shape.REGISTER,
    key=("control_id",),
    stale_after_months=12,
    columns=(
        Column(
            "control_id",
            Kind.NAME,
            "控制編號",
            Text("控制步驟的編號", "number of the step"),
            required=True,
            also=("控制點編號",),
        ),
        Column(
            "step",
            Kind.TEXT,
            "控制步驟",
            Text("應做的事", "what is to be done"),
            required=True,
            also=("控制重點", "控制作業"),
        ),
        Column(
            "item",
            Kind.TEXT,
            "內控項目",
            Text("內部控制制度的項目，例如 CA-11210", "the item of the internal control system, such as CA-11210"),
            also=("內控制度項目",),
        ),
        Column(
            "performer_id",
            Kind.NAME,
            "應辦人編號",
            Text("應由誰做；空白表示不限一人", "who is to do it; blank if no one person is named"),
            also=("應辦人", "執行人編號"),
        ),
        Column(
            "every_months",
            Kind.INTEGER,
            "每幾個月",
            Text(
                "相鄰兩次最多相隔幾個月；依事件辦理者空白",
                "at most so many months from one to the next; blank for steps that events call for",
            ),
            also=("相隔月數",),
        ),
        Column(
            "every_days",
            Kind.INTEGER,
            "每幾日",
            Text(
                "相鄰兩次最多相隔幾日；以月計或依事件辦理者空白",
                "at most so many days from one to the next; blank if counted in months or called for by events",
            ),
            also=("相隔日數",),
        ),
        Column(
            "begins_on",
            Kind.DATE,
            "控制起日",
            Text("開始實施的日期", "first day it is in force"),
            also=("實施日", "實施日期"),
        ),
        Column(
            "ends_on",
            Kind.DATE,
            "控制迄日",
            Text("最後實施的日期；仍實施則空白", "last day it is in force; blank while in force"),
            also=("停止日",),
        ),
    ),
)
