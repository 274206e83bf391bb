"""What `net accounts [/domain]` prints of Windows' password policy, in Traditional Chinese and English.

    Minimum password age (days):                          1
    Maximum password age (days):                          42
    Minimum password length:                              7
    Lockout threshold:                                    Never
    The command completed successfully.

    密碼最長使用期限 (天):                                42
    最小密碼長度:                                         7
    鎖定閾值:                                             從不

Each line is one unit. Greatest age `Unlimited` and threshold `Never` are read as 0: never. Whether complexity is asked for is
not printed here; see `secedit_inf` and `ad_ldif`.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from chahe.sources.accounts.policy_lines import OTHER, Part, policy, whole
from chahe.sources.model import Context, Head, Match, RecordReader, Reject, Skip, Unit
from chahe.sources.reading.text_lines import (
    SYSTEM,
    Line,
    aside,
    head_lines,
    line_excerpt,
    needed,
    text_lines,
    whole_number,
)
from chahe.wording import Text

_LABELS = {
    "max_age_days": re.compile(
        r"maximum password age\b|密碼最長使用期限|密碼最長有效期|最長密碼使用期限|密碼使用期限最大值"
    ),
    "min_length": re.compile(
        r"minimum password length|最小密碼長度|最短密碼長度|密碼最小長度|密碼最短長度|密碼長度最小值"
    ),
    "lockout_attempts": re.compile(r"lockout threshold|鎖定閾值|鎖定閥值|鎖定臨界值|鎖定門檻|帳戶鎖定閾值"),
}
_NEVER = frozenset({"never", "unlimited", "none", "從不", "永不", "無限制", "無", "不限", "沒有限制"})
_LINE = re.compile(r"\s*([^:：]+?)\s*[:：]\s*(\S.*)?")

_NUMBER = Text(
    "「{label}」的值讀不懂，應為整數或 Never、Unlimited、從不、無限制；請重新匯出",
    "the value of `{label}` cannot be read; it should be a whole number, Never or Unlimited; export it again",
)
_TWICE = Text(
    "「{label}」出現兩次；請把不同主機的輸出分成不同檔案",
    "`{label}` is printed twice; put the outputs of different hosts into files of their own",
)


def _recognise(head: Head) -> Match | None:
    columns = [column for line in head_lines(head) if (column := _column(line)[0])]
    return Match(90, "the labels of net accounts") if len(set(columns)) == len(_LABELS) else None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    system = needed(context, SYSTEM)
    yield from policy(whole(_fates(text_lines(stream))), system=system, source="net accounts")


def _fates(lines: Iterator[Line]) -> Iterator[Part | Skip | Reject]:
    seen: set[str] = set()
    for line in lines:
        column, label, text = _column(line.text or "")
        if (other := aside(line)) is not None:
            yield other
        elif column is None:
            yield Skip(line.place, OTHER)
        elif column in seen:
            yield Reject(line.place, _TWICE.fill(label=label), column)
        else:
            seen.add(column)
            number = 0 if text.lower() in _NEVER else whole_number(text, most=10**9)
            if number is None:
                yield Reject(line.place, _NUMBER.fill(label=label), column, text[:40])
            else:
                yield Part(line.place, {column: number})


def _column(line: str) -> tuple[str | None, str, str]:
    """The column that a line sets, its label and its value."""
    found = _LINE.fullmatch(line.rstrip()) if len(line) < 300 else None
    if found is not None:
        for column, label in _LABELS.items():
            if label.match(found[1].lower()):
                return column, found[1], found[2] or ""
    return None, "", ""


reader = RecordReader(
    name="net_accounts",
    title=Text("net accounts 的輸出（Windows 密碼原則）", "output of net accounts (Windows password policy)"),
    version=1,
    tables=("password_policies",),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM,),
    excerpt=line_excerpt(),
)
