"""The firm's people: 25 employees with their departments, two vendors and their staff. Names are made up from common characters."""

from datetime import date, timedelta
from random import Random
from typing import Final

from chahe.simulate.cast.staff_and_systems import Contract, Employee, VendorPerson
from chahe.simulate.days import months_before

_SURNAMES: Final = (
    ("陳", "chen"), ("林", "lin"), ("黃", "huang"), ("張", "chang"), ("李", "lee"), ("王", "wang"), ("吳", "wu"),
    ("劉", "liu"), ("蔡", "tsai"), ("楊", "yang"), ("許", "hsu"), ("鄭", "cheng"), ("謝", "hsieh"), ("郭", "kuo"),
    ("洪", "hung"), ("曾", "tseng"), ("邱", "chiu"), ("廖", "liao"), ("賴", "lai"), ("周", "chou"),
)  # fmt: skip
_GIVEN: Final = (
    ("怡君", "yc"), ("志明", "cm"), ("淑芬", "sf"), ("俊傑", "cj"), ("雅婷", "yt"), ("家豪", "ch"), ("欣怡", "hy"),
    ("宗翰", "zh"), ("佩珊", "ps"), ("建宏", "jh"), ("美玲", "ml"), ("冠宇", "ky"), ("筱涵", "hh"), ("柏翰", "bh"),
    ("詩涵", "sh"), ("承恩", "ce"), ("麗華", "lh"), ("文彬", "wb"), ("惠雯", "hw"), ("信宏", "xh"), ("靜宜", "ji"),
    ("國榮", "kj"), ("玉婷", "yu"), ("正雄", "zx"), ("思穎", "sy"), ("偉倫", "wl"),
)  # fmt: skip
_POSTS: Final = (
    ("總經理室", "總經理"),
    ("資訊部", "經理"),
    ("資訊部", "副理"),
    ("資訊部", "系統工程師"),
    ("資訊部", "系統工程師"),
    ("資訊部", "資料庫管理師"),
    ("資訊安全部", "主管"),
    ("資訊安全部", "資安工程師"),
    ("結算部", "經理"),
    ("結算部", "專員"),
    ("結算部", "專員"),
    ("經紀部", "經理"),
    ("經紀部", "營業員"),
    ("經紀部", "營業員"),
    ("經紀部", "營業員"),
    ("經紀部", "營業員"),
    ("風險管理部", "主管"),
    ("風險管理部", "專員"),
    ("稽核室", "稽核主管"),
    ("稽核室", "稽核"),
    ("法令遵循部", "主管"),
    ("財務部", "經理"),
    ("財務部", "會計"),
    ("總務部", "專員"),
    ("經紀部", "營業員"),
)
_FURTHER_POSTS: Final = (
    ("經紀部", "營業員"), ("台中分公司", "營業員"), ("高雄分公司", "營業員"), ("結算部", "專員"), ("台中分公司", "營業員"),
    ("財務部", "會計"), ("高雄分公司", "營業員"), ("經紀部", "營業員"), ("台中分公司", "專員"), ("總務部", "專員"),
)  # fmt: skip
PRESIDENT, IT_MANAGER, IT_DEPUTY, ENGINEER, SECOND_ENGINEER, DATABASE = range(6)
SECURITY, SECURITY_ENGINEER, SETTLEMENT, CLERK, SECOND_CLERK, BROKERAGE = range(6, 12)
BROKER, SECOND_BROKER, THIRD_BROKER, FOURTH_BROKER = range(12, 16)
RISK_MANAGER, CHIEF_AUDITOR, AUDITOR, COMPLIANCE = 16, 18, 19, 20
ACCOUNTANT, GENERAL_AFFAIRS, LAST_BROKER = 22, 23, 24
STORY: Final = len(_POSTS)
"""Whoever comes after these has no part in the story."""
"""Places in the list of employees that scenarios and registers speak of."""


def employees(rng: Random, as_of: date) -> list[Employee]:
    """Twenty-five people; numbers, posts and departments are the same for every seed, names and days are not."""
    given = rng.sample(_GIVEN, len(_POSTS))
    found = []
    for nth, ((department, title), (zh, en)) in enumerate(zip(_POSTS, given, strict=True)):
        surname_zh, surname_en = rng.choice(_SURNAMES)
        hired = months_before(as_of, 40 + 4 * nth) - timedelta(days=rng.randrange(25))
        found.append(
            Employee(f"E{nth + 1:03}", surname_zh + zh, f"{surname_en}.{en}", department, title, hired),
        )
    return found


def further(rng: Random, as_of: date, count: int) -> list[Employee]:
    """The employees of a larger firm from the story's last on: brokers in the branches above all. Some share a name."""
    found = []
    for nth in range(STORY, count):
        department, title = _FURTHER_POSTS[nth % len(_FURTHER_POSTS)]
        surname_zh, surname_en = rng.choice(_SURNAMES)
        first, second = rng.choice(_GIVEN), rng.choice(_GIVEN)
        hired = months_before(as_of, 14 + rng.randrange(200)) - timedelta(days=rng.randrange(25))
        name = f"{surname_en}.{first[1]}{second[1]}{nth}"
        found.append(
            Employee(f"E{nth + 1:03}", surname_zh + first[0][0] + second[0][1], name, department, title, hired)
        )
    return found


def contracts(as_of: date) -> list[Contract]:
    """One contract with each of the two vendors."""
    return [
        Contract("C-113-07", "瀚星資訊", "主機共置交易系統維護", months_before(as_of, 28), months_before(as_of, -8)),
        Contract("C-114-02", "衡安科技", "網路下單系統開發維護", months_before(as_of, 20), months_before(as_of, -4)),
    ]


def vendor_staff(rng: Random, as_of: date) -> list[VendorPerson]:
    """Three people of the vendors, each with an engagement."""
    names = [zh + rng.choice(("彥廷", "子晴", "明哲", "雨潔")) for zh, _ in rng.sample(_SURNAMES, 3)]
    begins = months_before(as_of, 18)
    ends = months_before(as_of, -4)
    return [
        VendorPerson("V001", names[0], "瀚星資訊", "C-113-07", begins, ends),
        VendorPerson("V002", names[1], "瀚星資訊", "C-113-07", begins, ends),
        VendorPerson("V003", names[2], "衡安科技", "C-114-02", begins, ends),
    ]
