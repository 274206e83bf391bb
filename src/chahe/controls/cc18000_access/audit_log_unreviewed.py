"""Important systems whose audit logs the designated person did not review each month."""

from chahe.controls.accounts import system_names
from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.employees import table as employees
from chahe.evidence.log_reviewers import table as log_reviewers
from chahe.evidence.log_reviews import table as log_reviews
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.rules.citation import Sureness
from chahe.rules.citations import AUDIT_LOG_REVIEWED, MECHANISM_AUDIT_LOGS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Each system is a chain of days: where its duty begins, each good review, and its end. `lapses` are the links that ran out.
_LINKS = f"""
    WITH links AS (
        SELECT p.system, p.day_on, p.day_row, p.system_row, p.flawed, p.flawed_row, p.end_on, p.over,
               lead(p.day_on) OVER (PARTITION BY p.system ORDER BY p.day_on, p.day_row) AS next_on,
               {period_end("p.day_on", ":every")} AS due_on
        FROM population p
    )
"""

control = Control(
    id="audit-log-unreviewed",
    title=Text("稽核日誌未按月由專人檢視", "Audit logs not reviewed each month"),
    question=Text(
        "重要系統的稽核日誌，是否至少每月由指派的專人檢視並留下結果，而且不是檢視自己的操作？",
        "Was the audit log of every important system reviewed each month by the person designated, with the result on record, and not by somebody who looked at his own acts?",
    ),
    cites=(AUDIT_LOG_REVIEWED, MECHANISM_AUDIT_LOGS),
    deck=("共置-發現五", "共置-方向"),
    needs=(
        Need(table=systems),
        Need(table=log_reviews, excuses=True),
        Need(table=log_reviewers, excuses=True),
        Need(table=employees),
        Need(table=account_holders, optional=True),
        Need(table=auth_events, optional=True),
        Need(table=system_hosts, optional=True),
    ),
    parameters={
        "every": Parameter(
            1,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "CC-18000（四）：專人定期檢視，未定期間；先讀作相鄰兩次不超過一個月，為我們的解讀",
                "CC-18000 (4): a designated person reviews periodically, without a period; read as a month at most from one to the next, which is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "檢視是否確實、請假當日是否真由本人檢視，看不出來；以指派與在職日期判斷。",
            "Whether a review was done with care, or by the person himself on a day of leave, is not seen; designation and employment are.",
        ),
        Text(
            "自我檢視以檢視人的帳號在所檢視期間有使用權限、異動帳號或清除日誌者為限，且須有帳號歸屬。",
            "A review of one's own acts shows where the reviewer's account used privileges, changed accounts or cleared the log in that stretch, and the register of holders names the account.",
        ),
        Text(
            "每個系統只列最近一次逾期；查核期間以前的間隔不列。",
            "Of each system the latest lapse is shown; gaps that ended before the period are not.",
        ),
    ),
    frame=Text(
        "資訊系統清冊中查核期間使用的每一個重要系統（以每次有效的檢視為一列）",
        "every important system in service in the period on the list of systems, with a row for each good review",
    ),
    population=f"""
        WITH {system_names("systems")},
        due AS (
            SELECT s.system, s.row_id AS system_row, greatest(:from, s.in_service_on) AS start_on,
                   least(:as_of, coalesce(s.retired_on, :as_of)) AS end_on, coalesce(s.retired_on <= :as_of, FALSE) AS over
            FROM systems s
            WHERE s.important AND s.in_service_on <= :as_of AND (s.retired_on IS NULL OR s.retired_on >= :from)
        ),
        named_for AS (
            SELECT n.system, d.person_id, coalesce(d.appointed_on, DATE '1970-01-01') AS begins_on,
                   coalesce(d.ended_on, DATE '9999-12-31') AS ends_on
            FROM log_reviewers d JOIN names n ON n.known_as = d.system
        ),
        reviews AS (
            SELECT n.system, r.row_id, r.reviewed_on, r.reviewer_id, r.result,
                   coalesce(r.covers_from, :from) AS covers_from, coalesce(r.covers_until, r.reviewed_on) AS covers_until
            FROM log_reviews r JOIN names n ON n.known_as = r.system
            WHERE r.reviewed_on <= :as_of
        ),
        designated AS (
            SELECT DISTINCT r.row_id, r.system FROM reviews r
            JOIN named_for d ON d.system = r.system AND d.person_id = r.reviewer_id
            WHERE r.reviewed_on BETWEEN d.begins_on AND d.ends_on
        ),
        own AS (
            SELECT DISTINCT r.row_id, r.system
            FROM reviews r
            JOIN account_holders h ON h.person_id = r.reviewer_id
            JOIN names n ON n.system = r.system AND n.known_as = h.system
            JOIN names m ON m.system = r.system
            JOIN auth_events e ON e.host = m.known_as AND e.account = h.account
            WHERE e.activity IN ('privilege_use', 'account_change', 'log_cleared')
              AND e.happened_on BETWEEN r.covers_from AND r.covers_until
        ),
        judged AS (
            SELECT r.system, r.row_id, r.reviewed_on,
                   CASE WHEN r.reviewer_id IS NULL OR coalesce(trim(r.result), '') = '' THEN 'incomplete'
                        WHEN d.row_id IS NULL THEN 'not_designated'
                        WHEN e.left_on < r.reviewed_on OR e.hired_on > r.reviewed_on THEN 'not_employed'
                        WHEN o.row_id IS NOT NULL THEN 'own_acts' END AS flaw
            FROM reviews r
            LEFT JOIN designated d ON d.row_id = r.row_id AND d.system = r.system
            LEFT JOIN own o ON o.row_id = r.row_id AND o.system = r.system
            LEFT JOIN employees e ON e.person_id = r.reviewer_id
        ),
        flaws AS (
            SELECT u.system, max_by(j.flaw, j.reviewed_on) AS flawed, max_by(j.row_id, j.reviewed_on) AS flawed_row
            FROM due u JOIN judged j ON j.system = u.system
            WHERE j.flaw IS NOT NULL AND j.reviewed_on >= u.start_on
            GROUP BY u.system
        )
        SELECT u.system, u.system_row, u.end_on, u.over, u.start_on AS day_on, CAST(NULL AS VARCHAR) AS day_row, f.flawed, f.flawed_row
        FROM due u LEFT JOIN flaws f ON f.system = u.system
        UNION ALL
        SELECT u.system, u.system_row, u.end_on, u.over, j.reviewed_on, j.row_id, f.flawed, f.flawed_row
        FROM due u JOIN judged j ON j.system = u.system LEFT JOIN flaws f ON f.system = u.system
        WHERE j.flaw IS NULL AND j.reviewed_on >= u.start_on AND j.reviewed_on <= u.end_on
    """,
    exceptions=f"""
        {_LINKS}
        SELECT t.system, t.day_on AS last_on, t.due_on, coalesce(t.flawed, 'none') AS defect, t.system_row,
               t.day_row AS review_row, t.flawed_row
        FROM (
            SELECT l.*, row_number() OVER (PARTITION BY l.system ORDER BY l.day_on DESC) AS place
            FROM links l WHERE coalesce(l.next_on, l.end_on) > l.due_on
        ) t
        WHERE t.place = 1
    """,
    key=("system",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "重要系統 {system} 的稽核日誌：{last_on:date} 之後應在 {due_on:date} 以前由專人檢視，{defect:word}",
        "audit log of the important system {system}: after {last_on:date} it was to be reviewed by {due_on:date}, {defect:word}",
    ),
    words={
        "none": Text("沒有檢視紀錄", "and no review is on record"),
        "incomplete": Text("檢視紀錄沒有檢視人或結果", "and the review on record lacks the reviewer or the result"),
        "not_designated": Text(
            "檢視的人不是當時指派的專人", "and it was reviewed by somebody who was not designated then"
        ),
        "not_employed": Text("檢視日檢視人不在職", "and the reviewer was not employed on that day"),
        "own_acts": Text("檢視人檢視的是自己的操作", "and the reviewer looked at acts of his own"),
    },
    remedy=Text(
        "指派不操作該系統的專人，至少每月檢視一次稽核日誌，記下檢視人、日期、涵蓋期間與結果；異常立即追查。",
        "Designate a person who does not work on the system, have the log reviewed every month at least, on record with name, day, stretch and result, and follow up at once what is unusual.",
    ),
    margin=Margin(f"{_LINKS} SELECT min(l.due_on) AS anchor FROM links l WHERE l.next_on IS NULL AND NOT l.over", None),
)
