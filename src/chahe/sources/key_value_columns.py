"""The grammar of `key_values` in columns: the wanted fields of many lines at once. No reader of its own.

The bytes of all lines are looked at together (NumPy). Quotes are paired first, as bits, 64 bytes at a time; only then are
keys looked for, outside quotes and straight behind a delimiter. Values are spans of the lines' own bytes. A line whose
quotes are not plainly paired, or hold escaped quotes, is left to `key_values.pairs`, which decides exactly.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]

_PAD = 64
"""Bytes put before the lines, and at least so many behind them, so that words of eight bytes can be read anywhere."""
_WINDOWS = 8
"""Words looked through for the end of a value; a longer one goes the exact way."""
_EQUALS, _QUOTE, _BACKSLASH, _LESS, _GREATER = (ord(sign) for sign in '="\\<>')


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a list of lines."""

    spans: Mapping[str, tuple[Ints, Ints, Ints]]
    """By key: the lines that have it, and where its value begins and ends in `memory`."""
    irregular: Flags
    """By line: must it be read by `key_values.pairs` instead? No span tells of these lines."""
    memory: Bytes


def find(lines: pa.Array, wanted: Iterable[str], delimiter: str) -> Found:
    """The wanted keys' values in lines: a string array without nulls, each line with its end (the last may lack it)."""
    keys = tuple(wanted)
    bounds, memory = _laid_out(lines, ord(delimiter))
    quotes = _bits(memory == _QUOTE)
    odd = np.add.reduceat(memory == _QUOTE, bounds[:-1], dtype=np.uint8) & 1 if len(lines) else np.zeros(0, np.uint8)
    if odd.any():
        return _without(lines, odd.astype(np.bool_), keys, delimiter)
    within = _within(quotes)
    equals_bits = _bits(memory == _EQUALS)
    irregular = np.zeros(len(lines), np.bool_)
    for place in _strange(memory, quotes, within, equals_bits, ord(delimiter)):
        irregular[np.searchsorted(bounds, place, "right") - 1] = True
    equals = _places(equals_bits & ~within)
    line_of = np.repeat(np.arange(len(lines)), np.diff(np.searchsorted(equals, bounds)))
    words = np.ndarray((len(memory) - 7,), "<u8", memory.data, strides=(1,))
    ends_of_fields = np.append(equals[1:], len(memory))
    spans = {}
    for key, having in _candidates(memory, words, equals, keys, delimiter):
        line = line_of[having]
        first = np.diff(line, prepend=-1) != 0
        which, line = (having, line) if first.all() else (having[first], line[first])
        begin, end, unclear = _values(memory, words, equals[which], ord(delimiter))
        # Another `=` within an unquoted value may have opened quotes in it.
        unclear |= ends_of_fields[which] < end
        irregular[line[unclear]] = True
        spans[key] = (line, begin, end)
    if irregular.any():
        spans = {key: _only(span, ~irregular[span[0]]) for key, span in spans.items()}
    return Found(spans, irregular, memory)


def _only(span: tuple[Ints, Ints, Ints], kept: Flags) -> tuple[Ints, Ints, Ints]:
    line, begin, end = span
    return line[kept], begin[kept], end[kept]


def _without(lines: pa.Array, odd: Flags, wanted: Sequence[str], delimiter: str) -> Found:
    """What is found when lines with a quote too many, which would turn all after them inside out, are set aside."""
    plain = np.flatnonzero(~odd)
    found = find(lines.take(pa.array(plain)), wanted, delimiter)
    irregular = odd.copy()
    irregular[plain[found.irregular]] = True
    spans = {key: (plain[line], begin, end) for key, (line, begin, end) in found.spans.items()}
    return Found(spans, irregular, found.memory)


def _laid_out(lines: pa.Array, delimiter: int) -> tuple[Ints, Bytes]:
    """Where each line begins (and where the last ends), and all their bytes, with delimiters around and between them.

    Line ends become delimiters, and so does the last sign of a syslog priority: a key follows both.
    """
    _, offsets, data = lines.buffers()
    bounds = np.frombuffer(offsets, np.int32)[lines.offset : lines.offset + len(lines) + 1].astype(np.int64)
    size = int(bounds[-1] - bounds[0])
    memory = np.empty(_PAD + (size // 64 + 2) * 64, np.uint8)
    memory[:_PAD] = delimiter
    if size:
        memory[_PAD : _PAD + size] = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]]
    memory[_PAD + size :] = delimiter
    bounds += _PAD - bounds[0]
    last = bounds[1:] - 1
    for sign in (ord("\n"), ord("\r")):
        last = last[memory[last] == sign]
        memory[last] = delimiter
        last = last - 1
    starts = bounds[:-1]
    for length in (1, 2, 3):
        starts = starts[memory[starts] == _LESS] if length == 1 else starts
        here = memory[starts + length]
        starts = starts[(here >= ord("0")) & (here <= ord("9"))]
        memory[starts[memory[starts + length + 1] == _GREATER] + length + 1] = delimiter
    return bounds, memory


