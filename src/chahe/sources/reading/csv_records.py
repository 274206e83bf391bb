"""Records of a delimited text file (RFC 4180 and what spreadsheets make of it), in one encoding that is decided strictly.

    員工編號,姓名,到職日
    e001,"王　小明",115/01/02

The encoding is UTF-8 or UTF-16 by its mark, or else whichever of UTF-8 and cp950 (Big5 as Windows writes it) reads more of the first
MiB. A record with bytes that are none in that encoding is broken; no character is ever replaced by a guess. `="0050"` is 0050. A record may run over
several lines inside quotes, so places are record numbers, not line numbers.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from chahe.sources.lists.raw_rows import Broken, RawRow
from chahe.sources.lists.sheets import TITLE_ROWS
from chahe.sources.reading.peeked import rejoined
from chahe.wording import Text

LOOKAHEAD = 1 << 20
"""Bytes by which encoding and delimiter are decided."""
LONGEST_LINE = 1 << 20
"""Characters or bytes; a longer line is no record of a list."""
DELIMITERS = ",;\t|"

_UNDECODABLE = Text(
    "這一筆含有 {encoding} 以外的位元組「{value}」，可能混用了編碼或用了造字；請統一為 UTF-8 後重新匯出",
    "this record holds bytes that are not {encoding}, “{value}”; encodings may be mixed, or characters are privately made; export it again as UTF-8",
)
_QUOTING = Text(
    "第 {first} 至 {last} 行的引號或換行不成對，讀不成一筆（{error}）；請檢查引號，或重新匯出",
    "lines {first} to {last} have unpaired quotes or line ends and make no record ({error}); check the quotes, or export it again",
)
_OVERLONG = Text(
    "這一筆有一行超過 1 MiB，不是清冊的一列；請確認檔案，重新匯出",
    "a line of this record is longer than 1 MiB and is no row of a list; check the file and export it again",
)
_NUL = Text(
    "這一筆含有 NUL 字元，檔案可能損壞；請重新匯出",
    "this record holds a NUL character, so the file may be damaged; export it again",
)
_CUT = Text(
    "UTF-16 的檔案在一個字的中間結束，可能被截斷；請重新匯出",
    "the UTF-16 file ends within a character and may be cut short; export it again",
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_AS_TEXT = re.compile(r'^="([^"]*)"$')
"""How exports keep Excel from taking 0050 for the number 50."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def encoding_of(data: bytes, *, whole: bool) -> tuple[str, int]:
    """The encoding of a file by its first bytes, and the length of its mark. `whole`: are they all of it?"""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            if _is_utf16(data, encoding):
                return encoding, 0
    lines = data.split(b"\n")
    if not whole:
        lines.pop()
    telling = [line for line in lines if not line.isascii()]
    readable = {encoding: sum(_reads(line, encoding) for line in telling) for encoding in ("utf-8", "cp950")}
    return ("utf-8" if readable["utf-8"] >= readable["cp950"] else "cp950"), 0


def head_records(data: bytes, delimiter: str, *, whole: bool) -> list[RawRow]:
    """The first records of a file from its first bytes; a line cut at the end of them is left out."""
    encoding, _ = encoding_of(data, whole=whole)
    if not whole:
        end = "\n".encode(encoding)
        at = data.rfind(end) + len(end)
        data = data[:at] if at >= len(end) else b""
    return list(islice(records(io.BytesIO(), data, encoding, delimiter), TITLE_ROWS))


def records(stream: BinaryIO, first: bytes, encoding: str, delimiter: str) -> Iterator[RawRow]:
    """Every record of the bytes `first` followed by the rest of the stream; broken ones say why. An empty line is a record without cells."""
    lines = _Lines(rejoined(first, stream), encoding)
    yield from _parsed(lines, encoding, delimiter)


def raw_record(stream: BinaryIO, first: bytes, encoding: str, delimiter: str, place: int) -> str | None:
    """The text of the record at a place, as it stands in the file; None if there are fewer."""
    lines = _Lines(rejoined(first, stream), encoding)
    found = next(islice(_parsed(lines, encoding, delimiter), place - 1, place), None)
    return None if found is None else _visible("".join(lines.taken), encoding).rstrip("\r\n")


def _parsed(lines: "_Lines", encoding: str, delimiter: str) -> Iterator[RawRow]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        lines.begin()
        before = lines.number
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as problem:
            yield Broken(_QUOTING.fill(first=before + 1, last=lines.number, error=problem))
            continue
        yield Broken(_OVERLONG) if lines.overlong else _checked(record, encoding)
    if lines.cut:
        yield Broken(_CUT)


def _checked(record: list[str], encoding: str) -> RawRow:
    for cell in record:
        if "\0" in cell:
            return Broken(_NUL, cell[:80].replace("\0", "\\0"))
        if not cell.isascii() and _LONE_SURROGATE.search(cell):
            shown = _visible(cell[:80], encoding)
            return Broken(_UNDECODABLE.fill(encoding=encoding.upper(), value=shown), shown)
    return [_AS_TEXT.sub(r"\1", cell) if cell.startswith("=") else cell for cell in record]


def _visible(text: str, encoding: str) -> str:
    """Text with bytes that are none in its encoding written as \\xNN."""
    handler = "backslashreplace" if encoding.startswith("utf-16") else "surrogateescape"
    return text.encode("utf-8", handler).decode("utf-8", "backslashreplace")


class _Lines:
    """A stream as decoded lines, counted; bytes that are none in the encoding come out as lone surrogates."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self.number = 0
        self.taken: list[str] = []
        """The lines of the present record."""
        self.overlong = False
        """Did the present record have a line that is too long?"""
        self.cut = False
        """Did the file end within a character of UTF-16?"""
        self._lines = self._utf16(stream, encoding) if encoding.startswith("utf-16") else self._bytes(stream, encoding)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.taken.append(line)
        return line

    def begin(self) -> None:
        """A new record begins."""
        self.taken.clear()
        self.overlong = False

    def _bytes(self, stream: BinaryIO, encoding: str) -> Iterator[str]:
        mark = codecs.BOM_UTF8 if encoding == "utf-8" else b""
        while raw := stream.readline(LONGEST_LINE):
            if len(raw) >= LONGEST_LINE and not raw.endswith(b"\n"):
                self.overlong = True
                while (raw := stream.readline(LONGEST_LINE)) and not raw.endswith(b"\n"):
                    pass
                yield "\n"
                continue
            yield raw.removeprefix(mark).decode(encoding, "surrogateescape")
            mark = b""

    def _utf16(self, stream: BinaryIO, encoding: str) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
        rest, skipping, data = "", False, b"?"
        while data:
            data = stream.read(1 << 16)
            rest += decoder.decode(data)
            *lines, rest = rest.split("\n")
            for line in lines:
                self.overlong |= skipping
                yield "\n" if skipping else line.removeprefix("\ufeff") + "\n"
                skipping = False
            if len(rest) > LONGEST_LINE:
                rest, skipping = "", True
        self.cut = bool(decoder.getstate()[0])
        if rest or skipping:
            self.overlong |= skipping
            yield rest.removeprefix("\ufeff")


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf16(data: bytes, encoding: str) -> bool:
    """UTF-16 without its mark: line ends are two bytes, and no NUL stands on the other side."""
    high = 1 if encoding == "utf-16-le" else 0
    if b"\0" in data[1 - high :: 2]:
        return False
    even = data[: len(data) // 2 * 2]
    return _reads(even, encoding) and "\n" in even.decode(encoding)
