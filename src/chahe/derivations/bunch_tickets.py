"""The orders around every moment at which a representative's customers ordered one security more than usual, and what is usual."""

from typing import NamedTuple

SECOND_US = 1_000_000
WINDOW_US = 120 * SECOND_US
_MINUTE_US = 60 * SECOND_US
_SLOT_MINUTES = 5
SLOT_US = _SLOT_MINUTES * _MINUTE_US
_DAY_US = 86_400 * SECOND_US
_TAIPEI_US = 28_800 * SECOND_US
_MARKS = 62
"""So many two minutes are told apart, as bits of one number; what lies that far from each other falls together."""
FEWEST = 3
"""With fewer households nothing is called a bunch."""
_USUAL = 2
"""A start is looked at where twice as many orders follow within the window as the usual rate would bring."""
_EVER, _NEVER = "DATE '1900-01-01'", "DATE '2999-12-31'"
_MORE = (
    f"{{0}} >= {FEWEST} AND CAST({{0}} AS DOUBLE) * {{1}} * {{2}} * {SLOT_US}"
    f" >= CAST({_USUAL} AS DOUBLE) * u.orders * s.orders * {WINDOW_US}"
)
"""So many orders in a window are at least three, and twice as many as the usual rate would bring."""
_OWN = "PARTITION BY happened_on, symbol, side, book ORDER BY at_us"
_AHEAD = f"RANGE BETWEEN CURRENT ROW AND {WINDOW_US} FOLLOWING"
_NEW = """o.event = 'new' AND o.logged_at_us >= {from_us} AND o.logged_at_us < {until_end_us}
              AND o.account IS NOT NULL AND o.symbol IS NOT NULL AND o.side IS NOT NULL"""
