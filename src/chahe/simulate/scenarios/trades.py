"""Scenarios of orders that tie people together: the dead customer and the minor's account, one address, one telephone; and what only looks so."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from chahe.simulate.cast.customers import Authorization, Client, Contact, Relation, TradingAccount
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.access import national_id
from chahe.simulate.life.company import Firm
from chahe.simulate.life.credit import assess, grant
from chahe.simulate.life.orders import among_others, place, trading_day
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

OPPOSITE, SHARED, USED = "opposite-trade-linked", "shared-ip", "customer-account-used"
LENT: Final = "insider-account-lent"
_DEAD, _PARTNER, _OWN_CUSTOMER, _SISTER = 21, 28, 30, 35
_ONE_TELEPHONE: Final = (23, 27, 39, 31)
_OFFICE, _CARRIER, _ONCE, _TWINS, _ESTATE = 22, 24, 20, (32, 34), 25
_PARENT, _CHILD = 14, 15
"""Places in the list of customers."""
PRICES: Final = {"2330": Decimal("1085.00"), "0050": Decimal("198.35"), "2603": Decimal("201.00"), "2881": Decimal("89.60")}  # fmt: skip


class Deal(NamedTuple):
    """What is ordered when, and where the order comes from; None for the customer's own."""

    day: date
    hour: int = 10
    symbol: str = "2330"
    address: str | None = None
    device: str | None = None


def near_misses(firm: Firm, truth: Truth) -> None:
    _family(firm, truth)
    _networks(firm, truth)
    _kin(firm, truth)
    _estate(firm, truth)
    clerk, once = insider(firm, people.CLERK), account_of(firm, _ONCE)
    order_of(firm, once, Deal(trading_days_ago(firm, 75)), buy=False)
    mirror(firm, clerk, once, Deal(trading_days_ago(firm, 33), address="198.51.100.200"))
    for control in (OPPOSITE, SHARED):
        truth.silent(
            control, "只有一天由咖啡店的位址反向委託，沒有其他跡象", **opponents(firm, people.CLERK, clerk, once)
        )


def _family(firm: Firm, truth: Truth) -> None:
    """A parent who is authorised on the child's account orders for both at home; twins buy the index."""
    parent = firm.clientele.clients[_PARENT]
    both = account_of(firm, _PARENT), account_of(firm, _CHILD)
    for ago in (52, 45):
        mirror(firm, *both, Deal(trading_days_ago(firm, ago), address=parent.home_address, device=parent.device))
    truth.silent(OPPOSITE, "同住家人反向委託，沒有員工在內", **opponents(firm, people.FOURTH_BROKER, *both))
    first, second = (account_of(firm, nth) for nth in _TWINS)
    home = firm.clientele.clients[_TWINS[0]].home_address
    for ago in (100, 70, 39):
        for account in (first, second):
            order_of(firm, account, Deal(trading_days_ago(firm, ago), 9, "0050", home))
    truth.silent(
        USED,
        "雙胞胎在家定期買同一檔 ETF",
        kind="device",
        person_id=firm.employee(people.BROKER).person.lower(),
        account=None,
        device=firm.clientele.clients[_TWINS[0]].device,
    )


def _networks(firm: Firm, truth: Truth) -> None:
    """Opposite orders from addresses that many share."""
    shared = (
        (people.CLERK, _OFFICE, "203.0.113.250", "辦公室對外位址多人共用"),
        (people.ENGINEER, _CARRIER, "198.51.100.7", "電信業者共用出口"),
    )
    for nth, customer, address, why in shared:
        own, account = insider(firm, nth), account_of(firm, customer)
        for ago in (64, 58):
            mirror(firm, own, account, Deal(trading_days_ago(firm, ago), address=address))
        for control in (OPPOSITE, SHARED):
            truth.silent(control, why, **opponents(firm, nth, own, account))


def _kin(firm: Firm, truth: Truth) -> None:
    """The accountant's declared sister lives with her."""
    own, sister = insider(firm, people.ACCOUNTANT), account_of(firm, _SISTER)
    home = firm.clientele.client_of(own).home_address
    for ago in (82, 68):
        mirror(firm, own, sister, Deal(trading_days_ago(firm, ago), address=home))
    for control in (OPPOSITE, SHARED):
        truth.silent(control, "已申報的手足同住", **opponents(firm, people.ACCOUNTANT, own, sister))
    truth.silent(LENT, "手足同住，各用各的裝置", **_lent(firm, people.ACCOUNTANT, own, sister))


