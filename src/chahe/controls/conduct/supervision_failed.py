"""Matters about staff that managers knew of and did nothing about within the business days allowed."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.business_days import table as business_days
from chahe.evidence.supervision_actions import table as supervision_actions
from chahe.evidence.supervision_notices import table as supervision_notices
from chahe.rules.citation import Sureness
from chahe.rules.citations import (
    FIRM_ANSWERS_FOR_STAFF,
    INTERNAL_CONTROL_EXECUTED,
    NO_MISLEADING_ACTS,
    STAFF_BREACHES_REPORTED,
)
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# A step counts that says what was done, by somebody else than the person it is about, on or after the day it became known.
_POPULATION = """
    WITH steps AS (
        SELECT n.notice_id, n.manager_id,
               min(CASE WHEN a.acted_on >= n.notified_on AND a.acted_on <= :as_of AND a.actor_id <> n.subject_id
                             AND trim(a.measure) <> '' AND u.value IS NULL THEN a.acted_on END) AS acted_on,
               max(a.row_id) AS action_row,
               min(CASE WHEN coalesce(a.actor_id <> n.subject_id, TRUE) AND coalesce(a.acted_on >= n.notified_on, TRUE)
                             AND trim(a.measure) <> '' AND u.value IS NULL THEN coalesce(a.acted_on, n.notified_on) END) AS perhaps_on
        FROM supervision_notices n
        JOIN supervision_actions a ON a.notice_id = n.notice_id
        LEFT JOIN unsaid u ON u.value = lower(trim(a.measure))
        GROUP BY n.notice_id, n.manager_id
    ),
    ends AS (SELECT number, min(day_on) AS due_on FROM business_days GROUP BY number),
    dated AS (
        SELECT n.*, e.due_on, s.acted_on, s.action_row, s.perhaps_on
        FROM supervision_notices n
        LEFT JOIN business_days b ON b.day_on = n.notified_on
        LEFT JOIN ends e ON e.number = b.number + :days
        LEFT JOIN steps s ON s.notice_id = n.notice_id AND s.manager_id = n.manager_id
    )
    SELECT d.*, d.row_id AS notice_row,
           CASE WHEN d.notified_on IS NULL THEN 'no_date'
                WHEN d.subject_id IS NULL THEN 'no_subject'
                WHEN d.due_on IS NULL THEN 'no_calendar'
                WHEN d.acted_on <= d.due_on THEN 'good'
                WHEN d.due_on >= :as_of THEN 'running'
                WHEN d.perhaps_on <= d.due_on THEN 'unfinished'
                WHEN d.acted_on IS NULL AND d.manager_id = d.subject_id THEN 'itself'
                WHEN d.acted_on IS NULL THEN 'nothing'
                ELSE 'late' END AS state,
           CASE WHEN d.notified_on > :as_of THEN 'not_yet' WHEN d.acted_on < :from THEN 'before' END AS excluded_because
    FROM dated d
