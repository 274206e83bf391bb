"""Vendors' accounts that can still be used, or were used, after the engagement ended."""

from chahe.controls.accounts import ACTS, VENDOR_ACCOUNTS, end_of_day_us, listed_with, system_names, uses_after_end
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.contracts import table as contracts
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.evidence.vendor_staff import table as vendor_staff
from chahe.rules.citations import MECHANISM_VENDOR_RIGHTS_RECLAIMED, VENDOR_RIGHTS_WITHDRAWN_AT_END
from chahe.wording import Text

control = Control(
    id="vendor-account-after-end",
    title=Text("委外結束後帳號未收回", "Vendor account after the engagement ended"),
    question=Text(
        "委外期間結束後，委外人員的帳號是否已停用，且未再使用？",
        "Were the accounts of vendors' people disabled when their engagement ended, and not used again?",
    ),
    cites=(VENDOR_RIGHTS_WITHDRAWN_AT_END, MECHANISM_VENDOR_RIGHTS_RECLAIMED),
    deck=("資安-16", "共置-發現三", "共置-方向"),
    needs=(
        Need(table=vendor_staff, excuses=True),
        Need(table=account_holders),
        Need(table=user_accounts),
        Need(table=contracts, optional=True, excuses=True),
        Need(table=auth_events, optional=True, whole=True),
        Need(table=system_hosts, optional=True),
    ),
    blind_spots=(
        Text(
            "同一人有多段委任時以最後結束的一段為準；兩段之間的空窗看不出來。",
            "Where a person has several engagements the last end counts; a gap between two is not seen.",
        ),
        Text(
            "委外期間以名冊與契約清冊所載為準；實際早已不再服務者看不出來。",
            "The engagement is as the registers state it; that someone stopped working earlier is not seen.",
        ),
        Text(
            "沒有載入登入日誌時，只看帳號是否仍可使用；結束後的使用只看查核期間。",
            "Without sign-in logs only the state of accounts is seen; uses after the end are looked for within the period.",
        ),
    ),
    frame=Text(
        "帳號歸屬清單與委外人員名冊對照出的每一個委外人員帳號，以及帳號清單標為委外的帳號",
        "every account that the list of holders and the register of vendors' staff give to vendors, and those the account lists mark as vendors'",
    ),
    # The engagement's own last day goes before the contract's. A contract that is listed without a last day is open; one that
    # is not listed says nothing. An engagement that has yet to begin keeps nothing open.
    population=f"""
        WITH {listed_with("account_holders")}, {VENDOR_ACCOUNTS},
        engagements AS (
            SELECT v.person_id, v.row_id AS engagement_row, c.row_id AS contract_row,
                   coalesce(v.engaged_until, c.ends_on) AS ends_on,
                   CASE WHEN v.engaged_until IS NULL AND c.contract_id IS NOT NULL AND c.ends_on IS NULL
                        THEN 1 ELSE 0 END AS is_open,
                   CASE WHEN v.engaged_until IS NULL AND c.contract_id IS NULL THEN 1 ELSE 0 END AS unknown
            FROM vendor_staff v LEFT JOIN contracts c ON c.contract_id = v.contract_id
            WHERE v.engaged_from IS NULL OR v.engaged_from <= :as_of
        ),
        ends AS (
            SELECT e.*, max(is_open) OVER (PARTITION BY person_id) AS any_open,
                   max(unknown) OVER (PARTITION BY person_id) AS any_unknown,
                   row_number() OVER (PARTITION BY person_id
                                      ORDER BY coalesce(ends_on, DATE '1900-01-01') DESC, engagement_row) AS place
            FROM engagements e
        ),
        known AS (
            SELECT a.*, e.engagement_row, e.contract_row,
                   CASE WHEN e.any_open = 0 AND e.any_unknown = 0 THEN e.ends_on END AS ended_on,
                   e.any_open = 0 AND e.any_unknown = 1 AS end_unknown
            FROM vendor_accounts a LEFT JOIN ends e ON e.person_id = a.person_id AND e.place = 1
        )
        SELECT k.*,
               CASE WHEN k.usable AND k.person_id IS NULL THEN 'no_holder'
                    WHEN k.usable AND k.staff_row IS NULL THEN 'no_engagement'
                    WHEN k.usable AND k.end_unknown THEN 'no_end'
                    WHEN k.ended_on < :as_of AND NOT k.has_list THEN 'no_list'
                    WHEN k.ended_on < :as_of AND k.usable AND k.observed_at_us < {end_of_day_us("k.ended_on")}
                    THEN 'old_list'
               END AS doubt
        FROM known k
    """,
    exceptions=f"""
        WITH {system_names("user_accounts", "account_holders")}, {ACTS},
        ended AS (
            SELECT p.*, {end_of_day_us("p.ended_on")} AS end_us FROM population p WHERE p.ended_on < :as_of
        ),
        {uses_after_end("ended")}
        SELECT p.system, p.account, p.person_id, 'enabled' AS how, p.ended_on, CAST(0 AS BIGINT) AS uses,
               CAST(NULL AS BIGINT) AS used_at_us, p.engagement_row, p.contract_row, p.holder_row, p.account_row,
               CAST(NULL AS VARCHAR) AS event_row
        FROM population p WHERE p.ended_on < :as_of AND p.usable AND p.doubt IS NULL
        UNION ALL
        SELECT u.system, u.account, u.person_id, 'used', u.ended_on, u.uses, u.happened_at_us,
               u.engagement_row, u.contract_row, u.holder_row, u.account_row, u.event_row
        FROM uses u WHERE u.place = 1
    """,
    undetermined="""
        SELECT p.system, p.account, p.person_id, 'enabled' AS how, p.doubt AS why
        FROM population p WHERE p.doubt IS NOT NULL
    """,
    unclear={
        "no_holder": Text(
            "標為委外的帳號沒有登記由誰使用",
            "an account marked as a vendor's has no person on the list of holders",
        ),
        "no_engagement": Text(
            "帳號的委外人員不在委外人員名冊上", "the holder is not on the register of vendors' staff"
        ),
        "no_end": Text(
            "名冊沒有委任迄日，契約也不在契約清冊上",
            "the register gives no last day, and the contract is not on the list of contracts",
        ),
        "no_list": Text(
            "委外已結束的人員在這個系統有帳號，但沒有載入該系統的帳號清單",
            "a person whose engagement ended holds an account on a system whose account list was not loaded",
        ),
        "old_list": Text(
            "帳號清單是在委外結束當日或之前取得的，請重新匯出",
            "the account list was taken on the last day of the engagement or before; export it again",
        ),
    },
    key=("system", "account", "person_id", "how"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{system} 的帳號 {account}（委外人員 {person_id}，{ended_on:date} 委外結束）{how:word}；其後使用 {uses} 次，最早 {used_at_us:moment}",
        "{account} on {system} (vendor's person {person_id}, engagement ended {ended_on:date}) {how:word}; used {uses} times since, first {used_at_us:moment}",
    ),
    words={
        "enabled": Text("仍未停用", "is still enabled"),
        "used": Text("在結束後仍有使用", "was used after the end"),
    },
    remedy=Text(
        "立即停用帳號並收回權限；結束後的使用應查明何人、何事。帳號到期日應設為契約迄日，續約時再展延。",
        "Disable the account and withdraw its rights now; find out who used it after the end, and for what. Let accounts expire with the contract, and extend them when it is renewed.",
    ),
    # Time alone breaks nothing: an account list older than the end makes the control unevidenced, not deficient.
    margin=None,
)
