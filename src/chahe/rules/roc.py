"""Calendar days and moments as Taiwanese records write them, in Gregorian or ROC years (ROC year = year - 1911).

    2026-11-22   2026/11/22   20261122   2026年11月22日   115/11/22   115.11.22   1151122   民國115年11月22日
    中華民國一一五年十一月二十二日   2026-11-22T09:00:00+08:00   115/11/22 上午 09:00   20261122 090000

What could mean two days is refused, never guessed: 11/22/2026 (day or month first) and a two-digit year between separators
(99/01/02 is 2010 to some and 1999 to others; written 099/01/02, 民國99/01/02 or 99年1月2日 it is ROC beyond doubt).
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from chahe.wording import Text

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 60
"""Characters; nothing longer is a date, and no pattern is tried on it."""

_ERA = r"(?P<era>中華民國|民國|R\.?O\.?C\.?|西元|公元)?\s*"
_SEPARATED = re.compile(
    _ERA + r"(?P<y>[0-9]{1,4})\s*(?P<sep>[/.\-])\s*(?P<m>[0-9]{1,2})\s*(?P=sep)\s*(?P<d>[0-9]{1,2})", re.IGNORECASE
)
_NUMBER = r"(?:[0-9]{1,4}|[〇○零元一二三四五六七八九十百千廿卅壹貳參肆伍陸柒捌玖拾佰]{1,8})"
_WRITTEN = re.compile(
    _ERA + rf"(?P<y>{_NUMBER})\s*年\s*(?P<m>{_NUMBER})\s*月\s*(?P<d>{_NUMBER})\s*[日號]", re.IGNORECASE
)
_BACKWARD = re.compile(r"[0-9]{1,2}\s*[/.\-]\s*[0-9]{1,2}\s*[/.\-]\s*[0-9]{3,4}")
_HALF = r"上午|下午|[AP]\.?M\.?"
_MOMENT = re.compile(
    rf"(?P<day>.+?)(?:T|\s+|(?<=[日號])|(?={_HALF}))\s*(?P<half>{_HALF})?\s*"
    r"(?:(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,](?P<fraction>[0-9]{1,9}))?"
    r"|(?P<hours>[0-9]{1,2})\s*[時點]\s*(?:(?P<minutes>[0-9]{1,2})\s*分\s*(?:(?P<seconds>[0-9]{1,2})\s*秒)?)?"
    r"|(?P<compact>[0-9]{6}))"
    rf"\s*(?P<after>{_HALF})?\s*(?P<zone>Z|UTC|GMT|[+-][0-9]{{2}}(?::?[0-9]{{2}})?)?",
    re.IGNORECASE,
)
_DIGITS = {character: index // 2 for index, character in enumerate("〇零一壹二貳三參四肆五伍六陸七柒八捌九玖")} | {
    "○": 0
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000}
_SHORT_TENS = {"廿": 20, "卅": 30}

_NO_DAY = Text(
    "「{value}」不是看得懂的日期；請寫成 2026-11-22、115/11/22 或 民國115年11月22日",
    "“{value}” is no date that can be read; write 2026-11-22, 115/11/22 or 民國115年11月22日",
)
_TWO_DIGITS = Text(
    "「{value}」的年份只有一、二位數，可能是民國也可能是西元；請寫成三位數的民國年（099/01/02）或四位數的西元年（2010/01/02）",
    "“{value}” has a year of one or two digits, ROC or Gregorian; write a three-digit ROC year (099/01/02) or a four-digit year (2010/01/02)",
)
_ORDER = Text(
    "「{value}」的年份在最後，分不出月與日的先後；請把年份寫在最前面，例如 2026/11/22",
    "“{value}” ends with the year, so month and day cannot be told apart; write the year first, as in 2026/11/22",
)
_SIX_DIGITS = Text(
    "「{value}」是六位數，分不出是民國還是西元；請寫成 20261122 或 1151122",
    "“{value}” has six digits, ROC or Gregorian cannot be told; write 20261122 or 1151122",
)
_SERIAL = Text(
    "「{value}」像是 Excel 的日期序號；請把該欄設成日期格式後重新匯出",
    "“{value}” looks like Excel's serial number of a day; format the column as dates and export it again",
)
_YEAR = Text(
    "「{value}」的年份不在可接受的範圍（民國 1 至 999 年，西元 1900 至 9999 年）；請更正年份",
    "the year of “{value}” is out of range (ROC 1 to 999, Gregorian 1900 to 9999); correct the year",
)
_NO_SUCH_DAY = Text(
    "「{value}」在曆法上不存在；請更正月或日", "“{value}” does not exist in the calendar; correct its month or day"
)
_NO_MOMENT = Text(
    "「{value}」不是看得懂的時間；請寫成 2026-11-22 09:00:00 或 115/11/22 上午 09:00",
    "“{value}” is no time that can be read; write 2026-11-22 09:00:00 or 115/11/22 上午 09:00",
)
_DAY_ALONE = Text(
    "「{value}」只有日期，沒有時刻；請補上時刻，例如 2026-11-22 09:00",
    "“{value}” is a day without a time of day; add it, as in 2026-11-22 09:00",
)
_BARE_NUMBER = Text(
    "「{value}」只是數字，不接受 Unix 時間等無從辨認的寫法；請寫成 2026-11-22 09:00:00",
    "“{value}” is a bare number; Unix time and the like are not read; write 2026-11-22 09:00:00",
)
_NO_SUCH_TIME = Text(
    "「{value}」的時刻不存在；請更正時、分或秒",
    "the time of day of “{value}” does not exist; correct hour, minute or second",
)
_HALF_DAY = Text(
    "「{value}」用上午／下午時，小時應為 1 至 12；請更正",
    "“{value}” uses a.m. or p.m., so its hour is 1 to 12; correct it",
)
_FOLD = Text(
    "「{value}」在時區 {zone} 的日光節約時間切換時不存在或出現兩次；請寫明時差，例如 +08:00",
    "“{value}” does not exist or exists twice in {zone}, where the clock changed; write the offset, as in +08:00",
)


class UnreadableDay(ValueError):
    """A text that is no calendar day, or could be two. `text` says why and what to write instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UnreadableMoment(ValueError):
    """A text that is no moment, or could be two. `text` says why and what to write instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read_day(text: str | date) -> date:
    """The calendar day that is written; an Excel value (`datetime`) gives its day.

    Full-width digits and blanks around separators do not matter. Raises UnreadableDay.
    """
    if isinstance(text, datetime):
        return text.date()
    if isinstance(text, date):
        return text
    written = unicodedata.normalize("NFKC", text).strip()
    if len(written) <= _LONGEST:
        if found := _SEPARATED.fullmatch(written):
            return _separated(found, written)
        if found := _WRITTEN.fullmatch(written):
            return _written(found, written)
        if written.isascii() and written.isdigit():
            return _compact(written)
        if _BACKWARD.fullmatch(written):
            raise UnreadableDay(_ORDER.fill(value=written))
    raise UnreadableDay(_NO_DAY.fill(value=written[:_LONGEST]))


def read_moment(text: str, zone: str) -> int:
    """The moment that is written, in microseconds since 1970-01-01T00:00:00Z; `zone` is used where it names none.

    Fractions finer than a microsecond are cut. 24:00 is the end of the day. 上午 12:30 is 00:30, as Windows writes it.
    Raises UnreadableMoment.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if written.isascii() and written.isdigit():
        if len(written) != 14:
            raise UnreadableMoment((_DAY_ALONE if _is_day(written) else _BARE_NUMBER).fill(value=written[:_LONGEST]))
        written = f"{written[:8]} {written[8:]}"
    found = _MOMENT.fullmatch(written) if len(written) <= _LONGEST else None
    if found is None:
        raise UnreadableMoment((_DAY_ALONE if _is_day(written) else _NO_MOMENT).fill(value=written[:_LONGEST]))
    try:
        day = read_day(found["day"])
    except UnreadableDay as problem:
        raise UnreadableMoment(problem.text) from problem
    try:
        local = datetime(day.year, day.month, day.day) + _since_midnight(found, written)  # noqa: DTZ001 - the zone follows
    except OverflowError as problem:
        raise UnreadableMoment(_YEAR.fill(value=written)) from problem
    return moment_of(local, zone, offset=_offset(found["zone"], written))


