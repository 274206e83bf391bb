"""Columns of plain FIX messages: values, codes and the exchange's own tags. No reader of its own."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.reading.text_lines import LONGEST
from chahe.sources.scanning.line_ends import line_ends
from chahe.sources.scanning.spans import ABSENT, GOOD, Texts, coded, texts
from chahe.sources.trading import fix_scan
from chahe.sources.trading.fix_rows import (
    CATEGORIES,
    CHANNELS,
    EXCHANGE_CODES,
    IN_UNITS,
    MARKETS,
    ORDERS,
    OTHER_SIDES,
    SIDES,
    TYPES,
    VALIDITIES,
    broker,
)
from chahe.sources.trading.fixed_width import decimals, nullable

Flags = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Lines = npt.NDArray[np.intp]

TAGS = "8 9 35 34 43 20 49 50 56 57 52 11 41 1 55 54 40 59 44 38 60 17 150 39 31 32 37 19 66 10000 10001 10002".split()  # noqa: SIM905 - thirty strings
_CODE = np.array([chr(sign).isalnum() and sign < 128 for sign in range(256)])
_SIDES: Mapping[str, str | None] = {**dict.fromkeys(OTHER_SIDES), **SIDES}


class Log(NamedTuple):
    """What the settings of a log say."""

    exchanges: frozenset[str]
    leg: str | None
    received: str | None
    """The number of the tag that holds the time of receipt."""
    unit: int
    prefix_us: Callable[[bytes], int | None]


class Chunk:
    """Lines of a log, scanned."""

    def __init__(self, data: bytes, first: int, received: str | None) -> None:
        self.raw = data
        self.first = first
        self.data = np.frombuffer(data, np.uint8)
        offsets, _ = line_ends(self.data)
        # The last line of a log need not have an end.
        whole = len(data) == offsets[-1]
        self.begins = offsets[:-1] if whole else offsets
        self.ends = offsets[1:] - np.int32(1) if whole else np.append(offsets[1:] - 1, len(data)).astype(np.int32)
        self.tags = [*TAGS, received] if received is not None and received not in TAGS else TAGS
        # A line that is too long is not looked into: it is no message.
        seen = np.where(self.ends - self.begins >= LONGEST, self.begins, self.ends).astype(np.int32)
        self.found = fix_scan.scan(self.data, (self.begins, seen), fix_scan.slots(self.tags), len(self.tags))

    def spans(self, tag: str, lines: Lines) -> tuple[Ints, Ints]:
        """Where the values of a tag stand in lines; of size -1 where it is absent."""
        index = self.tags.index(tag)
        return self.found.begins[index][lines], self.found.sizes[index][lines]

    def line(self, index: int) -> bytes:
        """A line as it stands, with a carriage return at its end, if any."""
        return self.raw[self.begins[index] : self.ends[index]]

    def prefix(self, index: int) -> bytes:
        """What stands before the message of a plain line."""
        return self.raw[self.begins[index] : self.found.begins[0][index] - 2]


class Rows(NamedTuple):
    """Plain lines of one table, its columns, and what tells whether they are sent again."""

    lines: Lines
    odd: Flags
    """Which of them have a value that is not plain: they are no rows here."""
    found: Mapping[str, pa.Array]
    session: Texts
    numbers: Longs
    """Sequence numbers, or -1 where there is none."""
    marks: npt.NDArray[np.uint32]
    """Checksums of the messages' own identifiers."""
    again: Flags
    """Do they say that they are sent again (43=Y)?"""


