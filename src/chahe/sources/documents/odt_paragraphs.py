"""OpenDocument text: paragraphs with what is seen, inserted, deleted and hidden. No reader of its own.

OASIS OpenDocument 1.3 part 3: 5.1 (paragraphs), 5.5 (tracked changes), 6.1 (text), 5.2 (soft page breaks), 19.473 (text:display).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from chahe.sources.documents.passages import Kind, Passage

OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SIGNS: Final = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_BESIDE: Final[dict[str, Kind]] = {
    f"{_TEXT}note": "footnote",
    f"{OFFICE}annotation": "comment",
    f"{_DRAW}frame": "text_box",
    f"{_DRAW}custom-shape": "text_box",
}
"""What hangs on a paragraph and is no part of its words."""
_NO_TEXT: Final = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}ruby-text",
        f"{_TEXT}note-citation",
        f"{OFFICE}forms",
        f"{OFFICE}annotation-end",
    }
)
_MOST_BLANKS: Final = 1000


@dataclass(slots=True)
class _Words:
    """The text of a paragraph, by how it stands there."""

    seen: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    beside: list[etree._Element] = field(default_factory=list)
    page: int | None = None


class _Walk:
    def __init__(self, root: etree._Element, hidden: frozenset[str]) -> None:
        self.hidden = hidden
        self.page = 1
        self.inserting: set[str] = set()
        """Insertions that are open: they may run over several paragraphs."""
        self.deletions = dict(_deletions(root))
        self.insertions = {region for region, kind in _regions(root) if kind == "insertion"}

    def within(self, element: etree._Element, kind: Kind) -> Iterator[Passage]:
        for child in element:
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                yield from self.paragraph(
                    child, "heading" if kind == "paragraph" and child.tag == f"{_TEXT}h" else kind
                )
            elif child.tag == f"{_TEXT}soft-page-break":
                self.page += 1
            elif self.changed(child):
                if child.tag == f"{_TEXT}change" and (deleted := self.deletions.get(_change(child))):
                    yield Passage(kind, "", deleted=deleted, page=self.page)
            elif child.tag not in _NO_TEXT and isinstance(child.tag, str):
                inner: Kind = "table_cell" if child.tag == f"{_TABLE}table" and kind == "paragraph" else kind
                yield from self.within(child, inner)

    def paragraph(self, paragraph: etree._Element, kind: Kind) -> Iterator[Passage]:
        words = _Words()
        self.runs(paragraph, words, hidden=paragraph.get(f"{_TEXT}style-name") in self.hidden)
        told = ("".join(one) for one in (words.seen, words.inserted, words.deleted, words.hidden))
        seen, inserted, deleted, unseen = told
        yield Passage(kind, seen, inserted, deleted, unseen, page=words.page or self.page)
        for one in words.beside:
            yield from self.within(one, _BESIDE[str(one.tag)])

    def runs(self, element: etree._Element, words: _Words, *, hidden: bool) -> None:
        """Takes in the text below an element of a paragraph, and that behind each of its parts."""
        self.take(element.text, words, hidden=hidden)
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _NO_TEXT:
                pass
            elif child.tag in _BESIDE:
                words.beside.append(child)
            elif self.changed(child):
                words.deleted += [self.deletions.get(_change(child), "")] if child.tag == f"{_TEXT}change" else []
            elif child.tag == f"{_TEXT}soft-page-break":
                self.page += 1
            elif child.tag == f"{_TEXT}s":
                self.take(" " * _blanks(child), words, hidden=hidden)
            elif child.tag in _SIGNS:
                self.take(_SIGNS[child.tag], words, hidden=hidden)
            else:
                self.runs(child, words, hidden=hidden or self.hides(child))
            self.take(child.tail, words, hidden=hidden)

    def hides(self, element: etree._Element) -> bool:
        if element.tag in (f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph"):
            return element.get(f"{_TEXT}is-hidden") == "true"
        return element.get(f"{_TEXT}style-name") in self.hidden

    def changed(self, element: etree._Element) -> bool:
        """Is it the mark of a tracked change? Where insertions begin and end is remembered."""
        if element.tag == f"{_TEXT}change-start":
            if _change(element) in self.insertions:
                self.inserting.add(_change(element))
        elif element.tag == f"{_TEXT}change-end":
            self.inserting.discard(_change(element))
        return element.tag in (f"{_TEXT}change", f"{_TEXT}change-start", f"{_TEXT}change-end")

    def take(self, text: str | None, words: _Words, *, hidden: bool) -> None:
        if not text:
            return
        if words.page is None and text.strip():
            words.page = self.page
        if hidden:
            words.hidden.append(text)
            return
        words.seen.append(text)
        if self.inserting:
            words.inserted.append(text)


def _change(mark: etree._Element) -> str:
    return mark.get(f"{_TEXT}change-id") or ""


def _blanks(element: etree._Element) -> int:
    written = element.get(f"{_TEXT}c") or "1"
    return min(int(written), _MOST_BLANKS) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _regions(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The changes that are tracked: their names, and what kind they are of."""
    for region in root.iter(f"{_TEXT}changed-region"):
        name = region.get("{http://www.w3.org/XML/1998/namespace}id") or region.get(f"{_TEXT}id") or ""
        for child in region:
            if isinstance(child.tag, str):
                yield name, etree.QName(child).localname


