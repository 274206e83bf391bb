"""JSON read element by element in memory that does not grow with the file. No reader of its own.

Which parts a reader wants is said as paths of names, `*` for any element of a list and any name of an object:

    ("Results", "*", "Vulnerabilities", "*")

What lies on the way is entered, all else is decoded and dropped. Text is UTF-8, or UTF-16 by its mark (PowerShell's `>` writes
that). Reals are exact decimals. What comes before a break in the document is handed out first.
"""

import codecs
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import BinaryIO, Final, NamedTuple

from chahe.sources.model import Head, Unreadable
from chahe.wording import Text

Path = tuple[str, ...]

ENTERED: Final = object()
"""The value of an element that is entered: its parts follow."""
_PIECE: Final = 256 << 10
_ENTER_AT: Final = 1 << 20
"""Characters: an unwanted value longer than this is dropped part by part."""
_LONGEST: Final = 64 << 20
"""Characters of one element."""
_DEEPEST: Final = 64
_OUTLINED: Final = 4
_SPACE: Final = " \t\r\n"
_OF_NUMBERS: Final = "+-.0123456789Ee"
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

BROKEN = Text(
    "JSON 在第 {line} 行中斷或不合語法，其後的內容沒有讀到；請由原工具重新匯出完整的檔案",
    "the JSON breaks off or is malformed in line {line}; nothing behind that was read; export the whole file again from "
    "the tool",
)
NO_TEXT = Text(
    "檔案在第 {line} 行之後有不是 {encoding} 的位元組，其後的內容沒有讀到；請由原工具重新匯出，不要以編輯器改存",
    "behind line {line} the file holds bytes that are not {encoding}; nothing behind that was read; export it again from "
    "the tool, unedited",
)
TOO_LARGE = Text(
    "JSON 第 {line} 行起的一筆太長或巢狀太深，不是這個格式會有的內容；請由原工具重新匯出",
    "the JSON element that begins in line {line} is longer or nested deeper than this format has; export it again from "
    "the tool",
)


class Element(NamedTuple):
    """A wanted part of a document."""

    path: Path
    """As it was asked for."""
    name: str
    """Its own name in the object around it; empty within a list."""
    value: object
    """ENTERED where its parts follow."""


def opening(head: Head) -> str:
    """The first characters of what might be JSON; empty where it does not begin like an object or list."""
    data = head.data
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    text = data.decode(encoding, "replace").lstrip("\ufeff" + _SPACE)
    return text if text[:1] in {"{", "["} else ""


@lru_cache(maxsize=2)
def _outlined(data: bytes) -> Mapping[Path, object]:
    walk: _Outline | None = None
    with suppress(Unreadable):
        walk = _Outline(_Source(BytesIO(data)), (), many=False)
        for _ in walk.value((), ""):
            """Its parts are noted on the way."""
    return walk.found if walk else {}


def outline(head: Head) -> Mapping[Path, object]:
    """What the first bytes of a document hold, four names deep: the first text or number at each path, None for what holds others.

    Nothing where they do not begin like an object or list. Keys that are only quoted somewhere are not in it.
    """
    return _outlined(head.data) if opening(head) else {}


def facts(stream: BinaryIO, paths: Collection[Path]) -> dict[Path, object]:
    """The first value at each path, as far as the document can be read."""
    found: dict[Path, object] = {}
    try:
        for element in elements(stream, paths):
            if element.value is not ENTERED:
                found.setdefault(element.path, element.value)
    except Unreadable:
        # Whoever reads the records of the document comes to the break as well, and says so there.
        return found
    return found


def holds(stream: BinaryIO, path: Path) -> bool:
    """Does the document hold an object or list at that path, empty or not, as far as it can be read?"""
    with suppress(Unreadable):
        return any(one.value is ENTERED and one.path == path for one in elements(stream, ((*path, "*"),)))
    return False


def elements(stream: BinaryIO, paths: Collection[Path], *, many: bool = False) -> Iterator[Element]:
    """The parts at those paths, in document order, and each object or list that is entered on the way.

    `many`: documents may follow one another, as in JSON lines, or stand in one list. Raises Unreadable where a document breaks.
    """
    walk = _Walk(_Source(stream), paths, many=many)
    while walk.source.skip():
        yield from walk.value((), "")
        if not many and walk.source.skip():
            raise walk.source.broken()


