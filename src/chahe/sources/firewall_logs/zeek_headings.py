r"""The headings of Zeek's logs: what parts the values, and what they are. No reader of its own.

    #separator \x09
    #set_separator	,
    #empty_field	(empty)
    #unset_field	-
    #path	conn
    #open	2026-11-22-09-00-00
    #fields	ts	uid	id.orig_h …
    #types	time	string	addr …
    #close	2026-11-22-10-00-00

What holds is kept as these lines themselves, one of each, until the next `#separator` or `#fields`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from chahe.sources.scanning.delimited_scan import lines_of

_KEPT = (b"#separator", b"#empty_field", b"#unset_field", b"#path", b"#fields")
_ESCAPE = re.compile(rb"\\x([0-9A-Fa-f]{2})")
_MARK = ord("#")
_MOST_FIELDS = 200
"""Columns that a heading is asked for; Zeek's logs have some forty."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What headings say of the lines behind them."""

    separator: str
    """One sign."""
    unset: tuple[bytes, ...]
    """What stands for no value."""
    path: str
    """Which log it is; empty where they do not say."""
    fields: tuple[str, ...]
    """The columns; none where no line has named them."""


def behind(lines: Any, before: bytes) -> bytes:  # noqa: ANN401 - Arrow's arrays are untyped
    """The headings in force behind lines (an Arrow array of bytes or strings)."""
    for _, line in found(lines):
        before = added(before, line)
    return before


def found(lines: Any) -> Iterator[tuple[int, bytes]]:  # noqa: ANN401 - as above
    """The lines that are headings: their indices, and they themselves without their ends."""
    data, begins, ends = lines_of(lines)
    filled = np.flatnonzero(begins < ends)
    for index in filled[data[begins[filled]] == _MARK].tolist():
        yield index, data[begins[index] : ends[index]].tobytes()


def added(before: bytes, line: bytes) -> bytes:
    """The headings in force behind a heading line."""
    word = _word(line)
    if word not in _KEPT:
        return before
    if word == b"#separator":
        return line
    return b"\n".join([*(one for one in before.split(b"\n") if one and _word(one) != word), line])


@lru_cache(maxsize=256)
def layout(headings: bytes) -> Layout:
    """What headings say; Zeek's defaults where they do not."""
    said = {_word(line): line for line in headings.split(b"\n") if line}
    written = said.get(b"#separator", b"#separator \\x09")[len(b"#separator ") :]
    separator = _plain(written)[:1] or b"\t"
    fields = said.get(b"#fields", b"").split(separator)[1 : _MOST_FIELDS + 1]
    unset = tuple(
        said.get(word, word + separator + default).partition(separator)[2]
        for word, default in ((b"#unset_field", b"-"), (b"#empty_field", b"(empty)"))
    )
    path = said.get(b"#path", b"").partition(separator)[2]
    return Layout(
        separator.decode("latin-1"),
        unset,
        path.decode("utf-8", "replace"),
        tuple(field.decode("utf-8", "replace") for field in fields),
    )


def _word(line: bytes) -> bytes:
    found_at = re.match(rb"#[a-z_]+", line)
    return found_at[0] if found_at else b""


def _plain(written: bytes) -> bytes:
    return _ESCAPE.sub(lambda sign: bytes([int(sign[1], 16)]), written)
