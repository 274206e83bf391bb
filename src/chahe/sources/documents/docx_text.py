"""Documents of Word (.docx, .docm, .dotx): every paragraph, with its page and tracked changes. Only read where chahe.toml says so.

A DOCX is a zip archive; its paragraphs stand in word/document.xml, notes, comments, headers and footers in parts beside it:

    <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>第三條 保密義務</w:t></w:r></w:p>
    <w:p><w:r><w:lastRenderedPageBreak/><w:t>乙方應於</w:t></w:r><w:del w:id="4"><w:r><w:delText>三</w:delText></w:r></w:del>
         <w:ins w:id="5"><w:r><w:t>五</w:t></w:r></w:ins><w:r><w:t>年內保密。</w:t></w:r></w:p>

One unit is one paragraph, in the order body, footnotes, endnotes, comments, headers, footers; a text box follows the paragraph it hangs on.
Pages are those of Word's last layout; where the file does not hold that, they are null. Numbers that Word makes itself (automatic
numbering) are in no text. Pictures are not read. Old (.doc) and password-protected documents are known, and refused with what to do.
"""

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from lxml import etree

from chahe.sources.documents.docx_paragraphs import Styles, W, paragraphs, told_pages
from chahe.sources.documents.passages import DOCUMENT, Kind, Passage, units
from chahe.sources.documents.zip_parts import Parts, parts, whole
from chahe.sources.model import Context, Head, Match, RecordReader, Unit, Unreadable
from chahe.sources.reading.text_lines import whole_number
from chahe.sources.reading.workbooks import OLE
from chahe.wording import Text

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_KINDS: tuple[tuple[str, str, Kind], ...] = (
    ("footnotes", "footnote", "footnote"),
    ("endnotes", "endnote", "footnote"),
    ("comments", "comment", "comment"),
    ("header", "", "header"),
    ("footer", "", "footer"),
)
"""Kinds of parts by the end of their relation's name, the element within that holds paragraphs, and what those are."""
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"

_OLD = Text(
    "這是舊版（.doc）或設有密碼的 Word 文件；請用 Word 開啟（輸入密碼），另存為沒有密碼的 .docx 後重新匯入",
    "this is an old (.doc) or password-protected Word document; open it in Word, save it as .docx without a password, and load that",
)
_NO_TEXT = Text(
    "壓縮檔裡沒有 Word 文件的本文；請用 Word 開啟修復後另存為 .docx",
    "the archive holds no body of a Word document; open it in Word, let it repair and save it as .docx",
)


def _recognise(_head: Head) -> Match | None:
    """No file is taken for a document unasked: a list printed into one, beside the lists it belongs to, must not pass for read."""
    return None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    title, passages = _passages(stream)
    yield from units(context, title, passages)


def _passages(stream: BinaryIO) -> tuple[str | None, list[Passage]]:
    """The document's own title, and its passages in order."""
    data = whole(stream)
    if data.startswith(OLE):
        raise Unreadable(_OLD)
    with parts(data) as archive:
        main = next(
            (target for kind, target in _relations(archive, "") if kind == "officeDocument"), "word/document.xml"
        )
        root = archive.tree(main)
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise Unreadable(_NO_TEXT)
        related = _relations(archive, main)
        styles = Styles(next((archive.tree(target) for kind, target in related if kind == "styles"), None))
        found = told_pages(paragraphs(body, styles, "paragraph"), _page_count(archive))
        for ending, holder, kind in _KINDS:
            for target in sorted(target for name, target in related if name == ending):
                found += _beside(archive.tree(target), holder, styles, kind)
        core = archive.tree("docProps/core.xml")
        return (None if core is None else core.findtext(_TITLE)), found


def _beside(root: etree._Element | None, holder: str, styles: Styles, kind: Kind) -> Iterator[Passage]:
    """The passages of a part beside the body; Word's own separators of notes are no notes."""
    if root is None:
        return
    holders = (
        [root] if not holder else [one for one in root.iter(W + holder) if one.get(f"{W}type") in (None, "normal")]
    )
    for element in holders:
        yield from (one.passage for one in paragraphs(element, styles, kind))


def _page_count(archive: Parts) -> int | None:
    """How many pages the document had when it was last saved."""
    root = archive.tree("docProps/app.xml")
    written = None if root is None else root.findtext(_PAGES)
    return whole_number(written.strip()) if written else None


def _relations(archive: Parts, part: str) -> list[tuple[str, str]]:
    """What a part (empty: the archive) refers to inside the archive: the end of the relation's name, and the member."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels" if part else "_rels/.rels"
    root = archive.tree(path.lstrip("/"))
    found = []
    for relation in [] if root is None else root.iter(_RELATION):
        if relation.get("TargetMode") == "External":
            continue
        target, kind = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
        found.append((kind, target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")))
    return found


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The paragraph, and what tracked changes and hiding keep from view; empty where there is none."""
    return next((passage.shown() for passage in islice(_passages(stream)[1], place - 1, place)), "")


reader = RecordReader(
    name="docx_text",
    title=Text("Word 文件（.docx）", "Word document (.docx)"),
    version=1,
    tables=("document_passages",),
    recognise=_recognise,
    read=_read,
    settings=(DOCUMENT,),
    excerpt=_excerpt,
)
