"""Accounts of staff and their relatives that trade opposite a customer's, ordered by the same hand or from the same place."""

from chahe.controls.linked_staff import OPPOSITE_TRADES
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.staff_orders import (
    AUTHORITIES,
    LEFT_OUT,
    NO_TRACE,
    PAPERS,
    RELATIONS,
    STAFF,
    STAFF_ORDERS,
    TIED,
    TIES,
    UNCLEAR,
)
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.known_networks import table as known_networks
from chahe.evidence.network_ranges import table as network_ranges
from chahe.evidence.orders import table as orders
from chahe.evidence.relations import table as relations
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import CUSTOMERS_NAME_NOT_USED, OWN_TRADE_AGAINST_CUSTOMER, SHARED_ADDRESS_REPORT
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Quantities are alike order by order or, where one side was split, all of the day's together.
_TOTALS = "sum({0}.quantity) OVER (PARTITION BY {0}.person_id, {0}.account, {0}.happened_on, {0}.tie, {0}.mark, {0}.symbol, {0}.side)"
# Not by least and greatest, which pass over a missing quantity as if it were like any other.
_ALIKE = "(100 * {0} >= :alike * {1} AND 100 * {1} >= :alike * {0})"
_AGE = (
    "((year({0}.happened_on) * 10000 + month({0}.happened_on) * 100 + day({0}.happened_on)"
    " - year({1}) * 10000 - month({1}) * 100 - day({1})) // 10000)"
)
_MET = f"""
    ours AS (SELECT m.*, {_TOTALS.format("m")} AS total FROM mine m),
    others AS (SELECT t.*, {_TOTALS.format("t").replace("t.person_id, ", "")} AS total FROM theirs t),
    met AS (
        SELECT s.person_id, s.account, t.account AS customer_account, s.happened_on, s.tie, s.mark, s.symbol, s.at_us,
               s.order_row, t.order_row AS customer_order_row, t.order_id AS customer_order_id, t.opened_on,
               t.account_row AS customer_account_row, t.holder_row AS customer_row,
               CASE WHEN t.national_id IS NULL THEN 1 ELSE 0 END AS owner_unknown,
               s.symbol = t.symbol AND s.side <> t.side AS opposite,
               s.tie IN ('certificate', 'device') AND a.account IS NULL AS one_hand,
               abs(s.at_us - t.at_us) <= :minutes * 60000000
               AND ({_ALIKE.format("s.quantity", "t.quantity")} OR {_ALIKE.format("s.total", "t.total")}) AS mirrored,
               CASE WHEN t.died_on < s.happened_on THEN 1 ELSE 0 END AS dead,
               CASE WHEN {_AGE.format("s", "t.born_on")} >= :old THEN 1 ELSE 0 END AS aged,
               CASE WHEN s.born_on IS NULL AND s.relation = 'minor_child' OR {_AGE.format("s", "s.born_on")} < 18 THEN 1 ELSE 0 END AS minor,
               CASE WHEN t.representative_id = s.person_id AND coalesce(t.representative_from, s.happened_on) <= s.happened_on
                    THEN 1 ELSE 0 END AS looked_after
        FROM ours s
        JOIN others t ON t.happened_on = s.happened_on AND t.tie = s.tie AND t.mark = s.mark
        LEFT JOIN papers a ON a.account = s.account AND a.other_account = t.account
                           AND s.happened_on >= a.since AND s.happened_on <= a.until_on
    )
"""
# 2: the same hand ordered for both; 1: mirrored in time and quantity; 0: a value is missing that would tell.
_GRADED = """
    graded AS (
        SELECT m.*, CASE WHEN opposite AND one_hand THEN 2 WHEN opposite AND mirrored THEN 1 ELSE 0 END AS grade
        FROM met m WHERE coalesce(opposite, TRUE) AND (one_hand OR coalesce(mirrored, TRUE))
    ),
    order_days AS (
        SELECT o.account, o.happened_on,
               lag(o.happened_on) OVER (PARTITION BY o.account ORDER BY o.happened_on) AS before
        FROM (
            SELECT DISTINCT account, happened_on FROM orders
            WHERE account IN (SELECT customer_account FROM graded)
        ) AS o
    ),
    begun AS (SELECT min(happened_on) AS begun_on FROM orders),
    rested AS (
        SELECT g.*,
               CASE WHEN date_diff('day', d.before, g.happened_on) > :dormant THEN 1
                    WHEN d.before IS NULL AND date_diff('day', b.begun_on, g.happened_on) > :dormant
                         AND date_diff('day', g.opened_on, g.happened_on) > :dormant THEN 1
                    ELSE 0 END AS dormant,
               row_number() OVER (PARTITION BY g.person_id, g.account, g.customer_account
                                  ORDER BY g.grade DESC, g.happened_on, g.at_us, g.tie, g.order_row, g.customer_order_row) AS place,
               row_number() OVER (PARTITION BY g.person_id, g.account, g.customer_account
                                  ORDER BY CASE WHEN g.grade = 0 THEN 1 ELSE 0 END, g.happened_on DESC, g.at_us DESC, g.order_row, g.customer_order_row) AS last_place
        FROM graded g
        CROSS JOIN begun b
        LEFT JOIN order_days d ON d.account = g.customer_account AND d.happened_on = g.happened_on
    ),
    pairs AS (
        SELECT person_id, account, customer_account, max(grade) AS grade, min(grade) AS least_grade,
               count(DISTINCT CASE WHEN grade > 0 THEN happened_on END) AS days,
               count(DISTINCT CASE WHEN grade > 0 THEN CAST(happened_on AS VARCHAR) || ' ' || customer_order_id END) AS trades,
               max(owner_unknown) AS owner_unknown,
               max(CASE WHEN grade > 0 THEN dead ELSE 0 END) AS dead, max(CASE WHEN grade > 0 THEN aged ELSE 0 END) AS aged,
               max(CASE WHEN grade > 0 THEN minor ELSE 0 END) AS minor,
               max(CASE WHEN grade > 0 THEN looked_after ELSE 0 END) AS looked_after,
               max(CASE WHEN grade > 0 THEN dormant ELSE 0 END) AS dormant,
               max(CASE WHEN place = 1 THEN tie END) AS tie, max(CASE WHEN place = 1 THEN mark END) AS mark,
               max(CASE WHEN place = 1 THEN symbol END) AS symbol, min(CASE WHEN grade > 0 THEN at_us END) AS first_us,
               max(CASE WHEN grade > 0 THEN at_us END) AS last_us,
               max(CASE WHEN place = 1 THEN order_row END) AS order_row,
               max(CASE WHEN place = 1 THEN customer_order_row END) AS customer_order_row,
               max(CASE WHEN last_place = 1 THEN order_row END) AS last_order_row,
               max(CASE WHEN last_place = 1 THEN customer_order_row END) AS last_customer_order_row,
               min(customer_account_row) AS customer_account_row, min(customer_row) AS customer_row
        FROM rested GROUP BY person_id, account, customer_account
    )
"""

