"""Pages of PDF through PDFium: lines with their places on the page, and whether a page is a picture. No reader of its own.

PDFium (Chrome's own) is fuzzed day and night and reads the encodings of Chinese fonts without files beside it; it is not safe for several
threads, so every call is made under one lock. Decision and alternatives: docs/decisions/0009-documents.md.
"""

import ctypes
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import RLock
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from chahe.sources.model import Unreadable
from chahe.wording import Text

_PDFIUM = RLock()
_COVERS = 0.5
"""Share of a page that a picture of a scanned page covers at least."""
_MOST_PAGES = 20_000
_MOST_SIGNS = 2_000_000
"""Characters of one page; a page of print has some thousands."""
_NO_SIGN = 0xFFFE
"""What PDFium gives for a hyphen at the end of a line that parts a word."""

LOCKED = Text(
    "PDF 設有開啟密碼；請以密碼開啟後另存（列印）為沒有密碼的 PDF，再重新匯入",
    "the PDF needs a password to open; open it, save (print) it as a PDF without one, and load that",
)
_DAMAGED = Text(
    "PDF 損壞或不完整，無法開啟；請由原程式重新匯出",
    "the PDF is damaged or incomplete and cannot be opened; export it again from its own program",
)
_TOO_MANY = Text(
    "PDF 超過 2 萬頁，不像一份文件；請拆開後重新匯入", "the PDF has more than 20,000 pages; split it and load the parts"
)


class Box(NamedTuple):
    """Where something stands on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class PageLine(NamedTuple):
    """One line of a page."""

    text: str
    box: Box


class Page(NamedTuple):
    """A page as it is read. `broken`: PDFium cannot open it."""

    number: int
    lines: list[PageLine]
    drawn: bool
    """Does it hold a picture or anything else that is painted?"""
    covered: float
    """How much of it the largest picture covers, from 0 to 1."""
    broken: bool = False


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document. Raises Unreadable where it needs a password or cannot be opened."""
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise Unreadable(LOCKED if locked else _DAMAGED) from error
    try:
        yield document
    finally:
        with _PDFIUM:
            document.close()


def title(document: pdfium.PdfDocument) -> str | None:
    """The title the document gives itself."""
    with _PDFIUM:
        return document.get_metadata_value("Title").replace("\0", "").strip() or None


def pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Every page in order. Raises Unreadable where there are too many."""
    with _PDFIUM:
        count = len(document)
    if count > _MOST_PAGES:
        raise Unreadable(_TOO_MANY)
    for index in range(count):
        yield page(document, index)


def page(document: pdfium.PdfDocument, index: int) -> Page:
    """One page, counted from 0."""
    with _PDFIUM:
        try:
            with closing(document[index]) as sheet, closing(sheet.get_textpage()) as text:
                lines = list(_lines(text))
                drawn, covered = _painted(sheet)
        except pdfium.PdfiumError:
            return Page(index + 1, [], drawn=False, covered=0, broken=True)
    return Page(index + 1, lines, drawn=drawn, covered=covered)


def _lines(text: pdfium.PdfTextPage) -> Iterator[PageLine]:
    signs: list[int] = []
    boxes: list[Box] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(min(raw.FPDFText_CountChars(text), _MOST_SIGNS)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (0x0A, 0x0D):
            if signs:
                yield _line(signs, boxes)
            signs, boxes = [], []
            continue
        signs.append(code)
        if raw.FPDFText_GetCharBox(text, index, left, right, bottom, top) and top.value > bottom.value:
            boxes.append(Box(left.value, bottom.value, right.value, top.value))
    if signs:
        yield _line(signs, boxes)


def _line(signs: list[int], boxes: list[Box]) -> PageLine:
    units = (0x00AD if code == _NO_SIGN else code if code < 0x110000 else 0xFFFD for code in signs)
    # Halves of characters beyond the first plane come one by one.
    text = "".join(map(chr, units)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if not boxes:
        return PageLine(text, Box(0, 0, 0, 0))
    left, bottom, right, top = zip(*boxes, strict=True)
    return PageLine(text, Box(min(left), min(bottom), max(right), max(top)))


def _painted(sheet: pdfium.PdfPage) -> tuple[bool, float]:
    """Is anything painted, and how much does the largest picture cover?"""
    width, height = sheet.get_size()
    drawn, largest = False, 0.0
    for thing in sheet.get_objects(max_depth=4):
        drawn = True
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            largest = max(largest, abs(right - left) * abs(top - bottom))
    return drawn, min(largest / max(width * height, 1.0), 1.0)


def is_scanned(read: Page) -> bool:
    """Is the page a picture with next to no text beside it?"""
    signs = sum(len("".join(line.text.split())) for line in read.lines)
    return (signs == 0 and read.drawn) or (signs < 30 and read.covered >= _COVERS)
