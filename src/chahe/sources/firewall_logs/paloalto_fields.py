"""The fields of Palo Alto's records, whichever of their four forms they come in. No reader of its own.

A record's form is told by the first sign that none of syslog's headers holds: the comma behind the first value of CSV, the bar
behind `CEF:0` or `LEEF:1.0`, the brace that opens an object of JSON.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.firewall_logs import cef_heads, cef_scan
from chahe.sources.firewall_logs.paloalto_layouts import FIELDS, LAYOUTS
from chahe.sources.scanning import delimited_scan, json_scan
from chahe.sources.scanning.compiled import compiled
from chahe.sources.scanning.field_columns import Fields, joined, words
from chahe.sources.scanning.pair_scan import nothing, parted_pairs
from chahe.sources.scanning.spans import texts
from chahe.sources.scanning.wanted_keys import keys_of

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]

STRANGER, CSV, KEYED, JSON, HEADING = range(5)
"""Forms of a line: none of Palo Alto's, its CSV, CEF or LEEF, JSON, the headings of an export from its screens."""

ORDER = {name: index for index, name in enumerate(FIELDS)}
_KEYS = keys_of(FIELDS)
_KINDS = {name: index for index, name in enumerate(LAYOUTS)}
_PLANS = delimited_scan.plans_of(
    [{position: ORDER[name] for position, name in layout.items()} for layout in LAYOUTS.values()]
)
_TYPES, _EARLY_TYPES = delimited_scan.plans_of([{3: 0}]), delimited_scan.plans_of([{5: 0}])
_CONFIG = delimited_scan.plans_of([{15: 0, 16: 1}])

_COMMA, _BAR, _BRACE, _SPACE, _GREATER, _SLASH, _DASH, _QUOTE = (ord(sign) for sign in ',|{ >/-"')
_ZERO, _NINE, _COLON = (ord(sign) for sign in "09:")
_HEADINGS = np.frombuffer(b"Domain,Receive Time,", np.uint8)
_SERVICES = ("LF", "Next Generation Firewall")
"""What the logging service calls itself in CEF and in LEEF."""
_LONGEST_HEADER = 400
"""Bytes of a line in which a record begins: room for syslog's header, no search through a long line of another's."""


class Records(NamedTuple):
    """What was found in a list of lines, by line."""

    fields: Fields
    forms: Bytes
    starts: Ints
    """Where the record begins, behind syslog's header."""
    broken: Flags
    """Its quotes do not pair, or its object does not end."""
    universal: Flags
    """Times that name no zone are UTC, as the logging service writes them."""


def read(lines: pa.Array) -> Records:
    """The fields of lines (string array without nulls), each with its end."""
    data, begins, ends = delimited_scan.lines_of(lines)
    forms, starts = _forms(data, begins, ends)
    found = _lists(data, starts, ends, forms == CSV)
    fields = Fields(found.data, ORDER, found.begins, found.sizes)
    records = Records(fields, forms, starts, found.broken, np.zeros(len(forms), np.bool_))
    for form, add in ((KEYED, _add_keyed), (JSON, _add_objects)):
        where = np.flatnonzero(forms == form)
        if len(where):
            records = records._replace(fields=joined(records.fields, where, add(data, records, ends, where)))
    return records


def _lists(data: Bytes, starts: Ints, ends: Ints, lists: Flags) -> delimited_scan.Cut:
    """The values of CSV lines, each by the layout of its type."""
    one = np.where(lists, 0, -1).astype(np.int32)
    heads = delimited_scan.cut(data, starts, ends, delimiter=",", plans=_TYPES, kinds=one, slots=1)
    types = texts(heads.data, *heads.of(0))
    other = _KINDS[""]
    kinds = np.array([*(_KINDS.get(word, other) for word in types.values.to_pylist()), other], np.int32)[types.codes]
    kinds[~lists] = -1
    unknown = np.flatnonzero(kinds == other)
    if len(unknown):
        spans, zeros = (starts[unknown], ends[unknown]), np.zeros(len(unknown), np.int32)
        later = delimited_scan.cut(data, *spans, delimiter=",", plans=_EARLY_TYPES, kinds=zeros, slots=1)
        early = words(later.data, later.of(0)).are(lambda word: word == "GLOBALPROTECT")
        kinds[unknown[early]] = _KINDS["GLOBALPROTECT, early"]
    changes = np.flatnonzero(kinds == _KINDS["CONFIG"])
    if len(changes):
        kinds[changes[_detailed(data, starts[changes], ends[changes])]] = _KINDS["CONFIG, detailed"]
    return delimited_scan.cut(data, starts, ends, delimiter=",", plans=_PLANS, kinds=kinds, slots=len(FIELDS))


