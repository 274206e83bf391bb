"""Reviews of remote access by the responsible manager."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="remote_access_reviews",
    heading="遠端連線覆核紀錄",
    row=Text("一次覆核", "one review"),
    shape=Shape.REGISTER,
    key=("review_id",),
    stale_after_months=3,
    columns=(
        Column(
            "review_id",
            Kind.TEXT,
            "遠端覆核編號",
            Text("覆核紀錄的編號", "number of the record"),
            required=True,
            also=("覆核編號",),
        ),
        Column(
            "device",
            Kind.NAME,
            "閘道設備",
            Text("所覆核的閘道器；全部則空白", "the gateway reviewed; blank for all"),
            also=("連線設備",),
            naming=Naming.HOST,
        ),
        Column(
            "covers_from",
            Kind.DATE,
            "覆核期間起",
            Text("所覆核紀錄的第一天", "first day of the records reviewed"),
            also=("期間起",),
        ),
        Column(
            "covers_until",
            Kind.DATE,
            "覆核期間迄",
            Text("所覆核紀錄的最後一天", "last day of the records reviewed"),
            also=("期間迄",),
        ),
        Column(
            "reviewed_on",
            Kind.DATE,
            "覆核日",
            Text("覆核的日期", "day of the review"),
            also=("覆核日期",),
        ),
        Column(
            "reviewer",
            Kind.TEXT,
            "覆核主管",
            Text("覆核的權責主管", "the responsible manager"),
            also=("覆核人",),
        ),
        Column(
            "result",
            Kind.TEXT,
            "覆核結果",
            Text("覆核的結果", "what came of it"),
        ),
    ),
)
