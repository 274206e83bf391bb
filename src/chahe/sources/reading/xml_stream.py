"""Large XML read element by element in memory that does not grow, with nothing in it obeyed. No reader of its own.

A document type declaration is refused before anything in it could be used: entities that multiply, and entities that
fetch files or addresses, can only be declared there. Of formats whose makers write one, a declaration without entities is
let pass; what it names is never fetched. Entities stay off and the network is never used besides, and
libxml2's own limits (depth, a text of 10 MB) stay on. What comes before a break in the document is handed out first.
"""

from collections.abc import Iterator
from itertools import count, islice
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.model import Unit, Unreadable
from chahe.wording import Text

_PROLOG: Final = 65536
"""Bytes within which the root element must begin; only declarations and comments stand before it."""
_STEP: Final = 4096
_PIECE: Final = 65536

DECLARES_TYPE = Text(
    "XML 檔帶有文件類型宣告（DOCTYPE），可能藏有實體炸彈或外部實體，不予讀取；請由掃描或稽核工具直接匯出，不要加上 DTD",
    "the XML has a document type declaration (DOCTYPE), in which entity bombs and external entities hide, and is not "
    "read; export it from the tool itself, without a DTD",
)
BROKEN = Text(
    "XML 在第 {line} 行第 {column} 欄中斷或不合語法，其後的內容沒有讀到；請重新匯出完整的檔案",
    "the XML breaks off or is malformed at line {line}, column {column}; nothing behind that was read; "
    "export the whole file again",
)
OTHER_ROOT = Text(
    "XML 的根元素是 <{root}>，不是這個格式的 {expected}；請在設定指定正確的來源格式",
    "the root element of the XML is <{root}>, not {expected} of this format; name the right format for this source",
)
NO_ROOT = Text(
    "XML 前 65536 個位元組裡沒有根元素；請重新匯出檔案",
    "there is no root element in the first 65536 bytes of the XML; export the file again",
)
NO_SUCH_RECORD = Text(
    "檔案裡沒有第 {place} 筆紀錄；請確認檔案與讀取時相同",
    "there is no record {place} in the file; check that it is the file that was read",
)


def numbered(units: Iterator[Unit]) -> Iterator[Unit]:
    """Units with places 1, 2, 3 …; an Unreadable on the way gets the place that would have followed."""
    places = count(1)
    try:
        for unit in units:
            yield unit._replace(place=next(places))
    except Unreadable as stop:
        stop.place = next(places)
        raise


def elements(
    stream: BinaryIO, roots: frozenset[str], names: tuple[str, ...], *, declared: bool = False
) -> Iterator[tuple[str, etree._Element]]:
    """The starts and ends ("start", "end") of the elements of those names (without namespace), in document order.

    At an end the element is whole; the caller drops it with `forget` once it is done with it. Raises Unreadable for a
    document type declaration (where `declared`, only for one that declares an entity), another root element, and at the
    line and column where the document breaks. `{*}name` is that name in any namespace.
    """
    head = _prolog(stream, roots, declared=declared)
    parser = etree.XMLPullParser(
        events=("start", "end"), tag=names, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    yield from _fed(parser, head)
    while piece := stream.read(_PIECE):
        yield from _fed(parser, piece)
    yield from _fed(parser, None)


def _fed(parser: etree.XMLPullParser, piece: bytes | None) -> Iterator[tuple[str, etree._Element]]:
    """The events a piece completes, those before a break included; None is the end of the document."""
    broken = None
    try:
        if piece is None:
            parser.close()
        else:
            parser.feed(piece)
    except etree.XMLSyntaxError as error:
        broken = _broken(error)
    yield from parser.read_events()
    if broken is not None:
        raise broken


def shown(units: Iterator[tuple[Unit, etree._Element]], place: int, *, within: str | None = None) -> str:
    """The element that the unit at a place was made of, as text; Unreadable where there is none.

    Where its parent is named `within`, the parent's own tag stands on a line before it: it says whose the element is.
    """
    for _, element in islice(units, place - 1, place):
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        parent = element.getparent()
        if parent is None or parent.tag != within:
            return text
        opening = etree.Element(within, dict(parent.attrib))
        return etree.tostring(opening, encoding="unicode").removesuffix("/>") + ">\n" + text
    raise Unreadable(NO_SUCH_RECORD.fill(place=place), place=place)


def forget(element: etree._Element) -> None:
    """Free an element that has ended, and its siblings before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _prolog(stream: BinaryIO, roots: frozenset[str], *, declared: bool) -> bytes:
    """The stream's first bytes, up to the root element at least, once nothing in them is found to refuse."""
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    head = b""
    while len(head) < _PROLOG and (piece := stream.read(_STEP)):
        head += piece
        try:
            parser.feed(piece)
        except etree.XMLSyntaxError as error:
            if any(_checked(element, roots, head if declared else None) for _, element in parser.read_events()):
                return head
            # The bomb went off inside the declaration, or in an attribute of the root.
            raise (Unreadable(DECLARES_TYPE) if _declares_type(head) else _broken(error)) from None
        if any(_checked(element, roots, head if declared else None) for _, element in parser.read_events()):
            return head
    raise Unreadable(DECLARES_TYPE if _declares_type(head) else NO_ROOT)


def _declares_type(head: bytes) -> bool:
    """Is a declaration in sight, in any encoding of which ASCII is part, UTF-16 included?"""
    return b"<!DOCTYPE" in head.replace(b"\0", b"")


def _declares_entity(head: bytes, about: etree.DocInfo) -> bool:
    """Does a declaration hold an entity of any kind, or a reference to one that could bring others in?"""
    plain = head.replace(b"\0", b"")
    inside = about.internalDTD
    return b"<!ENTITY" in plain or b"<!DOCTYPE" not in plain or (inside is not None and bool(inside.entities()))


def _checked(element: etree._Element, roots: frozenset[str], head: bytes | None) -> bool:
    """True for the root element as it should be; Unreadable otherwise. `head`: given where a harmless declaration may stand."""
    about = element.getroottree().docinfo
    if about.doctype and (head is None or _declares_entity(head, about)):
        raise Unreadable(DECLARES_TYPE)
    root = str(element.tag).rpartition("}")[2]
    if root not in roots:
        expected = " / ".join(f"<{name}>" for name in sorted(roots))
        raise Unreadable(OTHER_ROOT.fill(root=root[:80], expected=expected))
    return True


def _broken(error: etree.XMLSyntaxError) -> Unreadable:
    line, column = (max(1, reached) for reached in error.position)
    # Behind its first line libxml2 quotes the document, and that can be a secret.
    said = (error.msg or "").partition("\n")[0]
    return Unreadable(BROKEN.fill(line=line, column=column), value=said[:300] or None)
