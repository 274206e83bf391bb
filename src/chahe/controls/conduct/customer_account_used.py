"""Customers' accounts that staff order through: by the employee's own device, after the customer's death, many from one device."""

from chahe.controls.linked import By, Event, Family, Linked, Node, Role, Tie, Trait
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.noticed_orders import LATE, NOTICED
from chahe.controls.staff_orders import (
    ADDRESS,
    AUTHORITIES,
    LEFT_OUT,
    NO_TRACE,
    PLACE,
    STAFF,
    STAFF_ORDERS_NOTICED,
    UNCLEAR,
    came_by,
)
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.known_networks import table as known_networks
from chahe.evidence.network_ranges import table as network_ranges
from chahe.evidence.orders import table as orders
from chahe.evidence.relations import table as relations
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import CUSTOMERS_NAME_NOT_USED, ORDER_TAKING_CONTROLLED, ORDERS_BY_RIGHTFUL_HANDS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_SUMMED = """count(DISTINCT CAST(u.happened_on AS VARCHAR) || ' ' || u.order_id) AS orders, count(DISTINCT u.happened_on) AS days,
               min(u.at_us) AS first_us, max(u.at_us) AS last_us,
               min_by(u.row_id, CAST(u.at_us AS VARCHAR) || u.row_id) AS order_row,
               max_by(u.row_id, CAST(u.at_us AS VARCHAR) || u.row_id) AS last_order_row"""
# A device is somebody's for longer than a day: the period counts. Devices that stand in a branch are customers' as well. An
# employee's own account is no customer's before the first day and after the last, either.
_HANDS = f"""{came_by("certificate", "device")},
    hands AS (
        SELECT DISTINCT o.person_id, w.tie, CASE w.tie WHEN 'device' THEN o.device ELSE o.certificate END AS mark
        FROM came_by o CROSS JOIN (VALUES ('device'), ('certificate')) AS w(tie)
    ),
    marks AS (SELECT DISTINCT mark FROM hands),
    touched AS (
        SELECT o.account, o.order_id, o.happened_on, o.row_id, o.at_us, d.mark AS device, g.mark AS certificate
        FROM noticed o
        LEFT JOIN marks d ON d.mark = o.device
        LEFT JOIN marks g ON g.mark = o.signature
        WHERE coalesce(d.mark, g.mark) IS NOT NULL
    ),
    came AS (
        SELECT t.*, w.tie, CASE w.tie WHEN 'device' THEN t.device ELSE t.certificate END AS mark
        FROM touched t CROSS JOIN (VALUES ('device'), ('certificate')) AS w(tie)
    ),
    permitted AS (
        SELECT a.account, k.person_id, a.since, a.until_on FROM authorities a JOIN kin k ON k.national_id = a.national_id
        UNION ALL
        SELECT h.account, e.person_id, DATE '1900-01-01', DATE '2999-12-31' FROM held h JOIN employed e ON e.national_id = h.national_id
    ),
    used AS (
        SELECT h.person_id, t.*, a.national_id, a.account_row, a.holder_row
        FROM hands h
        JOIN came t ON t.tie = h.tie AND t.mark = h.mark
        LEFT JOIN held a ON a.account = t.account
        LEFT JOIN staff s ON s.account = t.account AND t.happened_on >= s.since AND t.happened_on <= s.until_on
        LEFT JOIN permitted p ON p.account = t.account AND p.person_id = h.person_id
                              AND t.happened_on >= p.since AND t.happened_on <= p.until_on
        WHERE s.account IS NULL AND p.account IS NULL
              AND coalesce(a.account_class, 'ordinary') NOT IN ('proprietary', 'error', 'discretionary')
    ),
    by_hand AS (
        SELECT u.person_id, u.account, min(u.mark) AS mark, {_SUMMED},
               max(CASE WHEN u.national_id IS NULL THEN 1 ELSE 0 END) AS owner_unknown,
               min(u.account_row) AS account_row, min(u.holder_row) AS customer_row
        FROM used u GROUP BY u.person_id, u.account
    )
"""
_BY_DEAD = f"""{LATE},
    by_dead AS (SELECT u.account, {_SUMMED} FROM late u GROUP BY u.account)
"""
_DEVICES = f"""
    crowds AS (
        SELECT o.device, o.happened_on, o.account, o.order_id, {ADDRESS.format("o")} AS address,
               min(o.at_us) AS at_us, min(o.row_id) AS row_id
        FROM noticed o JOIN several s ON s.device = o.device AND s.happened_on = o.happened_on
        GROUP BY 1, 2, 3, 4, 5
    ),
    branches AS (
        SELECT DISTINCT d.happened_on, d.address
        FROM (SELECT DISTINCT happened_on, address FROM crowds) AS d
        JOIN network_ranges n ON n.network_kind = 'branch' AND {PLACE.format("d.address")} BETWEEN n.first_place AND n.last_place
                              AND d.happened_on >= coalesce(n.range_from, d.happened_on)
                              AND d.happened_on <= coalesce(n.range_until, d.happened_on)
    ),
    homes AS (
        SELECT party_id, min(contact_value) AS home FROM contact_details
        WHERE party_kind = 'customer' AND contact_kind IN ('registered_address', 'residence') AND used_until IS NULL GROUP BY party_id
    ),
    operated AS (
        SELECT d.device, d.happened_on, h.representative_id, d.account, d.at_us, d.order_id, d.row_id, h.account_row,
               coalesce(m.home, h.customer_id) AS household
        FROM crowds d
        LEFT JOIN branches b ON b.happened_on = d.happened_on AND b.address = d.address
        JOIN held h ON h.account = d.account AND coalesce(h.representative_from, d.happened_on) <= d.happened_on
        LEFT JOIN homes m ON m.party_id = h.customer_id
        LEFT JOIN authorities a ON a.account = d.account AND d.happened_on >= a.since AND d.happened_on <= a.until_on
        WHERE a.account IS NULL AND b.address IS NULL
              AND coalesce(h.account_class, 'ordinary') NOT IN ('proprietary', 'error', 'discretionary')
    ),
    crowded AS (
        SELECT device, happened_on, representative_id, count(DISTINCT household) AS households FROM operated
        GROUP BY device, happened_on, representative_id
    ),
    by_device AS (
        SELECT u.representative_id AS person_id, u.device, max(c.households) AS customers, {_SUMMED}, min(u.account_row) AS account_row
        FROM operated u
        JOIN crowded c ON c.device = u.device AND c.happened_on = u.happened_on AND c.representative_id = u.representative_id
                       AND c.households >= :customers
        GROUP BY u.representative_id, u.device
    )
"""

