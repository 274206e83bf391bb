"""Lines of syslog one at a time, for formats in which several lines make one record. No reader of its own.

    Mar  3 04:05:06 ldap1 slapd[811]: conn=1001 op=0 BIND dn="…"     →  (1, 2026-03-03T04:05:06 in µs UTC, ldap1, slapd, conn=1001 …)

The headers are those of `syslog_scan`; the years that they leave out are found as for every log (`syslog_years`), for
which such a file is read once more beforehand.
"""

import io
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.model import Context
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.text_lines import Line, text_lines
from chahe.sources.scanning.syslog_years import Years, are_without_year
from chahe.wording import Text

Ints = npt.NDArray[np.int32]

_MANY = 4096


class HeadedLine(NamedTuple):
    """One line, its header parted from its message."""

    place: int
    text: str | None
    """Null where the line cannot be read; `why` then says why."""
    why: Text
    at_us: int | None
    """Microseconds UTC; null where no time is written, or one that cannot be."""
    time: str
    """The time as written; with `at_us` null, one that cannot be. Empty where there is none."""
    host: str
    program: str
    process: str
    message: str


def headed_lines(stream: BinaryIO, context: Context) -> Iterator[HeadedLine]:
    """The lines of a stream, numbered from 1."""
    replay = Replay(stream)
    years: Years | None = None
    done = 0
    batches = _batches(_lines(replay))
    while batch := next(batches, None):
        if years is None and are_without_year(_texts(batch)):
            years = Years(context)
            for one in _batches(_lines(replay)):
                years.scan(_texts(one))
            years.pass_over(done)
            batches = _batches(islice(_lines(replay), done + len(batch), None))
        yield from _headed(batch, context, years)
        done += len(batch)


def _lines(replay: Replay) -> Iterator[Line]:
    """The lines from the first on."""
    stream = replay.again()
    return text_lines(stream if stream.seekable() else cast(BinaryIO, io.BufferedReader(stream)))


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, _MANY)):
        yield batch


def _texts(lines: list[Line]) -> pa.Array:
    return pa.array([line.text or "" for line in lines], pa.string())


def _headed(lines: list[Line], context: Context, years: Years | None) -> Iterator[HeadedLine]:
    from chahe.sources.scanning.syslog_scan import scan  # noqa: PLC0415 - as above
    from chahe.sources.scanning.syslog_times import MOMENT  # noqa: PLC0415 - as above

    if not lines:
        return
    texts = _texts(lines)
    headers = scan(texts, context, years.of(texts) if years is not None else None)
    data = headers.data.tobytes()
    parts = (headers.time, headers.host, headers.program, headers.pid)
    written = [_cut(data, *part) for part in parts]
    messages = zip(headers.messages.tolist(), headers.ends.tolist(), strict=True)
    at_us = [
        at if state == MOMENT else None
        for at, state in zip(headers.at_us.tolist(), headers.times.tolist(), strict=True)
    ]
    for index, (line, (begin, end)) in enumerate(zip(lines, messages, strict=True)):
        time, host, program, process = (part[index] for part in written)
        message = data[begin:end].decode()
        yield HeadedLine(line.place, line.text, line.why, at_us[index], time, host, program, process, message)


def _cut(data: bytes, begins: Ints, sizes: Ints) -> list[str]:
    return [
        data[begin : begin + size].decode() if size else ""
        for begin, size in zip(begins.tolist(), sizes.tolist(), strict=True)
    ]
