"""The stages that outsourced projects went through, each with its document."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

STAGES = {
    "requirements": Text("開發規劃", "planning"),
    "design": Text("設計", "design"),
    "coding": Text("程式撰寫", "coding"),
    "test": Text("測試", "test"),
    "acceptance": Text("驗收", "acceptance"),
}
"""In the order in which they follow one another."""

table = Table(
    name="project_stages",
    heading="委外專案階段紀錄",
    row=Text("一個專案的一個階段", "one stage of one project"),
    shape=Shape.REGISTER,
    key=("project_id", "stage", "stage_document"),
    stale_after_months=12,
    columns=(
        Column("project_id", Kind.TEXT, "專案編號", Text("專案的編號", "number of the project"), required=True),
        Column(
            "stage",
            Kind.CHOICE,
            "專案階段",
            Text("哪一個階段", "which stage"),
            required=True,
            choices=STAGES,
            also=("階段",),
        ),
        Column(
            "stage_document", Kind.TEXT, "階段文件", Text("該階段文件的名稱或編號", "name or number of its document")
        ),
        Column("completed_on", Kind.DATE, "階段完成日", Text("完成的日期", "day it was completed"), also=("完成日期",)),
        Column("confirmed_by", Kind.NAME, "階段確認人", Text("公司確認該階段的人", "who of the firm confirmed it")),
    ),
)
