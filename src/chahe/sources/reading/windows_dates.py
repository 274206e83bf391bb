"""Dates as a Windows console prints them: year first, month first or day first; 上午/下午 or AM/PM; or 24 hours."""

import re
from datetime import datetime

from chahe.sources.model import Setting
from chahe.wording import Text

DATE_ORDER = Setting(
    "date_order",
    Text(
        "年在最後的日期怎麼讀：mdy（月/日/年，預設）或 dmy（日/月/年）",
        "how a date that ends in the year is read: mdy (month first; the default) or dmy (day first)",
    ),
)
_INVISIBLE = str.maketrans({"\u200e": None, "\u200f": None, "\u202f": " ", "\u00a0": " "})
"""Direction marks and narrow blanks that newer Windows puts into dates."""
_HALF = r"(?P<{name}>上午|下午|AM|PM|A\.M\.|P\.M\.)"
_MOMENT = re.compile(
    r"(?P<one>\d{1,4})[/.-](?P<two>\d{1,2})[/.-](?P<three>\d{1,4})"
    r"(?: +(?:" + _HALF.format(name="before") + r" *)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?: *" + _HALF.format(name="after") + r")?)?",
    re.IGNORECASE | re.ASCII,
)
_AFTERNOON = frozenset({"下午", "PM", "P.M."})


def local_moment(text: str, order: str) -> datetime | None:
    """The moment, without a zone; null where the text is none. `order` is 'mdy' or 'dmy', for years that come last."""
    found = _MOMENT.fullmatch(text.translate(_INVISIBLE).strip()) if len(text) < 60 else None
    if found is None:
        return None
    one, two, three = found["one"], found["two"], found["three"]
    if len(one) == 4 and len(three) <= 2:
        year, month, day = one, two, three
    elif len(one) <= 2 and len(three) == 4:
        year = three
        month, day = (one, two) if order == "mdy" else (two, one)
    else:
        return None
    hour = _hour(int(found["hour"] or 0), found["before"] or found["after"])
    try:
        moment = datetime(int(year), int(month), int(day), hour, int(found["minute"] or 0), int(found["second"] or 0))  # noqa: DTZ001 - the zone is the caller's
    except ValueError:
        return None
    return moment if moment.year >= 1970 else None


def _hour(hour: int, half: str | None) -> int:
    """The hour of 24; -1 where half and hour cannot go together."""
    if half is None:
        return hour
    if half.upper() in _AFTERNOON:
        if hour == 0:
            return -1
        return hour + 12 if hour < 12 else hour
    return 0 if hour == 12 else hour if hour < 12 else -1