class _Columns:
    """Columns of lines of one kind; a line with a value that is not plain is `odd`."""

    def __init__(self, chunk: Chunk, lines: Lines) -> None:
        self.chunk = chunk
        self.lines = lines
        self.odd: Flags = np.zeros(len(lines), np.bool_)
        self.found: dict[str, pa.Array] = {}

    def text(self, tag: str, *, needed: bool = False) -> Texts:
        begins, sizes = self.chunk.spans(tag, self.lines)
        kept, bad = fix_scan.texts(self.chunk.data, begins, sizes)
        self.odd |= bad | ((kept == 0) & needed)
        return texts(self.chunk.data, begins, kept)

    def time(self, tag: str) -> tuple[Longs, Flags]:
        return self._checked(*fix_scan.times(self.chunk.data, *self.chunk.spans(tag, self.lines)))

    def price(self, tag: str) -> tuple[Longs, Flags]:
        return self._checked(*fix_scan.decimals(self.chunk.data, *self.chunk.spans(tag, self.lines)))

    def shares(self, tag: str) -> tuple[Longs, Flags]:
        values, there = self.price(tag)
        begins, _ = self.chunk.spans(tag, self.lines)
        self.odd |= there & ((values % 10_000 != 0) | (self.chunk.data[begins] == ord("-")))
        return values // 10_000, there

    def _checked(self, values: Longs, states: npt.NDArray[np.uint8]) -> tuple[Longs, Flags]:
        self.odd |= (states != GOOD) & (states != ABSENT)
        return values, states == GOOD

    def code(self, tag: str) -> Ints:
        """The one sign of each value, -1 where the tag is absent."""
        begins, sizes = self.chunk.spans(tag, self.lines)
        signs = self.chunk.data[np.where(sizes > 0, begins, 0)]
        self.odd |= (sizes >= 0) & ((sizes != 1) | ~_CODE[signs])
        return np.where(sizes == 1, signs.astype(np.int32), np.int32(-1))

    def loose(self, tag: str) -> Ints:
        """The same for a tag that may hold anything: -1 where it is not one sign."""
        begins, sizes = self.chunk.spans(tag, self.lines)
        signs = self.chunk.data[np.where(sizes == 1, begins, 0)].astype(np.int32)
        return np.where(sizes == 1, signs, np.int32(-1))

    def meant(self, codes: Ints, meanings: Mapping[str, str | None], other: str | None = None) -> pa.DictionaryArray:
        """What codes mean; one that is not known means `other`, or makes its line odd."""
        words = sorted({*(word for word in meanings.values() if word is not None), *([other] if other else [])})
        table = np.full(257, words.index(other) if other else -2, np.int32)
        for sign, word in meanings.items():
            table[ord(sign)] = -1 if word is None else words.index(word)
        table[256] = -1
        indices = table[np.where(codes < 0, 256, codes)]
        self.odd |= indices == -2
        return coded(np.maximum(indices, -1), pa.array(words, pa.string()))

    def names(self) -> Texts:
        """The columns that orders and fills share; the sessions."""
        for name, tag in (("account", "1"), ("symbol", "55"), ("slip_number", "37")):
            self.found[name] = self.text(tag).column()
        self.found["side"] = self.meant(self.code("54"), _SIDES)
        self.found["order_type"] = self.meant(self.code("40"), TYPES, "other")
        session = _pairs(self.text("49", needed=True), self.text("56", needed=True))
        self.found["session"] = session.column()
        return session

    def rows(self, session: Texts, identifier: str) -> Rows:
        """To be asked for last: by then it is known which lines are odd."""
        numbers = fix_scan.counts(self.chunk.data, *self.chunk.spans("34", self.lines))
        self.odd |= numbers == -2
        begins, sizes = self.chunk.spans(identifier, self.lines)
        kept, _ = fix_scan.texts(self.chunk.data, begins, sizes)
        marks = fix_scan.hashes(self.chunk.data, begins, kept)
        return Rows(self.lines, self.odd, self.found, session, numbers, marks, self.loose("43") == ord("Y"))


def orders(chunk: Chunk, lines: Lines, log: Log) -> Rows:
    """New orders, replacements and cancellations."""
    columns = _Columns(chunk, lines)
    found = columns.found
    session = columns.names()
    logged, there = columns.time("52")
    columns.odd |= ~there
    found["logged_at_us"] = nullable(logged, there)
    kinds = chunk.found.kinds[lines]
    found["event"] = columns.meant(kinds.astype(np.int32), ORDERS)
    found["order_id"] = columns.text("11", needed=True).column()
    found["original_order_id"] = columns.text("41").column()
    validity = columns.code("59")
    # FIX: an order without TimeInForce is a day order. A cancellation has none.
    validity = np.where((validity < 0) & (kinds != ord("F")), ord("0"), validity).astype(np.int32)
    found["time_in_force"] = columns.meant(validity, VALIDITIES, "other")
    found["price"] = decimals(*columns.price("44"))
    in_units = _exchange(columns)
    found["channel"] = _known(columns.loose("10000"), CHANNELS)
    shares, there = columns.shares("38")
    found["quantity"] = nullable(np.where(in_units, shares * log.unit, shares), there)
    _legs(columns, session, logged, log)
    return columns.rows(session, "11")


