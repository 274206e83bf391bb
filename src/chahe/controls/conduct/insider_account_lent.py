"""Insiders' accounts that somebody else orders for, and others' accounts that insiders order for, act for, or take their own orders on."""

from chahe.controls.linked import Family, Linked, Node, Role, Tie, Trait
from chahe.controls.linked_staff import STAFF_NODES, STAFF_TIES
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.controls.staff_orders import AUTHORITIES, KIN, PAPERS
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.orders import table as orders
from chahe.evidence.relations import table as relations
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citation import Sureness
from chahe.rules.citations import (
    CUSTOMER_ORDERS_TAKEN_PROPERLY,
    INSIDER_ACCOUNTS_APART,
    INSIDERS_DEFINED,
    ORDERS_BY_RIGHTFUL_HANDS,
)
from chahe.rules.parameter import Parameter, Stricter, Unit
from chahe.wording import Text

_IN_PERIOD = "o.event = 'new' AND o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us"
_MARK = "CASE w.tie WHEN 'device' THEN o.device ELSE o.signature END AS mark"
_TIES = "CROSS JOIN (VALUES ('device'), ('certificate')) AS w(tie)"

_FIRMS_HAND = "IN ('proprietary', 'error', 'discretionary')"

# An account of two employees (a couple's child) goes by its own holder, else by the first; its family is both's. Whoever was declared
# to be family may share a device at home, whose name is used may not. A terminal that many accounts use stands in a branch.
_POPULATION = f"""
    WITH {KIN}, {AUTHORITIES}, {PAPERS},
    ties AS (
        SELECT k.person_id, k.relation, k.since, k.until_on, k.employee_row, k.relation_row, h.account, h.account_class, h.account_row
        FROM kin k JOIN held h ON h.national_id = k.national_id
    ),
    insiders AS (SELECT t.* FROM ties t WHERE t.relation IN ('self', 'spouse', 'minor_child')),
    own AS (
        SELECT i.*, row_number() OVER (
            PARTITION BY i.account
            ORDER BY CASE WHEN i.until_on < :from THEN 2 WHEN i.relation = 'self' THEN 0 ELSE 1 END, i.person_id, i.relation, i.relation_row
        ) AS place
        FROM insiders i
    ),
    related AS (
        SELECT t.person_id, t.account FROM ties t WHERE t.until_on >= :from GROUP BY t.person_id, t.account
        HAVING count(CASE WHEN t.relation = 'nominee' THEN 1 END) = 0
    ),
    families AS (
        SELECT DISTINCT x.account, y.account AS kin_account FROM related x JOIN related y ON y.person_id = x.person_id
    ),
    own_orders AS (
        SELECT DISTINCT o.account, o.happened_on, o.order_id, o.device, o.signature, o.channel, o.handler_id, o.row_id
        FROM orders o JOIN insiders i ON i.account = o.account
        WHERE {_IN_PERIOD} AND o.happened_on >= i.since AND o.happened_on <= i.until_on
    ),
    own_used AS (
        SELECT tie, mark, account, count(DISTINCT happened_on) AS days, min(row_id) AS order_row
        FROM (SELECT w.tie, {_MARK}, o.account, o.happened_on, o.row_id FROM own_orders o {_TIES}) AS seen
        GROUP BY tie, mark, account
    ),
    marks AS (SELECT DISTINCT mark FROM own_used),
    used AS (
        SELECT tie, mark, account, count(DISTINCT happened_on) AS days, min(row_id) AS order_row,
               count(*) OVER (PARTITION BY tie, mark) AS accounts
        FROM (
            SELECT c.* FROM (
                SELECT w.tie, {_MARK}, o.account, o.happened_on, o.row_id FROM orders o {_TIES} WHERE {_IN_PERIOD}
            ) AS c JOIN marks m ON m.mark = c.mark
        ) AS seen
        WHERE account IS NOT NULL
        GROUP BY tie, mark, account
    ),
    met AS (
        SELECT u.account, v.account AS other_account, max(v.tie) AS tie, max(u.days) AS own_days, max(v.days) AS other_days,
               min(u.order_row) AS order_row, min(v.order_row) AS other_order_row
        FROM own_used u JOIN used v ON v.tie = u.tie AND v.mark = u.mark
        WHERE v.accounts <= :crowd
        GROUP BY u.account, v.account
    ),
    pairs AS (
        SELECT m.*, h.account_row AS other_account_row, h.national_id
        FROM met m
        LEFT JOIN held h ON h.account = m.other_account
        LEFT JOIN met b ON b.account = m.other_account AND b.other_account = m.account
        LEFT JOIN families f ON f.account = m.account AND f.kin_account = m.other_account
        LEFT JOIN papers a ON a.account = m.account AND a.other_account = m.other_account
                           AND a.since <= :until AND a.until_on >= :from
        WHERE f.account IS NULL AND a.account IS NULL
              AND (b.account IS NULL OR m.account < m.other_account)
              AND coalesce(h.account_class, 'ordinary') NOT {_FIRMS_HAND}
    ),
    traceless AS (
        SELECT account, min(order_row) AS order_row
        FROM (
            SELECT account, min(row_id) AS order_row FROM own_orders GROUP BY account, happened_on, order_id
            HAVING count(CASE WHEN channel = 'internet' THEN 1 END) > 0 AND max(coalesce(device, signature)) IS NULL
        ) AS whole
        GROUP BY account
    ),
    handled AS (
        SELECT i.person_id, i.account, max(i.relation) AS relation, min(o.row_id) AS order_row,
               count(DISTINCT CAST(o.happened_on AS VARCHAR) || ' ' || o.order_id) AS own_orders,
               min(i.employee_row) AS employee_row, min(i.relation_row) AS relation_row, min(i.account_row) AS account_row
        FROM own_orders o
        JOIN insiders i ON i.account = o.account AND i.person_id = o.handler_id
                        AND i.since <= o.happened_on AND i.until_on >= o.happened_on
        WHERE i.relation IN ('self', 'minor_child') AND o.channel IN ('voice', 'counter', 'ordinary')
        GROUP BY i.person_id, i.account
    ),
    unhandled AS (
        SELECT account, happened_on, order_id, min(row_id) AS order_row FROM own_orders
        WHERE channel IN ('voice', 'counter', 'ordinary')
        GROUP BY account, happened_on, order_id HAVING max(handler_id) IS NULL
    )
    SELECT w.person_id, w.account, p.other_account, w.relation, p.tie, p.own_days, p.other_days, w.account_row, w.employee_row,
           w.relation_row, coalesce(p.order_row, t.order_row) AS order_row, p.other_order_row, p.other_account_row,
           CAST(NULL AS VARCHAR) AS authority_row,
           CASE WHEN p.other_account IS NULL AND t.account IS NOT NULL THEN 'no_trace' WHEN p.other_account IS NULL THEN 'good'
                WHEN p.national_id IS NULL THEN 'owner_unknown' WHEN p.own_days > p.other_days THEN 'operated'
                WHEN p.own_days < p.other_days THEN 'lent' ELSE 'either' END AS state,
           CASE WHEN w.until_on < :from THEN 'left_before' END AS excluded_because
    FROM own w
    LEFT JOIN pairs p ON p.account = w.account AND coalesce(w.account_class, 'ordinary') NOT {_FIRMS_HAND}
    LEFT JOIN traceless t ON t.account = w.account
    WHERE w.place = 1
    UNION ALL
    SELECT h.person_id, h.account, CAST(NULL AS VARCHAR), h.relation, CAST(NULL AS VARCHAR), h.own_orders, CAST(NULL AS BIGINT),
           h.account_row, h.employee_row, h.relation_row, h.order_row, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
           CAST(NULL AS VARCHAR), 'handled', CAST(NULL AS VARCHAR)
    FROM handled h
    UNION ALL
    SELECT i.person_id, i.account, CAST(NULL AS VARCHAR), max(i.relation), CAST(NULL AS VARCHAR), count(DISTINCT u.order_row), CAST(NULL AS BIGINT),
           min(i.account_row), min(i.employee_row), min(i.relation_row), min(u.order_row), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
           CAST(NULL AS VARCHAR), 'no_handler', CAST(NULL AS VARCHAR)
    FROM unhandled u
    JOIN insiders i ON i.account = u.account AND i.since <= u.happened_on AND i.until_on >= u.happened_on
    WHERE i.relation IN ('self', 'minor_child')
    GROUP BY i.person_id, i.account
    UNION ALL
    SELECT k.person_id, CAST(NULL AS VARCHAR), a.account, k.relation, CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT),
           CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR), min(k.employee_row), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR),
           CAST(NULL AS VARCHAR), min(h.account_row), min(a.row_id), 'agent', CAST(NULL AS VARCHAR)
    FROM account_authorizations a
    JOIN kin k ON k.relation = 'self' AND k.national_id = upper(trim(a.national_id))
               AND greatest(k.since, a.authority_from, :from) <= least(k.until_on, a.authority_until, :until)
    LEFT JOIN held h ON h.account = a.account
    LEFT JOIN kin c ON c.person_id = k.person_id AND c.national_id = h.national_id
                    AND (c.relation = 'self' OR (c.relation = 'minor_child' AND a.authority = 'legal_representative'))
    WHERE c.person_id IS NULL AND coalesce(h.account_class, 'ordinary') NOT IN ('proprietary', 'error')
    GROUP BY k.person_id, a.account, k.relation
"""

