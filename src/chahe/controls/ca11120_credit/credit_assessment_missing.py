"""Limits without a credit check, above the means, raised without new proof, or not looked at again although used to the brim."""

from chahe.controls.customers import PEOPLE, day_of
from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.credit_assessments import table as credit_assessments
from chahe.evidence.credit_limits import table as credit_limits
from chahe.evidence.customers import table as customers
from chahe.evidence.orders import table as orders
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import CUSTOMER_CREDIT, LIMITS_BY_PROOF, LIMITS_GRANTED_BY_MEANS, MEANS_ASSESSED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# A limit is held against the one before it of the same account or customer. It ends with its last day, or when the next begins.
_LIMITS = f"""
    dated AS (
        SELECT l.*, coalesce(p.customer_id, a.customer_id, l.customer_id, l.account) AS person,
               coalesce(l.account, '#' || coalesce(l.customer_id, l.row_id)) AS place,
               coalesce({day_of("l.valid_from_us")}, l.valid_from_on, {day_of("l.approved_at_us")}, l.approved_on) AS begins_on,
               coalesce(l.valid_from_us, l.approved_at_us, 0) AS begins_us
        FROM credit_limits l
        LEFT JOIN people p ON p.number = l.customer_id
        LEFT JOIN accounts a ON a.account = l.account
    ),
    chained AS (
        SELECT d.*, lag(d.daily_limit) OVER (PARTITION BY place ORDER BY begins_on, begins_us, row_id) AS before_limit,
               lag(d.begins_on) OVER (PARTITION BY place ORDER BY begins_on, begins_us, row_id) AS before_on,
               lag(d.row_id) OVER (PARTITION BY place ORDER BY begins_on, begins_us, row_id) AS before_row,
               lead(d.begins_on) OVER (PARTITION BY place ORDER BY begins_on, begins_us, row_id) AS next_on
        FROM dated d
    ),
    limits AS (
        SELECT c.*, coalesce(least(c.valid_until, c.next_on), c.valid_until, c.next_on, DATE '9999-12-31') AS ends_on FROM chained c
    )
"""
# The newest check of the person on the day the limit began, and the newest of all while it still holds.
_CHECKS = """
    checks AS (
        SELECT c.*, coalesce(p.customer_id, c.customer_id) AS person,
               coalesce(trim(c.identity_proof) <> '', FALSE) AND coalesce(trim(c.means_proof) <> '', FALSE) AS proved
        FROM credit_assessments c LEFT JOIN people p ON p.number = c.customer_id
        WHERE c.assessed_on <= :as_of OR c.assessed_on IS NULL
    ),
    renewed AS (
        SELECT person, max(assessed_on) AS renewed_on,
               max(CASE WHEN assessed_on IS NOT NULL THEN coalesce(valid_until, DATE '9999-12-31') END) AS good_until,
               max(CASE WHEN assessed_on IS NULL THEN 1 ELSE 0 END) AS undated
        FROM checks GROUP BY person
    ),
    matched AS (
        SELECT l.row_id, k.row_id AS check_row, k.assessed_on, k.valid_until, k.means, k.proved,
               row_number() OVER (PARTITION BY l.row_id ORDER BY k.assessed_on DESC, k.row_id) AS nth
        FROM limits l JOIN checks k ON k.person = l.person AND k.assessed_on <= l.begins_on
    ),
    account_days AS (
        SELECT o.account, o.happened_on, sum(o.price * o.quantity) AS ordered
        FROM orders o
        WHERE o.leg = 'exchange' AND o.event = 'new' AND o.happened_on BETWEEN :from AND :until
        GROUP BY o.account, o.happened_on
    ),
    day_sums AS (
        SELECT a.customer_id AS person, d.happened_on, sum(d.ordered) AS ordered
        FROM account_days d JOIN accounts a ON a.account = d.account
        WHERE coalesce(a.account_class, 'ordinary') NOT IN ('proprietary', 'error')
        GROUP BY a.customer_id, d.happened_on
    ),
    peaks AS (
        SELECT l.row_id, max(d.ordered) AS peak
        FROM limits l JOIN day_sums d ON d.person = l.person AND d.happened_on BETWEEN l.begins_on AND l.ends_on
        GROUP BY l.row_id
    )
"""

