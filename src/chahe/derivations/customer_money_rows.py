"""The rows behind customer_money: statements of customers' own accounts, and of the customers they touch what may tie them."""

from chahe.derivations.money_parts import NO_DAYS, NO_MONEY, NOTHING, PARTS, TOUCHED, reached, tail


def query(_from_us: int, _until_end_us: int) -> str:
    """One relation of several kinds of rows, told apart by `part`. The firm's own ledger, where nobody pays another, is left out."""
    return f"""
        WITH private AS (SELECT t.* FROM transfers t WHERE coalesce(t.known_by, '') <> 'ledger'),
        {reached("private")},
        owned AS (SELECT DISTINCT {tail("contact_value")} AS tail FROM reached WHERE party_kind = 'customer'),
        identified AS (SELECT DISTINCT national_id FROM customers WHERE national_id IS NOT NULL),
        moved AS (
            SELECT p.* FROM private p
            LEFT JOIN owned o ON o.tail = {tail("p.account")}
            LEFT JOIN identified i ON i.national_id = p.holder_national_id
            WHERE o.tail IS NOT NULL OR i.national_id IS NOT NULL
        ),
        {TOUCHED},
        concerned AS (SELECT customer_id FROM touched)
        {PARTS}
        UNION ALL
        SELECT 'reach', d.row_id, d.party_id, d.contact_kind, d.contact_value, d.contact_national_id, {NOTHING.partition(", ")[2]},
               {NO_DAYS}, {NO_MONEY}
        FROM contact_details d JOIN concerned c ON c.customer_id = d.party_id
        WHERE d.party_kind = 'customer'
        UNION ALL
        SELECT 'staff_reach', d.row_id, d.party_id, d.contact_kind, d.contact_value, {NOTHING}, {NO_DAYS}, {NO_MONEY}
        FROM contact_details d WHERE d.party_kind = 'employee'
        UNION ALL
        SELECT 'agent', u.row_id, a.customer_id, u.authority, u.national_id, {NOTHING}, {NO_DAYS}, {NO_MONEY}
        FROM account_authorizations u
        JOIN trading_accounts a ON a.account = u.account
        JOIN concerned c ON c.customer_id = a.customer_id
    """  # noqa: S608 - nothing from outside: column names and signs only
