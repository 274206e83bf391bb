"""Electronic orders that were accepted although the customer's standing forbids or limits them."""

from chahe.controls.linked import Event, Family, Linked, Node, Role
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.customers import table as customers
from chahe.evidence.orders import table as orders
from chahe.evidence.special_standings import table as special_standings
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import ORDER_HOST_CHECKS, ORDERS_REFUSED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# A minor is one by the register or by the day of birth; the eighteenth birthday is the first day of age. A standing whose first
# day is blank has always been there, and one whose day of knowledge is blank was known all the time.
_STANDINGS = """
    standings AS (
        SELECT customer_id, standing, symbol, coalesce(standing_from, DATE '1900-01-01') AS from_on,
               coalesce(standing_until, DATE '9999-12-31') AS until_on, known_on, daily_limit, row_id AS standing_row
        FROM special_standings
        UNION ALL
        SELECT customer_id, 'minor', CAST(NULL AS VARCHAR), born_on, minor_until, CAST(NULL AS DATE),
               CAST(NULL AS DECIMAL(18, 4)), row_id
        FROM (
            SELECT customer_id, born_on, row_id,
                   greatest(CAST(born_on + INTERVAL '1' YEAR * CAST(:majority AS INTEGER) AS DATE) - 1,
                            CAST(born_on - 1 + INTERVAL '1' YEAR * CAST(:majority AS INTEGER) AS DATE)) AS minor_until
            FROM customers
        ) c
        WHERE minor_until >= :from
    ),
    special AS (SELECT account, customer_id FROM trading_accounts WHERE customer_id IN (SELECT customer_id FROM standings))
"""
# One order leaves a record on its way in and one on its way out; what one of them lacks the other may say.
_ORDERS = """
    placed AS (
        SELECT o.happened_on, o.account, p.customer_id, o.order_id, max(o.symbol) AS symbol, max(o.side) AS side,
               max(CAST(o.price * o.quantity AS DECIMAL(24, 4))) AS amount, max(o.order_category) AS order_category,
               max(CASE WHEN o.channel NOT IN ('counter', 'ordinary') THEN o.channel END) AS channel,
               count(CASE WHEN o.channel IN ('counter', 'ordinary') THEN o.row_id END) AS staffed,
               count(CASE WHEN o.leg = 'exchange' THEN o.row_id END) AS sent, count(o.leg) AS led, count(o.row_id) AS records,
               min(coalesce(o.received_at_us, o.sent_at_us, o.logged_at_us)) AS at_us,
               max(CASE WHEN o.leg = 'exchange' THEN o.row_id END) AS sent_row,
               max(CASE WHEN o.channel IS NOT NULL THEN o.row_id END) AS channel_row, max(o.row_id) AS order_row
        FROM orders o JOIN special p ON p.account = o.account
        WHERE o.event = 'new' AND (o.logged_at_us IS NULL OR (o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us))
        GROUP BY o.happened_on, o.account, p.customer_id, o.order_id
    ),
    sorted AS (
        SELECT p.*,
               CASE WHEN channel IS NULL AND staffed > 0 THEN 'not_electronic'
                    WHEN sent = 0 AND led = records THEN 'refused' END AS left_out
        FROM placed p
    ),
    valued AS (
        SELECT s.*, sum(CASE WHEN channel IS NOT NULL AND sent > 0 THEN amount END) OVER so_far AS day_amount,
               sum(CASE WHEN left_out IS NULL THEN amount END) OVER so_far AS possible_amount,
               count(CASE WHEN left_out IS NULL AND amount IS NULL THEN order_id END) OVER so_far AS unpriced
        FROM sorted s
    )
""".replace(
    "OVER so_far",
    "OVER (PARTITION BY customer_id, happened_on ORDER BY at_us, order_id, account ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
)
# `rule` is what the standing's rules have against the order; a minor's orders are those of the legal representative on file, whom
# limits bind, too. The codes sort the gravest first.
_WEIGHED = """
    represented AS (
        SELECT account, coalesce(authority_from, DATE '1900-01-01') AS from_on,
               coalesce(authority_until, DATE '9999-12-31') AS until_on
        FROM account_authorizations WHERE authority = 'legal_representative'
    ),
    met AS (
        SELECT v.*, s.standing, s.standing_row, s.known_on, s.daily_limit, s.symbol AS only_symbol,
               CASE WHEN r.account IS NULL THEN f.value END AS rule
        FROM valued v
        JOIN standings s ON s.customer_id = v.customer_id
        LEFT JOIN forbidden f
          ON f.value IN (s.standing || ':any', s.standing || ':credit', s.standing || ':buy', s.standing || ':sell')
        LEFT JOIN represented r
          ON r.account = v.account AND r.from_on <= v.happened_on AND r.until_on >= v.happened_on AND s.standing = 'minor'
        WHERE (v.happened_on IS NULL OR (v.happened_on >= s.from_on AND v.happened_on <= s.until_on))
          AND (s.symbol IS NULL OR v.symbol IS NULL OR s.symbol = v.symbol)
    ),
    ruled AS (
        SELECT m.*,
               CASE WHEN rule = standing || ':any' OR rule = standing || ':' || side THEN 'forbidden'
                    WHEN rule = standing || ':credit'
                     AND order_category IN ('margin_broker', 'margin_finance_company', 'short_broker', 'short_finance_company')
                    THEN 'forbidden'
                    WHEN day_amount > daily_limit THEN 'limit'
                    WHEN rule IN (standing || ':buy', standing || ':sell') AND side IS NULL THEN 'no_side'
                    WHEN daily_limit IS NOT NULL AND happened_on IS NULL THEN 'no_time'
                    WHEN daily_limit IS NOT NULL AND unpriced > 0 THEN 'no_price'
                    WHEN possible_amount > daily_limit THEN 'unsure_before' END AS bar
        FROM met m
    ),
    states AS (
        SELECT r.*,
               CASE WHEN bar IS NULL OR known_on > happened_on THEN NULL
                    WHEN happened_on IS NULL THEN 'no_time'
                    WHEN channel IS NULL THEN 'no_channel'
                    WHEN sent = 0 THEN 'no_leg'
                    WHEN known_on = happened_on THEN 'same_day'
                    WHEN only_symbol IS NOT NULL AND symbol IS NULL THEN 'no_symbol'
                    ELSE bar END AS state
        FROM ruled r
    ),
    worst AS (
        SELECT s.*, row_number() OVER (PARTITION BY happened_on, account, order_id
                                       ORDER BY state ASC NULLS LAST, standing_row, rule) AS place
        FROM states s
    )
"""

