"""Accounts of insiders (staff, their spouses and minor children) that are open and not of the kind for insiders."""

from chahe.controls.linked import Event, Family, Linked, Node, Role, Tie
from chahe.controls.model import Control, Empty, Margin, Need, Severity
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.relations import table as relations
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import INSIDER_ACCOUNTS_APART, INSIDERS_DEFINED
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

# Whoever was hired after the day of leaving is back. A child is of age from the eighteenth birthday on; the list's own word counts
# where the birthday is not known.
_POPULATION = """
    WITH staff AS (
        SELECT person_id, name, national_id, hired_on, row_id FROM employees
        WHERE coalesce(hired_on, :as_of) <= :as_of AND (coalesce(left_on, :as_of) >= :as_of OR coalesce(hired_on > left_on, FALSE))
    ),
    insiders AS (
        SELECT upper(trim(e.national_id)) AS national_id, e.name, e.person_id, 'self' AS standing, e.hired_on AS became_on,
               e.row_id AS employee_row, CAST(NULL AS VARCHAR) AS relation_row
        FROM staff e
        UNION ALL
        SELECT upper(trim(r.national_id)), r.related_name, r.person_id, r.relation, greatest(e.hired_on, r.related_from),
               e.row_id, r.row_id
        FROM relations r JOIN staff e ON e.person_id = r.person_id
        WHERE r.relation IN ('spouse', 'minor_child', 'child') AND coalesce(r.related_from, :as_of) <= :as_of
              AND coalesce(r.related_until, :as_of) >= :as_of
    ),
    met AS (
        SELECT c.customer_id, c.born_on, c.row_id AS customer_row, 1 AS sure, i.standing, i.person_id, i.became_on,
               i.employee_row, i.relation_row
        FROM customers c JOIN insiders i ON i.national_id = upper(trim(c.national_id))
        UNION ALL
        SELECT c.customer_id, c.born_on, c.row_id, 0, i.standing, i.person_id, i.became_on, i.employee_row, i.relation_row
        FROM customers c JOIN insiders i ON i.name = c.name
        WHERE i.national_id IS NULL OR c.national_id IS NULL
    ),
    ranked AS (
        SELECT m.*,
               row_number() OVER (
                   PARTITION BY m.customer_id
                   ORDER BY CASE WHEN m.sure > m.ageless
                                 THEN CASE WHEN coalesce(m.became_on, DATE '1900-01-01') + CAST(:grace AS INTEGER) < :as_of THEN 0 ELSE 2 END
                                 ELSE 1 END,
                            m.sure DESC, CASE m.standing WHEN 'self' THEN 0 WHEN 'spouse' THEN 1 ELSE 2 END,
                            coalesce(m.became_on, DATE '1900-01-01'), m.person_id, m.relation_row) AS place
        FROM (SELECT x.*, CASE WHEN x.standing = 'minor_child' AND x.born_on IS NULL THEN 1 ELSE 0 END AS ageless FROM met x) m
        WHERE m.standing IN ('self', 'spouse') OR m.born_on > :majority_since OR m.ageless = 1
    )
    SELECT a.account, a.account_class, a.opened_on, a.row_id AS account_row, m.customer_id, m.customer_row, m.standing,
           m.person_id, m.became_on, m.employee_row, m.relation_row,
           coalesce(m.became_on, DATE '1900-01-01') + CAST(:grace AS INTEGER) AS last_good_on,
           CASE WHEN a.account_class = 'insider' THEN 'good'
                WHEN m.sure = 0 THEN 'no_id'
                WHEN m.ageless = 1 THEN 'no_birthday'
                WHEN a.account_class IS NULL THEN 'no_class'
                WHEN coalesce(m.became_on, DATE '1900-01-01') + CAST(:grace AS INTEGER) >= :as_of THEN 'in_time'
                WHEN a.opened_on > m.became_on THEN 'opened_since'
                ELSE 'left_open' END AS state,
           CASE WHEN m.customer_id IS NULL THEN 'not_insider' WHEN a.closed_on <= :as_of THEN 'closed'
                WHEN a.opened_on > :as_of THEN 'not_yet' WHEN a.account_class IN ('proprietary', 'error') THEN 'firms_own'
           END AS excluded_because
    FROM trading_accounts a
    LEFT JOIN ranked m ON m.customer_id = a.customer_id AND m.place = 1
"""

