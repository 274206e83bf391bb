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
               sum(CASE WHEN h.holder_kind = 'customer' THEN 0 ELSE 1 END) AS not_customers,
               sum(CASE WHEN h.holder_kind = 'service' THEN 0 ELSE 1 END) AS not_services
        FROM account_holders h JOIN names n ON n.known_as = h.system
        GROUP BY n.system, h.account
    ),
    listed AS (
        SELECT a.*, h.not_services,
               CASE WHEN (a.holder_kind = 'customer' OR (a.holder_kind IS NULL AND h.account IS NOT NULL))
                         AND coalesce(h.not_customers, 0) = 0 THEN 'customer'
                    WHEN a.enabled = FALSE THEN 'disabled'
                    WHEN a.expires_on < :as_of THEN 'expired'
               END AS left_out
        FROM user_accounts a
        LEFT JOIN holders h ON h.system = a.system AND h.account = a.account
    )
"""


def listed_with(*tables: str) -> str:
    """`names` of the account lists and those tables, and `listed`: user_accounts with `left_out`.

    `left_out` says why an account is none of staff or vendors that can be used (null: it is one); `not_services` counts the
    holders that are not said to be responsible for a service, null where no holder is known. Reads user_accounts,
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

LEFT_OUT = {
    "customer": Text("客戶的帳號", "customers' accounts"),
    "disabled": Text("已停用的帳號", "disabled accounts"),
    "expired": Text("有效期限已過的帳號", "accounts past their last day of validity"),
}
"""What `left_out` means."""


def end_of_day_us(day: str) -> str:
    """The exclusive end, in microseconds, of the Asia/Taipei day that a SQL expression gives (eight hours ahead since 1980)."""
    return f"((date_diff('day', DATE '1970-01-01', {day}) + 1) * 86400000000 - 28800000000)"