def _deletions(root: etree._Element) -> Iterator[tuple[str, str]]:
    """What was deleted, by the name of the change."""
    for region in root.iter(f"{_TEXT}changed-region"):
        name = region.get("{http://www.w3.org/XML/1998/namespace}id") or region.get(f"{_TEXT}id") or ""
        for deletion in region.iterfind(f"{_TEXT}deletion"):
            gone = list(deletion.iter(f"{_TEXT}p", f"{_TEXT}h"))
            yield name, "\n".join("".join(str(text) for text in one.itertext()) for one in gone)


def _hidden_styles(*roots: etree._Element | None) -> frozenset[str]:
    """Styles that hide their text, those based on one included."""
    hides: dict[str, bool | None] = {}
    parents: dict[str, str] = {}
    for root in roots:
        for style in [] if root is None else root.iter(f"{STYLE}style"):
            name = style.get(f"{STYLE}name") or ""
            shown = [one.get(f"{_TEXT}display") for one in style.iterfind(f"{STYLE}text-properties")]
            hides[name] = shown[0] == "none" if shown and shown[0] else None
            parents[name] = style.get(f"{STYLE}parent-style-name") or ""
    return frozenset(name for name in hides if _hides(name, hides, parents))


def _hides(name: str, hides: dict[str, bool | None], parents: dict[str, str]) -> bool:
    seen: set[str] = set()
    while name in hides and name not in seen:
        seen.add(name)
        told = hides[name]
        if told is not None:
            return told
        name = parents[name]
    return False


def body_passages(root: etree._Element, body: etree._Element, styles: etree._Element | None) -> Iterator[Passage]:
    """The passages of a document's body, with pages where its last layout is told."""
    laid_out = next(body.iter(f"{_TEXT}soft-page-break"), None) is not None
    for passage in _Walk(root, _hidden_styles(root, styles)).within(body, "paragraph"):
        yield passage if laid_out else replace(passage, page=None)


def margin_passages(page: etree._Element) -> Iterator[Passage]:
    """The passages of the headers and footers of a kind of page."""
    for margin in page:
        if isinstance(margin.tag, str) and margin.tag.startswith(STYLE):
            kind: Kind = "footer" if etree.QName(margin).localname.startswith("footer") else "header"
            for passage in _Walk(page, _hidden_styles(page.getroottree().getroot())).within(margin, kind):
                yield replace(passage, page=None)
