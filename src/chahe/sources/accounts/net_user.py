r"""What `net user NAME [/domain]` prints of a Windows account, in Traditional Chinese and English.

    User name                    trader1
    Full Name                    Trader One
    Account active               Yes
    Account expires              Never
    Password last set            3/5/2026 12:48:36 AM
    Password required            Yes
    Last logon                   11/20/2026 3:38:56 PM
    Local Group Memberships      *Administrators       *Users
    Global Group memberships     *None
    The command completed successfully.

    使用者名稱             trader1
    帳戶使用中             Yes
    帳戶到期               從不
    上次設定密碼           2026/3/5 上午 12:48:36

A file may hold several such blocks; each is one unit, from `User name` on. An answer like "The user name could not be found"
is a unit of its own and a reject. Labels end where two spaces begin; groups go on in lines that begin with blanks and `*`.

* Dates follow the console's region, and the output does not say which: `3/5/2026` is read month first, unless the setting
  `date_order` says `dmy`. A date that is impossible in that order is refused; the block is then a reject, never turned round.
  Dates that begin with the year need no setting. 上午 12:48 is 00:48.
* Windows cuts group names at 21 characters here; `right_name` is what was printed. The group `None` (every local account's) is
  no right.
* "Account active: Locked" is a passing lock-out: the account stays enabled.
* The account ends at the printed moment, so its last valid day is that of the moment before.
* The system is the setting `system`, else the domain that `/domain` names in its first line.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from chahe.sources.accounts.net_user_blocks import Block, blocks, labels
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
from chahe.sources.reading.text_lines import SYSTEM, Line, head_lines, text_lines
from chahe.sources.reading.windows_dates import DATE_ORDER, local_moment
from chahe.wording import Text

_SYSTEM = Setting(
    SYSTEM.name,
    Text(
        "輸出取自哪台主機；/domain 的輸出若寫明網域可不設",
        "the host it was run on; not needed where /domain names the domain",
    ),
)
_TOP = frozenset({"administrators", "domain admins", "enterprise admins", "schema admins"})
_NEVER = frozenset({"never", "從不", "永不", "永遠不", "從未"})
_ACTIVE = {"yes": True, "是": True, "locked": True, "鎖定": True, "已鎖定": True, "no": False, "否": False}
_YES = {"yes": True, "是": True, "no": False, "否": False}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_NO_BLOCK = Text(
    "檔案裡沒有 net user 的輸出（以「使用者名稱」或 User name 開頭）；請重新匯出",
    "the file holds no output of net user (which begins with `User name`); export it again",
)
_BAD_ORDER = Text(
    "設定 date_order 只能是 mdy 或 dmy，現在是「{value}」；請修改 chahe.toml",
    "the setting date_order is mdy or dmy, not `{value}`; change it in chahe.toml",
)
_FAILED = Text(
    "net user 回報錯誤，這個帳號沒有資料；請確認帳號名稱與權限後重新匯出",
    "net user reported an error and printed no account; check the name and your rights, and export it again",
)
_WHICH_SYSTEM = Text(
    "輸出沒有寫明網域，來源也沒有設定 system；請在 chahe.toml 補上 system",
    "the output names no domain and the source has no `system` set; add it in chahe.toml",
)
_MISSING = Text(
    "這個帳號的輸出缺少「{zh}」（{en}），可能被截斷；請重新匯出",
    "this account's output lacks `{en}` ({zh}); it may be cut, export it again",
)
_TWICE = Text(
    "這個帳號的輸出有兩個「{zh}」；請確認檔案沒有混在一起",
    "this account's output has `{en}` twice; check that two outputs are not mixed",
)
_VALUE = Text(
    "「{zh}」的值讀不懂；請確認輸出是繁體中文或英文，並重新匯出",
    "the value of `{en}` cannot be read; check that the output is Traditional Chinese or English, and export it again",
)
_DATE = Text(
    "「{zh}」的日期讀不懂；若日在月前，請將來源的 date_order 設為 dmy",
    "the date of `{en}` cannot be read; where the day stands before the month, set the source's date_order to dmy",
)
_COLUMNS = {
    "account": "account",
    "full_name": "display_name",
    "active": "enabled",
    "expires": "expires_on",
    "changed": "password_changed_on",
    "required": "password_required",
    "last_used": "last_used_at_us",
    "local_groups": "right_name",
    "global_groups": "right_name",
}


class _Place(NamedTuple):
    """Where and when the output was taken."""

    system: str
    order: str
    zone: ZoneInfo
    observed: datetime


class _Wrong(Exception):
    def __init__(self, why: Text, field: str, value: str | None = None) -> None:
        super().__init__(why.en)
        self.why = why.fill(**labels(field)._asdict())
        self.column = _COLUMNS[field]
        self.value = value


def _recognise(head: Head) -> Match | None:
    for block in blocks(Line(place, text) for place, text in enumerate(head_lines(head), 1)):
        if block.values.keys() >= {"account", "active", "changed"}:
            return Match(90, "the labels of net user")
    return None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    order = context.settings.get(DATE_ORDER.name, "") or "mdy"
    if order not in ("mdy", "dmy"):
        raise Unreadable(_BAD_ORDER.fill(value=order))
    system = context.settings.get("system", "").strip()
    zone = ZoneInfo(context.zone)
    observed = _EPOCH + timedelta(microseconds=context.observed_at_us)
    nth = 0
    for nth, block in enumerate(blocks(text_lines(stream)), 1):
        yield _unit(nth, block, _Place(system or block.domain or "", order, zone, observed))
    if not nth:
        raise Unreadable(_NO_BLOCK, place=1)


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """A block as it was printed, comments left out."""
    block = next(islice(blocks(text_lines(stream)), place - 1, place), None)
    return "" if block is None else "\n".join(block.written).rstrip()


def _unit(nth: int, block: Block, place: _Place) -> Unit:
    if block.failed:
        return Reject(nth, _FAILED)
    if block.unreadable is not None:
        return Reject(nth, block.unreadable)
    if not place.system:
        return Reject(nth, _WHICH_SYSTEM, "system")
    try:
        return Records(nth, _rows(block, place))
    except _Wrong as wrong:
        return Reject(nth, wrong.why, wrong.column, wrong.value)


def _rows(block: Block, place: _Place) -> tuple[Row, ...]:
    for field in block.twice:
        raise _Wrong(_TWICE, field)
    account = _value(block, "account")
    if not account:
        raise _Wrong(_MISSING, "account")
    expires = _moment(block, "expires", place)
    last_used = _moment(block, "last_used", place)
    changed = _moment(block, "changed", place)
    active = _choice(block, "active", _ACTIVE)
    values: dict[str, object] = {
        "system": place.system,
        "account": account,
        "display_name": block.values.get("full_name") or None,
        "enabled": active and not (expires and expires <= place.observed),
        "expires_on": _day(expires - timedelta(microseconds=1), place) if expires else None,
        "password_changed_on": _day(changed, place) if changed else None,
        "password_required": _choice(block, "required", _YES),
        "last_used_at_us": (last_used - _EPOCH) // timedelta(microseconds=1) if last_used else None,
    }
    return (Row("user_accounts", values), *_rights(block, place.system, account))


def _rights(block: Block, system: str, account: str) -> Iterator[Row]:
    seen: set[str] = set()
    for field in ("local_groups", "global_groups"):
        for group in (name.strip() for name in _value(block, field).split("*")):
            if group and group.lower() not in seen | {"none", "無"}:
                seen.add(group.lower())
                top = group.lower() in _TOP
                yield Row(
                    "account_rights",
                    {"system": system, "account": account, "right_name": group, "top_privilege": top},
                )


def _value(block: Block, field: str) -> str:
    if field not in block.values:
        raise _Wrong(_MISSING, field)
    return block.values[field]


def _choice(block: Block, field: str, choices: dict[str, bool]) -> bool:
    text = _value(block, field)
    if text.lower() not in choices:
        raise _Wrong(_VALUE, field, text[:40])
    return choices[text.lower()]


def _moment(block: Block, field: str, place: _Place) -> datetime | None:
    text = _value(block, field)
    if text.lower() in _NEVER:
        return None
    local = local_moment(text, place.order)
    if local is None:
        raise _Wrong(_DATE, field, text[:40])
    return local.replace(tzinfo=place.zone).astimezone(UTC)


def _day(moment: datetime, place: _Place) -> date:
    return moment.astimezone(place.zone).date()


reader = RecordReader(
    name="net_user",
    title=Text("net user 的輸出（Windows 帳號）", "output of net user (Windows accounts)"),
    version=1,
    tables=("user_accounts", "account_rights"),
    recognise=_recognise,
    read=_read,
    settings=(_SYSTEM, DATE_ORDER),
    excerpt=_excerpt,
)
