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

SYSTEM_NAMES = f"""
    {KINDRED},
    names AS (
        SELECT system, system AS known_as FROM user_accounts
        UNION
        SELECT a.system, k.other FROM user_accounts a JOIN kindred k ON k.name = a.system
    )
"""
"""`names` (system, known_as): every name under which a system of the account lists may be found elsewhere."""

# Left out as a customer's only where every list that says whose it is says so: a customer number given to staff stays in.
# An account whose state is not said counts as enabled: nothing is excused because a list is silent.
LISTED = f"""
    {SYSTEM_NAMES},
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
"""`listed`: user_accounts with `left_out`: why an account is no account of staff or vendors that can be used (null: it is one).

`not_services` counts the holders that are not said to be responsible for a service; null where no holder is known.
Reads user_accounts, account_holders and system_hosts.
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
