"""Sales by insiders of listed companies, and by those who count with them, that differ from what was filed for them."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Trait
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.block_pairings import table as block_pairings
from chahe.evidence.customers import table as customers
from chahe.evidence.executions import table as executions
from chahe.evidence.insider_filings import table as insider_filings
from chahe.evidence.issuer_insiders import table as issuer_insiders
from chahe.evidence.orders import table as orders
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import INSIDER_TRANSFERS, RULES_FOLLOWED_BY_STAFF, SPECIFIED_PERSON_CONFIRMED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Everything starts from the few insiders who are customers; a customer without an ID might be one of them. Whose accounts these
# are is picked out first, so that of orders and fills no others are looked at.
_SOLD = """
    insiders AS (
        SELECT i.symbol, a.account, c.national_id AS holder, coalesce(i.insider_national_id, i.national_id) AS insider,
               coalesce(i.insider_from, DATE '1900-01-01') AS from_on, coalesce(i.insider_until, DATE '9999-12-31') AS until_on,
               i.row_id AS insider_row
        FROM issuer_insiders i
        JOIN customers c ON c.national_id = i.national_id
        JOIN trading_accounts a ON a.customer_id = c.customer_id
    ),
    nameless AS (
        SELECT a.account FROM customers c JOIN trading_accounts a ON a.customer_id = c.customer_id WHERE c.national_id IS NULL
    ),
    watched AS (SELECT account FROM insiders UNION SELECT account FROM nameless),
    sold AS (
        SELECT happened_on, account, symbol, order_id, sum(last_quantity) AS quantity, max(trade_type) AS trade_type,
               min(executed_at_us) AS at_us, count(side) AS sided, max(row_id) AS fill_row
        FROM executions
        WHERE account IN (SELECT account FROM watched) AND (side = 'sell' OR side IS NULL) AND (event = 'fill' OR event IS NULL)
        GROUP BY happened_on, account, symbol, order_id
    ),
    holders AS (
        SELECT symbol, account, holder, insider, from_on, until_on, insider_row FROM insiders
        UNION ALL
        SELECT s.symbol, s.account, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), DATE '1900-01-01', DATE '9999-12-31', i.insider_row
        FROM (SELECT DISTINCT symbol, account FROM sold) s
        JOIN nameless n ON n.account = s.account
        JOIN (SELECT symbol, min(row_id) AS insider_row FROM issuer_insiders GROUP BY symbol) i ON i.symbol = s.symbol
    ),
    ordered AS (
        SELECT happened_on, account, order_id, max(trade_type) AS trade_type, max(block_matching) AS matching,
               min(CASE WHEN leg = 'exchange' THEN coalesce(sent_at_us, logged_at_us) END) AS sent_at_us, max(row_id) AS order_row
        FROM orders WHERE account IN (SELECT account FROM watched)
        GROUP BY happened_on, account, order_id
    ),
    paired AS (
        SELECT traded_on, account, order_id, max(counterparty_national_id) AS counterparty, min(confirmed_at_us) AS confirmed_at_us,
               max(row_id) AS pairing_row
        FROM block_pairings GROUP BY traded_on, account, order_id
    ),
    bought AS (
        SELECT e.symbol, e.executed_at_us, e.last_quantity, min(c.national_id) AS buyer, max(e.row_id) AS buyer_row
        FROM executions e
        JOIN trading_accounts a ON a.account = e.account
        JOIN customers c ON c.customer_id = a.customer_id
        WHERE e.side = 'buy' AND e.executed_at_us IN (SELECT at_us FROM sold)
        GROUP BY e.symbol, e.executed_at_us, e.last_quantity HAVING count(DISTINCT c.national_id) = 1
    )
