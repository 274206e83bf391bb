"""Reviews of the list of investors who may use co-location."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="colocation_list_reviews",
    heading="共置名單檢討紀錄",
    row=Text("一次名單檢討", "one review of the list"),
    shape=Shape.REGISTER,
    key=("review_id",),
    stale_after_months=6,
    columns=(
        Column("review_id", Kind.TEXT, "檢討編號", Text("檢討的編號", "number of the review"), required=True),
        Column(
            "list_reviewed_on",
            Kind.DATE,
            "名單檢討日",
            Text("檢討名單的日子", "day of the review"),
            required=True,
        ),
        Column("reviewer", Kind.TEXT, "檢討人員", Text("檢討的人", "who reviewed it"), also=("檢討人",)),
        Column("result", Kind.TEXT, "檢討結果", Text("檢討的結論", "what came of it")),
    ),
)
