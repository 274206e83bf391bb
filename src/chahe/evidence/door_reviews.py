"""Reviews of who may enter the machine rooms."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="door_reviews",
    heading="機房門禁權限審查紀錄",
    row=Text("對一間機房門禁權限的一次審查", "one review of the rights to enter one room"),
    shape=Shape.REGISTER,
    key=("review_id", "room"),
    stale_after_months=6,
    columns=(
        Column("review_id", Kind.TEXT, "門禁審查編號", Text("審查紀錄的編號", "number of the review"), required=True),
        Column("room", Kind.NAME, "審查機房", Text("所審查的機房", "the room reviewed"), required=True),
        Column("reviewed_on", Kind.DATE, "門禁審查日", Text("審查的日期", "day of the review"), also=("門禁審查日期",)),
        Column("reviewer_id", Kind.NAME, "門禁審查人", Text("審查的人", "who reviewed"), also=("門禁審查人員",)),
        Column("result", Kind.TEXT, "門禁審查結果", Text("結論與處理", "conclusion and what was done")),
    ),
)
