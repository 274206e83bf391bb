"""Important systems whose recovery was not drilled within the year, in part, or missed its objectives without follow-up."""

from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.recovery_drills import table as recovery_drills
from chahe.evidence.recovery_plans import table as recovery_plans
from chahe.evidence.systems import table as systems
from chahe.rules.citation import Sureness
from chahe.rules.citations import MECHANISM_RECOVERY_TESTED, MECHANISM_RISK_ASSESSED_YEARLY, RECOVERY_PLAN_DRILLED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Of each system the plan that holds and the last drill that is complete; an incomplete one is shown but proves nothing.
_POPULATION = f"""
    WITH plans AS (
        SELECT p.*, coalesce(p.ended_on, DATE '9999-12-31') AS holds_until,
               row_number() OVER (PARTITION BY system ORDER BY coalesce(approved_on, DATE '1900-01-01') DESC, row_id) AS place
        FROM recovery_plans p
        WHERE coalesce(p.ended_on, DATE '9999-12-31') >= :as_of AND coalesce(p.approved_on, :as_of) <= :as_of
    ),
    drills AS (
        SELECT d.*, coalesce(d.drilled_on IS NOT NULL AND trim(d.participants) <> '' AND d.result IS NOT NULL
                             AND trim(d.follow_up) <> '', FALSE) AS complete
        FROM recovery_drills d
        WHERE d.drilled_on IS NULL OR d.drilled_on <= :as_of
    ),
    ranked AS (
        SELECT d.*, row_number() OVER (PARTITION BY system, complete
                                       ORDER BY coalesce(drilled_on, DATE '1900-01-01') DESC, row_id) AS age
        FROM drills d
    ),
    met AS (
        SELECT s.system, s.important, s.in_service_on, s.retired_on, s.row_id AS system_row, p.row_id AS plan_row,
               p.holds_until, p.rto_minutes AS rto_allowed, p.rpo_minutes AS rpo_allowed,
               g.row_id AS drill_row, g.drilled_on, g.result, g.rto_minutes, g.rpo_minutes, g.follow_up_due_on,
               b.row_id AS incomplete_row,
               coalesce(b.drilled_on >= :within_since OR (b.row_id IS NOT NULL AND b.drilled_on IS NULL), FALSE) AS in_part,
               greatest(coalesce(g.drilled_on, DATE '1900-01-01'), s.in_service_on) AS counts_from,
               coalesce(g.result <> 'passed' OR g.rto_minutes > p.rto_minutes OR g.rpo_minutes > p.rpo_minutes, FALSE)
               AS missed,
               coalesce(g.followed_up_on >= g.drilled_on AND g.followed_up_on <= :as_of, FALSE) AS settled,
               p.rto_minutes IS NULL OR p.rpo_minutes IS NULL AS no_target,
               g.rto_minutes IS NULL OR g.rpo_minutes IS NULL AS unmeasured
        FROM systems s
        LEFT JOIN plans p ON p.system = s.system AND p.place = 1
        LEFT JOIN ranked g ON g.system = s.system AND g.complete AND g.age = 1
        LEFT JOIN ranked b ON b.system = s.system AND NOT b.complete AND b.age = 1
    )
    SELECT m.*,
           CASE WHEN m.plan_row IS NULL THEN 'no_plan'
                WHEN m.counts_from < :within_since
                THEN CASE WHEN m.in_part THEN 'incomplete' WHEN m.drill_row IS NULL THEN 'never' ELSE 'overdue' END
                WHEN m.missed AND NOT m.settled AND NOT coalesce(m.follow_up_due_on >= :as_of, FALSE) THEN 'not_followed_up'
                WHEN m.drill_row IS NULL OR m.missed THEN 'good'
                WHEN m.no_target THEN 'no_target'
                WHEN m.unmeasured THEN 'unmeasured'
                ELSE 'good' END AS state,
           least({period_end("m.counts_from", ":within * 12")}, m.holds_until,
                 CASE WHEN m.missed AND NOT m.settled THEN m.follow_up_due_on END) AS last_good_on,
           CASE WHEN m.retired_on < :as_of THEN 'retired' WHEN m.in_service_on > :as_of THEN 'not_yet'
                WHEN NOT m.important THEN 'not_important' END AS excluded_because
    FROM met m
"""

