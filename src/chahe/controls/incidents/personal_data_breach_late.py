"""Incidents of personal data not reported to the commission within 72 hours, or not at once in writing."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.incident_reports import table as incident_reports
from chahe.evidence.incidents import table as incidents
from chahe.rules.citation import Sureness
from chahe.rules.citations import MECHANISM_PERSONAL_DATA_REPORTED_AT_ONCE, PERSONAL_DATA_BREACH_72_HOURS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Two duties an incident: `exchange`, at once and in writing, for all of them; `authority`, within 72 hours, for the major ones.
_POPULATION = """
    WITH concerned AS (
        SELECT i.*, coalesce(i.known_at_us, i.occurred_at_us) AS clock_us,
               CASE WHEN i.kind = 'personal_data' OR i.personal_data = TRUE THEN 1
                    WHEN i.personal_data = FALSE THEN 0 END AS concerns
        FROM incidents i
    ),
    duties AS (
        SELECT c.*, 'exchange' AS duty, c.concerns AS applies, c.clock_us + 60000000 * :at_once AS due_us FROM concerned c
        UNION ALL
        SELECT c.*, 'authority', CASE WHEN c.major = FALSE THEN 0 WHEN c.concerns = 1 AND c.major = TRUE THEN 1 END,
               c.clock_us + 3600000000 * :hours
        FROM concerned c
    ),
    judged AS (
        SELECT d.*, CASE WHEN d.applies IS NULL THEN CASE WHEN d.concerns IS NULL THEN 'unsaid' ELSE 'how_grave' END END AS doubt
        FROM duties d
    ),
    reports AS (
        SELECT d.incident_id, d.duty, r.row_id, r.reported_at_us,
               CASE WHEN r.reported_at_us < d.occurred_at_us THEN 'before'
                    WHEN d.duty = 'exchange' AND (r.recipient = 'authority' OR r.recipient = 'other' OR r.in_writing = FALSE)
                    THEN 'elsewhere'
                    WHEN d.duty = 'authority' AND r.recipient <> 'authority' THEN 'elsewhere'
                    WHEN r.reported_at_us IS NULL OR r.recipient IS NULL OR (d.duty = 'exchange' AND r.in_writing IS NULL)
                    THEN 'blank'
                    ELSE 'good' END AS fit
        FROM duties d JOIN incident_reports r ON r.incident_id = d.incident_id
        WHERE coalesce(r.reported_at_us, 0) < :as_of_end_us
    ),
    first AS (
        SELECT incident_id, duty, min(CASE WHEN fit = 'good' THEN reported_at_us END) AS reported_at_us,
               max(CASE WHEN fit = 'blank' THEN 1 ELSE 0 END) AS blank, max(CASE WHEN fit = 'before' THEN 1 ELSE 0 END) AS before_it,
               min_by(CASE WHEN fit = 'good' THEN row_id END, CASE WHEN fit = 'good' THEN reported_at_us END) AS report_row,
               min(row_id) AS some_row
        FROM reports GROUP BY incident_id, duty
    )
    SELECT d.incident_id, d.duty, d.summary, d.known_at_us, d.due_us, f.reported_at_us, d.row_id AS incident_row,
           coalesce(f.report_row, f.some_row) AS report_row,
           CASE WHEN f.reported_at_us <= d.due_us THEN 'good'
                WHEN f.blank = 1 THEN 'blank'
                WHEN f.reported_at_us IS NULL
                THEN CASE WHEN f.before_it = 1 THEN 'before' WHEN d.due_us >= :as_of_end_us THEN 'running'
                          ELSE coalesce(d.doubt, 'unreported') END
                WHEN d.doubt IS NOT NULL THEN d.doubt
                WHEN d.known_at_us IS NULL THEN 'no_clock'
                ELSE 'late' END AS state,
           CASE WHEN d.clock_us < :from_us THEN 'before_period'
                WHEN d.clock_us >= :as_of_end_us THEN 'after'
                WHEN d.concerns = 0 THEN 'no_personal_data'
                WHEN d.applies = 0 THEN 'not_major' END AS excluded_because
    FROM judged d LEFT JOIN first f ON f.incident_id = d.incident_id AND f.duty = d.duty
