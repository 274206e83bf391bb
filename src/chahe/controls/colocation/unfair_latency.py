"""Customers whose orders pass through the firm faster than others’ under like load, beyond chance."""

from chahe.controls.linked import Family, Trait
from chahe.controls.linked_staff import by_account
from chahe.controls.model import Control, Empty, Fact, Need, Severity
from chahe.evidence.latency_comparisons import table as latency_comparisons
from chahe.evidence.order_sessions import table as order_sessions
from chahe.evidence.orders import table as orders
from chahe.rules.citation import Sureness
from chahe.rules.citations import COLOCATION_RULES_OF_USE
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="unfair-latency",
    title=Text("委託處理速度不公平", "Orders of some handled faster"),
    question=Text(
        "同等負載下，是否有客戶的委託從接收到送出，系統性地快於其他客戶？",
        "Under like load, do some customer's orders pass from receipt to sending systematically faster than others'?",
    ),
    cites=(COLOCATION_RULES_OF_USE,),
    deck=("資安案一-1", "共置-發現七", "共置-稽核"),
    needs=(
        Need(table=latency_comparisons),
        Need(table=orders, excuses=True, whole=True),
        Need(table=order_sessions, optional=True),
    ),
    parameters={
        "chance": Parameter(
            1000,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "百萬分之一千（0.1%）：一次查核中誤指任一帳號的機率上限（Holm 校正後）；規範未定，是我們的預設",
                "parts per million (0.1 %): the chance that one audit accuses any account wrongly (after Holm's correction); no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "gain": Parameter(
            20,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "微秒；可容忍的內部差異，規範未定，是我們的預設（低於此者顯著也不列為缺失）",
                "microseconds: the difference inside the firm that is tolerated; no rule sets it, it is our default (below it none is an exception, however significant)",
            ),
            Sureness.UNCONFIRMED,
        ),
        "superiority": Parameter(
            520,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "千分之五百二十：較快機率低於此者，差異淹沒在常態起伏中；我們的預設",
                "per thousand: where it is quicker less often than this, the difference drowns in the ordinary; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "least": Parameter(
            30,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "可比筆數少於三十不作結論；我們的預設",
                "with fewer than thirty to be held against others' nothing is concluded; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "least_days": Parameter(
            10,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "可比日數少於十日不作結論：同一日的委託境遇相近，只算一次證據；我們的預設",
                "with fewer than ten days nothing is concluded: orders of one day fare alike and are one piece of evidence; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "小於二十微秒的差異、只在少數日子才有的優待，可能看不出來；檢力見 docs/fairness.md。",
            "Preferences of less than twenty microseconds, or given on few days only, may go unseen; docs/fairness.md states the power.",
        ),
        Text(
            "只比同一條線路上的帳號：專用一條較快線路的客戶沒有可比對象，不作結論，須另以線路與資源分配查核。",
            "Only accounts on one line are compared: a customer with a faster line to himself has nobody to be held against, and nothing is concluded; look into lines and resources.",
        ),
        Text(
            "接收與送出須由同一時鐘或已校時的時鐘記下；送出早於接收的委託不列入，由 receipt-time-missing 查核。事後填造的時間看不出來。",
            "Receipt and sending must be stamped by one clock, or clocks kept together; orders sent before they were received are left out (receipt-time-missing names them). Times made up afterwards are not seen.",
        ),
        Text(
            "客戶到公司之間的路程不在其內。委託種類與風控檢核繁簡的差異未分層；顯著者應先排除這些原因。",
            "The way from the customer to the firm is not part of it. Kinds of orders and lengths of risk checks are not told apart: rule them out first.",
        ),
    ),
    applies=Fact(
        "colocation", Text("公司沒有使用主機共置服務", "the firm does not use the exchange's co-location service")
    ),
    frame=Text(
        "查核期間有接收與送出時間的委託中，每條線路上的每一個帳號",
        "every account on every line among the orders of the period that have both times",
    ),
    population="""
        SELECT c.*, c.row_id AS comparison_row, CASE WHEN NOT l.colocated THEN 'elsewhere' END AS excluded_because,
               coalesce(c.adjusted_chance_ppm < :chance AND c.gain_us >= :gain AND c.gain_low_us > 0 AND c.superiority_permille >= :superiority, FALSE) AS favoured
        FROM latency_comparisons c LEFT JOIN order_sessions l ON l.session = c.session
    """,
    exclusions={
        "elsewhere": Text(
            "清冊上不經主機共置的線路", "lines on the list that do not run through the co-location cabinet"
        )
    },
    exceptions="""
        SELECT p.session, p.account, p.orders, p.others, p.gain_us, p.gain_low_us, p.gain_high_us, p.superiority_permille, p.days, p.adjusted_chance_ppm,
               p.own_row, p.own_receipt_row, p.other_row, p.other_receipt_row
        FROM population p WHERE p.favoured AND p.orders >= :least AND p.days >= :least_days
    """,
    undetermined="""
        SELECT p.session, p.account,
               CASE WHEN p.others = 0 THEN 'alone' WHEN p.orders < :least OR p.days < :least_days THEN 'too_few'
                    ELSE 'coarse' END AS why
        FROM population p
        WHERE p.others = 0 OR p.orders < :least OR p.days < :least_days OR (p.resolution_us > :gain AND NOT p.favoured)
    """,
    unclear={
        "alone": Text("同一線路、同等負載下沒有其他帳號可比", "no other account on the line to be held against"),
        "too_few": Text("可比的筆數或日數太少", "too few to be held against others', or on too few days"),
        "coarse": Text(
            "時戳太粗，看不出差異；請讓閘道記到微秒",
            "the time stamps are too coarse to show a difference; have the gateway stamp microseconds",
        ),
    },
    key=("session", "account"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "帳號 {account} 在 {session}：同等負載下較他人快 {gain_us} 微秒（95% 區間 {gain_low_us} 至 {gain_high_us}；較快機率千分之 {superiority_permille}；{orders} 筆對他人 {others} 筆、{days} 日；校正後 p 百萬分之 {adjusted_chance_ppm}）",
        "account {account} on {session}: quicker than others by {gain_us} µs under like load (95 % interval {gain_low_us} to {gain_high_us}; quicker {superiority_permille} times in a thousand; {orders} orders against {others} on {days} days; corrected p {adjusted_chance_ppm} per million)",
    ),
    remedy=Text(
        "比對該帳號與他人的連線、行程、優先序、風控檢核與主機資源，查明差異由來；無正當理由者取消優待，改正後重新量測，並檢討誰核准。",
        "Compare connections, processes, priorities, risk checks and servers of this account with others', and find where the difference comes from; end what has no good reason, measure again, and find out who approved it.",
    ),
    margin=None,
    linked=by_account(Family.ACCESS, traits=(Trait.FAVOURED,)),
)