"""

control = Control(
    id="supervision-failed",
    title=Text("主管知情而未處置", "A manager knew and nothing followed"),
    question=Text(
        "主管知悉員工可能違規的事項後，是否在期限內處置並留有紀錄？",
        "When a manager learned of a possible breach by staff, was something done about it in time, and recorded?",
    ),
    cites=(NO_MISLEADING_ACTS, STAFF_BREACHES_REPORTED, FIRM_ANSWERS_FOR_STAFF, INTERNAL_CONTROL_EXECUTED),
    deck=("業務案一",),
    needs=(
        Need(table=business_days),
        Need(table=supervision_notices),
        Need(table=supervision_actions, excuses=True),
    ),
    parameters={
        "days": Parameter(
            5,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "營業日；知悉當日不計。證券商管理規則第四條要求人員違規五個營業日內申報，處置不應更晚；規則未直接規定，是我們的解讀",
                "business days, the day it became known not counted; article 4 of the firms' regulations has breaches by staff reported within five, so that nothing should be done later; our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
        "unsaid": UNSAID,
    },
    blind_spots=(
        Text(
            "只看得到登錄的知悉：口頭告知、私下知情而沒有紀錄的看不到。簽核過的表單應列為知悉。",
            "Only knowledge on record is seen, not what was said aloud or known in private. Forms that a manager signed are to be listed as knowledge.",
        ),
        Text(
            "處置是否恰當沒有判斷；期限內有一次處置即可，其後是否結案由內部稽核追蹤。",
            "Whether the step was the right one is not judged; one step in time suffices, and what comes after is for internal audit.",
        ),
        Text(
            "營業日依證交所行事曆（含僅辦理交割日）；臨時休市（颱風）未列入時期限會早一日。",
            "Business days are those of the exchange's calendar, days of settlement alone included; where a sudden closure (typhoon) is not in it the period ends a day early.",
        ),
    ),
    frame=Text("主管知悉紀錄的每一筆", "every entry on the register of what came to managers' knowledge"),
    population=_POPULATION,
    exclusions={
        "not_yet": Text("基準日之後才知悉", "known after the as-of day"),
        "before": Text("查核期間以前已處置", "dealt with before the period"),
    },
    exceptions="""
        SELECT p.notice_id, p.manager_id, p.subject_id, p.matter, p.how, p.notified_on, p.due_on, p.acted_on,
               p.state AS defect, p.notice_row, p.action_row
        FROM population p WHERE p.state IN ('nothing', 'late', 'itself')
    """,
    undetermined="""
        SELECT p.notice_id, p.manager_id, p.state AS why
        FROM population p WHERE p.state IN ('no_date', 'no_subject', 'no_calendar', 'unfinished')
    """,
    unclear={
        "no_date": Text("沒有知悉日，無法起算", "the day it became known is missing"),
        "no_subject": Text(
            "沒有涉及人員，無法確認處置者不是本人", "whom it is about is missing, so the one who acted may be the same"
        ),
        "no_calendar": Text("知悉日不在營業日曆範圍內", "the day is outside the calendar of business days"),
        "unfinished": Text("處置紀錄沒有處置日或處置人員", "the step on record has no day, or nobody who took it"),
    },
    key=("notice_id", "manager_id"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "主管 {manager_id} 於 {notified_on:date} 經{how:choice}知悉 {subject_id}「{matter}」（{notice_id}），應於 {due_on:date} 以前處置：{defect:word}（處置日 {acted_on:date}）",
        "manager {manager_id} knew on {notified_on:date} ({how:choice}) about {subject_id}: {matter} ({notice_id}); due by {due_on:date}: {defect:word} (step taken {acted_on:date})",
    ),
    words={
        "nothing": Text("沒有任何有效的處置紀錄", "no step is on record that counts"),
        "late": Text("逾期才處置", "dealt with too late"),
        "itself": Text(
            "知悉主管即為涉及人員，應由他人督導", "the manager is the person it is about; somebody else must act"
        ),
    },
    remedy=Text(
        "立即由更高層主管查明並處置，留下日期、人員與內容；檢討主管未處置的原因與責任，違規者依規定申報。",
        "Have a higher manager look into it and act now, on record with day, person and step; find out why nothing was done and who answers for it, and report breaches as the rule asks.",
    ),
    margin=Margin("SELECT min(due_on) AS anchor FROM population WHERE state = 'running'", None),
    linked=Linked(
        family=Family.PAPERS,
        nodes=(
            Node(column="subject_id", role=Role.EMPLOYEE),
            # A manager has many staff: their cases are linked by the manager, not one.
            Node(column="manager_id", role=Role.EMPLOYEE, joins=False),
        ),
        ties=(
            Tie(
                ends=(("manager_id",), ("subject_id",)),
                what=Text("知悉而未處置", "knew, and did not act"),
                told="defect",
                rows=("notice_row", "action_row"),
                strength=70,
            ),
        ),
        events=(
            Event(column="notified_on", what=Text("主管知悉", "came to the manager's knowledge"), rows=("notice_row",)),
        ),
        confidence=100,
    ),
)
