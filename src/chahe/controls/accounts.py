"""SQL that the controls of accounts share: under which names a system goes, whose an account is, and whether it can be used.

Every fragment is one or more relations for a WITH clause. Account lists name a host, a domain or a system, registers may
name either, logs name the host. Two names meet if they are equal or if one is a host of the other; two hosts of one system
do not meet, so that an approval for one machine says nothing about the next.
"""

from chahe.wording import Text

KINDRED = """
    kindred AS (
        SELECT system AS name, host AS other FROM system_hosts
        UNION
        SELECT host, system FROM system_hosts
    )
"""
"""A system's name and that of each of its hosts, both ways."""


def system_names(*tables: str) -> str:
    """`names` (system, known_as): every name under which a system named in those tables may be found elsewhere."""
    named = " UNION ".join(f"SELECT system FROM {table}" for table in tables)
    return f"""
    {KINDRED},
    named AS ({named}),
    names AS (
        SELECT system, system AS known_as FROM named
        UNION
        SELECT s.system, k.other FROM named s JOIN kindred k ON k.name = s.system
    )
"""


# Left out as a customer's only where every list that says whose it is says so: a customer number given to staff stays in.
# An account whose state is not said counts as enabled: nothing is excused because a list is silent.
_LISTED = """
    holders AS (
        SELECT n.system, h.account,
               bool_or(h.holder_kind IS DISTINCT FROM 'customer') AS not_customers,
               bool_or(h.holder_kind IS DISTINCT FROM 'service') AS not_services
        FROM account_holders h JOIN names n ON n.known_as = h.system
        GROUP BY n.system, h.account
    ),
    listed AS (
        SELECT a.*, h.not_services,
               CASE WHEN (a.holder_kind = 'customer' OR (a.holder_kind IS NULL AND h.account IS NOT NULL))
                         AND NOT coalesce(h.not_customers, FALSE) THEN 'customer'
                    WHEN a.enabled = FALSE THEN 'disabled'
                    WHEN a.expires_on < :as_of THEN 'expired'
               END AS left_out
        FROM user_accounts a
        LEFT JOIN holders h ON h.system = a.system AND h.account = a.account
    )
"""


def listed_with(*tables: str) -> str:
    """`names` of the account lists and those tables, and `listed`: user_accounts with `left_out`.

    `left_out` says why an account is none of staff or vendors that can be used (null: it is one); `not_services` says whether
    any of its holders is not said to be responsible for a service, null where no holder is known. Reads user_accounts,
    account_holders and system_hosts.
    """
    return f"{system_names('user_accounts', *tables)},{_LISTED}"


LISTED = listed_with()

# Becoming an account (su, sudo, run as) is a use of it, too. Only the account that acts has the domain of the record.
ACTS = """
    acts AS (
        SELECT host, account_domain, account, happened_at_us, happened_on, outcome, row_id
        FROM auth_events WHERE activity IN ('logon', 'privilege_use') AND account IS NOT NULL
        UNION ALL
        SELECT host, CAST(NULL AS VARCHAR), target_account, happened_at_us, happened_on, outcome, row_id
        FROM auth_events WHERE activity IN ('logon', 'privilege_use') AND target_account IS NOT NULL
    )
"""
"""`acts`: each sign-in or use of privilege, once for the account that acted and once for the account it became."""


def uses_after_end(relation: str) -> str:
    """`uses`: rows of a relation (system, account, person_id, holder_row, account_row, end_us …), once for each of the period's
    uses of the account at or after `end_us`, with event_row and happened_at_us, its place in time and how many there are.

    Reads `names` and `acts`. A use counts unless the log says that it failed.
    """
    same = "PARTITION BY system, account, person_id, holder_row, account_row"
    return f"""
    happened AS (
        SELECT host, account_domain, account, happened_at_us, row_id FROM acts
        WHERE happened_at_us >= :from_us AND happened_at_us < :until_end_us AND coalesce(outcome, 'success') = 'success'
    ),
    met AS (
        SELECT p.*, a.row_id AS event_row, a.happened_at_us
        FROM {relation} p
        JOIN names n ON n.system = p.system
        JOIN happened a ON a.host = n.known_as AND a.account = p.account
        WHERE a.happened_at_us >= p.end_us
        UNION
        SELECT p.*, a.row_id, a.happened_at_us
        FROM {relation} p JOIN happened a ON a.account_domain = p.system AND a.account = p.account
        WHERE a.happened_at_us >= p.end_us
    ),
    uses AS (
        SELECT m.*, row_number() OVER ({same} ORDER BY happened_at_us, event_row) AS place, count(*) OVER ({same}) AS uses
        FROM met m
    )
"""


# People of vendors are known by the register of vendors' staff as well as by the kind of holder; a vendor's person who is also
# a customer has that account as a customer.
VENDOR_ACCOUNTS = """
    vendor_held AS (
        SELECT h.system AS held_on, h.account, h.person_id, h.row_id AS holder_row, v.staff_row
        FROM account_holders h
        LEFT JOIN (SELECT person_id, min(row_id) AS staff_row FROM vendor_staff GROUP BY person_id) v
          ON v.person_id = h.person_id
        WHERE h.holder_kind = 'vendor' OR (v.person_id IS NOT NULL AND h.holder_kind <> 'customer')
    ),
    vendor_listed AS (
        SELECT l.system, l.account, l.row_id AS account_row, l.observed_at_us, l.left_out,
               v.person_id, v.holder_row, v.staff_row
        FROM vendor_held v
        JOIN names n ON n.known_as = v.held_on
        JOIN listed l ON l.system = n.system AND l.account = v.account
    ),
    vendor_accounts AS (
        SELECT system, account, account_row, observed_at_us, left_out IS NULL AS usable, TRUE AS has_list,
               person_id, holder_row, staff_row
        FROM vendor_listed
        UNION ALL
        SELECT v.held_on, v.account, CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT), FALSE, s.known_as IS NOT NULL,
               v.person_id, v.holder_row, v.staff_row
        FROM vendor_held v
        LEFT JOIN (SELECT DISTINCT holder_row FROM vendor_listed) m ON m.holder_row = v.holder_row
        LEFT JOIN (
            SELECT DISTINCT n.known_as FROM user_accounts a JOIN names n ON n.system = a.system
        ) s ON s.known_as = v.held_on
        WHERE m.holder_row IS NULL
        UNION ALL
        SELECT l.system, l.account, l.row_id, l.observed_at_us, l.left_out IS NULL, TRUE,
               CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR)
        FROM listed l
        LEFT JOIN (SELECT DISTINCT account_row FROM vendor_listed) m ON m.account_row = l.row_id
        WHERE m.account_row IS NULL AND l.holder_kind = 'vendor'
    )
"""
"""`vendor_accounts`: each account of a vendor and each person who holds it (null where nobody is named), whether it can be
used (`usable`), and whether an account list of its system was loaded (`has_list`). Needs listed_with("account_holders").
"""

LEFT_OUT = {
    "customer": Text("客戶的帳號", "customers' accounts"),
    "disabled": Text("已停用的帳號", "disabled accounts"),
    "expired": Text("有效期限已過的帳號", "accounts past their last day of validity"),
}
"""What `left_out` means."""


def end_of_day_us(day: str) -> str:
    """The exclusive end, in microseconds, of the Asia/Taipei day that a SQL expression gives (eight hours ahead since 1980)."""
    return f"((date_diff('day', DATE '1970-01-01', {day}) + 1) * 86400000000 - 28800000000)"
