"""What moves on private accounts month by month: rent, mutual aid, gifts, dividends, salaries, and transfers between one's own banks."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

import numpy as np

from chahe.simulate.cast.customers import Contact
from chahe.simulate.cast.payments import Holder, Moved
from chahe.simulate.cast.staff_and_systems import Employee
from chahe.simulate.crowd import names
from chahe.simulate.crowd.chance import Chance
from chahe.simulate.crowd.members import Members
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life.company import Firm
from chahe.simulate.life.payments import private_account

_CUSTOMERS_EACH, _MOST = 150, 400
"""One in so many customers once handed in a statement, and so many at most."""
_FAMILIES: Final = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊"
_LAST: Final = "惠明宏英豪卿雯志娟珍銘婷玲芬傑君翰珊"
_LISTED: Final = (
    "台灣積體電路",
    "鴻海精密工業",
    "聯發科技",
    "富邦金融控股",
    "長榮海運",
    "中華電信",
    "統一企業",
    "中國鋼鐵",
)
_EMPLOYERS: Final = (
    "大安文具有限公司",
    "宏恩牙醫診所",
    "新店國民小學",
    "順益運輸股份有限公司",
    "台中市政府",
    "旭日餐飲股份有限公司",
)
_RENT: Final = ("房租", "租金", "")
_CLUB: Final = ("互助會", "會款", "標會")
_GIFT: Final = ("禮金", "喜宴", "紅包", "新婚快樂")
_SELF: Final = ("轉帳", "", "存款", "生活費")


class Line(NamedTuple):
    """One line of a statement; money out where the amount is negative."""

    on: date
    other: Holder
    amount: int
    memo: str


def live(firm: Firm, members: Members) -> None:
    """Put a year of everyday lines on the statements of staff, and of customers who handed one in, the story's among them."""
    for employee in firm.employees:
        own = firm.money.staff_accounts[employee.person]
        _add(firm, own, "員工申報", _staff(firm, employee, own.name))
    for held in sorted(
        {one.statement for one in firm.money.moved if one.kept_as == "客訴"}, key=lambda one: one.account
    ):
        _add(firm, held, "客訴", _customer(firm, held))
    others = members.others()
    others = others[: members.came_by(firm.period_from) // 2]
    people = others[~members.corporate(others)]
    # A namesake of an employee at another bank could be the employee.
    staff = {one.name for one in firm.employees}
    drawn = people[np.argsort(Chance(members.seed, "handed in").bits(people), kind="stable")]
    for seat in drawn[: min(_MOST, members.count // _CUSTOMERS_EACH)].tolist():
        held = Holder(members.bank(seat), names.name(members, seat, corporate=False))
        if held.name not in staff:
            _add(firm, held, "客訴", _customer(firm, held))


def _add(firm: Firm, own: Holder, kept_as: str, lines: Iterator[Line]) -> None:
    for one in lines:
        payer, payee = (own, one.other) if one.amount < 0 else (one.other, own)
        firm.money.moved.append(Moved(one.on, payer, payee, abs(one.amount), one.memo, own, kept_as))


def _staff(firm: Firm, employee: Employee, name: str) -> Iterator[Line]:
    rng = firm.rng(f"months of {employee.person}")
    yield from _months(firm, rng)
    if rng.random() < 0.5:
        # An account that the employee has declared, too.
        own = Holder(private_account(rng), name)
        firm.clientele.contacts.append(Contact("員工", employee.person, "其他銀行帳戶", own.account, employee.hired))
        yield from _own(firm, rng, own)


def _customer(firm: Firm, held: Holder) -> Iterator[Line]:
    rng = firm.rng(f"months at {held.account}")
    yield from _months(firm, rng)
    employer, wages = Holder(private_account(rng), rng.choice(_EMPLOYERS)), 28_000 + 500 * rng.randrange(90)
    if rng.random() < 0.7:
        for month in range(1, 13):
            yield Line(_day(firm, month, 5), employer, wages, "薪資")
    yield from _own(firm, rng, Holder(private_account(rng), held.name))


def _own(firm: Firm, rng: Random, own: Holder) -> Iterator[Line]:
    """Between accounts of one person at two banks."""
    for month in rng.sample(range(1, 13), 3 + rng.randrange(8)):
        yield Line(
            _day(firm, month, 1 + rng.randrange(28)),
            own,
            rng.choice((-1, -1, 1)) * 1_000 * rng.randrange(5, 60),
            rng.choice(_SELF),
        )


def _months(firm: Firm, rng: Random) -> Iterator[Line]:
    """Rent, a mutual-aid club, wedding gifts, dividends: what a person has of them."""
    if rng.random() < 0.45:
        landlord, rent, memo = _somebody(rng), -500 * rng.randrange(14, 50), rng.choice(_RENT)
        for month in range(1, 13):
            yield Line(_day(firm, month, 1 + rng.randrange(8)), landlord, rent, memo)
    if rng.random() < 0.35:
        head, share, memo = _somebody(rng), 1_000 * rng.choice((3, 5, 10)), rng.choice(_CLUB)
        due = 1 + rng.randrange(12)
        for month in range(1, 13):
            yield Line(_day(firm, month, 15), head, share * 11 if month == due else -share, memo)
    for _ in range(1 + rng.randrange(5)):
        when = firm.as_of - rng.randrange(5, 360) * DAY
        yield Line(when, _somebody(rng), rng.choice((-1, -1, -1, 1)) * 200 * rng.randrange(6, 34), rng.choice(_GIFT))
    for company in rng.sample(_LISTED, rng.randrange(4)):
        when = firm.as_of - timedelta(days=60 + rng.randrange(80))
        yield Line(
            when,
            Holder(private_account(rng), f"{company}股份有限公司"),
            40 + rng.randrange(9_000),
            rng.choice(("股利", "現金股利", "現金股息")),
        )


def _day(firm: Firm, month: int, day: int) -> date:
    return months_before(firm.as_of, month).replace(day=day)


def _somebody(rng: Random) -> Holder:
    """Somebody else; banks show the middle of the name as a ring."""
    return Holder(private_account(rng), f"{rng.choice(_FAMILIES)}○{rng.choice(_LAST)}")
