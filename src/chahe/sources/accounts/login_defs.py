"""The password defaults of shadow-utils, /etc/login.defs (login.defs(5)).

    PASS_MAX_DAYS   90
    PASS_MIN_DAYS   0
    PASS_MIN_LEN    8
    PASS_WARN_AGE   7

Each line is one unit. PASS_MAX_DAYS is the greatest age of a new account's password (accounts made earlier keep their own, see
/etc/shadow), PASS_MIN_LEN the least length. A system whose passwords are changed through PAM takes the length from its PAM
modules and ignores PASS_MIN_LEN; both rows are kept apart by `setting_source`. -1 switches a limit off: greatest age -1
is read as 0, never. Where a name stands twice the later line counts. LOGIN_RETRIES ends a connection and locks nobody out; it
is not read as a lock-out.
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

_COLUMNS = {"PASS_MAX_DAYS": "max_age_days", "PASS_MIN_LEN": "min_length"}
_NAME = re.compile(r"\s*([A-Z][A-Z0-9_]*)(?:\s+(.*))?", re.DOTALL)
_SIGNS = frozenset({"PASS_MAX_DAYS", "PASS_MIN_DAYS", "PASS_MIN_LEN", "PASS_WARN_AGE"})

_SYNTAX = Text(
    "這一行不是「名稱 值」；請確認這是 /etc/login.defs 原檔",
    "this line is no `NAME value`; check that this is /etc/login.defs as it stands on the system",
)
_NUMBER = Text(
    "{name} 的值應為整數（-1 表示不限制）；請在系統上改正後重新匯出",
    "the value of {name} should be a whole number (-1 for no limit); correct it on the system and export it again",
)


def _recognise(head: Head) -> Match | None:
    names = {found[1] for line in head_lines(head) if (found := _NAME.fullmatch(line[:200]))}
    signs = _SIGNS & names
    if not signs or not (names - _SIGNS or head.name.lower().startswith("login.defs")):
        return None
    return Match(95 if "login.defs" in head.name.lower() else 70, f"sets {', '.join(sorted(signs))}")


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    fates = (_fate(line) for line in text_lines(stream))
    yield from policy(whole(fates), system=needed(context, SYSTEM), source="login.defs")


def _fate(line: Line) -> Part | Skip | Reject:
    if (other := aside(line)) is not None:
        return other
    found = _NAME.fullmatch(line.text or "")
    if found is None:
        return Reject(line.place, _SYNTAX)
    column = _COLUMNS.get(found[1])
    if column is None:
        return Skip(line.place, OTHER)
    text = (found[2] or "").strip()
    number = 0 if text == "-1" else whole_number(text, most=10**9)
    # shadow-utils reads a leading zero as octal: such a number is not what it seems.
    if number is None or (text.startswith("0") and text != "0"):
        return Reject(line.place, _NUMBER.fill(name=found[1]), column, text[:40])
    return Part(line.place, {column: number})


reader = RecordReader(
    name="login_defs",
    title=Text("Linux 密碼預設 /etc/login.defs", "Linux password defaults /etc/login.defs"),
    version=1,
    tables=("password_policies",),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM,),
    excerpt=line_excerpt(),
)
