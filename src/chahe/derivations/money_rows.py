"""The rows behind staff_money, brought together by the engine: staff whole, of customers those whom a payment may touch."""

from chahe.derivations.money_parts import NO_DAYS, NO_MONEY, NOTHING, PARTS, TOUCHED, reached, tail


def query(_from_us: int, _until_end_us: int) -> str:
    """One relation of several kinds of rows, told apart by `part`; every statement that was loaded counts, of whatever day.

    The firm's own ledger has a line for every settlement of every customer: of it only lines with staff are taken.
    """
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
        {reached("moved")},
        {TOUCHED},
        concerned AS (
            SELECT customer_id FROM touched
            UNION
            SELECT k.customer_id FROM customers k JOIN staff s ON s.national_id = k.national_id
        )
        {PARTS}
        UNION ALL
        SELECT DISTINCT 'own', CAST(NULL AS VARCHAR), account, bank, CAST(NULL AS VARCHAR), {NOTHING}, {NO_DAYS}, {NO_MONEY}
        FROM transfers WHERE known_by = 'ledger'
    """  # noqa: S608 - nothing from outside: column names and signs only
