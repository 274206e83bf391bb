"""Scenarios of orders that need more than an order: disposition, special standings, approvals, insiders; and what only looks so."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from chahe.simulate.cast.access import PersonalFile
from chahe.simulate.cast.customers import Authorization, Client, TradingAccount
from chahe.simulate.cast.special_orders import (
    Prepayment,
    SaleApproval,
    Standing,
)
from chahe.simulate.cast.staff_and_systems import Order
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.access import national_id
from chahe.simulate.life.company import Firm
from chahe.simulate.life.credit import assess, grant
from chahe.simulate.life.customers import reach
from chahe.simulate.life.homes import made_home
from chahe.simulate.life.orders import among_others, place, trading_day
from chahe.simulate.registers.special_orders import DISPOSED
from chahe.simulate.scenarios.scenario import Dial, Scenario
from chahe.simulate.truth import Truth
from chahe.wording import Text

_PRICE: Final = Decimal("45.00")
_CLOSE: Final = 13
"""The hour in which trading ends; blocks are paired after it."""
_PERSONS: Final = (
    ("林雅惠", "本國", 41), ("陳國樑", "本國", 55), ("吳佩蓉", "本國", 38), ("黃子瑜", "本國", 12), ("張家維", "本國", 11),
    ("劉文財", "本國", 60), ("MILLER ANN", "外國", 44), ("李僑生", "華僑", 66), ("何美僑", "華僑", 58), ("周董芬", "本國", 52),
    ("許光榮", "本國", 63), ("鄭經理", "本國", 47), ("葉監察", "本國", 57),
)  # fmt: skip
(COVERED, UNCOVERED, LATE, CHILD, LONE_CHILD, DEFAULTER, FOREIGNER, APPROVED, UNAPPROVED, WIFE, DIRECTOR, MANAGER,
 SUPERVISOR) = range(13)  # fmt: skip


def near_misses(firm: Firm, truth: Truth) -> None:
    clients = [_client(firm, nth) for nth in range(len(_PERSONS))]
    firm.access.personal_files.append(
        PersonalFile("特殊交易控管.xlsx", "契約管理", firm.employee(people.BROKERAGE).name, firm.as_of + 700 * DAY)
    )
    firm.special.calm_from = months_before(firm.as_of, 14)
    first = trading_day(months_before(firm.as_of, 2) + 6 * DAY)
    firm.special.disposed = first, first + 13 * DAY
    _collected_in_time(firm, truth, clients)
    _allowed_by_standing(firm, truth, clients)
    _approved(firm, truth, clients)


def _collected_in_time(firm: Firm, truth: Truth, clients: list[Client]) -> None:
    day = _disposed(firm)
    order = special_order(firm, clients[COVERED], day, DISPOSED, _PRICE, 10_000)
    second = order.sent.replace(microsecond=0)
    _prepaid(firm, order, second, amount=str(_PRICE * 10_000))
    truth.silent(
        "disposition-prepayment-missing",
        "單筆達十張，款項在送出的同一秒前收足",
        **order_key("traded_on", order, symbol=True),
    )
    # On another day than a big one of hers, after which the small ones of that day are to be collected too.
    small = special_order(firm, clients[UNCOVERED], trading_day(day + DAY), DISPOSED, _PRICE, 9_000)
    truth.silent(
        "disposition-prepayment-missing", "單筆九張，未達預收標準", **order_key("traded_on", small, symbol=True)
    )


def _nothing_collected(firm: Firm, truth: Truth, dial: Dial) -> None:
    day, units = _disposed(firm), dial.whole(12, 20, 10)
    big = special_order(firm, known(firm, UNCOVERED), day, DISPOSED, _PRICE, units * 1000, hour=11)
    truth.planted(
        "disposition-prepayment-missing",
        "nothing_collected",
        "處置期間單筆達十張，未預收款券",
        **order_key("traded_on", big, symbol=True),
    )


def _collected_later(firm: Firm, truth: Truth, dial: Dial) -> None:
    late = special_order(firm, known(firm, LATE), _disposed(firm), DISPOSED, _PRICE, 10_000)
    collected = late.sent + timedelta(seconds=dial.whole(1500, 9000, 1))
    _prepaid(firm, late, collected, amount=str(_PRICE * 10_000))
    truth.planted(
        "disposition-prepayment-missing",
        "collected_later",
        "款項在委託送出後才補收",
        **order_key("traded_on", late, symbol=True),
    )


def _allowed_by_standing(firm: Firm, truth: Truth, clients: list[Client]) -> None:
    day = trading_day(months_before(firm.as_of, 3))
    child = clients[CHILD]
    firm.clientele.authorizations.append(
        Authorization(
            _account(firm, child), "黃父", national_id(firm.rng("father")), "法定代理", months_before(firm.as_of, 18)
        )
    )
    order = special_order(firm, child, day, "2881", Decimal("89.60"), 1_000)
    truth.silent("special-customer-uncontrolled", "未成年客戶有法定代理人登記", **order_key("placed_on", order))
    foreigner = clients[FOREIGNER]
    firm.special.standings.append(Standing(foreigner.customer, "外國人", daily_limit=896_000))
    exact = special_order(firm, foreigner, day, "2881", Decimal("89.60"), 10_000)
    truth.silent("special-customer-uncontrolled", "外國人當日委託恰為所設限額", **order_key("placed_on", exact))
    known = trading_day(months_before(firm.as_of, 1))
    firm.special.standings.append(
        Standing(clients[DEFAULTER].customer, "違約未結案", begins=known - 20 * DAY, known=known)
    )
    before = special_order(firm, clients[DEFAULTER], trading_day(known - 8 * DAY), "2881", Decimal("89.60"), 1_000)
    truth.silent("special-customer-uncontrolled", "委託在公司知悉其違約之前", **order_key("placed_on", before))


def _minor_alone(firm: Firm, truth: Truth, dial: Dial) -> None:
    """The subtlest was of age the day after."""
    day, minor = trading_day(months_before(firm.as_of, 3)), known(firm, LONE_CHILD)
    soon = months_before(day, 18 * 12) + DAY
    minor.born = dial.day(minor.born or soon, months_before(firm.as_of, 40), soon)
    lone = special_order(firm, minor, day, "2881", Decimal("89.60"), 1_000)
    truth.planted(
        "special-customer-uncontrolled",
        "minor_alone",
        "未成年客戶沒有法定代理人，仍以網路下單",
        **order_key("placed_on", lone),
    )


def _in_default(firm: Firm, truth: Truth, dial: Dial) -> None:
    later = trading_day(trading_day(months_before(firm.as_of, 1)) + dial.whole(1, 25, 1) * DAY)
    order = special_order(firm, known(firm, DEFAULTER), later, "2881", Decimal("89.60"), 1_000)
    truth.planted(
        "special-customer-uncontrolled",
        "in_default",
        "公司知悉違約未結案後仍接受網路委託",
        **order_key("placed_on", order),
    )


def _approved(firm: Firm, truth: Truth, clients: list[Client]) -> None:
    last = trading_day(months_before(firm.as_of, 4))
    for nth in (APPROVED, UNAPPROVED):
        firm.special.standings.append(Standing(clients[nth].customer, "須經投審會核准賣出", symbol="2317"))
    firm.special.approvals.append(
        SaleApproval("經審字第1150004217號", clients[APPROVED].customer, "2317", last - 40 * DAY, last, 5_000)
    )
    order = special_order(firm, clients[APPROVED], last, "2317", Decimal("182.50"), 5_000, buy=False)
    truth.silent("restricted-sale-unapproved", "在核准的最後一日恰賣出核准股數", **order_key("sold_on", order))


def _unapproved(firm: Firm, truth: Truth, dial: Dial) -> None:
    day, seller = trading_day(months_before(firm.as_of, 5)), known(firm, UNAPPROVED)
    order = special_order(firm, seller, day, "2317", Decimal("182.50"), 3_000, buy=False)
    short = dial.by_degree(0, (0, 2_000, 1))
    if short:
        number = "經審字第1150004390號"
        approval = SaleApproval(number, seller.customer, "2317", day - 20 * DAY, day + 9 * DAY, 3_000 - short)
        firm.special.approvals.append(approval)
    told = f"華僑賣出限制持股，逾投審會核准 {short} 股" if short else "華僑未經投審會核准賣出限制持股"
    truth.planted("restricted-sale-unapproved", "no_approval", told, **order_key("sold_on", order))


def known(firm: Firm, nth: int) -> Client:
    return next(one for one in firm.clientele.clients if one.customer == _number(nth))


def _client(firm: Firm, nth: int) -> Client:
    """A customer with an account, assessed and with a limit long before the period."""
    name, residency, age = _PERSONS[nth]
    rng = firm.rng(f"special client {nth}")
    opened = months_before(firm.as_of, 20 + firm.rng(f"special client {nth} came").randrange(84))
    client = Client(
        customer=_number(nth),
        name=name,
        national_id=national_id(rng),
        kind="自然人",
        residency=residency,
        born=months_before(firm.as_of, 12 * age + 5),
        home=made_home(rng),
        mobile=f"0978{rng.randrange(10**6):06}",
        email=f"guest{rng.randrange(10**5):05}@example.com",
        home_address=f"192.0.2.{20 + 3 * nth}",
        device=f"{rng.getrandbits(48):012x}",
        bank=f"812-{rng.randrange(10**12):012}",
    )
    firm.clientele.clients.append(client)
    account = f"07{10 + nth}{rng.randrange(1000):03}"
    clerk = firm.employee(people.FOURTH_BROKER).person
    firm.clientele.accounts.append(TradingAccount(account, client.customer, "一般", "9A00", clerk, opened))
    for day in (opened, months_before(firm.as_of, 6) - 3 * DAY):
        assess(firm, client.customer, 300_000_000, day, "銀行存款餘額證明")
    grant(firm, client.customer, 100_000_000, opened + DAY)
    reach(firm, "客戶", client.customer, client.home, client.mobile, opened)
    return client


def _number(nth: int) -> str:
    return f"K{61003 + 11 * nth}"


def _account(firm: Firm, client: Client) -> str:
    return firm.clientele.account_of(client.customer).account


def _disposed(firm: Firm) -> date:
    if firm.special.disposed is None:
        raise ValueError("no security is under disposition")
    return trading_day(firm.special.disposed[0] + DAY)


def special_order(  # noqa: PLR0913 - an order is as many things
    firm: Firm, client: Client, day: date, symbol: str, price: Decimal, quantity: int, *, buy: bool = True, hour: int = 10
) -> Order:  # fmt: skip
    rng = firm.rng(f"special order of {client.customer} {day} {hour}")
    when = at(day, hour, rng.randrange(60), rng.randrange(60), rng.randrange(900_000))
    if hour < _CLOSE:
        when = among_others(firm, when, rng)
    order = place(firm, _account(firm, client), when, price=price, quantity=quantity, buy=buy)
    order.symbol = symbol
    return order


def _prepaid(firm: Firm, order: Order, collected: datetime, *, amount: str) -> None:
    number = f"PP-{len(firm.special.prepayments) + 1:04}"
    firm.special.prepayments.append(
        Prepayment(number, order.account, order.symbol, order.sent.date(), collected, amount)
    )


def order_key(day: str, order: Order, *, symbol: bool = False) -> dict[str, str | date]:
    key: dict[str, str | date] = {day: order.sent.date(), "account": order.account, "order_id": order.order_id}
    return {**key, "symbol": order.symbol} if symbol else key


SCENARIOS: Final = (
    Scenario(
        "nothing_collected",
        "disposition-prepayment-missing",
        _nothing_collected,
        Text("二十張…恰十張", "twenty … just ten units"),
    ),
    Scenario(
        "collected_later",
        "disposition-prepayment-missing",
        _collected_later,
        Text("送出後兩個半小時…一秒才收", "collected two and a half hours … one second after sending"),
    ),
    Scenario(
        "minor_alone",
        "special-customer-uncontrolled",
        _minor_alone,
        Text("三歲…差一天成年", "aged three … of age the day after"),
    ),
    Scenario(
        "in_default",
        "special-customer-uncontrolled",
        _in_default,
        Text("知悉後二十五天…次日", "25 days … one day after it was known"),
    ),
    Scenario(
        "no_approval",
        "restricted-sale-unapproved",
        _unapproved,
        Text("沒有核准…逾核准一股", "no approval … one share above it"),
    ),
)
