"""Accounts unused for half a year on which nobody has decided, and systems whose accounts nobody has reviewed."""

from chahe.controls.accounts import ACTS, LEFT_OUT, LISTED, end_of_day_us
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.access_reviews import table as access_reviews
from chahe.evidence.account_holders import table as account_holders
from chahe.evidence.auth_events import table as auth_events
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.user_accounts import table as user_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import (
    DORMANT_ACCOUNTS_REVIEWED_HALF_YEARLY,
    MECHANISM_DORMANT_ACCOUNTS_REVIEWED_HALF_YEARLY,
)
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="dormant-account-unreviewed",
    title=Text("久未使用的帳號未經審查", "Dormant accounts not reviewed"),
    question=Text(
        "半年未使用的帳號（客戶除外），半年內是否審查過並作出決定？每個系統半年內是否審查過帳號？",
        "Was every account unused for half a year, customers' excepted, reviewed and decided on within the half-year, and were the accounts of every system reviewed?",
    ),
    cites=(DORMANT_ACCOUNTS_REVIEWED_HALF_YEARLY, MECHANISM_DORMANT_ACCOUNTS_REVIEWED_HALF_YEARLY),
    deck=("資安-15", "共置-方向"),
    needs=(
        Need(table=user_accounts),
        Need(table=access_reviews, excuses=True),
        Need(table=auth_events, optional=True, excuses=True, whole=True),
        Need(table=account_holders, optional=True, excuses=True),
        Need(table=system_hosts, optional=True, excuses=True),
    ),
    parameters={
        "unused": Parameter(
            6,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "CC-18000（二）權限管理：久未使用的帳號至少每半年審查一次；未使用滿半年視為久未使用",
                "CC-18000 (2), rights: accounts long unused are reviewed every half-year at least; unused for half a year is read as long unused",
            ),
            Sureness.DECK,
        ),
    },
    blind_spots=(
        Text(
            "半年自基準日往回算；按曆年上、下半年審查的公司，結果可能不同。",
            "The half-year counts back from the as-of day; for a firm that reviews by calendar halves the result may differ.",
        ),
        Text(
            "最後使用日取帳號清單與登入日誌中較晚的一個；清單沒有最後登入、日誌又不滿半年時，無法判斷。",
            "The last use is the later of the account list's and the log's; where the list gives none and the log is shorter than half a year, nothing can be said.",
        ),
        Text(
            "日誌中途的空白由 audit-log-gaps 查核；審查是否認真看不出來。",
            "Gaps inside the log are for audit-log-gaps; whether a review was done with care cannot be seen.",
        ),
    ),
    frame=Text(
        "各系統帳號清單中的每一個帳號，以及有可用帳號的每一個系統",
        "every account on the systems' account lists, and every system with an account in use",
    ),
    # A decision counts if it names who decided, and that is not the account's own holder. The newest day's decisions count;
    # "disable" or "delete" settles nothing once a later list still shows the account in use.
    population=f"""
        WITH {LISTED}, {ACTS},
        used AS (
            SELECT host, account_domain, account,
                   max(CASE WHEN outcome = 'success' THEN happened_at_us END) AS sure_us,
                   max(CASE WHEN outcome IS NULL THEN happened_at_us END) AS unsure_us
            FROM acts GROUP BY host, account_domain, account
        ),
        last_logged AS (
            SELECT system, account, max(sure_us) AS sure_us, max(unsure_us) AS unsure_us
            FROM (
                SELECT n.system, u.account, u.sure_us, u.unsure_us FROM used u JOIN names n ON n.known_as = u.host
                UNION ALL
                SELECT s.system, u.account, u.sure_us, u.unsure_us FROM used u JOIN named s ON s.system = u.account_domain
            ) met
            GROUP BY system, account
        ),
        log_begins AS (SELECT host, min(happened_on) AS log_from FROM auth_events GROUP BY host),
        unlogged AS (
            SELECT s.system, sum(CASE WHEN b.log_from <= :unused_since THEN 0 ELSE 1 END) AS hosts
            FROM named s
            LEFT JOIN system_hosts h ON h.system = s.system
            LEFT JOIN log_begins b ON b.host = coalesce(h.host, s.system)
            GROUP BY s.system
        ),
        reviews AS (
            SELECT n.system, r.account, r.reviewed_on, r.decision, r.reviewer_id, r.row_id
            FROM access_reviews r JOIN names n ON n.known_as = r.system
            WHERE r.reviewed_on <= :as_of AND r.reviewer_id IS NOT NULL
        ),
        owners AS (
            SELECT DISTINCT n.system, h.account, h.person_id
            FROM account_holders h JOIN names n ON n.known_as = h.system
        ),
        decisions AS (
            SELECT r.*, max(r.reviewed_on) OVER (PARTITION BY r.system, r.account) AS newest
            FROM reviews r
            LEFT JOIN owners o ON o.system = r.system AND o.account = r.account AND o.person_id = r.reviewer_id
            WHERE r.decision IS NOT NULL AND o.person_id IS NULL
        ),
        decided AS (
            SELECT system, account, newest AS reviewed_on, min(row_id) AS review_row,
                   max(CASE WHEN decision = 'keep' THEN 1 ELSE 0 END) AS kept
            FROM decisions WHERE reviewed_on = newest
            GROUP BY system, account, newest
        ),
        accounts AS (
            SELECT l.system, l.account, l.row_id AS account_row, l.created_on, l.last_used_at_us, l.left_out,
                   CASE WHEN l.last_used_at_us IS NULL THEN g.sure_us
                        WHEN g.sure_us IS NULL THEN l.last_used_at_us
                        ELSE greatest(l.last_used_at_us, g.sure_us) END AS used_at_us,
                   g.unsure_us, l.last_used_at_us IS NOT NULL OR u.hosts = 0 AS watched,
                   d.reviewed_on, d.review_row,
                   coalesce(d.kept = 0 AND l.observed_at_us >= {end_of_day_us("d.reviewed_on")}, FALSE) AS not_done
            FROM listed l
            LEFT JOIN last_logged g ON g.system = l.system AND g.account = l.account
            LEFT JOIN unlogged u ON u.system = l.system
            LEFT JOIN decided d ON d.system = l.system AND d.account = l.account
        ),
        dated AS (
            SELECT a.*,
                   CASE WHEN a.used_at_us IS NULL THEN a.created_on
                        ELSE greatest(DATE '1970-01-01' + CAST((a.used_at_us + 28800000000) // 86400000000 AS INTEGER),
                                      coalesce(a.created_on, DATE '1970-01-01')) END AS active_on
            FROM accounts a
        )
        SELECT a.system, a.account, a.account_row, a.review_row, a.active_on, a.reviewed_on,
               greatest(a.active_on, CASE WHEN NOT a.not_done THEN a.reviewed_on END) AS anchor,
               CASE WHEN a.active_on > :as_of THEN 'future'
                    WHEN a.active_on >= :unused_since THEN 'good'
                    WHEN a.reviewed_on >= :unused_since AND NOT a.not_done THEN 'good'
                    WHEN a.unsure_us >= :unused_since_us THEN 'unsure_use'
                    WHEN a.active_on IS NULL THEN 'no_date'
                    WHEN NOT a.watched THEN 'no_use'
                    WHEN a.reviewed_on >= :unused_since THEN 'not_done'
                    ELSE 'undecided' END AS state,
               a.left_out AS excluded_because
        FROM dated a
        UNION ALL
        SELECT s.system, CAST(NULL AS VARCHAR), s.account_row, r.review_row, CAST(NULL AS DATE), r.reviewed_on, r.reviewed_on,
               CASE WHEN r.reviewed_on >= :unused_since THEN 'good' ELSE 'unreviewed' END, CAST(NULL AS VARCHAR)
        FROM (SELECT system, min(row_id) AS account_row FROM listed WHERE left_out IS NULL GROUP BY system) s
        LEFT JOIN (
            SELECT system, reviewed_on, min(row_id) AS review_row
            FROM (SELECT v.*, max(v.reviewed_on) OVER (PARTITION BY v.system) AS newest FROM reviews v) w
            WHERE reviewed_on = newest GROUP BY system, reviewed_on
        ) r ON r.system = s.system
    """,
    exclusions=LEFT_OUT,
    exceptions="""
        SELECT p.system, p.account, p.state AS defect, coalesce(p.account, '*') AS subject, p.active_on, p.reviewed_on,
               p.account_row, p.review_row
        FROM population p
        WHERE p.state IN ('undecided', 'not_done', 'unreviewed')
    """,
    undetermined="""
        SELECT p.system, p.account, p.state AS why FROM population p
        WHERE p.state IN ('future', 'unsure_use', 'no_date', 'no_use')
    """,
    unclear={
        "future": Text(
            "最後使用或建立的日期晚於基準日，請確認主機時鐘",
            "the last use or the creation is after the as-of day; check the host's clock",
        ),
        "unsure_use": Text(
            "日誌有半年內的動作，但沒有說明成功或失敗",
            "the log has an act within the half-year, but does not say whether it succeeded",
        ),
        "no_date": Text(
            "不知道帳號何時建立，也沒有使用紀錄", "neither the day of creation nor any use of the account is known"
        ),
        "no_use": Text(
            "帳號清單沒有最後登入時間，系統的登入日誌也不滿半年",
            "the account list gives no last sign-in, and the system's log does not reach back half a year",
        ),
    },
    key=("system", "account"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "{system} 帳號 {subject}：{defect:word}（最近使用或建立 {active_on:date}，最近審查 {reviewed_on:date}；{unused_since:date} 以前已逾 {unused} 個月）",
        "account {subject} on {system}: {defect:word} (last used or made {active_on:date}, last reviewed {reviewed_on:date}; before {unused_since:date} is more than {unused} months ago)",
    ),
    words={
        "undecided": Text("久未使用，審查沒有作出決定", "long unused, and no review has decided on it"),
        "not_done": Text(
            "審查決定停用或刪除，帳號清單顯示仍可使用",
            "reviewed and to be disabled or deleted, yet the account list shows it in use",
        ),
        "unreviewed": Text("整個系統的帳號都沒有審查紀錄", "no review of any account of the system is on record"),
    },
    remedy=Text(
        "由權責主管逐一決定保留、停用或刪除，留下審查紀錄（審查人、日期、理由），並立即執行；往後至少每半年審查一次。",
        "Let the responsible manager decide on each account to keep, disable or delete it, record who, when and why, carry it out at once, and review again every half-year at least.",
    ),
    margin=Margin("SELECT min(anchor) AS anchor FROM population", "unused"),
)
