"""Traps of people near one another: neighbours, one coffee house on one day, two customers at one tablet, children of age."""

from typing import Final

from chahe.simulate.days import DAY, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.scenarios.copies import COPIED, FOUR, together
from chahe.simulate.scenarios.insiders import childs_account
from chahe.simulate.scenarios.people import moved
from chahe.simulate.scenarios.trades import (
    LENT,
    OPPOSITE,
    SHARED,
    USED,
    Deal,
    account_of,
    insider,
    mirror,
    opponents,
    order_of,
    trading_days_ago,
)
from chahe.simulate.traps.trap import Trap
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_NEIGHBOURS: Final = (
    (people.IT_MANAGER, 12), (people.IT_DEPUTY, 13), (people.SECOND_ENGINEER, 14), (people.DATABASE, 15), (people.SECURITY, 16),
    (people.SECURITY_ENGINEER, 17), (people.SETTLEMENT, 18), (people.RISK_MANAGER, 22), (people.AUDITOR, 24),
)  # fmt: skip
_MET_ONCE: Final = (
    (people.ENGINEER, 16), (people.CLERK, 17), (people.ENGINEER, 18), (people.CLERK, 19), (people.ENGINEER, 13),
    (people.CLERK, 12), (people.ENGINEER, 29), (people.CLERK, 31), (people.ENGINEER, 33),
)  # fmt: skip
_TOGETHER: Final = ((12, 16), (13, 17), (14, 18), (15, 19), (16, 20), (17, 29), (18, 22), (19, 23), (12, 24))
"""Pairs of customers, each of one representative."""
_PARENTS: Final = (
    people.IT_MANAGER, people.IT_DEPUTY, people.DATABASE, people.SECURITY, people.SECURITY_ENGINEER, people.SETTLEMENT,
    people.BROKERAGE, people.RISK_MANAGER, people.AUDITOR,
)  # fmt: skip
_PARTS: Final = Text("其餘的人另有情節", "the others have parts to play")


def _neighbour(firm: Firm, truth: Truth, nth: int) -> None:
    staff, customer = _NEIGHBOURS[nth - 1]
    person = firm.employee(staff).person
    home = firm.clientele.staff_homes[person]
    client = moved(firm, customer, home.on_floor(home.floor + 1 + nth % 4), months_before(firm.as_of, 30))
    key: dict[str, Value] = {"person_id": person.lower(), "customer_id": client.customer.lower()}
    truth.silent("shared-contact", "同棟不同樓層的鄰居，不是其客戶", **key)


def _met_once(firm: Firm, truth: Truth, nth: int) -> None:
    """Opposite orders from one coffee house on one day, each from a telephone of one's own."""
    staff, customer = _MET_ONCE[nth - 1]
    own, other = insider(firm, staff), account_of(firm, customer)
    day = trading_days_ago(firm, 140 + 5 * nth)
    # An account that nobody has used for long would be a sign of its own.
    order_of(firm, other, Deal(trading_days_ago(firm, 170 + 5 * nth)), buy=False)
    mirror(firm, own, other, Deal(day, address=f"198.51.100.{200 + nth}"))
    for control in (OPPOSITE, SHARED):
        truth.silent(control, "只有一天由咖啡店的位址反向委託，沒有其他跡象", **opponents(firm, staff, own, other))
    person = firm.employee(staff).person.lower()
    truth.silent(LENT, "同一處，各用各的裝置", person_id=person, account=own, other_account=other)


def _at_one_tablet(firm: Firm, truth: Truth, nth: int) -> None:
    first, second = (account_of(firm, each) for each in _TOGETHER[nth - 1])
    tablet = f"{firm.rng(f'tablet {nth}').getrandbits(48):012x}"
    day = trading_days_ago(firm, 200 + 4 * nth)
    for hour, account in ((10, first), (11, second)):
        order_of(firm, account, Deal(day, hour, "0050", "198.51.100.150", tablet))
    representative = next(one.representative for one in firm.clientele.accounts if one.account == first)
    key: dict[str, Value] = {"kind": "device", "person_id": representative.lower(), "account": None, "device": tablet}
    truth.silent(USED, "兩位客戶共用一部平板，未達三戶", **key)


def _of_age(firm: Firm, truth: Truth, nth: int) -> None:
    born = months_before(firm.as_of, 18 * 12) - (nth - 1) * DAY
    grown = childs_account(firm, _PARENTS[nth - 1], born, "一般", months_before(firm.as_of, 60))
    truth.silent("insider-account-left-open", "子女已滿十八歲", account=grown.account)


def _four_together(firm: Firm, truth: Truth, nth: int) -> None:
    day = trading_days_ago(firm, 200 + 7 * nth)
    together(firm, FOUR, day, seconds=30)
    key: dict[str, Value] = {"representative_id": firm.employee(people.BROKER).person.lower(), "bunched_on": day}
    truth.silent(COPIED, "只有四位客戶同時買進", **key)


TRAPS: Final = (
    Trap("shared-contact", _neighbour, len(_NEIGHBOURS), _PARTS),
    Trap("opposite-trade-linked shared-ip insider-account-lent", _met_once, len(_MET_ONCE), _PARTS),
    Trap("customer-account-used", _at_one_tablet, len(_TOGETHER), _PARTS),
    Trap("orders-copied", _four_together, 20, Text("一年之內", "within the year")),
    Trap("insider-account-left-open", _of_age, len(_PARENTS), _PARTS),
)
