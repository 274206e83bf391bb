"""Customers who can be reached where an employee or a relative of one can: same address, another floor, telephone, agent, contact."""

from chahe.controls.linked_staff import SHARED_CONTACTS
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.contact_links import table as contact_links
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.relations import table as relations
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import CUSTOMER_ORDERS_TAKEN_PROPERLY, NO_MISLEADING_ACTS, SHARED_CONTACT_REPORTED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_CHANNELS = ("address", "phone", "email", "settlement_account", "agent", "emergency_contact", "statement")
_POINTS = " + ".join(f"max(CASE WHEN l.channel = '{one}' THEN l.points ELSE 0 END)" for one in _CHANNELS)
_ROWS = ", ".join(
    f"max(CASE WHEN l.channel = '{one}' THEN l.staff_row END) AS {one}_staff_row, "
    f"max(CASE WHEN l.channel = '{one}' THEN l.customer_row END) AS {one}_customer_row"
    for one in _CHANNELS
)
_NAMED_ROWS = ", ".join(f"p.{one}_staff_row, p.{one}_customer_row" for one in _CHANNELS)
_TIES_ZH = " || ".join(
    f"CASE WHEN p.{one}_customer_row IS NOT NULL THEN '{word}、' ELSE '' END"
    for one, word in (
        ("phone", "電話相同"),
        ("email", "電子郵件相同"),
        ("settlement_account", "交割帳戶相同"),
        ("agent", "代理人為員工方"),
        ("emergency_contact", "緊急聯絡人為員工方"),
        ("statement", "對帳單寄送員工方"),
    )
)
_TIES_EN = " || ".join(
    f"CASE WHEN p.{one}_customer_row IS NOT NULL THEN '{word}, ' ELSE '' END"
    for one, word in (
        ("phone", "same telephone"),
        ("email", "same e-mail"),
        ("settlement_account", "same settlement account"),
        ("agent", "agent of the employee side"),
        ("emergency_contact", "emergency contact of the employee side"),
        ("statement", "statements sent to the employee side"),
    )
)

# Declared kin are left out. One account of the customer or several: each
# channel stands once for a pair, so the greatest is its own.
_POPULATION = f"""
    WITH pairs AS (
        SELECT l.person_id, l.customer_id, max(CASE WHEN l.kinship = 'kin' THEN 1 ELSE 0 END) AS kin,
               max(CASE WHEN l.kinship = 'perhaps' THEN 1 ELSE 0 END) AS perhaps,
               {_POINTS} AS shared_points, {_ROWS},
               max(CASE WHEN l.channel = 'address' THEN l.level END) AS level,
               min(CASE WHEN l.via = 'self' THEN 'self' ELSE 'through_relative' END) AS nearest,
               max(l.relation_row) AS relation_row,
               max(CASE WHEN a.representative_id = l.person_id THEN 1 ELSE 0 END) AS served,
               max(CASE WHEN a.representative_id = l.person_id AND l.registered_on > a.opened_on
                             AND l.registered_on >= coalesce(a.representative_from, a.opened_on) THEN 1 ELSE 0 END) AS moved,
               max(CASE WHEN l.changed_by = l.person_id THEN 1 ELSE 0 END) AS keyed,
               max(CASE WHEN a.account IS NOT NULL AND a.representative_id IS NULL THEN 1 ELSE 0 END) AS unserved,
               min(CASE WHEN a.representative_id = l.person_id THEN a.row_id END) AS account_row
        FROM contact_links l
        LEFT JOIN trading_accounts a ON a.customer_id = l.customer_id AND coalesce(a.opened_on, :until) <= :until
                                        AND coalesce(a.closed_on, :until) >= :from
        WHERE l.channel <> 'unread'
        GROUP BY l.person_id, l.customer_id
    ),
    weighed AS (
        SELECT p.*, p.shared_points + p.served * :representative + p.moved * :moved + p.keyed * :keyed AS strength
        FROM pairs p
    ),
    unread AS (
        SELECT customer_id, min(customer_row) AS unread_row FROM contact_links WHERE channel = 'unread' GROUP BY customer_id
    ),
    reached AS (SELECT DISTINCT party_id FROM contact_details WHERE party_kind = 'customer'),
    staffed AS (
        SELECT DISTINCT upper(trim(national_id)) AS national_id FROM employees
        WHERE coalesce(left_on, :as_of) >= :as_of
    )
    SELECT c.customer_id, c.row_id AS customer_row, p.person_id, p.strength, p.level, p.nearest, p.served, p.moved, p.keyed,
           p.relation_row, p.account_row, {_NAMED_ROWS},
           CASE WHEN (p.strength >= :least
                      OR (p.level IN ('unit', 'building')
                          AND (p.agent_customer_row IS NOT NULL OR p.emergency_contact_customer_row IS NOT NULL)))
                THEN CASE WHEN p.perhaps = 1 THEN 'perhaps_kin' ELSE 'tied' END
                WHEN p.unserved = 1 AND p.strength + :representative >= :least THEN 'no_representative'
                WHEN u.customer_id IS NOT NULL THEN 'unread'
                WHEN r.party_id IS NULL THEN 'no_contact'
                ELSE 'clear' END AS state,
           CASE WHEN s.national_id IS NOT NULL THEN 'staff' WHEN p.kin = 1 THEN 'kin' END AS excluded_because
    FROM customers c
    LEFT JOIN weighed p ON p.customer_id = c.customer_id
    LEFT JOIN unread u ON u.customer_id = c.customer_id
    LEFT JOIN reached r ON r.party_id = c.customer_id
    LEFT JOIN staffed s ON s.national_id = upper(trim(c.national_id))
"""

