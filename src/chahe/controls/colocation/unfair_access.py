"""Eligible investors who were not told of co-location or were refused it, and users who are not on the lists."""

from chahe.controls.model import Control, Empty, Fact, Margin, Need, Severity
from chahe.evidence.colocation_eligibility import table as colocation_eligibility
from chahe.evidence.colocation_notices import table as colocation_notices
from chahe.evidence.colocation_users import table as colocation_users
from chahe.evidence.order_sessions import table as order_sessions
from chahe.evidence.orders import table as orders
from chahe.rules.citation import Sureness
from chahe.rules.citations import COLOCATION_ELIGIBLE_NOTIFIED, COLOCATION_RULES_OF_USE
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Of every account one row: its last stretch of eligibility, the notice for it, its last application, its orders over
# co-located lines on days for which no grant is on record.
_POPULATION = """
    WITH stretches AS (
        SELECT e.account, e.eligible_from, coalesce(e.eligible_until, DATE '9999-12-31') AS eligible_until, e.row_id,
               max(coalesce(e.eligible_until, DATE '9999-12-31')) OVER (PARTITION BY e.account ORDER BY e.eligible_from
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier_until,
               row_number() OVER (PARTITION BY e.account ORDER BY e.eligible_from DESC, e.row_id) AS place
        FROM colocation_eligibility e WHERE e.eligible_from <= :as_of
    ),
    told AS (
        SELECT s.account, min(n.notified_on) AS notified_on, min(n.row_id) AS notice_row
        FROM stretches s
        JOIN colocation_notices n ON n.account = s.account AND n.notified_on <= :as_of
             AND n.notified_on > coalesce(s.earlier_until, DATE '1900-01-01')
        WHERE s.place = 1 GROUP BY s.account
    ),
    asked AS (
        SELECT u.*, row_number() OVER (PARTITION BY u.account ORDER BY u.applied_on DESC, u.row_id) AS place
        FROM colocation_users u WHERE u.applied_on <= :as_of
    ),
    granted AS (
        SELECT a.account, a.row_id, a.used_from, least(coalesce(a.used_until, :as_of), :as_of) AS used_until
        FROM asked a
        WHERE a.decision = 'granted' AND a.used_from <= :until AND coalesce(a.used_until, :as_of) >= :from
    ),
    ends AS (
        SELECT g.account, g.row_id, greatest(g.used_from, :from) AS used_on FROM granted g
        UNION
        SELECT g.account, g.row_id, least(g.used_until, :until) FROM granted g
    ),
    outside AS (
        SELECT n.account, min(n.row_id) AS use_row, min(n.used_on) AS used_on
        FROM ends n
        LEFT JOIN stretches s ON s.account = n.account AND s.eligible_from <= n.used_on AND s.eligible_until >= n.used_on
        WHERE s.account IS NULL GROUP BY n.account
    ),
    sent AS (
        SELECT o.account, o.happened_on, count(*) AS orders, min(o.row_id) AS order_row
        FROM orders o JOIN order_sessions l ON l.session = o.session AND l.colocated
        WHERE o.happened_on >= :from AND o.happened_on <= :until AND o.account IS NOT NULL
        GROUP BY o.account, o.happened_on
    ),
    unlisted AS (
        SELECT t.account, CAST(sum(t.orders) AS BIGINT) AS orders, min(t.order_row) AS order_row, min(t.happened_on) AS sent_on
        FROM sent t
        LEFT JOIN asked a ON a.account = t.account AND a.decision = 'granted' AND a.used_from <= t.happened_on
             AND coalesce(a.used_until, DATE '9999-12-31') >= t.happened_on
        WHERE a.account IS NULL GROUP BY t.account
    ),
    accounts AS (
        SELECT account FROM stretches UNION SELECT account FROM asked UNION SELECT account FROM sent
    ),
    met AS (
        SELECT c.account, s.eligible_from, s.eligible_until, s.row_id AS eligible_row, t.notified_on, t.notice_row,
               t.account IS NULL AND s.eligible_until >= :from AS awaited, s.eligible_from + CAST(:notice AS INTEGER) AS tell_by,
               a.account AS applicant, a.decision, a.applied_on, a.used_until, coalesce(o.use_row, a.row_id) AS user_row,
               o.account AS outsider, o.used_on, u.account AS unlisted, u.sent_on, u.orders, u.order_row
        FROM accounts c
        LEFT JOIN stretches s ON s.account = c.account AND s.place = 1
        LEFT JOIN told t ON t.account = c.account
        LEFT JOIN asked a ON a.account = c.account AND a.place = 1
        LEFT JOIN outside o ON o.account = c.account
        LEFT JOIN unlisted u ON u.account = c.account
    )
    SELECT m.account, m.eligible_from, m.eligible_until, m.notified_on, m.decision, m.applied_on, m.used_on, m.sent_on, m.orders,
           CASE WHEN m.unlisted IS NOT NULL THEN 'unlisted'
                WHEN m.outsider IS NOT NULL THEN 'ineligible'
                WHEN m.decision = 'refused' AND m.applied_on >= m.eligible_from AND m.applied_on <= m.eligible_until
                THEN 'refused'
                WHEN m.awaited AND m.tell_by < :as_of THEN 'not_told'
                WHEN m.eligible_from >= :from AND m.notified_on > m.tell_by THEN 'told_late'
                WHEN m.decision IS NULL AND m.applicant IS NOT NULL THEN 'undecided' ELSE 'good' END AS state,
           CASE WHEN m.awaited THEN m.tell_by END AS due_on, m.eligible_row, m.notice_row, m.user_row, m.order_row,
           CASE WHEN m.unlisted IS NULL AND coalesce(m.eligible_until < :from, TRUE)
                     AND coalesce(m.used_until < :from, m.decision = 'refused', FALSE) THEN 'past' END AS excluded_because
    FROM met m
"""

