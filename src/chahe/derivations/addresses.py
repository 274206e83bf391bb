"""Taiwanese addresses read into their parts, so that one door is known again however clerks write it. No derivation of its own."""

import re
import unicodedata
from typing import Final, NamedTuple

READ, BOX, ABROAD, UNREAD = "read", "box", "abroad", "unread"
"""What became of an address: its parts are known; a P.O. box; not in Taiwan; or nobody can tell which door is meant."""

_OLD: Final = {
    "台北縣": "新北市", "桃園縣": "桃園市", "台中縣": "台中市", "台南縣": "台南市", "高雄縣": "高雄市",
}  # fmt: skip
"""Counties that became, or were merged into, special municipalities (2010-12-25; 桃園 2014-12-25): their townships are districts now."""
_MERGED: Final = frozenset(_OLD.values())
_NAMES: Final = (
    "台北市 新北市 桃園市 台中市 台南市 高雄市 基隆市 新竹市 新竹縣 苗栗縣 彰化縣 南投縣 雲林縣 嘉義市 嘉義縣 屏東縣 宜蘭縣"
    " 花蓮縣 台東縣 澎湖縣 金門縣 連江縣"
)
_COUNTIES: Final = {name: name for name in _NAMES.split()} | _OLD
_SHORT: Final = {
    "北市": "台北市",
    "新北": "新北市",
    "桃市": "桃園市",
    "中市": "台中市",
    "南市": "台南市",
    "高市": "高雄市",
}
_RENAMED: Final = {("高雄市", "三民鄉"): "那瑪夏區", ("台南市", "中區"): "中西區", ("台南市", "西區"): "中西區"}
"""Districts that took another name (三民鄉 2008, 中西區 2004), where the ending alone does not tell."""
_ELSEWHERE: Final = re.compile(r"(中國|大陸|香港|澳門|日本|美國|新加坡|加拿大|英國|韓國)")

