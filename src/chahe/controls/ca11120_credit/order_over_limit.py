"""Customers whose accepted orders of a day, over all accounts, branches and channels, exceed the limit at that moment."""

from chahe.controls.customers import PEOPLE, day_of, day_start
from chahe.controls.linked import Event, Family, Linked, Node, Role
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.credit_limits import table as credit_limits
from chahe.evidence.customers import table as customers
from chahe.evidence.executions import table as executions
from chahe.evidence.orders import table as orders
from chahe.evidence.securities import table as securities
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import CUSTOMER_CREDIT, LIMITS_GRANTED_BY_MEANS, ORDER_HOST_CHECKS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# A limit holds from the later of its beginning and its approval; where the register gives a day alone, for certain from the next
# day (`sure_us`) and perhaps from that day on (`maybe_us`). What its own asker approved never holds; an undated one may be the newest.
_LIMITS = f"""
    limits AS (
        SELECT coalesce(p.customer_id, a.customer_id) AS customer_id, coalesce(l.account, '#' || l.customer_id) AS place,
               l.account IS NULL AS whole, l.daily_limit, l.valid_until, l.row_id, l.approved_by = l.set_by AS unapproved,
               coalesce(l.valid_from_us, l.approved_at_us, {day_start("l.valid_from_on")}, {day_start("l.approved_on")}) IS NULL AS undated,
               coalesce(l.valid_from_us, {day_start("l.valid_from_on")}, 0) AS said_us,
               CASE WHEN l.approved_by = l.set_by THEN NULL
                    WHEN l.approved_by IS NOT NULL
                     AND coalesce(l.valid_from_us, {day_start("l.valid_from_on + 1")}) IS NOT NULL
                     AND coalesce(l.approved_at_us, {day_start("l.approved_on + 1")}) IS NOT NULL
                    THEN greatest(coalesce(l.valid_from_us, {day_start("l.valid_from_on + 1")}),
                                  coalesce(l.approved_at_us, {day_start("l.approved_on + 1")})) END AS sure_us,
               CASE WHEN l.approved_by = l.set_by THEN NULL
                    ELSE greatest(coalesce(l.valid_from_us, {day_start("l.valid_from_on")}, 0),
                                  coalesce(l.approved_at_us, {day_start("l.approved_on")}, 0)) END AS maybe_us
        FROM credit_limits l
        LEFT JOIN people p ON p.number = l.customer_id
        LEFT JOIN accounts a ON a.account = l.account
    ),
    floors AS (
        SELECT customer_id, min(daily_limit) AS least_limit, min(CASE WHEN valid_until IS NULL THEN sure_us END) AS covered_us
        FROM limits GROUP BY customer_id
    )
"""
_AT = "coalesce(o.sent_at_us, o.logged_at_us)"
# Only days whose orders could be too much are replayed: the sum of all is an upper bound of every moment's. So orders are added up
# by account first, and read again for those few days. Strangers' accounts are nobody's: counted, never replayed.
_DAYS = f"""
    account_days AS (
        SELECT o.account, {day_of(_AT)} AS traded_on, min({_AT}) AS first_us,
               sum(CASE WHEN o.event <> 'cancel' THEN o.quantity * coalesce(o.price, s.limit_up) END) AS most,
               max(CASE WHEN o.leg IS NULL THEN 1 ELSE 0 END) AS no_leg,
               max(CASE WHEN o.event <> 'cancel' AND o.quantity * coalesce(o.price, s.limit_up) IS NULL THEN 1 ELSE 0 END) AS no_amount
        FROM orders o LEFT JOIN securities s ON s.symbol = CASE WHEN o.price IS NULL THEN o.symbol END AND s.trading_day = o.happened_on
        WHERE (o.leg = 'exchange' OR o.leg IS NULL) AND (o.logged_at_us IS NULL OR (o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us))
        GROUP BY o.account, {day_of(_AT)}
    ),
    days AS (
        SELECT a.customer_id, coalesce(a.customer_id, d.account) AS whose, d.traded_on,
               coalesce(a.account_class IN ('proprietary', 'error'), FALSE) AS own, min(d.first_us) AS first_us, sum(d.most) AS most,
               max(d.no_leg) AS no_leg, max(d.no_amount) AS no_amount
        FROM account_days d LEFT JOIN accounts a ON a.account = d.account
        GROUP BY a.customer_id, coalesce(a.customer_id, d.account), d.traded_on, coalesce(a.account_class IN ('proprietary', 'error'), FALSE)
    ),
    suspects AS (
        SELECT DISTINCT a.account, d.customer_id, d.traded_on
        FROM days d
        JOIN accounts a ON a.customer_id = d.customer_id AND coalesce(a.account_class NOT IN ('proprietary', 'error'), TRUE)
        LEFT JOIN floors t ON t.customer_id = d.customer_id AND t.covered_us <= d.first_us
        WHERE NOT d.own AND d.most > coalesce(t.least_limit, 0)
    ),
    sent AS (
        SELECT o.row_id, o.event, o.order_id, o.original_order_id, coalesce(o.session, '') AS session, o.account, {_AT} AS at_us,
               u.customer_id, u.traded_on, coalesce(o.price, s.limit_up) AS price, o.quantity,
               CASE WHEN o.event <> 'cancel' THEN o.quantity * coalesce(o.price, s.limit_up) END AS amount
        FROM orders o
        JOIN suspects u ON u.account = o.account AND u.traded_on = {day_of(_AT)}
        LEFT JOIN securities s ON s.symbol = CASE WHEN o.price IS NULL THEN o.symbol END AND s.trading_day = o.happened_on
        WHERE o.leg = 'exchange' AND (o.logged_at_us IS NULL OR (o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us))
    )
"""
# A replacement counts for what it adds to the order it replaces. What is reduced or cancelled gives its unfilled part back only
# where the firm's rule says so, and once: a second cancellation of an order is a copy of the first.
_REPLAY = """
    copies AS (
        SELECT s.*, row_number() OVER (PARTITION BY s.traded_on, s.session, s.account, s.event, s.quantity, s.price,
                                                    CASE WHEN s.event = 'cancel' THEN coalesce(s.original_order_id, s.order_id)
                                                         ELSE s.order_id END
                                       ORDER BY s.at_us, s.row_id) AS copy
        FROM sent s
    ),
    chained AS (
        SELECT m.row_id, m.customer_id, m.traded_on, m.account, m.order_id, m.event, m.at_us, m.amount,
               b.order_id AS before_id, b.quantity AS before_quantity, b.price AS before_price, b.amount AS before_amount,
               row_number() OVER (PARTITION BY m.row_id ORDER BY b.at_us DESC, b.row_id) AS nth
        FROM copies m
        LEFT JOIN copies b ON b.event <> 'cancel' AND b.copy = 1 AND b.traded_on = m.traded_on AND b.session = m.session
             AND b.account = m.account AND b.at_us < m.at_us AND b.order_id = coalesce(m.original_order_id, m.order_id)
        WHERE m.copy = 1
    ),
    fills AS (
        SELECT happened_on, account, order_id,
               sum(CASE event WHEN 'cancel' THEN -last_quantity WHEN 'correct' THEN 0 ELSE last_quantity END) AS filled
        FROM executions WHERE :given_back = 1 GROUP BY happened_on, account, order_id
    ),
    steps AS (
        SELECT c.*,
               CASE WHEN c.event = 'new' THEN c.amount
                    WHEN c.event = 'replace' AND :given_back = 1 THEN c.amount - c.before_amount
                    WHEN c.event = 'replace' THEN greatest(c.amount - c.before_amount, 0)
                    WHEN :given_back = 1
                    THEN -greatest(c.before_quantity - coalesce(f.filled, 0), 0) * c.before_price END AS step
        FROM chained c
        LEFT JOIN fills f ON f.happened_on = c.traded_on AND f.account = c.account AND f.order_id = c.before_id
        WHERE c.nth = 1
    ),
    used AS (
        SELECT s.*, sum(coalesce(s.step, 0)) OVER (PARTITION BY s.customer_id, s.traded_on ORDER BY s.at_us, s.row_id
                                                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS total
        FROM steps s
    ),
    loose AS (
        SELECT customer_id, traded_on FROM steps
        WHERE event = 'replace' AND before_amount IS NULL GROUP BY customer_id, traded_on
    )
"""
# Of each branch's limits the newest in force counts. Limits of several accounts are not added up: the highest is the customer's,
# unless the customer has one of its own. Each limit is tried twice: as it holds for certain, and as it may hold.
_HELD = f"""
    holding AS (
        SELECT customer_id, place, whole, daily_limit, valid_until, row_id, undated, 'sure' AS way, sure_us AS since_us FROM limits
        UNION ALL
        SELECT customer_id, place, whole, daily_limit, valid_until, row_id, undated, 'maybe', maybe_us FROM limits
    ),
    raised AS (
        SELECT u.customer_id, u.traded_on, u.order_id, u.row_id, u.at_us, u.total,
               max(CASE WHEN l.daily_limit >= u.total AND l.maybe_us > u.at_us
                         AND (l.said_us <= u.at_us OR {day_of("l.maybe_us")} = u.traded_on) THEN l.row_id END) AS late_row,
               max(CASE WHEN l.daily_limit >= u.total AND l.unapproved AND l.said_us <= u.at_us THEN l.row_id END) AS own_row
        FROM used u LEFT JOIN limits l ON l.customer_id = u.customer_id AND coalesce(l.valid_until >= u.traded_on, TRUE)
        WHERE u.step > 0
        GROUP BY u.customer_id, u.traded_on, u.order_id, u.row_id, u.at_us, u.total
    ),
    newest AS (
        SELECT u.*, l.way, l.whole, l.daily_limit, l.row_id AS limit_row,
               row_number() OVER (PARTITION BY u.row_id, l.way, l.place
                                  ORDER BY l.undated DESC, l.since_us DESC, l.daily_limit, l.row_id) AS nth
        FROM raised u LEFT JOIN holding l ON l.customer_id = u.customer_id AND l.since_us <= u.at_us
             AND coalesce(l.valid_until >= u.traded_on, TRUE)
    ),
    highest AS (
        SELECT n.*, row_number() OVER (PARTITION BY row_id, way ORDER BY whole DESC, daily_limit DESC, limit_row) AS place_nth
        FROM newest n WHERE nth = 1
    ),
    allowing AS (
        SELECT h.*, row_number() OVER (PARTITION BY row_id ORDER BY daily_limit DESC, limit_row) AS way_nth
        FROM highest h WHERE place_nth = 1
    ),
    held AS (
        SELECT customer_id, traded_on, order_id, row_id, at_us, total, late_row, own_row, max(daily_limit) AS allowed,
               max(CASE WHEN way_nth = 1 THEN limit_row END) AS limit_row,
               max(CASE WHEN way = 'sure' THEN daily_limit END) AS sure_limit,
               max(CASE WHEN way = 'maybe' THEN daily_limit END) AS maybe_limit
        FROM allowing GROUP BY customer_id, traded_on, order_id, row_id, at_us, total, late_row, own_row
    ),
    marked AS (
        SELECT customer_id, traded_on, order_id, row_id, at_us, total, limit_row, coalesce(late_row, own_row) AS raise_row, allowed,
               CASE WHEN allowed IS NULL THEN 'none'
                    WHEN total > allowed
                    THEN CASE WHEN late_row IS NOT NULL THEN 'late' WHEN own_row IS NOT NULL THEN 'own' ELSE 'over' END
                    WHEN sure_limit IS NULL OR total > least(sure_limit, maybe_limit) THEN 'unclear' ELSE 'good' END AS mark
        FROM held
    ),
    told AS (
        SELECT m.*, row_number() OVER (PARTITION BY customer_id, traded_on
                                       ORDER BY CASE mark WHEN 'good' THEN 2 WHEN 'unclear' THEN 1 ELSE 0 END, at_us, row_id) AS nth,
               max(CASE WHEN mark NOT IN ('good', 'unclear') THEN total END) OVER (PARTITION BY customer_id, traded_on) AS peak,
               count(CASE WHEN mark NOT IN ('good', 'unclear') THEN 1 END) OVER (PARTITION BY customer_id, traded_on) AS orders_over
        FROM marked m
    )
"""

