"""What `chage -l` prints of an account's password ageing (shadow-utils, English).

    trader1
    Last password change                                    : Mar 04, 2026
    Password expires                                        : Jun 02, 2026
    Password inactive                                       : never
    Account expires                                         : Dec 31, 2026
    Minimum number of days between password change          : 0
    Maximum number of days between password change          : 90
    Number of days of warning before password expires       : 7

The command does not print whose account it is. A line before each block may: `trader1`, `== trader1 ==`, `user: trader1`
or the command itself, `# chage -l trader1`. A file of one block without such a line takes the account from the setting
`account`. One block is one unit.

`never` after "Last password change" says that ageing is off and the day unknown, not that the password was never changed;
`password must be changed` asks for a change at the next sign-in, the day unknown, too. Whether the account is locked is not
printed, so `enabled` is known only where the account has expired. The account is disabled from the printed day on, so its
last valid day is the one before. Dates are `Mar 04, 2026`, or `2026-03-04` with `chage --iso8601`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

from chahe.sources.model import (
    Context,
    Head,
    Match,
    RecordReader,
    Records,
    Reject,
    Row,
    Setting,
    Unit,
    Unreadable,
)
from chahe.sources.reading.text_lines import SYSTEM, Line, account_name, head_lines, needed, text_lines
from chahe.wording import Text

_ACCOUNT = Setting(
    "account", Text("檔案沒有寫明帳號時，這份輸出屬於哪個帳號", "whose output this is, where the file does not say")
)
_FIRST = "Last password change"
_LABELS = (
    _FIRST,
    "Password expires",
    "Password inactive",
    "Account expires",
    "Minimum number of days between password change",
    "Maximum number of days between password change",
    "Number of days of warning before password expires",
)
_FIELD = re.compile(r"\s*(" + "|".join(_LABELS) + r")\s*:(.*)", re.DOTALL)
_COMMAND = re.compile(r".*\bchage\s+(?:-l|--list)\s+(?:-i\s+|--iso8601\s+)?(\S+)\s*")
_HEADING = re.compile(
    r"[\s=#*>\[-]*(?:(?:user ?name|user|account|login|帳號|使用者(?:名稱)?)\s*[:：=]\s*)?([^\s:：=]+?)[\s=#*<:：\]-]*",
    re.IGNORECASE,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"(?:(?P<month>[A-Z][a-z]{2}) (?P<day>\d{2}), (?P<year>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))", re.ASCII)
_UNKNOWN = frozenset({"never", "password must be changed"})

_NO_BLOCK = Text(
    "檔案裡沒有 chage -l 的輸出（以 Last password change 開頭）；請以英文環境重新執行並匯出",
    "the file holds no output of chage -l (which begins with `Last password change`); run it again with LC_ALL=C",
)
_WHOSE = Text(
    "這一段沒有寫明是哪個帳號；請在每段前加一行帳號名稱，只有一段時可設定 account",
    "this block does not say whose account it is; put the account on a line before each block, or for a single block "
    "set `account`",
)
_NO_DATE = Text(
    "「{label}」應為 Mar 04, 2026、2026-03-04 或 never；請以 LC_ALL=C 重新執行 chage -l",
    "`{label}` should read like Mar 04, 2026, 2026-03-04 or never; run chage -l again with LC_ALL=C",
)
_MISSING = Text(
    "這一段缺少「{label}」，可能被截斷；請重新匯出",
    "this block lacks `{label}`; it may be cut, export it again",
)
_TWICE = Text(
    "這一段有兩個「{label}」；請確認各帳號的輸出沒有混在一起",
    "this block has `{label}` twice; check that the outputs of two accounts are not mixed",
)


def _recognise(head: Head) -> Match | None:
    labels = {found[1] for line in head_lines(head) if (found := _FIELD.fullmatch(line))}
    return Match(95, "the labels of chage -l") if {_FIRST, "Account expires"} <= labels else None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    system = needed(context, SYSTEM)
    fallback = context.settings.get("account", "").strip() or None
    observed = datetime.fromtimestamp(context.observed_at_us // 1_000_000, UTC).astimezone(ZoneInfo(context.zone))
    place = 0
    for heading, block in _blocks(text_lines(stream)):
        place += 1
        account = _account(heading)
        if account is None:
            # The setting names one account: a second block without a name cannot be the same one.
            account, fallback = fallback, None
        yield _unit(place, system, account, (block, observed.date()))
    if not place:
        raise Unreadable(_NO_BLOCK, place=1)


def _blocks(lines: Iterator[Line]) -> Iterator[tuple[str | None, list[Line]]]:
    """Each block's lines, with the line that stood before it, if any."""
    heading: str | None = None
    block: list[Line] = []
    for line in lines:
        found = _FIELD.fullmatch(line.text) if line.text is not None else None
        if found and found[1] == _FIRST:
            if block:
                yield heading, _fields(block)
                heading = _trailing(block)
            block = [line]
        elif block:
            block.append(line)
        elif line.text is None or line.text.strip():
            heading = line.text
    if block:
        yield heading, _fields(block)


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """A block as it was printed, under the line that says whose it is."""
    heading, block = next(islice(_blocks(text_lines(stream)), place - 1, place), (None, []))
    return "\n".join(text for text in (heading, *(line.text for line in block)) if text)


def _fields(block: list[Line]) -> list[Line]:
    return [line for line in block if line.text is not None and _FIELD.fullmatch(line.text)]


def _trailing(block: list[Line]) -> str | None:
    """The last line of a block that is none of its fields: the next block's heading."""
    others = [line for line in block if line.text is None or (line.text.strip() and not _FIELD.fullmatch(line.text))]
    return others[-1].text if others else None


def _account(heading: str | None) -> str | None:
    if heading is None or len(heading) > 300:
        return None
    found = _COMMAND.fullmatch(heading) or _HEADING.fullmatch(heading)
    return found[1] if found and account_name(found[1]) else None


def _unit(place: int, system: str, account: str | None, block: tuple[list[Line], date]) -> Unit:
    lines, today = block
    if account is None:
        return Reject(place, _WHOSE, "account")
    values: dict[str, str] = {}
    for line in lines:
        found = _FIELD.fullmatch(line.text or "")
        if found and found[1] in values:
            return Reject(place, _TWICE.fill(label=found[1]))
        if found:
            values[found[1]] = found[2].strip()
    days: dict[str, date | None] = {}
    for label, column in ((_FIRST, "password_changed_on"), ("Account expires", "expires_on")):
        if label not in values:
            return Reject(place, _MISSING.fill(label=label), column)
        text = values[label]
        days[column] = _day(text)
        if days[column] is None and text.lower() not in _UNKNOWN:
            return Reject(place, _NO_DATE.fill(label=label), column, text[:40])
    return Records(place, (Row("user_accounts", _row(system, account, days, today)),))


def _row(system: str, account: str, days: dict[str, date | None], today: date) -> dict[str, object]:
    expires = days["expires_on"]
    return {
        "system": system,
        "account": account,
        "password_changed_on": days["password_changed_on"],
        "expires_on": expires - timedelta(1) if expires else None,
        "enabled": False if expires and today >= expires else None,
    }


def _day(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        if found["iso"]:
            day = date.fromisoformat(found["iso"])
        else:
            day = date(int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        return None
    return day if day.year >= 1970 else None


reader = RecordReader(
    name="chage",
    title=Text("chage -l 的輸出（密碼期限）", "output of chage -l (password ageing)"),
    version=1,
    tables=("user_accounts",),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM, _ACCOUNT),
    excerpt=_excerpt,
)
