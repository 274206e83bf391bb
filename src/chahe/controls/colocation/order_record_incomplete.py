"""Orders whose record lacks a field, slip numbers with gaps or repeats, and days whose record nobody signed."""

from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.daily_signoffs import table as daily_signoffs
from chahe.evidence.orders import table as orders
from chahe.rules.citations import ELECTRONIC_ORDER_FIELDS, ELECTRONIC_ORDER_RECORDED, ORDER_RECORDS_MADE_AND_KEPT
from chahe.wording import Text

# One order has a record in several places (the customer's message, the order book, the line to the exchange): a field that one
# of them holds is on record. Customers number their own messages, so an account parts orders of one number.
_ORDERS = """
    legs AS (
        SELECT o.row_id, o.happened_on, o.order_id, o.symbol, o.side, o.quantity, o.price, o.order_type, o.time_in_force,
               o.order_category, o.channel, o.handler_id, o.client_address, o.signature, o.caller_number, o.slip_number,
               o.broker_id, coalesce(o.received_at_us, CASE WHEN o.leg = 'customer' THEN o.logged_at_us END) AS ordered_us,
               coalesce(o.account, max(o.account) OVER (PARTITION BY o.happened_on, o.order_id)) AS account
        FROM orders o
        WHERE o.event = 'new' AND (o.logged_at_us IS NULL OR (o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us))
    ),
    whole AS (
        SELECT happened_on, order_id, account, max(symbol) AS symbol, max(side) AS side, max(quantity) AS quantity,
               max(price) AS price, max(order_type) AS order_type, max(time_in_force) AS time_in_force,
               max(order_category) AS order_category, max(channel) AS channel, max(handler_id) AS handler_id,
               max(client_address) AS client_address, max(signature) AS signature, max(caller_number) AS caller_number,
               max(slip_number) AS slip_number, max(broker_id) AS broker_id, min(ordered_us) AS ordered_us,
               min(row_id) AS first_row, max(row_id) AS last_row
        FROM legs GROUP BY happened_on, order_id, account
    ),
    checked AS (
        SELECT w.*, price IS NULL AND coalesce(order_type, 'limit') = 'limit' AS no_price,
               channel IN ('internet', 'api') AND client_address IS NULL AS no_address,
               channel IN ('internet', 'api') AND signature IS NULL AS no_signature,
               channel = 'voice' AND caller_number IS NULL AS no_caller
        FROM whole w
    ),
    filled AS (
        SELECT w.*,
               CASE WHEN account IS NULL THEN '、帳號' ELSE '' END
               || CASE WHEN ordered_us IS NULL THEN '、委託時間' ELSE '' END
               || CASE WHEN symbol IS NULL THEN '、證券' ELSE '' END
               || CASE WHEN side IS NULL THEN '、買賣別' ELSE '' END
               || CASE WHEN quantity IS NULL THEN '、數量' ELSE '' END
               || CASE WHEN no_price THEN '、價格' ELSE '' END
               || CASE WHEN order_type IS NULL THEN '、價格別' ELSE '' END
               || CASE WHEN order_category IS NULL THEN '、交易類別' ELSE '' END
               || CASE WHEN time_in_force IS NULL THEN '、有效期間' ELSE '' END
               || CASE WHEN handler_id IS NULL THEN '、經辦人' ELSE '' END
               || CASE WHEN slip_number IS NULL THEN '、委託書編號' ELSE '' END
               || CASE WHEN channel IS NULL THEN '、委託方式' ELSE '' END
               || CASE WHEN no_address THEN '、IP 位址' ELSE '' END
               || CASE WHEN no_signature THEN '、電子簽章' ELSE '' END
               || CASE WHEN no_caller THEN '、來電號碼' ELSE '' END AS lacks_zh,
               CASE WHEN account IS NULL THEN ', account' ELSE '' END
               || CASE WHEN ordered_us IS NULL THEN ', time of the order' ELSE '' END
               || CASE WHEN symbol IS NULL THEN ', security' ELSE '' END
               || CASE WHEN side IS NULL THEN ', side' ELSE '' END
               || CASE WHEN quantity IS NULL THEN ', quantity' ELSE '' END
               || CASE WHEN no_price THEN ', price' ELSE '' END
               || CASE WHEN order_type IS NULL THEN ', kind of price' ELSE '' END
               || CASE WHEN order_category IS NULL THEN ', category' ELSE '' END
               || CASE WHEN time_in_force IS NULL THEN ', validity' ELSE '' END
               || CASE WHEN handler_id IS NULL THEN ', handler' ELSE '' END
               || CASE WHEN slip_number IS NULL THEN ', slip number' ELSE '' END
               || CASE WHEN channel IS NULL THEN ', channel' ELSE '' END
               || CASE WHEN no_address THEN ', IP address' ELSE '' END
               || CASE WHEN no_signature THEN ', signature' ELSE '' END
               || CASE WHEN no_caller THEN ', caller number' ELSE '' END AS lacks_en
        FROM checked w
    )
"""
# A slip number is a letter and four digits; where it is written otherwise no gap can be told.
_NUMBERS = """
    numbered AS (
        SELECT happened_on, coalesce(broker_id || ' ', '') || substr(slip_number, 1, 1) AS series, slip_number,
               TRY_CAST(substr(slip_number, 2) AS BIGINT) AS number, first_row
        FROM whole WHERE slip_number IS NOT NULL
    ),
    series AS (
        SELECT happened_on, series, count(*) AS orders, count(DISTINCT slip_number) AS slips,
               max(number) - min(number) + 1 AS due, count(DISTINCT number) AS numbers,
               min(first_row) AS first_row, max(first_row) AS last_row, min(slip_number) AS lowest, max(slip_number) AS highest
        FROM numbered GROUP BY happened_on, series
    ),
    told AS (
        SELECT s.*, coalesce(due > numbers, FALSE) AS gaps, orders > slips AS repeats FROM series s
    )
"""
_DAYS = """
    days AS (
        SELECT happened_on, min(row_id) AS first_row FROM legs WHERE happened_on IS NOT NULL GROUP BY happened_on
    ),
    signed AS (
        SELECT d.happened_on, min(d.first_row) AS first_row, min(s.row_id) AS last_row, count(s.row_id) AS records,
               sum(CASE WHEN trim(s.handler) <> '' AND trim(s.manager) <> '' THEN 0 ELSE 1 END) AS unsigned,
               sum(CASE WHEN trim(s.handler) = trim(s.manager) THEN 1 ELSE 0 END) AS same,
               sum(CASE WHEN s.signed_on >= d.happened_on AND s.signed_on <= :as_of THEN 0 ELSE 1 END) AS early
        FROM days d LEFT JOIN daily_signoffs s ON s.record_on = d.happened_on
        GROUP BY d.happened_on
    ),
    states AS (
        SELECT s.*, CASE WHEN records = 0 THEN 1 WHEN unsigned > 0 THEN 2 WHEN same > 0 THEN 3 WHEN early > 0 THEN 4 END AS state
        FROM signed s
    )
"""

