"""Scenarios of money between staff and customers: the hub of the exchange's first case, and what only looks like a loan."""

from random import Random
from typing import Final

from chahe.simulate.cast.customers import Client, Contact, Relation
from chahe.simulate.cast.payments import Holder, Moved
from chahe.simulate.days import DAY
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.payments import client_account, private_account
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words
from chahe.simulate.truth import Truth
from chahe.wording import Text

_CONTROL: Final = "money-between-staff-and-customer"
HUB: Final = people.SECOND_BROKER
"""Who kept customers' money."""
_STILL_EMPLOYED: Final = 70
"""So many days ago even the latest leaver was still there."""
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
    _declared(firm, people.SECURITY, client_account(brother), 250_000, 95, "裝潢款")
    for ago in (65, 34, 4):
        _declared(firm, people.SECURITY, client_account(brother), -2_500, ago, "利息")
    _silent(firm, truth, people.SECURITY, brother, "向申報的兄弟借款並按月付息")
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


def _hub(firm: Firm, truth: Truth, dial: Dial) -> None:
    """As told 33 customers and members of the public, 13 of them more than once, NT$16 million in all."""
    rng = firm.rng("hub")
    employee = firm.employee(HUB)
    private = Holder(f"700-{rng.randrange(10**14):014}", employee.name)
    if firm.members is not None:
        # One bank in every world would tell the account.
        private = Holder(private_account(firm.rng("hub's bank")), employee.name)
    firm.clientele.contacts.append(
        Contact("員工", employee.person, "其他銀行帳戶", private.account, firm.as_of - 20 * DAY)
    )
    payers = [one for one in firm.clientele.clients[12:40] if one.kind == "自然人"]
    payers = payers[: dial.whole(len(payers), len(payers), 3)]
    strangers = _STRANGERS[: dial.whole(len(_STRANGERS), len(_STRANGERS), 0)]
    holders = [client_account(one) for one in payers]
    known_for = [(firm.as_of - firm.clientele.account_of(one.customer).opened).days for one in payers]
    holders += [Holder(f"{rng.choice(('004', '013', '822'))}-{rng.randrange(10**12):012}", name) for name in strangers]
    often = set(rng.sample(range(len(holders)), len(holders) * _OFTEN // _PAYERS))
    times = [1 + (nth in often) * rng.randrange(1, 5) for nth in range(len(holders))]
    each = _TOTAL // sum(times)
    total = dial.whole(_TOTAL, each, 60_000) // 1000 * 1000 * sum(times) if len(holders) < _PAYERS else _TOTAL
    amounts = _parts(rng, total, sum(times))
    for holder, count, days in zip(holders, times, [*known_for, *(700 for _ in strangers)], strict=True):
        for _ in range(count):
            on = firm.as_of - rng.randrange(_STILL_EMPLOYED, min(700, days)) * DAY
            memo = rng.choice(("投資款", "操作金", "借款", "", "代墊", "期貨"))
            firm.money.moved.append(Moved(on, holder, private, amounts.pop(), memo, holder, "客訴"))
    told = f"營業員以私人帳戶收受{in_words(len(holders))}位客戶與民眾款項，合計{_in_ten_thousands(total)}元"
    for client in payers:
        truth.planted(
            _CONTROL,
            "hub_of_33",
            told,
            person_id=employee.person.lower(),
            customer_id=client.customer.lower(),
        )


def _in_ten_thousands(amount: int) -> str:
    return "一千六百萬" if amount == _TOTAL else f" {amount // 10_000} 萬"


def _parts(rng: Random, total: int, count: int) -> list[int]:
    """So many amounts, whole thousands of ten at least, that make up the total."""
    weights = [0.3 + rng.random() for _ in range(count)]
    parts = [max(10, round(total / 1000 * weight / sum(weights))) * 1000 for weight in weights]
    parts[parts.index(max(parts))] += total - sum(parts)
    return parts


def _passed_on(firm: Firm, truth: Truth, dial: Dial) -> None:
    rng = firm.rng("passed on")
    client, employee = firm.clientele.clients[4], firm.employee(people.THIRD_BROKER)
    friend = Holder(f"012-{rng.randrange(10**12):012}", dial.pick("戴玉蘭", ["柯文聰", "鄧秀琴"]))
    on = firm.as_of - dial.among(77, 30, 200) * DAY
    amount = dial.whole(480_000, 900_000, 40_000)
    # Four fifths within three days is the least that counts as handed on.
    kept_back, later = dial.whole(10_000, amount // 48, amount // 5), dial.by_degree(1, (1, 2, 3))
    own = firm.money.staff_accounts[employee.person]
    firm.money.moved += [
        Moved(on, client_account(client), friend, amount, "貨款", client_account(client), "客訴"),
        Moved(on + later * DAY, friend, own, amount - kept_back, "配息", own, "員工申報"),
    ]
    told = f"客戶的款項經友人帳戶，{'隔日' if later == 1 else f'{in_words(later)}日後'}轉入營業員帳戶"
    truth.planted(
        _CONTROL,
        "passed_on",
        told,
        person_id=employee.person.lower(),
        customer_id=client.customer.lower(),
    )


def _spouse(firm: Firm, truth: Truth, dial: Dial) -> None:
    rng = firm.rng("spouse's account")
    client, employee = firm.clientele.clients[6], firm.employee(people.BROKER)
    spouse = next(one for one in firm.clientele.relations if (one.person, one.relation) == (employee.person, "配偶"))
    held = Holder(f"009-{rng.randrange(10**12):012}", spouse.name)
    firm.clientele.contacts.append(
        Contact("員工關係人", spouse.national_id, "其他銀行帳戶", held.account, employee.hired)
    )
    amount, theirs = dial.whole(200_000, 600_000, 30_000), client_account(client)
    lent = firm.as_of - 150 * DAY
    firm.money.moved.append(Moved(lent, theirs, held, amount, "週轉", theirs, "客訴"))
    for ago in (119, 90, 58)[: dial.by_degree(3, (3, 3, 2, 1))]:
        firm.money.moved.append(Moved(firm.as_of - ago * DAY, held, theirs, amount // 50, "利息", theirs, "客訴"))
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


SCENARIOS: Final = (
    Scenario(
        "hub_of_33",
        "money-between-staff-and-customer",
        _hub,
        Text(
            "三十三人一千六百萬元…三位客戶各一次、約六萬元",
            "33 payers and NT$16 million … three customers, once each, about NT$60,000",
        ),
    ),
    Scenario(
        "passed_on",
        "money-between-staff-and-customer",
        _passed_on,
        Text(
            "九十萬元隔日轉入…四萬元三日後轉入八成",
            "NT$900,000 handed on next day … four fifths of NT$40,000 after three days",
        ),
    ),
    Scenario(
        "by_spouse",
        "money-between-staff-and-customer",
        _spouse,
        Text("借六十萬元、付息三次…三萬元、一次", "NT$600,000 lent with interest thrice … NT$30,000 and once"),
    ),
)
