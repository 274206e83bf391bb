"""Scenarios of loans that an employee arranged between customers, and of customers' money that went into securities; and what only looks so."""

from decimal import Decimal
from typing import Final

from chahe.simulate.cast.customers import Contact
from chahe.simulate.cast.payments import Moved
from chahe.simulate.days import DAY
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import place, some_moment
from chahe.simulate.life.payments import client_account
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words
from chahe.simulate.scenarios.trades import insider, trading_days_ago
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_PRICE: Final = Decimal("89.60")
BROKERED, _MONEY = "loan-brokered", "money-between-staff-and-customer"
_BROKER: Final = people.FOURTH_BROKER
_LENDER, _BORROWER = 7, 11
_HOUSEHOLD, _WAGES, _ELSEWHERE = (23, 27), (19, 31), (39, 2)
_SAVER: Final = 9
"""Places in the list of customers; all but the last and the second of `_ELSEWHERE` are of one representative."""


def near_misses(firm: Firm, truth: Truth) -> None:
    mother, son = (firm.clientele.clients[nth] for nth in _HOUSEHOLD)
    since = firm.clientele.account_of(son.customer).opened
    firm.clientele.contacts.append(
        Contact(
            "客戶", son.customer, "緊急聯絡人", mother.mobile, since, name=mother.name, national_id=mother.national_id
        )
    )
    between(firm, *_HOUSEHOLD, 600_000, 83, "購屋款")
    _to_broker(firm, _HOUSEHOLD[1], 3_600, 76, "喬遷請客")
    _silent(firm, truth, *_HOUSEHOLD, "互為緊急聯絡人的家人")
    for ago in (47, 78, 108, 139):
        between(firm, *_WAGES, 120_000, ago, "薪資")
    _to_broker(firm, _WAGES[1], 2_400, 40, "代購")
    _silent(firm, truth, *_WAGES, "每月相同的薪資")
    between(firm, *_ELSEWHERE, 300_000, 150, "貨款")
    _to_broker(firm, _ELSEWHERE[0], 4_000, 146, "禮金")
    _silent(firm, truth, *_ELSEWHERE, "收款人由另一位營業員負責")
    tenant, landlord = firm.clientele.clients[1], firm.employee(people.CHIEF_AUDITOR)
    held, theirs = firm.money.staff_accounts[landlord.person], client_account(tenant)
    for ago in (33, 63, 94, 124, 155, 186):
        firm.money.moved.append(Moved(firm.as_of - ago * DAY, theirs, held, 9_000, "房租", held, "員工申報"))
    truth.silent(
        _MONEY,
        "客戶按月付員工房租，不到標準",
        person_id=landlord.person.lower(),
        customer_id=tenant.customer.lower(),
    )


def _brokered(firm: Firm, truth: Truth, dial: Dial) -> None:
    amount = dial.whole(600_000, 1_200_000, 110_000) // 10_000 * 10_000
    reward = amount * dial.by_degree(20, (20, 15, 10)) // 1000
    ago, later = dial.among(118, 60, 200), dial.by_degree(3, (1, 9, 25))
    between(firm, _LENDER, _BORROWER, amount, ago, dial.pick("借款", ["週轉", ""]))
    _to_broker(firm, _BORROWER, reward, ago - later, dial.pick("服務費", ["謝謝", ""]))
    for month in (31, 62)[: dial.by_degree(2, (2, 1, 0))]:
        between(firm, _BORROWER, _LENDER, amount // 80, max(ago - month, 1), "利息")
    truth.planted(
        BROKERED,
        "brokered_loan",
        f"營業員媒介兩位客戶借貸 {amount // 10_000} 萬元，{in_words(later)}日後收取酬金",
        **_key(firm, _LENDER, _BORROWER),
    )


def _bought(firm: Firm, truth: Truth, dial: Dial) -> None:
    """A customer's money becomes shares in the employee's account within three days."""
    employee, client = firm.employee(people.ACCOUNTANT), firm.clientele.clients[_SAVER]
    rng, quantity = firm.rng("bought with a customer's money"), 1000 * dial.whole(4, 9, 1)
    bought_on, before = trading_days_ago(firm, dial.among(113, 100, 118)), dial.by_degree(1, (1, 2, 3))
    theirs, held = client_account(client), firm.money.staff_accounts[employee.person]
    amount = quantity * 90
    firm.money.moved.append(Moved(bought_on - before * DAY, theirs, held, amount, "投資款", held, "員工申報"))
    order = place(firm, insider(firm, people.ACCOUNTANT), some_moment(bought_on, rng), price=_PRICE, quantity=quantity)
    order.symbol = "2881"
    truth.planted(
        _MONEY,
        "bought_with_it",
        f"客戶匯給會計 {amount:,} 元，{in_words(before)}日後會計的帳戶買進相當金額的股票",
        person_id=employee.person.lower(),
        customer_id=client.customer.lower(),
    )


def between(firm: Firm, payer: int, payee: int, amount: int, ago: int, memo: str) -> None:
    """One customer pays another; the payer has handed in the statement."""
    one, other = (client_account(firm.clientele.clients[nth]) for nth in (payer, payee))
    firm.money.moved.append(Moved(firm.as_of - ago * DAY, one, other, amount, memo, one, "客訴"))


def _to_broker(firm: Firm, payer: int, amount: int, ago: int, memo: str) -> None:
    held = firm.money.staff_accounts[firm.employee(_BROKER).person]
    paid = client_account(firm.clientele.clients[payer])
    firm.money.moved.append(Moved(firm.as_of - ago * DAY, paid, held, amount, memo, held, "員工申報"))


def _silent(firm: Firm, truth: Truth, lender: int, borrower: int, why: str) -> None:
    truth.silent(BROKERED, why, **_key(firm, lender, borrower))


def _key(firm: Firm, lender: int, borrower: int) -> dict[str, Value]:
    one, other = (firm.clientele.clients[nth].customer.lower() for nth in (lender, borrower))
    return {"person_id": firm.employee(_BROKER).person.lower(), "lender_id": one, "borrower_id": other}


SCENARIOS: Final = (
    Scenario(
        "brokered_loan",
        BROKERED,
        _brokered,
        Text(
            "一百二十萬元、隔日收取百分之二…十一萬元、二十五日後收取百分之一",
            "NT$1,200,000 and two per cent next day … NT$110,000 and one per cent after 25 days",
        ),
    ),
    Scenario(
        "bought_with_it",
        _MONEY,
        _bought,
        Text("八十一萬元隔日買進…九萬元三日後買進", "NT$810,000 into shares next day … NT$90,000 after three days"),
    ),
)
