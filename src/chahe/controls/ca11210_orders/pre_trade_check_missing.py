"""Orders sent to the exchange that no passed risk check covers."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Trait
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.orders import table as orders
from chahe.evidence.risk_checks import table as risk_checks
from chahe.rules.citations import ORDER_HOST_CHECKS
from chahe.wording import Text

_AT = "coalesce(o.sent_at_us, o.logged_at_us)"
_DAY = f"coalesce(({_AT} + 28800000000) // 86400000000, 0)"
_SENT = """(o.leg = 'exchange' OR o.leg IS NULL)
              AND (o.logged_at_us IS NULL OR (o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us))"""
# Nearly every order has nothing but checks that agree with it and were passed in time. The numbers of a day for which that is
# not so are `open`, and looked at check by check. Orders are read anew each time: to keep all of them takes longer.
_OPEN = f"""
        open AS (
            SELECT DISTINCT o.order_id, {_DAY} AS day
            FROM orders o LEFT JOIN risk_checks c ON c.order_id = o.order_id AND (c.checked_at_us + 28800000000) // 86400000000 = {_DAY}
            WHERE {_SENT}
              AND o.event <> 'cancel'
              AND NOT coalesce(o.leg = 'exchange' AND c.result = 'passed' AND c.checked_at_us < {_AT} AND c.account = o.account
                               AND c.symbol = o.symbol AND c.side = o.side AND c.quantity = o.quantity
                               AND c.price IS NOT DISTINCT FROM o.price, FALSE)
        ),
        dated AS (
            SELECT o.row_id, o.session, o.leg, o.order_id, o.event, o.account, o.symbol, o.side, o.price, o.quantity, {_AT} AS at_us, n.day
            FROM orders o JOIN open n ON n.order_id = o.order_id AND n.day = {_DAY}
            WHERE {_SENT}
        )
