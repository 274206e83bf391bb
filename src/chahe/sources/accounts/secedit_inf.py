r"""Windows' security settings as `secedit /export /cfg FILE` writes them, and a group policy's GptTmpl.inf: UTF-16 INF.

    [Unicode]
    Unicode=yes
    [System Access]
    MinimumPasswordLength = 7
    MaximumPasswordAge = 42
    PasswordComplexity = 1
    LockoutBadCount = 5

Each line is one unit. Only section [System Access] is read. MaximumPasswordAge -1 is read as 0, never; LockoutBadCount 0 locks
nobody out. Complexity in Windows means three kinds of characters.
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

_COLUMNS = {
    "minimumpasswordlength": "min_length",
    "maximumpasswordage": "max_age_days",
    "lockoutbadcount": "lockout_attempts",
    "passwordcomplexity": "complexity",
}
_SECTION = re.compile(r"\s*\[([^\]]*)\]\s*")

_HEADING = Text("區段標題", "the heading of a section")
_NUMBER = Text(
    "{name} 的值讀不懂，應為整數（PasswordComplexity 為 0 或 1）；請重新匯出",
    "the value of {name} cannot be read; it should be a whole number (PasswordComplexity: 0 or 1); export it again",
)
_TWICE = Text(
    "{name} 出現兩次；請確認檔案沒有合併過，重新匯出",
    "{name} is set twice; check that no two files were joined, and export it again",
)


def _recognise(head: Head) -> Match | None:
    lines = [line.strip().lower() for line in head_lines(head)]
    if "[system access]" not in lines:
        return None
    named = [name for name in _COLUMNS if any(re.match(rf"{name}\s*=", line) for line in lines)]
    return Match(95, "section [System Access] of a security template") if named else None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    system = needed(context, SYSTEM)
    yield from policy(whole(_fates(text_lines(stream))), system=system, source="secedit")


def _fates(lines: Iterator[Line]) -> Iterator[Part | Skip | Reject]:
    section = ""
    seen: set[str] = set()
    for line in lines:
        if (other := aside(line, ";")) is not None:
            yield other
        elif heading := _SECTION.fullmatch((line.text or "")[:300]):
            section = heading[1].strip().lower()
            yield Skip(line.place, _HEADING)
        elif section != "system access":
            yield Skip(line.place, OTHER)
        else:
            yield _setting(line.place, line.text or "", seen)


def _setting(place: int, line: str, seen: set[str]) -> Part | Skip | Reject:
    written, _, text = (part.strip() for part in line.partition("="))
    name = written.lower()
    column = _COLUMNS.get(name)
    if column is None:
        return Skip(place, OTHER)
    if name in seen:
        return Reject(place, _TWICE.fill(name=written), column)
    seen.add(name)
    if column == "complexity":
        if text not in ("0", "1"):
            return Reject(place, _NUMBER.fill(name=written), column, text[:40])
        return Part(place, {"complexity": text == "1", "min_classes": 3 if text == "1" else None})
    number = 0 if text == "-1" and column == "max_age_days" else whole_number(text, most=10**9)
    if number is None:
        return Reject(place, _NUMBER.fill(name=written), column, text[:40])
    return Part(place, {column: number})


reader = RecordReader(
    name="secedit_inf",
    title=Text("secedit 匯出的安全性設定（INF）", "security settings exported by secedit (INF)"),
    version=1,
    tables=("password_policies",),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM,),
    excerpt=line_excerpt(),
)