"""
# Who is on the other side is what our own book shows of it, else what the check of the pairing names. Odd lots are regular
# trading. The sales of an insider and all who count with him are added up for the day's exemption, paired blocks apart.
_SALES = """
    typed AS (
        SELECT s.happened_on, s.account, s.symbol, s.order_id, s.quantity, s.at_us, s.sided, s.fill_row, h.holder, h.insider,
               h.insider_row, o.sent_at_us, o.order_row, p.confirmed_at_us, p.pairing_row, b.buyer_row,
               coalesce(b.buyer, p.counterparty) AS counterparty,
               CASE WHEN coalesce(s.trade_type, o.trade_type) <> 'block' THEN
                         CASE coalesce(s.trade_type, o.trade_type) WHEN 'fixed_price' THEN 'fixed_price'
                              WHEN 'other' THEN 'other' ELSE 'regular' END
                    WHEN coalesce(s.trade_type, o.trade_type) IS NULL THEN 'no_type'
                    WHEN coalesce(o.matching, CASE WHEN p.pairing_row IS NOT NULL THEN 'paired' END) = 'paired' THEN 'block_paired'
                    WHEN o.matching = 'single' THEN 'block_single' ELSE 'no_matching' END AS manner,
               row_number() OVER (PARTITION BY s.happened_on, s.account, s.symbol, s.order_id ORDER BY h.insider, h.insider_row) AS place
        FROM sold s
        JOIN holders h ON h.account = s.account AND h.symbol = s.symbol AND s.happened_on >= h.from_on AND s.happened_on <= h.until_on
        LEFT JOIN ordered o ON o.happened_on = s.happened_on AND o.account = s.account AND o.order_id = s.order_id
        LEFT JOIN paired p ON p.traded_on = s.happened_on AND p.account = s.account AND p.order_id = s.order_id
        LEFT JOIN bought b ON b.symbol = s.symbol AND b.executed_at_us = s.at_us AND b.last_quantity = s.quantity
    ),
    sales AS (
        SELECT t.*,
               sum(CASE WHEN manner <> 'block_paired' THEN quantity END) OVER (PARTITION BY insider, symbol, happened_on) AS day_total,
               sum(CASE WHEN manner = 'regular' THEN quantity END) OVER (PARTITION BY holder, symbol, happened_on) AS day_regular
        FROM typed t WHERE place = 1
    )