# Who only may not be counted as a customer acting alone is left out of everything: the firm's own and error accounts, staff's,
# licensed mandates, and accounts on which an agent who is not staff may act.
_TICKETS = f"""
    employed AS (SELECT DISTINCT upper(trim(national_id)) AS national_id FROM employees WHERE national_id IS NOT NULL),
    acted_for AS (
        SELECT DISTINCT a.account, coalesce(a.authority_from, {_EVER}) AS since, coalesce(a.authority_until, {_NEVER}) AS until_on
        FROM account_authorizations a LEFT JOIN employed e ON e.national_id = upper(trim(a.national_id))
        WHERE a.authority IN ('trade', 'discretionary', 'legal_representative') AND e.national_id IS NULL
    ),
    placed AS (
        SELECT o.happened_on, o.account, o.order_id, min(o.symbol) AS symbol, min(o.side) AS side,
               min(coalesce(o.received_at_us, o.logged_at_us)) AS at_us
        FROM orders o WHERE {_NEW} GROUP BY o.happened_on, o.account, o.order_id
    ),
    tickets AS (
        SELECT p.*, CASE WHEN b.representative_from > p.happened_on THEN '' ELSE coalesce(b.representative_id, '') END AS book,
               ((p.at_us + {_TAIPEI_US}) % {_DAY_US}) // {_MINUTE_US} AS minute
        FROM placed p
        LEFT JOIN trading_accounts b ON b.account = p.account
        LEFT JOIN acted_for a ON a.account = p.account AND p.happened_on >= a.since AND p.happened_on <= a.until_on
        WHERE a.account IS NULL AND coalesce(b.account_class, 'ordinary') NOT IN ('proprietary', 'error', 'discretionary', 'insider')
    )
"""  # noqa: S608 - numbers and days of this module
# Orders are counted by the day first and then, where a day has enough, by the minute, which is cheap: a window lies within three
# minutes, and only where those hold enough is any order looked at by itself. A window also lies within two of the day's two minutes, one
# of which holds two of its three orders: where a book's orders of a day fall into as many different ones as there are orders (`apart`),
# nothing is counted further. Books without a bunch are of no account from there on, but for what all others ordered.
_COUNTS = f"""
    cells AS (
        SELECT happened_on, symbol, side, book, count(*) AS orders,
               bit_count(bit_or(CAST(1 AS BIGINT) << CAST(abs(at_us // {WINDOW_US} % {_MARKS}) AS INTEGER))) AS apart
        FROM tickets GROUP BY happened_on, symbol, side, book
    ),
    minutes AS (
        SELECT t.happened_on, t.symbol, t.side, t.book, t.minute, count(*) AS orders
        FROM tickets t
        JOIN cells c ON c.happened_on = t.happened_on AND c.symbol = t.symbol AND c.side = t.side AND c.book = t.book
        WHERE c.orders >= {FEWEST} AND c.apart < c.orders
        GROUP BY t.happened_on, t.symbol, t.side, t.book, t.minute
    ),
    sessions AS (
        SELECT happened_on, row_number() OVER (ORDER BY happened_on) AS session FROM (SELECT DISTINCT happened_on FROM cells) AS d
    ),
    all_days AS (SELECT happened_on, symbol, side, CAST(sum(orders) AS BIGINT) AS orders FROM cells GROUP BY happened_on, symbol, side),
    all_usual AS (SELECT symbol, side, CAST(sum(orders) AS BIGINT) AS orders FROM all_days GROUP BY symbol, side),
    shares AS (SELECT book, CAST(sum(orders) AS BIGINT) AS orders FROM cells GROUP BY book),
    whole AS (SELECT count(DISTINCT happened_on) AS sessions, CAST(sum(orders) AS BIGINT) AS orders FROM cells),
    at_times AS (
        SELECT minute // {_SLOT_MINUTES} AS slot, count(*) AS orders FROM tickets GROUP BY minute // {_SLOT_MINUTES}
    ),
    times AS (
        SELECT t.slot, greatest(t.orders, coalesce(n.orders, 0)) AS orders FROM at_times t LEFT JOIN at_times n ON n.slot = t.slot + 1
    ),
    threes AS (
        SELECT m.* FROM (
            SELECT happened_on, symbol, side, book, minute,
                   sum(orders) OVER (PARTITION BY happened_on, symbol, side, book ORDER BY minute RANGE BETWEEN CURRENT ROW AND 2 FOLLOWING) AS ahead
            FROM minutes
        ) AS m WHERE m.ahead >= {FEWEST}
    ),
    own_usual AS (
        SELECT c.symbol, c.side, c.book, CAST(sum(c.orders) AS BIGINT) AS orders
        FROM cells c
        JOIN (SELECT DISTINCT symbol, side, book FROM threes) AS t ON t.symbol = c.symbol AND t.side = c.side AND t.book = c.book
        GROUP BY c.symbol, c.side, c.book
    ),
    looked_at AS (
        SELECT DISTINCT t.happened_on, t.symbol, t.side, t.minute + w.later AS minute
        FROM threes t
        JOIN own_usual u ON u.symbol = t.symbol AND u.side = t.side AND u.book = t.book
        JOIN times s ON s.slot = t.minute // {_SLOT_MINUTES}
        CROSS JOIN whole f
        CROSS JOIN (VALUES (0), (1), (2)) AS w(later)
        WHERE {_MORE.format("t.ahead", "f.sessions", "f.orders")}
    )
"""  # noqa: S608 - numbers of this module