control = Control(
    id="order-record-incomplete",
    title=Text("委託紀錄不完整", "Order record incomplete"),
    question=Text(
        "每一筆委託的紀錄是否載明應記載的事項、委託書編號連續不重複，且每日委託紀錄由經辦與部門主管簽章？",
        "Does the record of every order hold what it must, do slip numbers run without gap or repeat, and is each day's record signed by handler and head of department?",
    ),
    cites=(ELECTRONIC_ORDER_FIELDS, ELECTRONIC_ORDER_RECORDED, ORDER_RECORDS_MADE_AND_KEPT),
    deck=("共置-發現一", "資安案一-3"),
    needs=(Need(table=orders, excuses=True, whole=True), Need(table=daily_signoffs, excuses=True)),
    blind_spots=(
        Text(
            "欄位只看有無，不看是否真實；傳送序號不在查核之列，接收與送出的先後由 receipt-time-missing 查核。",
            "A field is only seen to be filled, not to be true. The serial number of the sending is not examined; the order of receipt and sending is for receipt-time-missing.",
        ),
        Text(
            "同一日、同一委託編號、同一帳號的各筆紀錄視為同一筆委託，任一筆有載即為有載；同一客戶當日重複使用編號時會合在一起。",
            "Records of one day, number and account are taken for one order, and a field that one of them holds is on record; numbers a customer uses twice a day fall together.",
        ),
        Text(
            "委託書號非一碼加數字者看不出跳號；當日第一號之前、最後一號之後的缺號看不出來。",
            "Of slip numbers that are not one sign and digits no gap is told, nor of numbers before the first or after the last of a day.",
        ),
        Text(
            "只看簽章表所載，不看簽名是否真實，也不看補簽了多久。",
            "Only the list of signatures is seen: not whether they are genuine, nor how late they were given.",
        ),
    ),
    frame=Text(
        "查核期間的每一筆新委託、每日每一組委託書號，以及有委託的每一個營業日",
        "every new order of the period, every day's series of slip numbers, and every day with orders",
    ),
    population=f"""
        WITH {_ORDERS}, {_NUMBERS}, {_DAYS}
        SELECT happened_on AS record_on, 'order' AS subject_kind, order_id AS subject, account,
               CASE WHEN lacks_zh <> '' THEN '缺' || substr(lacks_zh, 2) END AS defect_zh,
               CASE WHEN lacks_en <> '' THEN 'lacks ' || substr(lacks_en, 3) END AS defect_en,
               first_row, last_row
        FROM filled
        UNION ALL
        SELECT happened_on, 'numbers', series, CAST(NULL AS VARCHAR),
               CASE WHEN gaps AND repeats THEN '跳號且重號' WHEN gaps THEN '跳號' WHEN repeats THEN '重號' END
               || '：' || lowest || ' 至 ' || highest || ' 應有 ' || CAST(due AS VARCHAR) || ' 號，有 ' || CAST(slips AS VARCHAR)
               || ' 號、' || CAST(orders AS VARCHAR) || ' 筆委託',
               CASE WHEN gaps AND repeats THEN 'gaps and repeats' WHEN gaps THEN 'gaps' WHEN repeats THEN 'repeats' END
               || ': of ' || CAST(due AS VARCHAR) || ' numbers from ' || lowest || ' to ' || highest || ' there are '
               || CAST(slips AS VARCHAR) || ', on ' || CAST(orders AS VARCHAR) || ' orders',
               first_row, last_row
        FROM told
        UNION ALL
        SELECT happened_on, 'day', CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
               CASE state WHEN 1 THEN '沒有簽章紀錄' WHEN 2 THEN '缺經辦或主管簽章' WHEN 3 THEN '經辦與主管為同一人'
                          WHEN 4 THEN '簽章日早於當日或晚於基準日' END,
               CASE state WHEN 1 THEN 'no signatures on record' WHEN 2 THEN 'handler or manager did not sign'
                          WHEN 3 THEN 'handler and manager are one person'
                          WHEN 4 THEN 'signed before the day, or after the as-of day' END,
               first_row, last_row
        FROM states
    """,
    exceptions="""
        SELECT p.record_on, p.subject_kind, p.subject, p.account, p.defect_zh, p.defect_en, p.first_row, p.last_row
        FROM population p WHERE p.defect_zh IS NOT NULL
    """,
    key=("record_on", "subject_kind", "subject", "account"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "{record_on:date} {subject_kind:word} {subject}（帳號 {account}）：{defect_zh}",
        "{record_on:date}, {subject_kind:word} {subject} (account {account}): {defect_en}",
    ),
    words={
        "order": Text("委託", "order"),
        "numbers": Text("委託書號", "slip numbers"),
        "day": Text("當日委託紀錄", "the day's record"),
    },
    remedy=Text(
        "由接單與委託系統的原始紀錄補齊缺漏欄位並註記補登人與時間；查明跳號、重號的原因並留存說明；每日列印委託紀錄，由經辦與部門主管當日簽章。",
        "Fill in what is missing from the raw records of the gateway and the order system, noting who did so and when; find out why numbers are missing or repeated and keep the explanation; print each day's record and have handler and head of department sign it that day.",
    ),
    margin=None,
)
