"""SQL that the controls of staff's and customers' orders share: whose accounts are staff's, and which orders came the same way.

Every fragment is one or more relations for a WITH clause. Nothing starts from all orders: the accounts of staff and their
relatives are few, what their orders came by is little, and only orders that came by the same are looked at.
"""

from chahe.wording import Text

ADDRESS = """
    CASE WHEN {0}.client_address LIKE '%:%' THEN
         split_part(replace({0}.client_address, '::', ':' || repeat('0:', 8 - (length({0}.client_address) - length(replace({0}.client_address, ':', ''))))), ':', 1) || ':' ||
         split_part(replace({0}.client_address, '::', ':' || repeat('0:', 8 - (length({0}.client_address) - length(replace({0}.client_address, ':', ''))))), ':', 2) || ':' ||
         split_part(replace({0}.client_address, '::', ':' || repeat('0:', 8 - (length({0}.client_address) - length(replace({0}.client_address, ':', ''))))), ':', 3) || ':' ||
         split_part(replace({0}.client_address, '::', ':' || repeat('0:', 8 - (length({0}.client_address) - length(replace({0}.client_address, ':', ''))))), ':', 4)
    ELSE {0}.client_address END"""
"""An IPv4 address, or the first four groups of an IPv6 address (a line is given a /64, and devices change the rest daily).

Addresses are in the spelling of RFC 5952, so that `::` stands for as many zero groups as are missing.
"""

PLACE = """
    CASE WHEN {0} LIKE '%:%' THEN
         lpad(split_part({0}, ':', 1), 4, '0') || ':' || lpad(split_part({0}, ':', 2), 4, '0') || ':' ||
         lpad(split_part({0}, ':', 3), 4, '0') || ':' || lpad(split_part({0}, ':', 4), 4, '0')
    ELSE lpad(split_part({0}, '.', 1), 3, '0') || '.' || lpad(split_part({0}, '.', 2), 3, '0') || '.' ||
         lpad(split_part({0}, '.', 3), 3, '0') || '.' || lpad(split_part({0}, '.', 4), 3, '0') END"""
"""As `derivations.network_ranges.place` writes it."""

_CALLER = "replace(replace(replace(replace({0}.caller_number, '-', ''), ' ', ''), '(', ''), ')', '')"

# Whoever was hired after the day of leaving is back. A relation of which no day is known holds always.
KIN = """
    employed AS (
        SELECT person_id, upper(trim(national_id)) AS national_id, coalesce(hired_on, DATE '1900-01-01') AS since,
               CASE WHEN hired_on > left_on THEN DATE '2999-12-31' ELSE coalesce(left_on, DATE '2999-12-31') END AS until_on,
               row_id AS employee_row
        FROM employees
    ),
    kin AS (
        SELECT e.person_id, 'self' AS relation, e.national_id, e.since, e.until_on, e.employee_row, CAST(NULL AS VARCHAR) AS relation_row
        FROM employed e
        UNION ALL
        SELECT r.person_id, r.relation, upper(trim(r.national_id)),
               coalesce(greatest(e.since, r.related_from), DATE '1900-01-01'),
               coalesce(least(e.until_on, r.related_until), DATE '2999-12-31'), e.employee_row, r.row_id
        FROM relations r LEFT JOIN employed e ON e.person_id = r.person_id
    ),
    held AS (
        SELECT t.account, t.account_class, t.representative_id, t.representative_from, t.opened_on, t.row_id AS account_row,
               upper(trim(c.national_id)) AS national_id, t.customer_id, c.born_on, c.died_on, c.death_known_on, c.row_id AS holder_row
        FROM trading_accounts t LEFT JOIN customers c ON c.customer_id = t.customer_id
    )"""
"""`employed`: each employee's time. `kin`: each employee and relative. `held`: each account with its owner."""

STAFF = f"""{KIN},
    staff AS (
        SELECT k.person_id, h.account, min(k.relation) AS relation, min(h.born_on) AS born_on,
               min(k.since) AS since, max(k.until_on) AS until_on,
               max(CASE WHEN k.national_id IS NULL THEN 1 ELSE 0 END) AS nameless, min(k.employee_row) AS employee_row,
               min(k.relation_row) AS relation_row, min(h.account_row) AS account_row
        FROM kin k LEFT JOIN held h ON h.national_id = k.national_id
        GROUP BY k.person_id, h.account
    )
"""
"""`KIN`, and `staff`: each employee's and relative's account, and
one row without an account for those who have none (`nameless`: one of them has no national ID, so nobody can tell). Whom two
relations tie to one employee (a former spouse, now a cohabitant) is tied from the first day of the one to the last of the other."""

