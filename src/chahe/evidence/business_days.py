"""The days on which the exchange trades or settles, counted, so that periods of business days can be told."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="business_days",
    heading="營業日序",
    row=Text("一個日曆日", "one calendar day"),
    shape=Shape.DERIVED,
    key=("day_on",),
    columns=(
        Column("day_on", Kind.DATE, "日期", Text("日曆日", "the calendar day"), required=True),
        Column(
            "number",
            Kind.INTEGER,
            "營業日序",
            Text(
                "自最早的日期起到這一天（含）共有幾個營業日",
                "how many business days there were from the earliest of the days to this one, included",
            ),
            required=True,
        ),
    ),
)
