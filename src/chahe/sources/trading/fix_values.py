"""Values of FIX fields, read strictly: UTC timestamps, prices, quantities and codes.

Python's own int() and Decimal() would also take `3_00`, `NaN`, `1e5` and full-width digits; FIX has none of these.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

_TIMESTAMP = re.compile(r"\d{8}-\d{2}:\d{2}:\d{2}", re.ASCII)
_NUMBER = re.compile(r"(-?)0*([0-9]{0,18})(?:\.([0-9]{0,20}?)0*)?")
_PREFIX = re.compile(
    rb"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})[-T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9})(?:_(\d{1,3}))?)?"
    rb" ?(Z|[+-]\d{2}:?\d{2})?"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_QUANTITY = (1 << 63) - 1


def utc_us(text: str) -> int | None:
    """UTCTimestamp `20260304-01:23:45[.123[456[789]]]` as microseconds (finer digits cut off); null where it is none.

    A leap second (:60) is the first moment of the next minute.
    """
    base = _second(text[:17])
    if base is None:
        return None
    fraction = text[17:]
    if not fraction:
        return base
    digits = fraction[1:]
    if fraction[0] != "." or not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        return None
    return base + int(digits[:6].ljust(6, "0"))


@lru_cache(maxsize=1 << 16)
def price(text: str) -> Decimal | None:
    """A FIX float with at most 14 digits before and, zeros aside, 4 after its point; null where it is none."""
    found = _NUMBER.fullmatch(text)
    if found is None or not text.strip("-."):
        return None
    whole, fraction = found[2], found[3] or ""
    return Decimal(f"{found[1]}{whole or '0'}.{fraction or '0'}") if len(whole) <= 14 and len(fraction) <= 4 else None


@lru_cache(maxsize=1 << 16)
def quantity(text: str) -> int | None:
    """A whole number of shares, not negative, however many zeros follow its point; null where it is none."""
    found = _NUMBER.fullmatch(text)
    if found is None or not text.strip("-.") or found[1] or found[3]:
        return None
    number = int(found[2] or "0")
    return number if number <= _MOST_QUANTITY else None


def prefix_us(prefix: bytes, zone: ZoneInfo) -> int | None:
    """The time that a log line begins with, before the message; null where there is none. Without an offset it is `zone`'s.

    Reads `2026-03-04 09:23:45.123456`, `20260304-09:23:45`, `2026-03-04T01:23:45Z` and `09:23:45.123_456`.
    """
    found = _PREFIX.search(prefix[:80])
    if found is None:
        return None
    *parts, fraction, finer, offset = found.groups(b"")
    base = _line_second(tuple(parts), offset, zone)
    return None if base is None else base + int((fraction + finer)[:6].ljust(6, b"0"))


@lru_cache(maxsize=1 << 12)
def _line_second(parts: tuple[bytes, ...], offset: bytes, zone: ZoneInfo) -> int | None:
    year, month, day, hour, minute, second = (int(part) for part in parts)
    try:
        local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_zone(offset.decode(), zone))
        microseconds = (local - _EPOCH) // timedelta(microseconds=1)
    except (ValueError, OverflowError):
        return None
    return microseconds + (1_000_000 if second == 60 else 0)


def _zone(offset: str, zone: ZoneInfo) -> tzinfo | None:
    if not offset:
        return zone
    return UTC if offset == "Z" else datetime.strptime(offset, "%z").tzinfo


@lru_cache(maxsize=1 << 12)
def _second(text: str) -> int | None:
    if not _TIMESTAMP.fullmatch(text):
        return None
    second = int(text[15:17])
    try:
        minute = datetime(int(text[:4]), int(text[4:6]), int(text[6:8]), int(text[9:11]), int(text[12:14]), tzinfo=UTC)
    except ValueError:
        return None
    return (int(minute.timestamp()) + second) * 1_000_000 if second <= 60 else None