control = Control(
    id="order-over-limit",
    title=Text("委託逾單日買賣額度", "Orders over the single-day limit"),
    question=Text(
        "每位客戶每日在總公司與各分公司、各帳戶、各種委託方式送出的委託，依時間累計，是否都在當時有效的單日買賣額度內？",
        "Added up in order of time over head office, branches, accounts and channels, were each customer's orders of every day within the single-day limit in force at that moment?",
    ),
    cites=(CUSTOMER_CREDIT, ORDER_HOST_CHECKS, LIMITS_GRANTED_BY_MEANS),
    deck=("資安案一-摘要", "業務案五"),
    needs=(
        Need(table=orders, whole=True),
        Need(table=trading_accounts),
        Need(table=customers, told=("national_id",)),
        Need(table=credit_limits, excuses=True),
        Need(table=executions, whole=True, told=("order_id", "account", "last_quantity")),
        Need(table=securities, optional=True),
    ),
    parameters={
        "given_back": Parameter(
            0,
            Unit.COUNT,
            Stricter.FREE,
            Text(
                "0：刪單與改單減少的金額不退還額度（我們的解讀）；公司規章明定退還未成交部分者設為 1",
                "0: what is cancelled or reduced gives nothing back, which is our reading; 1 where the firm's rules give the unfilled part back",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "額度是否與客戶的資力相當，由 credit-assessment-missing 查核；這裡只看委託有沒有超過。",
            "Whether a limit fits the customer's means is for credit-assessment-missing; here only that orders kept to it is seen.",
        ),
        Text(
            "以身分證字號歸戶；代理人或親屬名下的帳戶不併計，融資融券限額另有規定，不在此查核。",
            "One person is told by national ID; accounts of agents or relatives are not added, and limits of margin trading are another matter.",
        ),
        Text(
            "各分公司分別核給帳戶額度而沒有客戶額度者，以其中最高者為客戶額度，不予相加；有客戶額度時，不另查各帳戶的次額度。",
            "Where branches gave limits to accounts and the customer has none, the highest counts and they are not added; where the customer has one, limits of single accounts are not examined besides.",
        ),
        Text(
            "市價委託以當日漲停價計；減量之後再加量者，加量部分重新計入。退還額度時，成交回報以被刪委託的編號為準，成交更正不計。",
            "Market orders count at the day's limit-up price; what is reduced and then raised again counts again. Where amounts are given back, fills are those reported under the cancelled order's number, and corrections of fills do not count.",
        ),
    ),
    frame=Text(
        "查核期間每位客戶有委託送往交易所的每一日",
        "every day of the period on which a customer's orders went to the exchange, by customer",
    ),
    population=f"""
        WITH {PEOPLE}, {_LIMITS}, {_DAYS}, {_REPLAY}, {_HELD}
        SELECT d.whose AS customer_id, d.traded_on, t.order_id, t.at_us, t.total, t.allowed, t.peak,
               t.orders_over, t.row_id AS order_row, t.limit_row, t.raise_row,
               CASE WHEN d.traded_on IS NULL THEN 'no_time' WHEN d.customer_id IS NULL THEN 'stranger' WHEN t.mark <> 'good' THEN t.mark
                    WHEN d.no_leg = 1 THEN 'no_leg' WHEN d.no_amount = 1 THEN 'no_amount'
                    WHEN n.customer_id IS NOT NULL THEN 'no_original' ELSE 'good' END AS state,
               CASE WHEN d.own THEN 'own' END AS excluded_because
        FROM days d
        LEFT JOIN told t ON t.customer_id = d.customer_id AND t.traded_on = d.traded_on AND t.nth = 1
        LEFT JOIN loose n ON n.customer_id = d.customer_id AND n.traded_on = d.traded_on
    """,
    exclusions={"own": Text("公司自營或錯帳帳戶的委託", "orders of the firm's own or error accounts")},
    exceptions="""
        SELECT p.customer_id, p.traded_on, p.state AS defect, p.order_id, p.at_us, p.total, p.allowed, p.peak, p.orders_over,
               p.order_row, p.limit_row, p.raise_row
        FROM population p WHERE p.state IN ('none', 'over', 'late', 'own')
    """,
    undetermined="""
        SELECT p.customer_id, p.traded_on, p.state AS why FROM population p
        WHERE p.state IN ('no_time', 'stranger', 'unclear', 'no_leg', 'no_amount', 'no_original')
    """,
    unclear={
        "no_time": Text("委託沒有送出時間，也沒有紀錄時間", "an order has no time of sending and none of its own"),
        "stranger": Text("委託的帳號不在證券帳戶清冊", "the order's account is not on the list of accounts"),
        "unclear": Text(
            "額度只記到日、沒有核准人或核准時間，無法確認委託當時是否有效",
            "a limit gives a day alone, or no approver or time of approval, so it cannot be told whether it held at the moment",
        ),
        "no_leg": Text(
            "紀錄沒有說明是客戶至公司或公司至交易所，請在來源設定連線的方向",
            "a record does not say whether it went to the firm or on to the exchange; set the direction in the source",
        ),
        "no_amount": Text(
            "委託沒有數量或價格，市價委託也沒有當日漲停價（請載入當日證券資料）",
            "an order lacks quantity or price, and for market orders the day's limit-up price (load the securities of the day)",
        ),
        "no_original": Text("改單找不到原委託", "the order that was replaced is not on record"),
    },
    key=("customer_id", "traded_on"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "客戶 {customer_id} 於 {traded_on:date} 的委託自 {at_us:moment} 委託 {order_id} 起累計新臺幣 {total:money} 元，{defect:word}（額度 {allowed:money} 元；當日最高 {peak:money} 元，超額 {orders_over} 筆）",
        "customer {customer_id}, {traded_on:date}: from order {order_id} at {at_us:moment} on the orders add up to NT${total:money}; {defect:word} (limit {allowed:money}, highest of the day {peak:money}, {orders_over} orders over it)",
    ),
    words={
        "none": Text("當時沒有有效的額度", "no limit was in force"),
        "over": Text("逾當時有效的單日額度", "over the single-day limit in force"),
        "late": Text(
            "逾當時額度，調高額度在超額委託之後才核准", "over the limit, which was raised only after the order"
        ),
        "own": Text("逾當時額度，調高額度由申請人自行核准", "over the limit, whose raise its asker approved"),
    },
    remedy=Text(
        "查明檢核何以未合併計算總分公司與各帳戶，改由委託主機即時累計；超額前須先完成徵信與核准調額，不得事後補核。受影響客戶逐筆檢視交割能力。",
        "Find out why the check did not add up head office, branches and accounts, and have the order host do so at once; raise limits only after assessment and approval, never afterwards. Look at the customers' capacity to settle, order by order.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ORDERS,
        nodes=(Node(column="customer_id", role=Role.CUSTOMER),),
        events=(
            Event(column="at_us", what=Text("委託超過額度", "order over the limit"), rows=("order_row", "limit_row")),
        ),
        confidence=100,
    ),
)
