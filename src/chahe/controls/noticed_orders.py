"""The period's orders on the accounts that a question of `customer-account-used` is about.

Which account used which device and certificate is read first; whole orders are read once, on these accounts alone.
"""

from chahe.controls.staff_orders import NEW_ORDERS

NOTICED = f"""
    uses AS (
        SELECT DISTINCT coalesce(o.account, '') AS account, o.device, o.signature, o.happened_on
        FROM orders o WHERE {NEW_ORDERS} AND coalesce(o.device, o.signature) IS NOT NULL
    ),
    several AS (
        SELECT u.device, u.happened_on FROM uses u WHERE u.device IS NOT NULL
        GROUP BY u.device, u.happened_on HAVING count(DISTINCT u.account) >= :customers
    ),
    of_staff AS (SELECT DISTINCT u.device, u.signature FROM uses u JOIN staff s ON s.account = u.account),
    asked AS (
        SELECT s.account FROM staff s
        UNION
        SELECT h.account FROM held h WHERE h.died_on IS NOT NULL
        UNION
        SELECT u.account FROM uses u JOIN several s ON s.device = u.device AND s.happened_on = u.happened_on
        UNION
        SELECT u.account FROM uses u JOIN of_staff s ON s.device = u.device
        UNION
        SELECT u.account FROM uses u JOIN of_staff s ON s.signature = u.signature
    ),
    noticed AS (
        SELECT o.account, o.order_id, o.happened_on, o.row_id, coalesce(o.received_at_us, o.logged_at_us) AS at_us, o.channel,
               o.device, o.signature, o.client_address, o.caller_number
        FROM orders o JOIN asked a ON a.account = coalesce(o.account, '')
        WHERE {NEW_ORDERS}
    )
"""
"""`noticed`: the new orders on accounts that are staff's, that used what staff's used, whose holder is dead, or that share a device;
`several`: the devices and days on which at least `:customers` accounts ordered. Records without an account stay in, as one account.
Reads `staff` and `held`."""

# Who is authorised after the death (heirs, an executor) may order from then on; an authority of before has ended with it.
LATE = """
    late AS (
        SELECT h.account, h.account_row, h.holder_row, o.order_id, o.happened_on, o.row_id, o.at_us
        FROM noticed o
        JOIN held h ON h.account = o.account
        LEFT JOIN authorities a ON a.account = o.account AND a.since > h.died_on AND o.happened_on >= a.since AND o.happened_on <= a.until_on
        WHERE o.happened_on > h.died_on AND a.account IS NULL
    )
"""
"""`late`: the orders of `noticed` on an account after its holder's death."""
