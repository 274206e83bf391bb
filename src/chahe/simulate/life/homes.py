"""Where people of the example firm live, and the many ways in which one address is written."""

from dataclasses import dataclass, replace
from random import Random
from typing import Final

_STREETS: Final = (
    ("臺北市", "大安區", "和平東路", 2), ("臺北市", "中山區", "南京東路", 3), ("臺北市", "信義區", "松德路", 0),
    ("臺北市", "士林區", "中正路", 0), ("新北市", "板橋區", "文化路", 1), ("新北市", "永和區", "中正路", 0),
    ("新北市", "新店區", "北新路", 3), ("新北市", "三重區", "重新路", 4), ("桃園市", "中壢區", "環北路", 0),
    ("臺中市", "西屯區", "臺灣大道", 4), ("臺中市", "北屯區", "崇德路", 2), ("臺中市", "南區", "建國北路", 1),
    ("臺南市", "東區", "林森路", 1), ("高雄市", "左營區", "博愛二路", 0), ("高雄市", "三民區", "建工路", 0),
    ("新竹市", "東區", "光復路", 2),
)  # fmt: skip
_ONCE: Final = {"新北市": "台北縣", "桃園市": "桃園縣"}
"""Counties whose towns in the list above were cities of their own."""
_NUMERALS: Final = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Home:
    """One door: a floor of a building; `lane` and `section` are 0 where there is none."""

    county: str
    district: str
    road: str
    section: int
    lane: int
    number: int
    number_sub: int
    floor: int
    floor_sub: int = 0

    def on_floor(self, floor: int) -> "Home":
        """Another floor of the same building."""
        return replace(self, floor=floor, floor_sub=0)

    def written(self, rng: Random, *, as_once: bool = False) -> str:
        """The address in one of the ways in which clerks write it; `as_once` with the county's name before it became a city."""
        county = self.county.replace("臺", "台") if rng.random() < 0.4 else self.county
        district = self.district
        if as_once and self.county in _ONCE:
            county, district = _ONCE[self.county], f"{self.district[:-1]}市"
        section = f"{numeral(self.section) if rng.random() < 0.7 else self.section}段" if self.section else ""
        lane = f"{self.lane}巷" if self.lane else ""
        sub = f"之{self.number_sub}" if self.number_sub else ""
        number = f"{self.number}號{sub}" if rng.random() < 0.5 else f"{self.number}{sub}號"
        shown = rng.choice((f"{self.floor}樓", f"{numeral(self.floor)}樓", f"{self.floor}F"))
        floor = shown + (f"之{self.floor_sub}" if self.floor_sub else "")
        text = f"{county}{district}{self.road}{section}{lane}{number}{floor}"
        return text.translate(_WIDE) if rng.random() < 0.15 else text


def made_home(rng: Random) -> Home:
    """A door somewhere in Taiwan."""
    county, district, road, section = rng.choice(_STREETS)
    return Home(
        county,
        district,
        road,
        section,
        lane=rng.choice((0, 0, rng.randrange(11, 300))),
        number=rng.randrange(1, 190),
        number_sub=rng.choice((0, 0, 0, rng.randrange(1, 9))),
        floor=rng.randrange(2, 15),
    )


_WIDE: Final = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


def numeral(number: int) -> str:
    """A number from 0 to 99 in Chinese."""
    if number < 10:
        return _NUMERALS[number]
    tens, ones = divmod(number, 10)
    return f"{'' if tens == 1 else _NUMERALS[tens]}十{_NUMERALS[ones] if ones else ''}"
