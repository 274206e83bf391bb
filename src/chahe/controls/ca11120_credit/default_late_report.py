"""Customers' failures to settle that were entered at the exchange as default too late, or never."""

from chahe.controls.customers import day_start
from chahe.controls.linked import Event, Family, Linked, Node, Role
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.customers import table as customers
from chahe.evidence.defaults import table as defaults
from chahe.evidence.executions import table as executions
from chahe.evidence.log_hours import table as log_hours
from chahe.evidence.settlements import table as settlements
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import CUSTOMER_CREDIT, DEFAULT_REPORTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Of several declarations the first counts; one taken back as an error counts for nothing. The day after T+2 on which anything at
# all is settled is T+3.
_POPULATION = f"""
    WITH told AS (
        SELECT d.*, row_number() OVER (PARTITION BY d.account, d.traded_on
                                       ORDER BY coalesce(d.declared_at_us, 9000000000000000000), d.row_id) AS nth
        FROM defaults d WHERE d.withdrawn_on IS NULL
    ),
    due AS (
        SELECT account, traded_on, due_on, net_amount, settled, settled_at_us, row_id AS settlement_row FROM settlements
        UNION ALL
        SELECT t.account, t.traded_on, t.due_on, t.amount, FALSE, CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR)
        FROM told t LEFT JOIN settlements s ON s.account = t.account AND s.traded_on = t.traded_on
        WHERE t.nth = 1 AND s.account IS NULL
    ),
    followed AS (
        SELECT due_on, lead(due_on) OVER (ORDER BY due_on) AS next_due_on
        FROM (SELECT DISTINCT due_on FROM settlements) days
    ),
    known AS (
        SELECT u.*, t.declared_at_us, t.cause, t.row_id AS default_row, f.next_due_on, c.residency,
               t.account IS NOT NULL AS declared, coalesce(trim(t.bank_proof) <> '', FALSE) AS proved,
               {day_start("u.due_on")} + :by_hour * 3600000000 AS limit_us,
               {day_start("u.due_on")} + :bank_hour * 3600000000 AS bank_us,
               {day_start("f.next_due_on")} + :abroad_hour * 3600000000 AS abroad_us,
               coalesce(t.failed_at_us <= {day_start("u.due_on")} + :by_hour * 3600000000, FALSE) AS entered,
               coalesce(c.residency <> 'domestic', TRUE) AS maybe_abroad
        FROM due u
        LEFT JOIN told t ON t.account = u.account AND t.traded_on = u.traded_on AND t.nth = 1
        LEFT JOIN followed f ON f.due_on = u.due_on
        LEFT JOIN trading_accounts a ON a.account = u.account
        LEFT JOIN customers c ON c.customer_id = a.customer_id
        WHERE coalesce(u.due_on, u.traded_on) BETWEEN :from AND :until
    )
    SELECT k.*,
           CASE WHEN k.due_on IS NULL THEN 'no_day'
                WHEN coalesce(k.settled, TRUE) AND k.settled_at_us <= k.limit_us THEN 'good'
                WHEN k.declared AND k.declared_at_us IS NULL THEN 'no_moment'
                WHEN k.declared_at_us <= k.limit_us THEN 'good'
                WHEN k.cause = 'bank' AND k.declared_at_us <= k.bank_us THEN CASE WHEN k.proved THEN 'good' ELSE 'no_proof' END
                WHEN k.maybe_abroad AND k.entered AND k.next_due_on IS NULL THEN 'no_next_day'
                WHEN k.maybe_abroad AND k.entered AND k.declared_at_us <= k.abroad_us
                THEN CASE WHEN k.residency IS NULL THEN 'no_residency' ELSE 'good' END
                WHEN k.declared THEN 'late'
                WHEN k.settled AND k.settled_at_us IS NULL THEN 'no_settling'
                WHEN k.settled IS NULL AND k.settled_at_us IS NULL THEN 'unsaid'
                ELSE 'undeclared' END AS state
    FROM known k
"""
# What was traded on a day is due within two weeks over any holidays; until then a day may not be listed yet, unless a later one is.
_UNLISTED = """
    traded AS (
        SELECT happened_on FROM log_hours
        WHERE stream = 'executions' AND happened_on >= :from AND happened_on <= :until GROUP BY happened_on
    ),
    listed AS (SELECT traded_on FROM settlements GROUP BY traded_on),
    unlisted AS (
        SELECT t.happened_on
        FROM traded t
        CROSS JOIN (SELECT max(traded_on) AS last_on FROM listed) n
        LEFT JOIN listed l ON l.traded_on = t.happened_on
        WHERE l.traded_on IS NULL AND (t.happened_on < n.last_on OR date_diff('day', t.happened_on, :until) > 14)
    )
"""