control = Control(
    id="opposite-trade-linked",
    title=Text("員工或關係人帳戶與客戶帳戶對作", "Staff's accounts trade opposite customers'"),
    question=Text(
        "員工及其關係人的帳戶，是否與客戶帳戶在同一天反向買賣同一證券，而由同一憑證、裝置、IP 位址或電話下單？",
        "Do accounts of staff or their relatives trade the same security opposite a customer's on the same day, by the same certificate, device, IP address or telephone?",
    ),
    cites=(OWN_TRADE_AGAINST_CUSTOMER, CUSTOMERS_NAME_NOT_USED, SHARED_ADDRESS_REPORT),
    deck=("業務案四",),
    needs=(
        Need(table=orders, whole=True, told=("logged_at_us", "account")),
        Need(table=employees),
        Need(table=relations, excuses=True),
        Need(table=trading_accounts, excuses=True),
        Need(table=customers, excuses=True, told=("national_id",)),
        Need(table=account_authorizations, excuses=True),
        Need(table=network_ranges),
        Need(table=known_networks, excuses=True),
    ),
    parameters={
        "minutes": Parameter(
            5,
            Unit.MINUTES,
            Stricter.HIGHER,
            Text(
                "兩筆委託相隔五分鐘內；同一憑證或裝置則同一天即是。規範未定，是我們的預設",
                "orders no more than five minutes apart; the same day where certificate or device is one. No rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "alike": Parameter(
            80,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "百分之八十：較少一方的股數至少為較多一方的八成（單筆或當日合計）；我們的預設",
                "per cent: the smaller quantity is at least eighty per cent of the larger, order by order or over the day; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "crowd": Parameter(
            8,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "同日超過八個帳戶使用的位址或電話不足以連結兩人；我們的預設",
                "an address or telephone that more than eight accounts used that day ties nobody; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "least_days": Parameter(
            2,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "查核期間內至少兩天；只有一天者須另有加重情形。我們的預設，模擬中僅此一項即可排除巧合",
                "at least two days of the period; one day only with something that aggravates it. Our default: in simulations it alone ruled out coincidence",
            ),
            Sureness.UNCONFIRMED,
        ),
        "dormant": Parameter(
            180,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "客戶帳戶超過一百八十天沒有委託，為久未交易；我們的預設",
                "a customer's account without orders for more than 180 days is dormant; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "old": Parameter(
            80,
            Unit.COUNT,
            Stricter.LOWER,
            Text("年滿八十歲為高齡客戶；我們的預設", "customers of eighty and more are aged; our default"),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只知員工申報或查得的關係人；未列入員工關係人清冊者視為客戶，若其帳戶與員工同一裝置下單仍會列出。",
            "Only relatives on the list are known; one who is not counts as a customer, and is shown where orders came from the employee's device.",
        ),
        Text(
            "只看委託，不看是否成交、改價或刪單；沒有庫存資料，是否出清持股看不出來。",
            "Orders are looked at, not whether they were filled, changed or cancelled. Holdings are not in evidence, so the sale of nearly all of them is not told.",
        ),
        Text(
            "IPv6 位址以前六十四位元為同一處。寫明位址的那筆紀錄須同時有證券、買賣別與數量。專線與沒有委託方式的委託不看來處。",
            "An IPv6 address counts by its first 64 bits. The record that has the address must have security, side and quantity, too. Where orders over a dedicated line, or of no stated channel, came from is not asked.",
        ),
        Text(
            "分公司裝置、辦公室與電信共用位址不連結任何人；員工在這些地方對作而未用同一憑證者看不出來。只有一天、沒有加重情形者不列入。",
            "Devices in branches, and addresses of offices and carriers, tie nobody: trades made there are seen only by certificate. A single day that nothing aggravates is no exception.",
        ),
    ),
    frame=Text(
        "每一位員工與關係人、其每一個帳戶，及與該帳戶反向委託而來處相同的每一個客戶帳戶",
        "every employee and relative, each of their accounts, and each customer's account with opposite orders that came the same way",
    ),
    population=f"""
        WITH {STAFF}, {STAFF_ORDERS}, {NO_TRACE}, {TIED}, {AUTHORITIES}, {PAPERS}, {_MET}, {_GRADED}
        SELECT s.person_id, s.account, p.customer_account, s.relation, s.nameless, s.employee_row, s.relation_row, s.account_row,
               x.account IS NOT NULL AS without_trace, p.days, p.trades, p.tie, p.mark, p.symbol, p.first_us, p.last_us, p.owner_unknown,
               p.order_row, p.customer_order_row, p.last_order_row, p.last_customer_order_row, p.customer_account_row, p.customer_row,
               coalesce(p.grade = 2 OR p.days >= :least_days OR p.dead + p.aged + p.minor + p.looked_after + p.dormant > 0, FALSE) AS broken,
               p.least_grade = 0 AS fields_missing,
               substr(CASE WHEN p.grade = 2 THEN '、由同一憑證或裝置下單' ELSE '' END
                      || CASE WHEN p.days < :least_days THEN '' WHEN p.days > 1 THEN '、多日重複' ELSE '、一日即達公司所訂日數' END
                      || CASE WHEN p.dead = 1 THEN '、客戶已死亡' ELSE '' END
                      || CASE WHEN p.dormant = 1 THEN '、客戶帳戶久未交易' ELSE '' END
                      || CASE WHEN p.aged = 1 THEN '、高齡客戶' ELSE '' END
                      || CASE WHEN p.minor = 1 THEN '、對方為未成年人帳戶' ELSE '' END
                      || CASE WHEN p.looked_after = 1 THEN '、該員工為客戶的營業員' ELSE '' END, 2) AS grounds_zh,
               substr(CASE WHEN p.grade = 2 THEN ', ordered by one certificate or device' ELSE '' END
                      || CASE WHEN p.days < :least_days THEN '' WHEN p.days > 1 THEN ', on several days' ELSE ', on as many days as the firm set' END
                      || CASE WHEN p.dead = 1 THEN ', customer dead' ELSE '' END
                      || CASE WHEN p.dormant = 1 THEN ', account dormant before' ELSE '' END
                      || CASE WHEN p.aged = 1 THEN ', customer aged' ELSE '' END
                      || CASE WHEN p.minor = 1 THEN ', opposite a minor' ELSE '' END
                      || CASE WHEN p.looked_after = 1 THEN ', the employee looks after the customer' ELSE '' END, 3) AS grounds_en,
               CASE WHEN s.until_on < :from THEN 'left_before' END AS excluded_because
        FROM staff s
        LEFT JOIN traceless x ON x.person_id = s.person_id AND x.account = s.account
        LEFT JOIN pairs p ON p.person_id = s.person_id AND p.account = s.account
    """,
    exclusions=LEFT_OUT,
    exceptions="""
        SELECT p.person_id, p.account, p.customer_account, p.relation, p.days, p.trades, p.tie, p.mark, p.symbol, p.first_us,
               p.last_us, p.grounds_zh, p.grounds_en, p.order_row, p.customer_order_row, p.last_order_row, p.last_customer_order_row,
               p.employee_row, p.relation_row, p.account_row, p.customer_account_row, p.customer_row
        FROM population p WHERE p.broken AND p.owner_unknown = 0
    """,
    undetermined="""
        SELECT DISTINCT p.person_id, CAST(NULL AS VARCHAR) AS account, CAST(NULL AS VARCHAR) AS customer_account, 'no_id' AS why
        FROM population p WHERE p.nameless = 1
        UNION ALL
        SELECT DISTINCT p.person_id, p.account, CAST(NULL AS VARCHAR), 'no_trace' FROM population p WHERE p.without_trace
        UNION ALL
        SELECT p.person_id, p.account, p.customer_account,
               CASE WHEN p.owner_unknown = 1 THEN 'owner_unknown' ELSE 'fields_missing' END
        FROM population p WHERE p.owner_unknown = 1 AND p.broken OR p.fields_missing AND NOT p.broken
        UNION ALL
        SELECT CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), 'network_unreadable'
        FROM network_ranges n WHERE n.first_place IS NULL
    """,
    unclear={
        **UNCLEAR,
        "fields_missing": Text(
            "來處相同的委託缺少證券、買賣別、數量或時間，不知是否對作",
            "orders that came the same way lack security, side, quantity or time, so it is unknown whether they were opposite",
        ),
    },
    key=("person_id", "account", "customer_account"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "員工 {person_id} 的帳戶 {account}（{relation:word}）與客戶帳戶 {customer_account} 對作：以同一{tie:word} {mark} 反向委託 {symbol} 等，{days} 日 {trades} 筆，{first_us:moment} 至 {last_us:moment}（{grounds_zh}）",
        "account {account} of employee {person_id} ({relation:word}) traded opposite customer account {customer_account}: by one {tie:word}, {mark}, in {symbol} and others ({days} days, {trades} orders), from {first_us:moment} to {last_us:moment} ({grounds_en})",
    ),
    words={**RELATIONS, **TIES},
    remedy=Text(
        "調閱兩帳戶的委託、錄音、登入與交割款流，約談員工與客戶（客戶死亡者洽繼承人）；屬實者停止該員執行業務並通報，檢討帳戶控管，並將例外報表列入定期查核。",
        "Take the orders, recordings, sign-ins and payments of both accounts and hear the employee and the customer, or the heirs; where it is true suspend the employee and report it, mend the control of accounts, and make the exception report a regular one.",
    ),
    margin=None,
    linked=OPPOSITE_TRADES,
)
