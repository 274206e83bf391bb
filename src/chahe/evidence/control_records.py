"""Records that the firm’s own control steps were done: when due, when done, by whom, and where the paper is."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="control_records",
    heading="控制執行紀錄",
    row=Text("一個控制步驟的一次執行", "one performance of one step"),
    shape=Shape.REGISTER,
    key=("record_id",),
    stale_after_months=3,
    columns=(
        Column(
            "record_id",
            Kind.TEXT,
            "執行編號",
            Text("執行紀錄的編號", "number of the record"),
            required=True,
            also=("執行紀錄編號",),
        ),
        Column(
            "control_id",
            Kind.NAME,
            "控制編號",
            Text("所執行的控制步驟", "the step performed"),
            required=True,
            also=("控制點編號",),
        ),
        Column(
            "due_on",
            Kind.DATE,
            "應辦日",
            Text("最遲應辦的日期；空白則由上一次起算", "last day for it; blank if it counts from the one before"),
            also=("應辦日期", "應完成日"),
        ),
        Column(
            "done_on",
            Kind.DATE,
            "辦理日",
            Text("實際辦理的日期；未辦則空白", "day it was done; blank if it was not"),
            also=("辦理日期", "執行日期"),
        ),
        Column("performer_id", Kind.NAME, "辦理人編號", Text("辦理的人", "who did it"), also=("辦理人", "執行人員")),
        Column(
            "evidence",
            Kind.TEXT,
            "佐證",
            Text("佐證文件的編號或位置", "number or place of the paper that shows it"),
            also=("佐證資料", "佐證文件"),
        ),
    ),
)
