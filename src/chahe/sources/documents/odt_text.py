"""Text documents of LibreOffice and other programs (OpenDocument, .odt, .ott): every paragraph. Only read where chahe.toml says so.

An ODT is a zip archive; its paragraphs stand in content.xml, headers and footers in styles.xml:

    <text:h text:outline-level="1">第三條 保密義務</text:h>
    <text:p>乙方應於<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>五<text:change-end text:change-id="c2"/>年內保密。</text:p>

One unit is one paragraph: body, each footnote and text box behind the paragraph it hangs on, then headers and footers. Pages are those of the last layout
(`text:soft-page-break`); where the file does not hold that, they are null. Documents with a password are refused with what to do.
"""

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from chahe.sources.documents.odt_paragraphs import OFFICE, STYLE, body_passages, margin_passages
from chahe.sources.documents.passages import DOCUMENT, Passage, units
from chahe.sources.documents.zip_parts import LOCKED, parts, whole
from chahe.sources.model import Context, Head, Match, RecordReader, Unit, Unreadable
from chahe.wording import Text

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NO_TEXT = Text(
    "壓縮檔裡沒有 OpenDocument 文件的本文；請用 LibreOffice 開啟修復後另存為 .odt",
    "the archive holds no body of an OpenDocument text; open it in LibreOffice, let it repair and save it as .odt",
)


def _recognise(_head: Head) -> Match | None:
    """No file is taken for a document unasked: a list printed into one, beside the lists it belongs to, must not pass for read."""
    return None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    title, passages = _passages(stream)
    yield from units(context, title, passages)


def _passages(stream: BinaryIO) -> tuple[str | None, list[Passage]]:
    """The document's own title, and its passages in order."""
    with parts(whole(stream)) as archive:
        if b"encryption-data" in archive.data("META-INF/manifest.xml"):
            raise Unreadable(LOCKED)
        root = archive.tree("content.xml")
        body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
        if root is None or body is None:
            raise Unreadable(_NO_TEXT)
        styles = archive.tree("styles.xml")
        found = list(body_passages(root, body, styles))
        if styles is not None:
            found += [passage for page in styles.iter(f"{STYLE}master-page") for passage in margin_passages(page)]
        meta = archive.tree("meta.xml")
        named = None if meta is None else next((one.text for one in meta.iter(_TITLE)), None)
        return named, found


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The paragraph, and what tracked changes and hiding keep from view; empty where there is none."""
    return next((passage.shown() for passage in islice(_passages(stream)[1], place - 1, place)), "")


reader = RecordReader(
    name="odt_text",
    title=Text("OpenDocument 文件（.odt）", "OpenDocument text (.odt)"),
    version=1,
    tables=("document_passages",),
    recognise=_recognise,
    read=_read,
    settings=(DOCUMENT,),
    excerpt=_excerpt,
)
