"""What the columns of an exception, and the codes in them, are called on screens and in reports."""

import re
from collections.abc import Iterable, Mapping
from string import Formatter

import sqlglot

from chahe.controls.column_headings import COLUMNS
from chahe.controls.model import Control
from chahe.controls.row_headings import ROWS
from chahe.wording import Text

_FROM = re.compile(r":from\b")
"""To the parser a keyword even behind a colon."""
_SIGNS = ("_us", "_zh", "_en")


def exception_columns(control: Control) -> tuple[str, ...]:
    """The columns that a control's exceptions return, in order, as its SQL names them.

    Raises sqlglot's SqlglotError where the SQL is none.
    """
    tree = sqlglot.parse_one(_FROM.sub(":begin_of_period", control.exceptions), dialect="duckdb")
    return tuple(getattr(tree, "named_selects", ()))


def heading(control: Control, column: str) -> Text | None:
    """What a column is called: by the control, else as in the tables it needs, else as such columns always are; None if nowhere."""
    plain = column[:-3] if column.endswith(("_zh", "_en")) else column
    if plain in control.headings:
        return control.headings[plain]
    for need in control.needs:
        if plain in need.table.names:
            return Text(need.table.column(plain).heading, _spelled(plain))
    return COLUMNS.get(plain) or ROWS.get(plain)


def headings(control: Control, rows: Iterable[Mapping[str, object]]) -> dict[str, Text]:
    """By column, what every column of the rows is called; one without a heading goes by its name."""
    columns = {column: None for row in rows for column in row}
    return {column: heading(control, column) or Text(column, column) for column in columns}


def words(control: Control, rows: Iterable[Mapping[str, object]]) -> dict[str, dict[str, Text]]:
    """By column, what the codes in the rows are called."""
    worded = {name for _, name, spec, _ in Formatter().parse(control.message.zh) if name and spec == "word"}
    codes: dict[str, Mapping[str, Text]] = {}
    found: dict[str, dict[str, Text]] = {}
    for row in rows:
        for column, value in row.items():
            if column not in codes:
                codes[column] = _codes(control, column, worded=column in worded)
            if codes[column] and isinstance(value, str) and value in codes[column]:
                found.setdefault(column, {})[value] = codes[column][value]
    return found


def _codes(control: Control, column: str, *, worded: bool) -> Mapping[str, Text]:
    """What the codes of a column can be called: by the control where its message words them, else as in the tables it needs, the first first."""
    tables = [need.table.column(column).choices for need in control.needs if column in need.table.names]
    named = [control.words, *tables] if worded else tables
    return {code: text for codes in reversed(named) for code, text in codes.items()}


def _spelled(name: str) -> str:
    """A column's name as words: `traded_on`, “traded on”."""
    for sign in _SIGNS:
        name = name.removesuffix(sign)
    return name.replace("_", " ")
