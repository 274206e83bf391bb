"""Knows a file by its content, and says why when it cannot tell."""

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


def _unknown(head: Head) -> Text:
    shown = _first_line(head)
    return Text(
        f'認不出這是什麼格式（開頭是 {shown}）；若是已支援的格式，請在 chahe.toml 以 reader = "…" 指明；若是清冊，請依 chahe template 的標題整理',
        f'this format is not known (it begins {shown}); if it is one that Chahe reads, name it with reader = "…" in chahe.toml; '
        "if it is a list you keep, give it the headings of chahe template",
    )


def _ambiguous(winners: list[str], matches: Mapping[str, Match]) -> Text:
    listed = "; ".join(f"{name} ({matches[name].because})" for name in winners)
    return Text(
        f'這個檔案同時像：{listed}；請在 chahe.toml 以 reader = "…" 指明',
        f'this file could be: {listed}; name the right one with reader = "…" in chahe.toml',
    )


def _first_line(head: Head) -> str:
    """The first line, shortened, or bytes where it is no text."""
    line = head.data.split(b"\n", 1)[0][:60]
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError:
        text = ""
    return f"「{text}」" if text and text.isprintable() else "0x" + head.data[:8].hex()
