"""Documents as PDF: contracts, minutes, policies; the text of every page. Only read where chahe.toml says so.

    %PDF-1.7
    BT /F1 12 Tf 72 720 Td (Article 3  Confidentiality) Tj ET

One unit is one page; its lines are brought together to paragraphs. Lines that follow one another closely are one paragraph; a wider gap, an indent, a short line before it, another size of
type, and the mark of an article (第三條, 一、) begin another. Between Chinese characters a line's end is nothing, between words it is
a blank. A page that is only a picture is rejected: text is brought, or made of it by OCR (whose invisible layer is read as text). PDFs that need a
password are refused with what to do. Forms' fields, attachments and remarks are not read.
"""

import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from chahe.sources.documents.passages import DOCUMENT, Document, Passage
from chahe.sources.documents.pdf_pages import Page, is_scanned, opened, page, pages, title
from chahe.sources.documents.pdf_paragraphs import paragraphs
from chahe.sources.documents.zip_parts import whole
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Skip, Unit
from chahe.wording import Text

_UNREADABLE_SHARE = 0.3

_SCANNED = Text(
    "第 {page} 頁是掃描影像，沒有文字；請提供文字版，或以 OCR 辨識後重新匯入",
    "page {page} is a scanned page without text; bring the text, or run OCR over it and load it again",
)
_CODELESS = Text(
    "第 {page} 頁的字型沒有對應的文字碼，讀出來是亂碼；請由原程式重新匯出（嵌入 Unicode 對應），或以 OCR 辨識",
    "page {page} uses fonts that do not say which characters they show; export it again from its own program with Unicode "
    "mappings, or run OCR over it",
)
_BROKEN = Text(
    "第 {page} 頁損壞，無法讀取；請由原程式重新匯出", "page {page} is damaged and cannot be read; export it again"
)
_BLANK = Text("空白頁", "a blank page")


def _recognise(_head: Head) -> Match | None:
    """No file is taken for a document unasked: a list printed into one, beside the lists it belongs to, must not pass for read."""
    return None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    with opened(whole(stream)) as document:
        named: Document | None = None
        for place, one in enumerate(pages(document), 1):
            unit = _aside(one)
            found = [] if unit else _passages(one)
            if found and named is None:
                named = Document(context, title(document), found)
            if unit is not None or named is None:
                yield unit or Skip(place, _BLANK)
            else:
                yield Records(place, tuple(named.row(passage) for passage in found))


def _passages(one: Page) -> list[Passage]:
    return [Passage("paragraph", text, page=one.number) for text in paragraphs(one.lines)]


def _aside(one: Page) -> Unit | None:
    """What becomes of a page without text to take; null for any other."""
    text = "".join("".join(line.text.split()) for line in one.lines)
    if one.broken:
        return Reject(one.number, _BROKEN.fill(page=one.number), "text")
    if is_scanned(one):
        return Reject(one.number, _SCANNED.fill(page=one.number), "text")
    if not text:
        return Skip(one.number, _BLANK)
    unknown = sum(1 for sign in text if sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cc", "Cn"))
    if unknown > _UNREADABLE_SHARE * len(text):
        return Reject(one.number, _CODELESS.fill(page=one.number), "text")
    return None


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The paragraphs of a page; empty where there is none."""
    with opened(whole(stream)) as document:
        one = page(document, place - 1)
    return "\n".join(paragraphs(one.lines))


reader = RecordReader(
    name="pdf_text",
    title=Text("PDF 文件", "PDF document"),
    version=1,
    tables=("document_passages",),
    recognise=_recognise,
    read=_read,
    settings=(DOCUMENT,),
    excerpt=_excerpt,
)
