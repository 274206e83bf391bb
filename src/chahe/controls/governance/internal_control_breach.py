"""Steps of the firm's own internal control that were not done, done late, by somebody else, or without a paper to show it."""

from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.control_records import table as control_records
from chahe.evidence.own_controls import table as own_controls
from chahe.rules.citations import INTERNAL_CONTROL_EXECUTED
from chahe.wording import Text

# A step with a rhythm is a chain of days: its first day in force and each performance by the right person with a paper. Each
# link is one performance that fell due. A step that events call for is judged by its records, each with its own day.
_POPULATION = f"""
    WITH rhythms AS (
        SELECT o.*, coalesce(o.ends_on, DATE '9999-12-31') AS until_on
        FROM own_controls o WHERE o.every_months > 0 OR o.every_days > 0
    ),
    days AS (
        SELECT r.control_id, r.begins_on AS day_on, CAST(NULL AS VARCHAR) AS day_row FROM rhythms r WHERE r.begins_on IS NOT NULL
        UNION ALL
        SELECT r.control_id, d.done_on, d.row_id
        FROM rhythms r JOIN control_records d ON d.control_id = r.control_id
        WHERE d.done_on <= :as_of AND d.done_on >= coalesce(r.begins_on, DATE '1900-01-01') AND trim(d.evidence) <> ''
          AND (r.performer_id IS NULL OR d.performer_id = r.performer_id)
    ),
    links AS (
        SELECT d.control_id, d.day_on, d.day_row,
               lead(d.day_on) OVER (PARTITION BY d.control_id ORDER BY d.day_on, coalesce(d.day_row, '')) AS next_on,
               least(CASE WHEN r.every_months > 0 THEN {period_end("d.day_on", "r.every_months")} END,
                     CASE WHEN r.every_days > 0 THEN d.day_on + CAST(r.every_days AS INTEGER) END) AS due_on
        FROM days d JOIN rhythms r ON r.control_id = d.control_id
    ),
    flawed AS (
        SELECT r.control_id, max(d.row_id) AS record_row
        FROM rhythms r JOIN control_records d ON d.control_id = r.control_id
        WHERE d.done_on <= :as_of
          AND NOT coalesce(trim(d.evidence) <> '' AND (r.performer_id IS NULL OR d.performer_id = r.performer_id), FALSE)
        GROUP BY r.control_id
    )
    SELECT r.control_id, r.step, r.item, l.due_on, CAST(NULL AS VARCHAR) AS record_id, l.next_on AS done_on,
           CASE WHEN l.next_on > l.due_on THEN 'late'
                WHEN l.next_on IS NULL AND l.due_on < :as_of AND l.due_on <= r.until_on THEN 'not_done'
                WHEN l.next_on IS NULL THEN 'running' ELSE 'good' END AS state,
           CASE WHEN l.due_on <= r.until_on THEN l.due_on END AS runs_until,
           r.row_id AS control_row, coalesce(CASE WHEN l.next_on IS NULL THEN f.record_row END, l.day_row) AS record_row,
           CASE WHEN l.next_on < :from THEN 'before' END AS excluded_because
    FROM links l
    JOIN rhythms r ON r.control_id = l.control_id
    LEFT JOIN flawed f ON f.control_id = l.control_id
    WHERE l.day_on <= :as_of
    UNION ALL
    SELECT r.control_id, r.step, r.item, CAST(NULL AS DATE), CAST(NULL AS VARCHAR), CAST(NULL AS DATE), 'never',
           CAST(NULL AS DATE), r.row_id, f.record_row, CASE WHEN r.until_on < :from THEN 'before' END
    FROM rhythms r
    LEFT JOIN (SELECT DISTINCT control_id FROM days) d ON d.control_id = r.control_id
    LEFT JOIN flawed f ON f.control_id = r.control_id
    WHERE d.control_id IS NULL
    UNION ALL
    SELECT o.control_id, o.step, o.item, d.due_on, d.record_id, d.done_on,
           CASE WHEN d.done_on > :as_of OR d.done_on IS NULL
                THEN CASE WHEN d.due_on < :as_of THEN 'not_done' WHEN d.due_on IS NULL THEN 'no_dates' ELSE 'running' END
                WHEN d.done_on > d.due_on THEN 'late'
                WHEN coalesce(trim(d.evidence), '') = '' THEN 'no_paper'
                WHEN o.performer_id IS NULL OR o.performer_id = d.performer_id THEN 'good'
                WHEN d.performer_id IS NULL THEN 'no_performer'
                ELSE 'other_person' END,
           d.due_on, o.row_id, d.row_id,
           CASE WHEN d.done_on < :from THEN 'before' END
    FROM own_controls o JOIN control_records d ON d.control_id = o.control_id
    WHERE NOT coalesce(o.every_months > 0 OR o.every_days > 0, FALSE)
"""

