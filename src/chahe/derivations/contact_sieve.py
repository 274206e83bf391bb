"""Leaves out customers' contacts that nothing on the side of staff can meet, by whole columns. No derivation of its own.

Of half a million customers nearly all have nothing in common with staff; reading each of their rows in Python took most of the time of
`contact_links`. What stays is read there, as before; what is left out ties nobody and can be read.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from chahe.derivations.contact_parties import ADDRESSES, PHONES, Staff, of_customers

_TAIL: Final = 6
"""The last digits of a number; no spelling of it changes them."""
_EXTENSION: Final = r"(?i)(?:#|分機|轉|EXT).*$"
_ODD: Final = r"[^\x00-\x7f]|\n"
"""Beside what ASCII writes: looked at one by one, for alphabets have digits and small letters of their own."""
# Names of roads without numerals and without the letters that other parts of an address are told by, so that no rule of
# `addresses.door` but the plainest reads it.
_APART: Final = "零〇○一壹二貳兩三參四肆五伍六陸七柒八捌九玖十拾百佰廿卅路街道段巷弄衖號樓層鄰里村區鄉鎮市縣臺室棟座對旁隔附近斜後方箱臨地下之"
_PLAIN: Final = (
    r"^(?:[臺台][北中南]市|新北市|桃園市|高雄市|基隆市|新竹[市縣]|苗栗縣|彰化縣|南投縣|雲林縣|嘉義[市縣]|屏東縣|宜蘭縣|花蓮縣|[臺台]東縣)"
    rf"[^{_APART}\x00-\x7f]{{1,3}}[區鄉鎮市]"
    rf"[^{_APART}\x00-\x7f]{{1,4}}(?:路|街|大道)"
    r"(?:[一二三四五六七八九1-9]段)?(?:[0-9]{1,4}巷)?(?:[0-9]{1,4}弄)?[0-9]{1,4}號(?:[0-9]{1,2}樓)?$"
)
_TOWN: Final = "^.{3}[^區鄉鎮市]*[區鄉鎮市]"
_NUMBER: Final = "[0-9]+號.*$"
_STREET: Final = 4
"""The parts of a street: road, section, lane and alley."""
_NUMERALS, _DIGITS = "一二三四五六七八九", "123456789"


def sifted(found: pa.Table, side: Staff) -> pa.Table:
    """Of the rows of customers (`contact_parties.of_customers`) those that may meet the side of staff, or that cannot be read."""
    numbers = {key.rpartition(" ")[2][-_TAIL:] for key in side.values if not key.startswith("email ")}
    detail = pc.fill_null(found["detail"], "")
    theirs = of_customers(found)
    sure = pc.or_(
        _among(found["national_id"], side.ids),
        pc.and_(pc.equal(found["what"], "contact"), _among(detail, ["statement_delivery"])),
    )
    sieves: tuple[tuple[Collection[str], Callable[[pa.ChunkedArray], pa.ChunkedArray]], ...] = (
        ((*PHONES, "agent", "emergency_contact"), partial(_by_tail, tails=numbers, without=_EXTENSION)),
        (("settlement_account",), partial(_by_tail, tails=numbers)),
        (("email",), partial(_by_name, side=side)),
        (ADDRESSES, partial(_by_street, side=side)),
    )
    # Only the values are taken out to be looked at: to copy every column of so many rows takes as long.
    chosen = pc.and_(theirs, sure).to_numpy().copy()
    for kinds, may in sieves:
        some = pc.and_(pc.and_(theirs, pc.invert(sure)), _among(detail, kinds))
        chosen[some.to_numpy()] = may(pc.fill_null(found["value"].filter(some), "")).to_numpy()
    return found.filter(pa.array(chosen))


def _among(column: pa.ChunkedArray, values: Collection[str]) -> pa.ChunkedArray:
    return pc.is_in(column, pa.array(sorted(values), pa.string()))


def _odd(value: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.match_substring_regex(value, _ODD)


def _by_tail(value: pa.ChunkedArray, tails: Collection[str], without: str = "$") -> pa.ChunkedArray:
    line = pc.replace_substring_regex(value, without, "")
    digits = pc.replace_substring_regex(line, "[^0-9]+", "")
    return pc.or_(_odd(line), _among(pc.utf8_slice_codeunits(digits, -_TAIL), tails))


def _by_name(value: pa.ChunkedArray, side: Staff) -> pa.ChunkedArray:
    """By what stands before the @, without dots and what follows a plus, as Gmail reads it."""
    names = {
        key.removeprefix("email ").rpartition("@")[0].partition("+")[0].replace(".", "")
        for key in side.values
        if key.startswith("email ")
    }
    name = pc.replace_substring_regex(pc.ascii_lower(pc.utf8_trim_whitespace(value)), r"[@+].*$", "")
    return pc.or_(_odd(value), _among(pc.replace_substring(name, ".", ""), names))


def _by_street(value: pa.ChunkedArray, side: Staff) -> pa.ChunkedArray:
    """A plain address by what stands between its town and its number; every other one stays."""
    streets = {street for place in side.doors if len(place) == _STREET for street in _written(*place)}
    rest = pc.replace_substring_regex(value, _TOWN, "", max_replacements=1)
    street = pc.replace_substring_regex(rest, _NUMBER, "", max_replacements=1)
    return pc.or_(pc.invert(pc.match_substring_regex(value, _PLAIN)), _among(street, streets))


def _written(road: str, section: str, lane: str, alley: str) -> Iterator[str]:
    """A street as plain addresses write it: the section in digits, or as a numeral."""
    rest = "".join(f"{name}{word}" for name, word in ((lane, "巷"), (alley, "弄")) if name)
    if not section:
        yield f"{road}{rest}"
        return
    yield f"{road}{section}段{rest}"
    if len(section) == 1 and section in _DIGITS:
        yield f"{road}{_NUMERALS[_DIGITS.index(section)]}段{rest}"
