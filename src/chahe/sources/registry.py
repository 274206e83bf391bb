"""Knows a file by its content, and says why when it cannot tell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chahe.sources.model import Head, Match, Reader
from chahe.wording import Text


@dataclass(frozen=True, slots=True)
class Recognised:
    """The one reader whose file this is."""

    reader: Reader
    because: str


class Unrecognised(Exception):
    """No reader, or more than one, takes the file as its own. Carries a Text for the person who brought it."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def recognise(head: Head, readers: Mapping[str, Reader], declared: str | None = None) -> Recognised:
    """The reader of a file, from its first bytes, or the declared one. Raises Unrecognised."""
    if declared is not None:
        return _declared(readers, declared)
    if not head.data:
        raise Unrecognised(
            Text(
                "檔案是空的（0 位元組）；請確認匯出是否成功",
                "the file is empty (0 bytes); check that the export worked",
            )
        )
    matches = {name: match for name, reader in readers.items() if (match := reader.recognise(head)) is not None}
    if not matches:
        raise Unrecognised(_unknown(head))
    best = max(match.sureness for match in matches.values())
    winners = sorted(name for name, match in matches.items() if match.sureness == best)
    if len(winners) > 1:
        raise Unrecognised(_ambiguous(winners, matches))
    return Recognised(readers[winners[0]], matches[winners[0]].because)


def _declared(readers: Mapping[str, Reader], declared: str) -> Recognised:
    if declared not in readers:
        known = ", ".join(sorted(readers))
        raise Unrecognised(
            Text(
                f"沒有名為 {declared} 的讀取器；可用的有：{known}", f"there is no reader {declared}; there are: {known}"
            )
        )
    return Recognised(readers[declared], "declared in chahe.toml")


_DOCUMENTS = (
    ("pdf_text", re.compile(rb"%PDF-"), Text(" PDF 文件", "a PDF document")),
    (
        "docx_text",
        re.compile(rb"PK\x03\x04[\s\S]{26}(?:[\s\S]*PK\x03\x04[\s\S]{26})?word/"),
        Text(" Word 文件", "a Word document"),
    ),
    (
        "odt_text",
        re.compile(rb"PK\x03\x04[\s\S]{26}mimetypeapplication/vnd\.oasis\.opendocument\.text"),
        Text(" OpenDocument 文件", "an OpenDocument text"),
    ),
)
"""Documents are read where somebody says that they are ones: a list printed into a document would else pass for read."""
_FOREIGN = (
    (b"%PDF", Text(" PDF 文件", "a PDF document")),
    (b"\xd0\xcf\x11\xe0", Text("舊版 Office 文件（不是 Excel 清冊）", "an old Office document that is no Excel list")),
    (b"PK\x03\x04", Text(" Word、PowerPoint 或 ZIP 壓縮檔", "a Word, PowerPoint or ZIP file")),
    (b"7z\xbc\xaf\x27\x1c", Text(" 7-Zip 壓縮檔", "a 7-Zip archive")),
    (b"Rar!", Text(" RAR 壓縮檔", "a RAR archive")),
    (b"\x89PNG", Text("圖片", "a picture")),
    (b"\xff\xd8\xff", Text("圖片", "a picture")),
)
"""Files that people bring along and that hold no records as they are, by their first bytes."""


_OTHER_WORKBOOK = Text(
    '這是 Excel 活頁簿，但沒有一張工作表的標題認得；若是公司的清冊，請把標題改成 chahe template 所列的標題，或在 chahe.toml 以 table = "…" 指明是哪一張表',
    "this is an Excel workbook, but the headings of none of its sheets are known; if it is a list you keep, give it the headings "
    'of chahe template, or say which it is with table = "…" in chahe.toml',
)


def _unknown(head: Head) -> Text:
    for name, mark, kind in _DOCUMENTS:
        if mark.match(head.data):
            return Text(
                f'這是{kind.zh}；若是契約、會議紀錄或辦法，請另放一個資料夾，並在 chahe.toml 以 reader = "{name}" 指明；'
                "若是清冊或匯出，請改放入 .xlsx、.csv 或系統匯出的原始檔",
                f'this is {kind.en}; if it is a contract, minutes or a policy, give it a folder of its own and name it with reader = "{name}" '
                "in chahe.toml; if it is a list or an export, bring that as .xlsx, .csv or the system's own file",
            )
    if head.data.startswith(b"PK\x03\x04") and b"xl/" in head.data:
        return _OTHER_WORKBOOK
    for magic, kind in _FOREIGN:
        if head.data.startswith(magic):
            return Text(
                f"這是{kind.zh}，無法讀取；請放入系統匯出的原始檔，清冊請存成 .xlsx 或 .csv（壓縮檔請先解開）",
                f"this is {kind.en}, which is not read; bring the system's own export, lists as .xlsx or .csv (unpack archives)",
            )
    shown = _looks(head)
    return Text(
        f"認不出這是什麼格式（{shown.zh}）；若是公司的清冊，請把標題改成 chahe template 所列的標題，"
        '若是 docs/formats.md 所列的格式，請在 chahe.toml 以 reader = "…" 指明；'
        "若是其他廠牌的日誌，chahe sources --guess 會提出對照設定",
        f"this format is not known ({shown.en}); if it is a list you keep, give it the headings of chahe template, "
        'if it is a format of docs/formats.md, name it with reader = "…" in chahe.toml; '
        "if it is another maker's log, chahe sources --guess proposes a mapping",
    )


def _ambiguous(winners: list[str], matches: Mapping[str, Match]) -> Text:
    listed = "; ".join(f"{name} ({matches[name].because})" for name in winners)
    return Text(
        f'這個檔案同時像：{listed}；請在 chahe.toml 以 reader = "…" 指明',
        f'this file could be: {listed}; name the right one with reader = "…" in chahe.toml',
    )


_ROOT = re.compile(r"<(?![?!])([\w:.-]+)")
_SHOWN_KEYS = 6


def _looks(head: Head) -> Text:
    """What an unknown file looks like: JSON with these keys, XML with this root, or how it begins."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        keys = list(dict.fromkeys(re.findall(r'"([^"\\]{1,40})"\s*:', text[:4096])))[:_SHOWN_KEYS]
        return Text(f"JSON，鍵有 {'、'.join(keys) or '—'}", f"JSON with the keys {', '.join(keys) or '—'}")
    root = _ROOT.search(text[:4096]) if text.startswith("<") else None
    if root is not None:
        return Text(f"XML，根元素是 {root[1]}", f"XML whose root is {root[1]}")
    line = _first_line(head)
    if not line:
        return Text(f"開頭是 0x{head.data[:8].hex()}", f"it begins 0x{head.data[:8].hex()}")
    return Text(f"開頭是「{line}」", f'it begins "{line}"')


def _first_line(head: Head) -> str:
    """The first line, shortened; empty where it is no text."""
    line = head.data.split(b"\n", 1)[0][:120]
    for encoding in ("utf-8-sig", "cp950"):
        # A character may be cut in half at the end.
        for end in (len(line), len(line) - 1, len(line) - 2):
            try:
                text = line[: max(end, 0)].decode(encoding).strip()
            except UnicodeDecodeError:
                continue
            return text[:40] if text.isprintable() else ""
    return ""