def _estate(firm: Firm, truth: Truth) -> None:
    """An executor, registered after the death, sells what the customer left."""
    client, account = firm.clientele.clients[_ESTATE], account_of(firm, _ESTATE)
    client.died, client.death_known = firm.as_of - 150 * DAY, firm.as_of - 144 * DAY
    firm.clientele.authorizations.append(
        Authorization(
            account,
            client.name[0] + "國忠",
            national_id(firm.rng("executor")),
            "法定代理",
            firm.as_of - 130 * DAY,
        )
    )
    order_of(firm, account, Deal(trading_days_ago(firm, 90), 11), buy=False)
    truth.silent(USED, "遺產管理人於登記後賣出", kind="death", person_id=None, account=account, device=None)


def _mirrored(firm: Firm, truth: Truth, dial: Dial) -> None:
    own, partner = insider(firm, people.ACCOUNTANT), account_of(firm, _PARTNER)
    home, seconds = firm.clientele.client_of(own).home_address, dial.whole(42, 5, 280)
    days = (96, 88, 61, 110, 117, 124, 131, 138)[: dial.whole(3, 8, 2)]
    for ago in days:
        mirror(firm, own, partner, Deal(trading_days_ago(firm, ago), address=home), seconds=seconds)
    for control in (OPPOSITE, SHARED):
        truth.planted(
            control,
            "mirrored_at_home",
            f"會計與客戶{in_words(len(days))}天由同一住家位址反向委託",
            **opponents(firm, people.ACCOUNTANT, own, partner),
        )


def _from_brokers_home(firm: Firm, truth: Truth, dial: Dial) -> None:
    broker, account = insider(firm, people.THIRD_BROKER), account_of(firm, _OWN_CUSTOMER)
    day, home = trading_days_ago(firm, dial.pick(47, [48, 49])), firm.clientele.client_of(broker).home_address
    order_of(firm, broker, Deal(day, 9, "2603", home))
    order_of(firm, account, Deal(day, 12, "2881", home))
    truth.planted(
        SHARED,
        "own_customer_at_home",
        "營業員的客戶由營業員家中的位址下單",
        **opponents(firm, people.THIRD_BROKER, broker, account),
    )


def _one_telephone(firm: Firm, truth: Truth, dial: Dial) -> None:
    telephone = f"{firm.rng('spare telephone').getrandbits(48):012x}"
    customers = _ONE_TELEPHONE[: dial.whole(3, 4, 3)]
    for hour, nth in enumerate(customers, 9 if len(customers) > 3 else 10):
        order_of(
            firm,
            account_of(firm, nth),
            Deal(trading_days_ago(firm, 54), hour, address="198.51.100.33", device=telephone),
        )
    truth.planted(
        USED,
        "one_telephone",
        f"同一支手機一天內替同一營業員的{in_words(len(customers))}位客戶下單",
        kind="device",
        person_id=firm.employee(people.FOURTH_BROKER).person.lower(),
        account=None,
        device=telephone,
    )


def _case_four(firm: Firm, truth: Truth, dial: Dial) -> None:
    """The customer has died; another broker sells the shares by his telephone and buys them for his minor child's account."""
    broker = firm.employee(people.BROKER)
    victim, account = firm.clientele.clients[_DEAD], account_of(firm, _DEAD)
    day, seconds = trading_days_ago(firm, 40), dial.whole(42, 5, 280)
    victim.died, victim.death_known = day - dial.whole(17, 200, 1) * DAY, day + 6 * DAY
    child = _child(firm)
    own = firm.clientele.client_of(insider(firm, people.BROKER))
    mirror(firm, child, account, Deal(day, 10, "2330", own.home_address, own.device), seconds=seconds)
    mirror(firm, child, account, Deal(day, 11, "2881", own.home_address, own.device), seconds=seconds)
    told = "客戶往生後，另一營業員以手機賣出其股票，由未成年子女帳戶買進"
    for control in (OPPOSITE, SHARED):
        truth.planted(control, "case_four", told, **opponents(firm, people.BROKER, child, account))
    truth.planted(LENT, "case_four", told, **_lent(firm, people.BROKER, child, account))
    truth.planted(USED, "case_four", told, kind="hand", person_id=broker.person.lower(), account=account, device=None)
    truth.planted(USED, "case_four_dead", "客戶往生後仍有委託", kind="death", person_id=None, account=account, device=None)  # fmt: skip