_LETTERS: Final = ("零〇○", "一壹", "二貳兩", "三參", "四肆", "五伍", "六陸", "七柒", "八捌", "九玖")
_DIGITS: Final = {char: value for value, chars in enumerate(_LETTERS) for char in chars}
_NUMERAL: Final = "零〇○一二兩三四五六七八九十百廿卅"
_FORMAL: Final = "壹貳參肆伍陸柒捌玖拾佰"
_COUNTED: Final = re.compile(
    rf"[{_NUMERAL}]+(?=[段巷弄衖號樓層鄰室棟F路街]|之[\d{_NUMERAL}{_FORMAL}])|(?<=[之第B])[{_NUMERAL}{_FORMAL}]+"
    rf"|[{_NUMERAL}{_FORMAL}]+(?=[號樓層室])|(?<=地下)[{_NUMERAL}]+"
)
"""Numerals that count; those within the name of a road (三民, 八德) are letters of it."""
_TWO: Final = re.compile(r"(?<=號之[一二三四五六七八九])(?=(?:十?[一二三四五六七八九]|十)樓)")
_JOINED: Final = re.compile(r"(?<=號之)(\d)(?=(?:[1-9]|[1-4]\d)[樓層F])")
"""號之35樓 and 號之三五樓 are the fifth floor of 之3: what follows 之 is a sub-number, and most of those have one digit."""
_NOTE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BETWEEN: Final = re.compile(r"(?<=[\dA-Z])[\s,;:|]+(?=[\dA-Z])")
_BLANK: Final = re.compile(r"[\s,;:.'\"]+")
_DASH: Final = re.compile(r"(?<=[\d號樓FA-Z])[-‐‑‒–—―−之](?=[\dA-Z])")
_ZIP: Final = re.compile(r"^\d{3}(?:-?\d{2,3})?(?=[^\d-])")
_NATION: Final = re.compile(r"(?:中華民國|TAIWAN|台灣)?(?:台灣省|福建省|省)?")
_DISTRICT: Final = re.compile(
    r"(?:前鎮|平鎮|左鎮|新市|[八大后萬佳埔]里|里港|路竹|大村|阿里山|太麻里)[區鄉鎮市]"
    r"|[^路街道段巷弄號里村\d]{1,3}?[區鄉鎮市](?![區鄉鎮])"
)
"""The first of these whose own name holds one of the endings, or a word that others end by."""
_VILLAGE: Final = re.compile(r"(?P<village>[^路街道段巷弄號鄰\d]{1,4}[里村])(?!\d*(?:[路街段巷弄號衖]|大道)|$)")
_NEIGHBOURHOOD: Final = re.compile(r"\d+鄰")
_STREET: Final = re.compile(
    r"(?P<road>(?:[^號\d|]|\d+(?=[路街]))*?)"
    r"(?:(?P<section>\d+)段)?"
    r"(?:(?P<early_alley>\d+)弄(?=\d+巷))?"
    r"(?:(?P<lane>\d+(?:-\d+)?)巷)?"
    r"(?:(?P<alley>\d+(?:-\d+)?)弄)?"
    r"(?:(?P<byway>\d+)衖)?"
    r"(?P<mark>[臨附]?)(?P<number>\d+)(?:-(?P<sub>\d+))?"
    r"(?:號(?:-(?P<later>\d+)(?![\d樓層F]))?|$|\|?(?=B?\d+[樓F]))"
)
_FLOOR: Final = re.compile(
    r"(?:地下(?P<below>\d*)(?:樓|層|室|F)?|B(?P<cellar>\d+)(?:樓|F)?|第?(?P<floor>\d+)(?:-(?P<early>\d+))?(?:樓|F|層))"
    r"(?:-?(?P<sub>\d+(?![\d室房樓F])|[A-Z](?![A-Z室棟])))?"
)
_BLOCK: Final = re.compile(r"([A-Z甲乙丙丁戊]|\d+)[棟座]")
_ROOM: Final = re.compile(r"([A-Z]?-?\d+|[A-Z])(?:號?房|室)")
_SEVERAL: Final = re.compile(r"\d號?(?:-\d+)?[、~及與和]\d+(?:-\d+)?號")
_EITHER: Final = re.compile(r"號-\d+[樓層F]")
"""號之153樓: the floor of one sub-number, or of another."""
_BESIDE: Final = re.compile(r"對面|旁|隔壁|附近|斜對|後方")
_UNCLEAR: Final = (_SEVERAL, _EITHER, _BESIDE)
_POST_BOX: Final = re.compile(r"信箱|P\.?O\.?BOX")


class Door(NamedTuple):
    """An address by its parts. What is not said is empty (names) or None (numbers, floor).

    `road` is the road, or the place or village where houses are numbered without one. `floor` below ground is negative.
    """

    status: str
    text: str
    """The whole, in one spelling: equal texts are the same place whatever became of the parts."""
    county: str = ""
    district: str = ""
    road: str = ""
    section: str = ""
    lane: str = ""
    alley: str = ""
    number: int = 0
    mark: str = ""
    """臨 or 附: a number beside the ordinary ones."""
    sub: int = 0
    block: str = ""
    floor: int | None = None
    floor_sub: str = ""
    room: str = ""

    @property
    def street(self) -> tuple[str, ...]:
        """Road, section, lane and alley: what two doors next to each other have in common."""
        return self.road, self.section, self.lane, self.alley

    @property
    def building(self) -> tuple[str | int, ...]:
        """The entrance, without county and district, which are often left out."""
        return (*self.street, self.number, self.mark, self.sub)

    @property
    def unit(self) -> tuple[str | int | None, ...]:
        """What is behind the entrance."""
        return self.block, self.floor, self.floor_sub, self.room


