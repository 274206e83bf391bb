"""What PAM's password settings come to: least length after credits, kinds of characters, lock-out (pam_pwquality(8))."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CREDITS = ("dcredit", "ucredit", "lcredit", "ocredit")
"""Digits, upper case, lower case, others."""
LOCKOUT = frozenset({"deny"})
_FLOOR = 6
"""No password shorter than this passes pam_pwquality or pam_cracklib, whatever minlen and the credits say."""


@dataclass
class Settings:
    """The settings of one file, as its lines are read."""

    numbers: dict[str, int] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    cracklib: bool = False
    """Is pam_cracklib in the stack? Its credits are 1 where they are not set."""
    plain_length: int | None = None
    """pam_unix's minlen, to which no credit applies."""

    def add(self, source: str, numbers: Mapping[str, int]) -> None:
        """Take in one line's settings."""
        if source not in self.sources:
            self.sources.append(source)
        if source == "pam_unix":
            self.plain_length = numbers["minlen"]
            return
        denied = self.numbers.get("deny")
        self.numbers |= numbers
        if denied is not None and "deny" in numbers:
            both = (denied, numbers["deny"])
            self.numbers["deny"] = 0 if 0 in both else max(both)

    def source(self) -> str:
        """The modules or files that set something, in order."""
        return " + ".join(self.sources)


def columns(settings: Settings) -> dict[str, int | bool | None]:
    """The columns of `password_policies` that the settings decide; null where they do not."""
    numbers = settings.numbers
    credits_set = [numbers[name] for name in CREDITS if name in numbers]
    known = bool(credits_set) or "minclass" in numbers
    kinds = max(numbers.get("minclass", 0), sum(credit < 0 for credit in credits_set)) if known else None
    return {
        "min_length": _least_length(settings),
        "min_classes": kinds,
        "complexity": None if kinds is None else kinds >= 2,
        "lockout_attempts": numbers.get("deny"),
    }


def _least_length(settings: Settings) -> int | None:
    """The length of the shortest password that passes every module that sets one."""
    lengths = [] if settings.plain_length is None else [settings.plain_length]
    if "minlen" in settings.numbers:
        unset = 1 if settings.cracklib else 0
        made_up = sum(max(settings.numbers.get(name, unset), 0) for name in CREDITS)
        lengths.append(max(_FLOOR, settings.numbers["minlen"] - made_up))
    return max(lengths, default=None)