def _child(firm: Firm) -> str:
    """The account of the broker's child, with what is on file of it."""
    rng = firm.rng("minor child")
    broker, kept = firm.employee(people.BROKER), firm.clientele
    parent = kept.client_of(insider(firm, people.BROKER))
    born, opened = months_before(firm.as_of, 131), months_before(firm.as_of, 20)
    child = Client(
        customer=f"K2{rng.randrange(8000, 9999)}",
        name=f"{broker.name[0]}小宇",
        national_id=national_id(rng),
        kind="自然人",
        residency="本國",
        born=born,
        home=parent.home,
        mobile=parent.mobile,
        email=parent.email,
        home_address=parent.home_address,
        device=parent.device,
        bank=f"812-{rng.randrange(10**12):012}",
    )
    account = f"98{people.BROKER + 60}{rng.randrange(1000):03}"
    kept.clients.append(child)
    kept.accounts.append(
        TradingAccount(account, child.customer, "內部人", "9A00", firm.employee(people.FOURTH_BROKER).person, opened)
    )
    kept.contacts.append(Contact("客戶", child.customer, "交割銀行帳戶", child.bank, opened))
    kept.relations.append(Relation(broker.person, child.name, child.national_id, "未成年子女", "員工申報", born))
    kept.authorizations.append(Authorization(account, broker.name, kept.staff_ids[broker.person], "法定代理", opened))
    assess(firm, child.customer, 20_000_000, months_before(firm.as_of, 14), "財力證明")
    grant(firm, child.customer, 10_000_000, months_before(firm.as_of, 13))
    return account


def mirror(firm: Firm, buyer: str, seller: str, deal: Deal, *, seconds: int = 42) -> None:
    """One sells and, up to five minutes later, the other buys as much of the same."""
    sold = order_of(firm, seller, deal, buy=False)
    order_of(firm, buyer, deal, later=sold + timedelta(seconds=seconds))


def order_of(firm: Firm, account: str, deal: Deal, *, buy: bool = True, later: datetime | None = None) -> datetime:
    rng = firm.rng(f"minute of {account} {deal.day} {deal.hour}")
    told = at(deal.day, deal.hour, 12, rng.randrange(8), rng.randrange(900_000))
    when = later or (among_others(firm, told, rng))
    order = place(firm, account, when, price=PRICES[deal.symbol], quantity=1000, buy=buy)
    order.symbol = deal.symbol
    order.address = deal.address or order.address
    order.device = deal.device or order.device
    return when


def trading_days_ago(firm: Firm, ago: int) -> date:
    return trading_day(firm.as_of - ago * DAY)


def account_of(firm: Firm, nth: int) -> str:
    return firm.clientele.account_of(firm.clientele.clients[nth].customer).account


def insider(firm: Firm, nth: int) -> str:
    """An employee's own account."""
    held = firm.clientele.staff_ids[firm.employee(nth).person]
    client = next(one for one in firm.clientele.clients if one.national_id == held)
    return firm.clientele.account_of(client.customer).account


def opponents(firm: Firm, nth: int, account: str, customer_account: str) -> dict[str, Value]:
    return {
        "person_id": firm.employee(nth).person.lower(),
        "account": account,
        "customer_account": customer_account,
    }


def _lent(firm: Firm, nth: int, account: str, other: str) -> dict[str, Value]:
    return {"person_id": firm.employee(nth).person.lower(), "account": account, "other_account": other}


SCENARIOS: Final = (
    Scenario(
        "case_four",
        "opposite-trade-linked shared-ip insider-account-lent customer-account-used",
        _case_four,
        Text(
            "往生兩百天後、隔五秒…往生次日、隔近五分鐘",
            "200 days after the death and five seconds apart … the day after and almost five minutes apart",
        ),
        also=("case_four_dead",),
    ),
    Scenario(
        "mirrored_at_home",
        "opposite-trade-linked shared-ip",
        _mirrored,
        Text("八天、隔五秒…兩天、隔近五分鐘", "on eight days, five seconds apart … on two, almost five minutes apart"),
    ),
    Scenario(
        "own_customer_at_home",
        "shared-ip",
        _from_brokers_home,
        none(
            "一天即列入，因為是自己的客戶；換的是日子",
            "one day is enough, as the customer is the broker's own; which day varies",
        ),
    ),
    Scenario("one_telephone", "customer-account-used", _one_telephone, Text("四位…三位客戶", "four … three customers")),
)
