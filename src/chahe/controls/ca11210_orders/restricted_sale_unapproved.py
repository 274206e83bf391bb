"""Sales by overseas Chinese and foreigners of shares that the Investment Commission must release, without its approval."""

from chahe.controls.linked import Event, Family, Linked, Node, Role
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.customers import table as customers
from chahe.evidence.executions import table as executions
from chahe.evidence.orders import table as orders
from chahe.evidence.sale_approvals import table as sale_approvals
from chahe.evidence.special_standings import table as special_standings
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citations import ORDER_HOST_CHECKS, RESTRICTED_SALES_APPROVED
from chahe.wording import Text

# A customer from abroad whom the register of standings does not name at all was never classed: whether approval is needed is
# then unknown. Orders before the period count for what an approval has left.
_SOLD = """
    holders AS (
        SELECT a.account, s.customer_id, s.symbol, coalesce(s.standing_from, DATE '1900-01-01') AS from_on,
               coalesce(s.standing_until, DATE '9999-12-31') AS until_on, s.row_id AS standing_row, TRUE AS restricted
        FROM special_standings s JOIN trading_accounts a ON a.customer_id = s.customer_id
        WHERE s.standing = 'investment_commission'
        UNION ALL
        SELECT a.account, c.customer_id, NULL, DATE '1900-01-01', DATE '9999-12-31', c.row_id, FALSE
        FROM customers c JOIN trading_accounts a ON a.customer_id = c.customer_id
        WHERE c.residency IN ('foreign', 'overseas_chinese')
          AND c.customer_id NOT IN (SELECT customer_id FROM special_standings)
    ),
    placed AS (
        SELECT happened_on, account, order_id, max(symbol) AS symbol, max(side) AS side, max(quantity) AS quantity,
               count(CASE WHEN leg = 'exchange' THEN row_id END) AS sent, max(row_id) AS order_row,
               min(coalesce(sent_at_us, logged_at_us)) AS at_us
        FROM orders
        WHERE account IN (SELECT account FROM holders) AND (leg = 'exchange' OR leg IS NULL) AND event = 'new'
        GROUP BY happened_on, account, order_id
    ),
    sold AS (
        SELECT p.*, h.customer_id, h.standing_row, h.restricted,
               row_number() OVER (PARTITION BY p.happened_on, p.account, p.order_id ORDER BY h.standing_row) AS place
        FROM placed p JOIN holders h ON h.account = p.account
        WHERE (p.side = 'sell' OR p.side IS NULL)
          AND (p.happened_on IS NULL OR (p.happened_on >= h.from_on AND p.happened_on <= h.until_on))
          AND (h.symbol IS NULL OR p.symbol IS NULL OR h.symbol = p.symbol)
    ),
    filled AS (
        SELECT happened_on, account, order_id, sum(last_quantity) AS quantity
        FROM executions
        WHERE account IN (SELECT account FROM holders) AND (event = 'fill' OR event IS NULL)
        GROUP BY happened_on, account, order_id
    ),
    sales AS (
        SELECT s.*, coalesce(f.quantity, 0) AS filled
        FROM sold s
        LEFT JOIN filled f ON f.happened_on = s.happened_on AND f.account = s.account AND f.order_id = s.order_id
        WHERE s.place = 1
    )
"""
_APPROVED = """
    approved AS (
        SELECT s.happened_on, s.account, s.order_id, p.row_id AS approval_row, p.approval_id, p.approved_on, p.approved_quantity,
               sum(s.filled) OVER (PARTITION BY p.row_id ORDER BY s.happened_on, s.at_us, s.order_id
                                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS used
        FROM sales s
        JOIN sale_approvals p
          ON p.customer_id = s.customer_id AND p.symbol = s.symbol
         AND (p.approved_on IS NULL OR p.approved_on <= s.happened_on)
         AND (p.valid_until IS NULL OR p.valid_until >= s.happened_on)
    ),
    summed AS (
        SELECT happened_on, account, order_id, count(approved_on) AS dated, count(approval_row) AS approvals,
               count(CASE WHEN approved_on IS NOT NULL AND approved_quantity IS NULL THEN approval_row END) AS unmeasured,
               sum(CASE WHEN approved_on IS NOT NULL THEN approved_quantity END) AS allowed,
               max(CASE WHEN approved_on IS NOT NULL THEN used END) AS used,
               max(approval_id) AS approval_id, max(approval_row) AS approval_row
        FROM approved GROUP BY happened_on, account, order_id
    )
"""

