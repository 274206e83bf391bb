"""Scenarios of money between staff and customers: the hub of the exchange's first case, and what only looks like a loan."""

from random import Random
from typing import Final

from chahe.simulate import people
from chahe.simulate.clientele import Client, Contact, Relation
from chahe.simulate.company import Firm
from chahe.simulate.days import DAY
from chahe.simulate.money import client_account
from chahe.simulate.money_papers import Holder, Moved
from chahe.simulate.truth import Truth

_CONTROL: Final = "money-between-staff-and-customer"
HUB: Final = people.SECOND_BROKER
"""Who kept customers' money."""
_TOTAL: Final = 16_000_000
_PAYERS, _OFTEN = 33, 13
_STRANGERS: Final = ("高淑芳", "簡金水", "范姜文", "游美雪", "涂志遠", "阮秋月", "古文傑", "鍾麗珠")
"""Members of the public, no customers of the firm."""


def near_misses(firm: Firm, truth: Truth) -> None:
    clients = firm.clientele.clients
    brother, keeper = clients[8], firm.employee(people.SECURITY)
    firm.clientele.relations.append(
        Relation(keeper.person, brother.name, brother.national_id, "兄弟姊妹", "員工申報", keeper.hired)
    )
    _declared(firm, people.SECURITY, client_account(brother), 250_000, 64, "裝潢款")
    _silent(firm, truth, people.SECURITY, brother, "與申報的兄弟之間的往來")
    colleague = next(one for one in clients if one.name == firm.employee(people.CLERK).name)
    for ago in (35, 66, 96):
        _declared(firm, people.ENGINEER, client_account(colleague), 12_500, ago, "房租分攤")
    _silent(firm, truth, people.ENGINEER, colleague, "同事之間分攤房租")
    rng = firm.rng("shared purchases")
    for ago in (20, 51, 82, 112):
        for client in clients[:10]:
            _declared(firm, people.GENERAL_AFFAIRS, client_account(client), 300 + 50 * rng.randrange(12), ago, "團購")
    _silent(firm, truth, people.GENERAL_AFFAIRS, clients[2], "每月向多位客戶收小額團購款")
    _declared(firm, people.BROKER, client_account(clients[0]), 6_600, 130, "結婚禮金")
    _silent(firm, truth, people.BROKER, clients[0], "自己的客戶送一次結婚禮金")
    _declared(firm, people.FOURTH_BROKER, client_account(clients[3]), -29_999, 41, "代購機票")
    _silent(firm, truth, people.FOURTH_BROKER, clients[3], "單筆差一元，且只有一次")


def breaches(firm: Firm, truth: Truth) -> None:
    _hub(firm, truth)
    _passed_on(firm, truth)
    _spouse(firm, truth)


def _hub(firm: Firm, truth: Truth) -> None:
    """33 customers and members of the public, 13 of them more than once, NT$16 million in all."""
    rng = firm.rng("hub")
    employee = firm.employee(HUB)
    private = Holder(f"700-{rng.randrange(10**14):014}", employee.name)
    firm.clientele.contacts.append(
        Contact("員工", employee.person, "其他銀行帳戶", private.account, firm.as_of - 20 * DAY)
    )
    payers = [one for one in firm.clientele.clients[12:40] if one.kind == "自然人"]
    holders = [client_account(one) for one in payers]
    known_for = [(firm.as_of - firm.clientele.account_of(one.customer).opened).days for one in payers]
    holders += [Holder(f"{rng.choice(('004', '013', '822'))}-{rng.randrange(10**12):012}", name) for name in _STRANGERS]
    often = set(rng.sample(range(_PAYERS), _OFTEN))
    times = [1 + (nth in often) * rng.randrange(1, 5) for nth in range(_PAYERS)]
    amounts = _parts(rng, _TOTAL, sum(times))
    for holder, count, days in zip(holders, times, [*known_for, *(700 for _ in _STRANGERS)], strict=True):
        for _ in range(count):
            on = firm.as_of - rng.randrange(40, min(700, days)) * DAY
            memo = rng.choice(("投資款", "操作金", "借款", "", "代墊", "期貨"))
            firm.money.moved.append(Moved(on, holder, private, amounts.pop(), memo, holder, "客訴"))
    for client in payers:
        truth.planted(
            _CONTROL,
            "hub_of_33",
            "營業員以私人帳戶收受三十三位客戶與民眾款項，合計一千六百萬元",
            person_id=employee.person.lower(),
            customer_id=client.customer.lower(),
        )


def _parts(rng: Random, total: int, count: int) -> list[int]:
    """So many amounts, whole thousands of ten at least, that make up the total."""
    weights = [0.3 + rng.random() for _ in range(count)]
    parts = [max(10, round(total / 1000 * weight / sum(weights))) * 1000 for weight in weights]
    parts[parts.index(max(parts))] += total - sum(parts)
    return parts


def _passed_on(firm: Firm, truth: Truth) -> None:
    rng = firm.rng("passed on")
    client, employee = firm.clientele.clients[4], firm.employee(people.THIRD_BROKER)
    friend = Holder(f"012-{rng.randrange(10**12):012}", "戴玉蘭")
    on = firm.as_of - 77 * DAY
    firm.money.moved += [
        Moved(on, client_account(client), friend, 480_000, "貨款", client_account(client), "客訴"),
        Moved(on + DAY, friend, firm.money.staff_accounts[employee.person], 470_000, "配息", firm.money.staff_accounts[employee.person], "員工申報"),
    ]  # fmt: skip
    truth.planted(
        _CONTROL,
        "passed_on",
        "客戶的款項經友人帳戶，隔日轉入營業員帳戶",
        person_id=employee.person.lower(),
        customer_id=client.customer.lower(),
    )


def _spouse(firm: Firm, truth: Truth) -> None:
    rng = firm.rng("spouse's account")
    client, employee = firm.clientele.clients[6], firm.employee(people.BROKER)
    spouse = next(one for one in firm.clientele.relations if (one.person, one.relation) == (employee.person, "配偶"))
    held = Holder(f"009-{rng.randrange(10**12):012}", spouse.name)
    firm.clientele.contacts.append(
        Contact("員工關係人", spouse.national_id, "其他銀行帳戶", held.account, employee.hired)
    )
    for ago, amount in ((150, 200_000), (119, 4_000), (90, 4_000), (58, 4_000)):
        payer, payee = (client_account(client), held) if ago == 150 else (held, client_account(client))
        on = firm.as_of - ago * DAY
        firm.money.moved.append(
            Moved(on, payer, payee, amount, "週轉" if ago == 150 else "利息", client_account(client), "客訴")
        )
    truth.planted(
        _CONTROL,
        "by_spouse",
        "營業員以配偶帳戶向客戶借款，按月付息",
        person_id=employee.person.lower(),
        customer_id=client.customer.lower(),
    )


def _declared(firm: Firm, nth: int, other: Holder, amount: int, ago: int, memo: str) -> None:
    """A line of the account that an employee has declared: money in, or out where the amount is negative."""
    held = firm.money.staff_accounts[firm.employee(nth).person]
    payer, payee = (held, other) if amount < 0 else (other, held)
    firm.money.moved.append(Moved(firm.as_of - ago * DAY, payer, payee, abs(amount), memo, held, "員工申報"))


def _silent(firm: Firm, truth: Truth, nth: int, client: Client, why: str) -> None:
    truth.silent(_CONTROL, why, person_id=firm.employee(nth).person.lower(), customer_id=client.customer.lower())