control = Control(
    id="unfair-access",
    title=Text("主機共置未公平開放", "Co-location not open to all who are eligible"),
    question=Text(
        "合於資格的投資人是否都獲通知可申請主機共置且未遭拒絕？使用者是否都合於資格並經核准？",
        "Was every eligible investor told of co-location and none refused, and is every user eligible and approved?",
    ),
    cites=(COLOCATION_ELIGIBLE_NOTIFIED, COLOCATION_RULES_OF_USE),
    deck=("資安案一-1", "共置-發現七", "共置-稽核"),
    needs=(
        Need(table=colocation_eligibility, excuses=True),
        Need(table=colocation_notices, excuses=True),
        Need(table=colocation_users, excuses=True),
        Need(table=order_sessions),
        Need(table=orders, whole=True),
    ),
    parameters={
        "notice": Parameter(
            10,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "第19條要求通知合格者，未定期限；十日是我們的預設",
                "Art. 19 asks for the notice and sets no time; ten days are our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "名單本身是否該列而未列，看不出來：資格標準依公司使用規則，須另以客戶規模與貢獻度核對。",
            "Whether somebody is missing from the list is not seen: hold it against the firm's criteria, such as size and contribution.",
        ),
        Text(
            "通知內容與實際送達、費率與資源（連線數、流量上限、主機）是否一致，不在查核之列。",
            "What the notice said, whether it arrived, and equality of fees and resources (sessions, throttles, servers) are not examined.",
        ),
        Text(
            "只評各帳號最近一段資格與最近一次申請；使用集中於少數客戶本身不算缺失，其他合格者未獲通知才是。",
            "Of each account the last stretch of eligibility and the last application are judged. That few use it is no exception in itself; that others who are eligible were not told is.",
        ),
        Text(
            "實際使用只看帳號與清冊上共置線路的委託；沒有帳號的委託不算。",
            "Real use is told from orders over lines listed as co-located; orders without an account do not count.",
        ),
    ),
    applies=Fact(
        "colocation", Text("公司沒有使用主機共置服務", "the firm does not use the exchange's co-location service")
    ),
    frame=Text(
        "合格名單、使用申請與共置線路委託中的每一個帳號",
        "every account on the list of eligible investors, among the applications, or with orders over co-located lines",
    ),
    population=_POPULATION,
    exclusions={
        "past": Text(
            "查核期間之前資格與使用均已結束的帳號", "accounts whose eligibility and use ended before the period"
        )
    },
    exceptions="""
        SELECT p.account, p.state AS defect, p.eligible_from, p.notified_on, p.applied_on, coalesce(p.sent_on, p.used_on) AS used_on,
               p.orders, p.eligible_row, p.notice_row, p.user_row, p.order_row
        FROM population p WHERE p.state NOT IN ('good', 'undecided')
    """,
    undetermined="SELECT p.account, p.state AS why FROM population p WHERE p.state = 'undecided'",
    unclear={"undecided": Text("申請沒有准駁的紀錄", "no decision on the application is on record")},
    key=("account",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "帳號 {account}：{defect:word}（合格自 {eligible_from:date}，通知 {notified_on:date}，申請 {applied_on:date}，使用 {used_on:date}，名單外委託 {orders} 筆）",
        "account {account}: {defect:word} (eligible from {eligible_from:date}, notified {notified_on:date}, applied {applied_on:date}, used {used_on:date}, orders outside the list {orders})",
    ),
    words={
        "unlisted": Text(
            "經共置線路下單，卻沒有核准使用的紀錄", "sent orders over a co-located line with no grant on record"
        ),
        "ineligible": Text("使用期間不在合格名單", "used it while not on the list of eligible investors"),
        "refused": Text("合於資格卻遭拒絕", "was refused while eligible"),
        "not_told": Text("合於資格卻沒有通知", "is eligible and was never told"),
        "told_late": Text("合於資格後逾期才通知", "was told too late after becoming eligible"),
    },
    remedy=Text(
        "補行通知並留存紀錄；拒絕合格者應撤銷並說明；停止名單外的使用，查明由誰開通、期間有何委託，並檢討名單與實際線路的核對。",
        "Notify those left out and keep the record; take back refusals of those eligible; stop use outside the list, find out who opened it and what was sent, and review how lists are held against the lines in use.",
    ),
    margin=Margin("SELECT min(due_on) AS anchor FROM population", None),
)
