"""Passbooks, seals, securities, money and statements of customers with staff, and desks of representatives that nobody checked."""

from chahe.controls.legal_time import period_end
from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.property_checks import table as property_checks
from chahe.evidence.relations import table as relations
from chahe.evidence.statement_deliveries import table as statement_deliveries
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import CUSTOMER_DATA_UNDER_INTERNAL_CONTROL, CUSTOMER_PROPERTY_NOT_KEPT
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# What belongs to the employee or to kin is no customer's property in the rule's sense; kin are told by national ID, and a person
# whose name the employee merely uses is none. A mailbox may be of several: what is of kin to one of them is nobody else's. A check counts if somebody else did it and wrote down what was found.
_POPULATION = f"""
    WITH own AS (
        SELECT e.person_id, c.customer_id, e.row_id AS kin_row, CAST(NULL AS DATE) AS since_on, CAST(NULL AS DATE) AS until_on
        FROM employees e JOIN customers c ON c.national_id = e.national_id
        UNION ALL
        SELECT r.person_id, c.customer_id, r.row_id, r.related_from, r.related_until
        FROM relations r JOIN customers c ON c.national_id = r.national_id
        WHERE r.relation <> 'nominee'
    ),
    mailboxes AS (
        SELECT lower(trim(d.contact_value)) AS sent_to, coalesce(e.person_id, r.person_id) AS person_id, d.row_id AS contact_row
        FROM contact_details d
        LEFT JOIN employees e ON d.party_kind = 'employee' AND e.person_id = d.party_id
        LEFT JOIN relations r ON d.party_kind = 'relative' AND lower(r.national_id) = d.party_id
        WHERE d.contact_kind = 'email' AND coalesce(e.person_id, r.person_id) IS NOT NULL
          AND coalesce(d.used_until >= :from, TRUE)
    ),
    met AS (
        SELECT 'item' AS row_kind, p.person_id, p.owner_id AS customer_id, p.check_id AS reference, p.item_no, p.item_kind,
               p.checked_on AS happened_on, p.row_id AS shown_row, CAST(NULL AS VARCHAR) AS contact_row,
               coalesce(trim(p.receipt) <> '', FALSE) AS receipted
        FROM property_checks p
        WHERE coalesce(p.item_kind <> 'none', TRUE)
        UNION ALL
        SELECT 'delivery', coalesce(s.taken_by_id, m.person_id), s.customer_id, s.delivery_id, NULL, 'statement', s.delivered_on,
               s.row_id, m.contact_row, FALSE
        FROM statement_deliveries s
        LEFT JOIN mailboxes m ON m.sent_to = lower(trim(s.sent_to))
    ),
    kept AS (
        SELECT m.row_kind, min(m.person_id) AS person_id, m.customer_id, m.reference, m.item_no, m.item_kind, m.happened_on, m.shown_row,
               min(m.contact_row) AS contact_row, max(o.kin_row) AS kin_row, m.receipted
        FROM met m
        LEFT JOIN own o ON o.person_id = m.person_id AND o.customer_id = m.customer_id
         AND coalesce(o.since_on <= m.happened_on, TRUE) AND coalesce(o.until_on >= m.happened_on, TRUE)
        GROUP BY m.row_kind, m.customer_id, m.reference, m.item_no, m.item_kind, m.happened_on, m.shown_row, m.receipted
    ),
    checked AS (
        SELECT person_id, max(CASE WHEN inspector_id <> person_id AND item_kind IS NOT NULL THEN checked_on END) AS checked_on,
               max_by(row_id, CAST(coalesce(checked_on, DATE '1900-01-01') AS VARCHAR) || row_id) AS check_row
        FROM property_checks WHERE coalesce(checked_on <= :as_of, TRUE) GROUP BY person_id
    ),
    serving AS (
        SELECT representative_id AS person_id, min(row_id) AS account_row
        FROM trading_accounts
        WHERE representative_id IS NOT NULL AND coalesce(closed_on > :as_of, TRUE) AND coalesce(opened_on <= :as_of, TRUE)
        GROUP BY representative_id
    ),
    desks AS (
        SELECT s.person_id, s.account_row, CASE WHEN e.hired_on > e.left_on THEN NULL ELSE e.left_on END AS left_on, c.checked_on, c.check_row,
               greatest(coalesce(c.checked_on, DATE '1900-01-01'), coalesce(e.hired_on, DATE '1900-01-01')) AS counts_from
        FROM serving s
        LEFT JOIN employees e ON e.person_id = s.person_id
        LEFT JOIN checked c ON c.person_id = s.person_id
    )
    SELECT k.row_kind, k.person_id, k.customer_id, k.reference, k.item_no, k.item_kind, k.happened_on, k.shown_row, k.contact_row,
           CAST(NULL AS DATE) AS last_good_on,
           CASE WHEN k.row_kind = 'delivery' THEN CASE WHEN k.person_id IS NULL THEN 'good' ELSE 'sent_to_staff' END
                WHEN k.item_kind IS NULL THEN 'no_result'
                WHEN k.customer_id IS NULL THEN 'no_owner'
                ELSE 'held' END AS state,
           CASE WHEN k.happened_on < :from THEN 'before' WHEN k.happened_on > :as_of THEN 'after'
                WHEN k.kin_row IS NOT NULL THEN 'kin' WHEN k.receipted THEN 'in_transit' END AS excluded_because
    FROM kept k
    UNION ALL
    SELECT 'desk', d.person_id, NULL, NULL, NULL, NULL, d.checked_on, d.account_row, d.check_row,
           {period_end("d.counts_from", ":within")},
           CASE WHEN d.counts_from < :within_since THEN 'unchecked' ELSE 'good' END,
           CASE WHEN d.left_on < :as_of THEN 'left' END
    FROM desks d
"""

