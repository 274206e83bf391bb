"""Vendors' people who hold a top-privilege account, or use one."""

from chahe.controls.accounts import VENDOR_ACCOUNTS, listed_with, system_names
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.account_rights import table as account_rights
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.evidence.vendor_staff import table as vendor_staff
from chahe.rules.citation import Sureness
from chahe.rules.citations import MECHANISM_VENDOR_RIGHTS_RECLAIMED, VENDOR_RIGHTS_LIMITED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="vendor-top-privilege",
    title=Text("委外人員持有或使用最高權限", "Vendors' staff with top privilege"),
    question=Text(
        "委外人員的帳號是否都沒有最高權限，也沒有切換為最高權限帳號？",
        "Do vendors' people hold no top privilege, and have they not switched to a top-privilege account?",
    ),
    cites=(VENDOR_RIGHTS_LIMITED, MECHANISM_VENDOR_RIGHTS_RECLAIMED),
    deck=("資安案一-6", "共置-發現三", "資安-16", "共置-方向"),
    needs=(
        Need(table=vendor_staff),
        Need(table=account_holders),
        Need(table=user_accounts),
        Need(table=account_rights),
        Need(table=auth_events, optional=True, whole=True),
        Need(table=system_hosts, optional=True),
    ),
    parameters={
        "top_accounts": Parameter(
            ("root", "administrator", "sa"),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "查核簡報所舉的最高權限帳號；資料庫與應用系統的最高權限帳號由公司加列，或由帳號權限清單標明",
                "the top-privilege accounts that the slides name; the firm adds those of databases and applications, or marks them on the list of rights",
            ),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text(
            "委外人員借用他人或共用的帳號時，日誌只看得到帳號；直接以 root 登入者是不是委外人員看不出來。",
            "Where a vendor's person uses someone else's account the log shows the account only; who signed in as root directly cannot be told.",
        ),
        Text(
            "不論有無核准，委外人員持有或使用最高權限都列出；核准與否由 privileged-use-unapproved 查核。",
            "Listed whether or not it was approved; approvals are for privileged-use-unapproved.",
        ),
        Text(
            "沒有載入登入日誌時，只看持有，看不到使用；使用只看查核期間。",
            "Without sign-in logs only what is held is seen; uses are looked for within the period.",
        ),
    ),
    frame=Text(
        "帳號歸屬清單與委外人員名冊對照出的每一個委外人員帳號，以及帳號清單標為委外的帳號",
        "every account that the list of holders and the register of vendors' staff give to vendors, and those the account lists mark as vendors'",
    ),
    population=f"""
        WITH {listed_with("account_holders")}, {VENDOR_ACCOUNTS},
        top AS (SELECT lower(value) AS account FROM top_accounts),
        rights AS (
            SELECT n.system, r.account, r.right_name, r.top_privilege, r.row_id
            FROM account_rights r JOIN names n ON n.known_as = r.system
        ),
        top_rights AS (
            SELECT system, account, min(right_name) AS right_name, min(row_id) AS right_row
            FROM rights WHERE top_privilege = TRUE GROUP BY system, account
        ),
        one AS (
            SELECT system, account, min(person_id) AS person_id, min(account_row) AS account_row,
                   min(holder_row) AS holder_row,
                   max(CASE WHEN usable THEN 1 ELSE 0 END) AS usable, max(CASE WHEN has_list THEN 1 ELSE 0 END) AS has_list
            FROM vendor_accounts GROUP BY system, account
        )
        SELECT o.system, o.account, o.person_id, o.account_row, o.holder_row, o.usable = 1 AS usable,
               CASE WHEN g.account IS NOT NULL THEN g.right_name WHEN t.account IS NOT NULL THEN o.account END AS privilege,
               g.right_row,
               CASE WHEN o.has_list = 0 THEN 'no_list'
                    WHEN o.usable = 1 AND s.system IS NULL AND t.account IS NULL THEN 'no_rights' END AS doubt
        FROM one o
        LEFT JOIN top t ON t.account = o.account
        LEFT JOIN top_rights g ON g.system = o.system AND g.account = o.account
        LEFT JOIN (SELECT DISTINCT system FROM rights) s ON s.system = o.system
    """,
    # A use of privilege that names no other account (Windows, special logon) is the account's own.
    exceptions=f"""
        WITH {system_names("user_accounts", "account_holders")},
        top AS (SELECT lower(value) AS account FROM top_accounts),
        privileged AS (
            SELECT DISTINCT n.system, r.account
            FROM account_rights r JOIN names n ON n.known_as = r.system WHERE r.top_privilege = TRUE
        ),
        acts AS (
            SELECT host, account_domain, account, target_account, happened_at_us, row_id FROM auth_events
            WHERE (activity = 'privilege_use' OR (activity = 'logon' AND target_account IS NOT NULL))
              AND (outcome IS NULL OR outcome = 'success')
              AND happened_at_us >= :from_us AND happened_at_us < :until_end_us
        ),
        met AS (
            SELECT p.*, a.target_account, a.happened_at_us, a.row_id
            FROM population p
            JOIN names n ON n.system = p.system
            JOIN acts a ON a.host = n.known_as AND a.account = p.account
            UNION
            SELECT p.*, a.target_account, a.happened_at_us, a.row_id
            FROM population p JOIN acts a ON a.account_domain = p.system AND a.account = p.account
        ),
        uses AS (
            SELECT m.*, coalesce(m.target_account, m.account) AS target,
                   row_number() OVER (PARTITION BY m.system, m.account ORDER BY m.happened_at_us, m.row_id) AS place,
                   count(*) OVER (PARTITION BY m.system, m.account) AS uses
            FROM met m
            LEFT JOIN top t ON t.account = m.target_account
            LEFT JOIN privileged r ON r.system = m.system AND r.account = m.target_account
            WHERE m.target_account IS NULL OR t.account IS NOT NULL OR r.account IS NOT NULL
        )
        SELECT p.system, p.account, 'holds' AS how, p.person_id, p.privilege, coalesce(u.uses, 0) AS uses,
               u.happened_at_us AS used_at_us, p.account_row, p.holder_row, p.right_row, u.row_id AS event_row
        FROM population p
        LEFT JOIN uses u ON u.system = p.system AND u.account = p.account AND u.place = 1
        WHERE p.usable AND p.privilege IS NOT NULL
        UNION ALL
        SELECT u.system, u.account, 'uses', u.person_id, u.target, u.uses, u.happened_at_us,
               u.account_row, u.holder_row, u.right_row, u.row_id
        FROM uses u WHERE u.place = 1
    """,
    undetermined="""
        SELECT p.system, p.account, 'holds' AS how, p.doubt AS why FROM population p WHERE p.doubt IS NOT NULL
    """,
    unclear={
        "no_list": Text(
            "委外人員在這個系統有帳號，但沒有載入該系統的帳號清單",
            "a vendor's person holds an account on a system whose account list was not loaded",
        ),
        "no_rights": Text(
            "委外人員的帳號可用，但沒有載入該系統的帳號權限",
            "a vendor's account is in use on a system whose rights were not loaded",
        ),
    },
    key=("system", "account", "how"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{system} 的帳號 {account}（委外人員 {person_id}）{how:word} {privilege}；查核期間使用 {uses} 次，最早 {used_at_us:moment}",
        "{account} on {system} (vendor's person {person_id}) {how:word} {privilege}; used {uses} times in the period, first {used_at_us:moment}",
    ),
    words={
        "holds": Text("持有最高權限", "holds top privilege:"),
        "uses": Text("使用最高權限帳號", "used the top-privilege account"),
    },
    remedy=Text(
        "收回委外人員的最高權限，改給工作所需的最小權限；必須使用時由公司人員代為操作或全程陪同，事前核准並留下紀錄。",
        "Withdraw top privilege from vendors' people and give the least that their work needs; where it is needed, let the firm's own staff act or attend, approved beforehand and on record.",
    ),
    margin=None,
)
