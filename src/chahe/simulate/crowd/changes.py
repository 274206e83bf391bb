"""What becomes of the background's orders that are not filled: some are cancelled, some get another price or fewer shares."""

from datetime import date
from typing import Final, NamedTuple

import numpy as np

from chahe.simulate.crowd.chance import Chance, Flags, Ints
from chahe.simulate.crowd.flow import Orders
from chahe.simulate.crowd.market import ticks
from chahe.simulate.days import at, us

SERIALS: Final = 41_234_567
"""Numbers of changes come so far behind those of a day's orders."""
_CANCELLED, _CHANGED = 0.55, 0.8
"""Of the orders that are not filled whole, by shares of chance; the rest stand until the close."""
_SOONEST, _LATEST = 1_500_000, 240_000_000
"""Microseconds after the last report."""
_LOT: Final = 1000


class Changes(NamedTuple):
    """Replacements and cancellations of a block's orders; columns as those of the orders."""

    of: Ints
    """Which of the block's orders is changed."""
    replaces: Flags
    prices: Ints
    quantities: Ints
    """What the order stands at from then on, what is filled already included."""
    received: Ints
    checked: Ints
    sent: Ints
    filled: Ints
    """Shares of a report that comes after."""


def changes(seed: int, day: date, orders: Orders) -> Changes:
    """The same for an order whatever block it stands in; nothing is changed in the last minutes before the close."""
    chance = Chance(seed, f"change {day}")
    when, done = chance.share(orders.places + 10**9), orders.filled + orders.rest
    received = orders.sent + 3 * orders.after + _SOONEST + (when**2 * _LATEST).astype(np.int64)
    asked = chance.share(orders.places)
    of = np.flatnonzero((done < orders.quantities) & (asked < _CHANGED) & (received < us(at(day, 13, 29))))
    places, received, replaces = orders.places[of], received[of], asked[of] >= _CANCELLED
    lots = (orders.quantities[of] - done[of]) // _LOT
    fewer = replaces & (lots > 1) & (chance.share(places + 2 * 10**9) < 0.5)
    quantities = orders.quantities[of] - np.where(fewer, lots // 2 * _LOT, 0)
    steps = (1 + chance.below(places + 3 * 10**9, 3)) * np.where(orders.buys[of], 1, -1)
    old = orders.prices[of]
    checked = received + 60 + chance.below(places + 4 * 10**9, 200)
    again = replaces & (chance.share(places + 5 * 10**9) < 0.6)
    return Changes(
        of, replaces, np.where(replaces & ~fewer, old + steps * ticks(orders.symbols[of], old), old), quantities, received, checked,
        checked + 90 + chance.below(places + 6 * 10**9, 400), np.where(again, quantities - done[of], 0),
    )  # fmt: skip