control = Control(
    id="restricted-sale-unapproved",
    title=Text("僑外限制持股未經核准賣出", "Restricted shares sold without approval"),
    question=Text(
        "華僑及外國人須經投審會核准始得賣出的股票，每一筆賣出委託是否都有在先、未逾期且未用完的核准？",
        "Was every sale of shares that overseas Chinese and foreigners may sell only with the Investment Commission's approval covered by one given before, still valid and not used up?",
    ),
    cites=(RESTRICTED_SALES_APPROVED, ORDER_HOST_CHECKS),
    deck=("業務-1",),
    needs=(
        Need(table=orders, whole=True, told=("account",)),
        Need(table=executions, whole=True, told=("account", "order_id", "last_quantity")),
        Need(table=special_standings),
        Need(table=customers),
        Need(table=trading_accounts),
        Need(table=sale_approvals, excuses=True),
    ),
    blind_spots=(
        Text(
            "哪些客戶的哪些股票須經核准，以特殊身分清冊為準；同一帳戶內一部分股票受限者，清冊應載明證券代號。",
            "Whose shares need approval is what the register of standings says; where only some of an account's do, it must name the security.",
        ),
        Text(
            "核准當日的委託視為在核准之後。已賣出的股數以成交計，成交更正與取消不追蹤；同時有效的核准合併計算。",
            "An order of the day of approval is taken to follow it. What was sold is counted by fills, corrections and cancellations of fills not followed; approvals valid at one time are added up.",
        ),
        Text(
            "沒有帳號的委託由 order-record-incomplete 查核。",
            "Orders without an account are for order-record-incomplete.",
        ),
    ),
    frame=Text(
        "查核期間，須經核准始得賣出者（及未歸類之華僑、外國人）送往交易所的每一筆賣出委託",
        "every sale of the period sent to the exchange by a holder who needs approval, or by a customer from abroad who was never classed",
    ),
    population=f"""
        WITH {_SOLD}, {_APPROVED}
        SELECT s.happened_on AS sold_on, s.account, s.order_id, s.customer_id, s.symbol, s.quantity, s.filled, u.approval_id,
               u.allowed, u.used, s.order_row, s.standing_row, u.approval_row,
               CASE WHEN s.happened_on IS NULL THEN 'no_time'
                    WHEN s.sent = 0 THEN 'no_leg'
                    WHEN s.side IS NULL THEN 'no_side'
                    WHEN s.symbol IS NULL THEN 'no_symbol'
                    WHEN NOT s.restricted THEN 'unclassed'
                    WHEN u.approvals IS NULL THEN 'none'
                    WHEN u.dated = 0 THEN 'undated'
                    WHEN u.unmeasured > 0 THEN 'unmeasured'
                    WHEN u.used > u.allowed THEN 'beyond' END AS state
        FROM sales s
        LEFT JOIN summed u ON u.happened_on = s.happened_on AND u.account = s.account AND u.order_id = s.order_id
        WHERE s.happened_on IS NULL OR (s.happened_on >= :from AND s.happened_on <= :until)
    """,
    exceptions="""
        SELECT p.sold_on, p.account, p.order_id, p.customer_id, p.symbol, p.quantity, p.filled, p.approval_id, p.allowed, p.used,
               p.state AS defect, p.order_row, p.standing_row, p.approval_row
        FROM population p WHERE p.state IN ('none', 'beyond')
    """,
    undetermined="""
        SELECT p.sold_on, p.account, p.order_id, p.state AS why
        FROM population p
        WHERE p.state IN ('no_time', 'no_leg', 'no_side', 'no_symbol', 'unclassed', 'undated', 'unmeasured')
    """,
    unclear={
        "no_time": Text("委託紀錄沒有時間", "the order's record has no time"),
        "no_leg": Text(
            "紀錄沒有說明是否送往交易所，請在來源設定連線的方向",
            "the record does not say whether it was sent to the exchange; set the direction of the session in the source",
        ),
        "no_side": Text("委託沒有買賣別", "the order has no side"),
        "no_symbol": Text("委託沒有證券代號", "the order names no security"),
        "unclassed": Text(
            "客戶為華僑或外國人，但特殊身分清冊沒有此人，無法知道其股票是否須經核准",
            "the customer is from abroad and the register of standings does not name them, so whether approval is needed is unknown",
        ),
        "undated": Text("核准沒有日期", "the approval has no date"),
        "unmeasured": Text("核准沒有股數", "the approval gives no quantity"),
    },
    key=("sold_on", "account", "order_id"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{sold_on:date} 帳號 {account}（客戶 {customer_id}）委託 {order_id} 賣出 {symbol} {quantity} 股，{defect:word}（核准 {approval_id}，{allowed} 股，累計賣出 {used} 股）",
        "{sold_on:date}, account {account} (customer {customer_id}), order {order_id} to sell {quantity} shares of {symbol}: {defect:word} (approval {approval_id} for {allowed} shares, {used} sold so far)",
    ),
    words={
        "none": Text(
            "沒有在先且有效的投審會核准", "no approval of the Investment Commission was given before and valid"
        ),
        "beyond": Text("超過核准的股數", "it goes beyond the quantity approved"),
    },
    remedy=Text(
        "帳戶註記須經核准，賣出前查驗核准文號、期限與餘額，未符者不予送出；已賣出者通知客戶補正並依規定通報。",
        "Mark such accounts, and before a sale see the approval's number, last day and what is left of it; send nothing else. For what was sold have the customer put it in order, and report it as the rules say.",
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
                column="sold_on",
                what=Text("限制轉讓證券賣出", "sale of restricted shares"),
                rows=(
                    "order_row",
                    "approval_row",
                ),
            ),
        ),
        confidence=100,
    ),
)