control = Control(
    id="internal-control-breach",
    title=Text("未依內部控制制度執行", "The firm's own control steps not done"),
    question=Text(
        "公司自訂的每個控制步驟，是否都由應辦的人、在期限內辦理，並留有佐證？",
        "Was each step of the firm's own internal control done by the person it names, in time, and with a paper that shows it?",
    ),
    cites=(INTERNAL_CONTROL_EXECUTED,),
    deck=("業務-12",),
    needs=(Need(table=own_controls), Need(table=control_records, excuses=True)),
    blind_spots=(
        Text(
            "沒有列入清冊的控制步驟看不到；依事件辦理的步驟，事件發生而完全沒有紀錄的，也看不到。",
            "Steps left off the list are not seen; nor, for steps that events call for, an event that left no record at all.",
        ),
        Text(
            "週期由公司自訂，每幾日以日曆日計；連續數期未辦只列第一期。佐證的內容沒有閱讀。",
            "The rhythm is the firm's own, and days are calendar days; where several in a row were left out, the first is shown. The papers are not read.",
        ),
        Text(
            "與清冊編號不符的執行紀錄不算任何步驟的紀錄。",
            "A record whose number is not on the list counts for no step.",
        ),
    ),
    frame=Text(
        "自訂控制作業清冊每個步驟在查核期間應辦的每一次",
        "every performance of each step on the firm's list that fell due or was done in the period",
    ),
    population=_POPULATION,
    exclusions={"before": Text("查核期間以前已了結者", "performances settled before the period")},
    exceptions="""
        SELECT p.control_id, p.due_on, p.record_id, p.step, p.item, p.done_on, p.state AS defect, p.control_row, p.record_row
        FROM population p WHERE p.state IN ('late', 'not_done', 'never', 'no_paper', 'other_person')
    """,
    undetermined="""
        SELECT p.control_id, p.due_on, p.record_id, p.state AS why
        FROM population p WHERE p.state IN ('no_dates', 'no_performer')
    """,
    unclear={
        "no_dates": Text(
            "執行紀錄沒有應辦日也沒有辦理日", "the record tells neither when it was due nor when it was done"
        ),
        "no_performer": Text(
            "執行紀錄沒有辦理人，無法知道是否由應辦的人辦理",
            "the record does not say who did it, so it is unknown whether it was the person named",
        ),
    },
    key=("control_id", "due_on", "record_id"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "控制步驟 {control_id}「{step}」（{item}）應在 {due_on:date} 以前辦理：{defect:word}（辦理日 {done_on:date}）",
        "step {control_id}, {step} ({item}), was due by {due_on:date}: {defect:word} (done {done_on:date})",
    ),
    words={
        "late": Text("逾期才辦理", "done late"),
        "not_done": Text(
            "期限已過，沒有由應辦的人辦理並留下佐證的紀錄",
            "the day is past, and no record shows it done by the right person with a paper",
        ),
        "never": Text("從未辦理", "never done"),
        "no_paper": Text("沒有佐證", "no paper shows it"),
        "other_person": Text("由應辦以外的人辦理", "done by another than the person named"),
    },
    remedy=Text(
        "補辦漏做的步驟並註明補辦日期與原因；檢討期限、人員與代理人，使每次辦理都留下辦理人、日期與佐證。",
        "Do what was left out, on record as late with its reason; see to days, persons and deputies so that each performance leaves person, day and paper.",
    ),
    margin=Margin("SELECT min(runs_until) AS anchor FROM population WHERE state = 'running'", None),
)
