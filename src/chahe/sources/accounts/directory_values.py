"""How Active Directory writes its values: FILETIME, generalised time, flags, intervals and distinguished names."""

import re
from datetime import UTC, datetime, timedelta

_1601 = datetime(1601, 1, 1, tzinfo=UTC)
_INTEGER = re.compile(r"-?[0-9]{1,19}")
_GENERALISED = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d{1,9})?Z", re.ASCII)
_SID = re.compile(r"[Ss]-1-\d{1,14}(?:-\d{1,10}){1,15}", re.ASCII)
_LONGEST_DN = 8192
_TICKS_A_DAY = 24 * 3600 * 10_000_000
_NEVER = (1 << 63) - 1
_LATEST = (datetime(9999, 12, 30, tzinfo=UTC) - _1601) // timedelta(microseconds=1) * 10


def integer(text: str) -> int:
    """A whole number in ASCII digits that 64 bits hold; ValueError for anything else."""
    if not _INTEGER.fullmatch(text) or not -(1 << 63) <= int(text) < 1 << 63:
        raise ValueError(text)
    return int(text)


def flag(text: str) -> bool:
    """TRUE or FALSE; ValueError for anything else."""
    if text.upper() not in ("TRUE", "FALSE"):
        raise ValueError(text)
    return text.upper() == "TRUE"


def filetime(text: str) -> datetime | None:
    """100-nanosecond steps since 1601, to the microsecond (cut off); null for 0 and 2^63-1, which say "never".

    ValueError where the text is no such number, or its date is past the year 9999.
    """
    ticks = integer(text)
    if ticks in (0, _NEVER):
        return None
    if not 0 < ticks <= _LATEST:
        raise ValueError(text)
    return _1601 + timedelta(microseconds=ticks // 10)


def generalised_time(text: str) -> datetime:
    """`20260304012345.0Z` (RFC 4517 3.3.13, in UTC as AD writes it); ValueError for anything else."""
    found = _GENERALISED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    if not 1601 <= year < 9999:
        raise ValueError(text)
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def sid(text: str) -> str:
    """A security identifier ([MS-DTYP] 2.4.2) from its bytes in hexadecimal digits, or as `S-1-5-21-…`; ValueError for neither."""
    if _SID.fullmatch(text):
        return text.upper()
    held = bytes.fromhex(text)
    if len(held) < 8 or held[0] != 1 or len(held) != 8 + 4 * held[1]:
        raise ValueError(text)
    parts_of_it = [int.from_bytes(held[at : at + 4], "little") for at in range(8, len(held), 4)]
    return "-".join(["S-1", str(int.from_bytes(held[2:8], "big")), *map(str, parts_of_it)])


def days_of_interval(text: str) -> int:
    """A negative interval in 100-nanosecond steps as days, part of a day counted whole; 0 for "never" (0 and -2^63)."""
    ticks = integer(text)
    if ticks in (0, -(1 << 63)):
        return 0
    if ticks > 0:
        raise ValueError(text)
    return -(ticks // _TICKS_A_DAY)


def parts(dn: str) -> list[tuple[str, str]]:
    """The attributes and values of a distinguished name (RFC 4514), escapes undone; ValueError where it is none."""
    if not dn or len(dn) > _LONGEST_DN:
        raise ValueError(dn[:40])
    found: list[tuple[str, str]] = []
    for rdn in _split(dn):
        name, sign, value = rdn.partition("=")
        if not sign or not name.strip():
            raise ValueError(dn)
        found.append((name.strip().upper(), _unescaped(value.strip())))
    return found


def domain(dn: str) -> str:
    """The DNS name of the domain an entry is in: its DC parts, lower-case, with dots; empty where it has none."""
    return ".".join(value for name, value in parts(dn) if name == "DC").lower()


def _split(dn: str) -> list[str]:
    rdns = [""]
    characters = iter(dn)
    for character in characters:
        if character == "\\":
            rdns[-1] += character + next(characters, "")
        elif character == ",":
            rdns.append("")
        else:
            rdns[-1] += character
    return rdns


def _unescaped(value: str) -> str:
    """`\\,` as a comma, and runs of `\\E7\\8E\\8B` as the UTF-8 they spell."""

    def spelt(match: re.Match[str]) -> str:
        return bytes.fromhex(match[0].replace("\\", "")).decode("utf-8", errors="replace")

    return re.sub(r"\\(.)", r"\1", re.sub(r"(?:\\[0-9A-Fa-f]{2})+", spelt, value))
