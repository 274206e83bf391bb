"""The day's orders, and what follows from them: checks before sending, fills, money collected beforehand.

An order is a record from the customer (with address, device and certificate) and one to the exchange. Of every BLOCK orders the first few
are planted; what is planted by the place in the block is said beside each column. One order in forty replaces or cancels the one before it.
"""

from dataclasses import dataclass

DAY = "2026-11-20"
OPENING_US = 1_795_136_400_000_000
"""Nine in the morning in Taipei."""
SESSION_US = 16_200_000_000
STAFF = 2000
BLOCK = 20_000
SYMBOLS = 900


@dataclass(frozen=True, slots=True)
class Size:
    """How large a day is. `records` counts both legs of every order."""

    records: int

    @property
    def orders(self) -> int:
        return self.records // 2

    @property
    def customers(self) -> int:
        """Twenty orders a customer; at least so many that every plant finds its customers."""
        return max(self.records // 40, 10 * STAFF)


_ORDER = "(i // 2)"
_FOLLOWS = f"({_ORDER} % 2 = 1 AND {_ORDER} % {BLOCK} >= 20 AND hash({_ORDER}) % 20 = 3)"
_BASE = f"CASE WHEN {_FOLLOWS} THEN {_ORDER} - 1 ELSE {_ORDER} END"


def home(account: str, number: str) -> str:
    """The address at home: two customers of each household have one; one household in twenty has IPv6."""
    half = f"({number} // 2)"
    return (
        f"CASE WHEN {account} LIKE 's%' THEN '26.0.' || ({number} // 250) || '.' || ({number} % 250)"
        f" WHEN {half} % 20 = 7 THEN '2001:b011:' || ({half} // 9000) || ':' || ({half} % 9000) || '::1'"
        f" ELSE '25.' || ({half} // 62500) || '.' || ({half} // 250 % 250) || '.' || ({half} % 250) END"
    )


def orders(size: Size) -> str:
    """A SELECT of the columns of orders; `i` is the number of the record, `b` of the block, `p` the place in it."""
    customers, insiders = size.customers, size.customers // 1000
    step = SESSION_US // size.orders
    number = f"""CASE p WHEN 0 THEN b % {STAFF} WHEN 1 THEN b * 37 % {customers} WHEN 2 THEN (b + 1000) % {STAFF}
                 WHEN 3 THEN (b + 1000) % {STAFF} WHEN 4 THEN b % {STAFF} + {STAFF} WHEN 5 THEN b % {STAFF} + {2 * STAFF}
                 WHEN 6 THEN b % {STAFF} + {3 * STAFF}
                 WHEN 7 THEN b % {STAFF} + {4 * STAFF} WHEN 8 THEN b % {STAFF} + {5 * STAFF} WHEN 9 THEN b % {STAFF} + {6 * STAFF}
                 WHEN 10 THEN b % {STAFF} + {7 * STAFF} WHEN 11 THEN b % {STAFF} + {8 * STAFF} WHEN 14 THEN 29 + 1000 * (b % {insiders})
                 WHEN 15 THEN 30 + 1000 * (b % {insiders}) WHEN 18 THEN b % {STAFF}
                 ELSE CASE WHEN chance % 500 = 0 THEN chance // 500 % {STAFF} ELSE chance * 7 % {customers} END END"""
    # 0 and 1: one device, opposite sides; 2 and 3: an employee and a customer of theirs at one address; 4 to 6: one device for three
    # customers of one representative; 7 to 11: five others of theirs order one security together; 12 and 13: above the limit of a disposition; 14 and 15: insiders sell; 18: by an employee's own hand
    manned = "chance // 7 % 20"
    return f"""
        WITH numbered AS (
            SELECT i, {_ORDER} AS o, {_BASE} AS base, {_FOLLOWS} AS follows FROM range({size.records}) AS made(i)
        ),
        placed AS (
            SELECT *, base // {BLOCK} AS b, base % {BLOCK} AS p, hash(base) % 1000003 AS chance, i % 2 = 0 AS mine FROM numbered
        ),
        peopled AS (
            SELECT *, {number} AS number,
                   CASE WHEN p IN (0, 2, 18) THEN 's' WHEN p < 20 THEN 'c' WHEN chance % 500 = 0 THEN 's'
                        WHEN chance % 1000 = 1 THEN 'p' ELSE 'c' END AS kind,
                   CASE WHEN p = 18 THEN 'counter' WHEN p < 20 THEN 'internet' WHEN chance % 1000 = 1 THEN 'dma'
                        WHEN {manned} = 0 THEN 'api' WHEN {manned} = 1 THEN 'voice' WHEN {manned} = 2 THEN 'counter'
                        ELSE 'internet' END AS came
            FROM placed
        ),
        named AS (
            SELECT *, CASE WHEN kind = 'p' THEN 'p0' ELSE kind || number END AS who,
                   1000 * (CASE WHEN p IN (12, 13, 14, 15) THEN 20 ELSE 1 + hash(base * 9) % 5 END) AS shares,
                   20 + CAST(hash(base * 7) % 180 AS INTEGER) AS asked
            FROM peopled
        )
        SELECT {OPENING_US} + o * {step} + CASE WHEN mine THEN 0 ELSE 200 END AS logged_at_us,
               'gw' || (base % 4) AS session, CASE WHEN mine THEN 'customer' ELSE 'exchange' END AS leg,
               CASE WHEN NOT follows THEN 'new' WHEN hash(o * 15) % 2 = 0 THEN 'cancel' ELSE 'replace' END AS event,
               'O' || o AS order_id, CASE WHEN follows THEN 'O' || base END AS original_order_id, who AS account,
               '2' || lpad(CAST(CASE WHEN p IN (0, 1) THEN b % {SYMBOLS} WHEN p BETWEEN 7 AND 11 THEN (b + 450) % {SYMBOLS} WHEN p IN (12, 13) THEN 45
                                WHEN p IN (14, 15) THEN number % {SYMBOLS} ELSE hash(base * 3) % {SYMBOLS} END AS VARCHAR), 3, '0') AS symbol,
               CASE WHEN p IN (0, 7, 8, 9, 10, 11, 12, 13) THEN 'buy' WHEN p IN (1, 14, 15) THEN 'sell' WHEN hash(base * 5) % 2 = 0 THEN 'buy' ELSE 'sell' END AS side,
               CASE WHEN p >= 20 AND hash(base * 13) % 33 = 0 THEN 'market' ELSE 'limit' END AS order_type, 'rod' AS time_in_force,
               CASE WHEN p >= 20 AND hash(base * 13) % 33 = 0 THEN NULL ELSE asked END AS price,
               CASE WHEN follows THEN shares + 1000 ELSE shares END AS quantity, CASE WHEN mine THEN came END AS channel,
               CASE WHEN mine THEN {OPENING_US} + o * {step} END AS received_at_us,
               CASE WHEN NOT mine THEN {OPENING_US} + o * {step} + 200 END AS sent_at_us,
               CASE WHEN mine AND came = 'counter' THEN 'e' || CASE WHEN p = 18 OR kind = 'c' THEN number % {STAFF} ELSE (number + 1) % {STAFF} END END
               AS handler_id,
               CASE WHEN NOT mine OR came NOT IN ('internet', 'api') THEN NULL WHEN p >= 20 AND base % 3 = 0 THEN '198.51.100.' || (base % 64)
                    WHEN p = 3 THEN {home("'s'", "number")} ELSE {home("kind", "number")} END AS client_address,
               CASE WHEN NOT mine OR came NOT IN ('internet', 'api') THEN NULL WHEN p = 1 THEN 'ds' || (b % {STAFF})
                    WHEN p IN (4, 5, 6) THEN 'dx' || b ELSE 'd' || who END AS device,
               CASE WHEN mine AND came IN ('internet', 'api') THEN md5(who) END AS signature,
               CASE WHEN mine AND came = 'voice' THEN '02' || number END AS caller_number,
               CASE WHEN hash(base * 19) % 20 = 0 AND p >= 20 THEN 'margin_broker' ELSE 'cash' END AS order_category, 'regular' AS trade_type
        FROM named
    """


_PLACE = f"(CAST(substr(order_id, 2) AS BIGINT) % {BLOCK})"
_SENT = "FROM orders WHERE leg = 'exchange'"

FOLLOWING = {
    # 8 is not checked, 9 failed, 10 checked after it was sent, 11 checked for another quantity
    "risk_checks": f"""
        SELECT 'K' || substr(order_id, 2) AS check_id, session AS engine,
               sent_at_us + CASE WHEN {_PLACE} = 10 THEN 1000000 ELSE -100 END AS checked_at_us, order_id, account, symbol, side, price,
               quantity + CASE WHEN {_PLACE} = 11 THEN 1000 ELSE 0 END AS quantity,
               CASE WHEN {_PLACE} = 9 THEN 'failed' ELSE 'passed' END AS result
        {_SENT} AND event <> 'cancel' AND {_PLACE} <> 8
    """,
    "executions": f"""
        SELECT sent_at_us + 50000 AS executed_at_us, session, 'X' || substr(order_id, 2) AS execution_id, order_id, account, symbol, side,
               coalesce(price, 220) AS last_price, quantity AS last_quantity, 'fill' AS event, order_category, trade_type
        {_SENT} AND event = 'new' AND (hash(order_id) % 10 < 6 OR {_PLACE} IN (14, 15))
    """,
    # The second of the two large orders in a security under disposition is paid for, and whatever the customer orders in it besides
    "prepayments": f"""
        SELECT 'P' || substr(order_id, 2) AS prepayment_id, account, symbol, DATE '{DAY}' AS traded_on,
               {OPENING_US} - 1800000000 AS collected_at_us, 100000000 AS amount
        {_SENT} AND event = 'new' AND {_PLACE} = 13
    """,
}
"""What is made of the orders, as SELECTs over the relation orders."""