control = Control(
    id="customer-account-used",
    title=Text("利用客戶名義或帳戶買賣", "Trading through customers' accounts"),
    question=Text(
        "客戶帳戶的委託，是否由員工或其家屬的裝置、憑證發出？是否在客戶死亡後仍有委託？是否由同一裝置替同一營業員的多位客戶下單？",
        "Did orders on customers' accounts come from the device or certificate of staff or their family, after the customer's death, or from one device for several customers of one representative?",
    ),
    cites=(CUSTOMERS_NAME_NOT_USED, ORDERS_BY_RIGHTFUL_HANDS, ORDER_TAKING_CONTROLLED),
    deck=("業務-2", "業務案一", "業務案四"),
    needs=(
        Need(table=orders, whole=True, told=("logged_at_us", "account", "device")),
        Need(table=employees),
        Need(table=relations, excuses=True),
        Need(table=trading_accounts, excuses=True, told=("representative_id",)),
        Need(table=customers, excuses=True, told=("national_id",)),
        Need(table=account_authorizations, excuses=True),
        Need(table=contact_details, excuses=True),
        Need(table=network_ranges),
        Need(table=known_networks, excuses=True),
    ),
    parameters={
        "customers": Parameter(
            3,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "同一裝置一天內替同一營業員的三戶以上客戶下單；規範未定，是我們的預設",
                "one device orders for three or more households of one representative on one day; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "deathless": Parameter(
            1000,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "客戶達此數而名冊沒有任何一位死亡者，應是沒有匯出死亡日：一年約有千分之八的人死亡，純屬偶然的機會不到千分之一；我們的預設",
                "of so many customers none dead on the list means that deaths were not exported: eight in a thousand die in a year, so that it happens by chance less than once in a thousand; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "員工的裝置與憑證，以員工及關係人自己帳戶的委託所用者為準；員工另備手機而從未用於自己帳戶者，只能由同一裝置多位客戶看出。",
            "Staff's devices and certificates are those that ordered on their own or relatives' accounts; a telephone kept apart shows only by ordering for several customers.",
        ),
        Text(
            "同戶以戶籍或居住地址寫法相同為準，寫法不同的家人會被當作不同戶；有受任人的帳戶不計。",
            "A household is told by addresses written alike; relatives whose addresses are written differently count apart. Accounts with an agent on file are not counted.",
        ),
        Text(
            "死亡日以客戶資料所載為準；死亡後始申報的受任人（繼承人、遺產管理人）所下委託不列。電話與臨櫃委託是否出於本人，須查錄音與單據。",
            "The day of death is that on file; orders under an authority filed after it (heirs, executors) are not shown. Whether orders by telephone or at the counter were the customer's own is for recordings and slips.",
        ),
        Text(
            "不同裝置、同時同方向的跟單委託不在此比對，由 orders-copied 查核。",
            "Orders copied from customer to customer on different devices are not compared here; orders-copied looks for them.",
        ),
    ),
    frame=Text(
        "每一位員工及其裝置所下單的每一個客戶帳戶、每一個已死亡客戶的帳戶、同一天替多位客戶下單的每一個裝置",
        "every employee with each customer account their devices ordered on, every account of a dead customer, and every device that ordered for several customers on one day",
    ),
    population=f"""
        WITH {STAFF}, {NOTICED}, {STAFF_ORDERS_NOTICED}, {NO_TRACE}, {AUTHORITIES}, {_HANDS}, {_BY_DEAD}, {_DEVICES},
        people AS (
            SELECT s.person_id, max(s.nameless) AS nameless, max(CASE WHEN x.account IS NULL THEN 0 ELSE 1 END) AS without_trace,
                   min(s.employee_row) AS employee_row, max(s.until_on) AS until_on
            FROM staff s LEFT JOIN traceless x ON x.person_id = s.person_id GROUP BY s.person_id
        )
        SELECT 'hand' AS kind, p.person_id, u.account, CAST(NULL AS VARCHAR) AS device, u.mark, u.orders, u.days, CAST(NULL AS BIGINT) AS households, u.first_us, u.last_us,
               CAST(NULL AS DATE) AS died_on, p.nameless, p.without_trace, u.owner_unknown, u.order_row, u.last_order_row, p.employee_row,
               u.account_row, u.customer_row, u.orders IS NOT NULL AS broken, CAST(NULL AS VARCHAR) AS doubt,
               CASE WHEN p.until_on < :from THEN 'left_before' END AS excluded_because
        FROM people p LEFT JOIN by_hand u ON u.person_id = p.person_id
        UNION ALL
        SELECT 'death', CAST(NULL AS VARCHAR), h.account, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), u.orders, u.days, CAST(NULL AS BIGINT), u.first_us, u.last_us,
               h.died_on, 0, 0, 0, u.order_row, u.last_order_row, CAST(NULL AS VARCHAR), h.account_row, h.holder_row,
               u.account IS NOT NULL, CASE WHEN h.died_on IS NULL THEN 'death_day' END, CAST(NULL AS VARCHAR)
        FROM held h LEFT JOIN by_dead u ON u.account = h.account WHERE h.died_on IS NOT NULL OR h.death_known_on IS NOT NULL
        UNION ALL
        SELECT 'device', u.person_id, CAST(NULL AS VARCHAR), u.device, u.device, u.orders, u.days, u.customers, u.first_us, u.last_us,
               CAST(NULL AS DATE), 0, 0, 0, u.order_row, u.last_order_row, CAST(NULL AS VARCHAR), u.account_row, CAST(NULL AS VARCHAR),
               TRUE, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR)
        FROM by_device u
    """,
    exclusions=LEFT_OUT,
    exceptions="""
        SELECT p.kind, p.person_id, p.account, p.device, p.mark, p.orders, p.days, p.households, p.first_us, p.last_us, p.died_on,
               p.order_row, p.last_order_row, p.employee_row, p.account_row, p.customer_row
        FROM population p WHERE p.broken AND p.owner_unknown = 0
    """,
    undetermined="""
        SELECT DISTINCT p.kind, p.person_id, CAST(NULL AS VARCHAR) AS account, CAST(NULL AS VARCHAR) AS device, 'no_id' AS why
        FROM population p WHERE p.nameless = 1
        UNION ALL
        SELECT DISTINCT p.kind, p.person_id, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), 'no_trace' FROM population p WHERE p.without_trace = 1
        UNION ALL
        SELECT p.kind, p.person_id, p.account, p.device, 'owner_unknown' FROM population p WHERE p.owner_unknown = 1
        UNION ALL
        SELECT p.kind, p.person_id, p.account, p.device, p.doubt FROM population p WHERE p.doubt IS NOT NULL
        UNION ALL
        SELECT 'death', NULL, NULL, NULL, 'no_deaths' FROM customers HAVING count(*) >= :deathless AND count(coalesce(died_on, death_known_on)) = 0
        UNION ALL
        SELECT CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), 'network_unreadable'
        FROM network_ranges n WHERE n.first_place IS NULL
    """,
    unclear={
        **UNCLEAR,
        "death_day": Text(
            "已知客戶死亡而沒有死亡日期；請補登", "the customer is known to be dead, without the day; fill it in"
        ),
        "no_deaths": Text(
            "客戶這麼多而名冊沒有一位死亡者；請匯出死亡日",
            "so many customers, and none dead on the list; export the day of death",
        ),
    },
    key=("kind", "person_id", "account", "device"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{kind:word}：員工 {person_id}、客戶帳戶 {account}、裝置或憑證 {mark}，{orders} 筆 {days} 日（客戶 {households} 戶，死亡日 {died_on:date}），{first_us:moment} 至 {last_us:moment}",
        "{kind:word}: employee {person_id}, customer account {account}, device or certificate {mark}; {orders} orders on {days} days (households {households}, died on {died_on:date}), from {first_us:moment} to {last_us:moment}",
    ),
    words={
        "hand": Text(
            "以員工或其家屬的裝置、憑證在客戶帳戶下單",
            "orders on a customer's account from staff's or their family's device",
        ),
        "death": Text("客戶死亡後仍有委託", "orders after the customer's death"),
        "device": Text(
            "同一裝置替同一營業員的多位客戶下單", "one device ordered for several customers of one representative"
        ),
    },
    remedy=Text(
        "停用該裝置或憑證的下單權限並保全紀錄；訪談客戶或繼承人及經手員工，比對錄音、登入與交割款流；屬實者依規通報及處置，死亡客戶的帳戶立即管制，改依繼承程序辦理。",
        "Block ordering from the device or certificate and keep the records; hear the customer or heirs and the employee, and compare recordings, sign-ins and payments; report and sanction what is true, and stop a dead customer's account until the estate is settled.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ORDERS,
        nodes=(
            Node(column="person_id", role=Role.EMPLOYEE),
            Node(column="account", role=Role.ACCOUNT),
            Node(column="mark", role=Role.DEVICE),
        ),
        ties=(
            Tie(
                ends=(("mark",), ("account",)),
                what=Text("由此下單", "ordered by it"),
                rows=("order_row", "last_order_row"),
                strength=80,
            ),
            Tie(
                ends=(("person_id",), ("mark",)),
                what=Text("使用", "uses it"),
                told="kind",
                rows=("employee_row", "order_row"),
                strength=80,
            ),
        ),
        events=(
            Event(column="died_on", what=Text("客戶死亡", "death of the customer"), rows=("customer_row",)),
            Event(
                column="first_us",
                what=Text("首筆非本人的委託", "first order not the customer's own"),
                rows=("order_row",),
            ),
            Event(
                column="last_us",
                what=Text("末筆非本人的委託", "last order not the customer's own"),
                rows=("last_order_row",),
            ),
        ),
        confidence=By("kind", {"death": 100, "hand": 90}, 60),
        traits=By("kind", {"death": (Trait.DECEASED,)}, (Trait.DISCRETION,)),
    ),
)
