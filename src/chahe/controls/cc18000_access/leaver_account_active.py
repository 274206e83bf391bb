"""Accounts of employees who left or moved that can still be used, or were used."""

from chahe.controls.accounts import ACTS, LEFT_OUT, end_of_day_us, listed_with, system_names, uses_after_end
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.access_requests import table as access_requests
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.employees import table as employees
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.rules.citations import (
    ACCESS_SEPARATED_BY_RIGHT,
    MECHANISM_LEAVER_ID_CANCELLED,
    MECHANISM_RIGHTS_UPDATED_ON_STAFF_CHANGE,
)
from chahe.wording import Text

control = Control(
    id="leaver-account-active",
    title=Text("離職或調職人員的帳號仍可使用", "Accounts of leavers and movers still active"),
    question=Text(
        "員工離職後帳號是否已停用且未再使用？調職後，舊有帳號是否停用或重新申請？",
        "Were the accounts of employees who left disabled and not used again, and those of movers disabled or requested anew?",
    ),
    cites=(ACCESS_SEPARATED_BY_RIGHT, MECHANISM_LEAVER_ID_CANCELLED, MECHANISM_RIGHTS_UPDATED_ON_STAFF_CHANGE),
    deck=("資安-15",),
    needs=(
        Need(table=employees),
        Need(table=account_holders),
        Need(table=user_accounts),
        Need(table=auth_events, optional=True, whole=True),
        Need(table=access_requests, optional=True, excuses=True),
        Need(table=system_hosts, optional=True),
    ),
    blind_spots=(
        Text(
            "帳號與人員的對應以帳號歸屬清單為準；清單漏列的第二個帳號看不到。",
            "Which account is whose rests on the list of holders; a second account that it leaves out is not seen.",
        ),
        Text(
            "調職後權限是否合乎新職，由 rights-exceed-request 查核；這裡只看調職後有無重新核准。",
            "Whether rights fit the new post is for rights-exceed-request; here only a fresh approval is looked for.",
        ),
        Text(
            "沒有載入登入日誌時，只看帳號是否仍可使用；離職後是否用過看不到。離職後的使用只看查核期間內的日誌。",
            "Without sign-in logs only the state of accounts is seen; uses after leaving are looked for within the period.",
        ),
    ),
    frame=Text(
        "帳號歸屬清單中的每一個帳號與人員，以及帳號清單中不知歸屬的可用帳號",
        "every account and person on the list of holders, and accounts in use on the account lists that have no holder",
    ),
    # The right ends with the last day: an account list of that day or before says nothing about the day after.
    # Whoever was hired after the day of leaving is back; a move dated on the day of hiring is none.
    population=f"""
        WITH {listed_with("account_holders")},
        lists AS (SELECT DISTINCT n.known_as FROM user_accounts a JOIN names n ON n.system = a.system),
        people AS (
            SELECT h.system AS held_on, h.account, h.person_id, h.holder_kind, h.row_id AS holder_row,
                   e.row_id AS employee_row, e.person_id IS NOT NULL AS known,
                   CASE WHEN e.hired_on > e.left_on THEN NULL ELSE e.left_on END AS left_on,
                   CASE WHEN e.hired_on >= e.moved_on THEN NULL ELSE e.moved_on END AS moved_on
            FROM account_holders h LEFT JOIN employees e ON e.person_id = h.person_id
        ),
        met AS (
            SELECT l.system, l.account, l.row_id AS account_row, l.observed_at_us, l.created_on, l.left_out,
                   p.held_on, p.person_id, p.holder_kind, p.holder_row, p.employee_row, p.known, p.left_on, p.moved_on
            FROM listed l
            JOIN names n ON n.system = l.system
            JOIN people p ON p.held_on = n.known_as AND p.account = l.account
        ),
        gone AS (
            SELECT p.*, l.known_as IS NOT NULL AS has_list
            FROM people p
            LEFT JOIN (SELECT DISTINCT holder_row FROM met) m ON m.holder_row = p.holder_row
            LEFT JOIN lists l ON l.known_as = p.held_on
            WHERE m.holder_row IS NULL
        ),
        everyone AS (
            SELECT system, account, person_id, holder_kind, account_row, holder_row, employee_row, known, left_on, moved_on,
                   observed_at_us, created_on, left_out, left_out IS NULL AS usable, TRUE AS has_list
            FROM met
            UNION ALL
            SELECT held_on, account, person_id, holder_kind, CAST(NULL AS VARCHAR), holder_row, employee_row, known, left_on,
                   moved_on, CAST(NULL AS BIGINT), CAST(NULL AS DATE), CAST(NULL AS VARCHAR), FALSE, has_list
            FROM gone
            UNION ALL
            SELECT l.system, l.account, CAST(NULL AS VARCHAR), l.holder_kind, l.row_id, CAST(NULL AS VARCHAR),
                   CAST(NULL AS VARCHAR), FALSE, CAST(NULL AS DATE), CAST(NULL AS DATE), l.observed_at_us, l.created_on,
                   l.left_out, l.left_out IS NULL, TRUE
            FROM listed l LEFT JOIN met m ON m.account_row = l.row_id
            WHERE m.account_row IS NULL
        )
        SELECT v.*,
               v.usable AND v.moved_on < :as_of AND (v.left_on IS NULL OR v.left_on >= :as_of) AND v.holder_kind <> 'service'
               AND (v.created_on IS NULL OR v.created_on < v.moved_on) AS kept_on_moving,
               CASE WHEN v.person_id IS NULL THEN 'no_holder'
                    WHEN v.usable AND NOT v.known THEN 'unknown_person'
                    WHEN v.left_on < :as_of AND NOT v.has_list THEN 'no_list'
                    WHEN v.left_on < :as_of AND v.usable AND v.observed_at_us < {end_of_day_us("v.left_on")} THEN 'old_list'
               END AS doubt,
               CASE WHEN v.holder_kind IN ('customer', 'vendor') THEN v.holder_kind
                    WHEN v.person_id IS NULL THEN v.left_out END AS excluded_because
        FROM everyone v
    """,
    exclusions={
        **LEFT_OUT,
        "vendor": Text("委外人員的帳號，另行查核", "vendors' accounts, which have a control of their own"),
    },
    exceptions=f"""
        WITH {system_names("user_accounts", "account_holders")}, {ACTS},
        leavers AS (
            SELECT p.*, {end_of_day_us("p.left_on")} AS end_us FROM population p WHERE p.left_on < :as_of
        ),
        {uses_after_end("leavers")},
        renewed AS (
            SELECT n.system, r.account, max(least(r.user_manager_approved_on, r.it_manager_approved_on)) AS renewed_on
            FROM access_requests r JOIN names n ON n.known_as = r.system
            WHERE r.user_manager_approved_on <= :as_of AND r.it_manager_approved_on <= :as_of
            GROUP BY n.system, r.account
        ),
        filed AS (SELECT count(*) AS requests FROM access_requests)
        SELECT p.system, p.account, p.person_id, 'left_enabled' AS defect, p.left_on AS changed_on,
               CAST(NULL AS BIGINT) AS used_at_us, CAST(0 AS BIGINT) AS uses,
               p.employee_row, p.holder_row, p.account_row, CAST(NULL AS VARCHAR) AS event_row
        FROM population p WHERE p.left_on < :as_of AND p.usable AND p.doubt IS NULL
        UNION ALL
        SELECT u.system, u.account, u.person_id, 'left_used', u.left_on, u.happened_at_us, u.uses,
               u.employee_row, u.holder_row, u.account_row, u.event_row
        FROM uses u WHERE u.place = 1
        UNION ALL
        SELECT p.system, p.account, p.person_id, 'moved_enabled', p.moved_on, CAST(NULL AS BIGINT), CAST(0 AS BIGINT),
               p.employee_row, p.holder_row, p.account_row, CAST(NULL AS VARCHAR)
        FROM population p
        CROSS JOIN filed f
        LEFT JOIN renewed r ON r.system = p.system AND r.account = p.account AND r.renewed_on >= p.moved_on
        WHERE p.kept_on_moving AND p.observed_at_us >= {end_of_day_us("p.moved_on")} AND f.requests > 0 AND r.account IS NULL
    """,
    # Whether a mover's account was requested anew cannot be told where no request was ever loaded.
    undetermined=f"""
        SELECT p.system, p.account, p.person_id, 'any' AS defect, p.doubt AS why FROM population p WHERE p.doubt IS NOT NULL
        UNION ALL
        SELECT p.system, p.account, p.person_id, 'moved_enabled', CASE WHEN f.requests = 0 THEN 'no_requests' ELSE 'old_list' END
        FROM population p CROSS JOIN (SELECT count(*) AS requests FROM access_requests) f
        WHERE p.kept_on_moving AND (f.requests = 0 OR p.observed_at_us < {end_of_day_us("p.moved_on")})
    """,
    unclear={
        "no_holder": Text(
            "可用的帳號沒有登記歸屬，不知道使用人是否在職",
            "an account in use has no holder on the list, so it is unknown whether its user is still employed",
        ),
        "unknown_person": Text(
            "帳號的使用人不在員工名冊上（名冊應包括離職人員）",
            "the holder is not on the list of staff, which must name former employees, too",
        ),
        "no_list": Text(
            "離職人員在這個系統有帳號，但沒有載入該系統的帳號清單",
            "a leaver holds an account on a system whose account list was not loaded",
        ),
        "old_list": Text(
            "帳號清單是在離職（調職）當日或之前取得的，請重新匯出",
            "the account list was taken on the day of leaving (moving) or before; export it again",
        ),
        "no_requests": Text(
            "沒有任何帳號申請紀錄，無法知道調職後是否重新核准",
            "no request for accounts was loaded, so it is unknown whether the mover's account was approved anew",
        ),
    },
    key=("system", "account", "person_id", "defect"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{system} 的帳號 {account}（{person_id}，{changed_on:date} 離職或調職）：{defect:word}；其後使用 {uses} 次，最早 {used_at_us:moment}",
        "{account} on {system} ({person_id}, left or moved {changed_on:date}): {defect:word}; used {uses} times since, first {used_at_us:moment}",
    ),
    words={
        "left_enabled": Text("離職後仍未停用", "still enabled after the holder left"),
        "left_used": Text("離職後仍有使用", "used after the holder left"),
        "moved_enabled": Text(
            "調職後未停用，也未重新核准", "neither disabled nor approved anew after the holder moved"
        ),
    },
    remedy=Text(
        "立即停用帳號；離職後的使用應查明何人、何事並留下紀錄。人事異動應在生效日前通知資訊單位。",
        "Disable the account now; find out who used it after the person left, and for what. Let personnel tell IT of changes before they take effect.",
    ),
    # Time alone breaks nothing: an account list older than the day of leaving makes the control unevidenced, not deficient.
    margin=None,
)
