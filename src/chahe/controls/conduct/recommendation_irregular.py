"""Securities recommended without a contract and risks explained before, to unspecified many, beyond tolerance, or traded in the ban."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.orders import table as orders
from chahe.evidence.recommendation_bans import table as recommendation_bans
from chahe.evidence.recommendation_contracts import table as recommendation_contracts
from chahe.evidence.recommendations import table as recommendations
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citations import NO_RECOMMENDING_TO_MANY, RECOMMENDED_UNDER_CONTRACT, TWO_HOURS_AFTER_OPENING
from chahe.wording import Text

# Of several contracts in force the newest counts. Orders of the firm and its insiders are sought from the few bans.
_POPULATION = """
    WITH made AS (
        SELECT r.*, DATE '1970-01-01' + CAST((r.made_at_us + 28800000000) // 86400000000 AS INTEGER) AS made_on
        FROM recommendations r
    ),
    ranked AS (
        SELECT m.row_id, c.row_id AS contract_row, c.explained_on, c.explained_by_id, c.signed_on, c.risk_tolerance,
               coalesce(c.professional, FALSE) AS professional,
               row_number() OVER (PARTITION BY m.row_id ORDER BY CASE WHEN c.professional THEN 0 ELSE 1 END, c.signed_on DESC, c.row_id)
               AS place
        FROM made m
        JOIN recommendation_contracts c ON c.customer_id = m.customer_id
         AND coalesce(c.signed_on <= m.made_on, coalesce(c.professional, FALSE)) AND coalesce(c.ended_on >= m.made_on, TRUE)
    ),
    staffed AS (
        SELECT account, min(row_id) AS account_row FROM trading_accounts
        WHERE account_class IN ('insider', 'proprietary') GROUP BY account
    ),
    traded AS (
        SELECT b.recommendation_id, b.symbol, b.banned_on, b.banned_from_us, o.account, o.order_id, b.row_id AS recommendation_row,
               min(coalesce(o.received_at_us, o.logged_at_us)) AS ordered_us, min(o.row_id) AS order_row,
               min(s.account_row) AS account_row, min(b.banned_until_us) AS banned_until_us
        FROM recommendation_bans b
        JOIN orders o ON o.symbol = b.symbol AND o.happened_on = b.banned_on AND o.event = 'new'
        JOIN staffed s ON s.account = o.account
        GROUP BY b.recommendation_id, b.symbol, b.banned_on, b.banned_from_us, o.account, o.order_id, b.row_id
    )
    SELECT 'recommended' AS row_kind, m.recommendation_id, m.customer_id, CAST(NULL AS VARCHAR) AS account,
           CAST(NULL AS VARCHAR) AS order_id, m.person_id, m.symbol, m.made_at_us AS happened_at_us, m.risk_level, k.risk_tolerance,
           k.signed_on, m.row_id AS recommendation_row, k.contract_row, CAST(NULL AS VARCHAR) AS order_row,
           CAST(NULL AS VARCHAR) AS account_row,
           CASE WHEN m.made_as IS NULL OR m.made_at_us IS NULL THEN 'unclear'
                WHEN m.audience = 'public' OR (m.audience = 'group' AND m.customer_id IS NULL) THEN 'to_many'
                WHEN m.customer_id IS NULL THEN 'unclear'
                WHEN k.contract_row IS NULL THEN 'no_contract'
                WHEN k.explained_by_id IS NULL OR coalesce(k.explained_on > k.signed_on, TRUE) THEN 'not_explained'
                WHEN m.risk_level > k.risk_tolerance THEN 'above_tolerance'
                WHEN m.risk_level IS NULL OR k.risk_tolerance IS NULL THEN 'no_risk'
                ELSE 'good' END AS state,
           CASE WHEN m.made_at_us < :from_us THEN 'before' WHEN m.made_at_us >= :as_of_end_us THEN 'after'
                WHEN m.made_as <> 'recommendation' THEN 'no_recommendation'
                WHEN k.professional AND m.audience <> 'public' THEN 'professional' END AS excluded_because
    FROM made m
    LEFT JOIN ranked k ON k.row_id = m.row_id AND k.place = 1
    UNION ALL
    SELECT 'traded', t.recommendation_id, NULL, t.account, t.order_id, NULL, t.symbol, t.ordered_us, NULL, NULL, NULL,
           t.recommendation_row, NULL, t.order_row, t.account_row,
           CASE WHEN t.ordered_us >= t.banned_from_us AND t.ordered_us < t.banned_until_us THEN 'in_ban' ELSE 'good' END,
           CASE WHEN t.banned_on < :from THEN 'before' WHEN t.banned_on > :as_of THEN 'after' END
    FROM traded t
"""

control = Control(
    id="recommendation-irregular",
    title=Text("推介有價證券未依規定辦理", "Irregular recommendations"),
    question=Text(
        "每次推介前，是否已說明風險並簽訂推介契約、風險不超過客戶承受度、未對不特定多數人推介？公司與內部人是否避開其後開盤二小時內買賣？",
        "Was each recommendation preceded by risks explained and a contract signed, within the customer's tolerance, not to unspecified many; and did the firm and insiders stay out of the security until two hours after the next opening?",
    ),
    cites=(RECOMMENDED_UNDER_CONTRACT, NO_RECOMMENDING_TO_MANY, TWO_HOURS_AFTER_OPENING),
    deck=("業務-7",),
    needs=(
        Need(table=recommendation_bans),
        Need(table=recommendations),
        Need(table=recommendation_contracts, excuses=True),
        Need(table=trading_accounts, told=("account_class",)),
        Need(table=orders, whole=True, told=("logged_at_us", "account", "symbol")),
    ),
    blind_spots=(
        Text(
            "只看推介紀錄所載；訊息、電話與投影片中的推介要由人補登，推介性質由公司填寫。",
            "Only what the register of recommendations says is seen; those in messages, calls and slides have to be entered, and the firm itself says what was a recommendation.",
        ),
        Text(
            "承銷、安定操作期間的股票與推介內容的真實性沒有查核；客戶隨後的委託是否受推介影響看不出來。",
            "Shares under underwriting or stabilisation, and whether what was said is true, are not checked; nor whether customers' later orders followed the recommendation.",
        ),
        Text(
            "禁止買賣只查本公司內部人與自營帳戶；簽約當日的推介視為簽約之後。",
            "The ban is checked for insiders' and own accounts at this firm; a recommendation on the day of signing counts as after it.",
        ),
    ),
    frame=Text(
        "查核期間的每次推介，以及公司與內部人在禁止買賣日對所推介證券的委託",
        "every recommendation of the period, and orders of the firm and insiders in what was recommended on the days of a ban",
    ),
    population=_POPULATION,
    exclusions={
        "before": Text("查核期間以前", "before the period"),
        "after": Text("基準日之後", "after the as-of day"),
        "no_recommendation": Text("答覆詢問或轉知公開資訊", "answers to questions, and public news passed on"),
        "professional": Text("專業機構投資人", "professional institutions"),
    },
    exceptions="""
        SELECT p.row_kind, p.recommendation_id, p.customer_id, p.account, p.order_id, p.person_id, p.symbol, p.happened_at_us,
               p.risk_level, p.risk_tolerance, p.signed_on, p.state AS defect, p.recommendation_row, p.contract_row, p.order_row,
               p.account_row
        FROM population p
        WHERE p.state IN ('to_many', 'no_contract', 'not_explained', 'above_tolerance', 'in_ban')
    """,
    undetermined="""
        SELECT p.row_kind, p.recommendation_id, p.customer_id, p.account, p.order_id, p.state AS why
        FROM population p WHERE p.state IN ('unclear', 'no_risk')
    """,
    unclear={
        "unclear": Text(
            "推介紀錄沒有時間、性質或客戶，無法判斷是否合於規定",
            "the register does not tell when, as what or to whom it was made",
        ),
        "no_risk": Text(
            "沒有商品風險等級或客戶風險承受等級，無法比較",
            "the security's level of risk or the customer's tolerance is not told",
        ),
    },
    key=("row_kind", "recommendation_id", "customer_id", "account", "order_id"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "推介 {recommendation_id}（{symbol}，{happened_at_us:moment}，推介人 {person_id}，客戶 {customer_id}，帳戶 {account}）：{defect:word}（簽約 {signed_on:date}，風險等級 {risk_level}，承受等級 {risk_tolerance}）",
        "recommendation {recommendation_id} ({symbol}, {happened_at_us:moment}, by {person_id}, customer {customer_id}, account {account}): {defect:word} (contract {signed_on:date}, risk {risk_level}, tolerance {risk_tolerance})",
    ),
    words={
        "to_many": Text("對不特定多數人推介", "recommended to unspecified many"),
        "no_contract": Text("推介當時沒有有效的推介契約", "no contract held at the time"),
        "not_explained": Text("簽約前沒有由業務人員說明風險", "the risks were not explained by anybody before signing"),
        "above_tolerance": Text("商品風險高於客戶承受等級", "riskier than the customer's tolerance"),
        "in_ban": Text(
            "內部人或公司在其後開盤二小時以前買賣",
            "traded by an insider or the firm before two hours after the next opening",
        ),
    },
    remedy=Text(
        "停止對未簽約客戶與群組推介，補行風險說明與簽約；推介前由系統核對契約與承受等級，發布後鎖定內部人與自營帳戶至開盤後二小時。",
        "Stop recommending to customers without a contract and to groups, explain risks and sign; have the system check contract and tolerance beforehand, and lock insiders' and own accounts until two hours after the opening.",
    ),
    margin=None,
    linked=Linked(
        family=Family.PAPERS,
        nodes=(
            Node(column="person_id", role=Role.EMPLOYEE),
            Node(column="customer_id", role=Role.CUSTOMER, joins=False),
            Node(column="account", role=Role.ACCOUNT, joins=False),
        ),
        ties=(
            Tie(
                ends=(("person_id",), ("customer_id", "account")),
                what=Text("推介", "recommended"),
                told="defect",
                rows=("recommendation_row", "contract_row", "order_row"),
                strength=40,
            ),
        ),
        events=(
            Event(
                column="happened_at_us",
                what=Text("推介或內部人委託", "recommendation, or insider's order"),
                rows=("recommendation_row", "order_row"),
            ),
        ),
        confidence=100,
    ),
)