control = Control(
    id="credit-assessment-missing",
    title=Text("額度未經徵信或逾越資力", "Limit without credit check, or beyond the means"),
    question=Text(
        "每個單日買賣額度是否都有核給時有效的徵信與證明、不逾客戶資力，調高時有新的徵信，並隨交易成長重新徵信？",
        "Does every single-day limit rest on a credit check and proof that held when it was granted, within the customer's means, made anew for a raise and as trading grows?",
    ),
    cites=(CUSTOMER_CREDIT, MEANS_ASSESSED, LIMITS_GRANTED_BY_MEANS, LIMITS_BY_PROOF),
    deck=("業務案五", "業務案六"),
    needs=(
        Need(table=credit_limits),
        Need(table=credit_assessments, excuses=True),
        Need(table=trading_accounts),
        Need(table=customers),
        Need(table=orders, whole=True, told=("leg", "account", "price", "quantity")),
    ),
    parameters={
        "proof_above": Parameter(
            4_990_000,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "額度（元）逾四百九十九萬元者要身分證明與財力證明（線上開戶第一類的規定；一般帳戶比照，為我們的解讀）",
                "NT$; a limit above 4.99 million needs proof of identity and means (the rule for online accounts of the first type; read alike for others)",
            ),
            Sureness.UNCONFIRMED,
        ),
        "multiple": Parameter(
            100,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "額度占查證資力的百分比上限；無擔保不逾資力一倍，是我們的預設",
                "per cent of the verified means that a limit may reach; once the means, without security, is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "renewed": Parameter(
            1,
            Unit.YEARS,
            Stricter.LOWER,
            Text(
                "交易接近額度的客戶至少每年重新徵信；規範未定期間，是我們的預設",
                "a customer who trades close to the limit is assessed anew at least every year; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "close": Parameter(
            80,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "單日委託達額度的百分比，即為接近額度；我們的預設",
                "per cent of the limit that one day's orders reach to count as close to it; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看徵信紀錄所載，不看證明真偽與資力估算是否合理；擔保不計。",
            "Only what the record of the check says is seen, not whether proof is genuine or means are rightly put; security given is not counted.",
        ),
        Text(
            "調高額度以其前一筆為準；前一筆之後沒有任何新的徵信即為沒有新證明。",
            "A raise is held against the limit before it; where no check followed that one, there is no new proof.",
        ),
        Text(
            "單日委託以新委託的價格乘數量計，市價委託不計；額度有沒有被超過由 order-over-limit 查核。",
            "A day's orders are prices times quantities of new orders, market orders left out; whether the limit was exceeded is for order-over-limit.",
        ),
    ),
    frame=Text("額度紀錄中查核期間曾有效的每一筆額度", "every limit on record that held on some day of the period"),
    population=f"""
        WITH {PEOPLE}, {_LIMITS}, {_CHECKS}
        SELECT l.limit_id, l.person AS customer_id, l.account, l.daily_limit, l.begins_on, l.before_limit, l.before_row,
               l.row_id AS limit_row, m.check_row, m.assessed_on, m.means, n.renewed_on, k.peak, l.ends_on,
               least(n.good_until, CASE WHEN k.peak * 100 >= l.daily_limit * :close
                                        THEN {period_end("n.renewed_on", ":renewed * 12")}
                                        ELSE DATE '9999-12-31' END) AS until_on,
               CASE WHEN l.person IS NULL THEN 'nobody'
                    WHEN l.begins_on IS NULL THEN 'no_day'
                    WHEN m.row_id IS NULL AND n.undated = 1 THEN 'no_check_day'
                    WHEN m.row_id IS NULL THEN 'none'
                    WHEN m.valid_until < l.begins_on THEN 'expired'
                    WHEN l.daily_limit > :proof_above AND NOT m.proved THEN 'unproved'
                    WHEN l.daily_limit * 100 > m.means * :multiple THEN 'beyond'
                    WHEN l.daily_limit > l.before_limit AND m.assessed_on <= l.before_on THEN 'raised'
                    WHEN l.ends_on >= :as_of AND n.good_until < :as_of THEN 'run_out'
                    WHEN l.ends_on >= :as_of AND n.renewed_on < :renewed_since AND k.peak * 100 >= l.daily_limit * :close THEN 'outgrown'
                    WHEN l.daily_limit > :proof_above AND m.means IS NULL THEN 'no_means'
                    ELSE 'good' END AS state,
               CASE WHEN l.ends_on < :from THEN 'past' WHEN l.begins_on > :as_of THEN 'not_yet' END AS excluded_because
        FROM limits l
        LEFT JOIN matched m ON m.row_id = l.row_id AND m.nth = 1
        LEFT JOIN renewed n ON n.person = l.person
        LEFT JOIN peaks k ON k.row_id = l.row_id
    """,
    exclusions={
        "past": Text("查核期間之前已失效的額度", "limits that ended before the period"),
        "not_yet": Text("基準日尚未生效的額度", "limits not yet in force on the as-of day"),
    },
    exceptions="""
        SELECT p.limit_id, p.customer_id, p.account, p.daily_limit, p.begins_on, p.state AS defect, p.assessed_on, p.means,
               p.before_limit, p.peak, p.limit_row, p.check_row, p.before_row
        FROM population p WHERE p.state IN ('none', 'expired', 'unproved', 'beyond', 'raised', 'run_out', 'outgrown')
    """,
    undetermined="""
        SELECT p.limit_id, p.state AS why FROM population p WHERE p.state IN ('nobody', 'no_day', 'no_check_day', 'no_means')
    """,
    unclear={
        "nobody": Text("額度沒有客戶編號也沒有帳戶", "the limit names neither customer nor account"),
        "no_day": Text("額度沒有生效日與核准日", "the limit has neither a day of beginning nor one of approval"),
        "no_check_day": Text("徵信紀錄沒有徵信日", "the credit check has no day"),
        "no_means": Text("徵信紀錄沒有評估資力", "the credit check does not say what the means are"),
    },
    key=("limit_id",),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "額度 {limit_id}（客戶 {customer_id}，新臺幣 {daily_limit:money} 元，自 {begins_on:date}）：{defect:word}（徵信 {assessed_on:date}，資力 {means:money} 元；前次額度 {before_limit:money} 元；單日委託最高 {peak:money} 元）",
        "limit {limit_id} (customer {customer_id}, NT${daily_limit:money} from {begins_on:date}): {defect:word} (assessed {assessed_on:date}, means {means:money}; limit before {before_limit:money}; most ordered in a day {peak:money})",
    ),
    words={
        "none": Text("核給時沒有徵信", "no credit check was on record when it was granted"),
        "expired": Text("核給時徵信已逾有效日", "the credit check had run out when it was granted"),
        "unproved": Text("沒有身分證明或財力證明", "proof of identity or of means is missing"),
        "beyond": Text("額度逾越查證的資力", "it is beyond the verified means"),
        "raised": Text("調高額度而沒有新的徵信", "it was raised without a new credit check"),
        "run_out": Text("額度仍有效而徵信已逾有效日", "it still holds, and the credit check has run out"),
        "outgrown": Text(
            "交易接近額度而逾一年未重新徵信", "trading is close to it, and nobody was assessed for more than a year"
        ),
    },
    remedy=Text(
        "停用或調降沒有徵信支持的額度，補辦徵信與證明後再核給；調高前必先完成新的徵信；定期比對交易與資力，接近額度者重新徵信。",
        "Suspend or lower limits that no credit check bears and grant them again after check and proof; never raise one before a new check; compare trading with means regularly and assess again those close to their limit.",
    ),
    margin=Margin(
        "SELECT min(until_on) AS anchor FROM population WHERE until_on >= :as_of AND until_on < ends_on", None
    ),
)