def door(written: str) -> Door:
    """The parts of an address. The spelling is brought together first: widths, 臺/台, numerals, 之 and dashes, old counties."""
    text = spelt(written)
    if _POST_BOX.search(text):
        return Door(BOX, text)
    if _ELSEWHERE.match(text) or not re.search(r"[\u4e00-\u9fff]", text):
        taiwan = re.search(r"TAIWAN|R\.?O\.?C", text)
        return Door(UNREAD if taiwan or not text else ABROAD, text)
    county, district, rest = _place(text)
    rest, village = _without_village(rest)
    found = _STREET.match(rest)
    if found is None or not (county or district) or any(one.search(rest) for one in _UNCLEAR):
        return Door(UNREAD, text)
    road = found["road"] or village
    if not road and not found["lane"]:
        return Door(UNREAD, text)
    floor, floor_sub, left = _floor(rest[found.end() :])
    block, room = _BLOCK.search(left), _ROOM.search(left)
    return Door(
        READ,
        text,
        county=county,
        district=district,
        road=road,
        section=found["section"] or "",
        lane=found["lane"] or "",
        alley=" ".join(filter(None, (found["alley"] or found["early_alley"], found["byway"]))),
        number=int(found["number"]),
        mark=found["mark"],
        sub=int(found["sub"] or found["later"] or 0),
        block=block[1] if block else "",
        floor=floor,
        floor_sub=floor_sub,
        room=room[1].strip("-") if room else "",
    )


def spelt(written: str) -> str:
    """One spelling of an address: NFKC, capitals, 台, digits for numerals that count, `-` for 之, no blanks and no notes."""
    text = unicodedata.normalize("NFKC", written).upper().replace("臺", "台").replace("号", "號").replace("楼", "樓")
    text = _BLANK.sub("", _BETWEEN.sub("|", _NOTE.sub("", text)))
    text = _COUNTED.sub(_digits, _TWO.sub("|", text))
    return _ZIP.sub("", _DASH.sub("-", _JOINED.sub(r"\1|", text)))


def _digits(found: re.Match[str]) -> str:
    """A numeral in digits, apart from digits just before it (12號之3五樓)."""
    apart = "|" if found.string[: found.start()][-1:].isdigit() else ""
    return f"{apart}{counted(found[0])}"


def counted(numeral: str) -> int:
    """The number a Chinese numeral says: 十二, 廿五, 一百零三, 一二三, in plain or formal letters."""
    plain = numeral.replace("拾", "十").replace("佰", "百").replace("廿", "二十").replace("卅", "三十")
    if not set(plain) & set("十百"):
        return int("".join(str(_DIGITS[char]) for char in plain))
    total, ones = 0, 0
    for char in plain:
        if char == "百":
            total, ones = total + (ones or 1) * 100, 0
        elif char == "十":
            total, ones = total + (ones or 1) * 10, 0
        else:
            ones = _DIGITS[char]
    return total + ones


def _place(text: str) -> tuple[str, str, str]:
    """County and district as they are today, and what follows them."""
    rest = _ZIP.sub("", _NATION.sub("", text, count=1))
    county = _COUNTIES.get(rest[:3], "")
    if county:
        rest = rest[3:]
    elif county := _SHORT.get(rest[:2], ""):
        rest = rest[2:].removeprefix("市")
    rest = _ZIP.sub("", rest)
    found = _DISTRICT.match(rest)
    district = found[0] if found else ""
    rest = rest[len(district) :]
    district = _RENAMED.get((county, district), district)
    if county in _MERGED and district[-1:] in ("鄉", "鎮", "市"):
        district = district[:-1] + "區"
    return county, district, rest


def _without_village(rest: str) -> tuple[str, str]:
    """里, 村 and 鄰 are left out: many do not know theirs. The village's name is kept for where no road is named."""
    found = _VILLAGE.match(rest)
    village = found["village"] if found else ""
    return _NEIGHBOURHOOD.sub("", rest[len(village) :]), village


def _floor(rest: str) -> tuple[int | None, str, str]:
    """The floor, what it is divided into, and what else is said."""
    found = _FLOOR.search(rest)
    if found is None:
        return None, "", rest
    left = rest[: found.start()] + " " + rest[found.end() :]
    if found["floor"] is not None:
        if re.search(r"[\d樓F][、~]$", rest[: found.start()]):
            return None, "", rest  # 一、二樓: both, or who knows
        return int(found["floor"]), found["sub"] or found["early"] or "", left
    return -int(found["below"] or found["cellar"] or 1), found["sub"] or "", left
