"""Incidents that were not reported to the market's reporting site or the exchange, or not in time for their grade."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.incident_reports import table as incident_reports
from chahe.evidence.incidents import table as incidents
from chahe.rules.citation import Sureness
from chahe.rules.citations import INCIDENTS_REPORTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_AT_ONCE = Text(
    "通報時限的條文未能取得；先以知悉後三十分鐘為各級預設，請依現行注意事項設定",
    "the text with the deadlines was not available; thirty minutes after the firm knows is our default for every grade; set what the notes say",
)

# The clock runs from the moment the firm knew. Where that is not told, a report in time after the incident itself is in time
# all the same, since nobody knows of what has not happened; an unknown grade has the shortest deadline to be in time, and the
# longest to be late.
_POPULATION = """
    WITH graded AS (
        SELECT i.*, coalesce(i.known_at_us, i.occurred_at_us) AS clock_us,
               60000000 * CASE i.grade WHEN 1 THEN :minutes_1 WHEN 2 THEN :minutes_2 WHEN 3 THEN :minutes_3 WHEN 4 THEN :minutes_4
                                       ELSE least(:minutes_1, :minutes_2, :minutes_3, :minutes_4) END AS shortest_us,
               60000000 * CASE i.grade WHEN 1 THEN :minutes_1 WHEN 2 THEN :minutes_2 WHEN 3 THEN :minutes_3 WHEN 4 THEN :minutes_4
                                       ELSE greatest(:minutes_1, :minutes_2, :minutes_3, :minutes_4) END AS longest_us
        FROM incidents i
    ),
    reports AS (
        SELECT g.incident_id, r.row_id, r.reported_at_us,
               CASE WHEN r.reported_at_us < g.occurred_at_us THEN 'before'
                    WHEN r.reported_at_us IS NULL THEN 'undated'
                    WHEN r.recipient IS NULL THEN 'to_whom'
                    WHEN r.recipient NOT IN ('reporting_site', 'exchange') THEN 'elsewhere'
                    ELSE 'good' END AS kind
        FROM graded g JOIN incident_reports r ON r.incident_id = g.incident_id
        WHERE coalesce(r.reported_at_us, 0) < :as_of_end_us
    ),
    first AS (
        SELECT incident_id,
               min(CASE WHEN kind = 'good' THEN reported_at_us END) AS reported_at_us,
               min(CASE WHEN kind = 'to_whom' THEN reported_at_us END) AS perhaps_at_us,
               max(CASE WHEN kind = 'undated' THEN 1 ELSE 0 END) AS undated,
               max(CASE WHEN kind = 'before' THEN 1 ELSE 0 END) AS before_it,
               min_by(CASE WHEN kind = 'good' THEN row_id END, CASE WHEN kind = 'good' THEN reported_at_us END) AS report_row,
               min(row_id) AS some_row
        FROM reports GROUP BY incident_id
    ),
    met AS (
        SELECT g.*, f.reported_at_us, f.report_row, f.some_row, g.clock_us + g.shortest_us AS due_us,
               g.clock_us + g.longest_us AS late_us, coalesce(f.undated, 0) AS undated, coalesce(f.before_it, 0) AS before_it,
               f.perhaps_at_us
        FROM graded g LEFT JOIN first f ON f.incident_id = g.incident_id
    )
    SELECT m.incident_id, m.kind, m.grade, m.summary, m.known_at_us, m.occurred_at_us, m.reported_at_us, m.due_us,
           m.row_id AS incident_row, coalesce(m.report_row, m.some_row) AS report_row,
           CASE WHEN m.reported_at_us <= m.due_us THEN 'good'
                WHEN m.perhaps_at_us <= m.due_us THEN 'to_whom'
                WHEN m.undated = 1 THEN 'undated'
                WHEN m.reported_at_us IS NULL
                THEN CASE WHEN m.before_it = 1 THEN 'before' WHEN m.late_us >= :as_of_end_us THEN 'running' ELSE 'unreported' END
                WHEN m.known_at_us IS NULL THEN 'no_clock'
                WHEN m.reported_at_us <= m.late_us THEN 'no_grade'
                ELSE 'late' END AS state,
           CASE WHEN m.clock_us < :from_us THEN 'before_period' WHEN m.clock_us >= :as_of_end_us THEN 'after' END
           AS excluded_because
    FROM met m