NEW_ORDERS = "o.event = 'new' AND o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us"
"""Records `o` by which an order of the period came in."""
_STAFF_ORDERS = f"""
    staff_orders AS (
        SELECT s.person_id, s.account, o.happened_on, o.order_id, o.channel, o.signature AS certificate, o.device,
               {ADDRESS.format("o")} AS address, {_CALLER.format("o")} AS caller
        FROM {{}} o JOIN staff s ON s.account = o.account
        WHERE {{}}o.happened_on >= s.since AND o.happened_on <= s.until_on
    ),
    addresses AS (SELECT DISTINCT happened_on, address FROM staff_orders),
    shared AS (
        SELECT a.happened_on, a.address, max(CASE WHEN n.network_kind = 'branch' THEN 1 ELSE 0 END) AS at_branch
        FROM addresses a
        JOIN network_ranges n ON {PLACE.format("a.address")} BETWEEN n.first_place AND n.last_place
        WHERE a.happened_on >= coalesce(n.range_from, a.happened_on) AND a.happened_on <= coalesce(n.range_until, a.happened_on)
        GROUP BY a.happened_on, a.address
    )
"""
STAFF_ORDERS = _STAFF_ORDERS.format("orders", f"{NEW_ORDERS}\n              AND ")
"""`staff_orders`: the records of the period's orders on staff's accounts. `shared`: their addresses that lie in known networks."""
STAFF_ORDERS_NOTICED = _STAFF_ORDERS.format("noticed", "")
"""The same, from a relation `noticed` of the period's new orders on at least these accounts."""

_OF_STAFF = {
    "certificate": "o.certificate",
    "device": "CASE WHEN k.at_branch = 1 THEN NULL ELSE o.device END",
    "address": "CASE WHEN k.address IS NULL THEN o.address END",
    "caller": "o.caller",
}


# A device in a branch may be one that stands there for customers; in the firm's offices there is none.
def came_by(*ties: str) -> str:
    """`came_by`: what staff's orders came by, record by record; no address in a known network, no device in a branch."""
    return f"""
    came_by AS (
        SELECT o.person_id, o.happened_on, {", ".join(f"{_OF_STAFF[tie]} AS {tie}" for tie in ties)}
        FROM staff_orders o
        LEFT JOIN shared k ON k.happened_on = o.happened_on AND k.address = o.address
    )
"""


NO_TRACE = """
    traceless AS (
        SELECT DISTINCT person_id, account FROM staff_orders
        GROUP BY person_id, account, happened_on, order_id
        HAVING max(coalesce(certificate, device, address, caller)) IS NULL AND max(channel) IN ('internet', 'api', 'voice')
    )
"""
"""`traceless`: persons and accounts with an order of which no record says where it came from."""

_OF_ORDER = {
    "certificate": "o.signature",
    "device": "o.device",
    "address": ADDRESS.format("o"),
    "caller": _CALLER.format("o"),
}
_LISTED = ", ".join(f"('{tie}')" for tie in _OF_ORDER)
_VALUES = " ".join(f"WHEN '{tie}' THEN {{0}}.{tie}" for tie in _OF_ORDER)
_JOINS = "\n".join(
    f"        LEFT JOIN marks by_{tie} ON by_{tie}.mark = {mark} AND by_{tie}.happened_on = o.happened_on"
    for tie, mark in _OF_ORDER.items()
)

