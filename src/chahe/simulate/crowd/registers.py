"""The lists of customers, accounts, contacts and credit of a firm with a background, seat by seat, as comma-separated lists."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import astuple
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Final, NamedTuple, TypeVar

import numpy as np

from chahe.simulate.crowd import names
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.reach import representatives
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.files import csv_lines
from chahe.simulate.life.company import Firm
from chahe.simulate.registers.credit import ASSESSMENTS, LIMITS
from chahe.simulate.registers.customers import ACCOUNTS, AUTHORIZATIONS, CONTACTS, CUSTOMERS, account_row, customer_row

Cells = tuple[object, ...]
T = TypeVar("T")
FILES: Final = (
    "客戶基本資料.csv",
    "證券帳戶清冊.csv",
    "聯絡資料.csv",
    "帳戶授權清冊.csv",
    "客戶徵信紀錄.csv",
    "單日買賣額度紀錄.csv",
)
_BRANCHES: Final = ("9A00", "9A01", "9A02")
_PROOFS: Final = ("銀行存款餘額證明", "不動產登記謄本", "扣繳憑單及存款證明", "定期存單影本")
_BLOCK: Final = 4096


class Seat(NamedTuple):
    """What the lists need of one of the background's customers."""

    seat: int
    customer: str
    account: str
    corporate: bool
    house: int
    mobile: str
    limit: int
    representative: str


def write_crowded(firm: Firm, members: Members, folder: Path) -> None:
    """Six lists, by seats; staff's own contacts stand at the end of theirs."""
    papers, kept, credit = Papers(firm, members), firm.clientele, firm.credit
    owner = {one.account: one.customer for one in kept.accounts}
    lists: tuple[tuple[str, tuple[str, ...], Callable[[Seat], Iterator[Cells]], dict[str, list[Cells]]], ...] = (
        (FILES[0], CUSTOMERS, papers.customer, _by(kept.clients, lambda one: one.customer, customer_row)),
        (FILES[1], ACCOUNTS, papers.account, _by(kept.accounts, lambda one: one.customer, account_row)),
        (FILES[2], CONTACTS, papers.contacts, _by(kept.contacts, lambda one: one.party, astuple)),
        (FILES[3], AUTHORIZATIONS, papers.authorization, _by(kept.authorizations, lambda one: owner.get(one.account, ""), astuple)),
        (FILES[4], ASSESSMENTS, papers.assessments, _by(credit.assessments, lambda one: one.customer, astuple)),
        (FILES[5], LIMITS, papers.limits, _by(credit.limits, lambda one: one.customer or owner.get(one.account or "", ""), astuple)),
    )  # fmt: skip
    with ExitStack() as stack:
        opened = [
            (stack.enter_context(csv_lines(folder / name, headings)), of_seat, told)
            for name, headings, of_seat, told in lists
        ]
        for seat in seats_of(firm, members):
            for lines, of_seat, told in opened:
                for row in of_seat(seat) if isinstance(seat, Seat) else told.pop(seat, ()):
                    lines.write(row)
        for lines, _, told in opened:
            for row in chain.from_iterable(told.values()):
                lines.write(row)


def _by(records: list[T], customer: Callable[[T], str], row: Callable[[T], Cells]) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {}
    for one in records:
        found.setdefault(customer(one), []).append(row(one))
    return found


def seats_of(firm: Firm, members: Members) -> Iterator[Seat | str]:
    """Seat by seat, the story's people by their customer numbers."""
    others = members.others()
    story = iter(sorted((seat, customer) for customer, seat in members.taken.items()))
    following = next(story, None)
    for begin in range(0, len(others), _BLOCK):
        seats = others[begin : begin + _BLOCK]
        columns = (
            seats.tolist(), members.accounts(seats).tolist(), members.corporate(seats).tolist(), members.houses(seats).tolist(),
            members.mobiles(seats).tolist(), members.limits(seats).tolist(), representatives(firm, members, seats),
        )  # fmt: skip
        for seat, account, corporate, house, mobile, limit, broker in zip(*columns, strict=True):
            while following is not None and following[0] < seat:
                yield following[1]
                following = next(story, None)
            yield Seat(seat, members.customer(seat), str(account), corporate, house, f"09{mobile:08}", limit, broker)
    while following is not None:
        yield following[1]
        following = next(story, None)


