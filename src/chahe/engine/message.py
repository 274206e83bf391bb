"""A control's message about one exception, filled in from its row."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from string import Formatter
from zoneinfo import ZoneInfo

from chahe.controls.model import Control
from chahe.wording import Lang

_TAIPEI = ZoneInfo("Asia/Taipei")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def number(value: Decimal) -> str:
    """A decimal without the zeros its column's scale adds."""
    return f"{value.normalize():f}"


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

    Raises KeyError when the message names a column that the row does not have (held by the house tests).
    """
    return _MessageFormatter(control, lang).vformat(control.message(lang), (), {**row, **values})


class _MessageFormatter(Formatter):
    """`str.format` with the formats `date`, `moment`, `duration`, `choice` and `word`, and a dash for null."""

    def __init__(self, control: Control, lang: Lang) -> None:
        self.control = control
        self.lang = lang
        self.field = ""

    def get_field(self, field_name: str, args: object, kwargs: Mapping[str, object]) -> tuple[object, str]:
        del args
        self.field = field_name
        return kwargs[field_name], field_name

    def format_field(self, value: object, format_spec: str) -> str:
        if value is None:
            return "—"
        match format_spec, value:
            case "moment", int():
                return moment(value)
            case "duration", int():
                return duration(value, self.lang)
            case "choice", str():
                return self._choice(value)
            case "word", str() if value in self.control.words:
                return self.control.words[value](self.lang)
            case (("" | "date"), date()):
                return value.isoformat()
            case "", Decimal():
                return number(value)
            case "", _:
                return str(value)
        raise ValueError(f"{self.control.id}: {{{self.field}:{format_spec}}} does not fit {value!r}")

    def _choice(self, value: str) -> str:
        for need in self.control.needs:
            for column in need.table.columns:
                if column.name == self.field and value in column.choices:
                    return column.choices[value](self.lang)
        return value
