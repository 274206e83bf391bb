"""Uses of top-privilege accounts that no approval covers."""

from chahe.controls.accounts import KINDRED
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.account_rights import table as account_rights
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.privileged_approvals import table as privileged_approvals
from chahe.evidence.system_hosts import table as system_hosts
from chahe.rules.citation import Sureness
from chahe.rules.citations import TOP_PRIVILEGE_USE_APPROVED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="privileged-use-unapproved",
    title=Text("使用最高權限未經事前核准", "Top privilege used without approval"),
    question=Text(
        "每次使用最高權限帳號，是否都有權責主管事前核准，且帳號、系統、時間與使用人都相符？",
        "Was every use of a top-privilege account approved beforehand by a responsible manager, for that account, system, time and person?",
    ),
    cites=(TOP_PRIVILEGE_USE_APPROVED,),
    deck=("共置-方向", "資安案一-6"),
    needs=(
        Need(table=auth_events, whole=True),
        Need(table=privileged_approvals, excuses=True),
        Need(table=account_rights, optional=True),
        Need(table=account_holders, optional=True),
        Need(table=system_hosts, optional=True, excuses=True),
    ),
    parameters={
        "top_accounts": Parameter(
            ("root", "administrator", "sa", "dba", "sys", "enable"),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "CC-17020：作業系統與應用系統的最高權限帳號；名稱為通用者，公司自有的由公司加列，或由帳號權限清單標明",
                "CC-17020: top-privilege accounts of operating systems and applications; these are the usual names, the firm adds its own or marks them on the list of rights",
            ),
            Sureness.DECK,
        ),
        "step_up_groups": Parameter(
            ("wheel", "sudo", "admin"),
            Unit.NAMES,
            Stricter.FREE,
            Text(
                "這些群組的成員要再以 sudo 或 su 切換才有最高權限；單純登入不算使用，切換時才算",
                "members of these groups hold top privilege only after sudo or su: signing in is no use of it, stepping up is",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "直接以共用的最高權限帳號登入時，看不出是誰；此時只比對帳號、系統與時間。",
            "Who signs in directly with a shared top account cannot be told; then account, system and time alone are compared.",
        ),
        Text(
            "使用期間只看動作發生的時刻；登入後停留到核准期滿以後看不出來。",
            "Only the moment of the act is compared; a session that outlasts its approval is not seen.",
        ),
        Text(
            "以 $ 結尾的電腦帳號與 Windows、排程的系統登入不計；有人以這種名稱另建帳號時看不到。",
            "Computer accounts (ending in $) and sign-ins of Windows and of schedulers are not counted; an account made by a person under such a name is not seen.",
        ),
        Text(
            "改動紀錄本身或不寫日誌的系統看不到。",
            "Systems that write no log of privilege, or altered logs, are not seen.",
        ),
    ),
    frame=Text(
        "查核期間日誌中每一次使用最高權限，依主機、動手帳號、最高權限帳號與日期合計",
        "every use of top privilege in the period's logs, added up by host, acting account, top account and day",
    ),
    # Windows notes a special logon without another account's name: then the account itself holds the privilege.
    # An approval counts from the moment it was given, within its time, given by someone who is neither asker nor user, and
    # asked for by the one who used it, where the holder of the acting account is known.
    population=f"""
        WITH {KINDRED},
        top AS (SELECT lower(value) AS account FROM top_accounts),
        acts AS (
            SELECT e.host, e.account, coalesce(e.target_account, e.account) AS target, e.activity, e.outcome, e.service,
                   e.account_domain, e.happened_at_us, e.happened_on, e.row_id, e.target_account IS NULL AS own
            FROM auth_events e
            WHERE e.activity IN ('logon', 'privilege_use') AND coalesce(e.outcome, 'success') = 'success'
              AND (e.happened_at_us IS NULL OR (e.happened_at_us >= :from_us AND e.happened_at_us < :until_end_us))
        ),
        standing_rights AS (
            SELECT r.system, r.account
            FROM account_rights r LEFT JOIN step_up_groups g ON lower(g.value) = r.right_name
            WHERE r.top_privilege = TRUE AND g.value IS NULL
        ),
        rights AS (
            SELECT system AS host, account FROM standing_rights
            UNION
            SELECT k.other, r.account FROM standing_rights r JOIN kindred k ON k.name = r.system
        ),
        uses AS (
            SELECT a.*
            FROM acts a
            LEFT JOIN top t ON t.account = a.target
            LEFT JOIN rights r ON r.host = a.host AND r.account = a.target
            WHERE t.account IS NOT NULL OR r.account IS NOT NULL OR (a.activity = 'privilege_use' AND a.own)
        ),
        holders AS (
            SELECT system, account, person_id FROM account_holders WHERE holder_kind IN ('staff', 'vendor')
        ),
        users AS (
            SELECT system AS host, account, person_id FROM holders
            UNION
            SELECT k.other, h.account, h.person_id FROM holders h JOIN kindred k ON k.name = h.system
        ),
        approvals AS (
            SELECT p.system AS host, p.* FROM privileged_approvals p
            UNION
            SELECT k.other, p.* FROM privileged_approvals p JOIN kindred k ON k.name = p.system
        ),
        in_time AS (
            SELECT u.row_id, u.host, u.account, u.happened_at_us, p.row_id AS approval_row, p.approval_id,
                   p.requester_id, p.approver_id, p.approved_at_us
            FROM uses u
            JOIN approvals p ON p.host = u.host AND p.account = u.target
             AND p.valid_from_us <= u.happened_at_us AND u.happened_at_us <= p.valid_until_us
        ),
        persons AS (
            SELECT i.row_id, i.approval_row, i.happened_at_us, i.requester_id, i.approver_id, i.approved_at_us,
                   max(CASE WHEN s.person_id = i.requester_id THEN 1 ELSE 0 END) AS asked,
                   max(CASE WHEN s.person_id = i.approver_id THEN 1 ELSE 0 END) AS approved_own,
                   count(s.person_id) AS known
            FROM in_time i LEFT JOIN users s ON s.host = i.host AND s.account = i.account
            GROUP BY i.row_id, i.approval_row, i.happened_at_us, i.requester_id, i.approver_id, i.approved_at_us
        ),
        judged AS (
            SELECT p.row_id,
                   min(CASE WHEN p.approver_id IS NULL OR p.approved_at_us IS NULL THEN 4
                            WHEN p.approved_at_us > p.happened_at_us THEN 3
                            WHEN p.approver_id = p.requester_id OR p.approved_own = 1 THEN 2
                            WHEN p.known > 0 AND p.asked = 0 THEN 1
                            ELSE 0 END) AS distance,
                   min(p.approval_row) AS approval_row
            FROM persons p GROUP BY p.row_id
        ),
        ranked AS (
            SELECT u.*, coalesce(j.distance, 5) AS distance, j.approval_row,
                   CASE WHEN u.account LIKE '%$'
                          OR u.account IN ('system', 'local service', 'network service', 'anonymous logon')
                          OR (u.account_domain IN ('window manager', 'font driver host')
                              AND (u.account LIKE 'dwm-%' OR u.account LIKE 'umfd-%')) THEN 'machine'
                        WHEN u.service IN ('cron', 'crond', 'anacron', 'atd', 'systemd', 'systemd-user') THEN 'scheduled'
                   END AS excluded_because,
                   CASE WHEN u.happened_at_us IS NULL THEN 'no_time'
                        WHEN u.host IS NULL THEN 'no_host'
                        WHEN u.activity = 'logon' AND u.outcome IS NULL AND u.own THEN 'no_outcome' END AS doubt
            FROM uses u LEFT JOIN judged j ON j.row_id = u.row_id
        ),
        found AS (SELECT k.*, k.distance > 0 AND k.doubt IS NULL AS missed FROM ranked k),
        placed AS (
            SELECT f.*,
                   row_number() OVER (PARTITION BY host, account, target, happened_on, excluded_because, missed
                                      ORDER BY happened_at_us, row_id) AS first_place,
                   row_number() OVER (PARTITION BY host, account, target, happened_on, excluded_because, missed
                                      ORDER BY happened_at_us DESC, row_id DESC) AS last_place
            FROM found f
        )
        SELECT host, account, target, happened_on, excluded_because, count(*) AS uses,
               sum(CASE WHEN missed THEN 1 ELSE 0 END) AS uncovered,
               min(CASE WHEN distance > 0 THEN doubt END) AS doubt,
               max(CASE WHEN missed THEN distance END) AS distance,
               min(CASE WHEN missed THEN happened_at_us END) AS first_used_at_us,
               max(CASE WHEN missed THEN happened_at_us END) AS last_used_at_us,
               max(CASE WHEN missed AND first_place = 1 THEN row_id END) AS first_event_row,
               max(CASE WHEN missed AND last_place = 1 THEN row_id END) AS last_event_row,
               max(CASE WHEN missed AND first_place = 1 THEN approval_row END) AS approval_row
        FROM placed
        GROUP BY host, account, target, happened_on, excluded_because
    """,
    exclusions={
        "machine": Text("電腦與 Windows 系統本身的帳號", "accounts of computers and of Windows itself"),
        "scheduled": Text("排程與系統服務啟動的登入", "sign-ins by schedulers and service managers"),
    },
    exceptions="""
        SELECT p.host, p.account, p.target, p.happened_on, CAST(p.uncovered AS BIGINT) AS uses,
               CASE p.distance WHEN 1 THEN 'other_person' WHEN 2 THEN 'by_self' WHEN 3 THEN 'late' WHEN 4 THEN 'unsigned'
                               ELSE 'none' END AS defect,
               p.first_used_at_us, p.last_used_at_us, p.first_event_row, p.last_event_row, p.approval_row
        FROM population p WHERE p.uncovered > 0
    """,
    undetermined="""
        SELECT p.host, p.account, p.target, p.happened_on, p.doubt AS why FROM population p WHERE p.doubt IS NOT NULL
    """,
    unclear={
        "no_time": Text("使用最高權限的日誌沒有時間", "a log record of top privilege has no time"),
        "no_host": Text("使用最高權限的日誌沒有主機名稱", "a log record of top privilege names no host"),
        "no_outcome": Text(
            "最高權限帳號的登入紀錄沒有說明成功或失敗",
            "a sign-in of a top-privilege account does not say whether it succeeded",
        ),
    },
    key=("host", "account", "target", "happened_on"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{happened_on:date} {account} 在 {host} 使用最高權限帳號 {target}，有 {uses} 次未經事前核准（{defect:word}），自 {first_used_at_us:moment} 至 {last_used_at_us:moment}",
        "on {happened_on:date} {account} used the top-privilege account {target} on {host} {uses} times without prior approval ({defect:word}), from {first_used_at_us:moment} to {last_used_at_us:moment}",
    ),
    words={
        "none": Text("沒有該帳號、系統與時間的核准", "there is no approval for that account, system and time"),
        "unsigned": Text("核准沒有核准人或核准時間", "the approval lacks who approved it, or when"),
        "late": Text("使用後才核准", "approved only after the use"),
        "by_self": Text("由申請人或使用人自己核准", "approved by the asker or user"),
        "other_person": Text("核准的是別人", "approved for someone else"),
    },
    remedy=Text(
        "查明使用人與所做的事，由權責主管補行確認並留下紀錄；往後先核准再開放帳號，改用具名帳號提權，不直接登入最高權限帳號。",
        "Find out who did what, and let the responsible manager confirm it on record; from now on approve before the account is opened, and raise privilege from named accounts rather than sign in to the top one.",
    ),
    margin=None,
)
