"""Deficiencies found by internal audit that nobody followed up for more than a quarter before they were mended."""

from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.audit_findings import table as audit_findings
from chahe.evidence.audit_followups import table as audit_followups
from chahe.rules.citation import Sureness
from chahe.rules.citations import AUDIT_FINDINGS_TRACKED_QUARTERLY, INTERNAL_CONTROL_EXECUTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Each deficiency is a chain of days: the report, each complete follow-up, and its end, when it was mended or, open still, the
# as-of day. `lapses` are the links in which the quarter ran out first and that reach into the period.
_POPULATION = f"""
    WITH ends AS (
        SELECT f.*, CASE WHEN f.mended_on <= :as_of THEN f.mended_on END AS end_on FROM audit_findings f
    ),
    days AS (
        SELECT e.finding_id, e.end_on, e.reported_on AS day_on, e.row_id AS day_row FROM ends e
        UNION ALL
        SELECT e.finding_id, e.end_on, u.followed_on, u.row_id
        FROM ends e JOIN audit_followups u ON u.finding_id = e.finding_id
        WHERE u.followed_on >= e.reported_on AND u.followed_on <= coalesce(e.end_on, :as_of)
          AND trim(u.follower) <> '' AND trim(u.state) <> ''
    ),
    links AS (
        SELECT d.*, coalesce(lead(day_on) OVER (PARTITION BY finding_id ORDER BY day_on, day_row), end_on) AS next_on,
               {period_end("d.day_on", ":quarter")} AS due_on
        FROM days d
    ),
    lapses AS (
        SELECT l.*, row_number() OVER (PARTITION BY l.finding_id ORDER BY l.day_on DESC, l.day_row DESC) AS place
        FROM links l
        WHERE coalesce(l.next_on, :as_of) > l.due_on AND coalesce(l.next_on, :as_of) >= :from
    ),
    open_until AS (SELECT finding_id, min(due_on) AS due_on FROM links WHERE next_on IS NULL GROUP BY finding_id),
    flawed AS (
        SELECT u.finding_id, max(u.row_id) AS flawed_row
        FROM audit_followups u
        WHERE u.followed_on IS NULL OR NOT coalesce(trim(u.follower) <> '' AND trim(u.state) <> '', FALSE)
        GROUP BY u.finding_id
    )
    SELECT e.*, l.day_on AS last_on, l.due_on, nullif(l.day_row, e.row_id) AS followup_row, w.flawed_row,
           CASE WHEN l.next_on IS NULL THEN 'open' ELSE 'late' END AS defect, o.due_on AS runs_until,
           CASE WHEN e.reported_on > :as_of THEN 'not_yet'
                WHEN e.mended_on < :from AND e.mended_on >= e.reported_on THEN 'mended_before' END AS excluded_because
    FROM ends e
    LEFT JOIN lapses l ON l.finding_id = e.finding_id AND l.place = 1
    LEFT JOIN flawed w ON w.finding_id = e.finding_id
    LEFT JOIN open_until o ON o.finding_id = e.finding_id
"""

control = Control(
    id="audit-finding-untracked",
    title=Text("稽核缺失未按季追蹤", "Audit findings not followed up each quarter"),
    question=Text(
        "內部稽核發現的每項缺失，到改善完成為止，是否至少每季追蹤並留有追蹤人與結果？",
        "Was each deficiency found by internal audit followed up every quarter at least until it was mended, on record with follower and result?",
    ),
    cites=(AUDIT_FINDINGS_TRACKED_QUARTERLY, INTERNAL_CONTROL_EXECUTED),
    deck=("業務-12",),
    needs=(Need(table=audit_findings), Need(table=audit_followups, excuses=True)),
    parameters={
        "quarter": Parameter(
            3,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "處理準則第十五條：至少按季追蹤；「按季」讀作相鄰兩次不超過三個月，為我們的解讀",
                "the handling regulations, article 15: every quarter at least; read as three months at most from one to the next, which is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "清冊漏列的缺失看不到；改善是否真的完成、追蹤是否確實，看不出來。",
            "Deficiencies left off the list are not seen, nor whether they are truly mended or were looked at with care.",
        ),
        Text(
            "按曆季追蹤的公司，相鄰兩次可能相隔超過三個月，會列出；查核期間以前的間隔不列。",
            "A firm that follows up by calendar quarters may leave more than three months between two, which is shown; gaps that ended before the period are not.",
        ),
    ),
    frame=Text("內部稽核缺失清冊中的每一項缺失", "every deficiency on internal audit's list"),
    population=_POPULATION,
    exclusions={
        "not_yet": Text("基準日之後才報告的缺失", "deficiencies reported after the as-of day"),
        "mended_before": Text("查核期間以前已改善的缺失", "deficiencies mended before the period"),
    },
    exceptions="""
        SELECT p.finding_id, p.unit, p.last_on, p.due_on, p.defect, p.row_id AS finding_row, p.followup_row, p.flawed_row
        FROM population p WHERE p.due_on IS NOT NULL
    """,
    undetermined="""
        SELECT p.finding_id, CASE WHEN p.reported_on IS NULL THEN 'no_date' ELSE 'mended_first' END AS why
        FROM population p WHERE p.reported_on IS NULL OR p.mended_on < p.reported_on
    """,
    unclear={
        "no_date": Text("缺失沒有稽核報告日，無法起算", "the deficiency has no day of report to count from"),
        "mended_first": Text(
            "改善日早於稽核報告日，請確認清冊", "it was mended before it was reported; check the list"
        ),
    },
    key=("finding_id",),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "稽核缺失 {finding_id}（{unit}）：{last_on:date} 之後應在 {due_on:date} 以前追蹤，{defect:word}",
        "audit finding {finding_id} ({unit}): after {last_on:date} it was to be followed up by {due_on:date}, {defect:word}",
    ),
    words={
        "open": Text("至今沒有完整的追蹤紀錄，也未改善", "and no complete follow-up is on record nor is it mended"),
        "late": Text("逾期後才追蹤或改善", "and that, or its mending, came later"),
    },
    remedy=Text(
        "立即追蹤，記下追蹤人、日期與改善情形；未改善者每季至少追蹤一次，作成追蹤報告送權責主管。",
        "Follow it up now, on record with follower, day and state; repeat every quarter at least until it is mended, and report it to the responsible managers.",
    ),
    margin=Margin("SELECT min(runs_until) AS anchor FROM population", None),
)