def moment_of(local: datetime, zone: str, *, offset: timedelta | None = None) -> int:
    """Microseconds since 1970-01-01T00:00:00Z of a clock reading in `zone`, or at `offset` where that is known.

    A reading with its own zone keeps it. Raises UnreadableMoment where the clock shows it never or twice.
    """
    if local.tzinfo is not None:
        return (local - _EPOCH) // timedelta(microseconds=1)
    if offset is None:
        before = local.replace(tzinfo=ZoneInfo(zone))
        offset = before.utcoffset()
        if offset is None or offset != before.replace(fold=1).utcoffset():
            raise UnreadableMoment(_FOLD.fill(value=local.isoformat(" "), zone=zone))
    return (local.replace(tzinfo=UTC) - _EPOCH - offset) // timedelta(microseconds=1)


def _is_day(written: str) -> bool:
    try:
        read_day(written)
    except UnreadableDay:
        return False
    return True


def _separated(found: re.Match[str], written: str) -> date:
    digits = found["y"]
    if found["era"] is None and len(digits) < 3:
        raise UnreadableDay(_TWO_DIGITS.fill(value=written))
    year = _year(found["era"], int(digits), len(digits), written)
    return _day(year, int(found["m"]), int(found["d"]), written)


def _written(found: re.Match[str], written: str) -> date:
    numbers = [_number(found[part]) for part in ("y", "m", "d")]
    if None in numbers:
        raise UnreadableDay(_NO_DAY.fill(value=written))
    year, month, day = (number or 0 for number in numbers)
    return _day(_year(found["era"], year, len(str(year)), written), month, day, written)