"""
# Each sale is held against each filing for the same holder and security; the later a comparison fails, the nearer the filing.
_COMPARED = """
    compared AS (
        SELECT s.*, f.row_id AS filing_row, f.filing_id, f.method, f.channel, f.received_on, f.ends_on, f.transferee_name,
               f.quantity AS filed_quantity,
               CASE WHEN f.row_id IS NULL THEN 'h unfiled'
                    WHEN f.method = 'public' OR (f.method = 'market' AND s.manner = 'block_paired') THEN 'g method'
                    WHEN f.received_on IS NULL OR (f.method = 'market' AND f.ends_on IS NULL) THEN 'b no_window'
                    WHEN s.happened_on < f.begins_on OR s.happened_on > f.ends_on OR s.happened_on < f.received_on
                      OR (f.method = 'market' AND s.happened_on < f.received_on + CAST(:wait_days AS INTEGER))
                      OR (f.method = 'specified' AND s.happened_on > f.received_on + CAST(:specified_days AS INTEGER)) THEN 'f window'
                    WHEN f.channel IS NULL THEN 'b no_channel'
                    WHEN f.channel <> s.manner THEN 'e channel'
                    WHEN s.manner = 'block_paired' AND s.counterparty <> f.transferee_national_id THEN 'd counterparty'
                    WHEN s.manner = 'block_paired' AND coalesce(s.confirmed_at_us >= coalesce(s.sent_at_us, s.at_us), TRUE)
                    THEN 'd unconfirmed'
                    WHEN s.manner = 'block_paired' AND (s.counterparty IS NULL OR f.transferee_national_id IS NULL)
                    THEN 'b no_counterparty'
                    WHEN f.method = 'market' AND s.manner = 'regular' AND f.daily_quantity IS NULL THEN 'b no_daily'
                    WHEN f.method = 'market' AND s.manner = 'regular' AND s.day_regular > f.daily_quantity THEN 'c daily'
                    WHEN f.quantity IS NULL THEN 'b no_quantity'
                    ELSE 'a fits' END AS likeness
        FROM sales s
        LEFT JOIN insider_filings f
          ON f.symbol = s.symbol AND coalesce(f.holder_national_id, f.insider_national_id) = s.holder
    ),
    used AS (
        SELECT c.*,
               sum(quantity) OVER (PARTITION BY filing_row, likeness ORDER BY happened_on, at_us, order_id
                                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS filing_used,
               sum(filed_quantity) OVER (PARTITION BY happened_on, account, symbol, order_id, likeness) AS allowed
        FROM compared c
    ),
    nearest AS (
        SELECT u.*, row_number() OVER (PARTITION BY happened_on, account, symbol, order_id
                                       ORDER BY likeness, filing_used DESC, filing_row) AS nearness
        FROM used u
    )
"""

control = Control(
    id="insider-transfer-mismatch",
    title=Text("內部人轉讓與申報不符", "Insider's sale unlike the filing"),
    question=Text(
        "上市公司內部人（併計配偶、未成年子女與利用名義者）賣出持股的方式、日期、數量與受讓人，是否都與申報相符，鉅額配對的相對人是否先經確認？",
        "Does every sale by an insider of a listed company (spouse, minor children and nominees counted) agree with the filing in manner, day, quantity and transferee, and was the other side of a paired block confirmed before?",
    ),
    cites=(INSIDER_TRANSFERS, SPECIFIED_PERSON_CONFIRMED, RULES_FOLLOWED_BY_STAFF),
    deck=("業務案三",),
    needs=(
        Need(table=executions, whole=True, told=("account", "symbol", "last_quantity")),
        Need(table=orders, whole=True, told=("leg",)),
        Need(table=issuer_insiders),
        Need(table=customers),
        Need(table=trading_accounts),
        Need(table=insider_filings, excuses=True),
        Need(table=block_pairings, excuses=True),
    ),
    parameters={
        "free_quantity": Parameter(
            10000,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "每一交易日不超過一萬股免申報（第22條之2第1項第2款）",
                "up to 10,000 shares a day need no filing (Art. 22-2(1)(2))",
            ),
            Sureness.RULE,
        ),
        "wait_days": Parameter(
            3,
            Unit.DAYS,
            Stricter.HIGHER,
            Text(
                "申報之日起三日後；以申報日後第三個日曆日為第一天，算法未經證實",
                "from three days after filing: the third calendar day after it is the first; how it is counted is not confirmed",
            ),
            Sureness.UNCONFIRMED,
        ),
        "specified_days": Parameter(
            3,
            Unit.DAYS,
            Stricter.LOWER,
            Text(
                "申報之日起三日內；申報日不計，以日曆日計，算法未經證實",
                "within three days of filing: calendar days, the day of filing not counted; how it is counted is not confirmed",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "誰是內部人、併計於誰，以清冊為準；沒有帳號的成交看不出是誰的，成交更正與取消不追蹤。",
            "Who is an insider, and who counts with whom, is what the register says; fills without an account belong to nobody, and corrections and cancellations of fills are not followed.",
        ),
        Text(
            "鉅額配對以外的交易看不到受讓人；配對相對人在他公司者以檢核表所載為準。",
            "But for paired blocks the transferee is not seen; where the other side is at another firm it is the one on the check list.",
        ),
        Text(
            "持有期間與每日比例由申報書所載每日上限代表，不重新計算；鉅額的最低數量由交易所檢核；誰打電話下單看不出來。",
            "Holding periods and daily ratios are those behind the daily quantity filed, not worked out anew; the least size of a block is for the exchange; who gave the order is not seen.",
        ),
        Text(
            "多份申報涵蓋同一筆賣出時，申報股數合併計算。",
            "Where several filings fit a sale their quantities are added.",
        ),
    ),
    frame=Text(
        "查核期間，上市公司內部人及併計之人在本公司成交的每一筆賣出委託",
        "every order of the period by which an insider of a listed company, or one who counts with him, sold through the firm",
    ),
    population=f"""
        WITH {_SOLD}, {_SALES}, {_COMPARED}
        SELECT n.happened_on AS sold_on, n.account, n.symbol, n.order_id, n.quantity, n.day_total, n.manner, n.filing_id, n.method,
               n.channel, n.received_on, n.transferee_name, n.confirmed_at_us, n.allowed, CASE WHEN n.filing_row IS NOT NULL THEN n.filing_used END AS filing_used,
               n.fill_row, n.order_row, n.insider_row, n.filing_row, n.pairing_row, n.buyer_row,
               CASE WHEN n.holder IS NULL THEN 'no_holder'
                    WHEN n.sided = 0 THEN 'no_side'
                    WHEN n.manner IN ('no_type', 'no_matching') THEN n.manner
                    WHEN n.manner <> 'block_paired' AND n.day_total <= :free_quantity THEN 'free'
                    WHEN n.likeness = 'a fits' AND n.filing_used > n.allowed THEN 'quantity'
                    ELSE substr(n.likeness, 3) END AS state
        FROM nearest n WHERE n.nearness = 1 AND n.happened_on >= :from AND n.happened_on <= :until
    """,
    exceptions="""
        SELECT p.sold_on, p.account, p.symbol, p.order_id, p.quantity, p.day_total, p.manner, p.filing_id, p.channel, p.received_on,
               p.transferee_name, p.confirmed_at_us, p.filing_used, p.allowed, p.state AS defect, p.fill_row, p.order_row,
               p.insider_row, p.filing_row, p.pairing_row, p.buyer_row
        FROM population p
        WHERE p.state IN ('unfiled', 'method', 'window', 'channel', 'counterparty', 'unconfirmed', 'daily', 'quantity')
    """,
    undetermined="""
        SELECT p.sold_on, p.account, p.symbol, p.order_id, p.state AS why
        FROM population p
        WHERE p.state IN ('no_holder', 'no_side', 'no_type', 'no_matching', 'no_window', 'no_channel', 'no_counterparty', 'no_daily',
                          'no_quantity')
    """,
    unclear={
        "no_holder": Text(
            "帳戶所有人沒有身分證字號，無法知道是否為內部人",
            "the holder has no ID on file, so whether it is an insider is unknown",
        ),
        "no_side": Text("成交紀錄沒有買賣別", "the fill does not say whether it was a purchase or a sale"),
        "no_type": Text("成交與委託紀錄都沒有交易種類", "neither fill nor order says which kind of trade it was"),
        "no_matching": Text("鉅額委託沒有說明配對或逐筆", "the block order does not say whether it was paired"),
        "no_window": Text("申報沒有申報日或轉讓期間迄日", "the filing lacks its day, or the last day of the transfer"),
        "no_channel": Text("申報沒有交易方式", "the filing does not say how the shares are to change hands"),
        "no_counterparty": Text(
            "檢核表或申報沒有相對人的身分證字號，無法比對", "the check list or the filing names no ID of the other side"
        ),
        "no_daily": Text("申報沒有盤中交易每日上限", "the filing gives no most quantity a day in regular trading"),
        "no_quantity": Text("申報沒有股數", "the filing gives no quantity"),
    },
    key=("sold_on", "account", "symbol", "order_id"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{sold_on:date} 帳號 {account} 委託 {order_id} 以{manner:word}賣出 {symbol} {quantity} 股（內部人當日合計 {day_total} 股），{defect:word}：申報 {filing_id}，{received_on:date} 收件，{channel:choice}，受讓人 {transferee_name}，確認 {confirmed_at_us:moment}，已用 {filing_used} 股、可轉讓 {allowed} 股",
        "{sold_on:date}, account {account}, order {order_id}: {quantity} shares of {symbol} sold, {manner:word} (with those who count together {day_total} that day); {defect:word}: filing {filing_id}, received {received_on:date}, {channel:choice}, transferee {transferee_name}, confirmed {confirmed_at_us:moment}, {filing_used} shares used of {allowed}",
    ),
    words={
        "unfiled": Text("沒有申報", "nothing was filed"),
        "method": Text("申報的轉讓方式不得如此賣出", "the way of transfer filed does not allow such a sale"),
        "window": Text("不在申報可轉讓的日期內", "it was not within the days of the filing"),
        "channel": Text("交易方式與申報不同", "it was not done as filed"),
        "counterparty": Text("相對人不是申報的特定人", "the other side is not the specified person filed"),
        "unconfirmed": Text(
            "送出前未確認相對人為符合規定的特定人",
            "the other side was not confirmed to be a specified person who qualifies before it was sent",
        ),
        "daily": Text("超過申報的每日上限", "more than the most filed for a day"),
        "quantity": Text("超過申報的股數", "more than the quantity filed"),
        "regular": Text("盤中交易", "in regular trading"),
        "fixed_price": Text("盤後定價", "after hours at the closing price"),
        "block_paired": Text("鉅額配對", "as a paired block"),
        "block_single": Text("鉅額逐筆", "as a block in the open"),
        "other": Text("其他方式", "in another way"),
    },
    remedy=Text(
        "受理內部人及其配偶、未成年子女賣出前，先核對申報書的方式、期間、股數與受讓人；鉅額配對應留下確認特定人的紀錄再送出。已成交者通知內部人更正申報並依規定通報。",
        "Before taking a sale of an insider, spouse or minor child hold it against the filing's manner, days, quantity and transferee; send a paired block only when the confirmation of the specified person is on record. For what was sold have the insider correct the filing, and report it as the rules say.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ORDERS,
        nodes=(Node(column="account", role=Role.ACCOUNT),),
        events=(
            Event(
                column="sold_on",
                what=Text("內部人賣出", "insider's sale"),
                rows=(
                    "fill_row",
                    "order_row",
                    "filing_row",
                ),
            ),
        ),
        confidence=100,
        traits=(Trait.TRANSFER,),
    ),
)