control = Control(
    id="insider-account-left-open",
    title=Text("內部人原有帳戶未註銷", "Insiders' ordinary accounts left open"),
    question=Text(
        "員工及其配偶、未成年子女名下，是否還有未註銷或未轉為內部人帳戶的一般帳戶？",
        "Do staff, their spouses or minor children still have open accounts that are not of the kind for insiders?",
    ),
    cites=(INSIDER_ACCOUNTS_APART, INSIDERS_DEFINED),
    deck=("業務-3",),
    needs=(Need(table=trading_accounts), Need(table=customers), Need(table=employees), Need(table=relations)),
    parameters={
        "grace": Parameter(
            0,
            Unit.DAYS,
            Stricter.FREE,
            Text(
                "成為內部人後幾日內應註銷或轉換；規範條文未能取得，預設當日，公司內規另有期限者自訂",
                "days after becoming an insider within which it is closed or converted; the rule's text was not available, the default is the same day, and a firm may set what its own rules say",
            ),
            Sureness.UNCONFIRMED,
        ),
        "majority": Parameter(
            18,
            Unit.YEARS,
            Stricter.HIGHER,
            Text(
                "民法成年年齡，112 年起為十八歲；滿十八歲當日起不再是未成年子女",
                "majority under the Civil Code, eighteen since 2023: from the eighteenth birthday on a child is no minor",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看得到員工名冊與關係人名單上的人；董事、監察人不在員工名冊者，請一併列入。沒有申報的配偶與子女看不出來。",
            "Only persons on the lists of staff and relatives are seen: put directors and supervisors on the list of staff, too. Spouses and children nobody declared are not seen.",
        ),
        Text(
            "只看基準日還開著的帳戶；逾期後已註銷的，以及在其他證券商的帳戶，不在其內。",
            "Only accounts open on the as-of day are judged: not those closed late, nor accounts at other firms.",
        ),
        Text(
            "沒有成為內部人的日子（到職日、結婚日）時，視為早已是內部人。",
            "Where the day of becoming an insider (hired, married) is not known, it counts as long past.",
        ),
    ),
    frame=Text("證券帳戶清冊中的每一個帳戶", "every account on the list of accounts"),
    population=_POPULATION,
    exclusions={
        "not_insider": Text("所有人不是內部人", "accounts of persons who are no insiders"),
        "closed": Text("基準日已銷戶或轉換", "accounts closed or converted by the as-of day"),
        "not_yet": Text("基準日尚未開戶", "accounts not yet opened on the as-of day"),
        "firms_own": Text("公司的自營或錯帳帳戶", "the firm's own and error accounts"),
    },
    exceptions="""
        SELECT p.account, p.customer_id, p.account_class, p.opened_on, p.standing, p.person_id, p.became_on, p.state AS defect,
               CASE WHEN p.became_on IS NOT NULL THEN date_diff('day', p.last_good_on, :as_of) END AS overdue,
               p.account_row, p.customer_row, p.employee_row, p.relation_row
        FROM population p WHERE p.state IN ('left_open', 'opened_since')
    """,
    undetermined="""
        SELECT p.account, p.state AS why FROM population p WHERE p.state IN ('no_id', 'no_birthday', 'no_class')
    """,
    unclear={
        "no_id": Text(
            "客戶或員工方沒有身分證字號，只有姓名相同；請補證件號碼",
            "only the name is that of an insider, for an ID is missing on one side; fill it in",
        ),
        "no_birthday": Text(
            "客戶沒有出生日期，不知該子女是否成年",
            "the child's birthday is missing, so nobody can tell whether it is a minor",
        ),
        "no_class": Text("帳戶沒有類別", "the account has no class"),
    },
    key=("account",),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.MEDIUM,
    message=Text(
        "帳戶 {account}（{account_class:choice}，{opened_on:date} 開戶）屬員工 {person_id} {standing:word}，自 {became_on:date} 起為內部人：{defect:word}，逾期 {overdue} 日",
        "account {account} ({account_class:choice}, opened {opened_on:date}) is held by employee {person_id} {standing:word}, insider since {became_on:date}: {defect:word}, {overdue} days overdue",
    ),
    words={
        "self": Text("本人", "in person"),
        "spouse": Text("之配偶", "through the spouse"),
        "minor_child": Text("之未成年子女", "through a minor child"),
        "child": Text("之未成年子女（名單誤列為成年）", "through a minor child (listed as grown up)"),
        "left_open": Text("原有帳戶未註銷或轉換", "left open and not converted"),
        "opened_since": Text("成為內部人後才開立", "opened after becoming an insider"),
    },
    remedy=Text(
        "立即註銷或轉為內部人帳戶，清查成為內部人後的交易是否經事後檢核；到職、結婚、生子時列入檢查項目。",
        "Close or convert it at once, look into the trades made since then without the checks for insiders, and put the check into hiring, marriage and birth.",
    ),
    margin=Margin("SELECT min(last_good_on) AS anchor FROM population WHERE state = 'in_time'", None),
    linked=Linked(
        family=Family.PAPERS,
        nodes=(
            Node(column="person_id", role=Role.EMPLOYEE),
            Node(column="relation_row", role=Role.RELATIVE, called="standing"),
            Node(column="account", role=Role.ACCOUNT),
        ),
        ties=(
            Tie(
                ends=(("person_id",), ("relation_row",)),
                what=Text("關係人", "relative"),
                told="standing",
                rows=("relation_row", "employee_row"),
                strength=95,
            ),
            Tie(
                ends=(("relation_row", "person_id"), ("account",)),
                what=Text("名下帳戶", "account in that name"),
                told="defect",
                rows=("account_row", "customer_row"),
                strength=95,
            ),
        ),
        events=(
            Event(
                column="became_on", what=Text("成為內部人", "became an insider"), rows=("employee_row", "relation_row")
            ),
        ),
        confidence=100,
    ),
)
