"""The rows behind staff_money, brought together by the engine: staff whole, of customers those whom a payment may touch."""

from typing import Final

_SIGNS: Final = "０１２３４５６７８９-－ 　()（）./"
_DIGITS: Final = "0123456789"


def tail(column: str) -> str:
    """The last six digits of an account as written: enough to leave out nearly all that cannot be meant."""
    return f"right(translate({column}, '{_SIGNS}', '{_DIGITS}'), 6)"


def query(_from_us: int, _until_end_us: int) -> str:
    """One relation of several kinds of rows, told apart by `part`; every statement that was loaded counts, of whatever day.

    The firm's own ledger has a line for every settlement of every customer: of it only lines with staff are taken.
    """
    none = "CAST(NULL AS VARCHAR)"
    nothing = ", ".join(f"{none} AS {name}" for name in "defghij")
    money = ", ".join(f"CAST(NULL AS DECIMAL(38, 4)) AS {name}" for name in ("amount", "paid_in", "paid_out"))
    days = "CAST(NULL AS DATE) AS until_day, CAST(NULL AS DATE) AS since_day"
    return f"""
        WITH staff AS (
            SELECT national_id FROM employees WHERE national_id IS NOT NULL
            UNION
            SELECT national_id FROM relations WHERE national_id IS NOT NULL
        ),
        staff_tails AS (
            SELECT DISTINCT {tail("c.contact_value")} AS tail
            FROM contact_details c
            LEFT JOIN customers k ON c.party_kind = 'customer' AND k.customer_id = c.party_id
            LEFT JOIN staff s ON s.national_id = k.national_id
            WHERE c.contact_kind IN ('settlement_account', 'bank_account')
              AND (c.party_kind <> 'customer' OR s.national_id IS NOT NULL)
        ),
        moved AS (
            SELECT t.* FROM transfers t
            LEFT JOIN staff_tails a ON a.tail = {tail("t.account")}
            LEFT JOIN staff_tails b ON b.tail = {tail("t.counterparty_account")}
            WHERE coalesce(t.known_by, '') <> 'ledger' OR a.tail IS NOT NULL OR b.tail IS NOT NULL
        ),
        tails AS (
            SELECT {tail("account")} AS tail FROM moved
            UNION
            SELECT {tail("counterparty_account")} FROM moved WHERE counterparty_account IS NOT NULL
        ),
        reached AS (
            SELECT c.party_kind, c.party_id, c.contact_value, c.row_id
            FROM contact_details c JOIN tails t ON t.tail = {tail("c.contact_value")}
            WHERE c.contact_kind IN ('settlement_account', 'bank_account')
        ),
        concerned AS (
            SELECT party_id AS customer_id FROM reached WHERE party_kind = 'customer'
            UNION
            SELECT k.customer_id FROM customers k JOIN staff s ON s.national_id = k.national_id
            UNION
            SELECT k.customer_id FROM customers k
            JOIN (SELECT holder_national_id AS national_id FROM moved UNION SELECT counterparty_national_id FROM moved) m
              ON m.national_id = k.national_id
            UNION
            SELECT k.customer_id FROM customers k
            JOIN (SELECT DISTINCT trim(counterparty_name) AS name FROM moved) m ON m.name = k.name
        )
        SELECT 'payment' AS part, row_id, account AS a, bank AS b, counterparty_account AS c, counterparty_bank AS d,
               holder_national_id AS e, counterparty_national_id AS f, counterparty_name AS g, direction AS h,
               currency AS i, known_by AS j, booked_on AS day, CAST(NULL AS DATE) AS until_day,
               CAST(NULL AS DATE) AS since_day, CAST(amount AS DECIMAL(38, 4)) AS amount,
               CAST(paid_in AS DECIMAL(38, 4)) AS paid_in, CAST(paid_out AS DECIMAL(38, 4)) AS paid_out
        FROM moved
        UNION ALL
        SELECT DISTINCT 'own', {none}, account, bank, {none}, {nothing}, CAST(NULL AS DATE), {days}, {money}
        FROM transfers WHERE known_by = 'ledger'
        UNION ALL
        SELECT 'employee', row_id, person_id, national_id, name, {nothing}, hired_on, left_on, CAST(NULL AS DATE), {money}
        FROM employees
        UNION ALL
        SELECT 'relation', row_id, person_id, national_id, relation, {nothing}, CAST(NULL AS DATE), {days}, {money}
        FROM relations
        UNION ALL
        SELECT 'contact', row_id, party_kind, party_id, contact_value, {nothing}, CAST(NULL AS DATE), {days}, {money}
        FROM reached
        UNION ALL
        SELECT 'customer', k.row_id, k.customer_id, k.national_id, k.name, {nothing}, CAST(NULL AS DATE), {days}, {money}
        FROM customers k JOIN concerned c ON c.customer_id = k.customer_id
        UNION ALL
        SELECT 'account', a.row_id, a.customer_id, a.representative_id, a.account, {nothing}, a.opened_on, a.closed_on,
               a.representative_from, {money}
        FROM trading_accounts a JOIN concerned c ON c.customer_id = a.customer_id
    """  # noqa: S608 - nothing from outside: column names and signs only
