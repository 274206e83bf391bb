"""SQL that controls of orders and credit share: whose an account is, with the several numbers of one person brought together."""

ACCOUNTS = """
    accounts AS (
        SELECT a.account, a.account_class, a.customer_id AS number,
               min(a.customer_id) OVER (PARTITION BY coalesce(c.national_id, a.customer_id)) AS customer_id
        FROM trading_accounts a LEFT JOIN customers c ON c.customer_id = a.customer_id
    )
"""
"""`accounts` (account, account_class, number, customer_id): whose each account is; `customer_id` is the smallest customer number
of the same person, by national ID, and a number without one stands for itself. Reads trading_accounts and customers.
"""

PEOPLE = f"""{ACCOUNTS},
    people AS (SELECT DISTINCT number, customer_id FROM accounts)
"""
"""`accounts`, and `people` (number, customer_id): every customer number and the smallest one of the same person."""


def day_start(day: str) -> str:
    """SQL for the first microsecond of a Taipei day; `day` is an SQL expression."""
    return f"(date_diff('day', DATE '1970-01-01', {day}) * 86400000000 - 28800000000)"


def day_of(moment: str) -> str:
    """SQL for the Taipei day of a moment; `moment` is an SQL expression."""
    return f"(DATE '1970-01-01' + CAST(({moment} + 28800000000) // 86400000000 AS INTEGER))"
