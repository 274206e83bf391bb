"""Customers' sign-ins to the web ordering system over three years, or as far back as its host's log goes, the story's among the background's, day by day."""

from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from chahe.simulate.access_keeping import SIGN_IN_HEADINGS, SIGN_INS, sign_in_row
from chahe.simulate.access_papers import OrderSignIn
from chahe.simulate.company import WEB, Firm
from chahe.simulate.crowd.chance import Chance
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.reach import addresses
from chahe.simulate.days import at, days_from, moment_of, us
from chahe.simulate.files import csv_lines

_METHODS: Final = ("password+certificate", "password+otp", "password+device", "certificate+biometric")
_HOURS: Final = 15 * 3_600_000_000
"""From seven in the morning on, in microseconds."""


def write_sign_ins(firm: Firm, members: Members, records: Path) -> None:
    """One log, in order of time."""
    story: dict[date, list[OrderSignIn]] = {}
    for one in firm.access.order_sign_ins:
        story.setdefault(one.when.date(), []).append(one)
    with csv_lines(records / SIGN_INS, SIGN_IN_HEADINGS) as lines:
        for day in days_from(firm.kept_from, firm.as_of):
            held = [*story.get(day, []), *(_background(firm, members, day) if day >= firm.log_from[WEB] else ())]
            for one in sorted(held, key=lambda one: (one.when, one.account, one.method)):
                lines.write(sign_in_row(one))


def _background(firm: Firm, members: Members, day: date) -> list[OrderSignIn]:
    others = members.others()
    others = others[: int(np.searchsorted(others, members.came_by(day)))]
    places = np.arange(firm.size.order_sign_ins_a_day if len(others) else 0)
    chance, began = Chance(members.seed, f"visit {day}"), us(at(day, 7))
    seats = others[chance.below(places, len(others))]
    columns = (
        (began + chance.below(places + 10**9, _HOURS)).tolist(),
        members.accounts(seats).tolist(),
        addresses(members, day, seats, places),
        chance.below(places + 2 * 10**9, len(_METHODS)).tolist(),
        (chance.bits(places + 3 * 10**9) >> np.uint64(32)).tolist(),
    )
    return [
        OrderSignIn(moment_of(when - when % 1_000_000), str(account), address, _METHODS[method], f"{session:08x}")
        for when, account, address, method, session in zip(*columns, strict=True)
    ]
