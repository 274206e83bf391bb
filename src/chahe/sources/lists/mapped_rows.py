"""Lines by a declared mapping: the fate of each, and the columns of the declared table. No reader of its own."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.evidence.cells import UnreadableCell, read_cell
from chahe.evidence.model import Column, Kind
from chahe.evidence.schema import arrow_type
from chahe.sources.lists.mapping import Mapping as Declared
from chahe.sources.lists.mapping import mapping_in
from chahe.sources.model import Context
from chahe.sources.scanning import json_scan, key_value_scan, pair_scan, syslog_scan
from chahe.sources.scanning.delimited_scan import cut, lines_of, plans_of
from chahe.sources.scanning.field_columns import COUNT, Fields, Words, nullable
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.spans import BAD, GOOD, Spans, coded, numbers, texts
from chahe.sources.scanning.wanted_keys import keys_of
from chahe.sources.scanning.written_times import moments

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_OWN_SEPARATORS = (" ", ",")
"""Between these `key_value_scan` reads pairs, with quotes around values."""
_EQUALS = np.uint8(ord("="))
_BRACE = ord("{")


class _Found(NamedTuple):
    fields: Fields
    broken: Flags
    headings: Flags
    absent: tuple[str, ...] = ()
    """Fields of the mapping that the list's headings do not hold."""


def rows(lines: pa.Array, context: Context, years: pa.Array | None) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of the declared table. Raises BadMapping."""
    declared = mapping_in(context.settings)
    fates = LineFates(lines, skips=("blank", "heading", "other"))
    data, begins, ends = lines_of(lines)
    found = _SCANS[declared.form](declared, lines, (data, begins, ends), context)
    fates.say(_blank(lines), "blank")
    fates.say(found.headings, "heading")
    fates.say(found.broken, "broken", value=_unsaid)
    for name in found.absent:
        fates.say(fates.open, "headless", column=_column_of(declared, name), value=lambda _, name=name: name)  # type: ignore[misc] # bound now
    _only(declared, found.fields, fates)
    present = np.zeros(len(lines), np.bool_)
    named = {one for names in declared.columns.values() for one in names} & set(found.fields.order)
    for name in named:
        present |= found.fields.has(name)
    header = syslog_scan.scan(lines, context, years) if _uses_header(declared) else None
    if named:
        fates.say(~present, "nothing", value=_unsaid)
    columns = {
        name: _column(declared, name, found.fields, header, fates, context) for name in declared.columns
    } | _constants(declared, context, len(lines))
    for column in declared.table.columns:
        if column.required:
            given = columns.get(column.name)
            fates.say(
                ~_valid(given) if given is not None else np.ones(len(lines), np.bool_),
                "missing",
                column=column.name,
                value=_unsaid,
            )
    return {**fates.columns(), **columns}


def _unsaid(_line: int) -> str | None:
    """A line nobody knows may hold a password: it is shown to those who ask for its place, and nowhere else."""
    return None


def _blank(lines: pa.Array) -> Flags:
    empty: Flags = pc.equal(pc.utf8_trim_whitespace(lines), "").to_numpy(zero_copy_only=False)
    return empty


def _valid(column: pa.Array) -> Flags:
    flags: Flags = pc.is_valid(column).to_numpy(zero_copy_only=False)
    return flags


def _uses_header(declared: Declared) -> bool:
    return any(name.startswith("@") for names in declared.columns.values() for name in names)


def _fields(declared: Declared, data: Bytes, begins: Ints, sizes: Ints) -> Fields:
    return Fields(data, {name: index for index, name in enumerate(declared.fields)}, begins, sizes)


def _none(lines: pa.Array) -> Flags:
    return np.zeros(len(lines), np.bool_)


def _pairs(declared: Declared, lines: pa.Array, edges: tuple[Bytes, Ints, Ints], _context: Context) -> _Found:
    data, begins, ends = edges
    keys = keys_of({name: (name,) for name in declared.fields})
    if declared.separator in _OWN_SEPARATORS:
        _, offsets = syslog_scan.bytes_of(lines)
        values = key_value_scan.scan(data, offsets, keys)
        broken = values.forms == key_value_scan.BROKEN
        return _Found(_fields(declared, data, values.begins, values.sizes), broken, _none(lines))
    parted = pair_scan.nothing(len(declared.fields), len(lines))
    signs = (np.full(len(lines), ord(declared.separator), np.uint8), _EQUALS)
    pair_scan.parted_pairs(data, begins, ends, signs=signs, keys=keys, values=parted)
    return _Found(_fields(declared, data, parted.begins, parted.sizes), parted.broken, _none(lines))


def _json(declared: Declared, lines: pa.Array, edges: tuple[Bytes, Ints, Ints], _context: Context) -> _Found:
    data, begins, ends = edges
    # What stands in front of the object, such as a syslog header, is none of it.
    opens = _first(data, begins, ends, _BRACE)
    values = json_scan.scan(data, opens, ends, keys_of({name: (name,) for name in declared.fields}))
    return _Found(_fields(declared, values.data, values.begins, values.sizes), values.broken, _none(lines))


def _first(data: Bytes, begins: Ints, ends: Ints, sign: int) -> Ints:
    """Where that sign stands first in each line; the line's end where it does not."""
    places = np.flatnonzero(data == sign).astype(np.int32)
    index = np.searchsorted(places, begins)
    found: Ints = np.append(places, np.int32(len(data)))[index]
    return np.minimum(found, ends).astype(np.int32)


