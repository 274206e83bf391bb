"""Log files read in columns: chunks of lines in several threads, their fates in order."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from queue import Empty, SimpleQueue
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.engine.chunks import SMALL, Block, Chunk, Cut, blocks, chunks, lines_of
from chahe.engine.readings import Fates, Reading, reading_of
from chahe.engine.side_by_side import results
from chahe.sources.model import Context, LineReader
from chahe.sources.scanning.syslog_years import Years, are_without_year

_AHEAD = 4 << 20
"""Bytes read at once where only the times' years are looked for: so few stay in the processor's cache."""


def read_lines(reader: LineReader, opened: Callable[[], BinaryIO], context: Context) -> Iterator[Fates]:
    """The fates of a stream's lines, chunk by chunk, in order. `opened` gives the stream anew each time.

    Raises UnevenFates when the reader is at fault, and whatever the stream raises, once all before it was given.
    """
    with opened() as stream, _Workers(reader, context) as workers:
        yield from results(_tasks(reader, stream, _Years(opened, context) if reader.syslog else None, workers))


def _tasks(
    reader: LineReader, stream: BinaryIO, years: "_Years | None", workers: "_Workers"
) -> Iterator[Callable[[], Fates]]:
    """The reading of each chunk, with what has to be known of the lines before it."""
    headings = workers.context.headings
    for chunk in chunks(stream, SMALL, cut=_compiled_cut()) if reader.columns else chunks(stream):
        yield partial(workers.run, chunk, years.of(chunk) if years is not None else None, headings)
        if reader.headings is not None:
            headings = reader.headings(chunk.lines, headings)


def _compiled_cut() -> Cut:
    from chahe.sources.scanning.line_ends import line_ends  # noqa: PLC0415 - Numba is imported when a reader needs it, too

    return line_ends


class _Workers:
    """Ways of reading, one for each thread that asks."""

    def __init__(self, reader: LineReader, context: Context) -> None:
        self.reader = reader
        self.context = context
        self.idle: SimpleQueue[Reading] = SimpleQueue()
        self.all: list[Reading] = []

    def __enter__(self) -> Self:
        return self

    def run(self, chunk: Chunk, year: pa.Array | None, headings: bytes) -> Fates:
        reading = self._reading()
        reading.context = replace(self.context, headings=headings)
        try:
            return reading.fates(chunk, year)
        finally:
            self.idle.put(reading)

    def _reading(self) -> Reading:
        """One that no thread uses, made when there is none: most files are one chunk."""
        try:
            return self.idle.get_nowait()
        except Empty:
            reading = reading_of(self.reader, self.context)
            self.all.append(reading)
            return reading

    def __exit__(self, *_: object) -> None:
        for reading in self.all:
            reading.close()


class _Years:
    """The years of chunks, in order. The stream is read beforehand from the first chunk on that has a line without one."""

    def __init__(self, opened: Callable[[], BinaryIO], context: Context) -> None:
        self.opened = opened
        self.context = context
        self.passed = 0
        self.known: Years | None = None

    def of(self, chunk: Chunk) -> pa.Array | None:
        """The chunk's years, or None where all its lines name theirs."""
        if chunk.overlong:
            return None
        if self.known is None and are_without_year(chunk.lines):
            self.known = self._read()
            self.known.pass_over(self.passed)
        self.passed += len(chunk.lines)
        return None if self.known is None else self.known.of(chunk.lines)

    def _read(self) -> Years:
        years = Years(self.context)
        with self.opened() as stream:
            for found in results(partial(_ordinals, block) for block in _unbroken(blocks(stream, _AHEAD))):
                years.note(found)
        return years


def _unbroken(source: Iterator[Block]) -> Iterator[Block]:
    """The blocks up to where the stream breaks, without the lines that nobody asks the year of."""
    try:
        yield from (block for block in source if not block.overlong)
    except Exception:  # noqa: BLE001 - it is met again, and raised, when the lines are read
        return


def _ordinals(block: Block) -> npt.NDArray[np.int32]:
    lines, _ = lines_of(block, _compiled_cut())
    from chahe.sources.scanning.syslog_scan import ordinals  # noqa: PLC0415 - as above

    return ordinals(lines)
