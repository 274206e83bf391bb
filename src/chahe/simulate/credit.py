"""Credit of the example firm's customers as it should be: everybody assessed, with a limit that the means bear."""

from datetime import date, timedelta
from typing import Final

from chahe.simulate import people
from chahe.simulate.clients import TRADERS
from chahe.simulate.company import Firm
from chahe.simulate.credit_papers import Limit
from chahe.simulate.days import DAY, at, months_before

_MILLION: Final = 1_000_000


def add_credit(firm: Firm) -> None:
    """A limit for every customer, granted before the period."""
    rng = firm.rng("credit")
    for nth, client in enumerate(firm.clientele.clients):
        amount = (200 if nth < TRADERS else rng.choice((100, 120, 150))) * _MILLION
        grant(firm, client.customer, amount, months_before(firm.as_of, 13) - rng.randrange(25) * DAY)


def grant(firm: Firm, customer: str, amount: int, day: date, *, account: str | None = None) -> Limit:
    """A limit asked for by a clerk in the morning of the day, approved before noon and in force from half past one."""
    limit = Limit(
        limit=f"CL-{day.year - 1911}-{len(firm.credit.limits) + 1:04}",
        customer=customer if account is None else None,
        account=account,
        amount=amount,
        begins=at(day, 13, 30),
        ends=None,
        asker=firm.employee(people.SECOND_BROKER).person,
        approver=firm.employee(people.BROKERAGE).person,
        approved=at(day, 11, 20) + timedelta(minutes=len(firm.credit.limits) % 30),
        assessment=None,
        basis="徵信結果",
    )
    firm.credit.limits.append(limit)
    return limit
