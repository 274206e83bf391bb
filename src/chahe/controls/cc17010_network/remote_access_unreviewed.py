"""Months of remote access that no responsible manager reviewed in time."""

from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.remote_access_reviews import table as remote_access_reviews
from chahe.evidence.remote_sessions import table as remote_sessions
from chahe.rules.citation import Sureness
from chahe.rules.citations import REMOTE_ACCESS_CONTROLLED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_POPULATION = f"""
    WITH months AS (
        SELECT s.device, last_day(s.happened_on) AS month_end, min(s.happened_on) AS first_on, max(s.happened_on) AS last_on,
               count(*) AS records, min(s.row_id) AS session_row
        FROM remote_sessions s
        WHERE s.happened_at_us >= :from_us AND s.happened_at_us < :until_end_us
        GROUP BY s.device, last_day(s.happened_on)
    ),
    reviews AS (
        SELECT r.*, coalesce(trim(r.reviewer) <> '' AND trim(r.result) <> '' AND w.value IS NULL AND t.value IS NULL
                             AND r.reviewed_on <= :as_of, FALSE) AS complete
        FROM remote_access_reviews r
        LEFT JOIN unsaid w ON w.value = lower(trim(r.reviewer))
        LEFT JOIN unsaid t ON t.value = lower(trim(r.result))
    ),
    met AS (
        SELECT m.*, {period_end("m.month_end", ":within")} AS due_on, v.row_id AS review_row, v.complete,
               row_number() OVER (PARTITION BY m.device, m.month_end
                                  ORDER BY CASE WHEN v.complete THEN 0 ELSE 1 END, v.row_id) AS place
        FROM months m
        LEFT JOIN reviews v ON (v.device = m.device OR v.device IS NULL) AND v.covers_from <= m.first_on
                           AND v.covers_until >= m.last_on AND coalesce(v.reviewed_on, m.last_on) >= m.last_on
    )
    SELECT m.*, CASE WHEN m.complete THEN 'good' WHEN m.review_row IS NULL THEN 'unreviewed' ELSE 'incomplete' END AS state,
           CASE WHEN NOT coalesce(m.complete, FALSE) AND m.due_on >= :as_of THEN 'not_due' END AS excluded_because
    FROM met m WHERE m.place = 1
"""

control = Control(
    id="remote-access-unreviewed",
    title=Text("遠端連線紀錄未經主管覆核", "Remote access not reviewed by the manager"),
    question=Text(
        "查核期間每部閘道器每個月的遠端連線紀錄，是否都由權責主管覆核，並留有日期與結果？",
        "Did the responsible manager review each gateway's remote access of each month in time, on record with day and result?",
    ),
    cites=(REMOTE_ACCESS_CONTROLLED,),
    deck=("共置-方向",),
    needs=(Need(table=remote_sessions), Need(table=remote_access_reviews, excuses=True)),
    parameters={
        "within": Parameter(
            3,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "規範只說定期；月底起三個月內覆核是我們的解讀",
                "the rule says periodically; within three months of the month's end is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
        "unsaid": UNSAID,
    },
    blind_spots=(
        Text(
            "覆核人是否為權責主管、是否覆核自己的連線，以及覆核得夠不夠仔細，看不出來。期限內補辦以前的逾期不再列出。",
            "Whether the reviewer is the responsible manager, reviews his own access, or looks closely is not seen. A review made late, but made, is no longer listed.",
        ),
        Text(
            "沒有時間的連線紀錄不屬於任何月份，不計入。",
            "Records without a time belong to no month and are not counted.",
        ),
    ),
    frame=Text(
        "查核期間有遠端連線紀錄的每部閘道器的每個月", "every month of every gateway with remote access in the period"
    ),
    population=_POPULATION,
    exclusions={"not_due": Text("覆核期限未到的月份", "months whose review is not due yet")},
    exceptions="""
        SELECT p.device, p.month_end, p.state AS defect, p.records, p.first_on, p.last_on, p.due_on, p.session_row, p.review_row
        FROM population p WHERE p.state <> 'good'
    """,
    key=("device", "month_end"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "閘道器 {device} 到 {month_end:date} 為止的一個月有 {records} 筆遠端連線紀錄：{defect:word}（期限 {due_on:date}）",
        "{records} records of remote access by {device} in the month to {month_end:date}: {defect:word} (due {due_on:date})",
    ),
    words={
        "unreviewed": Text("沒有涵蓋該月的覆核紀錄", "no review covers them"),
        "incomplete": Text("覆核紀錄缺主管、日期或結果", "the review on record lacks manager, day or result"),
    },
    remedy=Text(
        "由權責主管覆核該月全部遠端連線，與申請及維護紀錄核對，記下日期與結果。",
        "Have the responsible manager review the month's remote access against requests and records of work, and write down day and result.",
    ),
    # A month that is not due yet and not reviewed yet is the next to fail; where there is none, one after the period, at the next audit.
    margin=Margin(
        f"""
        SELECT min({period_end("last_day(s.happened_on)", ":within")}) AS anchor
        FROM remote_sessions s
        LEFT JOIN population p ON p.device = s.device AND p.month_end = last_day(s.happened_on)
        WHERE s.happened_at_us >= :from_us AND p.device IS NULL
        """,
        None,
    ),
)
