"""Parameters of controls: each with its source, its reason and the direction in which it is stricter."""

from dataclasses import dataclass
from enum import Enum

from chahe.rules.citation import Sureness
from chahe.wording import Text


class Stricter(Enum):
    """Which way a firm may move a parameter: towards the stricter side only."""

    LOWER = "lower"
    HIGHER = "higher"
    MORE = "more"
    """For lists: entries may be added, none taken away."""
    FREE = "free"
    """The rule sets no value; the firm chooses, and the choice is shown."""


class Unit(Enum):
    """What a parameter's number counts; the legal periods are calendar periods, never days."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    MINUTES = "minutes"
    HOURS = "hours"
    COUNT = "count"
    NAMES = "names"

    @property
    def is_legal_period(self) -> bool:
        return self in (Unit.YEARS, Unit.MONTHS)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `value` is an int, or a tuple of names for `Unit.NAMES`."""

    value: int | tuple[str, ...]
    unit: Unit
    stricter: Stricter
    why: Text
    """Where the value comes from, and why it is this one."""
    sureness: Sureness