def fills(chunk: Chunk, lines: Lines, log: Log) -> Rows:
    """Reports whose ExecType is that of a fill."""
    columns = _Columns(chunk, lines)
    found = columns.found
    session = columns.names()
    sent, has_sent = columns.time("52")
    executed, has_executed = columns.time("60")
    columns.odd |= ~has_executed & ~has_sent
    found["executed_at_us"] = nullable(np.where(has_executed, executed, sent), has_executed | has_sent)
    found["execution_id"] = columns.text("17", needed=True).column()
    found["event"] = columns.meant(np.full(len(lines), ord("F"), np.int32), {"F": "fill"})
    found["original_execution_id"] = columns.text("19").column()
    found["order_id"] = columns.text("11").column()
    found["time_in_force"] = columns.meant(columns.code("59"), VALIDITIES, "other")
    last, priced = columns.price("31")
    found["last_price"] = decimals(last, priced)
    in_units = _exchange(columns)
    shares, there = columns.shares("32")
    columns.odd |= ~priced | ~there
    found["last_quantity"] = nullable(np.where(in_units, shares * log.unit, shares), there)
    return columns.rows(session, "17")


def _pairs(senders: Texts, targets: Texts) -> Texts:
    """`49>56` of each line."""
    width = len(targets.values) + 1
    both = (senders.codes.astype(np.int64) + 1) * width + targets.codes + 1
    distinct, codes = np.unique(both, return_inverse=True)
    left, right = ["", *senders.values.to_pylist()], ["", *targets.values.to_pylist()]
    names = [f"{left[one // width]}>{right[one % width]}" for one in distinct.tolist()]
    return Texts(codes.astype(np.int32), pa.array(names, pa.string()))


def _known(codes: Ints, meanings: Mapping[str, str]) -> pa.DictionaryArray:
    """What codes mean, where they are known."""
    words = sorted(set(meanings.values()))
    table = np.full(257, -1, np.int32)
    for sign, word in meanings.items():
        table[ord(sign)] = words.index(word)
    return coded(table[np.where(codes < 0, 256, codes)], pa.array(words, pa.string()))


def _exchange(columns: _Columns) -> Flags:
    """The columns that TWSE's own tags fill; where it counts trading units."""
    category = _known(columns.loose("10001"), CATEGORIES)
    told = _there(category) | _there(_known(columns.loose("10000"), CHANNELS))
    columns.found["order_category"] = category
    if not told.any():
        return told
    parties = [columns.text(tag) for tag in ("50", "57")]
    brokers = _first(parties, broker, told)
    columns.found["broker_id"] = brokers.column()
    markets = _first(parties, lambda party: MARKETS.get(party.strip(" ")), told)
    regular = pa.array(markets.values.to_pylist(), pa.string()).index("regular").as_py()
    code = _known(columns.loose("10002"), EXCHANGE_CODES)
    by_code = told & _there(code) & ((markets.codes < 0) | (markets.codes == regular))
    words = [*markets.values.to_pylist(), *code.dictionary.to_pylist()]
    indices = np.where(by_code, code.indices.fill_null(0).to_numpy() + len(markets.values), markets.codes).astype(
        np.int32
    )
    columns.found["trade_type"] = coded(indices, pa.array(words, pa.string()))
    in_units = np.array([*(word in IN_UNITS for word in words), False])
    counted: Flags = in_units[indices]
    return counted


def _first(parties: list[Texts], said: Callable[[str], str | None], where: Flags) -> Texts:
    """What the first of the parties says of which something is said; of words there are few, each is looked at once."""
    words: list[str] = []
    codes = np.full(len(where), -1, np.int32)
    for party in parties:
        told = [said(text) for text in party.values.to_pylist()]
        table = np.array([*(-1 if word is None else _index(words, word) for word in told), -1], np.int32)
        codes = np.where((codes < 0) & where, table[party.codes], codes)
    return Texts(codes, pa.array(words, pa.string()))


def _index(words: list[str], word: str) -> int:
    if word not in words:
        words.append(word)
    return words.index(word)


def _there(column: pa.DictionaryArray) -> Flags:
    there: Flags = column.indices.is_valid().to_numpy(zero_copy_only=False)
    return there


def _legs(columns: _Columns, session: Texts, logged: Longs, log: Log) -> None:
    """From customer to firm or from firm to exchange; and when it was received, or sent."""
    targets = [name.rpartition(">")[2] for name in session.values.to_pylist()]
    legs = ["exchange" if target in log.exchanges else log.leg for target in targets]
    by_code = np.array([*(leg or "" for leg in legs), ""], np.str_)
    leg = by_code[session.codes]
    columns.found["leg"] = pa.array(legs, pa.string()).dictionary_encode().take(pa.array(session.codes))
    columns.found["sent_at_us"] = nullable(logged, leg == "exchange")
    if log.received is not None:
        columns.found["received_at_us"] = nullable(*columns.time(log.received))
    elif (leg == "customer").any():
        at = [
            log.prefix_us(columns.chunk.prefix(line)) if of == "customer" else None
            for line, of in zip(columns.lines.tolist(), leg.tolist(), strict=True)
        ]
        columns.found["received_at_us"] = pa.array(at, pa.int64())
