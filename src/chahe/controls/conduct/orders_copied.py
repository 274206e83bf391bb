"""Representatives whose customers order the same security almost together, day after day, more often than chance or the market allow."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie, Trait
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.employees import table as employees
from chahe.evidence.order_bunches import table as order_bunches
from chahe.evidence.orders import table as orders
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import CUSTOMERS_NAME_NOT_USED, NO_DISCRETIONARY_ORDERS, ORDER_TAKING_CONTROLLED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="orders-copied",
    title=Text("同一營業員的客戶同時下同樣委託", "Orders copied from customer to customer"),
    question=Text(
        "同一營業員的多戶客戶，是否一再於兩分鐘內對同一證券下同方向的委託，而偶然或市場行情都不足以解釋？",
        "Do several households of one representative, again and again, order one security on one side within two minutes, where neither chance nor the market explains it?",
    ),
    cites=(CUSTOMERS_NAME_NOT_USED, NO_DISCRETIONARY_ORDERS, ORDER_TAKING_CONTROLLED),
    deck=("業務-2", "業務案一"),
    needs=(
        Need(table=order_bunches),
        Need(table=orders, whole=True, told=("logged_at_us", "account", "symbol", "side")),
        Need(table=trading_accounts, excuses=True, told=("representative_id",)),
        Need(table=account_authorizations, excuses=True),
        Need(table=contact_details, excuses=True),
        Need(table=employees),
    ),
    parameters={
        "least_households": Parameter(
            5,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "兩分鐘內至少五戶；規範未定，是我們的預設",
                "at least five households within two minutes; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "score": Parameter(
            6,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "−log10 p 至少六：客戶各自下單時，這麼多戶的機率不到百萬分之一；規範未定，是我們的預設",
                "−log10 p of at least six: of customers on their own less than one in a million would be as many; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "least_days": Parameter(
            3,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "至少三天如此才列入：一天可能是消息；規範未定，是我們的預設",
                "on at least three days, for one day may be news; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "sessions": Parameter(
            20,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "這些日子在二十個交易日之內；規範未定，是我們的預設",
                "the days lie within twenty trading days; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "同時下單不等於代操：營業員一次把推薦寄給多位客戶，也會引起同樣的委託，請對照 recommendation-irregular 與推介紀錄。",
            "Ordering together is not yet acting for customers: a recommendation mailed to many brings such orders, too; see recommendation-irregular and the records of recommendations.",
        ),
        Text(
            "超過兩分鐘才跟上、分散於不同證券、或透過他公司帳戶下的委託看不出來；少於五戶的一群也看不出來。檢力見 docs/bunches.md。",
            "Copies that follow after more than two minutes, in other securities or through other firms are not seen, nor groups of fewer than five. docs/bunches.md states the power.",
        ),
        Text(
            "預期數由查核期間的委託算出：期間短、或該營業員占全公司委託很大時，檢力低；只有一位營業員的公司無從比較。",
            "What is to be expected is worked out of the audited period: a short one, or a representative with much of the firm's business, leaves little power, and a firm with one representative has nobody to compare with.",
        ),
        Text(
            "營業員以現任為準，接任前的委託屬於不知；前任營業員的帳戶不會列入其名下。同戶以登記地址寫法相同為準。",
            "The representative is the present one; earlier orders count as of an unknown one. A household is told by addresses written alike.",
        ),
    ),
    frame=Text(
        "每一位營業員，及其客戶委託聚集的每一天",
        "every representative, and every day on which orders of their customers were bunched",
    ),
    # What is to be expected is told in hundredths of an order, rounded up: "no more than" stays true, and nothing reads as 0.
    population="""
        WITH notable AS (
            SELECT b.*, coalesce(b.representative_id, '') AS book,
                   CASE WHEN b.untimed = 0 AND b.representative_id IS NOT NULL THEN 1 ELSE 0 END AS certain
            FROM order_bunches b WHERE b.households >= :least_households AND b.surprise_tenths >= 10 * :score
        ),
        ranked AS (
            SELECT n.*, row_number() OVER (PARTITION BY n.book, n.bunched_on ORDER BY n.certain DESC, n.surprise_tenths DESC, n.row_id) AS place
            FROM notable n
        ),
        bunched_days AS (SELECT * FROM ranked WHERE place = 1),
        runs AS (
            SELECT a.book, a.session_number AS begins, count(*) AS days, sum(b.certain) AS certain_days
            FROM bunched_days a
            JOIN bunched_days b ON b.book = a.book AND b.session_number >= a.session_number
                                AND b.session_number < a.session_number + :sessions
            GROUP BY a.book, a.session_number
        ),
        judged AS (
            SELECT d.book, d.session_number, max(r.days) AS days, max(r.certain_days) AS certain_days
            FROM bunched_days d
            JOIN runs r ON r.book = d.book AND d.session_number >= r.begins AND d.session_number < r.begins + :sessions
            GROUP BY d.book, d.session_number
        )
        SELECT DISTINCT t.representative_id, CAST(NULL AS DATE) AS bunched_on, CAST(NULL AS VARCHAR) AS symbol, CAST(NULL AS VARCHAR) AS side,
               CAST(NULL AS BIGINT) AS first_us, CAST(NULL AS BIGINT) AS last_us, CAST(NULL AS BIGINT) AS households,
               CAST(NULL AS BIGINT) AS one_price, CAST(NULL AS BIGINT) AS one_quantity, CAST(NULL AS BIGINT) AS others,
               CAST(NULL AS DECIMAL(18, 2)) AS expected, CAST(NULL AS BIGINT) AS surprise, CAST(NULL AS BIGINT) AS days,
               CAST(NULL AS VARCHAR) AS first_account, CAST(NULL AS VARCHAR) AS second_account, CAST(NULL AS VARCHAR) AS third_account,
               CAST(NULL AS VARCHAR) AS fourth_account, CAST(NULL AS VARCHAR) AS last_account, CAST(NULL AS VARCHAR) AS first_order_row,
               CAST(NULL AS VARCHAR) AS second_order_row, CAST(NULL AS VARCHAR) AS third_order_row,
               CAST(NULL AS VARCHAR) AS fourth_order_row, CAST(NULL AS VARCHAR) AS last_order_row, FALSE AS broken, FALSE AS doubted
        FROM trading_accounts t WHERE t.representative_id IS NOT NULL
        UNION ALL
        SELECT d.representative_id, d.bunched_on, d.symbol, d.side, d.first_us, d.last_us, d.households, d.one_price, d.one_quantity,
               d.others, CAST((d.expected_ppm + 9999) // 10000 * 0.01 AS DECIMAL(18, 2)), d.surprise_tenths // 10, j.days, d.first_account, d.second_account, d.third_account,
               d.fourth_account, d.last_account, d.first_order_row, d.second_order_row, d.third_order_row, d.fourth_order_row,
               d.last_order_row, d.certain = 1 AND j.certain_days >= :least_days,
               j.days >= :least_days AND (d.certain = 0 OR j.certain_days < :least_days)
        FROM bunched_days d JOIN judged j ON j.book = d.book AND j.session_number = d.session_number
    """,
    exceptions="""
        SELECT p.representative_id, p.bunched_on, p.symbol, p.side, p.first_us, p.last_us, p.households, p.one_price, p.one_quantity,
               p.others, p.expected, p.surprise, p.days, p.first_account, p.second_account, p.third_account, p.fourth_account,
               p.last_account, p.first_order_row, p.second_order_row, p.third_order_row, p.fourth_order_row, p.last_order_row
        FROM population p WHERE p.broken
    """,
    undetermined="""
        SELECT p.representative_id, p.bunched_on,
               CASE WHEN p.representative_id IS NULL THEN 'representative_unknown' ELSE 'no_receipt' END AS why
        FROM population p WHERE p.doubted
    """,
    unclear={
        "representative_unknown": Text(
            "聚集的委託，其帳戶當時的營業員不明；請補登營業員與接任日",
            "orders were bunched on accounts whose representative of that day is unknown; fill in who it was and since when",
        ),
        "no_receipt": Text(
            "聚集日之中有委託沒有接收時間，只能依紀錄時間，無法確定是否同時；請補接收時間",
            "orders of these days lack the time of receipt, so that nobody can tell whether they came together; supply it",
        ),
    },
    key=("representative_id", "bunched_on"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "營業員 {representative_id} 的客戶 {households} 戶於 {first_us:moment} 至 {last_us:moment} 同樣{side:word} {symbol}（同價 {one_price} 戶、同量 {one_quantity} 戶；同一時間其他營業員的客戶 {others} 筆）。客戶若各自下單，這段時間預期不超過 {expected} 筆，巧合的機率不到 10 的負 {surprise} 次方；相近的交易日內如此 {days} 日；首戶 {first_account}、末戶 {last_account}",
        "{households} households of representative {representative_id} ordered to {side:word} {symbol} from {first_us:moment} to {last_us:moment} ({one_price} at one price, {one_quantity} of one quantity; {others} orders of other representatives' customers meanwhile). Of customers on their own no more than {expected} such orders are to be expected in that time, and the chance of so many is less than 10 to the power of minus {surprise}; {days} such days close together; first account {first_account}, last {last_account}",
    ),
    words={"buy": Text("買進", "buy"), "sell": Text("賣出", "sell")},
    headings={
        "expected": Text("預期筆數（至多）", "orders to be expected, at most"),
        "surprise": Text("意外程度（−log10 p）", "−log10 p"),
    },
    remedy=Text(
        "逐筆比對錄音、委託書、下單裝置與 IP，訪談客戶：是否本人決定買賣的證券、時間、價格與數量；營業員代為決定者，依規處置並停止其受託，查明盈虧分擔與金錢往來；有推介者補齊推介紀錄。",
        "Compare recordings, slips, devices and addresses order by order and hear the customers: did they decide on security, time, price and quantity? Where the representative did, sanction it and stop it, and look for shared profits and payments; where it followed a recommendation, see that it is on record.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ORDERS,
        # A customer may stand in another's case; whose book it is ties these orders together.
        nodes=(
            Node(column="representative_id", role=Role.EMPLOYEE),
            Node(column="first_account", role=Role.ACCOUNT, joins=False),
            Node(column="second_account", role=Role.ACCOUNT, joins=False),
            Node(column="third_account", role=Role.ACCOUNT, joins=False),
            Node(column="fourth_account", role=Role.ACCOUNT, joins=False),
            Node(column="last_account", role=Role.ACCOUNT, joins=False),
        ),
        ties=(
            Tie(
                ends=(("representative_id",), ("first_account",)),
                what=Text("負責的客戶", "customer looked after"),
                rows=("first_order_row",),
                strength=60,
            ),
            Tie(
                ends=(("first_account",), ("last_account",)),
                what=Text("兩分鐘內同樣委託", "the same order within two minutes"),
                rows=("first_order_row", "second_order_row", "third_order_row", "fourth_order_row", "last_order_row"),
                strength=60,
            ),
        ),
        events=(
            Event(column="first_us", what=Text("首戶委託", "first household's order"), rows=("first_order_row",)),
            Event(column="last_us", what=Text("末戶委託", "last household's order"), rows=("last_order_row",)),
        ),
        confidence=60,
        traits=(Trait.DISCRETION,),
    ),
)