"""

control = Control(
    id="personal-data-breach-late",
    title=Text("個人資料事故未依時限通報", "Personal-data incidents reported late"),
    question=Text(
        "查核期間每件涉及個人資料的事件，是否立即以書面通報證交所，重大者並在七十二小時內通報金管會？",
        "Was each incident of personal data in the period reported to the exchange at once and in writing, and each major one to the commission within 72 hours?",
    ),
    cites=(PERSONAL_DATA_BREACH_72_HOURS, MECHANISM_PERSONAL_DATA_REPORTED_AT_ONCE),
    deck=("資安-18",),
    needs=(Need(table=incidents), Need(table=incident_reports, excuses=True)),
    parameters={
        "hours": Parameter(
            72,
            Unit.HOURS,
            Stricter.LOWER,
            Text(
                "個人資料檔案安全維護辦法第六條：重大事故七十二小時內通報金管會",
                "the regulations on the security of personal-data files, article 6: a major incident is reported within 72 hours",
            ),
            Sureness.RULE,
        ),
        "at_once": Parameter(
            30,
            Unit.MINUTES,
            Stricter.LOWER,
            Text(
                "檢查機制第十點：立即以書面通報；「立即」沒有分鐘數，三十分鐘為我們的預設",
                "the mechanism, point 10: at once and in writing; no minutes are named, thirty are our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "沒有登記的外洩看不到；是否通知當事人（個人資料保護法第十二條）不在此查核。",
            "Leaks that nobody registered are not seen; whether the persons concerned were told (PDPA, article 12) is not looked at.",
        ),
        Text(
            "是否重大、是否涉及個人資料，以登記為準；通報內容是否完整看不出來。",
            "Whether an incident is major, or concerns personal data, is as registered; what the report says is not seen.",
        ),
    ),
    frame=Text(
        "資安事件登記簿中查核期間知悉的事件，對證交所與金管會的每一項通報義務",
        "the incidents of which the firm came to know in the period, with each duty to report to the exchange and to the commission",
    ),
    population=_POPULATION,
    exclusions={
        "before_period": Text("查核期間以前知悉的事件", "incidents known before the period"),
        "after": Text("基準日之後知悉的事件", "incidents known after the as-of day"),
        "no_personal_data": Text("不涉及個人資料的事件", "incidents that concern no personal data"),
        "not_major": Text(
            "非重大事件，不必通報金管會", "incidents that are not major and need no report to the commission"
        ),
    },
    exceptions="""
        SELECT p.incident_id, p.duty, p.summary, p.known_at_us, p.due_us, p.reported_at_us, p.state AS defect,
               p.incident_row, p.report_row
        FROM population p WHERE p.state IN ('unreported', 'late')
    """,
    undetermined="""
        SELECT p.incident_id, p.duty, p.state AS why
        FROM population p WHERE p.state IN ('blank', 'before', 'unsaid', 'how_grave', 'no_clock')
    """,
    unclear={
        "blank": Text(
            "通報紀錄缺時間、對象或是否書面", "the report lacks its time, to whom it went, or whether it was in writing"
        ),
        "before": Text(
            "通報早於事件發生，請確認兩者的時間", "the report is earlier than the incident; check both times"
        ),
        "unsaid": Text("登記簿沒有說是否涉及個人資料", "the register does not say whether personal data are concerned"),
        "how_grave": Text(
            "登記簿沒有說是否重大，無法知道是否應通報金管會",
            "the register does not say whether it is major, and so whether the commission was to be told",
        ),
        "no_clock": Text(
            "登記簿沒有知悉時間，無法知道是否在時限內",
            "the register does not say when the firm knew, so it is unknown whether the report was in time",
        ),
    },
    key=("incident_id", "duty"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "個人資料事件 {incident_id}「{summary}」{known_at_us:moment} 知悉，{duty:word}應在 {due_us:moment} 前：{defect:word}（通報 {reported_at_us:moment}）",
        "personal-data incident {incident_id}, {summary}, known {known_at_us:moment}; {duty:word} was due by {due_us:moment}: {defect:word} (reported {reported_at_us:moment})",
    ),
    words={
        "exchange": Text("書面通報證交所", "a written report to the exchange"),
        "authority": Text("通報金管會", "a report to the commission"),
        "unreported": Text("沒有通報紀錄", "none is on record"),
        "late": Text("逾時才通報", "it came late"),
    },
    remedy=Text(
        "立即以書面補通報證交所，重大者並通報金管會，說明逾時原因；把個人資料事故的判斷與通報時限寫進通報程序並演練。",
        "Report to the exchange in writing now, and to the commission if it is major, with the reason for the delay; write how such incidents are told and by when into the procedure, and practise it.",
    ),
    margin=None,
)
