"""Passages of a document on their way to `document_passages`: numbered, placed in the whole text. No reader of its own.

The whole text is that of all passages joined by line ends; a passage's offset counts the characters in front of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from chahe.sources.model import Context, Records, Row, Setting, Skip, Unit
from chahe.wording import Text

Kind = Literal["heading", "paragraph", "table_cell", "footnote", "header", "footer", "text_box", "comment"]

DOCUMENT = Setting(
    "document",
    Text(
        "文件的名稱或編號；不設則用文件自己的標題，再沒有則用第一段文字",
        "name or number of the document; without it, the title it gives itself, or else its first words",
    ),
)
EMPTY = Text("沒有文字的段落", "a paragraph without text")
_NAMELESS = "?"
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph: what is seen of it, and what tracked changes and hiding keep from view."""

    kind: Kind
    text: str
    inserted: str = ""
    deleted: str = ""
    hidden: str = ""
    page: int | None = None

    @property
    def is_empty(self) -> bool:
        """Does it say nothing at all, to nobody?"""
        return not (self.text.strip() or self.deleted.strip() or self.hidden.strip())

    def shown(self) -> str:
        """For a person to read: the text, and what it does not show."""
        aside = (("inserted 插入", self.inserted), ("deleted 刪除", self.deleted), ("hidden 隱藏", self.hidden))
        lines = [self.text, *(f"[{name}: {words}]" for name, words in aside if words.strip())]
        return "\n".join(line for line in lines if line.strip())


class Document:
    """Gives a document's passages their numbers, offsets and headings, in order."""

    def __init__(self, context: Context, title: str | None, passages: Iterable[Passage]) -> None:
        self.title = (title or "").strip() or None
        first = next((one.text.strip() for one in passages if one.text.strip()), "")
        named = context.settings.get("document", "").strip() or self.title or first.split("\n")[0]
        self.name = named[:_LONGEST_NAME].strip() or _NAMELESS
        self._number = 0
        self._offset = 0
        self._heading: str | None = None

    def row(self, passage: Passage) -> Row:
        """The row of the next passage."""
        self._number += 1
        text = passage.text.strip()
        values = {
            "document": self.name,
            "title": self.title,
            "page": passage.page,
            "passage_number": self._number,
            "text_offset": self._offset,
            "kind": passage.kind,
            "heading": self._heading,
            "text": text or None,
            "inserted_text": passage.inserted.strip() or None,
            "deleted_text": passage.deleted.strip() or None,
            "hidden_text": passage.hidden.strip() or None,
        }
        if text:
            self._offset += len(text) + 1
        if passage.kind == "heading" and text:
            self._heading = text
        return Row("document_passages", values)


def units(context: Context, title: str | None, passages: list[Passage]) -> Iterator[Unit]:
    """One unit for each passage; those that are empty are skipped."""
    document = Document(context, title, passages)
    for place, passage in enumerate(passages, 1):
        yield Skip(place, EMPTY) if passage.is_empty else Records(place, (document.row(passage),))
