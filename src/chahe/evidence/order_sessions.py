"""The lines over which orders come in and go out, with the days on which each was in use."""

from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

table = Table(
    name="order_sessions",
    heading="委託線路清冊",
    row=Text("一條收受或傳送委託的線路", "one line over which orders come in or go out"),
    shape=Shape.REGISTER,
    key=("session",),
    stale_after_months=12,
    columns=(
        Column(
            "session",
            Kind.NAME,
            "委託線路",
            Text(
                "委託紀錄裡的連線名稱（FIX 49>56 或線路名稱）",
                "its name in the order records (FIX 49>56, or the name of the line)",
            ),
            required=True,
            also=("線路名稱",),
        ),
        Column(
            "colocated",
            Kind.BOOLEAN,
            "經由主機共置",
            Text("這條線路是否經由主機共置機櫃", "does the line run through the co-location cabinet?"),
            also=("主機共置線路",),
        ),
        Column(
            "line_from",
            Kind.DATE,
            "線路啟用日",
            Text("第一個使用的日子", "first day of use"),
            required=True,
            also=("線路啟用日期",),
        ),
        Column(
            "line_until",
            Kind.DATE,
            "線路停用日",
            Text("最後使用的日子；仍在使用則空白", "last day of use; blank while in use"),
            also=("線路停用日期",),
        ),
    ),
)
