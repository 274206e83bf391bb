"""Parts of documents that are zip archives of XML (DOCX, ODT), with nothing in them trusted. No reader of its own.

What unpacks beyond all measure is refused before it is unpacked, and so are document type declarations, in which entity bombs and
external entities hide.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from lxml import etree

from chahe.sources.model import Unreadable
from chahe.wording import Text

ZIP = b"PK\x03\x04"
_LARGEST_FILE = 512 << 20
_LARGEST_PART = 256 << 20
_HIGHEST_RATIO = 200
"""How many times its packed size a part over 16 MiB may unpack to."""
_BREAKS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    KeyError, IndexError, OverflowError,
)  # fmt: skip
"""What zipfile raises on archives that are damaged or packed in a way it does not know."""

_TOO_LARGE = Text(
    "文件超過 512 MiB，未讀取；請拆成幾個檔案", "the document is larger than 512 MiB and was not read; split it"
)
DAMAGED = Text(
    "文件損壞或不完整（{problem}）；請用原程式開啟修復後另存，再重新匯入",
    "the document is damaged or incomplete ({problem}); open it in its own program, let it repair and save it, then load it again",
)
_BOMB = Text(
    "文件的「{part}」解壓縮後過大（{size:,} 位元組），未讀取；請確認檔案來源",
    "part {part} of the document unpacks to {size:,} bytes and was not read; check where the file comes from",
)
LOCKED = Text(
    "文件設有密碼；請用原程式開啟（輸入密碼），另存為沒有密碼的檔案後重新匯入",
    "the document is password-protected; open it in its own program, save it without a password, and load that",
)
_DECLARES = Text(
    "文件的「{part}」帶有文件類型宣告（DOCTYPE），可能藏有實體炸彈或外部實體，不予讀取；請由原程式重新存檔",
    "part {part} of the document has a document type declaration (DOCTYPE), in which entity bombs and external entities "
    "hide, and is not read; save it again from its own program",
)


class Parts:
    """The members of an archive, read when asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        with _breaks():
            self.names = frozenset(archive.namelist())

    def data(self, name: str) -> bytes:
        """The bytes of a member; empty where there is none. Raises Unreadable for damaged, locked and oversized ones."""
        if name not in self.names:
            return b""
        with _breaks():
            member = self._archive.getinfo(name)
            if member.flag_bits & 1:
                raise Unreadable(LOCKED)
            packed = member.compress_size or 1
            if member.file_size > _LARGEST_PART or (
                member.file_size > 16 << 20 and member.file_size // packed > _HIGHEST_RATIO
            ):
                raise Unreadable(_BOMB.fill(part=name, size=member.file_size))
            with self._archive.open(member) as content:
                data = content.read(_LARGEST_PART + 1)
        if len(data) > _LARGEST_PART:
            raise Unreadable(_BOMB.fill(part=name, size=len(data)))
        return data

    def tree(self, name: str) -> etree._Element | None:
        """The root of an XML member; None where there is no such member. Raises Unreadable."""
        data = self.data(name)
        if not data:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if b"<!DOCTYPE" in data[:65536].replace(b"\0", b""):
                raise Unreadable(_DECLARES.fill(part=name)) from error
            raise Unreadable(DAMAGED.fill(problem=f"{name}: {error}"[:200])) from error
        if root.getroottree().docinfo.doctype:
            raise Unreadable(_DECLARES.fill(part=name))
        return root


def whole(stream: BinaryIO) -> bytes:
    """The bytes of a document. Raises Unreadable where it is too large."""
    data = stream.read(_LARGEST_FILE + 1)
    if len(data) > _LARGEST_FILE:
        raise Unreadable(_TOO_LARGE)
    return data


@contextmanager
def parts(data: bytes) -> Iterator[Parts]:
    """The parts of an archive. Raises Unreadable where it is none."""
    with _breaks():
        archive = zipfile.ZipFile(BytesIO(data))
    with archive:
        yield Parts(archive)


@contextmanager
def _breaks() -> Iterator[None]:
    try:
        yield
    except _BREAKS as problem:
        raise Unreadable(DAMAGED.fill(problem=f"{type(problem).__name__}: {problem}"[:200])) from problem
