"""Documents as plain text or Markdown: contracts, minutes, policies. Only read where chahe.toml says so: any log is text.

    # 委外契約

    第三條 保密義務
    乙方於契約終止後五年內，仍應保守秘密。

    第四條 罰則

A passage ends at a blank line, at a page's end (form feed), and before a line that begins an article or a numbered item (第三條, 一、,
（一）, 1., - ). Headings are those of Markdown (`#`, or underlined with === or ---) and of laws (第二章, 第一節). Blank lines and the
lines under headings are no units. Lines of one passage stay lines. Where there are form feeds, pages are counted by them.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from chahe.sources.documents.passages import DOCUMENT, EMPTY, Document, Passage
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Skip, Unit, Unreadable
from chahe.sources.reading.text_lines import text_lines
from chahe.wording import Text

_NUMERAL = "[0-9０-９零〇一二三四五六七八九十百千]{1,8}"
_ARTICLE = re.compile(
    rf"\s*(?:第\s*{_NUMERAL}\s*[條条項款目](?:之{_NUMERAL})?(?:\s|[：:、，]|$)|[（(]{_NUMERAL}[）)]|{_NUMERAL}[、.．]\s*\S|[-*•]\s+\S)"
)
_CHAPTER = re.compile(rf"\s*第\s*{_NUMERAL}\s*[章節编編篇].{{0,60}}")
_MARKED = re.compile(r" {0,3}#{1,6}\s+(?P<words>.*?)\s*#*\s*")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})\s*")
_MOST_LINES = 2_000_000
_TOO_LONG = Text(
    "檔案超過 200 萬行，不像一份文件；若是日誌，請改用該格式的讀取器",
    "the file has more than 2,000,000 lines, which no document has; if it is a log, name its own format",
)
_NOT_TEXT = Text(
    "這一段有無法解碼的文字（不是 UTF-8、UTF-16，也不是 Big5）；請另存為 UTF-8 後重新匯入",
    "this passage holds text that is neither UTF-8, UTF-16 nor Big5; save the file as UTF-8 and load it again",
)


def _recognise(_head: Head) -> Match | None:
    """No file is known to be one: it has to be said."""
    return None


class _Cutter:
    """Cuts lines into passages."""

    def __init__(self) -> None:
        self.done: list[Passage | None] = []
        """None stands for a passage that cannot be decoded."""
        self.page = 1
        self.paged = False
        self._held: list[str] = []
        self._unreadable = False

    def take(self, text: str | None) -> None:
        if text is None:
            self._unreadable = True
            return
        *before, last = text.split("\f")
        for piece in before:
            self.line(piece)
            self.end()
            self.page += 1
            self.paged = True
        self.line(last)

    def line(self, text: str) -> None:
        if not text.strip():
            self.end()
        elif (marked := _MARKED.fullmatch(text)) is not None:
            self.end()
            self._held = [marked["words"]]
            self.end(heading=True)
        elif _UNDERLINE.fullmatch(text) and len(self._held) == 1:
            self.end(heading=True)
        elif _CHAPTER.fullmatch(text):
            self.end()
            self._held = [text]
            self.end(heading=True)
        else:
            if _ARTICLE.match(text):
                self.end()
            self._held.append(text)

    def end(self, *, heading: bool = False) -> None:
        """What is held is a passage."""
        if self._unreadable:
            self.done.append(None)
        elif self._held:
            words = "\n".join(line.strip() for line in self._held)
            self.done.append(Passage("heading" if heading else "paragraph", words, page=self.page))
        self._held = []
        self._unreadable = False


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    found = _passages(stream)
    document = Document(context, None, [one for one in found if one is not None])
    for place, passage in enumerate(found, 1):
        if passage is None:
            yield Reject(place, _NOT_TEXT, "text")
        elif passage.is_empty:
            yield Skip(place, EMPTY)
        else:
            yield Records(place, (document.row(passage),))


def _passages(stream: BinaryIO) -> list[Passage | None]:
    cutter = _Cutter()
    for line in text_lines(stream):
        if line.place > _MOST_LINES:
            raise Unreadable(_TOO_LONG)
        cutter.take(None if line.text is None else line.text.replace("\0", "\ufffd"))
    cutter.end()
    if cutter.paged:
        return cutter.done
    return [one and Passage(one.kind, one.text) for one in cutter.done]


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The passage; empty where there is none."""
    passage = next(islice(_passages(stream), place - 1, place), None)
    return "" if passage is None else passage.shown()


reader = RecordReader(
    name="plain_text",
    title=Text("純文字或 Markdown 文件", "document as plain text or Markdown"),
    version=1,
    tables=("document_passages",),
    recognise=_recognise,
    read=_read,
    settings=(DOCUMENT,),
    excerpt=_excerpt,
)