control = Control(
    id="shared-contact",
    title=Text("客戶與員工聯絡資料相同", "Customers reached where staff are"),
    question=Text(
        "是否有客戶的地址（含同一門牌不同樓層）、電話、電子郵件、交割帳戶、代理人或緊急聯絡人，與員工或其親屬相同，而該客戶並非其申報的親屬？",
        "Is some customer's address (another floor of the house counts), telephone, e-mail, settlement account, agent or emergency contact that of an employee or a relative, although the customer is none of the declared kin?",
    ),
    cites=(NO_MISLEADING_ACTS, CUSTOMER_ORDERS_TAKEN_PROPERLY, SHARED_CONTACT_REPORTED),
    deck=("業務案四",),
    needs=(
        Need(table=contact_links),
        Need(table=contact_details),
        Need(table=customers, excuses=True),
        Need(table=employees, excuses=True),
        Need(table=relations, excuses=True),
        Need(table=trading_accounts),
        Need(table=account_authorizations),
    ),
    parameters={
        "least": Parameter(
            400,
            Unit.COUNT,
            Stricter.LOWER,
            Text(
                "強度達四百為缺失：只有兩人共用的一項最多三百，須另有佐證（第二項相同、為其營業員、任內改成相同）；規範未定，是我們的預設",
                "a strength of four hundred is a deficiency: one thing that only two share gives at most three hundred, so something else must bear it out (a second thing, being the representative, a change made meanwhile); no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "representative": Parameter(
            100,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "員工是該客戶的營業員時加一百；我們的預設",
                "added where the employee is the customer's representative; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "moved": Parameter(
            100,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "員工任其營業員期間客戶資料才改成相同者加一百；我們的預設",
                "added where the customer's detail was changed to the shared one while the employee was the representative; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
        "keyed": Parameter(
            50,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "由該員工本人登記者加五十；我們的預設",
                "added where the employee entered it; our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看得到名單上的資料：員工或親屬沒有申報的住處與電話、沒有申報的親屬，看不出來。關係人沒有聯絡資料者只以證件號碼比對代理人與緊急聯絡人。",
            "Only what is on the lists is seen: not homes and telephones, nor relatives, that staff never declared. Relatives without contacts are held against agents and emergency contacts by ID only.",
        ),
        Text(
            "相同不等於違規：合租、鄰居、離婚的配偶也會相同，須由人查證；單獨一項相同、超過三十人共用的地址不列為缺失。",
            "What is shared is no proof: flatmates, neighbours and former spouses share things, too, and a person must look. One thing alone, and addresses of more than thirty persons, are no deficiency.",
        ),
        Text(
            "地址按文字判讀：改過路名或重編門牌的、同一社區不同門牌的認不出來；英文地址與寫兩個門牌的地址列為無法判讀。只知道現任營業員，不知道歷任。",
            "Addresses are read as written: renamed roads, renumbered doors and other doors of one complex are not known; addresses in English or with two numbers count as not readable. Only present representatives are known.",
        ),
        Text(
            "訊息不寫出地址與號碼；由證據列查看原文。",
            "Messages do not tell addresses and numbers: see the evidence rows for them.",
        ),
    ),
    frame=Text(
        "客戶基本資料中的每一位客戶；與員工方有任何關聯者，每一位有關聯的員工各算一筆",
        "every customer on the list; one who has anything in common with staff, once for each such employee",
    ),
    population=_POPULATION,
    exclusions={
        "staff": Text("客戶本人就是員工", "customers who are employees themselves"),
        "kin": Text("已申報或有資料的親屬", "declared kin, or kin by the files"),
    },
    exceptions=f"""
        SELECT p.person_id, p.customer_id, p.strength, p.nearest,
               CASE WHEN p.moved = 1 THEN 'moved' WHEN p.served = 1 THEN 'served' WHEN p.keyed = 1 THEN 'keyed' ELSE 'apart'
               END AS standing,
               CASE p.level WHEN 'unit' THEN '地址同一戶、' WHEN 'building' THEN '地址同一門牌不同樓層或戶、'
                            WHEN 'same_number' THEN '地址同號不同之號、' WHEN 'floor_unknown' THEN '地址同一門牌（樓層不明）、'
                            WHEN 'neighbour' THEN '地址為鄰號、' ELSE '' END || {_TIES_ZH} AS ties_zh,
               CASE p.level WHEN 'unit' THEN 'same unit, ' WHEN 'building' THEN 'same house on another floor or unit, '
                            WHEN 'same_number' THEN 'same number with another sub-number, '
                            WHEN 'floor_unknown' THEN 'same house (floor not known), '
                            WHEN 'neighbour' THEN 'the door beside, ' ELSE '' END || {_TIES_EN} AS ties_en,
               p.customer_row, p.relation_row, p.account_row, {_NAMED_ROWS}
        FROM population p WHERE p.state = 'tied'
    """,
    undetermined="""
        SELECT p.person_id, p.customer_id, p.state AS why FROM population p
        WHERE p.state IN ('perhaps_kin', 'no_representative', 'unread', 'no_contact')
        UNION ALL
        SELECT l.person_id, l.customer_id, 'staff_unread' FROM contact_links l
        WHERE l.channel = 'unread' AND l.person_id IS NOT NULL
        UNION ALL
        SELECT e.person_id, CAST(NULL AS VARCHAR), 'staff_no_contact' FROM employees e
        LEFT JOIN (SELECT DISTINCT party_id FROM contact_details WHERE party_kind = 'employee') k ON k.party_id = e.person_id
        WHERE k.party_id IS NULL AND coalesce(e.left_on, :as_of) >= :as_of
    """,
    unclear={
        "perhaps_kin": Text(
            "證件號碼不全，客戶可能就是員工本人或其親屬；請補證件號碼",
            "an ID is missing, and the customer may be the employee or a relative; fill in the ID",
        ),
        "no_representative": Text(
            "帳戶沒有營業員，若為該員工即達缺失；請補營業員",
            "the account has no representative, and were it that employee, it would be a deficiency; fill it in",
        ),
        "unread": Text("客戶地址無法判讀", "the customer's address cannot be read"),
        "no_contact": Text("客戶沒有任何聯絡資料", "nothing is known to reach the customer by"),
        "staff_unread": Text("員工地址無法判讀", "the employee's address cannot be read"),
        "staff_no_contact": Text("員工沒有任何聯絡資料", "nothing is known to reach the employee by"),
    },
    key=("person_id", "customer_id"),
    empty=Empty.UNEVIDENCED,
    severity=Severity.HIGH,
    message=Text(
        "員工 {person_id}（{nearest:word}）與客戶 {customer_id}：{ties_zh}{standing:word}；強度 {strength}，門檻 {least}",
        "employee {person_id} ({nearest:word}) and customer {customer_id}: {ties_en}{standing:word}; strength {strength} of {least}",
    ),
    words={
        "self": Text("本人", "in person"),
        "through_relative": Text("經由關係人", "through a relative"),
        "moved": Text("任其營業員期間改成如此", "made so while the employee was the representative"),
        "served": Text("且為其營業員", "and the employee is the representative"),
        "keyed": Text("由該員工登記", "entered by the employee"),
        "apart": Text("並非其營業員", "and the employee is not the representative"),
    },
    remedy=Text(
        "由營業員以外的人向客戶本人（另尋聯絡方式）查證並更正聯絡資料，改寄對帳單，撤銷員工或其家屬的代理；查明期間的交易與款項，是親屬者補申報。",
        "Have someone other than the representative verify and correct the details with the customer (reached another way), send statements there, and revoke agents who are staff or their family; look into trades and money meanwhile, and have kin declared.",
    ),
    margin=None,
    linked=SHARED_CONTACTS,
)
