"""The rows behind customer_money: statements of customers' own accounts, and of the customers they touch what may tie them."""

from typing import Final

from chahe.derivations.money_rows import tail

_ACCOUNTS: Final = "('settlement_account', 'bank_account')"


def query(_from_us: int, _until_end_us: int) -> str:
    """One relation of several kinds of rows, told apart by `part`. The firm's own ledger, where nobody pays another, is left out."""
    none = "CAST(NULL AS VARCHAR)"
    nothing = ", ".join(f"{none} AS {name}" for name in "defghij")
    no_day = "CAST(NULL AS DATE)"
    money = ", ".join(f"CAST(NULL AS DECIMAL(38, 4)) AS {name}" for name in ("amount", "paid_in", "paid_out"))
    return f"""
        WITH staff AS (
            SELECT national_id FROM employees WHERE national_id IS NOT NULL
            UNION
            SELECT national_id FROM relations WHERE national_id IS NOT NULL
        ),
        private AS (SELECT t.* FROM transfers t WHERE coalesce(t.known_by, '') <> 'ledger'),
        tails AS (
            SELECT {tail("account")} AS tail FROM private
            UNION
            SELECT {tail("counterparty_account")} FROM private WHERE counterparty_account IS NOT NULL
        ),
        reached AS (
            SELECT c.party_kind, c.party_id, c.contact_value, c.row_id
            FROM contact_details c JOIN tails t ON t.tail = {tail("c.contact_value")}
            WHERE c.contact_kind IN {_ACCOUNTS}
        ),
        owned AS (SELECT DISTINCT {tail("contact_value")} AS tail FROM reached WHERE party_kind = 'customer'),
        identified AS (SELECT DISTINCT national_id FROM customers WHERE national_id IS NOT NULL),
        moved AS (
            SELECT p.* FROM private p
            LEFT JOIN owned o ON o.tail = {tail("p.account")}
            LEFT JOIN identified i ON i.national_id = p.holder_national_id
            WHERE o.tail IS NOT NULL OR i.national_id IS NOT NULL
        ),
        concerned AS (
            SELECT party_id AS customer_id FROM reached WHERE party_kind = 'customer'
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
               currency AS i, known_by AS j, booked_on AS day, {no_day} AS until_day, {no_day} AS since_day,
               CAST(amount AS DECIMAL(38, 4)) AS amount, CAST(paid_in AS DECIMAL(38, 4)) AS paid_in,
               CAST(paid_out AS DECIMAL(38, 4)) AS paid_out
        FROM moved
        UNION ALL
        SELECT 'employee', row_id, person_id, national_id, name, {nothing}, hired_on, left_on, {no_day}, {money}
        FROM employees
        UNION ALL
        SELECT 'relation', row_id, person_id, national_id, relation, {nothing}, {no_day}, {no_day}, {no_day}, {money}
        FROM relations
        UNION ALL
        SELECT 'contact', row_id, party_kind, party_id, contact_value, {nothing}, {no_day}, {no_day}, {no_day}, {money}
        FROM reached
        UNION ALL
        SELECT 'customer', k.row_id, k.customer_id, k.national_id, k.name, {nothing}, {no_day}, {no_day}, {no_day}, {money}
        FROM customers k JOIN concerned c ON c.customer_id = k.customer_id
        UNION ALL
        SELECT 'account', a.row_id, a.customer_id, a.representative_id, a.account, {nothing}, a.opened_on, a.closed_on,
               a.representative_from, {money}
        FROM trading_accounts a JOIN concerned c ON c.customer_id = a.customer_id
        UNION ALL
        SELECT 'reach', d.row_id, d.party_id, d.contact_kind, d.contact_value, d.contact_national_id, {nothing.partition(", ")[2]},
               {no_day}, {no_day}, {no_day}, {money}
        FROM contact_details d JOIN concerned c ON c.customer_id = d.party_id
        WHERE d.party_kind = 'customer'
        UNION ALL
        SELECT 'staff_reach', d.row_id, d.party_id, d.contact_kind, d.contact_value, {nothing}, {no_day}, {no_day}, {no_day}, {money}
        FROM contact_details d WHERE d.party_kind = 'employee'
        UNION ALL
        SELECT 'agent', u.row_id, a.customer_id, u.authority, u.national_id, {nothing}, {no_day}, {no_day}, {no_day}, {money}
        FROM account_authorizations u
        JOIN trading_accounts a ON a.account = u.account
        JOIN concerned c ON c.customer_id = a.customer_id
    """  # noqa: S608 - nothing from outside: column names and signs only
