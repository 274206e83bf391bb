"""FIX logs read many lines at once: plain messages as columns, every other line as `chahe.sources.trading.fix_log` reads it. No reader of its own."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.model import Batch, Piece, Reject, Unit
from chahe.sources.reading.text_lines import LONGEST
from chahe.sources.trading import fix_scan
from chahe.sources.trading.fix_columns import Chunk, Flags, Lines, Log, Longs, Rows, fills, orders
from chahe.sources.trading.fix_log_texts import REPEATED_STATUS, RESENT, STATUS, STATUSES
from chahe.sources.trading.fix_resends import Resends
from chahe.wording import Text

CHUNK = 16 << 20
"""Bytes read at once."""
_MOST_NUMBER = 10_000_000
"""Sequence numbers of more digits are remembered as `Resends` does."""
_FILLS = np.isin(np.arange(256), [ord(sign) for sign in "F12"])
_CORRECTIONS = np.isin(np.arange(256), [ord(sign) for sign in "GH"])
_REPORT = ord("8")

One = Callable[[int, bytes, Resends], Unit]
"""Reads the line at a place, knowing what was seen before."""


class DenseResends(Resends):
    """The same as `Resends`, for many messages at once: four bytes for each sequence number of a session."""

    def __init__(self) -> None:
        super().__init__()
        self._dense: dict[str, npt.NDArray[np.uint32]] = {}

    def seen(self, session: str, number: str, identifier: str) -> bool:
        if not (number.isascii() and number.isdigit()) or len(number) > 12 or int(number) >= _MOST_NUMBER:
            return super().seen(session, number, identifier)
        written = np.frombuffer(identifier.encode(), np.uint8)
        mark = fix_scan.hashes(written, np.zeros(1, np.int32), np.array([len(written)], np.int32))
        return bool(self.seen_many(session, np.array([int(number)]), mark)[0])

    def seen_many(self, session: str, numbers: Longs, marks: npt.NDArray[np.uint32]) -> Flags:
        """The same for messages of a session, in order; their numbers are below the bound."""
        held = self._dense.get(session)
        most = int(numbers.max(initial=0)) + 1
        if held is None or len(held) < most:
            grown = np.zeros(max(1 << 12, 1 << most.bit_length()), np.uint32)
            if held is not None:
                grown[: len(held)] = held
            self._dense[session] = held = grown
        return fix_scan.remember(held, numbers, marks)


class _Skipped(NamedTuple):
    """Reports that are no fills."""

    lines: Lines
    whys: npt.NDArray[np.int64]
    """Which of the reasons."""
    reasons: list[Text]


def batches(stream: BinaryIO, log: Log, one: One, overlong: Text) -> Iterator[Piece]:
    """A log piece by piece; `one` reads lines that are not plain, and `overlong` is why a line that is too long is rejected."""
    resends = DenseResends()
    first = 1
    for data in _chunks(stream):
        if data is None:
            yield partial(partial, Batch, first, 1, units=(Reject(first, overlong),))
            first += 1
            continue
        yield partial(
            _looked_into, data, first, log, partial(_other, one=one, resends=resends, overlong=overlong), resends
        )
        first += data.count(b"\n") + (not data.endswith(b"\n"))


def _other(place: int, line: bytes, *, one: One, resends: Resends, overlong: Text) -> Unit:
    return Reject(place, overlong) if len(line) >= LONGEST else one(place, line.rstrip(b"\r\n"), resends)


def _chunks(stream: BinaryIO) -> Iterator[bytes | None]:
    """Whole lines; None for a line that is too long to be held."""
    rest = b""
    while data := stream.read(CHUNK):
        buffer = rest + data
        end = buffer.rfind(b"\n") + 1
        if end:
            yield buffer[:end]
        rest = buffer[end:]
        if len(rest) >= LONGEST:
            while (data := stream.read(CHUNK)) and b"\n" not in data:
                pass
            yield None
            rest = data[data.find(b"\n") + 1 :]
            # What follows on may hold whole lines already.
            end = rest.rfind(b"\n") + 1
            if end:
                yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest


class _Looked(NamedTuple):
    """What can be said of lines by themselves."""

    chunk: Chunk
    skipped: _Skipped
    parts: Mapping[str, Rows]
    """By table."""


def _looked_into(
    data: bytes, first: int, log: Log, other: Callable[[int, bytes], Unit], resends: DenseResends
) -> Callable[[], Batch]:
    chunk = Chunk(data, first, log.received)
    kinds = chunk.found.kinds
    skipped, filled = _reports(chunk, np.flatnonzero(kinds == _REPORT))
    parts = {
        "orders": orders(chunk, np.flatnonzero((kinds != 0) & (kinds != _REPORT)), log),
        "executions": fills(chunk, filled, log),
    }
    return partial(_batch, _Looked(chunk, skipped, parts), resends, other)


def _batch(looked: _Looked, resends: DenseResends, other: Callable[[int, bytes], Unit]) -> Batch:
    """What became of the lines, knowing what was seen before them."""
    chunk, skipped, parts = looked
    plain = np.zeros(len(chunk.begins), np.bool_)
    plain[skipped.lines] = True
    for part in parts.values():
        plain[part.lines] = ~part.odd
    units, resent = _in_order(chunk, list(parts.values()), np.flatnonzero(~plain), resends, other)
    again = np.flatnonzero(resent)
    places = np.concatenate([skipped.lines, again]) + chunk.first
    whys = np.concatenate([skipped.whys, np.full(len(again), len(skipped.reasons))])
    order = np.argsort(places, kind="stable")
    return Batch(
        chunk.first,
        len(plain),
        rows={name: columns for name, part in parts.items() if (columns := _kept(chunk, part, resent))},
        skipped=(pa.array(places[order], pa.int64()), pa.array(whys[order], pa.int64())),
        reasons=(*skipped.reasons, RESENT),
        units=tuple(units),
    )


def _kept(chunk: Chunk, part: Rows, resent: Flags) -> Mapping[str, pa.Array]:
    """The columns of plain lines that were not there before; empty where there is none."""
    columns = {**part.found, "raw_place": pa.array(part.lines + chunk.first, pa.int64())}
    kept = ~part.odd & ~resent[part.lines]
    if not kept.any():
        return {}
    return columns if kept.all() else {name: column.filter(pa.array(kept)) for name, column in columns.items()}


def _reports(chunk: Chunk, lines: Lines) -> tuple[_Skipped, Lines]:
    """Execution reports that are no fills, and those that are; what corrects a fill, or is unclear, is in neither."""
    codes = []
    odd = np.zeros(len(lines), np.bool_)
    for tag in ("150", "20"):
        begins, sizes = chunk.spans(tag, lines)
        signs = np.where(sizes > 0, chunk.data[np.where(sizes > 0, begins, 0)], 0)
        odd |= sizes > 1
        codes.append(np.where(sizes == 1, signs, 0))
    kind, transaction = codes
    odd |= (kind == 0) | _CORRECTIONS[kind] | (transaction == ord("1")) | (transaction == ord("2"))
    repeated = ~odd & (transaction == ord("3"))
    filled = ~odd & ~repeated & _FILLS[kind]
    status = ~odd & ~repeated & ~filled
    reasons = [REPEATED_STATUS]
    whys = np.zeros(256, np.int64)
    for sign in np.unique(kind[status]).tolist():
        whys[sign] = len(reasons)
        shown = chr(sign)
        reasons.append(STATUSES.get(shown) or STATUS.fill(kind=shown if shown.isalnum() else "?"))
    skipped = _Skipped(lines[repeated | status], np.where(status, whys[kind], 0)[repeated | status], reasons)
    return skipped, lines[filled]


def _in_order(
    chunk: Chunk, parts: list[Rows], others: Lines, resends: DenseResends, other: Callable[[int, bytes], Unit]
) -> tuple[list[Unit], Flags]:
    """The units of lines that are not plain, and which plain ones are sent again. What was seen is remembered line by line."""
    resent = np.zeros(len(chunk.begins), np.bool_)
    names: list[str] = []
    gathered = []
    for part in parts:
        known = np.flatnonzero(~part.odd & (part.numbers >= 0))
        # Orders and fills of one session are numbered together.
        names += [name for name in part.session.values.to_pylist() if name not in names]
        code = np.array([names.index(name) for name in part.session.values.to_pylist()], np.int64)
        codes = code[part.session.codes[known]]
        gathered.append((part.lines[known], codes, part.numbers[known], part.marks[known], part.again[known]))
    lines, codes, numbers, marks, again = (np.concatenate(column) for column in zip(*gathered, strict=True))
    order = np.argsort(lines, kind="stable")
    stops = np.searchsorted(lines[order], others)
    units: list[Unit] = []
    begin = 0
    for stop, line in zip([*stops.tolist(), len(order)], [*others.tolist(), None], strict=True):
        run = order[begin:stop]
        begin = stop
        for code in np.unique(codes[run]).tolist():
            of = run[codes[run] == code]
            resent[lines[of]] = resends.seen_many(names[code], numbers[of], marks[of]) & again[of]
        if line is not None:
            units.append(other(chunk.first + line, chunk.line(line)))
    return units, resent