class _Walk:
    def __init__(self, source: "_Source", paths: Collection[Path], *, many: bool) -> None:
        self.source = source
        self.many = many
        self.wanted = frozenset(paths)
        self.entered = frozenset(path[:length] for path in paths for length in range(len(path)))

    def value(self, path: Path, name: str) -> Iterator[Element]:
        source = self.source
        first = source.peek()
        wanted = path in self.wanted
        if (first in "{[" and path in self.entered and not wanted) or (first == "[" and self.many and not path):
            yield Element(path, name, ENTERED)
            yield from self._parts(path, first)
            return
        found, value = source.decode(most=_LONGEST if wanted or first not in "{[" else _ENTER_AT)
        if found:
            if wanted:
                yield Element(path, name, value)
        elif wanted or first not in "{[":
            raise source.overlong()
        else:
            yield from self._parts(path, first)

    def _parts(self, path: Path, first: str) -> Iterator[Element]:
        source = self.source
        if len(path) >= _DEEPEST:
            raise source.overlong()
        end = "}" if first == "{" else "]"
        source.take(first)
        if source.peek() == end:
            source.take(end)
            return
        while True:
            name = ""
            if first == "{":
                _, key = source.decode(most=_LONGEST) if source.peek() == '"' else (False, None)
                if not isinstance(key, str):
                    raise source.broken()
                name = key
                source.take(":")
            yield from self.value(() if first == "[" and self.many and not path else self._step(path, name), name)
            if source.peek() == end:
                source.take(end)
                return
            source.take(",")

    def _step(self, path: Path, name: str) -> Path:
        exact = (*path, name)
        if name and (exact in self.wanted or exact in self.entered):
            return exact
        return (*path, "*")


class _Outline(_Walk):
    """Enters everything down to a depth, and notes where it was."""

    found: dict[Path, object]

    def value(self, path: Path, name: str) -> Iterator[Element]:
        if not path:
            self.found = {}
        first = self.source.peek()
        if first in "{[" and len(path) < _OUTLINED:
            self.found.setdefault(path, None)
            yield Element(path, name, ENTERED)
            yield from self._parts(path, first)
            return
        _, value = self.source.decode(most=_LONGEST)
        self.found.setdefault(path, value if isinstance(value, str | int) else None)

    def _step(self, path: Path, name: str) -> Path:
        return (*path, name or "*")


def _no_number(text: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(text)


class _Source:
    """A stream as text, of which only what is not yet taken is kept."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False
        self._line = 1
        self._decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_number)
        first = stream.read(_PIECE)
        self.encoding = next((name for mark, name in _MARKS if first.startswith(mark)), "utf-8")
        self._bytes = codecs.getincrementaldecoder(self.encoding)()
        self._add(first)
        self._text = self._text.removeprefix("\ufeff")

    def skip(self) -> bool:
        """Past blanks; False at the end of the stream."""
        while True:
            text, at = self._text, self._at
            while at < len(text) and text[at] in _SPACE:
                at += 1
            self._at = at
            if at < len(text):
                return True
            if not self._fill(_PIECE):
                return False

    def peek(self) -> str:
        """The next sign that is not blank; Unreadable at the end."""
        if not self.skip():
            raise self.broken()
        return self._text[self._at]

    def take(self, sign: str) -> None:
        """Past a sign that must stand there."""
        if self.peek() != sign:
            raise self.broken()
        self._at += 1

    def decode(self, *, most: int) -> tuple[bool, object]:
        """The whole value that begins here, and past it; (False, None) where it is longer than `most`."""
        self.skip()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise self.overlong() from None
            except ValueError:
                end, value = len(self._text), None
                if self._ended:
                    raise self.broken() from None
            # A number cut at the end of what was read reads as a shorter one.
            if self._ended or (end < len(self._text) and self._text[end] not in _OF_NUMBERS):
                self._at = end
                return True, value
            held = len(self._text) - self._at
            if held > most:
                return False, None
            if not self._fill(max(_PIECE, held)):
                self._ended = True

    def broken(self) -> Unreadable:
        return Unreadable(BROKEN.fill(line=self._here()))

    def overlong(self) -> Unreadable:
        return Unreadable(TOO_LARGE.fill(line=self._here()))

    def _here(self) -> int:
        return self._line + self._text.count("\n", 0, self._at)

    def _fill(self, size: int) -> bool:
        if self._ended:
            return False
        self._line = self._here()
        self._text = self._text[self._at :]
        self._at = 0
        return self._add(self._stream.read(size))

    def _add(self, piece: bytes) -> bool:
        try:
            self._text += self._bytes.decode(piece, final=not piece)
        except UnicodeDecodeError:
            raise Unreadable(NO_TEXT.fill(line=self._here(), encoding=self.encoding.upper())) from None
        self._ended = not piece
        return bool(piece)
