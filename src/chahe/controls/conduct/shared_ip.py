"""Staff or their relatives and customers who order from one address that is neither a branch nor shared by many."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie
from chahe.controls.linked_staff import PAIR_NODES, STAFF_TIES
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.staff_orders import ADDRESS, LEFT_OUT, PLACE, RELATIONS, STAFF, UNCLEAR
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.known_networks import table as known_networks
from chahe.evidence.network_ranges import table as network_ranges
from chahe.evidence.orders import table as orders
from chahe.evidence.relations import table as relations
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import ORDER_TAKING_CONTROLLED, SHARED_ADDRESS_REPORT
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Staff's accounts are few and so are their addresses: of all orders only those are kept that came from one of them on that day.
_ORDERS = f"""
    staff_orders AS (
        SELECT s.person_id, s.account, o.happened_on, o.order_id, o.channel, o.row_id, {ADDRESS.format("o")} AS mark
        FROM orders o JOIN staff s ON s.account = o.account
        WHERE o.event = 'new' AND o.happened_on BETWEEN :from AND :until AND o.happened_on >= s.since AND o.happened_on <= s.until_on
    ),
    traceless AS (
        SELECT DISTINCT person_id, account FROM staff_orders GROUP BY person_id, account, happened_on, order_id
        HAVING max(mark) IS NULL AND max(channel) IN ('internet', 'api')
    ),
    ours AS (
        SELECT person_id, account, happened_on, mark, min(row_id) AS order_row FROM staff_orders
        GROUP BY person_id, account, happened_on, mark
    ),
    marks AS (
        SELECT DISTINCT s.happened_on, s.mark
        FROM ours s
        LEFT JOIN network_ranges n ON {PLACE.format("s.mark")} BETWEEN n.first_place AND n.last_place
             AND s.happened_on BETWEEN coalesce(n.range_from, s.happened_on) AND coalesce(n.range_until, s.happened_on)
        WHERE n.first_place IS NULL
    ),
    placed AS (
        SELECT o.account, o.happened_on, o.order_id, o.row_id, {ADDRESS.format("o")} AS mark
        FROM orders o WHERE o.event = 'new' AND o.happened_on BETWEEN :from AND :until
    ),
    used AS (
        SELECT p.account, p.happened_on, p.mark, count(DISTINCT p.order_id) AS orders, min(p.row_id) AS order_row
        FROM placed p WHERE (p.happened_on, p.mark) IN (SELECT m.happened_on, m.mark FROM marks m)
        GROUP BY p.account, p.happened_on, p.mark
    ),
    counted AS (SELECT u.*, count(u.account) OVER (PARTITION BY u.happened_on, u.mark) AS accounts FROM used u),
    others AS (
        SELECT u.*, h.national_id, h.died_on, h.representative_id, h.representative_from, h.account_row, h.holder_row
        FROM counted u
        LEFT JOIN held h ON h.account = u.account
        LEFT JOIN staff s ON s.account = u.account AND u.happened_on BETWEEN s.since AND s.until_on
        WHERE u.accounts <= :crowd AND s.account IS NULL
              AND coalesce(h.account_class, 'ordinary') NOT IN ('proprietary', 'error', 'discretionary')
    )
"""
_PAIRS = """
    met AS (
        SELECT s.person_id, s.account, t.account AS customer_account, s.happened_on, s.mark, s.order_row, t.orders,
               t.order_row AS customer_order_row, t.account_row AS customer_account_row, t.holder_row AS customer_row,
               CASE WHEN t.national_id IS NULL THEN 1 ELSE 0 END AS owner_unknown,
               CASE WHEN t.died_on < s.happened_on THEN 1 ELSE 0 END AS dead,
               CASE WHEN t.representative_id = s.person_id AND coalesce(t.representative_from, s.happened_on) <= s.happened_on
                    THEN 1 ELSE 0 END AS looked_after,
               row_number() OVER (PARTITION BY s.person_id, s.account, t.account ORDER BY s.happened_on, s.mark) AS place,
               row_number() OVER (PARTITION BY s.person_id, s.account, t.account ORDER BY s.happened_on DESC, s.mark) AS last_place
        FROM ours s JOIN others t ON t.happened_on = s.happened_on AND t.mark = s.mark
    ),
    pairs AS (
        SELECT person_id, account, customer_account, count(DISTINCT happened_on) AS days, count(DISTINCT mark) AS marks,
               sum(orders) AS orders, min(happened_on) AS first_on, max(happened_on) AS last_on,
               max(owner_unknown) AS owner_unknown, max(dead) AS dead, max(looked_after) AS looked_after,
               max(CASE WHEN place = 1 THEN mark END) AS mark, max(CASE WHEN place = 1 THEN order_row END) AS order_row,
               max(CASE WHEN place = 1 THEN customer_order_row END) AS customer_order_row,
               max(CASE WHEN last_place = 1 THEN order_row END) AS last_order_row,
               max(CASE WHEN last_place = 1 THEN customer_order_row END) AS last_customer_order_row,
               min(customer_account_row) AS customer_account_row, min(customer_row) AS customer_row
        FROM met GROUP BY person_id, account, customer_account
    )
