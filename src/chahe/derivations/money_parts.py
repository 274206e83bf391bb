"""SQL that the rows behind staff_money and customer_money share: whom payments touch, and one relation of several kinds of rows."""

from typing import Final

_SIGNS: Final = "０１２３４５６７８９-－ 　()（）./"
_DIGITS: Final = "0123456789"
NOTHING: Final = ", ".join(f"CAST(NULL AS VARCHAR) AS {name}" for name in "defghij")
NO_DAYS: Final = ", ".join(f"CAST(NULL AS DATE) AS {name}" for name in ("day", "until_day", "since_day"))
NO_MONEY: Final = ", ".join(f"CAST(NULL AS DECIMAL(38, 4)) AS {name}" for name in ("amount", "paid_in", "paid_out"))


def tail(column: str) -> str:
    """The last six digits of an account as written: enough to leave out nearly all that cannot be meant."""
    return f"right(translate({column}, '{_SIGNS}', '{_DIGITS}'), 6)"


def reached(payments: str) -> str:
    """`reached`: whose account, by its last digits, may be either end of these payments."""
    return f"""
        tails AS (
            SELECT {tail("account")} AS tail FROM {payments}
            UNION
            SELECT {tail("counterparty_account")} FROM {payments} WHERE counterparty_account IS NOT NULL
        ),
        reached AS (
            SELECT c.party_kind, c.party_id, c.contact_value, c.row_id
            FROM contact_details c JOIN tails t ON t.tail = {tail("c.contact_value")}
            WHERE c.contact_kind IN ('settlement_account', 'bank_account')
        )
    """  # noqa: S608 - nothing from outside: column names and signs only


TOUCHED: Final = """
    touched AS (
        SELECT party_id AS customer_id FROM reached WHERE party_kind = 'customer'
        UNION
        SELECT k.customer_id FROM customers k
        JOIN (SELECT holder_national_id AS national_id FROM moved UNION SELECT counterparty_national_id FROM moved) m
          ON m.national_id = k.national_id
        UNION
        SELECT k.customer_id FROM customers k
        JOIN (SELECT DISTINCT trim(counterparty_name) AS name FROM moved) m ON m.name = k.name
    )
"""
"""Customers who may be either end of the payments `moved`: by account, national ID or name."""

PARTS: Final = f"""
    SELECT 'payment' AS part, row_id, account AS a, bank AS b, counterparty_account AS c, counterparty_bank AS d,
           holder_national_id AS e, counterparty_national_id AS f, counterparty_name AS g, direction AS h,
           currency AS i, known_by AS j, booked_on AS day, CAST(NULL AS DATE) AS until_day, CAST(NULL AS DATE) AS since_day,
           CAST(amount AS DECIMAL(38, 4)) AS amount, CAST(paid_in AS DECIMAL(38, 4)) AS paid_in,
           CAST(paid_out AS DECIMAL(38, 4)) AS paid_out
    FROM moved
    UNION ALL
    SELECT 'employee', row_id, person_id, national_id, name, {NOTHING}, hired_on, left_on, CAST(NULL AS DATE), {NO_MONEY}
    FROM employees
    UNION ALL
    SELECT 'relation', row_id, person_id, national_id, relation, {NOTHING}, {NO_DAYS}, {NO_MONEY}
    FROM relations
    UNION ALL
    SELECT 'contact', row_id, party_kind, party_id, contact_value, {NOTHING}, {NO_DAYS}, {NO_MONEY}
    FROM reached
    UNION ALL
    SELECT 'customer', k.row_id, k.customer_id, k.national_id, k.name, {NOTHING}, {NO_DAYS}, {NO_MONEY}
    FROM customers k JOIN concerned c ON c.customer_id = k.customer_id
    UNION ALL
    SELECT 'account', a.row_id, a.customer_id, a.representative_id, a.account, {NOTHING}, a.opened_on, a.closed_on,
           a.representative_from, {NO_MONEY}
    FROM trading_accounts a JOIN concerned c ON c.customer_id = a.customer_id
"""  # noqa: S608 - as above
"""Rows told apart by `part`: the payments `moved`, staff and relatives, the accounts `reached`, and the customers `concerned`."""
