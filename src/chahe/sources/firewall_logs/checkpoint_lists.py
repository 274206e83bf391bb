r"""Check Point's lists of values, and the headings that say what is what. No reader of its own.

    num;date;time;orig;type;action;alert;i/f_name;i/f_dir;product;src;s_port;dst;service;proto;rule       fw logexport
    0;22Nov2026;9:00:00;10.1.1.1;log;accept;;eth0;inbound;VPN-1 & FireWall-1;10.1.2.3;50100;192.0.2.7;https;tcp;7
    "Number" "Date" "Time" "Interface" "Origin" "Type" "Action" …                                         SmartView Tracker
    "22" "22Nov2026" "09:00:00" "eth0" "fw1" "Log" "Accept" …

The tracker's lists are known without a heading, too; it has always written these columns in this order.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.delimited_scan import Cut, Plans, cut, lines_of, plans_of

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_KNOWN: Mapping[str, tuple[str, ...]] = {
    "date": ("date",),
    "clock": ("time",),
    "orig_name": ("orig_name", "origin_name"),
    "sic": ("origin_sic_name", "originsicname"),
    "origin": ("orig", "origin"),
    "type": ("type",),
    "action": ("action",),
    "product": ("product",),
    "service": ("service", "destination port"),
    "s_port": ("s_port", "source port"),
    "src": ("src", "source"),
    "dst": ("dst", "destination"),
    "proto": ("proto", "protocol"),
    "rule": ("rule_name", "rule name"),
    "number": ("rule",),
    "user": ("src_user_name", "user", "source user name"),
    "sent": ("sent_bytes",),
    "received": ("received_bytes",),
}
"""What is looked for in lists, and how headings call it, in lower case; the first that the heading has."""
SLOTS = {name: index for index, name in enumerate(_KNOWN)}
_TRACKER = (
    b'"Number" "Date" "Time" "Interface" "Origin" "Type" "Action" "Service" "Source Port" "Source" "Destination" "Protocol" '
    b'"Rule" "Rule Name" "Current Rule Number" "User" "Information" "Product"'
)
_FIRSTS = (b"num", b'"Number" "')
_MOST_COLUMNS = 400


class Layout(NamedTuple):
    """What a heading says of the lines behind it."""

    delimiter: str
    plans: Plans


class Lists(NamedTuple):
    """What was found in lists."""

    cells: Cut
    """Its slots are SLOTS."""
    headless: Flags
    """Which lines have no heading that says what is what."""


def behind(lines: Any, before: bytes) -> bytes:  # noqa: ANN401 - Arrow's arrays are untyped
    """The heading in force behind lines (an Arrow array of bytes or strings)."""
    found = _headings(*lines_of(lines))
    return found[max(found)] if found else before


def read(data: Bytes, edges: tuple[Ints, Ints], listed: Flags, tracked: Flags, before: bytes) -> Lists:
    """The values of the lines that are `listed`; `tracked` are those of them in the tracker's form."""
    begins, ends = edges
    found = _headings(data, begins, ends)
    headings = [before, *found.values()]
    numbers = np.zeros(len(begins), np.int32)
    for number, line in enumerate(found, 1):
        numbers[line:] = number
    whole = _nothing(len(begins))
    headless = np.zeros(len(begins), np.bool_)
    for number, heading in enumerate(headings):
        for form, these in ((True, tracked), (False, listed & ~tracked)):
            where = np.flatnonzero(these & (numbers == number))
            if not len(where):
                continue
            told = layout(
                heading if heading.startswith(_FIRSTS[1] if form else _FIRSTS[0]) else _TRACKER if form else b""
            )
            if told is None:
                headless[where] = True
            else:
                whole = _joined(whole, where, _cut(data, begins[where], ends[where], told))
    return Lists(whole, headless)


@lru_cache(maxsize=64)
def layout(heading: bytes) -> Layout | None:
    """What a heading says; none where it names no action, or no column at all."""
    text = heading.decode("utf-8", "replace")
    if not text:
        return None
    delimiter = " " if text.startswith('"') else text[3]
    names = [name.strip().strip('"').lower() for name in text.split('" "' if delimiter == " " else delimiter)]
    positions = {name: position for position, name in reversed(list(enumerate(names[:_MOST_COLUMNS])))}
    wanted = {
        positions[told]: SLOTS[name]
        for name, keys in _KNOWN.items()
        if (told := next((key for key in keys if key in positions), None)) is not None
    }
    return Layout(delimiter, plans_of([wanted])) if SLOTS["action"] in wanted.values() else None


def _headings(data: Bytes, begins: Ints, ends: Ints) -> dict[int, bytes]:
    """The lines that are headings, in order, and what they say."""
    filled = np.flatnonzero(ends - begins > 12)
    like = filled[np.isin(data[begins[filled]], (ord("n"), ord('"')))] if len(filled) else filled
    like = like[np.isin(data[begins[like] + 1], (ord("u"), ord("N")))] if len(like) else like
    found = {}
    for line in like.tolist():
        text = data[begins[line] : ends[line]].tobytes().rstrip()
        if text.startswith(_FIRSTS[1]) or (text.startswith(b"num") and text[4:8] == b"date" and text[3:4] == text[8:9]):
            found[line] = text
    return found


def _cut(data: Bytes, begins: Ints, ends: Ints, told: Layout) -> Cut:
    kinds = np.zeros(len(begins), np.int32)
    quotes = told.delimiter == " "
    return cut(
        data, begins, ends, delimiter=told.delimiter, plans=told.plans, kinds=kinds, slots=len(SLOTS), quotes=quotes
    )


def _nothing(lines: int) -> Cut:
    shape = (len(SLOTS), lines)
    spans = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    return Cut(np.zeros(0, np.uint8), *spans, np.zeros(lines, np.int32), np.zeros(lines, np.bool_))


def _joined(whole: Cut, where: npt.NDArray[np.intp], part: Cut) -> Cut:
    """What was found of all lines, with that of some of them."""
    whole.begins[:, where] = part.begins + np.int32(len(whole.data))
    whole.sizes[:, where], whole.broken[where], whole.counts[where] = part.sizes, part.broken, part.counts
    return whole._replace(data=np.concatenate([whole.data, part.data]))