"""

control = Control(
    id="pre-trade-check-missing",
    title=Text("委託未經風控檢核即送出", "Order sent without a passed risk check"),
    question=Text(
        "每一筆送往交易所的新單與改單，送出前是否都有帳號、證券、買賣別、價格與數量相同且通過的檢核？",
        "Did every new order and replacement pass a check of the same account, security, side, price and quantity before it was sent to the exchange?",
    ),
    cites=(ORDER_HOST_CHECKS,),
    deck=("資安案一-摘要",),
    needs=(
        Need(table=orders, whole=True),
        Need(table=risk_checks, excuses=True, whole=True),
    ),
    blind_spots=(
        Text(
            "檢核紀錄的內容是否屬實（額度是否算對）由 order-over-limit 重新計算，這裡只看有無通過。",
            "Whether a check was right is recomputed by order-over-limit; here only that it was passed is seen.",
        ),
        Text(
            "一次檢核涵蓋多筆委託（整籃檢核）時，須逐筆載明委託編號。",
            "Where one check covers many orders (a basket) it must name each of them.",
        ),
        Text(
            "整日沒有任何檢核紀錄，看不出是未檢核還是未載入，列為資料缺日，不逐筆列出。",
            "A day without any check at all may be unchecked or unloaded; it is shown as a hole in the evidence, not order by order.",
        ),
        Text(
            "兩部主機時鐘的誤差不作扣除。",
            "Differences between the clocks of two machines are not allowed for.",
        ),
    ),
    frame=Text(
        "查核期間委託紀錄中，每一筆送往交易所的委託",
        "every order sent to the exchange on record in the period",
    ),
    # An order id starts again every day and limits are by day, so a check of another day says nothing. The newest check before
    # the sending decides: one that failed after one that passed has not been passed. A null on one side alone is no difference
    # that anyone could name, and no agreement either: such a check, where it is the newest and says otherwise, leaves it open.
    population=f"""
        WITH {_OPEN},
        compared AS (
            SELECT s.row_id, s.at_us, c.checked_at_us, c.result, c.row_id AS check_row,
                   CASE WHEN c.account <> s.account OR c.symbol <> s.symbol OR c.side <> s.side
                          OR c.price <> s.price OR c.quantity <> s.quantity THEN 'differs'
                        WHEN c.account IS NOT DISTINCT FROM s.account AND c.symbol IS NOT DISTINCT FROM s.symbol
                         AND c.side IS NOT DISTINCT FROM s.side AND c.price IS NOT DISTINCT FROM s.price
                         AND c.quantity IS NOT DISTINCT FROM s.quantity THEN 'same'
                        ELSE 'unsure' END AS likeness
            FROM dated s JOIN risk_checks c ON c.order_id = s.order_id AND (c.checked_at_us + 28800000000) // 86400000000 = s.day
        ),
        sorted AS (
            SELECT row_id, checked_at_us, check_row,
                   CASE WHEN result = 'passed' AND checked_at_us < at_us THEN likeness
                        WHEN result = 'passed' AND likeness = 'same' THEN 'late'
                        WHEN checked_at_us < at_us THEN 'failed ' || likeness END AS sort
            FROM compared
        ),
        summed AS (
            SELECT row_id, max(CASE WHEN sort = 'same' THEN checked_at_us END) AS passed_us,
                   max(CASE WHEN sort = 'failed same' THEN checked_at_us END) AS failed_us,
                   max(CASE WHEN sort = 'unsure' THEN checked_at_us END) AS perhaps_passed_us,
                   max(CASE WHEN sort = 'failed unsure' THEN checked_at_us END) AS perhaps_failed_us,
                   max(CASE WHEN sort = 'failed same' THEN check_row END) AS failed_row,
                   min(CASE WHEN sort = 'late' THEN check_row END) AS late_row,
                   min(CASE WHEN sort = 'differs' THEN check_row END) AS differs_row
            FROM sorted GROUP BY row_id
        )
        SELECT s.session, s.order_id, s.event, s.at_us AS sent_at_us, s.account, s.symbol, s.side, s.price, s.quantity, s.row_id,
               u.failed_row, u.late_row, u.differs_row, CASE WHEN s.event = 'cancel' THEN 'cancel' END AS excluded_because,
               CASE WHEN s.leg IS NULL THEN 'no_leg'
                    WHEN s.at_us IS NULL THEN 'no_sending'
                    WHEN u.passed_us > coalesce(u.failed_us, 0)
                    THEN CASE WHEN u.perhaps_failed_us >= u.passed_us THEN 'unsure' ELSE 'good' END
                    WHEN u.failed_us >= coalesce(u.perhaps_passed_us, 0) THEN 'failed'
                    WHEN u.perhaps_passed_us IS NOT NULL THEN 'unsure'
                    WHEN u.late_row IS NOT NULL THEN 'late'
                    WHEN u.differs_row IS NOT NULL THEN 'differs'
                    ELSE 'none' END AS state
        FROM dated s LEFT JOIN summed u ON u.row_id = s.row_id
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
               CASE WHEN o.event = 'cancel' THEN 'cancel' END, 'good'
        FROM orders o LEFT JOIN open n ON n.order_id = o.order_id AND n.day = {_DAY}
        WHERE n.order_id IS NULL AND {_SENT}
    """,
    exclusions={"cancel": Text("刪單不需檢核", "cancellations need no check")},
    exceptions="""
        SELECT p.session, p.order_id, p.event, p.sent_at_us, p.account, p.symbol, p.side, p.price, p.quantity,
               p.state AS defect, p.row_id AS order_row,
               CASE p.state WHEN 'failed' THEN p.failed_row WHEN 'late' THEN p.late_row
                            WHEN 'differs' THEN p.differs_row END AS check_row
        FROM population p WHERE p.state IN ('failed', 'late', 'differs', 'none')
    """,
    undetermined="""
        SELECT p.session, p.order_id, p.event, p.sent_at_us, p.state AS why
        FROM population p WHERE p.state IN ('no_leg', 'no_sending', 'unsure')
    """,
    unclear={
        "no_leg": Text(
            "紀錄沒有說明是客戶至公司或公司至交易所，請在來源設定連線的方向",
            "the record does not say whether it went from the customer to the firm or on to the exchange; set the direction of the session in the source",
        ),
        "no_sending": Text(
            "委託紀錄沒有送出時間，也沒有紀錄時間",
            "the order's record has neither a time of sending nor one of its own",
        ),
        "unsure": Text(
            "有通過的檢核，但帳號、證券、買賣別、價格或數量有一方空白，無法確認相同",
            "a check was passed, but account, security, side, price or quantity is blank on one side and cannot be compared",
        ),
    },
    key=("session", "order_id", "event", "sent_at_us"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "委託 {order_id}（{event:choice}，帳號 {account}，{symbol} {side:choice} {quantity} 股，價格 {price}）於 {sent_at_us:moment} 送出，{defect:word}",
        "order {order_id} ({event:choice}, account {account}, {symbol} {side:choice} {quantity} shares at {price}) was sent at {sent_at_us:moment}; {defect:word}",
    ),
    words={
        "none": Text("沒有檢核紀錄", "no check is on record"),
        "late": Text("送出時或之後才通過檢核", "its check was passed only at the sending or later"),
        "failed": Text("送出前最近一次檢核未通過", "its newest check before the sending had failed"),
        "differs": Text(
            "通過的檢核與委託的帳號、證券、買賣別、價格或數量不符",
            "the check passed was of another account, security, side, price or quantity",
        ),
    },
    remedy=Text(
        "查明委託繞過檢核的途徑並封閉；檢核未通過或內容有變的委託不得送出，改單須重新檢核。受影響的委託應補算當時額度。",
        "Find the path that went around the check and close it; send no order that failed or changed since, and check every replacement again. Work out the limits of the orders concerned as they stood then.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ORDERS,
        nodes=(Node(column="account", role=Role.ACCOUNT),),
        events=(
            Event(
                column="sent_at_us",
                what=Text("未經檢查送出委託", "order sent without its check"),
                rows=(
                    "order_row",
                    "check_row",
                ),
            ),
        ),
        confidence=100,
        traits=(Trait.UNCHECKED,),
    ),
)
