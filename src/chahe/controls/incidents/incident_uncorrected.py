"""Incidents without a corrective action, and actions overdue or not verified by another person."""

from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.corrective_actions import table as corrective_actions
from chahe.evidence.incidents import table as incidents
from chahe.rules.citation import Sureness
from chahe.rules.citations import INCIDENTS_CORRECTED, MECHANISM_INCIDENTS_CORRECTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Days of Taipei's clock: an incident is known on one, and its first action is due a month later. An action that says
# nothing of what is to be done is none.
_POPULATION = f"""
    WITH known AS (
        SELECT i.*, CAST(DATE '1970-01-01' + CAST((coalesce(i.known_at_us, i.occurred_at_us) + 28800000000) // 86400000000 AS INTEGER)
                         AS DATE) AS known_on
        FROM incidents i
    ),
    actions AS (
        SELECT a.* FROM corrective_actions a
        WHERE trim(a.action) <> '' AND coalesce(a.recorded_on, :as_of) <= :as_of
    ),
    met AS (
        SELECT k.incident_id, k.summary, k.known_on, k.closed_on, k.row_id AS incident_row,
               a.action_id, a.action, a.owner_id, a.due_on, a.verifier_id, a.row_id AS action_row,
               CASE WHEN a.done_on <= :as_of THEN a.done_on END AS done_on,
               CASE WHEN a.verified_on <= :as_of AND a.verified_on >= a.done_on AND a.verifier_id IS NOT NULL
                         AND a.verifier_id <> coalesce(a.owner_id, '') THEN a.verified_on END AS verified_on,
               CASE WHEN a.verified_on <= :as_of AND a.verifier_id = a.owner_id THEN 1 ELSE 0 END AS by_self,
               {period_end("k.known_on", ":record_within")} AS record_by,
               {period_end("a.done_on", ":verify_within")} AS verify_by
        FROM known k LEFT JOIN actions a ON a.incident_id = k.incident_id
    )
    SELECT m.*,
           CASE WHEN m.action_row IS NULL
                THEN CASE WHEN m.known_on IS NULL THEN 'no_clock' WHEN m.record_by >= :as_of THEN 'running' ELSE 'none' END
                WHEN m.verified_on IS NOT NULL THEN CASE WHEN m.owner_id IS NULL THEN 'no_owner' ELSE 'good' END
                WHEN m.done_on IS NULL
                THEN CASE WHEN m.due_on IS NULL THEN 'undated' WHEN m.due_on < :as_of THEN 'overdue' ELSE 'running' END
                WHEN m.verify_by >= :as_of THEN 'running'
                WHEN m.by_self = 1 THEN 'by_self'
                ELSE 'unverified' END AS state,
           CASE WHEN m.action_row IS NULL THEN m.record_by WHEN m.done_on IS NULL THEN m.due_on ELSE m.verify_by END AS runs_until,
           CASE WHEN m.known_on > :as_of THEN 'after'
                WHEN m.closed_on < :from AND (m.action_row IS NULL OR m.verified_on < :from) AND m.known_on < :from
                THEN 'closed_before' END AS excluded_because
    FROM met m
"""

control = Control(
    id="incident-uncorrected",
    title=Text("事件未矯正或未驗證", "Incidents not corrected or not verified"),
    question=Text(
        "每件資安或服務異常事件，是否都有矯正措施紀錄、在期限內完成，並由另一人驗證有效？",
        "Does each incident have corrective actions on record, done in time and verified by another person?",
    ),
    cites=(INCIDENTS_CORRECTED, MECHANISM_INCIDENTS_CORRECTED),
    deck=("資安-20", "資安法規-二"),
    needs=(Need(table=incidents), Need(table=corrective_actions, excuses=True)),
    parameters={
        "record_within": Parameter(
            1,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "知悉後提出矯正措施的期限，比照資通安全事件通報及應變辦法第十三條的一個月；證券業的條文未能取得",
                "how soon after the firm knows an action is on record; the month of article 13 of the regulations on reporting and responding to cyber-security incidents, since the market's own text was not available",
            ),
            Sureness.UNCONFIRMED,
        ),
        "verify_within": Parameter(
            1,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "完成後驗證的期限；規範未定，我們的預設",
                "how soon after it was done an action is verified; the rule sets none, the default is ours",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "沒有登記的事件看不到；措施是否對症、驗證是否確實，看不出來。",
            "Incidents that nobody registered are not seen, nor whether an action fits or was verified with care.",
        ),
        Text(
            "查核基準日時的狀態：曾經逾期而已完成並驗證的措施不列。",
            "What stands on the as-of day is judged: an action once overdue that was done and verified since is not shown.",
        ),
    ),
    frame=Text(
        "資安事件登記簿中的每一件事件與其每一項矯正措施",
        "every incident on the register with each of its corrective actions",
    ),
    population=_POPULATION,
    exclusions={
        "after": Text("基準日之後知悉的事件", "incidents known after the as-of day"),
        "closed_before": Text(
            "查核期間以前知悉、結案並驗證者", "what was known, closed and verified before the period"
        ),
    },
    exceptions="""
        SELECT p.incident_id, p.action_id, p.summary, p.action, p.known_on, p.due_on, p.done_on, p.state AS defect,
               p.incident_row, p.action_row
        FROM population p WHERE p.state IN ('none', 'overdue', 'by_self', 'unverified')
    """,
    undetermined="""
        SELECT p.incident_id, p.action_id, p.state AS why
        FROM population p WHERE p.state IN ('no_clock', 'no_owner', 'undated')
    """,
    unclear={
        "no_clock": Text(
            "登記簿沒有知悉或發生時間，無法起算", "the register tells neither when the firm knew nor when it happened"
        ),
        "no_owner": Text(
            "矯正措施沒有負責人，無法知道是否由另一人驗證",
            "the action names nobody responsible, so it is unknown whether another person verified it",
        ),
        "undated": Text("矯正措施沒有期限也沒有完成日", "the action has neither a last day nor a day it was done"),
    },
    key=("incident_id", "action_id"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "事件 {incident_id}「{summary}」（{known_on:date} 知悉）：{defect:word}（措施 {action_id} {action}，期限 {due_on:date}，完成 {done_on:date}）",
        "incident {incident_id}, {summary} (known {known_on:date}): {defect:word} (action {action_id} {action}, due {due_on:date}, done {done_on:date})",
    ),
    words={
        "none": Text("沒有矯正措施紀錄", "no corrective action is on record"),
        "overdue": Text("矯正措施逾期未完成", "the action is overdue"),
        "by_self": Text("由負責人自行驗證，不能算驗證", "verified by the person responsible, which is no verification"),
        "unverified": Text("完成後沒有另一人驗證的紀錄", "done, but no verification by another person is on record"),
    },
    remedy=Text(
        "查明原因，提出矯正措施，定負責人與期限；完成後由另一人驗證有效並記下日期，再結案。",
        "Find the cause, put corrective actions on record with a person and a last day, have another person verify that they work, and only then close the incident.",
    ),
    margin=Margin("SELECT min(runs_until) AS anchor FROM population WHERE state = 'running'", None),
)
