r"""The Unix password file /etc/shadow (shadow(5)): when passwords were changed, and which accounts are locked.

    root:$6$salt$hash:19783:0:90:7:30::
    daemon:*:19000:0:99999:7:::
    trader1:!$6$salt$hash:19783:0:90:7::20089:

Nine fields: account, password hash, day of the last change, least and most days between changes, days of warning, days of
grace, day the account expires, reserved; days count from 1970-01-01. What the reader makes of them:

* The hash never leaves this module, and no message quotes a field that could be one.
* Day of change 0 asks for a change at the next sign-in, and empty or -1 switches aging off: both leave the day unknown.
* A password field that no crypt(3) result can equal (`*`, `!!`, `!$6$…`, `x`: locked by `!` or `*`, or shorter than 13
  characters) means that no password opens the account. An empty one means that none is needed.
* `enabled` is what this file can say: a password may open the account, the account has not expired on the day of
  observation, and its grace after an expired password is not over. A locked account that still takes an SSH key is not
  seen here; keys are no part of this file.
* The account is disabled from the day in field 8 on (Linux-PAM and shadow-utils compare with >=), so its last valid
  day is the one before. Field 8 = 0 is read either way by different programs (shadow(5) warns of it) and is left out.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from chahe.sources.accounts.colon_lines import are_entries, entries
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Unit
from chahe.sources.reading.text_lines import (
    SYSTEM,
    account_name,
    line_excerpt,
    needed,
    whole_number,
    without_hash,
)
from chahe.wording import Text

_EPOCH = date(1970, 1, 1)
_LAST_DAY = (date.max - _EPOCH).days
_SHORTEST_HASH = 13
"""Characters of the oldest crypt(3) result, DES; every later one is longer."""
_ENTRY = re.compile(r"[^:\s]+:[^:]*(:-?\d{0,9}){6}:[^:]*")

_NIS = Text(
    "NIS 轉接項目，帳號在名稱服務裡；請另外匯出該服務的帳號",
    "an entry that takes accounts in from NIS; export the accounts of that service as well",
)
_FIELDS = Text(
    "/etc/shadow 每行應有 9 欄（8 個冒號），這一行有 {count} 欄；請重新匯出原檔",
    "a line of /etc/shadow has 9 fields (8 colons), this one has {count}; export the file again",
)
_ACCOUNT = Text(
    "第 1 欄不是帳號名稱；請確認這一行沒有錯位",
    "field 1 is not the name of an account; check that the fields of this line are in place",
)
_DAYS = Text(
    "第 {field} 欄應為 1970-01-01 起的天數或空白；請重新匯出原檔",
    "field {field} should be a number of days since 1970-01-01, or empty; export the file again",
)


class _Days(NamedTuple):
    changed: int | None
    most: int | None
    grace: int | None
    expires: int | None


def _recognise(head: Head) -> Match | None:
    if not are_entries(head, _ENTRY):
        return None
    named = "shadow" in head.name.lower()
    return Match(95 if named else 80, "nine fields parted by colons, days in fields 3 to 8")


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    system = needed(context, SYSTEM)
    observed = datetime.fromtimestamp(context.observed_at_us // 1_000_000, UTC).astimezone(ZoneInfo(context.zone))
    today = (observed.date() - _EPOCH).days
    return entries(stream, _NIS, lambda place, fields: _entry(place, fields, system, today))


def _entry(place: int, fields: list[str], system: str, today: int) -> Unit:
    if len(fields) != 9:
        return Reject(place, _FIELDS.fill(count=len(fields)))
    if not account_name(fields[0]):
        return Reject(place, _ACCOUNT, "account")
    days = _days(place, fields)
    if isinstance(days, Reject):
        return days
    return Records(place, (Row("user_accounts", _values(system, fields, days, today)),))


def _days(place: int, fields: list[str]) -> _Days | Reject:
    numbers: list[int | None] = []
    for field, column in ((3, "password_changed_on"), (5, None), (7, None), (8, "expires_on")):
        text = fields[field - 1]
        number = whole_number(text, most=_LAST_DAY)
        if text not in ("", "-1") and number is None:
            # A misplaced hash may stand here: only what looks like a number is quoted.
            shown = text if re.fullmatch(r"[-+.0-9]{1,12}", text) else None
            return Reject(place, _DAYS.fill(field=field), column, shown)
        numbers.append(number)
    return _Days(*numbers)


def _values(system: str, fields: list[str], days: _Days, today: int) -> dict[str, object]:
    password = fields[1]
    password_login = not password or (password[0] not in "!*" and len(password) >= _SHORTEST_HASH)
    return {
        "system": system,
        "account": fields[0],
        "enabled": password_login and not _over(days, today),
        "expires_on": _EPOCH + timedelta(days.expires - 1) if days.expires else None,
        "password_changed_on": _EPOCH + timedelta(days.changed) if days.changed else None,
        "password_required": bool(password),
        "password_login": password_login,
    }


def _over(days: _Days, today: int) -> bool:
    """Has the account expired, or the grace after its expired password?"""
    if days.expires and today >= days.expires:
        return True
    if days.changed and days.most is not None and days.grace is not None:
        return today >= days.changed + days.most + days.grace
    return False


reader = RecordReader(
    name="etc_shadow",
    title=Text("Unix 密碼檔 /etc/shadow", "Unix password file /etc/shadow"),
    version=1,
    tables=("user_accounts",),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM,),
    excerpt=line_excerpt(without_hash),
)