control = Control(
    id="insider-account-lent",
    title=Text("內部人帳戶出借或利用他人帳戶", "Insiders' accounts lent, or others' used by insiders"),
    question=Text(
        "內部人（員工、配偶、未成年子女）帳戶的委託，是否與家屬以外之人的帳戶出自同一裝置或憑證？員工是否登記為他人的代理人，或經辦自己的委託？",
        "Do orders on accounts of insiders (staff, spouses, minor children) come from a device or certificate that orders for somebody outside the family, too? Is an employee on file as another's agent, or the handler of own orders?",
    ),
    cites=(INSIDER_ACCOUNTS_APART, INSIDERS_DEFINED, ORDERS_BY_RIGHTFUL_HANDS, CUSTOMER_ORDERS_TAKEN_PROPERLY),
    deck=("業務案四",),
    needs=(
        Need(table=orders, whole=True, told=("logged_at_us", "account", "channel", "device")),
        Need(table=trading_accounts),
        Need(table=customers, excuses=True, told=("national_id",)),
        Need(table=employees, excuses=True),
        Need(table=relations, excuses=True),
        Need(table=account_authorizations, excuses=True, told=("national_id",)),
    ),
    parameters={
        "crowd": Parameter(
            8,
            Unit.COUNT,
            Stricter.HIGHER,
            Text(
                "同一裝置或憑證在查核期間最多幾個帳戶使用；再多者視為營業廳共用設備，不在此判斷（由利用客戶帳戶的控制點查核）；規範未定，是我們的預設",
                "accounts that use one device or certificate in the period at most; with more it is taken for a terminal in a branch and judged by the control on customers' accounts; no rule sets it, it is our default",
            ),
            Sureness.UNCONFIRMED,
        ),
    },
    blind_spots=(
        Text(
            "只看裝置識別碼與憑證序號：把手機交給別人操作、換一支手機、只有來源 IP 相同者，看不出來（IP 由 shared-ip 查核）。",
            "Only device and certificate are looked at: a telephone handed over, another telephone, or the same IP address alone go unseen (shared-ip judges addresses).",
        ),
        Text(
            "同一裝置下單不說明是誰操作：使用日數多的一方推定為裝置主人，相同時兩者皆可能。",
            "One device does not say who held it: whoever used it on more days is taken for its owner; where the days are equal it may be either.",
        ),
        Text(
            "申報的親屬共用家中裝置不列；未申報的親屬會列出，請補申報。",
            "Declared family who share a device at home are left out; family nobody declared is shown: have it declared.",
        ),
    ),
    frame=Text(
        "內部人的每一個證券帳戶（與他人帳戶有同一裝置或憑證者，每一對一筆）、由員工代理的每一個帳戶，以及員工經辦的自己帳戶",
        "every account of an insider (once for each other account that shares a device or certificate), every account for which an employee is the agent, and own accounts that an employee handled",
    ),
    population=_POPULATION,
    exclusions={"left_before": Text("查核期間之前已離職或關係已終止", "left, or no longer related, before the period")},
    exceptions="""
        SELECT p.person_id, p.account, p.other_account, p.relation, p.tie, p.own_days, p.other_days, p.state AS defect,
               p.account_row, p.employee_row, p.relation_row, p.order_row, p.other_order_row, p.other_account_row, p.authority_row
        FROM population p WHERE p.state IN ('operated', 'lent', 'either', 'handled', 'agent')
    """,
    undetermined="""
        SELECT p.person_id, p.account, p.other_account, p.state AS why FROM population p
        WHERE p.state IN ('no_trace', 'owner_unknown', 'no_handler')
        UNION ALL
        SELECT DISTINCT e.person_id, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), 'no_id'
        FROM employees e
        LEFT JOIN relations r ON r.person_id = e.person_id AND r.national_id IS NULL AND r.relation IN ('spouse', 'minor_child')
                              AND coalesce(r.related_until, :until) >= :from
        WHERE (e.national_id IS NULL OR r.person_id IS NOT NULL) AND (coalesce(e.left_on, :until) >= :from OR e.hired_on > e.left_on)
    """,
    unclear={
        "no_trace": Text(
            "網路委託沒有留下裝置與憑證", "an order over the internet without device and certificate on record"
        ),
        "no_handler": Text(
            "員工或其未成年子女的電話或臨櫃委託沒有受託買賣人員，不知是否由本人經辦",
            "orders by telephone or at the counter of the employee, or of a minor child, that do not say who took them: perhaps the employee",
        ),
        "owner_unknown": Text(
            "另一帳戶不在清冊，或所有人沒有證件號碼，不知是不是家屬",
            "the other account is not on the list, or its owner has no ID: whether it is family cannot be told",
        ),
        "no_id": Text(
            "員工或其配偶、未成年子女沒有身分證字號，對不出帳戶；請補登",
            "the employee, spouse or minor child has no national ID, so the accounts cannot be found; fill it in",
        ),
    },
    key=("person_id", "account", "other_account"),
    empty=Empty.NOT_APPLICABLE,
    severity=Severity.HIGH,
    message=Text(
        "員工 {person_id}（{relation:word}）帳戶 {account} 與帳戶 {other_account}：{defect:word}（{tie:word}；使用日數 {own_days} 對 {other_days}）",
        "employee {person_id} ({relation:word}), account {account} and account {other_account}: {defect:word} ({tie:word}; used on {own_days} days against {other_days})",
    ),
    words={
        "self": Text("本人", "in person"),
        "spouse": Text("配偶", "spouse"),
        "minor_child": Text("未成年子女", "minor child"),
        "device": Text("同一裝置", "one device"),
        "certificate": Text("同一憑證", "one certificate"),
        "operated": Text("以內部人的裝置替他人帳戶下單", "the other's orders came from the insider's device"),
        "lent": Text("內部人帳戶由他人的裝置下單", "the insider's orders came from another's device"),
        "either": Text(
            "兩帳戶由同一裝置下單，其一非本人所為", "one device ordered for both, so one of them was used by another"
        ),
        "handled": Text(
            "員工經辦自己（或未成年子女）的非電子委託",
            "the employee handled own (or a minor child's) orders taken by staff",
        ),
        "agent": Text("員工登記為他人帳戶的代理人", "the employee is on file as the agent of another's account"),
    },
    remedy=Text(
        "調閱裝置、憑證與錄音，約談雙方查明由誰下單；停止出借與代理，撤銷員工的授權，改由他人經辦，並通報主管與稽核。",
        "Pull devices, certificates and recordings and find out from both who ordered; stop the lending and acting for others, revoke authorities of staff, have others handle such orders, and tell the head and internal audit.",
    ),
    margin=None,
    linked=Linked(
        family=Family.ORDERS,
        nodes=(*STAFF_NODES, Node(column="other_account", role=Role.ACCOUNT)),
        ties=(
            *STAFF_TIES,
            Tie(
                ends=(("account", "person_id"), ("other_account",)),
                what=Text("帳戶由同一人使用", "used by one hand"),
                told="defect",
                rows=("order_row", "other_order_row", "authority_row", "other_account_row"),
                strength=80,
            ),
        ),
        confidence=80,
        traits=(Trait.DISCRETION,),
    ),
)
