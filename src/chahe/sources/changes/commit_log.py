"""The headings of commits in git's logs: names with mails, and dates in every style git writes. No reader of its own."""

import re
from datetime import UTC, datetime, timedelta, timezone

from chahe.rules.roc import UnreadableMoment, moment_of, read_moment

_PERSON = re.compile(r"(?P<name>.*?)\s*<(?P<mail>[^<>]*)>(?:\s+(?P<date>\d+ [+-]\d{4}))?")
_DEFAULT = re.compile(r"[A-Z][a-z]{2} (?P<day>[A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d \d{4})(?: (?P<zone>[+-]\d{4}))?")
_RFC = re.compile(r"[A-Z][a-z]{2}, (?P<day>\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d) (?P<zone>[+-]\d{4})")
_SECONDS = re.compile(r"(?P<seconds>-?\d{1,11})(?: [+-]\d{4})?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = 253_402_300_799
"""The end of the year 9999."""


def person(written: str) -> tuple[str | None, str | None, str | None]:
    """Name, mail and date of `Wang Mei <mei@firm.example> 1772417723 +0800`; null what is not there."""
    found = _PERSON.fullmatch(written.strip())
    if found is None:
        return written.strip() or None, None, None
    return found["name"] or None, found["mail"] or None, found["date"]


def commit_moment(written: str, zone: str) -> int | None:
    """Microseconds UTC of a date in git's default, iso, iso-strict, rfc, raw, unix or local style; null for any other.

    `zone` is that of dates written without one (`--date=local`).
    """
    text = written.strip()
    if (found := _SECONDS.fullmatch(text)) is not None and len(found["seconds"]) > 8:
        seconds = int(found["seconds"])
        return seconds * 1_000_000 if abs(seconds) <= _LAST_SECOND else None
    for pattern, form in ((_DEFAULT, "%b %d %H:%M:%S %Y"), (_RFC, "%d %b %Y %H:%M:%S")):
        found = pattern.fullmatch(text)
        if found is not None:
            return _of_words(found["day"], form, found["zone"], zone)
    try:
        return read_moment(text, zone)
    except UnreadableMoment:
        return None


def _of_words(day: str, form: str, offset: str | None, zone: str) -> int | None:
    try:
        local = datetime.strptime(day, form)  # noqa: DTZ007 - the zone is put in below
        if offset is None:
            return moment_of(local, zone)
        minutes = int(offset[1:3]) * 60 + int(offset[3:])
        ahead = timedelta(minutes=minutes if offset[0] == "+" else -minutes)
        return (local.replace(tzinfo=timezone(ahead)) - _EPOCH) // timedelta(microseconds=1)
    except (ValueError, UnreadableMoment):
        return None
