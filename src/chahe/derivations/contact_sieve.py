"""Leaves out customers' contacts that nothing on the side of staff can meet, by whole columns. No derivation of its own.

Of half a million customers nearly all have nothing in common with staff; reading each of their rows in Python took most of the time of
`contact_links`. What stays is read there, as before; what is left out ties nobody and can be read.
"""

from collections.abc import Callable, Collection
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from chahe.derivations.contact_parties import ADDRESSES, PHONES, Staff

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
    rf"(?P<road>[^{_APART}\x00-\x7f]{{1,4}}(?:路|街|大道))"
    r"(?:(?P<section>[一二三四五六七八九1-9])段)?(?:(?P<lane>[0-9]{1,4})巷)?(?:(?P<alley>[0-9]{1,4})弄)?[0-9]{1,4}號(?:[0-9]{1,2}樓)?$"
)
_NUMERALS: Final = "一二三四五六七八九"


def sifted(customers: pa.Table, side: Staff) -> pa.Table:
    """Of the rows of customers (`contact_parties.of_customers`) those that may meet the side of staff, or that cannot be read."""
    numbers = {key.rpartition(" ")[2][-_TAIL:] for key in side.values if not key.startswith("email ")}
    detail = pc.fill_null(customers["detail"], "")
    sure = pc.or_(
        _among(customers["national_id"], side.ids),
        pc.and_(pc.equal(customers["what"], "contact"), _among(detail, ["statement_delivery"])),
    )
    found = [customers.filter(sure)]
    sieves: tuple[tuple[Collection[str], Callable[[pa.ChunkedArray], pa.ChunkedArray]], ...] = (
        ((*PHONES, "agent", "emergency_contact"), partial(_by_tail, tails=numbers, without=_EXTENSION)),
        (("settlement_account",), partial(_by_tail, tails=numbers)),
        (("email",), partial(_by_name, side=side)),
        (ADDRESSES, partial(_by_street, side=side)),
    )
    for kinds, may in sieves:
        some = customers.filter(pc.and_(pc.invert(sure), _among(detail, kinds)))
        found.append(some.filter(may(pc.fill_null(some["value"], ""))))
    return pa.concat_tables(found)


def _among(column: pa.ChunkedArray, values: Collection[str]) -> pa.ChunkedArray:
    return pc.is_in(column, pa.array(sorted(values), pa.string()))


def _odd(value: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.match_substring_regex(value, _ODD)


def _by_tail(value: pa.ChunkedArray, tails: Collection[str], without: str = "$") -> pa.ChunkedArray:
    line = pc.replace_substring_regex(value, without, "")
    digits = pc.replace_substring_regex(line, "[^0-9]", "")
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
    """A plain address by road, section, lane and alley; every other one stays."""
    streets = {"|".join(map(str, place)) for place in side.doors}
    parts = pc.extract_regex(value, _PLAIN)
    section = pc.struct_field(parts, "section")
    for number, numeral in enumerate(_NUMERALS, start=1):
        section = pc.replace_substring(section, numeral, str(number))
    names = (pc.struct_field(parts, "road"), section, pc.struct_field(parts, "lane"), pc.struct_field(parts, "alley"))
    street = pc.binary_join_element_wise(*(pc.fill_null(name, "") for name in names), "|")
    return pc.or_(pc.is_null(parts), _among(street, streets))