def _detailed(data: Bytes, starts: Ints, ends: Ints) -> Flags:
    """Does the record of a change tell the details? Else its action flags are value 15, and its first device group 16."""
    zeros = np.zeros(len(starts), np.int32)
    found = delimited_scan.cut(data, starts, ends, delimiter=",", plans=_CONFIG, kinds=zeros, slots=2)
    flags, groups = (texts(found.data, *found.of(slot)).column().to_pylist() for slot in (0, 1))
    return np.array(
        [
            not (flag and flag.startswith("0x") and (not group or group.isdigit()))
            for flag, group in zip(flags, groups, strict=True)
        ]
    )


def _add_keyed(data: Bytes, records: Records, ends: Ints, where: Indices) -> Bytes:
    found = cef_scan.scan(data, records.starts[where], ends[where], _KEYS)
    _, _, begins, sizes = records.fields
    begins[:, where], sizes[:, where] = found.begins, found.sizes
    _put_types(begins, sizes, where, found)
    products = words(found.data, (found.header_begins[cef_heads.PRODUCT], found.header_sizes[cef_heads.PRODUCT]))
    records.universal[where] = products.are(lambda word: word in _SERVICES)
    records.broken[where] = found.forms == cef_heads.NEITHER
    barred = np.flatnonzero(_barred(found, ends[where]))
    if len(barred):
        _part_at_bars(records, ends[where[barred]], where[barred], _of(found, barred))
    return found.data


def _of(found: cef_scan.Extensions, which: Indices) -> cef_scan.Extensions:
    begins, sizes, header_begins, header_sizes = (array[:, which] for array in found[1:5])
    return cef_scan.Extensions(
        found.data, begins, sizes, header_begins, header_sizes, found.heads[which], found.forms[which]
    )


def _barred(found: cef_scan.Extensions, ends: Ints) -> Flags:
    """PAN-OS's own LEEF (the guide for QRadar) parts the fields by bars, unlike any other: of which records is that so?"""
    begins = _behind_header(found).tolist()
    leef = (found.forms == cef_heads.LEEF).tolist()
    rests = (found.data[begin:end].tobytes() for begin, end in zip(begins, ends.tolist(), strict=True))
    return np.array(
        [is_leef and b"\t" not in rest and b"|src=" in rest for is_leef, rest in zip(leef, rests, strict=True)]
    )


def _behind_header(found: cef_scan.Extensions) -> Ints:
    last: Ints = found.header_begins[cef_heads.EVENT] + found.header_sizes[cef_heads.EVENT] + np.int32(1)
    return last


def _part_at_bars(records: Records, ends: Ints, where: Indices, found: cef_scan.Extensions) -> None:
    """The event is the action there, where no field says it."""
    values = nothing(len(FIELDS), len(where))
    bars = np.full(len(where), _BAR, np.uint8)
    parted_pairs(found.data, _behind_header(found), ends, signs=(bars, np.uint8(ord("="))), keys=_KEYS, values=values)
    action = ORDER["action"]
    untold = values.sizes[action] == 0
    values.begins[action][untold] = found.header_begins[cef_heads.EVENT][untold]
    values.sizes[action][untold] = found.header_sizes[cef_heads.EVENT][untold]
    _, _, begins, sizes = records.fields
    begins[:, where], sizes[:, where] = values.begins, values.sizes
    sizes[ORDER["threat"], where] = 0


