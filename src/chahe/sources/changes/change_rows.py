"""What exports of change requests in JSON share: texts and moments of nested objects, rows, why a record is rejected. No reader of its own."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

from chahe.rules.roc import UnreadableMoment, read_moment
from chahe.sources.changes.commit_log import commit_moment
from chahe.sources.model import Context, Records, Reject, Row, Setting, Skip, Unit
from chahe.sources.reading.json_records import JsonRecord, json_records
from chahe.wording import Text

CHANGES = "change_requests"
DEPLOYMENTS = "deployments"
SYSTEM = Setting(
    "system",
    Text(
        "這是哪一個系統或程式庫的紀錄；紀錄自己寫明時不需要", "the system or repository, where the records do not say"
    ),
)
_SHOWN = 80
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECRETS = ("password", "passwd", "token", "secret", "private_key", "api_key", "authorization")
"""Names under which an export may hold what must not be shown."""

BAD_MOMENT = Text(
    "「{name}」的值「{value}」不是認得的時間；請由原系統重新匯出，不要以試算表改存",
    "{name}: “{value}” is no time that is known; export it again from the system, without a spreadsheet in between",
)
MISSING = Text(
    "這一筆沒有「{name}」，無法對應；請匯出時包含該欄位",
    "this record has no {name} and cannot be told; export it with that field",
)

Value = Callable[[Mapping[str, object]], Unit | None]


class Unfit(Exception):
    """A record that cannot be taken; it carries what becomes of it."""

    def __init__(self, why: Text, column: str, value: str | None = None) -> None:
        super().__init__(why.en)
        self.why = why
        self.column = column
        self.value = value


def at(value: object, *names: str) -> object:
    """What stands at a path of names in nested objects; null where a name is missing."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def text(value: object, *names: str) -> str | None:
    """The text or whole number at a path; null where there is none."""
    found = at(value, *names)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return None
    return _clean(str(found)) or None


def first(value: object, *names: str) -> str | None:
    """The first of several names of one object that holds a text."""
    return next((found for name in names if (found := text(value, name))), None)


def listed(value: object, *names: str) -> list[object]:
    """The list at a path; empty where there is none. (`nodes` of GraphQL are looked into.)"""
    found = at(value, *names)
    if isinstance(found, Mapping) and isinstance(found.get("nodes"), list):
        found = found["nodes"]
    return found if isinstance(found, list) else []


def joined(texts: Iterable[str | None], parting: str = ", ") -> str | None:
    """Texts without doubles, in their order; null where there is none."""
    return parting.join(dict.fromkeys(one for one in texts if one)) or None


def moment(value: object, name: str, column: str, zone: str) -> int | None:
    """Microseconds UTC of the time under that name; null where there is none. Raises Unfit."""
    written = text(value, name)
    if written is None:
        return None
    told = commit_moment(written, zone)
    if told is None:
        try:
            return read_moment(written, zone)
        except UnreadableMoment:
            raise Unfit(BAD_MOMENT.fill(name=name, value=written[:_SHOWN]), column, written[:_SHOWN]) from None
    return told


def change(values: Mapping[str, object], zone: str) -> Row:
    """A row of `change_requests`; the day of each moment, which is all that a paper form has, is added."""
    days: dict[str, object] = {}
    for name in ("requested", "approved", "tested", "closed"):
        at_us = values.get(f"{name}_at_us")
        if isinstance(at_us, int):
            days[f"{name}_on"] = (_EPOCH + timedelta(microseconds=at_us)).astimezone(ZoneInfo(zone)).date()
    return Row(CHANGES, {**values, **days})


def needed_text(value: object, name: str, column: str) -> str:
    """The text under that name. Raises Unfit where there is none."""
    found = text(value, name)
    if found is None:
        raise Unfit(MISSING.fill(name=name), column)
    return found


def _clean(written: str) -> str:
    return written.replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()


def records(
    stream: BinaryIO, context: Context, row_of: Callable[[Mapping[str, object], Context], Row | Text]
) -> Iterator[Unit]:
    """One unit for each object: its row, or why it holds none for our tables, or why it cannot be read."""
    for record in json_records(stream):
        if not isinstance(record, JsonRecord):
            yield record
            continue
        value = record.value()
        yield value if isinstance(value, Reject) else _unit(record.place, value, context, row_of)


def _unit(
    place: int,
    value: Mapping[str, object],
    context: Context,
    row_of: Callable[[Mapping[str, object], Context], Row | Text],
) -> Unit:
    try:
        row = row_of(value, context)
    except Unfit as unfit:
        return Reject(place, unfit.why, unfit.column, unfit.value)
    return Records(place, (row,)) if isinstance(row, Row) else Skip(place, row)


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The object at a place without what must not be shown; empty where there is none."""
    for record in islice(json_records(stream), place - 1, place):
        value = record.value() if isinstance(record, JsonRecord) else None
        if isinstance(value, Mapping):
            return json.dumps(_hidden(value), ensure_ascii=False, indent=1, default=str)
    return ""


def _hidden(value: object) -> object:
    if isinstance(value, Mapping):
        return {
            name: "…" if any(word in str(name).lower() for word in _SECRETS) else _hidden(one)
            for name, one in value.items()
        }
    return [_hidden(one) for one in value] if isinstance(value, list) else value
