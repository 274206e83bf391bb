"""Customers whose orders are sent before earlier ones of others more often than chance allows."""

from chahe.controls.linked import Family, Trait
from chahe.controls.linked_staff import by_account
from chahe.controls.model import Control, Empty, Fact, Need, Severity
from chahe.evidence.order_sessions import table as order_sessions
from chahe.evidence.orders import table as orders
from chahe.evidence.overtakings import table as overtakings
from chahe.rules.citation import Sureness
from chahe.rules.citations import COLOCATION_RULES_OF_USE
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

control = Control(
    id="order-overtaking",
    title=Text("委託超越先到的他人委託", "Orders overtake earlier ones"),
    question=Text(
        "是否有客戶的委託，先於更早收到的他人委託送出，次數多於偶然？",
        "Are some customer's orders sent before others' that were received earlier, more often than chance allows?",
    ),
    cites=(COLOCATION_RULES_OF_USE,),
    deck=("資安案一-1", "共置-發現七", "共置-稽核"),
    needs=(
        Need(table=overtakings),
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
            10,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "千分之十：可容忍的超越比率差異，規範未定，是我們的預設",
                "per thousand: the difference in the rate of overtaking that is tolerated; no rule sets it, it is our default",
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
            "只看與前一筆（他人、尚未送出）的先後；一次越過多筆算一次。檢力見 docs/fairness.md。",
            "Only the order just before, of another and still waiting, is looked at; passing several counts once. docs/fairness.md states the power.",
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
               (c.adjusted_chance_ppm < :chance AND c.gain_permille >= :gain AND c.gain_low_permille > 0) AS favoured
        FROM overtakings c LEFT JOIN order_sessions l ON l.session = c.session
    """,
    exclusions={
        "elsewhere": Text(
            "清冊上不經主機共置的線路", "lines on the list that do not run through the co-location cabinet"
        )
    },
    exceptions="""
        SELECT p.session, p.account, p.contests, p.others, p.overtook, p.overtaken, p.gain_permille, p.gain_low_permille, p.gain_high_permille, p.days, p.adjusted_chance_ppm,
               p.own_row, p.own_receipt_row, p.other_row, p.other_receipt_row
        FROM population p WHERE p.favoured AND p.contests >= :least AND p.days >= :least_days
    """,
    undetermined="""
        SELECT p.session, p.account,
               CASE WHEN p.others = 0 THEN 'alone' WHEN p.contests < :least OR p.days < :least_days THEN 'too_few'
                    ELSE 'coarse' END AS why
        FROM population p
        WHERE p.others = 0 OR p.contests < :least OR p.days < :least_days OR (p.resolution_us > 100 AND NOT p.favoured)
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
        "帳號 {account} 在 {session}：{contests} 次中超越先到的他人委託 {overtook} 次、被超越 {overtaken} 次，比率高於他人千分之 {gain_permille}（95% 區間 {gain_low_permille} 至 {gain_high_permille}；他人 {others} 次、{days} 日；校正後 p 百萬分之 {adjusted_chance_ppm}）",
        "account {account} on {session}: overtook the order before it {overtook} times in {contests} and was overtaken {overtaken} times, {gain_permille} per thousand more often than others (95 % interval {gain_low_permille} to {gain_high_permille}; {others} of others on {days} days; corrected p {adjusted_chance_ppm} per million)",
    ),
    remedy=Text(
        "查明佇列與多工處理的順序規則，取消插隊的設定；確保同一線路先收先送，改正後重新量測，並檢討誰核准。",
        "Find out how queues and parallel workers order what they hold and end whatever lets some pass; see that a line sends first what came first, measure again, and find out who approved it.",
    ),
    margin=None,
    linked=by_account(Family.ACCESS, traits=(Trait.FAVOURED,)),
)