def _put_types(begins: Ints, sizes: Ints, where: Indices, found: cef_scan.Extensions) -> None:
    """The type stands in CEF's header, before the subtype or behind it, and in LEEF's field `cat`, its event in the header.

    A field that is labelled as something else than a rule is none.
    """
    types, subtypes, threats, rules, codes = (ORDER[name] for name in ("type", "subtype", "threat", "rule", "code"))
    leef = found.forms == cef_heads.LEEF
    untold = where[leef & (sizes[types, where] == 0)]
    begins[types, untold], sizes[types, untold] = begins[threats, untold], sizes[threats, untold]
    sizes[threats, where[leef]] = 0
    uncoded = (
        leef
        & (sizes[codes, where] == 0)
        & words(found.data, (begins[types, where], sizes[types, where])).are(_is_named)
    )
    begins[codes, where[uncoded]] = found.header_begins[cef_heads.EVENT][uncoded]
    sizes[codes, where[uncoded]] = found.header_sizes[cef_heads.EVENT][uncoded]
    event = found.header_begins[cef_heads.EVENT], found.header_sizes[cef_heads.EVENT]
    name = found.header_begins[cef_heads.NAME], found.header_sizes[cef_heads.NAME]
    swapped = words(found.data, name).are(str.isupper)
    for field, (one, other) in ((types, (event, name)), (subtypes, (name, event))):
        for array, first, second in ((begins, one[0], other[0]), (sizes, one[1], other[1])):
            array[field, where] = np.where(leef, array[field, where], np.where(swapped, second, first))
    labels = words(found.data, (found.begins[ORDER["rule_label"]], found.sizes[ORDER["rule_label"]]))
    sizes[rules, where[labels.are(lambda label: label != "Rule")]] = 0


def _is_named(kind: str) -> bool:
    """Do records of this type have an event with a name (sessions have an action there)?"""
    return kind.upper() in ("GLOBALPROTECT", "SYSTEM", "CONFIG", "USERID", "AUTHENTICATION", "AUTH")


def _add_objects(data: Bytes, records: Records, ends: Ints, where: Indices) -> Bytes:
    found = json_scan.scan(data, records.starts[where], ends[where], _KEYS)
    _, _, begins, sizes = records.fields
    begins[:, where], sizes[:, where] = found.begins, found.sizes
    records.broken[where], records.universal[where] = found.broken, True
    return found.data


@compiled
def _forms(data: Bytes, begins: Ints, ends: Ints) -> tuple[Bytes, Ints]:
    """The form of each line, and where its record begins."""
    forms, starts = np.zeros(len(begins), np.uint8), begins.copy()
    for line in range(len(begins)):
        begin = begins[line]
        end = min(ends[line], begin + _LONGEST_HEADER)
        for place in range(begin, end):
            sign = data[np.uintp(place)]
            if sign == _COMMA:
                start = _start(data, begin, place)
                if _is_date(data, place + 1, end) and start < place:
                    forms[line], starts[line] = CSV, start
                    break
                if _is_heading(data, start, end):
                    forms[line], starts[line] = HEADING, start
                    break
            elif sign == _BAR:
                word = place - 1
                while word > begin and (data[word] == ord(".") or _ZERO <= data[word] <= _NINE):
                    word -= 1
                if data[word] == _COLON and word >= begin + 3 and data[word - 1] == ord("F"):
                    forms[line], starts[line] = KEYED, max(word - 4, begin)
                break
            elif sign == _BRACE:
                forms[line], starts[line] = JSON, place
                break
    return forms, starts


@compiled
def _start(data: Bytes, begin: int, comma: int) -> int:
    """Where the first value of a list begins: behind the last blank before its comma, or behind syslog's priority."""
    start = comma
    while start > begin and data[start - 1] != _SPACE and data[start - 1] != _GREATER:
        start -= 1
    return start


@compiled
def _is_date(data: Bytes, place: int, end: int) -> bool:
    """One to four digits and a slash, or four and a dash (the logging service's), as a date begins; with a quote or without."""
    if place < end and data[np.uintp(place)] == _QUOTE:
        place += 1
    digits = 0
    while place < end and _ZERO <= data[np.uintp(place)] <= _NINE and digits < 5:
        digits += 1
        place += 1
    if place >= end:
        return False
    sign = data[np.uintp(place)]
    return (sign == _SLASH and 1 <= digits <= 4) or (sign == _DASH and digits == 4)


@compiled
def _is_heading(data: Bytes, place: int, end: int) -> bool:
    """The first two headings of an export, each with quotes or without."""
    for sign in _HEADINGS:
        while place < end and data[np.uintp(place)] == _QUOTE:
            place += 1
        if place >= end or data[np.uintp(place)] != sign:
            return False
        place += 1
    return True