"""

control = Control(
    id="shared-ip",
    title=Text("員工與客戶由同一 IP 下單", "Staff and customers order from one address"),
    question=Text(
        "員工及其關係人的帳戶，是否與客戶帳戶在同一天由同一 IP 位址下單，而該位址不是分公司、辦公室或電信共用位址？",
        "Do accounts of staff or relatives and customers' accounts order from one IP address on the same day, where it is no branch's, office's or carrier's?",
    ),
    cites=(SHARED_ADDRESS_REPORT, ORDER_TAKING_CONTROLLED),
    deck=("業務案四",),
    needs=(
        Need(table=orders, whole=True, told=("logged_at_us", "account")),
        Need(table=employees),
        Need(table=relations, excuses=True),
        Need(table=trading_accounts, excuses=True, told=("representative_id",)),
        Need(table=customers, excuses=True, told=("national_id",)),
        Need(table=network_ranges),
        Need(table=known_networks, excuses=True),
    ),
    parameters={
        "crowd": Parameter(
            8,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "同日超過八個帳戶使用的位址視為多人共用，不連結兩人；我們的預設",
                "an address that more than eight accounts used that day is shared by many and ties nobody; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "least_days": Parameter(
            2,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "查核期間內至少兩天；客戶已死亡、或該員工為其營業員者一天即列入。規範要求定期產出例外報表而未定天數，是我們的預設",
                "at least two days of the period, or one where the customer is dead or looked after by that employee. The rule asks for a regular exception report without a number of days; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看委託，不看登入；浮動位址只比同一天，先後使用而不同天者看不出來。",
            "Orders only, not sign-ins; addresses change hands, so only the same day counts, and use on different days is not seen.",
        ),
        Text(
            "同一位址不等於同一人：室友、鄰居共用無線網路也會列出，請查明後以佐證結案；已申報的關係人不列。",
            "One address is not one person: flatmates or neighbours on one wireless network are shown, too; look into it and close it with evidence. Declared relatives are not shown.",
        ),
        Text(
            "IPv6 以前六十四位元為同一處。沒有記下位址的客戶委託由 order-record-incomplete 查核。",
            "IPv6 counts by its first 64 bits. Customers' orders without an address are for order-record-incomplete.",
        ),
    ),
    frame=Text(
        "每一位員工與關係人、其每一個帳戶，及同日由同一位址下單的每一個客戶帳戶",
        "every employee and relative, each of their accounts, and each customer's account that ordered from the same address on the same day",
    ),
    population=f"""
        WITH {STAFF}, {_ORDERS}, {_PAIRS}
        SELECT s.person_id, s.account, p.customer_account, s.relation, s.nameless, s.employee_row, s.relation_row, s.account_row,
               x.account IS NOT NULL AS without_address, p.days, p.marks, p.orders, p.first_on, p.last_on, p.mark, p.owner_unknown,
               p.order_row, p.customer_order_row, p.last_order_row, p.last_customer_order_row, p.customer_account_row, p.customer_row,
               coalesce(p.days >= :least_days OR p.dead + p.looked_after > 0, FALSE) AS broken,
               CASE WHEN p.dead = 1 THEN '、客戶已死亡' ELSE '' END
               || CASE WHEN p.looked_after = 1 THEN '、該員工為客戶的營業員' ELSE '' END AS grounds_zh,
               CASE WHEN p.dead = 1 THEN ', customer dead' ELSE '' END
               || CASE WHEN p.looked_after = 1 THEN ', the employee looks after the customer' ELSE '' END AS grounds_en,
               CASE WHEN s.until_on < :from THEN 'left_before' END AS excluded_because
        FROM staff s
        LEFT JOIN traceless x ON x.person_id = s.person_id AND x.account = s.account
        LEFT JOIN pairs p ON p.person_id = s.person_id AND p.account = s.account
    """,
    exclusions=LEFT_OUT,
    exceptions="""
        SELECT p.person_id, p.account, p.customer_account, p.relation, p.days AS shared_days, p.marks, p.orders, p.first_on, p.last_on,
               p.mark, p.grounds_zh, p.grounds_en, p.order_row, p.customer_order_row, p.last_order_row, p.last_customer_order_row,
               p.employee_row, p.relation_row, p.account_row, p.customer_account_row, p.customer_row
        FROM population p WHERE p.broken AND p.owner_unknown = 0
    """,
    undetermined="""
        SELECT DISTINCT p.person_id, CAST(NULL AS VARCHAR) AS account, CAST(NULL AS VARCHAR) AS customer_account, 'no_id' AS why
        FROM population p WHERE p.nameless = 1
        UNION ALL
        SELECT DISTINCT p.person_id, p.account, CAST(NULL AS VARCHAR), 'no_address' FROM population p WHERE p.without_address
        UNION ALL
        SELECT p.person_id, p.account, p.customer_account, 'owner_unknown' FROM population p WHERE p.owner_unknown = 1 AND p.broken
        UNION ALL
        SELECT CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), 'network_unreadable'
        FROM network_ranges n WHERE n.first_place IS NULL
    """,
    unclear={
        "no_id": UNCLEAR["no_id"],
        "no_address": Text(
            "員工或關係人帳戶有網路委託沒有留下 IP 位址",
            "internet orders on an account of staff or a relative without an IP address on record",
        ),
        "owner_unknown": UNCLEAR["owner_unknown"],
        "network_unreadable": UNCLEAR["network_unreadable"],
    },
    key=("person_id", "account", "customer_account"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.MEDIUM,
    message=Text(
        "員工 {person_id} 的帳戶 {account}（{relation:word}）與客戶帳戶 {customer_account} 同日由同一 IP 下單：{mark} 等 {marks} 個位址，{first_on:date} 至 {last_on:date} 共 {shared_days} 日、客戶委託 {orders} 筆{grounds_zh}",
        "account {account} of employee {person_id} ({relation:word}) and customer account {customer_account} ordered from one IP address on the same days: {marks} addresses ({mark} first), {shared_days} days from {first_on:date} to {last_on:date}, {orders} orders of the customer's{grounds_en}",
    ),
    words=RELATIONS,
    remedy=Text(
        "查明兩人的關係與實際下單人；為家屬者補申報，員工代客戶下單者依規處置並停止，另將員工與客戶同一 IP 列為每月例外報表由非業務單位覆核。",
        "Find out how the two are related and who placed the orders; have relatives declared, stop and sanction staff who order for customers, and have a department other than sales review a monthly exception report.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ORDERS,
        nodes=(*PAIR_NODES, Node(column="mark", role=Role.IP)),
        ties=(
            *STAFF_TIES,
            Tie(
                ends=(("account",), ("mark",)),
                what=Text("由此下單", "ordered by it"),
                rows=("order_row", "last_order_row"),
                strength=40,
            ),
            Tie(
                ends=(("customer_account",), ("mark",)),
                what=Text("由此下單", "ordered by it"),
                rows=("customer_order_row", "last_customer_order_row"),
                strength=40,
                told="grounds",
            ),
        ),
        events=(
            Event(
                column="first_on",
                what=Text("首日由同一 IP 下單", "first day of orders from one address"),
                rows=("order_row", "customer_order_row"),
            ),
            Event(
                column="last_on",
                what=Text("末日由同一 IP 下單", "last day of orders from one address"),
                rows=("last_order_row", "last_customer_order_row"),
            ),
        ),
        confidence=40,
    ),
)
