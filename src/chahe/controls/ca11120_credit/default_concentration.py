"""Defaults that pile up on one customer or at this firm, and orders taken from customers whose default is unsettled."""

from chahe.controls.customers import ACCOUNTS, day_of, day_start
from chahe.controls.legal_time import period_end
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.customers import table as customers
from chahe.evidence.defaults import table as defaults
from chahe.evidence.market_defaults import table as market_defaults
from chahe.evidence.orders import table as orders
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import CUSTOMER_CREDIT, DEFAULTERS_REFUSED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_CASES = f"""
    cases AS (
        SELECT d.row_id, d.default_id, d.account, d.traded_on, d.amount, d.cleared_on, coalesce(a.customer_id, d.account) AS customer_id,
               coalesce(d.declared_at_us, {day_start("d.due_on + 1")}) AS since_us,
               CAST(year(d.traded_on) AS VARCHAR) || 'H' || CAST((month(d.traded_on) + 5) // 6 AS VARCHAR) AS half
        FROM defaults d LEFT JOIN accounts a ON a.account = d.account
        WHERE d.withdrawn_on IS NULL AND d.traded_on <= :as_of
    ),
    amounts AS (
        SELECT customer_id, half, CAST(sum(amount) AS DECIMAL(38, 0)) AS amount, count(*) AS cases, min(row_id) AS first_row,
               max(row_id) AS last_row, max(CASE WHEN amount IS NULL THEN 1 ELSE 0 END) AS unsaid
        FROM cases WHERE traded_on BETWEEN :from AND :until GROUP BY customer_id, half
    )
"""
# Byar's lower bound of a Poisson count at 95 %: with so few persons a high share alone may be chance.
_SHARES = """
    counted AS (
        SELECT m.counted_from, m.counted_until, m.market_persons, m.row_id AS market_row,
               greatest(m.value_percent, m.customer_percent) AS percent,
               m.value_percent IS NULL OR m.customer_percent IS NULL OR m.market_persons IS NULL AS unsaid,
               greatest(count(DISTINCT c.customer_id), coalesce(m.firm_persons, 0)) AS persons,
               min(c.row_id) AS first_row, max(c.row_id) AS last_row
        FROM market_defaults m
        LEFT JOIN cases c ON c.traded_on >= m.counted_from AND c.traded_on <= m.counted_until
        WHERE m.counted_until >= :from AND m.counted_from <= :until
        GROUP BY m.counted_from, m.counted_until, m.market_persons, m.firm_persons, m.value_percent, m.customer_percent, m.row_id
    ),
    weighed AS (
        SELECT c.*, CAST(c.market_persons AS DOUBLE) * CAST(c.percent AS DOUBLE) / 100 AS expected,
               number * power(1 - 1 / (9.0 * number) - 1.96 / (3 * sqrt(CAST(number AS DOUBLE))), 3) AS lowest
        FROM (SELECT k.*, nullif(persons, 0) AS number FROM counted k) c
    ),
    uncounted AS (
        SELECT c.half, min(c.row_id) AS first_row, max(c.row_id) AS last_row, count(DISTINCT c.customer_id) AS persons
        FROM cases c
        LEFT JOIN market_defaults m ON c.traded_on >= m.counted_from AND c.traded_on <= m.counted_until
        WHERE m.counted_from IS NULL AND c.traded_on BETWEEN :from AND :until
          AND c.half <> CAST(year(:as_of) AS VARCHAR) || 'H' || CAST((month(:as_of) + 5) // 6 AS VARCHAR)
        GROUP BY c.half
    )
"""
# Starts from the few who are in default: only their accounts' orders are looked at, an account on no list among them. The number of
# an order is a day's.
_ORDERS = f"""
    open_cases AS (
        SELECT c.customer_id, c.account, c.default_id, c.since_us, c.cleared_on, c.traded_on, c.row_id AS case_row
        FROM cases c WHERE coalesce(c.cleared_on > :from, TRUE)
    ),
    theirs AS (
        SELECT a.customer_id, a.account FROM accounts a UNION SELECT c.customer_id, c.account FROM open_cases c
    ),
    taken AS (
        SELECT c.customer_id, o.row_id, CAST(o.happened_on AS VARCHAR) || ' ' || o.account || ' ' || o.order_id AS order_id,
               o.leg = 'exchange' AND c.since_us IS NOT NULL AS sure,
               c.since_us IS NULL AS vague
        FROM open_cases c
        JOIN theirs a ON a.customer_id = c.customer_id
        JOIN orders o ON o.account = a.account AND o.event = 'new' AND (o.leg = 'exchange' OR o.leg IS NULL)
         AND o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us
         AND coalesce(o.sent_at_us, o.logged_at_us) > coalesce(c.since_us, {day_start("c.traded_on + 1")})
         AND {day_of("coalesce(o.sent_at_us, o.logged_at_us)")} < coalesce(c.cleared_on, DATE '9999-12-31')
         AND {day_of("coalesce(o.sent_at_us, o.logged_at_us)")}
             <= {period_end("coalesce(" + day_of("c.since_us") + ", c.traded_on)", ":barred * 12")}
    ),
    ordered AS (
        SELECT customer_id, count(DISTINCT CASE WHEN sure THEN order_id END) AS orders,
               min(CASE WHEN sure THEN row_id END) AS first_row, max(CASE WHEN sure THEN row_id END) AS last_row,
               max(CASE WHEN vague THEN 1 ELSE 0 END) AS vague
        FROM taken GROUP BY customer_id
    )
"""

