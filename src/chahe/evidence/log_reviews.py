"""Reviews of systems' audit logs: which stretch, when, by whom, with what result."""

from chahe.evidence.model import Column, Kind, Naming, Shape, Table
from chahe.wording import Text

table = Table(
    name="log_reviews",
    heading="稽核日誌檢視紀錄",
    row=Text("對一個系統稽核日誌的一次檢視", "one review of one system's audit log"),
    shape=Shape.REGISTER,
    key=("review_id", "system"),
    stale_after_months=1,
    columns=(
        Column("review_id", Kind.TEXT, "日誌檢視編號", Text("檢視的編號", "number of the review"), required=True),
        Column(
            "system",
            Kind.NAME,
            "檢視系統",
            Text("所檢視的系統", "the system reviewed"),
            required=True,
            naming=Naming.HOST,
        ),
        Column("covers_from", Kind.DATE, "日誌起日", Text("所檢視日誌的第一日", "first day of the log reviewed")),
        Column("covers_until", Kind.DATE, "日誌迄日", Text("所檢視日誌的最後一日", "last day of the log reviewed")),
        Column("reviewed_on", Kind.DATE, "日誌檢視日", Text("檢視的日期", "day of the review"), also=("日誌檢視日期",)),
        Column("reviewer_id", Kind.NAME, "日誌檢視人", Text("檢視的人", "who reviewed"), also=("日誌檢視人員",)),
        Column("result", Kind.TEXT, "日誌檢視結果", Text("結論與處理", "conclusion and what was done")),
    ),
)