control = Control(
    id="special-customer-uncontrolled",
    title=Text("特殊身分客戶電子交易未控管", "Special customers' electronic orders uncontrolled"),
    question=Text(
        "特殊身分客戶的電子委託，依其身分不得或有限額者，是否都沒有被接受並送往交易所？",
        "Was no electronic order of a customer of special standing accepted and sent to the exchange that the rules for the standing forbid or limit?",
    ),
    cites=(ORDER_HOST_CHECKS, ORDERS_REFUSED),
    deck=("業務-9",),
    needs=(
        Need(table=orders, whole=True, told=("account", "order_category")),
        Need(table=special_standings),
        Need(table=customers, told=("born_on",)),
        Need(table=trading_accounts),
        Need(table=account_authorizations, excuses=True),
    ),
    parameters={
        "forbidden": Parameter(
            (
                "minor:any",
                "guardianship:buy",
                "guardianship:sell",
                "bankrupt:any",
                "frozen:sell",
                "defaulted:any",
                "unregistered_foreign:any",
                "investment_commission:buy",
            ),
            Unit.NAMES,
            Stricter.MORE,
            Text(
                "身分:禁止的委託（any 全部、buy 買、sell 賣、credit 信用交易）；依受託契約準則與簡報整理，逐項條文未確認，公司可增列",
                "standing:order forbidden (any, buy, sell, credit: on margin); drawn from the contract standards and the slides, not confirmed item by item; the firm may add",
            ),
            Sureness.UNCONFIRMED,
        ),
        "majority": Parameter(
            18,
            Unit.YEARS,
            Stricter.HIGHER,
            Text("民法：滿十八歲為成年（112年起）", "Civil Code: of age at eighteen, since 2023"),
            Sureness.RULE,
        ),
    },
    blind_spots=(
        Text(
            "除未成年可由出生日期得知外，身分以特殊身分清冊為準；清冊漏列者看不出來。內部人帳戶的使用由其他控制點查核。",
            "But for minors, whose day of birth tells, a standing is what the register says; one that is not on it is not seen. How insiders use accounts is for other controls.",
        ),
        Text(
            "未成年人帳戶有法定代理人登記者，其委託視為法定代理人所為，不看實際下單的人；所設限額仍適用。",
            "Where a minor's legal representative is on file the orders are taken for the representative's; who placed them is not seen. A limit holds for them all the same.",
        ),
        Text(
            "公司知悉前的委託不列缺失。限額以委託價計，當日各帳戶電子委託合併，刪單不扣回。沒有帳號的委託由 order-record-incomplete 查核。",
            "Orders before the firm knew are no exceptions. Limits count at the orders' prices, electronic orders of all accounts together, cancelled ones too. Orders without an account are for order-record-incomplete.",
        ),
    ),
    frame=Text(
        "查核期間特殊身分客戶在身分存續期間的每一筆新委託",
        "every new order of the period by a customer while of special standing",
    ),
    population=f"""
        WITH {_STANDINGS}, {_ORDERS}, {_WEIGHED}
        SELECT w.happened_on AS placed_on, w.account, w.order_id, w.customer_id, w.standing, w.rule, w.symbol, w.side, w.channel,
               w.daily_limit, w.day_amount, w.state, w.left_out AS excluded_because, w.order_row, w.sent_row, w.channel_row,
               w.standing_row
        FROM worst w WHERE w.place = 1
    """,
    exclusions={
        "not_electronic": Text("臨櫃或一般委託", "orders through the firm's staff"),
        "refused": Text("收到但未送往交易所的委託", "orders received but not sent to the exchange"),
    },
    exceptions="""
        SELECT p.placed_on, p.account, p.order_id, p.customer_id, p.standing, p.rule, p.symbol, p.side, p.channel, p.daily_limit,
               p.day_amount, p.state AS defect, p.order_row, p.sent_row, p.channel_row, p.standing_row
        FROM population p WHERE p.state IN ('forbidden', 'limit')
    """,
    undetermined="""
        SELECT p.placed_on, p.account, p.order_id, p.state AS why
        FROM population p WHERE p.state IN ('no_time', 'no_channel', 'no_leg', 'no_side', 'no_symbol', 'no_price',
                                                  'unsure_before', 'same_day')
    """,
    unclear={
        "no_time": Text("委託紀錄沒有時間", "the order's record has no time"),
        "no_channel": Text("沒有任何紀錄說明委託方式", "no record says how the order came"),
        "no_leg": Text(
            "紀錄沒有說明是否送往交易所，請在來源設定連線的方向",
            "no record says whether it was sent to the exchange; set the direction of the session in the source",
        ),
        "no_side": Text("委託沒有買賣別", "the order has no side"),
        "no_price": Text(
            "當日這筆或先前的委託沒有價格或數量，無法與限額比較",
            "this order or one before it that day lacks price or quantity, so the limit cannot be compared",
        ),
        "no_symbol": Text(
            "委託沒有證券代號，而身分只及於一檔證券", "the order names no security, and the standing touches one alone"
        ),
        "unsure_before": Text(
            "當日先前的委託沒有說明委託方式或是否送往交易所，計入才超過限額",
            "the limit is passed only with orders before it that day of which no record says how they came or whether they were sent",
        ),
        "same_day": Text(
            "公司於委託當日知悉，無法知道先後", "the firm learned of the standing on the very day of the order"
        ),
    },
    key=("placed_on", "account", "order_id"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{placed_on:date} 帳號 {account}（客戶 {customer_id}，{standing:choice}）以{channel:choice}委託 {order_id}（{symbol} {side:choice}）：{defect:word}（當日累計 {day_amount:money} 元，限額 {daily_limit:money} 元）",
        "{placed_on:date}, account {account} (customer {customer_id}, {standing:choice}), order {order_id} by {channel:choice} ({symbol} {side:choice}): {defect:word} (NT${day_amount:money} so far that day, limit NT${daily_limit:money})",
    ),
    words={
        "forbidden": Text(
            "依其身分不得接受此委託，仍送往交易所", "the standing forbids it, and it was sent to the exchange"
        ),
        "limit": Text(
            "超過其身分的單日限額，仍送往交易所",
            "it goes beyond the standing's limit for the day, and was sent to the exchange",
        ),
    },
    remedy=Text(
        "在電子交易主機依身分設定禁止與限額，身分異動當日更新；已接受的委託查明原因，停用該客戶的電子交易或補正授權。",
        "Set what each standing forbids and limits in the host of electronic orders, and keep it up to the day; find out why these were accepted, and stop the customer's electronic trading or put the authority in order.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ORDERS,
        nodes=(
            Node(column="account", role=Role.ACCOUNT),
            Node(column="customer_id", role=Role.CUSTOMER),
        ),
        events=(
            Event(
                column="placed_on",
                what=Text("特殊身分客戶的委託", "order of a customer of special standing"),
                rows=(
                    "order_row",
                    "standing_row",
                ),
            ),
        ),
        confidence=100,
    ),
)
