"""Where a requirement stands: the article as the exchange cited it, as it stands today, and since when."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise

from chahe.wording import Text


class Sureness(Enum):
    """How sure we are of a fact of the rules."""

    RULE = "read in the rule"
    DECK = "read in the exchange's slides"
    NEWS = "read in a secondary source"
    UNCONFIRMED = "unconfirmed"

    @property
    def label(self) -> Text:
        return {
            Sureness.RULE: Text("見於法規條文", "read in the rule's text"),
            Sureness.DECK: Text("見於證交所查核簡報", "read in the exchange's slides"),
            Sureness.NEWS: Text("見於次級資料", "read in a secondary source"),
            Sureness.UNCONFIRMED: Text("未經證實", "unconfirmed"),
        }[self]


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a rule: its article, and the first day on which that wording is known to be in force.

    `since` None: from a day that is not known, before any day we audit.
    """

    article: str
    """As the exchange writes it."""
    since: date | None
    sureness: Sureness
    english: str = ""
    """The article for a reader of English; empty where `article` reads the same in both languages."""
    note: Text | None = None
    """What exactly is not confirmed, or how we know."""

    @property
    def label(self) -> Text:
        return Text(self.article, self.english or self.article)


@dataclass(frozen=True, slots=True)
class Citation:
    """A rule and the item of it that a control tests. Versions are ordered, the oldest first; ValueError if they are not.

    One citation speaks of one document; a control that two documents ask for cites both.
    """

    rule: Text
    versions: tuple[Version, ...]
    says: Text
    """What it asks, in our own words."""

    def __post_init__(self) -> None:
        starts = [version.since or date.min for version in self.versions]
        if not starts or any(later <= earlier for earlier, later in pairwise(starts)):
            raise ValueError(f"{self.rule.en} needs versions in the order of their days, got {starts}")

    def in_force(self, on: date) -> Version:
        """The version in force on a day; ValueError if the rule did not exist yet."""
        held = [version for version in self.versions if version.since is None or version.since <= on]
        if not held:
            raise ValueError(f"{self.rule.en} was not in force on {on.isoformat()}")
        return held[-1]