def _bits(mask: Flags) -> Words:
    return np.packbits(mask, bitorder="little").view("<u8")


def _places(bits: Words) -> Ints:
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_))


def _within(quotes: Words) -> Words:
    """The bytes within quotes, opening ones included: the exclusive-or of all quote bits up to each (as simdjson does)."""
    within = quotes.copy()
    for step in (1, 2, 4, 8, 16, 32):
        within ^= within << np.uint64(step)
    carried = np.cumsum(within >> np.uint64(63), dtype=np.uint64)
    within[1:] ^= np.uint64(0) - (carried[:-1] & np.uint64(1))
    return within


def _strange(memory: Bytes, quotes: Words, within: Words, equals: Words, delimiter: int) -> Ints:
    """Quotes that open elsewhere than behind a `=`, close before other than a delimiter, or may be escaped."""
    delimiters = _bits(memory == delimiter)
    behind_equals = equals << np.uint64(1)
    behind_equals[1:] |= equals[:-1] >> np.uint64(63)
    before_delimiter = delimiters >> np.uint64(1)
    before_delimiter[:-1] |= delimiters[1:] << np.uint64(63)
    opening, closing = quotes & within, quotes & ~within
    strange = (opening & ~behind_equals) | (closing & (behind_equals | ~before_delimiter))
    places = _places(strange) if strange.any() else np.zeros(0, np.int64)
    backslashes = np.flatnonzero(memory == _BACKSLASH)
    if len(backslashes):
        places = np.concatenate([places, backslashes[memory[backslashes + 1] == _QUOTE]])
    return places


def _candidates(
    memory: Bytes, words: Words, equals: Ints, wanted: Sequence[str], delimiter: str
) -> Iterator[tuple[str, Ints]]:
    """Each key with the `=` (by index) that have it, and a delimiter before it, in front of them."""
    before = words[equals - 8]
    groups: dict[int, list[str]] = {}
    for key in wanted:
        groups.setdefault(int.from_bytes(key[-2:].encode(), "little"), []).append(delimiter + key)
    by_ending = np.zeros(1 << 16, np.uint8)
    by_ending[list(groups)] = range(1, len(groups) + 1)
    group_of = by_ending[(before >> np.uint64(48)).astype(np.uint16)]
    likely = np.flatnonzero(group_of)
    order = likely[np.argsort(group_of[likely], kind="stable")]
    edges = np.searchsorted(group_of[order], np.arange(1, len(groups) + 2))
    for keys, start, stop in zip(groups.values(), edges[:-1], edges[1:], strict=True):
        here = order[start:stop]
        near = before[here]
        for key in keys:
            letters = key[-8:].encode()
            shift = np.uint64(8 * (8 - len(letters)))
            which = here[(near >> shift) == int.from_bytes(letters, "little")]
            for back, letter in enumerate(reversed(key[:-8].encode()), start=9):
                which = which[memory[equals[which] - back] == letter]
            if len(which):
                yield key[1:], which


def _values(memory: Bytes, words: Words, at: Ints, delimiter: int) -> tuple[Ints, Ints, Flags]:
    """Where the values behind these `=` begin and end, and which are too long to tell here."""
    quoted = memory[at + 1] == _QUOTE
    begin = at + 1 + quoted
    sign = np.where(quoted, np.uint64(_QUOTE), np.uint64(delimiter)) * np.uint64(0x0101010101010101)
    step = _first(words[begin], sign)
    end = begin + step
    left = np.flatnonzero(step == 8)
    for _ in range(_WINDOWS - 1):
        if not len(left):
            break
        step = _first(words[end[left]], sign[left])
        end[left] += step
        left = left[step == 8]
    unclear = np.zeros(len(at), np.bool_)
    unclear[left] = True
    return begin, end, unclear


def _first(words: Words, sign: Words) -> Ints:
    """The place of the first such byte in each word, 0 to 7, or 8 for none (Mycroft's zero-byte test)."""
    apart = words ^ sign
    marks = (apart - np.uint64(0x0101010101010101)) & ~apart & np.uint64(0x8080808080808080)
    places: Ints = np.bitwise_count((marks & (~marks + np.uint64(1))) - np.uint64(1)).astype(np.int64) >> 3
    return places