control = Control(
    id="custody-of-customer-property",
    title=Text("代客戶保管款項、印鑑、存摺", "Customers' property kept by staff"),
    question=Text(
        "員工有沒有持有客戶的存摺、印鑑、有價證券、款項，或代收客戶的對帳單？營業員是否都定期由他人抽查？",
        "Do staff hold customers' passbooks, seals, securities or money, or take their statements, and are representatives' desks checked by somebody else from time to time?",
    ),
    cites=(CUSTOMER_PROPERTY_NOT_KEPT, CUSTOMER_DATA_UNDER_INTERNAL_CONTROL),
    deck=("業務-6", "業務案四"),
    needs=(
        Need(table=property_checks, excuses=True),
        Need(table=trading_accounts, told=("representative_id",)),
        Need(table=employees, excuses=True),
        Need(table=customers, excuses=True),
        Need(table=relations, excuses=True, told=("national_id",)),
        Need(table=statement_deliveries, told=("sent_to",)),
        Need(table=contact_details, optional=True),
    ),
    parameters={
        "within": Parameter(
            6,
            Unit.MONTHS,
            Stricter.LOWER,
            Text(
                "規範只說定期或不定期抽查；半年一次是我們的解讀",
                "the rules ask for checks from time to time; every half-year is our reading",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看得到抽查發現的物品與登記的對帳單送達；放在家裡、車上或抽查前移走的看不到，抽查是否突擊、徹底也看不出來。",
            "Only what checks found and deliveries recorded is seen: not what is at home or was moved before the check, nor whether the check came unannounced and was thorough.",
        ),
        Text(
            "親屬以身分證字號認定，未申報的親屬視為客戶；收付中的物品以收據編號排除，收據是否真實由人查對。寄到員工住址的對帳單由 shared-contact 查核，這裡只比對電子郵件與代領。",
            "Kin are told by national ID; kin nobody declared count as customers. Items with a receipt are left out, and whether it is genuine is for people to see. Statements posted to staff's homes are for shared-contact; here e-mail addresses and who took them are compared.",
        ),
    ),
    frame=Text(
        "查核期間抽查發現的每件物品、每份對帳單的送達，以及每位現有客戶帳戶的營業員",
        "every item that checks of the period found, every statement delivered, and every representative with accounts to serve",
    ),
    population=_POPULATION,
    exclusions={
        "before": Text("查核期間以前", "before the period"),
        "after": Text("基準日之後", "after the as-of day"),
        "kin": Text("員工本人或其親屬的物品", "property of the employee or of kin"),
        "in_transit": Text("開有收據、收付中的物品", "items on their way through the firm, with a receipt"),
        "left": Text("已離職的營業員", "representatives who have left"),
    },
    exceptions="""
        SELECT p.row_kind, p.person_id, p.customer_id, p.reference, p.item_no, p.item_kind, p.happened_on, p.state AS defect,
               p.shown_row, p.contact_row
        FROM population p WHERE p.state IN ('held', 'sent_to_staff', 'unchecked')
    """,
    undetermined="""
        SELECT p.row_kind, p.person_id, p.customer_id, p.reference, p.item_no, p.item_kind, p.state AS why
        FROM population p WHERE p.state IN ('no_result', 'no_owner')
    """,
    unclear={
        "no_result": Text("抽查紀錄沒有寫發現了什麼", "the check does not say what was found"),
        "no_owner": Text("抽查發現的物品不知屬於誰", "it is unknown whose the item is"),
    },
    key=("row_kind", "person_id", "customer_id", "reference", "item_no", "item_kind"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "員工 {person_id}：{defect:word}（{item_kind:word}；客戶 {customer_id}，{reference}，{happened_on:date}）",
        "employee {person_id}: {defect:word} ({item_kind:word}; customer {customer_id}, {reference}, {happened_on:date})",
    ),
    words={
        "held": Text("持有客戶的物品", "held a customer's property"),
        "sent_to_staff": Text("收受客戶的對帳單", "took or was sent a customer's statement"),
        "unchecked": Text("半年內沒有由他人抽查", "was not checked by somebody else within the half-year"),
        "passbook": Text("存摺", "passbook"),
        "seal": Text("印鑑", "seal"),
        "securities": Text("有價證券", "securities"),
        "cash": Text("款項", "money"),
        "statement": Text("對帳單", "statement"),
        "credential": Text("憑證或密碼", "certificate or password"),
        "other": Text("其他物品", "other"),
    },
    remedy=Text(
        "當場清點發還並由客戶簽收，查明保管期間的交易與款項；對帳單改寄客戶本人，排定由他人不定期抽查並留下紀錄。",
        "Count and return what was found against the customer's signature, look into trades and payments of that time; send statements to the customer, and have somebody else check desks unannounced, on record.",
    ),
    margin=Margin("SELECT min(last_good_on) AS anchor FROM population", None),
    linked=Linked(
        family=Family.PAPERS,
        nodes=(
            Node(column="person_id", role=Role.EMPLOYEE),
            Node(column="customer_id", role=Role.CUSTOMER, joins=False),
        ),
        ties=(
            Tie(
                ends=(("person_id",), ("customer_id",)),
                what=Text("經手客戶的物品", "handled the customer's things"),
                told="defect",
                rows=("shown_row", "contact_row"),
                strength=60,
            ),
        ),
        events=(
            Event(
                column="happened_on",
                what=Text("發現客戶物品或對帳單情形", "customer's things, or statements, found so"),
                rows=("shown_row",),
            ),
        ),
        confidence=90,
    ),
)