def _values(declared: Declared, lines: pa.Array, edges: tuple[Bytes, Ints, Ints], context: Context) -> _Found:
    data, begins, ends = edges
    heading, is_heading = b"", _none(lines)
    if not declared.is_positional:
        heading = context.headings or _first_line(lines)
        same = pc.equal(pc.utf8_trim_whitespace(lines), pa.scalar(heading.decode("utf-8", "replace").strip()))
        is_heading = same.to_numpy(zero_copy_only=False)
    names = _cells(heading, declared.separator)
    slots = {}
    for slot, name in enumerate(declared.fields):
        if name in names:
            slots[names.index(name)] = slot
        elif name.isdecimal() and declared.is_positional:
            slots[int(name) - 1] = slot
    kinds = np.where(is_heading, -1, 0).astype(np.int32)
    found = cut(
        data,
        begins,
        ends,
        delimiter=declared.separator,
        plans=plans_of([slots]),
        kinds=kinds,
        slots=len(declared.fields),
    )
    absent = () if declared.is_positional else tuple(name for name in declared.fields if name not in names)
    return _Found(_fields(declared, found.data, found.begins, found.sizes), found.broken, is_heading, absent)


def _first_line(lines: pa.Array) -> bytes:
    written = (line.as_py().strip() for line in lines)
    return next((line.encode() for line in written if line), b"")


def _cells(heading: bytes, separator: str) -> list[str]:
    text = heading.decode("utf-8", "replace").lstrip("\ufeff")
    return [cell.strip().strip('"') for cell in text.split(separator)]


_SCANS: Mapping[str, Callable[..., _Found]] = {"pairs": _pairs, "values": _values, "json": _json}


def _only(declared: Declared, fields: Fields, fates: LineFates) -> None:
    for name, words in declared.only.items():
        # Which kind of record a line is that lacks the field, nobody said: a slip in its name must not skip the whole log.
        fates.say(~fields.has(name), "unsaid", value=_unsaid)
        fates.say(~fields.words(name).are(lambda word, words=words: word.strip().lower() in words), "other")  # type: ignore[misc] # bound now


def _column_of(declared: Declared, name: str) -> str:
    """The column that a field is for; `only` where it is for none."""
    return next((column for column, names in declared.columns.items() if name in names), "only")


def _column(
    declared: Declared,
    name: str,
    fields: Fields,
    header: "syslog_scan.Headers | None",
    fates: LineFates,
    context: Context,
) -> pa.Array:
    column = declared.table.column(name)
    parts = declared.columns[name]
    if header is not None and parts == ("@time",):
        return header.happened()
    data, spans = _spans(parts, fields, header)
    plain = name not in declared.patterns and name not in declared.values
    given, bad = None, np.zeros(len(spans[0]), np.bool_)
    if plain and column.kind is Kind.MOMENT:
        found, states = moments(data, *spans, context.zone)
        given, bad = nullable(found, states == GOOD), states == BAD
    elif plain and column.kind is Kind.INTEGER:
        found, states = numbers(data, *spans, COUNT)
        given, bad = nullable(found, states == GOOD), states == BAD
    if given is not None and not bad.any():
        return given
    slowly = spans if given is None else (spans[0], np.where(bad, spans[1], 0).astype(np.int32))
    read, unreadable = _read(Words(texts(data, *slowly)), column, declared, context.zone)
    if unreadable.any():
        shown = Words(texts(data, *slowly)).column()
        fates.say(unreadable, f"bad {column.kind.value}", column=name, value=lambda line: shown[line].as_py())
    return read if given is None else pc.coalesce(given, read)


def _spans(parts: tuple[str, ...], fields: Fields, header: "syslog_scan.Headers | None") -> tuple[Bytes, Spans]:
    """Where a column's text stands; of several fields they are joined by a blank first."""
    if header is not None and parts == ("@host",):
        return header.data, header.host
    if len(parts) == 1:
        return fields.data, fields.of(parts[0])
    said = np.any([fields.has(part) for part in parts], axis=0)
    if not said.any():
        none = np.zeros(len(said), np.int32)
        return fields.data, (none, none)
    first, *others = (fields.words(part).column().cast(pa.string()) for part in parts)
    # Arrow (26.0) loses rows of which all texts are null.
    columns = [pc.if_else(pa.array(said), first, ""), *others]
    data, offsets = syslog_scan.bytes_of(pc.binary_join_element_wise(*columns, " ", null_handling="skip"))
    return data, (offsets[:-1], np.diff(offsets).astype(np.int32))


def _read(words: Words, column: Column, declared: Declared, zone: str) -> tuple[pa.Array, Flags]:
    """Each distinct word once: as a value of the column, or unreadable."""
    read: list[object] = []
    unreadable = []
    for word in words.texts.values.to_pylist():
        value, bad = _value(declared.meant(column.name, word), column, zone)
        read.append(value)
        unreadable.append(bad)
    codes = words.texts.codes
    values = pa.array(read, arrow_type(column.kind).arrow)
    given = coded(codes, values) if pa.types.is_string(values.type) else values.take(pa.array(codes, mask=codes < 0))
    return given, np.array([*unreadable, False])[codes]


def _value(word: str, column: Column, zone: str) -> tuple[object, bool]:
    try:
        return read_cell(column, word, zone), False
    except UnreadableCell:
        return None, True


def _constants(declared: Declared, context: Context, lines: int) -> dict[str, pa.Array]:
    """Columns that the source's `set` fills, as in registers. Raises UnreadableCell."""
    return {
        name: pa.repeat(
            pa.scalar(
                read_cell(declared.table.column(name), value, context.zone),
                arrow_type(declared.table.column(name).kind).arrow,
            ),
            lines,
        )
        for name, value in context.settings.items()
        if name in declared.table.names and name not in declared.columns
    }