def query(from_us: int, until_end_us: int) -> str:
    """The new orders around every moment at which a book's customers ordered one security more often than usual, with the
    counts that say what is usual. An order that stands in two logs counts once, from the earlier moment."""
    period = {"from_us": from_us, "until_end_us": until_end_us}
    return f"""
        WITH {_TICKETS.format(**period)}, {_COUNTS},
        counted AS (
            SELECT t.*, count(*) OVER ({_OWN} {_AHEAD}) AS own_ahead,
                   count(*) OVER (PARTITION BY happened_on, symbol, side ORDER BY at_us {_AHEAD}) AS all_ahead
            FROM (
                SELECT t.* FROM tickets t
                JOIN looked_at k ON k.happened_on = t.happened_on AND k.symbol = t.symbol AND k.side = t.side AND k.minute = t.minute
            ) AS t
        ),
        marked AS (
            SELECT c.*, u.orders AS own_usual, w.sessions, w.orders AS firm_orders, s.orders AS slot_orders,
                   CASE WHEN {_MORE.format("c.own_ahead", "w.sessions", "w.orders")} THEN c.own_ahead ELSE 0 END AS begun
            FROM counted c
            JOIN own_usual u ON u.symbol = c.symbol AND u.side = c.side AND u.book = c.book
            JOIN times s ON s.slot = c.minute // {_SLOT_MINUTES}
            CROSS JOIN whole w
        ),
        around AS (
            SELECT m.*, max(m.begun) OVER ({_OWN} RANGE BETWEEN {WINDOW_US} PRECEDING AND CURRENT ROW) AS bunched FROM marked m
        ),
        shown AS (
            SELECT r.happened_on, r.account, r.order_id, min(o.price) AS price, min(o.quantity) AS quantity,
                   max(CASE WHEN o.received_at_us IS NOT NULL OR o.leg = 'customer' THEN 1 ELSE 0 END) AS timed,
                   min(o.row_id) AS order_row
            FROM orders o
            JOIN around r ON r.happened_on = o.happened_on AND r.account = o.account AND r.order_id = o.order_id
            WHERE r.bunched >= {FEWEST} AND {_NEW.format(**period)}
            GROUP BY r.happened_on, r.account, r.order_id
        ),
        homes AS (
            SELECT t.account, coalesce(min(m.contact_value), min(t.customer_id)) AS household
            FROM trading_accounts t
            LEFT JOIN contact_details m ON m.party_id = t.customer_id AND m.party_kind = 'customer'
                                        AND m.contact_kind IN ('registered_address', 'residence') AND m.used_until IS NULL
            WHERE t.account IN (SELECT account FROM shown)
            GROUP BY t.account
        )
        SELECT r.book, date_diff('day', DATE '1970-01-01', r.happened_on) AS day, n.session, r.symbol, r.side, r.at_us,
               coalesce(h.household, r.account) AS household, r.account, CAST(o.price AS VARCHAR) AS price, o.quantity, o.timed,
               o.order_row, r.begun, r.own_ahead, r.all_ahead,
               d.orders AS own_day, r.own_usual, a.orders AS all_day, z.orders AS all_usual, b.orders AS book_orders, r.firm_orders,
               r.sessions, r.slot_orders
        FROM around r
        JOIN shown o ON o.happened_on = r.happened_on AND o.account = r.account AND o.order_id = r.order_id
        LEFT JOIN homes h ON h.account = r.account
        JOIN sessions n ON n.happened_on = r.happened_on
        JOIN cells d ON d.happened_on = r.happened_on AND d.symbol = r.symbol AND d.side = r.side AND d.book = r.book
        JOIN all_days a ON a.happened_on = r.happened_on AND a.symbol = r.symbol AND a.side = r.side
        JOIN all_usual z ON z.symbol = r.symbol AND z.side = r.side
        JOIN shares b ON b.book = r.book
        WHERE r.bunched >= {FEWEST}
    """  # noqa: S608 - whole numbers, from an audit's period and this module


class Ticket(NamedTuple):
    """One order of `query`, with what is usual of its book, security and hour."""

    book: str
    day: int
    session: int
    symbol: str
    side: str
    at_us: int
    household: str
    account: str
    price: str | None
    quantity: int | None
    timed: int
    order_row: str
    begun: int
    own_ahead: int
    all_ahead: int
    own_day: int
    own_usual: int
    all_day: int
    all_usual: int
    book_orders: int
    firm_orders: int
    sessions: int
    slot_orders: int
