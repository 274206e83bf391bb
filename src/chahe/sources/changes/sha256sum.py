"""What `sha256sum` and its kin print of the programs on a host: a digest and a path a line (GNU coreutils, BSD and OpenSSL).

    9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  /opt/ogw/bin/gateway
    9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */opt/ogw/bin/gateway.jar
    SHA256 (/opt/ogw/bin/router) = 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

SHA-256, SHA-384 and SHA-512, told by the digest's length or by the tag. A line that begins with a backslash has `\\\\`, `\\n` and `\\r` in
its path for a backslash and ends of lines. Files that could not be opened (`sha256sum: /x: Permission denied`) are rejected: nobody
knows what they hold. MD5 and SHA-1 are rejected, too: whoever changes a program can keep those. The host is not in the output.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Unit
from chahe.sources.reading.text_lines import SYSTEM, aside, head_lines, line_excerpt, needed, text_lines
from chahe.wording import Text

_KINDS: Final = {64: "sha256", 96: "sha384", 128: "sha512"}
"""By hexadecimal digits."""
_PLAIN = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-fA-F]{32,128}) [ *](?P<path>.+)", re.ASCII)
_TAGGED = re.compile(
    r"(?P<escaped>\\?)(?P<kind>[A-Z0-9-]{3,12}) ?\((?P<path>.+)\) ?= (?P<digest>[0-9a-fA-F]{32,128})", re.ASCII
)
_FAILED = re.compile(r"(?:\S*sum|openssl): .+")
_ESCAPES: Final = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}

NOT_ONE = Text(
    "這一行不是 sha256sum 的輸出（摘要值、兩個空白、路徑）；請重新執行並匯出",
    "this line is no output of sha256sum (digest, two blanks, path); run it again and export it",
)
UNOPENED = Text(
    "這個檔案沒有量測到，內容不明；請以有讀取權限的帳號重新執行 sha256sum",
    "this file was not measured and nobody knows what it holds; run sha256sum again as somebody who may read it",
)
WEAK = Text(
    "這種摘要（MD5、SHA-1、SHA-224 或長度不明）不足以證明內容；請改用 sha256sum",
    "such a digest (MD5, SHA-1, SHA-224, or of an unknown length) proves no content; use sha256sum",
)


def recognise(head: Head) -> Match | None:
    """By lines of a digest and a path."""
    lines = [line for line in head_lines(head)[:200] if line.strip() and not line.startswith("#")]
    fitting = sum(1 for line in lines if _PLAIN.fullmatch(line) or _TAGGED.fullmatch(line))
    if not lines or fitting < len(lines) / 2:
        return None
    return Match(88, "lines of a digest and a path")


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The lines in file order. Raises Unreadable where no system is set."""
    system = needed(context, SYSTEM)
    for line in text_lines(stream):
        unit = aside(line)
        yield _unit(line.place, line.text or "", system) if unit is None else unit


def _unit(place: int, text: str, system: str) -> Unit:
    found = _PLAIN.fullmatch(text) or _TAGGED.fullmatch(text)
    if found is None:
        return Reject(place, UNOPENED if _FAILED.fullmatch(text) else NOT_ONE, "program", text[:80])
    digest = found["digest"].lower()
    kind = _KINDS.get(len(digest))
    tag = found.groupdict().get("kind")
    if kind is None or (tag is not None and tag.replace("-", "").lower() not in (kind, kind.replace("sha", "sha2", 1))):
        return Reject(place, WEAK, "digest", text[:80])
    path = found["path"]
    if found["escaped"]:
        path = re.sub(r"\\[\\nr]", lambda one: _ESCAPES[one[0]], path)
    values = {"system": system, "program": path.strip(), "digest": digest, "algorithm": kind}
    return Records(place, (Row("program_digests", values),))


reader = RecordReader(
    name="sha256sum",
    title=Text("程式摘要清單（sha256sum 的輸出）", "Digests of programs (output of sha256sum)"),
    version=1,
    tables=("program_digests",),
    recognise=recognise,
    read=read,
    settings=(SYSTEM,),
    excerpt=line_excerpt(),
)