control = Control(
    id="default-concentration",
    title=Text("違約集中，或未結案仍受託", "Defaults concentrated, or orders taken while one is open"),
    question=Text(
        "是否有單一客戶鉅額違約、公司違約客戶占市場比重遠高於業務比重，或違約未結案而仍接受委託？",
        "Did one customer default for a large amount, does the firm have far more of the market's defaulting customers than of its business, or were orders taken while a default was open?",
    ),
    cites=(CUSTOMER_CREDIT, DEFAULTERS_REFUSED),
    deck=("業務案五", "業務案六"),
    needs=(
        Need(table=defaults),
        Need(table=market_defaults),
        Need(table=trading_accounts),
        Need(table=customers),
        Need(table=orders, whole=True, told=("logged_at_us", "account")),
    ),
    parameters={
        "most": Parameter(
            50_000_000,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "單一客戶半年內違約金額（元）；規範未定數額，五千萬元是我們的預設（案例為九億五千萬元）",
                "NT$ of one customer's defaults in a half-year; no rule sets it, 50 million is our default (the case was 950 million)",
            ),
            Sureness.UNCONFIRMED,
        ),
        "ratio": Parameter(
            2,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "違約人數信賴下限為依業務比重所應有人數的倍數；規範未定，二倍是我們的預設（案例占市場 36%）",
                "how many times the number that the firm's part of the business would explain, at the lower bound; no rule sets it, two is our default (the case was 36 % of the market)",
            ),
            Sureness.UNCONFIRMED,
        ),
        "least": Parameter(
            5,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "違約客戶少於五人不作比較；我們的預設",
                "with fewer than five defaulting customers nothing is compared; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "barred": Parameter(
            5,
            Unit.YEARS,
            Stricter.HIGHER,
            Text("違約未結案且未滿五年者不得受託", "no orders while a default is open and less than five years old"),
            Sureness.NEWS,
        ),
    },
    blind_spots=(
        Text(
            "違約集中是徵授信可能失靈的徵象，原因要逐戶查明：以營業員、分公司、代理人、裝置與標的歸類，一個詐騙集團也會造成集中。",
            "A concentration is a sign that credit checks may have failed; find the reason case by case, by broker, branch, agent, device and security: one ring of fraud makes one, too.",
        ),
        Text(
            "人數以歸戶後的客戶計，證交所統計的人次較多時以較多者計；同一人重複違約的人次差異看不出來。",
            "Customers are counted, once each; where the exchange's count is higher, that is used. How often one person defaulted is not told apart.",
        ),
        Text(
            "業務比重取成交金額與交易客戶兩者中較高者；小額客戶多的公司仍可能被低估。",
            "Of the firm's parts in turnover and in customers the higher is used; a firm with many small customers may still be taken for larger than it is.",
        ),
        Text(
            "其他證券商的違約看不到；未結案客戶的委託只看送往交易所的新委託，公司處分違約券不在其內。",
            "Defaults at other firms are not seen. Of customers with an open default only new orders sent to the exchange count; the firm's own disposal of securities is apart.",
        ),
    ),
    frame=Text(
        "查核期間每位違約客戶每半年的違約、每段市場統計期間，以及每位違約未結案的客戶",
        "each defaulting customer's defaults of a half-year, each stretch of the market's statistics, and each customer with an open default",
    ),
    population=f"""
        WITH {ACCOUNTS}, {_CASES}, {_SHARES}, {_ORDERS}
        SELECT 'amount' AS subject_kind, a.customer_id AS subject, a.half AS counted, a.amount, a.cases AS persons,
               CAST(NULL AS BIGINT) AS market_persons, CAST(NULL AS DECIMAL(18, 2)) AS share_percent,
               CAST(NULL AS DECIMAL(18, 2)) AS business_percent, CAST(NULL AS BIGINT) AS orders, a.first_row, a.last_row,
               CAST(NULL AS VARCHAR) AS other_row,
               CASE WHEN a.amount > :most THEN 'amount' WHEN a.unsaid = 1 THEN 'no_amount' ELSE 'good' END AS state
        FROM amounts a
        UNION ALL
        SELECT 'share', CAST(NULL AS VARCHAR), CAST(w.counted_from AS VARCHAR) || ' ' || CAST(w.counted_until AS VARCHAR),
               CAST(NULL AS DECIMAL(38, 0)), w.persons, w.market_persons,
               CAST(100.0 * w.persons / nullif(w.market_persons, 0) AS DECIMAL(18, 2)),
               CAST(w.percent AS DECIMAL(18, 2)), CAST(NULL AS BIGINT), coalesce(w.first_row, w.market_row), w.last_row, w.market_row,
               CASE WHEN w.persons < :least THEN 'good' WHEN w.unsaid THEN 'no_share'
                    WHEN w.lowest > :ratio * w.expected THEN 'share' ELSE 'good' END
        FROM weighed w
        UNION ALL
        SELECT 'share', CAST(NULL AS VARCHAR), u.half, CAST(NULL AS DECIMAL(38, 0)), u.persons, CAST(NULL AS BIGINT),
               CAST(NULL AS DECIMAL(18, 2)), CAST(NULL AS DECIMAL(18, 2)), CAST(NULL AS BIGINT), u.first_row, u.last_row,
               CAST(NULL AS VARCHAR), CASE WHEN u.persons < :least THEN 'good' ELSE 'no_market' END
        FROM uncounted u
        UNION ALL
        SELECT 'orders', c.customer_id, c.default_id, CAST(NULL AS DECIMAL(38, 0)), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
               CAST(NULL AS DECIMAL(18, 2)), CAST(NULL AS DECIMAL(18, 2)), o.orders, c.case_row, o.last_row, o.first_row,
               CASE WHEN o.orders > 0 THEN 'orders' WHEN o.vague = 1 THEN 'no_moment' WHEN o.customer_id IS NOT NULL THEN 'no_leg' ELSE 'good' END
        FROM (SELECT customer_id, min(default_id) AS default_id, min(case_row) AS case_row FROM open_cases GROUP BY customer_id) c
        LEFT JOIN ordered o ON o.customer_id = c.customer_id
    """,
    exceptions="""
        SELECT p.subject_kind, p.subject, p.counted, p.amount, p.persons, p.market_persons, p.share_percent, p.business_percent,
               p.orders, p.first_row, p.last_row, p.other_row,
               CASE p.state WHEN 'amount' THEN '共 ' || CAST(p.persons AS VARCHAR) || ' 件、新臺幣 ' || CAST(p.amount AS VARCHAR) || ' 元'
                            WHEN 'share' THEN CAST(p.persons AS VARCHAR) || ' 人，占市場 ' || CAST(p.market_persons AS VARCHAR)
                                 || ' 人次的 ' || coalesce(CAST(p.share_percent AS VARCHAR), '—') || '%，業務比重 '
                                 || CAST(p.business_percent AS VARCHAR) || '%'
                            ELSE '其後受託 ' || CAST(p.orders AS VARCHAR) || ' 筆' END AS told_zh,
               CASE p.state WHEN 'amount' THEN CAST(p.persons AS VARCHAR) || ' cases, NT$' || CAST(p.amount AS VARCHAR)
                            WHEN 'share' THEN CAST(p.persons AS VARCHAR) || ' persons, '
                                 || coalesce(CAST(p.share_percent AS VARCHAR), '—') || ' % of the market''s '
                                 || CAST(p.market_persons AS VARCHAR) || ', with ' || CAST(p.business_percent AS VARCHAR)
                                 || ' % of the business'
                            ELSE CAST(p.orders AS VARCHAR) || ' orders taken since' END AS told_en
        FROM population p WHERE p.state IN ('amount', 'share', 'orders')
    """,
    undetermined="""
        SELECT p.subject_kind, p.subject, p.counted, p.state AS why FROM population p
        WHERE p.state IN ('no_amount', 'no_share', 'no_market', 'no_moment', 'no_leg')
    """,
    unclear={
        "no_amount": Text("違約紀錄沒有金額", "a default has no amount"),
        "no_share": Text(
            "市場統計沒有違約人次、成交金額市占率或交易客戶占比",
            "the market's figures lack its number of defaults, or the firm's part in turnover or customers",
        ),
        "no_market": Text("已過的半年沒有市場違約統計", "a half-year that is over has no figures of the market"),
        "no_moment": Text(
            "違約沒有申報時間與應交割日，而其後仍有委託",
            "a default has neither time of declaration nor day due, and orders followed",
        ),
        "no_leg": Text(
            "違約後的委託沒有說明方向，不知是否送往交易所",
            "orders after the default do not say whether they went to the exchange",
        ),
    },
    key=("subject_kind", "subject", "counted"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "{subject_kind:word}：對象 {subject}（{counted}）{told_zh}",
        "{subject_kind:word}: {subject} ({counted}), {told_en}",
    ),
    words={
        "amount": Text("單一客戶違約金額過高", "one customer's defaults are large"),
        "share": Text("公司違約客戶占市場比重過高", "the firm has too many of the market's defaulting customers"),
        "orders": Text("違約未結案仍接受委託", "orders were taken while a default was open"),
    },
    remedy=Text(
        "停止接受未結案客戶的委託；逐戶檢討徵信、額度與開戶過程，找出共同的營業員、分公司、代理人、裝置或標的，調降額度並檢討徵授信標準，提報內部稽核。",
        "Take no more orders from customers with an open default; review how each was assessed, given a limit and taken on, find what they share (broker, branch, agent, device, security), lower limits, mend the standards, and tell internal audit.",
    ),
    margin=None,
)
