"""Co-location at the example firm as it should be: applied for, counted, open to all who are eligible, signed every day."""

from datetime import date
from typing import Final

from chahe.rules.trading_days import trading_days
from chahe.simulate.cast.colocation import (
    Application,
    Count,
    Eligible,
    Item,
    Line,
    ListReview,
    Notice,
    SignOff,
    Use,
)
from chahe.simulate.days import DAY, days_from, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import COLOCATED, Firm

CABINET: Final = "A07"
OLD_LINE: Final = "haiyu-old>twse"
_ITEMS: Final = (
    ("eq-01", "交易伺服器", "硬體", "CZ3A0417", COLOCATED, "公司", None), ("eq-02", "交換器", "硬體", "FOC2219X", None, "出租人", "和潤租賃"),
    ("eq-03", "防火牆 FortiGate 100F", "硬體", "FG100FTK21800452", None, "公司", None), ("eq-04", "委託傳送程式", "軟體", None, COLOCATED, "公司", None),
    ("eq-05", "線路終端設備", "硬體", "TW-0931", None, "證交所", "證交所"),
)  # fmt: skip


def add_cabinet(firm: Firm) -> None:
    """All of it, after the orders."""
    for device, name, kind, serial, system, owner, party in _ITEMS:
        user = "證交所" if owner == "證交所" else "公司"
        add_item(
            firm, Item(device, name, kind, CABINET, serial, system, owner, user, user, party, None, _opened(firm)),
            counted=True,
        )  # fmt: skip
    _access(firm)
    _lines(firm)
    handler, manager = firm.employee(people.BROKER).name, firm.employee(people.BROKERAGE).name
    days = sorted({one.sent.date() for one in firm.orders})
    firm.cabinet.sign_offs = [SignOff(day, handler, manager, day) for day in days]


def _opened(firm: Firm) -> date:
    return months_before(firm.as_of, 26)


def add_item(firm: Firm, item: Item, *, counted: bool) -> None:
    """Something in the cabinet; hardware with an application approved the week before, and twice counted."""
    firm.cabinet.items.append(item)
    if item.kind == "硬體":
        number = f"CO-{len(firm.cabinet.applications) + 1:03}"
        firm.cabinet.applications.append(
            Application(number, item.device, "進駐", item.installed - 20 * DAY, item.installed - 7 * DAY)
        )
    if counted:
        count(firm, item.device)


def count(firm: Firm, device: str) -> None:
    """Found in the stock-takes of nine and three months ago."""
    counter = firm.employee(people.ENGINEER).name
    for months in (9, 3):
        day = months_before(firm.as_of, months)
        firm.cabinet.counts.append(Count(f"ST-{day:%Y%m}", device, day, counter, found=True))


def _access(firm: Firm) -> None:
    opened = _opened(firm)
    for account in firm.traders:
        admit(firm, account, opened, notified=opened + 5 * DAY)
        begins = months_before(firm.as_of, 24)
        firm.cabinet.uses.append(Use(account, begins - 20 * DAY, "核准", None, begins))
    reviewer = firm.employee(people.BROKERAGE).name
    for months in (20, 14, 8, 2):
        day = months_before(firm.as_of, months)
        firm.cabinet.list_reviews.append(ListReview(f"LR-{day:%Y%m}", day, reviewer, "名單維持，資格均符"))


def admit(firm: Firm, account: str, begins: date, *, notified: date | None) -> None:
    """An eligible investor, told or not."""
    firm.cabinet.eligible.append(Eligible(account, begins, None, "使用規則第三條：月成交金額達標"))
    if notified is not None:
        firm.cabinet.notices.append(Notice(account, notified, "書面"))


def _lines(firm: Firm) -> None:
    old = months_before(firm.as_of, 52)
    firm.cabinet.lines = [
        Line("haiyu>twse", colocated=True, begins=firm.period_from),
        Line("haiyu-hq>twse", colocated=False, begins=firm.period_from),
        Line("dma1>haiyu", colocated=False, begins=firm.period_from),
        Line(OLD_LINE, colocated=False, begins=old, ends=firm.period_from - DAY),
    ]
    calendar = trading_days()
    firm.cabinet.archived = [day for day in days_from(old, firm.period_from - DAY) if calendar.is_trading_day(day)]
