"""SQL that controls of orders and credit share: whose an account is, with the several numbers of one person brought together."""

PEOPLE = """
    people AS (
        SELECT n.customer_id AS number,
               min(n.customer_id) OVER (PARTITION BY coalesce(c.national_id, n.customer_id)) AS customer_id
        FROM (SELECT DISTINCT customer_id FROM trading_accounts) n LEFT JOIN customers c ON c.customer_id = n.customer_id
    ),
    accounts AS (
        SELECT a.account, p.customer_id, coalesce(a.account_class IN ('proprietary', 'error'), FALSE) AS own
        FROM trading_accounts a JOIN people p ON p.number = a.customer_id
    )
"""
"""`people` (number, customer_id): every customer number and the smallest one of the same person, by national ID; a number
without one stands for itself. `accounts` (account, customer_id, own): whose each account is, and is it the firm's own?
Reads trading_accounts and customers.
"""


def day_start(day: str) -> str:
    """SQL for the first microsecond of a Taipei day; `day` is an SQL expression."""
    return f"(date_diff('day', DATE '1970-01-01', {day}) * 86400000000 - 28800000000)"


def day_of(moment: str) -> str:
    """SQL for the Taipei day of a moment; `moment` is an SQL expression."""
    return f"(DATE '1970-01-01' + CAST(({moment} + 28800000000) // 86400000000 AS INTEGER))"
