"""A control's message about one exception, filled in from its row."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from string import Formatter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from chahe.controls.model import Control
from chahe.wording import Lang

_TAIPEI = ZoneInfo("Asia/Taipei")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORMATTER = Formatter()
_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def number(value: Decimal) -> str:
    """A decimal without the zeros its column's scale adds."""
    return f"{value.normalize():f}"


def money(value: Decimal) -> str:
    """An amount of NT$ with its thousands apart."""
    return f"{value.normalize():,f}"


def moment(us: int) -> str:
    """Microseconds since the epoch as an Asia/Taipei clock time; fractions only where there are any."""
    local = (_EPOCH + timedelta(microseconds=us)).astimezone(_TAIPEI)
    text = local.strftime("%Y-%m-%d %H:%M:%S")
    return f"{text}.{local.microsecond:06d}".rstrip("0") if local.microsecond else text


def duration(us: int, lang: Lang) -> str:
    """A length of time in its two largest units."""
    seconds = us / 1_000_000
    words = {"zh": ("天", "小時", "分", "秒"), "en": (" d", " h", " min", " s")}[lang]
    if abs(seconds) < _MINUTE:
        return f"{seconds:g}{words[3]}"
    whole = int(seconds)
    parts = [
        (whole // _DAY, words[0]),
        (whole % _DAY // _HOUR, words[1]),
        (whole % _HOUR // _MINUTE, words[2]),
        (whole % _MINUTE, words[3]),
    ]
    shown = [(number, word) for number, word in parts if number][:2]
    return ("" if lang == "zh" else " ").join(f"{number}{word}" for number, word in shown)


def message(control: Control, row: Mapping[str, object], values: Mapping[str, object], lang: Lang) -> str:
    """The control's message for one exception; `values` are parameters and days, which rows may not shadow.

    Fields are those of `str.format`, with the formats `date`, `moment`, `duration`, `money`, `choice` and `word`; null is a dash.
    Raises KeyError when the message names a column that the row does not have (held by the house tests), and ValueError
    when a format does not fit a value.
    """
    shown: list[str] = []
    for before, field in _parts(control.message(lang)):
        shown.append(before)
        if field is not None:
            value = values[field.name] if field.name in values else row[field.name]
            if isinstance(value, str) and not field.form and field.conversion is None:
                shown.append(value)
            else:
                shown.append(_shown(control, field, value, lang))
    return "".join(shown)


class _Field(NamedTuple):
    name: str
    form: str
    conversion: str | None


@lru_cache(maxsize=256)
def _parts(template: str) -> tuple[tuple[str, _Field | None], ...]:
    """A template as text and the field behind it, if there is one; read once, as a control may speak of thousands."""
    return tuple(
        (before, _Field(name, form or "", conversion) if name is not None else None)
        for before, name, form, conversion in _FORMATTER.parse(template)
    )


def _shown(control: Control, field: _Field, value: object, lang: Lang) -> str:
    value = _FORMATTER.convert_field(value, field.conversion)
    if value is None:
        return "—"
    match field.form, value:
        case "moment", int():
            return moment(value)
        case "duration", int():
            return duration(value, lang)
        case "money", int() | Decimal():
            return money(Decimal(value))
        case "choice", str():
            return _choice(control, field.name, value, lang)
        case "word", str() if value in control.words:
            return control.words[value](lang)
        case (("" | "date"), date()):
            return value.isoformat()
        case "", _:
            return number(value) if isinstance(value, Decimal) else str(value)
    raise ValueError(f"{control.id}: {{{field.name}:{field.form}}} does not fit {value!r}")


def _choice(control: Control, name: str, value: str, lang: Lang) -> str:
    for need in control.needs:
        for column in need.table.columns:
            if column.name == name and value in column.choices:
                return column.choices[value](lang)
    return value
