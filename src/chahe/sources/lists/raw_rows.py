"""Rows of cells as files and databases give them, before anything is known of what they mean."""

from collections.abc import Sequence
from typing import NamedTuple

from chahe.evidence.cells import is_blank
from chahe.wording import Text


class Broken(NamedTuple):
    """A row that could not even be taken apart into cells."""

    why: Text
    value: str | None = None


class Uncached(NamedTuple):
    """A cell with a formula whose result the file does not hold."""

    formula: str


RawRow = Sequence[object] | Broken

NO_SUCH_ROW = Text("檔案沒有第 {place} 筆", "the file has no record {place}")
BLANK = Text("空白列", "blank row")


def is_blank_row(row: RawRow) -> bool:
    """Does no cell of the row hold anything? A broken row is not blank."""
    return not isinstance(row, Broken) and all(is_blank(cell) for cell in row)


def shown(cell: object) -> str:
    """A cell as text, for comparing and showing."""
    return "" if cell is None else str(cell).strip()