def _compact(written: str) -> date:
    match len(written):
        case 8:
            return _day(_year(None, int(written[:4]), 4, written), int(written[4:6]), int(written[6:]), written)
        case 7:
            return _day(_year(None, int(written[:3]), 3, written), int(written[3:5]), int(written[5:]), written)
        case 6:
            raise UnreadableDay(_SIX_DIGITS.fill(value=written))
        case 5:
            raise UnreadableDay(_SERIAL.fill(value=written))
    raise UnreadableDay(_NO_DAY.fill(value=written))


def _year(era: str | None, year: int, digits: int, written: str) -> int:
    """The Gregorian year; without an era, four digits are Gregorian and fewer are ROC."""
    gregorian = era in ("西元", "公元") or (era is None and digits == 4)
    if gregorian and not 1900 <= year <= 9999:
        raise UnreadableDay(_YEAR.fill(value=written))
    if not gregorian and not 1 <= year <= 999:
        raise UnreadableDay(_YEAR.fill(value=written))
    return year if gregorian else year + 1911


def _day(year: int, month: int, day: int, written: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise UnreadableDay(_NO_SUCH_DAY.fill(value=written)) from problem


def _number(text: str) -> int | None:
    """An Arabic or Chinese numeral (一一五, 一百一十五, 廿二, 元), or None if it is malformed."""
    if text.isascii():
        return int(text)
    if text == "元":
        return 1
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit, limit = 0, None, 10_000
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
            continue
        unit = _UNITS.get(character, 10 if character in _SHORT_TENS else 0)
        if not 0 < unit < limit or (character in _SHORT_TENS and digit):
            return None
        total += _SHORT_TENS.get(character, (digit or 1) * unit)
        digit, limit = None, unit
    return total + (digit or 0)


def _since_midnight(found: re.Match[str], written: str) -> timedelta:
    hour, minute, second = _clock(found)
    half = (found["half"] or found["after"] or "").upper().replace(".", "")
    if found["half"] and found["after"]:
        raise UnreadableMoment(_NO_MOMENT.fill(value=written))
    if half:
        if not 1 <= hour <= 12:
            raise UnreadableMoment(_HALF_DAY.fill(value=written))
        hour = hour % 12 + (12 if half in ("下午", "PM") else 0)
    micro = int((found["fraction"] or "0").ljust(6, "0")[:6])
    if (hour, minute, second, micro) != (24, 0, 0, 0) and (hour > 23 or minute > 59 or second > 59):
        raise UnreadableMoment(_NO_SUCH_TIME.fill(value=written))
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    if found["clock"]:
        hour, minute, *second = (int(part) for part in found["clock"].split(":"))
        return hour, minute, second[0] if second else 0
    if found["compact"]:
        compact = found["compact"]
        return int(compact[:2]), int(compact[2:4]), int(compact[4:])
    return int(found["hours"]), int(found["minutes"] or 0), int(found["seconds"] or 0)


def _offset(zone: str | None, written: str) -> timedelta | None:
    if zone is None:
        return None
    if zone.upper() in ("Z", "UTC", "GMT"):
        return timedelta(0)
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    if hours > 14 or minutes > 59:
        raise UnreadableMoment(_NO_MOMENT.fill(value=written))
    return (timedelta(hours=hours, minutes=minutes)) * (-1 if zone[0] == "-" else 1)
