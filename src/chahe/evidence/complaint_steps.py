"""What was done about each complaint: the steps of the flow, when, by whom, and the paper that shows it."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="complaint_steps",
    heading="申訴處理紀錄",
    row=Text("一件申訴的一個處理步驟", "one step done on one complaint"),
    shape=Shape.REGISTER,
    key=("record_id",),
    stale_after_months=1,
    personal=True,
    columns=(
        Column("record_id", Kind.TEXT, "申訴處理紀錄編號", Text("紀錄的編號", "number of the record"), required=True),
        Column("complaint_id", Kind.NAME, "處理申訴案號", Text("哪一件", "which case"), required=True),
        Column(
            "step",
            Kind.TEXT,
            "處理申訴步驟",
            Text("與流程表相同的步驟名稱", "name of the step, as the flow has it"),
            required=True,
        ),
        Column("done_on", Kind.DATE, "申訴步驟完成日", Text("完成的日期", "day it was done")),
        Column("performer_id", Kind.NAME, "申訴處理人編號", Text("處理的員工", "who did it, by employee number")),
        Column("evidence", Kind.TEXT, "申訴處理佐證", Text("文件、回函、錄音等", "paper, letter, recording …")),
    ),
)
