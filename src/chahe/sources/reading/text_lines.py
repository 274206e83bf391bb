"""Small text files as numbered lines, whatever their encoding: UTF-8, cp950, or UTF-16 with its mark."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple

from chahe.sources.model import Context, Head, Reject, Setting, Skip, Unreadable
from chahe.wording import Text

LONGEST = 1 << 20
"""Bytes. No line of a settings or account file comes near this; a longer one is kept by its place alone."""

SYSTEM = Setting(
    "system",
    Text("檔案取自哪一個系統、主機或網域", "the system, host or domain the file was taken from"),
    required=True,
)
BLANK = Text("空白行", "a blank line")
COMMENT = Text("註解", "a comment")

_UNDECODABLE = Text(
    "這一行不是 UTF-8、UTF-16，也不是 Big5（cp950）；請確認檔案的編碼，或重新匯出為 UTF-8",
    "this line is neither UTF-8, UTF-16 nor Big5 (cp950); check the file's encoding, or export it again as UTF-8",
)
_OVERLONG = Text(
    "這一行超過 1 MiB，不可能是這種檔案的內容；請確認檔案，重新匯出",
    "this line is longer than 1 MiB, which this kind of file never holds; check the file and export it again",
)
_CUT_UTF16 = Text(
    "檔案標示為 UTF-16，內容卻不是；可能被截斷或轉碼，請重新匯出",
    "the file is marked as UTF-16 but is not; it may be cut or converted, export it again",
)
_NO_SETTING = Text(
    "這個來源沒有設定 {name}（{zh}）；請在 chahe.toml 這個來源的 set 補上",
    "this source has no {name} set ({en}); add it under the source's `set` in chahe.toml",
)
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NAME = re.compile(r"[^\s:,/$\x00-\x1f\x7f]{1,256}\$?")


class Line(NamedTuple):
    """One line of a file, its end removed."""

    place: int
    text: str | None
    """Null where the line cannot be read; `why` then says why."""
    why: Text = BLANK


def text_lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of a stream, numbered from 1, in memory that does not grow with the file.

    Raises Unreadable where a file marked as UTF-16 is not.
    """
    first = stream.readline(LONGEST)
    encoding = _UTF16.get(first[:2])
    if encoding is not None:
        return _utf16_lines(stream, first[2:], encoding)
    return _byte_lines(stream, first.removeprefix(codecs.BOM_UTF8))


def aside(line: Line, comment: str = "#") -> Skip | Reject | None:
    """What becomes of a line that is unreadable, blank or a comment; null for any other, whose text is then there."""
    if line.text is None:
        return Reject(line.place, line.why)
    text = line.text.strip()
    if not text:
        return Skip(line.place, BLANK)
    return Skip(line.place, COMMENT) if text.startswith(comment) else None


def line_excerpt(hidden: Callable[[str], str] = str) -> Callable[[BinaryIO, int, str | None], str]:
    """How a reader whose units are lines shows one: as it was written, but for what `hidden` takes out of it, if anything."""

    def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
        line = next(islice(text_lines(stream), place - 1, place), None)
        return "" if line is None or line.text is None else hidden(line.text)

    return excerpt


def without_hash(text: str) -> str:
    """A line of /etc/shadow, passwd or group with its password field, and whatever else could be a hash, left out.

    What stays of the field is what says how the account stands: its lock, and that a password is set.
    """
    name, colon, rest = text.partition(":")
    password, second, others = rest.partition(":")
    kept = re.match(r"[!*]*x?", password)
    mark = kept[0] if kept else ""
    shown = password if password == mark else mark.rstrip("x") + "…"
    return re.sub(r"\$.+", "…", name) + colon + shown + second + re.sub(r"\$[^:]*", "…", others)


def head_lines(head: Head) -> list[str]:
    """The complete lines of a file's head as text, for looking at; UTF-16 by its mark."""
    data = head.data
    encoding = _UTF16.get(data[:2])
    if encoding is not None:
        # Half a character at the end of the head is no error of the file's.
        text = data[2:].decode(encoding, errors="replace")
    else:
        whole = data if head.whole else data[: data.rfind(b"\n") + 1]
        text = Head(head.name, whole, head.whole).text
    lines = text.replace("\r\n", "\n").split("\n")
    return lines if head.whole else lines[:-1]


def needed(context: Context, setting: Setting) -> str:
    """The value of a setting that a reader cannot do without; Unreadable where it is absent or empty."""
    value = context.settings.get(setting.name, "").strip()
    if not value:
        raise Unreadable(_NO_SETTING.fill(name=setting.name, zh=setting.meaning.zh, en=setting.meaning.en))
    return value


def whole_number(text: str, *, most: int = (1 << 63) - 1) -> int | None:
    """A number written in ASCII digits alone, at most `most`; null for anything else.

    Python's own int() would also take `3_00`, ` 3`, `+3` and full-width digits.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > 19:
        return None
    number = int(text)
    return number if number <= most else None


def account_name(text: str) -> bool:
    """Could this be the name of a Unix account or group? Never true of a password's hash with its `$` and `/`."""
    return _NAME.fullmatch(text) is not None


def numbered_logical(lines: Iterable[Line], ending: str = "\\") -> Iterator[tuple[list[Line], str | None]]:
    """Lines joined where one ends in a continuation mark: the physical lines, and the text of all (null: unreadable)."""
    held: list[Line] = []
    for line in lines:
        held.append(line)
        if line.text is not None and line.text.endswith(ending):
            continue
        yield held, _joined(held, ending)
        held = []
    if held:
        yield held, _joined(held, ending)


def _joined(held: list[Line], ending: str) -> str | None:
    if held[-1].text is None:
        return None
    return " ".join((line.text or "").removesuffix(ending) for line in held)


def _byte_lines(stream: BinaryIO, first: bytes) -> Iterator[Line]:
    place = 0
    raw = first
    while raw:
        place += 1
        if len(raw) >= LONGEST and not raw.endswith(b"\n"):
            while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield Line(place, None, _OVERLONG)
        else:
            yield _decoded(place, raw)
        raw = stream.readline(LONGEST)


def _decoded(place: int, raw: bytes) -> Line:
    for encoding in ("utf-8", "cp950"):
        try:
            return Line(place, raw.decode(encoding).rstrip("\r\n"))
        except UnicodeDecodeError:
            continue
    return Line(place, None, _UNDECODABLE)


def _utf16_lines(stream: BinaryIO, first: bytes, encoding: str) -> Iterator[Line]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    place = 0
    rest = ""
    data = first
    while True:
        try:
            rest += decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise Unreadable(_CUT_UTF16, place=place + 1) from error
        *lines, rest = rest.split("\n")
        for text in lines:
            place += 1
            yield Line(place, text.rstrip("\r")) if len(text) <= LONGEST else Line(place, None, _OVERLONG)
        if len(rest) > LONGEST:
            raise Unreadable(_OVERLONG, place=place + 1)
        if not data:
            break
        data = stream.read(LONGEST)
    if rest:
        yield Line(place + 1, rest.rstrip("\r"))
