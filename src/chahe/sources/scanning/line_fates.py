"""What becomes of each line, for readers of columns: a row, until something else is said. No reader of its own."""

import re
from collections.abc import Callable, Collection

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.scanning.spans import coded

Flags = npt.NDArray[np.bool_]

SHOWN = 80
"""Characters of a rejected value."""
_FATES = ("row", "skip", "reject")
_SECRET = re.compile(r"(?:pass|pwd|secret|token)\w{0,20}[\"']?\s{0,2}[=:]\s{0,2}[\"']?\S+", re.IGNORECASE)
"""A word for a secret, and what follows it."""
_LONG = re.compile(r"\w{8,}")
_DAY = re.compile(r"\d{1,2}[A-Za-z]{3}\d{4}")


class LineFates:
    """Of each line its fate, why, and what is bad about it. What is said of a line first, counts."""

    def __init__(self, lines: pa.Array, *, skips: Collection[str] = ()) -> None:
        """`skips` are the reasons for which a line is skipped; for any other it is rejected."""
        self.lines = lines
        self._skips = skips
        self._whys: list[str] = []
        self._columns: list[str | None] = []
        self._said = np.full(len(lines), -1, np.int32)
        self._shown: dict[int, str] = {}

    @property
    def open(self) -> Flags:
        """Of which lines nothing is said so far."""
        undecided: Flags = self._said < 0
        return undecided

    def say(
        self, where: Flags, why: str, *, column: str | None = None, value: Callable[[int], str | None] | None = None
    ) -> None:
        """Why these lines are no rows; of rejects the column and its value, or else the line as it begins, both without secrets."""
        found = np.flatnonzero(where & self.open)
        if not len(found):
            return
        self._said[found] = len(self._whys)
        self._whys.append(why)
        self._columns.append(column)
        if why not in self._skips:
            for line in found.tolist():
                shown = value(line) if value else self.lines[line].as_py().rstrip("\r\n")
                self._shown[line] = without_secrets(shown or "")[:SHOWN]

    def columns(self) -> dict[str, pa.Array]:
        """`fate`, `why`, `bad_column` and `bad_value`."""
        fates = [1 if why in self._skips else 2 for why in self._whys]
        by_line = np.array([*fates, 0], np.int32)[self._said]  # -1, of a row, is the last
        order = np.full(len(self.lines), -1, np.int32)
        order[list(self._shown)] = np.arange(len(self._shown))
        return {
            "fate": coded(by_line, pa.array(_FATES)),
            "why": coded(self._said, pa.array(self._whys, pa.string())),
            "bad_column": coded(self._said, pa.array(self._columns, pa.string())),
            "bad_value": coded(order, pa.array(list(self._shown.values()), pa.string())),
        }


def without_secrets(text: str) -> str:
    """The beginning of a line or a value that is not understood, for showing: what in it could be a secret is left out."""
    return _LONG.sub(_unless_a_secret, _SECRET.sub("…", text[: 2 * SHOWN]))


def _unless_a_secret(found: re.Match[str]) -> str:
    """A long word, but not one of letters and digits, as passwords and keys are."""
    word = found[0]
    mixed = sum(sign.isalpha() for sign in word) >= 3 and any(sign.isdigit() for sign in word)
    return "…" if mixed and not _DAY.fullmatch(word) else word
