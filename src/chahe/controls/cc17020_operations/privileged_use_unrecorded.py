"""Approved uses of top privilege of which nobody wrote down what was done."""

from chahe.controls.accounts import KINDRED
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.unsaid import UNSAID
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.maintenance_records import table as maintenance_records
from chahe.evidence.privileged_approvals import table as privileged_approvals
from chahe.evidence.system_hosts import table as system_hosts
from chahe.rules.citations import TOP_PRIVILEGE_USE_APPROVED
from chahe.wording import Text

control = Control(
    id="privileged-use-unrecorded",
    title=Text("最高權限使用未留紀錄", "Use of top privilege not recorded"),
    question=Text(
        "查核期間每份實際用到的最高權限核准，是否都有使用當日起的維護紀錄，寫明做了什麼？",
        "Does every approval that was used have a record, from the day of use on, of what was done with top privilege?",
    ),
    cites=(TOP_PRIVILEGE_USE_APPROVED,),
    deck=("共置-方向",),
    needs=(
        Need(table=privileged_approvals),
        Need(table=auth_events, whole=True),
        Need(table=maintenance_records, excuses=True),
        Need(table=system_hosts, optional=True),
    ),
    parameters={"unsaid": UNSAID},
    blind_spots=(
        Text(
            "核准而未使用者不需紀錄；是否使用以日誌為準，日誌沒有的使用看不到。未經核准的使用由 privileged-use-unapproved 查核。",
            "An approval that was not used needs no record; use is told by logs, and what they lack is not seen. Uses without approval are for privileged-use-unapproved.",
        ),
        Text("紀錄所寫是否屬實、是否完整，看不出來。", "Whether the record is true and complete is not seen."),
    ),
    frame=Text(
        "最高權限使用核准中，准許期間與查核期間重疊的每一份", "every approval whose time meets the audited period"
    ),
    population=f"""
        WITH {KINDRED},
        places AS (
            SELECT p.approval_id, p.system AS host FROM privileged_approvals p
            UNION
            SELECT p.approval_id, k.other FROM privileged_approvals p JOIN kindred k ON k.name = p.system
        ),
        uses AS (
            SELECT p.approval_id, count(*) AS uses, min(e.happened_on) AS first_on, min(e.row_id) AS use_row
            FROM privileged_approvals p
            JOIN places h ON h.approval_id = p.approval_id
            JOIN auth_events e ON e.host = h.host AND coalesce(e.target_account, e.account) = p.account
                              AND e.happened_at_us >= p.valid_from_us AND e.happened_at_us <= p.valid_until_us
            WHERE e.activity IN ('logon', 'privilege_use') AND coalesce(e.outcome, 'success') = 'success'
              AND e.happened_at_us >= :from_us AND e.happened_at_us < :until_end_us
            GROUP BY p.approval_id
        ),
        records AS (
            SELECT m.approval_id, max(m.worked_on) AS worked_on
            FROM maintenance_records m LEFT JOIN unsaid u ON u.value = lower(trim(m.work_done))
            WHERE trim(m.work_done) <> '' AND u.value IS NULL AND m.worked_on <= :as_of
            GROUP BY m.approval_id
        )
        SELECT p.approval_id, p.system, p.account, p.requester_id, u.uses, u.first_on, u.use_row, p.row_id AS approval_row,
               coalesce(r.worked_on >= u.first_on, FALSE) AS recorded,
               CASE WHEN u.approval_id IS NULL THEN 'unused' END AS excluded_because
        FROM privileged_approvals p
        LEFT JOIN uses u ON u.approval_id = p.approval_id
        LEFT JOIN records r ON r.approval_id = p.approval_id
        WHERE p.valid_from_us < :until_end_us AND p.valid_until_us >= :from_us
    """,
    exclusions={"unused": Text("核准而日誌中沒有使用", "approved, and not used by the logs")},
    exceptions="""
        SELECT p.approval_id, p.system, p.account, p.requester_id, p.uses, p.first_on, p.approval_row, p.use_row
        FROM population p WHERE NOT p.recorded
    """,
    key=("approval_id",),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "核准單 {approval_id}（{system} 的 {account}，使用人 {requester_id}）自 {first_on:date} 起使用 {uses} 次，沒有維護紀錄寫明做了什麼",
        "approval {approval_id} ({account} on {system}, for {requester_id}) was used {uses} times from {first_on:date} on, and no record says what was done",
    ),
    remedy=Text(
        "由使用人補寫維護紀錄，註明核准單號、日期與內容，由主管覆核；往後使用當日即填寫。",
        "Have the user write the record with approval number, day and work done, reviewed by the manager; from now on write it on the day of use.",
    ),
    margin=None,
)
