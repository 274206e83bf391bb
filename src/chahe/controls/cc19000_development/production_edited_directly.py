"""Data or programs in production databases altered by hand without an approved change, or by somebody else than it names."""

from chahe.controls.accounts import KINDRED
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.change_requests import table as change_requests
from chahe.evidence.database_changes import table as database_changes
from chahe.evidence.system_hosts import table as system_hosts
from chahe.rules.citation import Sureness
from chahe.rules.citations import MECHANISM_DEVELOPMENT, PRODUCTION_CHANGED_BY_PROGRAM_ONLY
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# One row for each account, day and kind of change on a database; a request covers it from its approval to its release.
_POPULATION = f"""
    WITH {KINDRED},
    names AS (
        SELECT system, system AS known_as FROM database_changes
        UNION
        SELECT c.system, k.other FROM database_changes c JOIN kindred k ON k.name = c.system
    ),
    done AS (
        SELECT c.system, c.account, c.change_kind, c.happened_on, count(*) AS records, min(c.row_id) AS change_row,
               min_by(coalesce(c.object_name, '—'), c.happened_at_us) AS object_name, min(c.happened_at_us) AS first_us,
               bool_and(coalesce(c.outcome, 'success') = 'failure') AS failed
        FROM database_changes c
        GROUP BY c.system, c.account, c.change_kind, c.happened_on
    ),
    holders AS (
        SELECT n.system, h.account, min(h.person_id) AS person_id,
               min(CASE WHEN h.holder_kind = 'service' THEN 1 ELSE 0 END) AS is_service, min(h.row_id) AS holder_row
        FROM account_holders h JOIN names n ON n.known_as = h.system
        GROUP BY n.system, h.account
    ),
    covering AS (
        SELECT d.change_row, r.row_id AS request_row, r.request_id,
               CASE WHEN r.released_by IN (d.account, h.person_id) THEN 'good' ELSE 'other_person' END AS state
        FROM done d
        JOIN names n ON n.system = d.system
        JOIN change_requests r ON r.system = n.known_as
        LEFT JOIN holders h ON h.system = d.system AND h.account = d.account
        WHERE r.approvers IS NOT NULL AND coalesce(r.state, 'open') <> 'rejected'
              AND (r.approved_at_us <= d.first_us OR (r.approved_at_us IS NULL AND r.approved_on <= d.happened_on))
              AND coalesce(r.released_on, r.closed_on, d.happened_on) >= d.happened_on
    ),
    best AS (
        SELECT c.*, row_number() OVER (PARTITION BY change_row
                                       ORDER BY state = 'good' DESC, request_row) AS place
        FROM covering c
    )
    SELECT d.system, d.account, d.change_kind, d.happened_on, d.records, d.object_name, d.first_us, d.change_row,
           b.request_id, b.request_row, h.holder_row,
           CASE WHEN d.happened_on IS NULL THEN 'no_time' WHEN d.account IS NULL THEN 'no_account'
                ELSE coalesce(b.state, 'no_request') END AS state,
           CASE WHEN d.change_kind NOT IN ('data', 'structure', 'code') THEN 'other_kind'
                WHEN d.happened_on < :from OR d.happened_on > :until THEN 'outside'
                WHEN d.failed THEN 'failed'
                WHEN h.is_service = 1 OR p.value IS NOT NULL THEN 'program' END AS excluded_because
    FROM done d
    LEFT JOIN holders h ON h.system = d.system AND h.account = d.account
    LEFT JOIN program_accounts p ON p.value = d.account
    LEFT JOIN best b ON b.change_row = d.change_row AND b.place = 1
"""

control = Control(
    id="production-edited-directly",
    title=Text("未經正式程式直接異動正式環境", "Production altered by hand"),
    question=Text(
        "不經正式程式而直接異動資料庫資料、結構或程式的，是否都由核准單所指定的人，在核准之後執行？",
        "Was every change of data, structure or code in production databases that no released program made done after approval, by the person the approval names?",
    ),
    cites=(PRODUCTION_CHANGED_BY_PROGRAM_ONLY, MECHANISM_DEVELOPMENT),
    deck=("共置-方向",),
    needs=(
        Need(table=database_changes),
        Need(table=change_requests, excuses=True),
        Need(table=account_holders, excuses=True),
        Need(table=system_hosts),
    ),
    parameters={
        "program_accounts": Parameter(
            (),
            Unit.NAMES,
            Stricter.FREE,
            Text(
                "正式程式連線用的資料庫帳號；帳號歸屬登記為系統服務者不必列",
                "the database accounts by which released programs work; those registered as service accounts need not be listed",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看資料庫稽核紀錄：沒有開稽核的資料庫、直接改檔案的看不到。人借用程式帳號時，看起來像程式。",
            "Only databases' audit records are seen: not databases without auditing, nor files edited in place. A person using a program's account looks like the program.",
        ),
        Text(
            "核准單只依系統、期間與執行人對應，不比對內容；同一帳號同一天同類的異動合為一筆。",
            "A request is met by system, time and person, not by content. Changes of one kind by one account on one day are one row.",
        ),
    ),
    frame=Text(
        "資料庫異動紀錄中期間內的資料、結構與程式異動，依帳號與日合併",
        "changes of data, structure and code in the databases' audit within the period, by account and day",
    ),
    population=_POPULATION,
    exclusions={
        "other_kind": Text("權限、帳號、設定與稽核設定的異動", "changes of rights, accounts, settings and auditing"),
        "outside": Text("查核期間以外的異動", "changes outside the period"),
        "failed": Text("沒有成功的異動", "changes that failed"),
        "program": Text("正式程式的帳號", "accounts of released programs"),
    },
    exceptions="""
        SELECT p.system, p.account, p.change_kind, p.happened_on, p.records, p.object_name, p.first_us, p.request_id,
               p.state AS defect, p.change_row, p.request_row, p.holder_row
        FROM population p WHERE p.state IN ('no_request', 'other_person')
    """,
    undetermined="""
        SELECT p.system, p.account, p.change_kind, p.happened_on, p.state AS why
        FROM population p WHERE p.state IN ('no_time', 'no_account')
    """,
    unclear={
        "no_time": Text("稽核紀錄沒有時間", "the audit record has no time"),
        "no_account": Text("稽核紀錄沒有帳號", "the audit record names no account"),
    },
    key=("system", "account", "change_kind", "happened_on"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{happened_on:date} 帳號 {account} 在資料庫 {system} 直接異動{change_kind:choice} {records} 筆（最早 {first_us:moment}，{object_name}）：{defect:word}（異動單 {request_id}）",
        "on {happened_on:date} account {account} altered production on database {system} by hand ({change_kind:choice}, {records} records, first at {first_us:moment}, {object_name}): {defect:word} (request {request_id})",
    ),
    words={
        "no_request": Text("當時沒有核准有效的異動單", "no approved request was in force"),
        "other_person": Text("執行人不是異動單所指定的人", "it was not done by the person the request names"),
    },
    remedy=Text(
        "查明異動內容與影響並回復或追認；收回人員直接異動正式環境的權限，必要時以核准單開放並留紀錄。",
        "Establish what was changed and undo it or have it accepted; take the right to alter production from people, and open it by approved request only, on record.",
    ),
    margin=None,
)
