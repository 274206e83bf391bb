"""Names and homes of the background's customers, by seat. Many share a name, and towers hold many households."""

from datetime import date, timedelta
from random import Random
from typing import Final

import numpy as np
import pyarrow as pa

from chahe.simulate.crowd.members import HOUSEHOLD, Members
from chahe.simulate.life.homes import Home, made_home
from chahe.simulate.logs.texts import Column

_SURNAMES: Final = (
    "陳陳陳林林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧"
)
_FIRST: Final = "淑志俊美雅建文秀家明麗玉宗惠怡國佩承欣冠素金月嘉政春正瑞榮慧信永錦仁"
_SECOND: Final = "惠明宏英豪卿雄雯志娟憲珍賢貞銘婷水娥玲芬傑君翰珊文涵恩華彬宜榮穎倫芳美源福成德珠"
_TOWER: Final = 13
"""Households of a tower; one building in five is one."""


def name(members: Members, seat: int, *, corporate: bool) -> str:
    """A name of three characters; whoever lives together mostly has one surname."""
    rng = Random(f"{members.seed} name {seat}")
    family = Random(f"{members.seed} family {seat // HOUSEHOLD}") if rng.random() < 0.7 else rng
    given = rng.choice(_FIRST) + rng.choice(_SECOND)
    return f"{given}投資股份有限公司" if corporate else family.choice(_SURNAMES) + given


def column(members: Members) -> Column:
    """The names at all seats, for whoever needs those of many again and again."""
    firms = members.corporate(np.arange(members.count, dtype=np.int64)).tolist()
    return pa.array((name(members, seat, corporate=firm) for seat, firm in enumerate(firms)), pa.string())


def born(members: Members, seat: int) -> date:
    """Of age when the account was opened."""
    rng = Random(f"{members.seed} born {seat}")
    return members.came(seat) - timedelta(days=365 * 20 + rng.randrange(365 * 50))


def home(members: Members, house: int) -> Home:
    """The door of a household; some are floors of one tower."""
    building = house // _TOWER
    tower = Random(f"{members.seed} tower {building}")
    if tower.random() < 0.2:
        found = made_home(tower)
        return Home(
            found.county,
            found.district,
            found.road,
            found.section,
            found.lane,
            found.number,
            found.number_sub,
            2 + house % _TOWER,
        )
    return made_home(Random(f"{members.seed} home {house}"))
