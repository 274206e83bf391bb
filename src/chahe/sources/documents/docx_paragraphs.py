"""WordprocessingML: the paragraphs of a part, with what is seen, inserted, deleted and hidden. No reader of its own.

ECMA-376 part 1, 17.3 (paragraphs and runs), 17.13.5 (revisions), 17.3.3.13 (lastRenderedPageBreak).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from chahe.sources.documents.passages import Kind, Passage

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SIGNS: Final = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_SYMBOL: Final = re.compile("(?![dD][89a-fA-F]|0000)[0-9a-fA-F]{4}")
"""The code of a character; no half of one."""
_OFF: Final = frozenset({"0", "false", "off", "none"})
_NO_TEXT: Final = frozenset(
    {
        f"{W}instrText",
        f"{W}delInstrText",
        f"{W}pPr",
        f"{W}rt",
        f"{W}sectPr",
        f"{W}tblPr",
        f"{W}trPr",
        f"{W}tcPr",
        _FALLBACK,
    }
)
"""Elements in which nothing is text: codes of fields, properties, ruby above the words, second versions for old programs."""


def _on(properties: etree._Element | None, name: str) -> bool | None:
    """Is a switch on? Null where it is not mentioned."""
    switch = None if properties is None else properties.find(W + name)
    return None if switch is None else (switch.get(f"{W}val") or "1").lower() not in _OFF


class Styles:
    """What styles say of a paragraph or run: is it a heading, is it hidden."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else root.iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}

    def is_heading(self, paragraph: etree._Element) -> bool:
        """By its outline level, or that of its style, or the style's name (Word names its own in English always)."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return False
        own = _outlined(properties)
        if own is not None:
            return own
        for style in self._lineage(_value(properties, "pStyle")):
            outlined = _outlined(style.find(f"{W}pPr"))
            if outlined is not None:
                return outlined
            if _value(style, "name").lower().startswith(("heading", "title")):
                return True
        return False

    def hides(self, style: str) -> bool:
        """Does a style hide its text?"""
        for one in self._lineage(style):
            hidden = _on(one.find(f"{W}rPr"), "vanish")
            if hidden is not None:
                return hidden
        return False

    def _lineage(self, name: str) -> Iterator[etree._Element]:
        """A style and those it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name], "basedOn")


def _value(element: etree._Element | None, name: str) -> str:
    child = None if element is None else element.find(W + name)
    return "" if child is None else child.get(f"{W}val") or ""


def _outlined(properties: etree._Element | None) -> bool | None:
    level = _value(properties, "outlineLvl")
    return None if not level else level.isdigit() and int(level) < 9


@dataclass(slots=True)
class Paragraph:
    """A paragraph as read, with the page breaks counted that came before its first words."""

    passage: Passage
    rendered: int
    """Breaks of Word's last layout."""
    explicit: int
    """Breaks that somebody set."""


@dataclass(slots=True)
class _Breaks:
    rendered: int = 0
    explicit: int = 0


@dataclass(slots=True)
class _Words:
    """The text of a paragraph, by how it stands there."""

    seen: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    begun: _Breaks | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """Within what a run stands."""

    inserted: bool = False
    deleted: bool = False
    hidden: bool = False


def paragraphs(root: etree._Element, styles: Styles, kind: Kind) -> Iterator[Paragraph]:
    """Every paragraph below an element, in document order; those in tables are cells, those in text boxes follow their paragraph."""
    yield from _Walk(styles).within(root, kind)


class _Walk:
    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.breaks = _Breaks()

    def within(self, element: etree._Element, kind: Kind) -> Iterator[Paragraph]:
        for child in element:
            if child.tag == f"{W}p":
                yield from self.paragraph(child, kind)
            elif child.tag not in _NO_TEXT and isinstance(child.tag, str):
                inner: Kind = "table_cell" if child.tag == f"{W}tbl" and kind == "paragraph" else kind
                yield from self.within(child, inner)

    def paragraph(self, paragraph: etree._Element, kind: Kind) -> Iterator[Paragraph]:
        words = _Words()
        properties = paragraph.find(f"{W}pPr")
        if _on(properties, "pageBreakBefore"):
            self.breaks.explicit += 1
        hidden = self.styles.hides(_value(properties, "pStyle"))
        self.runs(paragraph, words, _State(hidden=hidden))
        begun = words.begun or _Breaks(self.breaks.rendered, self.breaks.explicit)
        if kind == "paragraph" and self.styles.is_heading(paragraph):
            kind = "heading"
        told = ("".join(one) for one in (words.seen, words.inserted, words.deleted, words.hidden))
        seen, inserted, deleted, unseen = told
        yield Paragraph(Passage(kind, seen, inserted, deleted, unseen), begun.rendered, begun.explicit)
        for box in words.boxes:
            yield from self.within(box, "text_box")

    def runs(self, element: etree._Element, words: _Words, state: _State) -> None:
        """Takes in the text below an element of a paragraph."""
        for child in element:
            tag = child.tag
            if tag in _NO_TEXT or not isinstance(tag, str):
                continue
            if tag == f"{W}txbxContent":
                words.boxes.append(child)
            elif tag in (f"{W}ins", f"{W}moveTo"):
                self.runs(child, words, replace(state, inserted=True))
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self.runs(child, words, replace(state, deleted=True))
            elif tag == f"{W}r":
                self.runs(child, words, replace(state, hidden=self.is_hidden(child, state)))
            elif not self.broke(child):
                text = _text(child)
                if text:
                    self.take(text, words, state)
                else:
                    self.runs(child, words, state)

    def is_hidden(self, run: etree._Element, state: _State) -> bool:
        properties = run.find(f"{W}rPr")
        own = _on(properties, "vanish")
        return own if own is not None else state.hidden or self.styles.hides(_value(properties, "rStyle"))

    def broke(self, element: etree._Element) -> bool:
        """Is it a page break? It is counted then."""
        if element.tag == f"{W}lastRenderedPageBreak":
            self.breaks.rendered += 1
            return True
        if element.tag == f"{W}br" and element.get(f"{W}type") == "page":
            self.breaks.explicit += 1
            return True
        return False

    def take(self, text: str, words: _Words, state: _State) -> None:
        if words.begun is None and text.strip():
            words.begun = _Breaks(self.breaks.rendered, self.breaks.explicit)
        if state.deleted:
            words.deleted.append(text)
        elif state.hidden:
            words.hidden.append(text)
        else:
            words.seen.append(text)
            if state.inserted:
                words.inserted.append(text)


def _text(element: etree._Element) -> str:
    if element.tag in (f"{W}t", f"{W}delText", _MATH):
        return element.text or ""
    if element.tag == f"{W}sym":
        code = element.get(f"{W}char") or ""
        return chr(int(code, 16)) if _SYMBOL.fullmatch(code) else ""
    return _SIGNS.get(str(element.tag), "")


def told_pages(found: Iterator[Paragraph], pages: int | None) -> list[Passage]:
    """Passages with their pages, where the file tells them: by Word's last layout, or by breaks set by hand if those make all its pages."""
    read = list(found)
    if any(one.rendered for one in read):
        return [replace(one.passage, page=one.rendered + 1) for one in read]
    if read and pages is not None and read[-1].explicit + 1 == pages:
        return [replace(one.passage, page=one.explicit + 1) for one in read]
    return [one.passage for one in read]
