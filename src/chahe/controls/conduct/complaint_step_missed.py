"""Steps of the firm's own flow for complaints that were left out, done late, without a paper, or by the person complained of."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Trait
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.complaint_deadlines import table as complaint_deadlines
from chahe.evidence.complaint_flow import table as complaint_flow
from chahe.evidence.complaint_steps import table as complaint_steps
from chahe.evidence.complaints import table as complaints
from chahe.rules.citations import INTERNAL_CONTROL_EXECUTED, STAFF_FOLLOW_RULES
from chahe.wording import Text

# A record counts if it has a day not before the receipt, a paper, and somebody who is not the subject. A step without such a
# record is left out once a later step was done or the case was closed, and overdue once its day has passed.
_POPULATION = """
    WITH told AS (
        SELECT s.complaint_id, s.step, s.done_on, s.row_id,
               CASE WHEN s.done_on > :as_of THEN 'later'
                    WHEN s.performer_id = c.subject_id THEN 'by_subject'
                    WHEN s.done_on IS NULL OR s.done_on < c.received_on THEN 'undated'
                    WHEN coalesce(trim(s.evidence), '') = '' THEN 'no_paper'
                    WHEN s.performer_id IS NULL THEN 'no_performer'
                    ELSE 'sound' END AS kind
        FROM complaint_steps s JOIN complaints c ON c.complaint_id = s.complaint_id
    ),
    done AS (
        SELECT complaint_id, step, min(CASE WHEN kind = 'sound' THEN done_on END) AS done_on,
               max(CASE WHEN kind = 'by_subject' THEN 1 ELSE 0 END) AS by_subject,
               max(CASE WHEN kind = 'no_paper' THEN 1 ELSE 0 END) AS no_paper,
               max(CASE WHEN kind = 'undated' THEN 1 ELSE 0 END) AS undated,
               max(CASE WHEN kind = 'no_performer' THEN 1 ELSE 0 END) AS no_performer,
               coalesce(min(CASE WHEN kind = 'sound' THEN row_id END), min(CASE WHEN kind <> 'later' THEN row_id END)) AS step_row
        FROM told GROUP BY complaint_id, step
    ),
    due AS (
        SELECT d.complaint_id, d.step, d.sequence, d.timed, d.due_on, d.flow_row, c.row_id AS complaint_row, c.received_on,
               CASE WHEN c.closed_on <= :as_of THEN c.closed_on END AS closed_on, c.subject_id, c.summary, e.done_on, e.by_subject,
               e.no_paper, e.undated, e.no_performer, e.step_row,
               max(e.done_on) OVER (PARTITION BY d.complaint_id ORDER BY d.sequence DESC
                                    RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS went_on
        FROM complaint_deadlines d
        JOIN complaints c ON c.complaint_id = d.complaint_id
        LEFT JOIN done e ON e.complaint_id = d.complaint_id AND e.step = d.step
    )
    SELECT d.*,
           CASE WHEN d.received_on IS NULL THEN 'no_receipt'
                WHEN d.step IS NULL THEN 'no_flow'
                WHEN d.done_on > d.due_on THEN 'late'
                WHEN d.done_on IS NOT NULL THEN CASE WHEN d.timed AND d.due_on IS NULL THEN 'no_limit' ELSE 'good' END
                WHEN d.by_subject = 1 THEN 'by_subject'
                WHEN d.undated = 1 THEN 'undated'
                WHEN d.no_performer = 1 THEN 'no_performer'
                WHEN d.no_paper = 1 THEN 'no_paper'
                WHEN d.went_on IS NOT NULL OR d.closed_on IS NOT NULL THEN 'left_out'
                WHEN d.due_on < :as_of THEN 'not_done'
                WHEN d.timed AND d.due_on IS NULL THEN 'no_limit'
                ELSE 'running' END AS state,
           CASE WHEN d.received_on > :as_of THEN 'after'
                WHEN d.received_on < :from AND (d.done_on < :from OR d.closed_on < :from) THEN 'before' END AS excluded_because
    FROM due d
"""

control = Control(
    id="complaint-step-missed",
    title=Text("未依自訂流程處理申訴", "Complaints not handled by the firm's own flow"),
    question=Text(
        "每件申訴或檢舉，是否都依公司自訂流程的每一步驟、在期限內、由被申訴人以外的人處理並留有佐證？",
        "Did every complaint or report go through each step of the firm's own flow, in time, handled by somebody other than the person it is about, with a paper to show it?",
    ),
    cites=(INTERNAL_CONTROL_EXECUTED, STAFF_FOLLOW_RULES),
    deck=("業務-11",),
    needs=(
        Need(table=complaint_deadlines),
        Need(table=complaints),
        Need(table=complaint_flow),
        Need(table=complaint_steps, excuses=True),
    ),
    blind_spots=(
        Text(
            "沒有登記的申訴看不到；請與來信、客服錄音、主管機關轉件核對。",
            "Complaints nobody registered are not seen; hold the register against letters, recorded calls and cases passed on by authorities.",
        ),
        Text(
            "步驟、順序與期限都以公司自訂流程為準，法規沒有定日數；營業日以證交所辦理交割之日計。流程沒有訂期限的步驟，只看有沒有做。",
            "Steps, order and limits are the firm's own; the rules set no number of days. Business days are those on which the exchange settles. A step without a limit is only looked for.",
        ),
        Text(
            "佐證的內容、答覆是否妥適、同一員工是否一再被申訴，由人判斷；登記簿沒有填被申訴員工的，看不出由誰迴避。",
            "What the papers say, whether the answer is fit and whether one employee is complained of again and again is for people to judge; where the register names no subject, who had to stand aside is not seen.",
        ),
    ),
    frame=Text(
        "申訴登記簿的每一件，依收件當時的流程應辦的每一步驟",
        "each step that the flow in force on receipt asks for, of every case on the register of complaints",
    ),
    population=_POPULATION,
    exclusions={
        "before": Text("查核期間以前已辦完或結案", "steps done, or cases closed, before the period"),
        "after": Text("基準日之後收到", "cases received after the as-of day"),
    },
    exceptions="""
        SELECT p.complaint_id, p.step, p.summary, p.subject_id, p.received_on, p.due_on, p.done_on, p.state AS defect,
               p.complaint_row, p.flow_row, p.step_row
        FROM population p WHERE p.state IN ('late', 'by_subject', 'no_paper', 'left_out', 'not_done')
    """,
    undetermined="""
        SELECT p.complaint_id, p.step, p.state AS why
        FROM population p WHERE p.state IN ('no_receipt', 'no_flow', 'no_limit', 'undated', 'no_performer')
    """,
    unclear={
        "no_receipt": Text(
            "登記簿沒有收件日，無法知道期限", "the register does not tell when it was received, so no limit is known"
        ),
        "no_flow": Text("收件當時沒有載入有效的流程", "no flow in force at the time was loaded"),
        "no_limit": Text(
            "流程訂有期限但沒有寫以營業日或日曆日計，或超出交易日曆",
            "the flow sets a limit without saying which days it counts, or past the calendar of trading days",
        ),
        "undated": Text(
            "處理紀錄沒有完成日，或早於收件日", "the record of the step has no day, or one before the receipt"
        ),
        "no_performer": Text(
            "處理紀錄沒有處理人，無法知道是否由被申訴人處理",
            "the record does not say who did it, so it may have been the subject",
        ),
    },
    key=("complaint_id", "step"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "申訴 {complaint_id}「{summary}」（{received_on:date} 收件）的「{step}」：{defect:word}（期限 {due_on:date}，完成 {done_on:date}，被申訴人 {subject_id}）",
        "complaint {complaint_id}, {summary} (received {received_on:date}), step {step}: {defect:word} (due {due_on:date}, done {done_on:date}, about {subject_id})",
    ),
    words={
        "late": Text("逾期才完成", "done late"),
        "by_subject": Text("由被申訴人自己處理", "handled by the person complained of"),
        "no_paper": Text("沒有佐證", "there is no paper to show it"),
        "left_out": Text("略過未辦，案件已往下進行或結案", "left out, while the case went on or was closed"),
        "not_done": Text("期限已過仍未辦理", "not done, and its day has passed"),
    },
    remedy=Text(
        "補辦漏掉的步驟並向客戶說明；改由與案件無關的人處理，登記簿依流程列管期限並逐日追蹤。",
        "Do what was left out and tell the customer; give the case to somebody it is not about, and track each step's day in the register.",
    ),
    margin=Margin("SELECT min(CASE WHEN state = 'running' THEN due_on END) AS anchor FROM population", None),
    linked=Linked(
        family=Family.PAPERS,
        nodes=(Node(column="subject_id", role=Role.EMPLOYEE),),
        events=(Event(column="received_on", what=Text("收到申訴", "complaint received"), rows=("complaint_row",)),),
        confidence=100,
        traits=(Trait.COMPLAINT,),
    ),
)
