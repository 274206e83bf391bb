"""Orders in securities under disposition that reached the day's limits without the money or securities collected before."""

from chahe.controls.linked import Event, Family, Linked, Node, Role
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.disposition_securities import table as disposition_securities
from chahe.evidence.orders import table as orders
from chahe.evidence.prepayments import table as prepayments
from chahe.evidence.securities import table as securities
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import DISPOSITION_PREPAID, ORDER_HOST_CHECKS
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# The day's file may stand beside a list of announcements: where both speak of a security the lower limit and the higher
# percentage hold. A limit of nought is none; where a row has both and both are nought, every order is due. Few securities are
# ever under measures, so orders in others are not looked at.
_RULED = """
    measures AS (
        SELECT row_id, symbol, prepay_percent, nullif(single_order_limit_lots, 0) AS single_lots,
               nullif(cumulative_limit_lots, 0) AS cumulative_lots, single_order_limit_lots + cumulative_limit_lots AS stated,
               coalesce(begins_on, DATE '1900-01-01') AS begins_on, coalesce(ends_on, DATE '9999-12-31') AS ends_on
        FROM disposition_securities
        WHERE prepay_percent > 0 OR (prepay_percent IS NULL AND measure <> 'none')
    ),
    sent AS (
        SELECT o.row_id, o.leg, o.order_id, o.event, o.account, o.symbol, o.side, o.order_type, o.price, o.quantity, o.order_category,
               o.happened_on, coalesce(o.sent_at_us, o.logged_at_us) AS at_us
        FROM orders o JOIN (SELECT symbol FROM measures GROUP BY symbol) m ON m.symbol = o.symbol
        WHERE (o.leg = 'exchange' OR o.leg IS NULL)
          AND (o.logged_at_us IS NULL OR (o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us))
    ),
    traded AS (SELECT symbol, happened_on FROM sent GROUP BY symbol, happened_on),
    ruled AS (
        SELECT t.symbol, t.happened_on, max(m.prepay_percent) AS percent, min(m.single_lots) AS single_lots,
               min(m.cumulative_lots) AS cumulative_lots, count(m.stated) AS stated, max(m.row_id) AS measure_row
        FROM traded t JOIN measures m ON m.symbol = t.symbol
        WHERE t.happened_on IS NULL OR (t.happened_on >= m.begins_on AND t.happened_on <= m.ends_on)
        GROUP BY t.symbol, t.happened_on
    )
"""
# All accounts of a customer count together. Orders that close a margin position need nothing collected and count for nothing,
# so they run in a lane of their own.
_COUNTED = """
    limits AS (SELECT symbol, trading_day, max(limit_up) AS limit_up FROM securities GROUP BY symbol, trading_day),
    judged AS (
        SELECT s.*, r.percent, r.single_lots, r.cumulative_lots, r.stated, r.measure_row,
               coalesce(a.customer_id, s.account) AS customer, a.account IS NULL AS unlisted,
               CASE WHEN s.order_type = 'market' THEN l.limit_up ELSE s.price END AS worth,
               CASE WHEN s.event <> 'new' THEN 'not_new'
                    WHEN (s.side = 'sell' AND s.order_category IN ('margin_broker', 'margin_finance_company'))
                      OR (s.side = 'buy' AND s.order_category IN ('short_broker', 'short_finance_company')) THEN 'closing'
                    WHEN s.order_category IN ('margin_broker', 'margin_finance_company', 'short_broker', 'short_finance_company')
                    THEN 'on_credit' ELSE 'plain' END AS manner
        FROM sent s
        JOIN ruled r ON r.symbol = s.symbol AND r.happened_on IS NOT DISTINCT FROM s.happened_on
        LEFT JOIN trading_accounts a ON a.account = s.account
        LEFT JOIN limits l ON l.symbol = s.symbol AND l.trading_day = s.happened_on
    ),
    lanes AS (
        SELECT j.*, CASE WHEN manner IN ('plain', 'on_credit')
                         THEN customer || ' ' || symbol || ' ' || CAST(happened_on AS VARCHAR) END AS lane
        FROM judged j
    ),
    placed AS (SELECT l.*, row_number() OVER (PARTITION BY lane ORDER BY at_us, row_id) AS place FROM lanes l),
    running AS (
        SELECT p.*, sum(quantity) OVER so_far AS day_quantity,
               count(CASE WHEN quantity >= single_lots * :unit_shares THEN row_id END) OVER so_far AS single_reached,
               sum(CASE WHEN side = 'buy' THEN CAST(worth * quantity AS DECIMAL(24, 4)) ELSE 0 END) OVER so_far AS due_money,
               sum(CASE WHEN side = 'sell' THEN quantity ELSE 0 END) OVER so_far AS due_shares,
               count(CASE WHEN side = 'buy' AND worth IS NULL THEN row_id END) OVER so_far AS unpriced,
               count(CASE WHEN manner = 'on_credit' THEN row_id END) OVER so_far AS on_credit,
               count(CASE WHEN side IS NULL OR quantity IS NULL THEN row_id END) OVER so_far AS unsaid,
               count(CASE WHEN leg IS NULL THEN row_id END) OVER so_far AS unled,
               min(row_id) OVER so_far AS first_order_row
        FROM placed p
    )
""".replace("OVER so_far", "OVER (PARTITION BY lane ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)")
# Collected for the day and the security, at the latest when the order was sent. What names no time, no security or neither money
# nor shares is not known to be for it and enough, nor not to be.
_COLLECTED = """
    paid AS (
        SELECT p.row_id, coalesce(a.customer_id, p.account) AS customer, p.symbol, p.collected_at_us, p.amount, p.quantity,
               coalesce(date_diff('day', DATE '1970-01-01', p.traded_on), (p.collected_at_us + 28800000000) // 86400000000) AS day
        FROM prepayments p LEFT JOIN trading_accounts a ON a.account = p.account
    ),
    matched AS (
        SELECT r.row_id, p.row_id AS paid_row, p.amount, p.quantity,
               CASE WHEN p.symbol IS NULL OR p.collected_at_us IS NULL THEN 'unsure'
                    WHEN p.collected_at_us > r.at_us THEN 'after'
                    WHEN coalesce(p.amount, p.quantity) IS NULL THEN 'unsure' ELSE 'before' END AS timing
        FROM running r
        JOIN paid p ON p.customer = r.customer
        WHERE (p.symbol = r.symbol OR p.symbol IS NULL)
          AND (p.day = date_diff('day', DATE '1970-01-01', r.happened_on) OR p.day IS NULL)
    ),
    collected AS (
        SELECT row_id, sum(CASE WHEN timing = 'before' THEN amount END) AS money,
               sum(CASE WHEN timing = 'before' THEN quantity END) AS shares,
               count(CASE WHEN timing = 'unsure' THEN row_id END) AS unsure,
               count(CASE WHEN timing = 'before' THEN row_id END) AS in_time,
               count(CASE WHEN timing = 'after' THEN row_id END) AS too_late, max(paid_row) AS paid_row
        FROM matched GROUP BY row_id
    )
"""
# A day is known by the exchange's file of that day, or by a list of announcements that reaches over it.
_UNKNOWN_DAYS = """
    days AS (
        SELECT happened_on FROM orders
        WHERE (leg = 'exchange' OR leg IS NULL) AND happened_on >= :from AND happened_on <= :until
        GROUP BY happened_on
    ),
    listed AS (
        SELECT d.happened_on
        FROM days d JOIN disposition_securities m ON m.begins_on <= d.happened_on AND m.ends_on > m.begins_on
        WHERE date_diff('day', DATE '1970-01-01', d.happened_on) <= (m.observed_at_us + 28800000000) // 86400000000
        GROUP BY d.happened_on
    ),
    filed AS (
        SELECT day AS filed_on
        FROM (SELECT trading_day AS day FROM securities
              UNION ALL
              SELECT begins_on FROM disposition_securities WHERE ends_on = begins_on) f
        GROUP BY day
    ),
    unknown_days AS (
        SELECT d.happened_on
        FROM days d
        LEFT JOIN filed f ON f.filed_on = d.happened_on
        LEFT JOIN listed i ON i.happened_on = d.happened_on
        WHERE f.filed_on IS NULL AND i.happened_on IS NULL
    )
"""

