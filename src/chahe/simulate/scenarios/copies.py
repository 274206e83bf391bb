"""Scenarios of orders that customers of one representative place together: copied for them; and news, few days, few customers."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from chahe.simulate.days import at
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import MICROSECOND, among_others, place
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words
from chahe.simulate.scenarios.trades import account_of, trading_days_ago
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

COPIED: Final = "orders-copied"
_WITHIN: Final = 110
"""Seconds between the first and the last of them, at most."""
_COPIES: Final = (13, 29, 33, 37, 1, 5, 9)
_TWO_DAYS: Final = (2, 6, 10, 14, 22, 26, 34)
FOUR: Final = (0, 4, 12, 24)
_EVERYBODY: Final = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 19, 22, 23, 24, 27, 29, 31, 33, 34)
"""Places in the list of customers; the first three each of one representative, the last of all four."""


def near_misses(firm: Firm, truth: Truth) -> None:
    for ago in (26, 21):
        together(firm, _TWO_DAYS, trading_days_ago(firm, ago), seconds=60)
        _silent(firm, truth, people.THIRD_BROKER, trading_days_ago(firm, ago), "七位客戶同時買進，但只有兩天")
    for ago in (110, 105, 99, 96):
        together(firm, FOUR, trading_days_ago(firm, ago), seconds=20)
        _silent(firm, truth, people.BROKER, trading_days_ago(firm, ago), "只有四位客戶同時買進")
    for ago in (149, 145, 141):
        together(firm, _EVERYBODY, trading_days_ago(firm, ago), seconds=100)
        _silent(firm, truth, people.FOURTH_BROKER, trading_days_ago(firm, ago), "重大消息，各營業員的客戶都同時買進")


def _copied(firm: Firm, truth: Truth, dial: Dial) -> None:
    days = (174, 170, 166, 177, 181, 184, 188, 191)[: dial.whole(4, 8, 3)]
    customers = _COPIES[: dial.whole(7, 7, 6)]
    seconds = dial.whole(60, 15, _WITHIN)
    for ago in days:
        together(firm, customers, trading_days_ago(firm, ago), seconds=seconds)
        truth.planted(
            COPIED,
            "copied_orders",
            f"{in_words(len(days))}天裡，同一營業員的{in_words(len(customers))}位客戶在兩分鐘內同樣買進",
            **_day(firm, people.SECOND_BROKER, trading_days_ago(firm, ago)),
        )


def together(firm: Firm, customers: Sequence[int], day: date, *, seconds: int) -> None:
    """Each of them buys a security by a telephone or at home of their own, all within so many seconds."""
    rng = firm.rng(f"together {customers} {day}")
    begins = among_others(firm, at(day, 10, 5 + rng.randrange(50), rng.randrange(60), rng.randrange(900_000)), rng)
    for nth in customers:
        when = begins + timedelta(seconds=rng.randrange(seconds)) + MICROSECOND * rng.randrange(1, 900_000)
        order = place(firm, account_of(firm, nth), when, price=Decimal("89.60"), quantity=1000)
        order.symbol = "2881"


def _silent(firm: Firm, truth: Truth, nth: int, day: date, why: str) -> None:
    truth.silent(COPIED, why, **_day(firm, nth, day))


def _day(firm: Firm, nth: int, day: date) -> dict[str, Value]:
    return {"representative_id": firm.employee(nth).person.lower(), "bunched_on": day}


SCENARIOS: Final = (
    Scenario(
        "copied_orders",
        COPIED,
        _copied,
        Text(
            "七位客戶、八天、十五秒內…六位、三天、近兩分鐘內",
            "seven customers on eight days within fifteen seconds … six on three within almost two minutes",
        ),
    ),
)
