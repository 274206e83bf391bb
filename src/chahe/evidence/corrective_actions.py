"""Corrective actions after incidents: what was to be done, by whom and when, and who verified it."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="corrective_actions",
    heading="矯正措施紀錄",
    row=Text("對一件事件的一項矯正措施", "one corrective action for one incident"),
    shape=Shape.REGISTER,
    key=("action_id", "incident_id"),
    stale_after_months=1,
    columns=(
        Column(
            "action_id",
            Kind.TEXT,
            "矯正編號",
            Text("矯正措施的編號", "number of the action"),
            required=True,
            also=("矯正措施編號",),
        ),
        Column("incident_id", Kind.TEXT, "事件編號", Text("所矯正的事件", "the incident it corrects"), required=True),
        Column("action", Kind.TEXT, "矯正措施", Text("要做什麼", "what is to be done"), also=("改善措施",)),
        Column(
            "owner_id", Kind.NAME, "矯正負責人", Text("負責的人", "who is responsible"), also=("負責人員", "負責人")
        ),
        Column(
            "recorded_on", Kind.DATE, "提出日", Text("提出措施的日期", "day it was put on record"), also=("提出日期",)
        ),
        Column(
            "due_on", Kind.DATE, "矯正期限", Text("最遲完成的日期", "last day for it"), also=("預定完成日", "完成期限")
        ),
        Column(
            "done_on",
            Kind.DATE,
            "矯正完成日",
            Text("完成的日期；未完成則空白", "day it was done; blank until then"),
            also=("完成日期",),
        ),
        Column(
            "verified_on",
            Kind.DATE,
            "驗證日",
            Text("驗證有效的日期", "day it was verified to work"),
            also=("驗證日期", "確認日期"),
        ),
        Column("verifier_id", Kind.NAME, "驗證人", Text("驗證的人", "who verified it"), also=("驗證人員", "確認人員")),
    ),
)
