"""The times of vulnerability reports as scanners write them. No reader of its own.

Those without a zone are in the zone of the context; day and month names may be English, Chinese, Japanese or German, since
some tools write them in the language of the desktop they ran on.

    Wed Mar 23 14:31:51 2022          2021-03-12T12:34:30.12031+00:00   2023-09-28T14:48:02Z   2024-03-18 12:46:31
    Tue, 12 May 2020 20:57:30         週二, 12 5月 2020 20:57:30        Jan 5, 2021 10:24:08 MST
    04 Feb 2026 10:00AM GMT-0500      Feb 03, 2026 07:00 AM             05/25/2021 07:36:58

Dates parted by slashes are Qualys': the month comes first there, whatever the desktop.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_LONGEST: Final = 60
_CLOCK: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\.(?P<fraction>\d{1,9}))?(?: ?(?P<half>AM|PM))?"
)
_ZONE: Final = r"(?: *\(?(?P<zone>Z|UTC|GMT|(?:GMT|UTC)?[+-]\d\d:?\d\d|[A-Z]ST|[A-Z]DT)\)?)?"
_MONTH: Final = r"(?P<name>[^\W\d_]{3,9}\.?|\d{1,2}月|[一二三四五六七八九十]{1,2}月)"
_DAY_NAME: Final = r"(?:[^\W\d_]{1,4}\.?,? +)?"
_FORMS: Final = tuple(
    re.compile(form, re.ASCII if form.isascii() and "^" not in form else 0)
    for form in (
        rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)[T ]+{_CLOCK}{_ZONE}",
        rf"(?:[A-Z][a-z]{{2}},? +)?(?P<name>[A-Z][a-z]{{2}}) +(?P<day>\d{{1,2}}) +{_CLOCK} +(?P<year>\d{{4}}){_ZONE}",
        rf"{_DAY_NAME}(?P<day>\d{{1,2}})\.? +{_MONTH} +(?P<year>\d{{4}}),? +{_CLOCK}{_ZONE}",
        rf"(?P<name>[A-Z][a-z]{{2}}) +(?P<day>\d{{1,2}}), +(?P<year>\d{{4}}),? +{_CLOCK}{_ZONE}",
        rf"(?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{{4}})(?: at)? +{_CLOCK}{_ZONE}",
    )
)
_MONTHS: Final = {
    name: at
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jan feb mär apr mai jun jul aug sep okt nov dez",
        "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
        "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    )
    for at, name in enumerate(names.split(), 1)
}
_OFFSETS: Final = {
    name: timezone(timedelta(hours=hours))
    for name, hours in {"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9}.items()
}
"""Abbreviations with one meaning; CST is Chinese or Central time, and read by the zone of the context."""


def moment(text: str, zone: str) -> int:
    """Microseconds since 1970-01-01T00:00:00Z. ValueError or OverflowError where the text is no such time."""
    written = text.strip()
    for form in _FORMS if len(written) <= _LONGEST else ():
        if found := form.fullmatch(written):
            return (_read(found, zone) - _EPOCH) // _MICROSECOND
    raise ValueError(text)


def utc(moment_us: int) -> str:
    """ISO 8601 to the second, as scan numbers show it."""
    return (_EPOCH + moment_us * _MICROSECOND).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(found: re.Match[str], zone: str) -> datetime:
    parts = found.groupdict()
    if "name" in parts:
        named = parts["name"].rstrip(".").lower()
        if named not in _MONTHS:
            raise ValueError(named)
        month = _MONTHS[named]
    else:
        month = int(parts["month"])
    hour = int(parts["hour"])
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(parts["hour"])
        hour = hour % 12 + (12 if parts["half"] == "PM" else 0)
    micro = int(((parts["fraction"] or "") + "000000")[:6])
    day = (int(parts["year"]), month, int(parts["day"]))
    return datetime(
        *day, hour, int(parts["minute"]), int(parts["second"] or 0), micro, tzinfo=_zone(parts["zone"], zone)
    )


def _zone(written: str | None, zone: str) -> tzinfo:
    if written in {"Z", "UTC", "GMT"}:
        return UTC
    if written is None or written == "CST":
        return ZoneInfo(zone)
    offset = written.removeprefix("GMT").removeprefix("UTC")
    if offset[:1] in {"+", "-"}:
        return datetime.strptime(offset, "%z").tzinfo or UTC
    if written not in _OFFSETS:
        raise ValueError(written)
    return _OFFSETS[written]
