"""The output of `net user NAME` cut into accounts: labels in Chinese and English, values as printed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from chahe.sources.reading.text_lines import Line
from chahe.wording import Text

_LABELS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "account": (("使用者名稱",), ("User name",)),
    "full_name": (("全名",), ("Full Name",)),
    "active": (("帳戶使用中", "帳戶啟用", "啟用帳戶"), ("Account active",)),
    "expires": (("帳戶到期", "帳戶到期日"), ("Account expires",)),
    "changed": (("上次設定密碼", "密碼上次設定", "上次設定密碼的時間"), ("Password last set",)),
    "required": (("請輸入密碼", "需要密碼", "必須有密碼", "需要使用密碼"), ("Password required",)),
    "last_used": (("上次登入時間", "上次登入", "最後登入時間"), ("Last logon",)),
    "local_groups": (("本機群組會員", "本機群組成員", "本機群組成員資格"), ("Local Group Memberships",)),
    "global_groups": (("全域群組會員", "全域群組成員", "全域群組成員資格"), ("Global Group memberships",)),
}
_FIELDS = {label.lower(): name for name, (zh, en) in _LABELS.items() for label in (*zh, *en)}
_END = ("the command completed successfully", "命令已經成功完成", "命令執行成功")
_FAILURE = re.compile(
    r"The user name could not be found|System error \d+ has occurred|Access is denied|"
    r"找不到使用者名稱|發生系統錯誤 ?\d+|存取被拒",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r".*(?:domain controller for domain\s+([A-Za-z0-9._-]+?)\.?|網域\s*([A-Za-z0-9._-]+?)\s*的?網域控制站.*)\s*"
)
_WRITTEN = 100
"""Lines of a block that are kept: no account prints more, unless what follows is no output of net user."""
_COMMENT = re.compile(r"((?:User's )?Comment\s+|(?:使用者的?)?註解\s+)\S.*", re.IGNORECASE | re.DOTALL)
"""People keep passwords in comments."""
_CONTINUED = re.compile(r"[ \t]+\*\S.*", re.DOTALL)


@dataclass
class Block:
    """One account's output, or one error message that stands in its place."""

    values: dict[str, str] = field(default_factory=dict)
    """By field (account, active, changed …), as printed."""
    twice: list[str] = field(default_factory=list)
    """Fields printed more than once."""
    domain: str | None = None
    """The domain that `/domain` says it asked."""
    failed: bool = False
    unreadable: Text | None = None
    ended: bool = False
    last: str | None = None
    """The field of the line before, for groups that go on."""
    written: list[str] = field(default_factory=list)
    """The lines as they were printed, the first hundred, comments left out."""


def labels(name: str) -> Text:
    """What the two languages call a field, as their consoles print it."""
    zh, en = _LABELS[name]
    return Text(zh[0], en[0])


def blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """Each account, in order. Lines between blocks (prompts, blank lines) belong to none and hold no account."""
    block: Block | None = None
    domain: str | None = None
    for line in lines:
        name, value = _field(line.text or "")
        failed = _FAILURE.match((line.text or "").strip()) is not None
        if name == "account" or failed:
            if block is not None:
                yield block
            block = Block(failed=True, ended=True) if failed else Block({"account": value}, domain=domain, last=name)
            block.written.append(line.text or "")
            domain = None
        elif block is not None and not block.ended:
            _add(block, line, name, value)
        else:
            domain = _domain(line.text or "") or domain
    if block is not None:
        yield block


def _domain(text: str) -> str | None:
    found = _DOMAIN.fullmatch(text[:1000])
    return (found[1] or found[2]) if found else None


def _add(block: Block, line: Line, name: str | None, value: str) -> None:
    text = line.text
    if text is not None and len(block.written) < _WRITTEN:
        block.written.append(_COMMENT.sub(r"\1…", text))
    if text is None:
        block.unreadable = line.why
    elif name is not None:
        if name in block.values:
            block.twice.append(name)
        block.values[name] = value
        block.last = name
    elif block.last in ("local_groups", "global_groups") and _CONTINUED.fullmatch(text):
        block.values[block.last] += " " + text.strip()
    elif text.strip().lower().startswith(_END):
        block.ended = True
    else:
        block.last = None


def _field(text: str) -> tuple[str | None, str]:
    """The field that a line prints and its value; (null, '') for any other line."""
    label, _, value = text.rstrip().replace("\t", "  ").partition("  ")
    return _FIELDS.get(label.strip(" :：?？").lower()), value.strip()
