"""What the background's customers trade, at prices of the exchange's ticks."""

from typing import Final

import numpy as np

from chahe.simulate.crowd.chance import Chance, Ints

_LISTED: Final = (
    ("2330", 108_500), ("2317", 18_250), ("2454", 132_000), ("0050", 19_835), ("2603", 20_100), ("2881", 8_960),
    ("2308", 42_150), ("2382", 28_400), ("2412", 12_750), ("2882", 6_720), ("2891", 4_135), ("2886", 4_255),
    ("1301", 4_570), ("1303", 4_010), ("2002", 2_265), ("2303", 4_890), ("3008", 234_000), ("2357", 61_800),
    ("3711", 16_350), ("2884", 2_890), ("0056", 3_712), ("00878", 2_234), ("2609", 6_860), ("1216", 8_010),
    ("2912", 26_950), ("5880", 2_610), ("2395", 34_700), ("3034", 49_750), ("2379", 56_100), ("6505", 3_940),
)  # fmt: skip
SYMBOLS: Final = tuple(symbol for symbol, _ in _LISTED)
_CENTS: Final = np.array([cents for _, cents in _LISTED])
_STEPS: Final = np.array([1_000, 5_000, 10_000, 50_000, 100_000])
_TICKS: Final = np.array([1, 5, 10, 50, 100, 500])
_FUNDS: Final = np.array([symbol.startswith("00") for symbol in SYMBOLS])


def chosen(shares: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Ints:
    """Places of securities, by shares of chance: the first ones are traded most."""
    return (shares**1.8 * len(SYMBOLS)).astype(np.int64)


def prices(chance: Chance, day: int, places: Ints, orders: Ints) -> Ints:
    """Limit prices in hundredths of a dollar: the security's price of the day, a few ticks up or down."""
    drift = 0.97 + 0.06 * chance.share(day * 64 + np.arange(len(SYMBOLS)))
    at_hand = (_CENTS * drift).astype(np.int64)[places]
    step = ticks(places, at_hand)
    return (at_hand // step + chance.below(orders, 7) - 3) * step


def ticks(places: Ints, at_hand: Ints) -> Ints:
    """The exchange's smallest step of each security at a price, in hundredths of a dollar."""
    of_funds = np.where(at_hand < 5_000, 1, 5)
    return np.where(_FUNDS[places], of_funds, _TICKS[np.searchsorted(_STEPS, at_hand, "right")])


def tick(symbol: str, price: int) -> int:
    """The smallest step of one security at a price; warrants have the steps of shares."""
    if symbol.startswith("00"):
        return 1 if price < 5_000 else 5
    return int(_TICKS[np.searchsorted(_STEPS, price, "right")])
