"""A share of a count with the interval in which the true share lies."""

from dataclasses import dataclass
from typing import NamedTuple

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """Both ends of a confidence interval of a share, each between 0 and 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Proportion:
    """`hits` of `of`; a share of nothing is undefined, and is neither 0 nor 1."""

    hits: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.of:
            raise ValueError(f"{self.hits} of {self.of} is no share")

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's score interval at 95 %, without continuity correction (Wilson, JASA 22, 1927): sound at 0 and at 1, too."""
        if not self.of:
            return None
        from scipy.stats import binomtest  # noqa: PLC0415 - loads for a second, and only scoring needs it

        found = binomtest(self.hits, self.of).proportion_ci(CONFIDENCE, method="wilson")
        return Interval(float(found.low), float(found.high))

    def __str__(self) -> str:
        """`0.950 (0.764–0.991)`; `—` where it is undefined."""
        if self.value is None or self.interval is None:
            return "—"
        return f"{_three(self.value)} ({_three(self.interval.low)}–{_three(self.interval.high)})"

    def to_json(self) -> dict[str, int | float | None]:
        low, high = self.interval or (None, None)
        return {"hits": self.hits, "of": self.of, "value": self.value, "low": low, "high": high}


def _three(value: float) -> str:
    """Three places, cut and not rounded below 1: 0.9996 is not 1.000."""
    return f"{value:.3f}" if value >= 1 else f"{int(value * 1000 + 1e-9) / 1000:.3f}"