control = Control(
    id="recovery-drill-overdue",
    title=Text("復原計畫未定期演練", "Recovery plan not drilled"),
    question=Text(
        "每個重要系統的復原計畫，一年內是否演練過並留有參與人員、結果與檢討；未達復原目標的，是否已改善？",
        "Was the recovery of every important system drilled within the year, on record with participants, result and review; and was it mended where the objectives were missed?",
    ),
    cites=(RECOVERY_PLAN_DRILLED, MECHANISM_RECOVERY_TESTED, MECHANISM_RISK_ASSESSED_YEARLY),
    deck=("資安-12",),
    needs=(Need(table=systems), Need(table=recovery_plans, excuses=True), Need(table=recovery_drills, excuses=True)),
    parameters={
        "within": Parameter(
            1,
            Unit.YEARS,
            Stricter.LOWER,
            Text(
                "規範只說定期；每年一次是我們的解讀，分級防護另有期限者從其規定",
                "the rule says periodically; every year is our reading, and where the firm's tier has its own interval that counts",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看演練紀錄所載；演練是否逼真、範圍是否涵蓋整個系統，看不出來。行事曆上的演練沒有結果，不能算演練紀錄。",
            "Only what the record says is seen, not whether the drill was lifelike or covered the whole system. A drill in a calendar has no result and is no record of one.",
        ),
        Text(
            "只評最近一次完整的演練：較早未達目標的演練，以後來達到目標的演練為準。啟用未滿一年的系統不算逾期。",
            "Only the last complete drill is judged: one that meets the objectives settles an earlier one that did not. A system in service for less than a year is not overdue.",
        ),
    ),
    frame=Text(
        "資訊系統清冊中的每一個系統，查核其中的重要系統",
        "every system on the list, of which the important ones are examined",
    ),
    population=_POPULATION,
    exclusions={
        "retired": Text("基準日前已停用的系統", "systems retired before the as-of day"),
        "not_yet": Text("基準日尚未啟用的系統", "systems not yet in service on the as-of day"),
        "not_important": Text("不是重要系統", "systems that are not important"),
    },
    exceptions="""
        SELECT p.system, p.state AS defect, p.drilled_on, p.result, p.rto_minutes, p.rto_allowed, p.rpo_minutes, p.rpo_allowed,
               p.follow_up_due_on, p.system_row, p.plan_row, p.drill_row, p.incomplete_row
        FROM population p WHERE p.state IN ('no_plan', 'incomplete', 'never', 'overdue', 'not_followed_up')
    """,
    undetermined="SELECT p.system, p.state AS why FROM population p WHERE p.state IN ('no_target', 'unmeasured')",
    unclear={
        "no_target": Text(
            "復原計畫沒有復原時間或資料復原點目標，無法知道演練是否達到目標",
            "the plan sets no objective for the time to recovery or the loss of data, so it is unknown whether the drill met it",
        ),
        "unmeasured": Text(
            "演練紀錄沒有實際復原時間或資料損失，無法與目標比較",
            "the drill's record tells neither the time to recovery nor the loss of data, so they cannot be compared",
        ),
    },
    key=("system",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "重要系統 {system}：{defect:word}（最近完整演練 {drilled_on:date}，結果 {result:choice}；復原 {rto_minutes} 分，目標 {rto_allowed} 分；資料損失 {rpo_minutes} 分，目標 {rpo_allowed} 分）",
        "important system {system}: {defect:word} (last complete drill {drilled_on:date}, {result:choice}; recovered in {rto_minutes} min of {rto_allowed} allowed, data lost {rpo_minutes} min of {rpo_allowed})",
    ),
    words={
        "no_plan": Text("沒有有效的復原計畫", "no recovery plan holds"),
        "incomplete": Text(
            "演練紀錄缺日期、參與人員、結果或檢討", "the drill on record lacks day, participants, result or review"
        ),
        "never": Text("從未演練", "never drilled"),
        "overdue": Text("逾一年未演練", "not drilled for more than a year"),
        "not_followed_up": Text(
            "演練未達目標，改善未完成也沒有未到期的改善期限",
            "the drill missed its objectives, and nothing was mended nor is due in time to come",
        ),
    },
    remedy=Text(
        "依復原計畫演練，記下參與人員、結果、實際復原時間與資料損失，會後檢討；未達目標者定期限改善，完成後註記日期。",
        "Drill the plan, record participants, result, time to recovery and loss of data, and review it; where objectives were missed set a day, mend it, and record the day it was done.",
    ),
    margin=Margin("SELECT min(last_good_on) AS anchor FROM population", None),
)