"""

control = Control(
    id="incident-unreported",
    title=Text("資安或服務異常事件未通報或逾時", "Incidents not reported, or reported late"),
    question=Text(
        "查核期間的每件資訊安全或服務異常事件，是否都在等級所定的時限內通報證券期貨市場通報系統或證交所？",
        "Was each security incident or abnormality of service in the period reported to the market's reporting site or the exchange within the deadline of its grade?",
    ),
    cites=(INCIDENTS_REPORTED,),
    deck=("資安-20", "資安法規-二"),
    needs=(Need(table=incidents), Need(table=incident_reports, excuses=True)),
    parameters={
        f"minutes_{grade}": Parameter(30, Unit.MINUTES, Stricter.LOWER, _AT_ONCE, Sureness.UNCONFIRMED)
        for grade in (1, 2, 3, 4)
    },
    blind_spots=(
        Text(
            "沒有登記的事件看不到；登記簿請與客訴、停機與維運紀錄核對。",
            "Incidents that nobody registered are not seen; hold the register against complaints, downtimes and maintenance.",
        ),
        Text(
            "知悉時間與等級以登記為準；知悉時間填得比實際晚，看不出來。時限為知悉後的鐘錶時間，不扣除夜間與假日。",
            "When the firm knew, and the grade, are as registered; a moment put later than it was is not seen. The deadline is clock time, nights and holidays included.",
        ),
    ),
    frame=Text(
        "資安事件登記簿中查核期間知悉的每一件事件",
        "every incident on the register of which the firm came to know in the period",
    ),
    population=_POPULATION,
    exclusions={
        "before_period": Text("查核期間以前知悉的事件", "incidents known before the period"),
        "after": Text("基準日之後知悉的事件", "incidents known after the as-of day"),
    },
    exceptions="""
        SELECT p.incident_id, p.kind, p.grade, p.summary, p.known_at_us, p.reported_at_us, p.due_us, p.state AS defect,
               p.incident_row, p.report_row
        FROM population p WHERE p.state IN ('unreported', 'late')
    """,
    undetermined="""
        SELECT p.incident_id, p.state AS why
        FROM population p WHERE p.state IN ('to_whom', 'undated', 'before', 'no_clock', 'no_grade')
    """,
    unclear={
        "to_whom": Text("通報紀錄沒有寫通報對象", "the report does not say to whom it went"),
        "undated": Text("通報紀錄沒有通報時間", "the report has no time"),
        "before": Text(
            "通報早於事件發生，請確認兩者的時間", "the report is earlier than the incident; check both times"
        ),
        "no_clock": Text(
            "登記簿沒有知悉時間，無法知道是否在時限內",
            "the register does not say when the firm knew, so it is unknown whether the report was in time",
        ),
        "no_grade": Text(
            "登記簿沒有事件等級，各級時限不同而無法判斷",
            "the register does not tell the grade, and the deadlines of the grades differ",
        ),
    },
    key=("incident_id",),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "事件 {incident_id}「{summary}」（{grade} 級）{known_at_us:moment} 知悉，應在 {due_us:moment} 前通報：{defect:word}（通報 {reported_at_us:moment}）",
        "incident {incident_id}, {summary} (grade {grade}), known {known_at_us:moment}, was to be reported by {due_us:moment}: {defect:word} (reported {reported_at_us:moment})",
    ),
    words={
        "unreported": Text(
            "沒有向通報系統或證交所通報的紀錄", "no report to the reporting site or the exchange is on record"
        ),
        "late": Text("逾時才通報", "reported late"),
    },
    remedy=Text(
        "立即補通報並說明逾時原因；檢討事件分級、通報流程與值班，知悉後先通報、再補資料。",
        "Report it now and say why it is late; review grading, procedure and duty rosters, so that a report goes out first and details follow.",
    ),
    margin=None,
)
