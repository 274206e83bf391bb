"""What managers did about matters that had come to their knowledge."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="supervision_actions",
    heading="督導處置紀錄",
    row=Text("對一件知悉事項的一次處置", "one step taken about one matter"),
    shape=Shape.REGISTER,
    key=("action_id",),
    stale_after_months=3,
    personal=True,
    columns=(
        Column("action_id", Kind.TEXT, "處置編號", Text("處置的編號", "number of the step"), required=True),
        Column(
            "notice_id",
            Kind.TEXT,
            "知悉編號",
            Text("處置的是哪一件", "the matter it is about, by its number"),
            required=True,
        ),
        Column("acted_on", Kind.DATE, "處置日", Text("處置的日子", "the day it was taken"), also=("處置日期",)),
        Column(
            "actor_id",
            Kind.NAME,
            "處置人員",
            Text("由誰處置，員工編號", "who took it, by employee number"),
            also=("處置人員編號",),
        ),
        Column("measure", Kind.TEXT, "處置情形", Text("做了什麼", "what was done"), also=("處置內容",)),
    ),
)