class Papers:
    """The rows of one of the background's customers in each list."""

    def __init__(self, firm: Firm, members: Members) -> None:
        self._firm, self._members = firm, members
        self._checker = firm.employee(15).person
        self._asker, self._approver = firm.employee(13).person, firm.employee(11).person
        self._granted_by = months_before(firm.as_of, 13)
        self._renewed = months_before(firm.as_of, 6)

    def customer(self, one: Seat) -> Iterator[Cells]:
        national_id = self._members.national_id(one.seat, corporate=one.corporate)
        name = names.name(self._members, one.seat, corporate=one.corporate)
        birthday = None if one.corporate else names.born(self._members, one.seat)
        yield one.customer, name, national_id, "法人" if one.corporate else "自然人", "本國", birthday, None, None

    def account(self, one: Seat) -> Iterator[Cells]:
        branch = _BRANCHES[self._members.chance("branch").one(one.seat, len(_BRANCHES))]
        yield one.account, one.customer, "一般", branch, one.representative, self._members.came(one.seat), None, None

    def contacts(self, one: Seat) -> Iterator[Cells]:
        rng, since = Random(f"{self._members.seed} letters {one.seat}"), self._members.came(one.seat)
        home = names.home(self._members, one.house)
        written = home.written(rng)
        mobile = one.mobile if rng.random() < 0.5 else f"{one.mobile[:4]}-{one.mobile[4:]}"
        values = [
            ("戶籍地址", written),
            ("通訊地址", written if rng.random() < 0.6 else home.written(rng)),
            ("手機", mobile),
            ("電子郵件", self._members.mail(one.seat)),
            ("交割銀行帳戶", self._members.bank(one.seat)),
        ]
        for kind, value in values:
            yield "客戶", one.customer, kind, value, since, None, None, None, None

    def authorization(self, one: Seat) -> Iterator[Cells]:
        """Some let whoever lives with them order for them."""
        other = one.seat - 1 if one.seat % 3 else one.seat + 1
        alone = self._members.alone(np.array([one.seat, min(other, self._members.count - 1)]))
        if not alone.any() and other < self._members.count and self._members.chance("agent").one(one.seat, 8) == 0:
            name = names.name(self._members, other, corporate=False)
            national_id = self._members.national_id(other, corporate=False)
            yield one.account, name, national_id, "買賣", max(map(self._members.came, (one.seat, other))), None

    def assessments(self, one: Seat) -> Iterator[Cells]:
        means = one.limit * (3 + self._members.chance("means").one(one.seat, 3))
        proof = _PROOFS[self._members.chance("proof").one(one.seat, len(_PROOFS))]
        granted = self._granted(one.seat)
        again = max(
            granted - 6 * DAY, self._renewed - timedelta(days=self._members.chance("renewed").one(one.seat, 20))
        )
        for nth, day in enumerate(sorted({granted - 6 * DAY, again})):
            number = f"CR-{day.year - 1911}-{self._members.serial('CR', 2 * one.seat + nth)}"
            yield number, one.customer, day, self._checker, means, "雙證件核驗", proof

    def limits(self, one: Seat) -> Iterator[Cells]:
        day = self._granted(one.seat)
        number = f"CL-{day.year - 1911}-{self._members.serial('CL', one.seat)}"
        approved = at(day, 11, 20) + timedelta(minutes=self._members.chance("minute").one(one.seat, 30))
        yield (
            number,
            one.customer,
            None,
            one.limit,
            at(day, 13, 30),
            None,
            self._asker,
            self._approver,
            approved,
            None,
            "徵信結果",
        )

    def _granted(self, seat: int) -> date:
        """Thirteen months ago, as everybody's limit was looked at anew, or with the account's opening."""
        anew = self._granted_by - timedelta(days=self._members.chance("granted").one(seat, 25))
        return max(anew, self._members.came(seat))