control = Control(
    id="disposition-prepayment-missing",
    title=Text("處置有價證券未預收款券", "Disposition securities ordered without prepayment"),
    question=Text(
        "處置有價證券的委託單筆或當日累積達公告數量時，當日已委託的買賣，是否在送出前收足價金或證券？",
        "Once an order in a security under disposition, or the day's orders, reached the announced quantity, were the money or securities of all orders so far that day collected before it was sent?",
    ),
    cites=(DISPOSITION_PREPAID, ORDER_HOST_CHECKS),
    deck=("業務-4",),
    needs=(
        Need(table=orders, whole=True, told=("symbol",)),
        Need(table=disposition_securities),
        Need(table=prepayments, excuses=True),
        Need(table=trading_accounts),
        Need(table=securities, optional=True),
    ),
    parameters={
        "unit_shares": Parameter(
            1000,
            Unit.COUNT,
            Stricter.LOWER,
            Text("一交易單位為一千股", "a trading unit is a thousand shares"),
            Sureness.RULE,
        ),
    },
    blind_spots=(
        Text(
            "數量、成數取自當日的 T30 檔或處置公告清單；只有成數的變更交易證券也在內，檔案沒有成數的不在內。",
            "Quantities and percentages are those of the day's T30 or the list of announcements; securities under altered trading are included where the file gives a percentage, else not.",
        ),
        Text(
            "買賣合併累積，同一客戶各帳戶合併；刪單、減量不扣回，改單不另計。",
            "Buys and sells count together, as do a customer's accounts; cancellations and reductions give nothing back, and replacements count no further.",
        ),
        Text(
            "應收價金以委託價計，市價委託以漲停價計；公司以漲停價加手續費收取的作法較此為高，不以此論。",
            "Money due is worked out at the order's price, of market orders at the limit-up price; a firm that collects at limit-up and adds the fee asks for more than that.",
        ),
        Text(
            "信用交易以全額衡量，未達全額者列為無法判斷；法人保管機構等得免預收者不在清冊上看得出來。",
            "Orders on margin are weighed by the whole amount, and left undecided below it; institutions that need not prepay are not told apart.",
        ),
        Text(
            "公告清單載入後，視為涵蓋其最早處置日至載入日之間的每一天；同一日有數筆處置資料時，各項取其最嚴者，空白不計。沒有證券代號的委託由 order-record-incomplete 查核。",
            "A list of announcements is taken to hold every day from its first disposition to the day it was observed; of several words for one day the strictest of each value counts, blanks none. Orders without a security are for order-record-incomplete.",
        ),
    ),
    frame=Text(
        "查核期間送往交易所、當日須預收款券之證券的每一筆委託，以及沒有處置資料的每一個委託日",
        "every order of the period sent to the exchange in a security with prepayment that day, and every day with orders but no word of measures",
    ),
    population=f"""
        WITH {_RULED}, {_COUNTED}, {_COLLECTED}, {_UNKNOWN_DAYS}
        SELECT r.happened_on AS traded_on, r.account, r.symbol, r.order_id, r.side, r.quantity, r.percent, r.single_lots,
               r.cumulative_lots, r.day_quantity, r.due_money, r.due_shares, coalesce(c.money, 0) AS paid_money,
               coalesce(c.shares, 0) AS paid_shares, r.row_id AS order_row, r.measure_row, c.paid_row, r.first_order_row,
               CASE WHEN r.manner IN ('not_new', 'closing') THEN r.manner END AS excluded_because,
               CASE WHEN r.happened_on IS NULL THEN 'no_time'
                    WHEN r.leg IS NULL THEN 'no_leg'
                    WHEN r.unsaid > 0 OR r.account IS NULL THEN 'no_fields'
                    WHEN r.percent IS NULL THEN 'no_percent'
                    WHEN r.stated = 0 THEN 'no_limits'
                    WHEN r.single_reached > 0 OR r.day_quantity >= r.cumulative_lots * :unit_shares
                      OR coalesce(r.single_lots, r.cumulative_lots) IS NULL
                    THEN CASE WHEN r.unpriced > 0 THEN 'no_price'
                              WHEN coalesce(c.money, 0) * 100 >= r.due_money * r.percent
                               AND coalesce(c.shares, 0) * 100 >= r.due_shares * r.percent THEN 'good'
                              WHEN c.unsure > 0 THEN 'unsure'
                              WHEN r.on_credit > 0 AND c.in_time > 0 THEN 'on_credit'
                              WHEN r.unled > 0 THEN 'no_leg'
                              WHEN c.too_late > 0 THEN 'late'
                              WHEN c.in_time > 0 THEN 'short'
                              ELSE 'none' END
                    WHEN r.unlisted THEN 'unlisted' END AS state
        FROM running r LEFT JOIN collected c ON c.row_id = r.row_id
        UNION ALL
        SELECT u.happened_on, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
               NULL, NULL, 'no_file'
        FROM unknown_days u
    """,
    exclusions={
        "not_new": Text("改單與刪單", "replacements and cancellations"),
        "closing": Text("了結信用部位的委託", "orders that close a margin position"),
    },
    exceptions="""
        SELECT p.traded_on, p.account, p.symbol, p.order_id, p.side, p.quantity, p.percent, p.single_lots, p.cumulative_lots,
               p.day_quantity, p.due_money, p.due_shares, p.paid_money, p.paid_shares, p.state AS defect,
               p.order_row, p.measure_row, p.paid_row, p.first_order_row
        FROM population p WHERE p.state IN ('none', 'late', 'short')
    """,
    undetermined="""
        SELECT p.traded_on, p.account, p.symbol, p.order_id, p.state AS why
        FROM population p
        WHERE p.state IN ('no_time', 'no_leg', 'no_fields', 'no_percent', 'no_limits', 'unlisted', 'no_price', 'unsure',
                          'on_credit', 'no_file')
    """,
    unclear={
        "no_time": Text("委託紀錄沒有時間", "the order's record has no time"),
        "no_leg": Text(
            "這筆或當日先前的紀錄沒有說明是否送往交易所，請在來源設定連線的方向",
            "the record, or one before it that day, does not say whether it was sent to the exchange; set the direction of the session in the source",
        ),
        "no_fields": Text(
            "當日這筆或先前的委託沒有帳號、買賣別或數量，無法累積",
            "this order or one before it that day lacks account, side or quantity, so they cannot be added up",
        ),
        "no_percent": Text("處置資料沒有預收成數", "the measures give no percentage to collect"),
        "no_limits": Text(
            "處置資料沒有單筆及多筆委託限制", "the measures give no limits for one order and for the day"
        ),
        "unlisted": Text(
            "帳號不在證券帳戶清冊，無法與客戶其他帳戶合併",
            "the account is not on the list of accounts, so the customer's others cannot be added",
        ),
        "no_price": Text(
            "當日這筆或先前的買進委託沒有價格，或為市價而不知當日漲停價",
            "this buy or one before it that day has no price, or is at market and the day's limit-up price is not known",
        ),
        "unsure": Text(
            "有預收紀錄，但沒有證券代號、收取時間，或金額與股數皆空白，無法確認是否為此委託先行收足",
            "something was collected, but its record names no security, no time, or neither money nor shares",
        ),
        "on_credit": Text(
            "信用交易應收的自備款或保證金無法由處置資料算出，所收未達全額",
            "how much an order on margin must bring cannot be told from the measures, and less than the whole was collected",
        ),
        "no_file": Text(
            "當日沒有 T30 檔，也沒有涵蓋當日的處置公告清單",
            "there is neither T30 of that day nor a list of announcements that reaches over it",
        ),
    },
    key=("traded_on", "account", "symbol", "order_id"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{traded_on:date} 帳號 {account} 委託 {order_id}（{symbol} {side:choice} {quantity} 股）：處置限制單筆 {single_lots} 張、累積 {cumulative_lots} 張，當日累積 {day_quantity} 股；{defect:word}（應收 {percent}%：價金 {due_money:money} 元、證券 {due_shares} 股；送出前已收 {paid_money:money} 元、{paid_shares} 股）",
        "{traded_on:date}, account {account}, order {order_id} ({symbol} {side:choice} {quantity} shares): limits are {single_lots} units an order and {cumulative_lots} a day, {day_quantity} shares were ordered so far; {defect:word} (due {percent}%: NT${due_money:money} and {due_shares} shares; collected before it was sent: NT${paid_money:money} and {paid_shares} shares)",
    ),
    words={
        "none": Text("沒有預收款券", "nothing was collected"),
        "late": Text("送出之後才收足或收取", "collected only after it was sent"),
        "short": Text("預收不足", "too little was collected"),
    },
    remedy=Text(
        "委託主機應依當日 T30 檔的數量與成數，合併客戶各帳戶當日委託，未收足款券者不予送出；已送出的委託補收款券，並查明放行的人員與原因。",
        "Let the order host add up the customer's orders of the day over all accounts against the day's T30, and hold back what is not covered; collect for the orders already sent, and find out who released them and why.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ORDERS,
        nodes=(Node(column="account", role=Role.ACCOUNT),),
        events=(
            Event(
                column="traded_on",
                what=Text("委託處置證券", "order in a security under disposition"),
                rows=(
                    "order_row",
                    "measure_row",
                ),
            ),
        ),
        money=("due_money",),
        confidence=100,
    ),
)