control = Control(
    id="default-late-report",
    title=Text("違約逾時申報", "Default reported late"),
    question=Text(
        "客戶未依期限交割者，公司是否都在規定時限內向證交所申報違約？",
        "Was every customer's failure to settle entered at the exchange as default within the time allowed?",
    ),
    cites=(DEFAULT_REPORTED, CUSTOMER_CREDIT),
    deck=("業務案五",),
    needs=(
        Need(table=settlements),
        Need(table=defaults, excuses=True),
        Need(table=trading_accounts),
        Need(table=customers, excuses=True),
        Need(table=log_hours),
        Need(table=executions, optional=True),
    ),
    parameters={
        "by_hour": Parameter(
            11,
            Unit.HOURS,
            Stricter.LOWER,
            Text("至遲成交日後第二營業日上午十一時（FL007074 第2點）", "by 11:00 on T+2 (FL007074, point 2)"),
            Sureness.RULE,
        ),
        "bank_hour": Parameter(
            20,
            Unit.HOURS,
            Stricter.LOWER,
            Text(
                "因銀行作業始知不足者至遲當日二十時，並函送銀行證明（第2點）",
                "by 20:00 where the bank's operations showed it later, with the bank's proof (point 2)",
            ),
            Sureness.RULE,
        ),
        "abroad_hour": Parameter(
            18,
            Unit.HOURS,
            Stricter.LOWER,
            Text(
                "境外華僑、外國人與大陸投資人已先登錄遲延交割者，至遲第三營業日十八時（第3點）",
                "by 18:00 on T+3 for overseas Chinese, foreign and mainland investors abroad whose failed trade was entered in time (point 3)",
            ),
            Sureness.RULE,
        ),
    },
    blind_spots=(
        Text(
            "應交割日、交割完成時間與申報時間以公司登記為準，請抽核證交所回執與銀行明細。",
            "Days due, times of settlement and of entry are as the firm registered them: hold samples against the exchange's receipts and bank statements.",
        ),
        Text(
            "交割清冊缺整個成交日，與成交紀錄核對才看得出來：沒有載入成交紀錄，或當日只缺部分帳戶時，看不到。",
            "That a whole day of trades is missing from the register of settlements is seen by the executions: not where those were never loaded, nor where only some accounts of a day are missing.",
        ),
        Text(
            "第三營業日以交割清冊中下一個有交割的日子為準；居住在境內的外國人看不出來，一律視為境外。",
            "T+3 is the next day on which the register has any settlement; foreigners who live in Taiwan are not told apart and count as abroad.",
        ),
        Text(
            "十時至十一時之間才補足的款券視為已交割；代理人是否一併登錄違約，不在查核之列。",
            "What was made up between 10:00 and 11:00 counts as settled; whether agents were entered as defaulters, too, is not examined.",
        ),
    ),
    frame=Text(
        "查核期間到期的每一筆客戶交割，以及沒有交割紀錄的每一件違約申報",
        "every customer's settlement due in the period, and every declared default without one on record",
    ),
    population=_POPULATION,
    exceptions="""
        SELECT p.account, p.traded_on, p.due_on, p.net_amount, p.state AS defect, p.settled_at_us, p.limit_us, p.declared_at_us,
               p.settlement_row, p.default_row
        FROM population p WHERE p.state IN ('undeclared', 'late', 'no_proof')
    """,
    undetermined=f"""
        WITH {_UNLISTED}
        SELECT p.account, p.traded_on, p.state AS why FROM population p
        WHERE p.state IN ('no_day', 'no_moment', 'no_next_day', 'no_residency', 'no_settling', 'unsaid')
        UNION ALL
        SELECT NULL, u.happened_on, 'no_list' FROM unlisted u
    """,
    unclear={
        "no_day": Text("沒有應交割日", "the day on which it was due is not on record"),
        "no_moment": Text("違約申報沒有申報時間", "the default's declaration has no time"),
        "no_next_day": Text(
            "境外投資人的第三營業日無法由交割清冊得知",
            "T+3 of an investor abroad cannot be told from the register of settlements",
        ),
        "no_residency": Text(
            "客戶國籍別不明，無法確認可否適用境外投資人的時限",
            "the customer's residency is not known, so the time allowed is not either",
        ),
        "no_settling": Text("已交割而沒有完成時間", "settled, but at what time is not on record"),
        "unsaid": Text("沒有記載是否已交割", "whether it was settled is not on record"),
        "no_list": Text(
            "當日有成交而交割清冊沒有任何一筆；請補上該日的清冊",
            "there were executions that day, and the register of settlements has nothing of it; load that day's list",
        ),
    },
    key=("account", "traded_on"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "帳號 {account} 成交日 {traded_on:date}、應於 {due_on:date} 交割的新臺幣 {net_amount:money} 元：{defect:word}（期限 {limit_us:moment}，申報 {declared_at_us:moment}，交割 {settled_at_us:moment}）",
        "account {account}, trades of {traded_on:date}, NT${net_amount:money} due on {due_on:date}: {defect:word} (to be entered by {limit_us:moment}, entered {declared_at_us:moment}, settled {settled_at_us:moment})",
    ),
    words={
        "undeclared": Text("逾時未交割而未申報違約", "not settled in time, and no default was entered"),
        "late": Text("違約逾時申報", "the default was entered too late"),
        "no_proof": Text(
            "以銀行作業為由延後申報而沒有銀行證明", "entered later for the bank's sake, without the bank's proof"
        ),
    },
    remedy=Text(
        "立即補行申報並說明；檢討交割款券的即時核對與申報流程，於 T+2 十時後逐戶列管，十一時前完成輸入，延後者備妥銀行證明。",
        "Enter the default at once and explain; see that money and securities are matched as they arrive, list those missing at 10:00 on T+2, enter them by 11:00, and keep the bank's proof where it was later.",
    ),
    margin=None,
    linked=Linked(
        family=Family.MONEY,
        nodes=(Node(column="account", role=Role.ACCOUNT),),
        events=(
            Event(column="due_on", what=Text("應交割日", "settlement due"), rows=("settlement_row", "default_row")),
        ),
        money=("net_amount",),
        confidence=100,
    ),
)
