"""What a scenario is: a name, what plants it, and the dial on which it is set between blatant and subtle."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Final, TypeVar

from chahe.simulate.life.homes import numeral
from chahe.wording import Text

if TYPE_CHECKING:
    from chahe.simulate.life.company import Firm
    from chahe.simulate.truth import Truth

BLATANT, SUBTLE = 0.0, 1.0
TOLD_SEED: Final = 1
"""The firm of the documents: with no dial set, its scenarios have the days, people and amounts that the documents tell."""
_SPREAD: Final = 0.15
"""How far chance moves a scenario towards subtle, as a part of what is left; never beyond."""

T = TypeVar("T")


class Dial:
    """Where one scenario of one firm stands between blatant (0) and subtle (1), with a stream of chance of its own.

    Each value names the one that is told in the documents first; other firms draw theirs.
    """

    def __init__(self, value: float | None, rng: Random, *, as_told: bool) -> None:
        self.value = BLATANT if value is None else value
        self.rng = rng
        self._as_told = as_told

    def whole(self, told: int, blatant: int, subtle: int) -> int:
        """A number between two ends, both included: their distance shrinks by even factors, so that 0.5 is its root."""
        drawn = self.value + (SUBTLE - self.value) * _SPREAD * self.rng.random()
        if self._as_told:
            return told
        width = abs(blatant - subtle)
        left = round(math.pow(width + 1, SUBTLE - drawn)) - 1
        return subtle + left if blatant > subtle else subtle - left

    def day(self, told: date, blatant: date, subtle: date) -> date:
        """A day between two days, both included."""
        return date.fromordinal(self.whole(told.toordinal(), blatant.toordinal(), subtle.toordinal()))

    def among(self, told: int, low: int, high: int) -> int:
        """Any number from low to high: where the rule knows no degrees, yet firms differ."""
        drawn = self.rng.randint(low, high)
        return told if self._as_told else drawn

    def pick(self, told: T, others: Sequence[T]) -> T:
        """What is told, or any of it and the others."""
        drawn = self.rng.choice((told, *others))
        return told if self._as_told else drawn

    def by_degree(self, told: T, degrees: Sequence[T]) -> T:
        """One of several, the most blatant first and the subtlest last."""
        return told if self._as_told else degrees[min(int(self.value * len(degrees)), len(degrees) - 1)]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that goes wrong at the firm: `plant` changes the firm and says in its truth what must be found."""

    name: str
    controls: str
    """Those that must find it, with blanks between."""
    plant: Callable[["Firm", "Truth", Dial], None]
    dial: Text
    """What the dial turns; begins with none (無) and the reason where the rule knows no degrees."""
    also: tuple[str, ...] = ()
    """Further scenarios that the same deed makes."""
    needs: tuple[str, ...] = ()
    """Scenarios that this one goes on from; they are planted with it."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)


def none(zh: str, en: str) -> Text:
    """Why a rule knows no degrees."""
    return Text(f"無：{zh}", f"none: {en}")


def in_words(number: int) -> str:
    """A number as a sentence writes it: 十四, and digits from a hundred on."""
    return numeral(number) if 0 < number < 100 else str(number)