# That tie and tie agree is asked where two orders meet. A certificate or device is a person's own however many accounts use it.
TIED = f"""{came_by(*_OF_ORDER)},
    marks AS (
        SELECT DISTINCT o.happened_on, CASE w.tie {_VALUES.format("o")} END AS mark
        FROM came_by o CROSS JOIN (VALUES {_LISTED}) AS w(tie)
    ),
    near AS (
        SELECT o.happened_on, o.account, o.order_id, o.symbol, o.side, o.quantity, o.row_id,
               coalesce(o.received_at_us, o.logged_at_us) AS at_us, {", ".join(f"by_{tie}.mark AS {tie}" for tie in _OF_ORDER)}
        FROM orders o
{_JOINS}
        WHERE o.event = 'new' AND o.logged_at_us >= :from_us AND o.logged_at_us < :until_end_us
              AND coalesce({", ".join(f"by_{tie}.mark" for tie in _OF_ORDER)}) IS NOT NULL
    ),
    tied AS (
        SELECT n.happened_on, w.tie, CASE w.tie {_VALUES.format("n")} END AS mark,
               n.account, n.order_id, max(n.symbol) AS symbol, max(n.side) AS side, max(n.quantity) AS quantity,
               min(n.at_us) AS at_us, min(n.row_id) AS order_row
        FROM near n
        CROSS JOIN (VALUES {_LISTED}) AS w(tie)
        GROUP BY 1, 2, 3, n.account, n.order_id
    ),
    quiet AS (
        SELECT happened_on, tie, mark FROM tied GROUP BY happened_on, tie, mark
        HAVING tie IN ('certificate', 'device') OR count(DISTINCT account) <= :crowd
    ),
    mine AS (
        SELECT s.person_id, s.relation, s.born_on, t.*
        FROM tied t JOIN staff s ON s.account = t.account
        WHERE t.happened_on >= s.since AND t.happened_on <= s.until_on
    ),
    theirs AS (
        SELECT t.*, h.national_id, h.born_on, h.died_on, h.representative_id, h.representative_from, h.opened_on, h.holder_row,
               h.account_row
        FROM tied t
        JOIN quiet q ON q.happened_on = t.happened_on AND q.tie = t.tie AND q.mark = t.mark
        LEFT JOIN held h ON h.account = t.account
        LEFT JOIN staff s ON s.account = t.account AND t.happened_on >= s.since AND t.happened_on <= s.until_on
        WHERE s.account IS NULL AND coalesce(h.account_class, 'ordinary') NOT IN ('proprietary', 'error', 'discretionary')
    )
"""
"""`mine` and `theirs`: the orders of staff's and of customers' accounts that came by one mark on one day.

A tie is a certificate, device, address or caller, its value the `mark`; an order stands once for every tie it has.
Customers' orders by an address or a caller that more than `:crowd` accounts used that day are not among them.
"""


AUTHORITIES = """
    authorities AS (
        SELECT a.account, upper(trim(a.national_id)) AS national_id, coalesce(a.authority_from, DATE '1900-01-01') AS since,
               coalesce(a.authority_until, DATE '2999-12-31') AS until_on
        FROM account_authorizations a
        LEFT JOIN employed e ON e.national_id = upper(trim(a.national_id))
        WHERE a.authority IN ('trade', 'discretionary', 'legal_representative') AND e.person_id IS NULL
    )
"""
"""Whom the owner of an account lets act on it. An employee may not be an agent, so a paper that names one is no authority."""

PAPERS = """
    papers AS (
        SELECT h.account, a.account AS other_account, a.since, a.until_on
        FROM authorities a JOIN held h ON h.national_id = a.national_id
        UNION ALL
        SELECT a.account, h.account, a.since, a.until_on
        FROM authorities a JOIN held h ON h.national_id = a.national_id
    )
"""
"""Two accounts of which the owner of the one may act on the other, once in each order."""

LEFT_OUT = {"left_before": Text("查核期間之前已離職或關係已終止", "left, or no longer related, before the period")}

UNCLEAR = {
    "no_id": Text(
        "員工或關係人沒有身分證字號，無法對出帳戶；請補登",
        "an employee or relative without a national ID, so their accounts cannot be found; fill it in",
    ),
    "no_trace": Text(
        "員工或關係人帳戶有網路或電話委託沒有留下 IP、裝置、憑證或來電號碼",
        "internet or telephone orders on an account of staff or a relative without address, device, certificate or caller on record",
    ),
    "owner_unknown": Text(
        "帳戶不在證券帳戶清冊，或所有人沒有身分證字號，不知是客戶或員工的關係人",
        "the account is not on the list, or its owner has no national ID: a customer's or a relative's cannot be told",
    ),
    "network_unreadable": Text(
        "已知網路清冊有讀不懂的網段；請改為位址或 CIDR",
        "the register of known networks holds one that cannot be read; write an address or CIDR",
    ),
}

RELATIONS = {
    "self": Text("本人", "the employee"),
    "spouse": Text("配偶", "the employee's spouse"),
    "minor_child": Text("未成年子女", "the employee's minor child"),
    "child": Text("成年子女", "the employee's grown-up child"),
    "parent": Text("父母", "the employee's parent"),
    "sibling": Text("兄弟姊妹", "the employee's sibling"),
    "cohabitant": Text("同居人", "who lives with the employee"),
    "nominee": Text("利用其名義之人", "whose name the employee uses"),
    "other": Text("其他親屬", "another relative of the employee"),
}
TIES = {
    "certificate": Text("憑證", "certificate"),
    "device": Text("裝置", "device"),
    "address": Text("來源 IP", "IP address"),
    "caller": Text("來電號碼", "caller's number"),
}
