"""Traps of everyday life: a market maker, twins, roommates, one exit for many, dividends and wages of companies that are customers."""

from datetime import timedelta
from typing import Final

from chahe.simulate.cast.payments import Moved
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import MICROSECOND, place
from chahe.simulate.life.payments import client_account
from chahe.simulate.scenarios.trades import (
    OPPOSITE,
    PRICES,
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

_MONEY: Final = "money-between-staff-and-customer"
_MAKER: Final = 19
"""Place in the list of customers, of a company that makes a market."""
_AGAINST_MAKER: Final = (people.ENGINEER, people.THIRD_BROKER, people.ACCOUNTANT)
_TWINS: Final = ((12, 16), (13, 17), (18, 22), (26, 14), (29, 13), (24, 12))
"""Each pair of one representative."""
_ROOMMATES: Final = ((16, 23), (17, 22), (18, 29), (12, 26), (13, 24))
_AT_WORK: Final = (
    (people.ENGINEER, 12), (people.CLERK, 14), (people.ACCOUNTANT, 18), (people.ENGINEER, 26), (people.CLERK, 24),
)  # fmt: skip
_EXITS: Final = ("203.0.113.250", "198.51.100.7")
"""Of the head office, and of a carrier; both are on the list of networks that many share."""
_SHAREHOLDERS: Final = (
    people.IT_MANAGER, people.IT_DEPUTY, people.DATABASE, people.SECOND_CLERK, people.AUDITOR, people.COMPLIANCE, people.RISK_MANAGER,
    people.SETTLEMENT, people.SECURITY_ENGINEER,
)  # fmt: skip
_COMPANIES: Final = (19, 20, 33)
_WORKERS: Final = (22, 23, 24, 26, 27)
"""Places of customers who work for another."""
_PARTS: Final = Text("其餘的人另有情節", "the others have parts to play")


def _against_maker(firm: Firm, truth: Truth, nth: int) -> None:
    """A company quotes both sides all day; an employee buys what it offers at the same minute."""
    staff = _AGAINST_MAKER[nth - 1]
    own, maker = insider(firm, staff), account_of(firm, _MAKER)
    day, symbol = trading_days_ago(firm, 150 + 6 * nth), "0050"
    rng = firm.rng(f"market made {nth}")
    for hour in (9, 10, 11, 12, 13):
        when = at(day, hour, 5 + rng.randrange(20), rng.randrange(60), rng.randrange(900_000))
        for buy in (True, False):
            when += MICROSECOND * rng.randrange(150, 900)
            quote = place(firm, maker, when, price=PRICES[symbol], quantity=1000, buy=buy)
            quote.symbol, quote.channel = symbol, "專線"
            quote.address = quote.device = quote.signature = None
        if hour == 11:
            order_of(firm, own, Deal(day, hour, symbol), later=when + timedelta(seconds=7))
    for control in (OPPOSITE, SHARED):
        truth.silent(control, "造市商同時掛買賣，員工恰與其成交", **opponents(firm, staff, own, maker))


def _twins(firm: Firm, truth: Truth, nth: int) -> None:
    """Siblings under one roof buy the index at the same minute, each on a telephone of one's own."""
    first, second = _TWINS[nth - 1]
    home, device = firm.clientele.clients[first].home_address, firm.clientele.clients[first].device
    for ago in (64, 94, 124):
        day = trading_days_ago(firm, ago + nth)
        begins = order_of(firm, account_of(firm, first), Deal(day, 9, "0050", home))
        order_of(firm, account_of(firm, second), Deal(day, 9, "0050", home), later=begins + timedelta(seconds=20))
    key: dict[str, Value] = {
        "kind": "device",
        "person_id": _representative(firm, first),
        "account": None,
        "device": device,
    }
    truth.silent(USED, "兄弟姊妹在家同一分鐘定期買同一檔 ETF", **key)


def _roommates(firm: Firm, truth: Truth, nth: int) -> None:
    first, second = _ROOMMATES[nth - 1]
    both = account_of(firm, first), account_of(firm, second)
    home = firm.clientele.clients[first].home_address
    for ago in (73, 103):
        mirror(firm, *both, Deal(trading_days_ago(firm, ago + 2 * nth), 11, "2603", home))
    key: dict[str, Value] = {"person_id": _representative(firm, first), "account": both[0], "customer_account": both[1]}
    for control in (OPPOSITE, SHARED):
        truth.silent(control, "室友共用一條線路，一買一賣，沒有員工在內", **key)


def _behind_one_exit(firm: Firm, truth: Truth, nth: int) -> None:
    staff, customer = _AT_WORK[nth - 1]
    own, account = insider(firm, staff), account_of(firm, customer)
    for ago in (76, 106):
        day = trading_days_ago(firm, ago + 3 * nth)
        mirror(firm, own, account, Deal(day, 12, "2881", _EXITS[nth % 2]))
    for control in (OPPOSITE, SHARED):
        truth.silent(control, "辦公室或電信業者的共用出口", **opponents(firm, staff, own, account))


def _dividend(firm: Firm, truth: Truth, nth: int) -> None:
    """An employee holds shares of a company that is a customer."""
    who, company = firm.employee(_SHAREHOLDERS[nth - 1]), firm.clientele.clients[_COMPANIES[nth % 3]]
    held = firm.money.staff_accounts[who.person]
    on = months_before(firm.as_of, 3) + nth * DAY
    firm.money.moved.append(Moved(on, client_account(company), held, 6_000 + 1_480 * nth, "現金股利", held, "員工申報"))
    key: dict[str, Value] = {"person_id": who.person.lower(), "customer_id": company.customer.lower()}
    truth.silent(_MONEY, "客戶公司發給股東的股利，一年一次", **key)


def _wages(firm: Firm, truth: Truth, nth: int) -> None:
    """A customer works for a company that is a customer, too, and once showed the statement."""
    worker, company = firm.clientele.clients[_WORKERS[nth - 1]], firm.clientele.clients[_COMPANIES[nth % 3]]
    theirs = client_account(worker)
    for month in range(1, 13):
        on = months_before(firm.as_of, month).replace(day=5)
        firm.money.moved.append(Moved(on, client_account(company), theirs, 41_500 + 900 * nth, "薪資", theirs, "客訴"))
    on = months_before(firm.as_of, 4) + nth * DAY
    firm.money.moved.append(Moved(on, client_account(company), theirs, 88_000, "現金股利", theirs, "客訴"))
    key: dict[str, Value] = {
        "person_id": _representative(firm, _WORKERS[nth - 1]),
        "customer_id": worker.customer.lower(),
    }
    truth.silent(_MONEY, "客戶由另一家客戶公司領薪資與股利，沒有員工在內", **key)


def _representative(firm: Firm, nth: int) -> str:
    account = account_of(firm, nth)
    return next(one.representative for one in firm.clientele.accounts if one.account == account).lower()


TRAPS: Final = (
    Trap("opposite-trade-linked shared-ip", _against_maker, len(_AGAINST_MAKER), _PARTS),
    Trap("customer-account-used", _twins, len(_TWINS), _PARTS),
    Trap("opposite-trade-linked shared-ip", _roommates, len(_ROOMMATES), _PARTS),
    Trap("opposite-trade-linked shared-ip", _behind_one_exit, len(_AT_WORK), _PARTS),
    Trap(_MONEY, _dividend, len(_SHAREHOLDERS), _PARTS),
    Trap(_MONEY, _wages, len(_WORKERS), _PARTS),
)
