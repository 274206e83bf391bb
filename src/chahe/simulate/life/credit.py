"""Credit of the example firm's customers as it should be: everybody assessed, with a limit that the means bear, and few defaults."""

from datetime import date, datetime, timedelta
from typing import Final

from chahe.rules.trading_days import trading_days
from chahe.simulate.cast.credit import Assessment, Default, Limit, MarketFigures
from chahe.simulate.days import DAY, at, half_years, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.customers import TRADERS

_MILLION: Final = 1_000_000
_PROOFS: Final = ("銀行存款餘額證明", "不動產登記謄本", "扣繳憑單及存款證明", "定期存單影本")


def add_credit(firm: Firm) -> None:
    """For every customer a credit check, a limit granted on it before the period, and a check half a year ago; the market's figures."""
    rng = firm.rng("credit")
    for nth, client in enumerate(firm.clientele.clients):
        amount = (200 if nth < TRADERS else rng.choice((100, 120, 150))) * _MILLION
        granted = months_before(firm.as_of, 13) - rng.randrange(25) * DAY
        means = amount * rng.choice((3, 4, 5))
        proof = rng.choice(_PROOFS)
        for day in (granted - 6 * DAY, months_before(firm.as_of, 6) - rng.randrange(20) * DAY):
            assess(firm, client.customer, means, day, proof)
        grant(firm, client.customer, amount, granted)
    for begins, ends in completed_halves(firm):
        firm.credit.market.append(MarketFigures(begins, ends, 380 + rng.randrange(60), 8, "2.10", "2.45"))


def completed_halves(firm: Firm) -> list[tuple[date, date]]:
    """The calendar half-years that were over on the as-of day, of two years."""
    spans = half_years(date(firm.as_of.year - 2, 1, 1), firm.as_of)
    return [(begins, ends) for _, begins, ends in spans if ends < firm.as_of]


def assess(firm: Firm, customer: str, means: int, day: date, proof: str) -> None:
    """A credit check with proof of identity and means."""
    # Scenarios take checks away; a number is not given twice.
    last = max((int(one.assessment[-4:]) for one in firm.credit.assessments), default=0)
    number = f"CR-{day.year - 1911}-{last + 1:04}"
    clerk = firm.employee(people.FOURTH_BROKER).person
    firm.credit.assessments.append(Assessment(number, customer, day, clerk, means, "雙證件核驗", proof))


def grant(firm: Firm, customer: str, amount: int, day: date, *, account: str | None = None) -> Limit:
    """A limit asked for by a clerk, approved before noon of the day and in force from half past one."""
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


def due_on(traded: date) -> date:
    """T+2."""
    return trading_days().settlement_day(traded)


def default(firm: Firm, account: str, traded: date, amount: int, *, cleared: date | None) -> Default:
    """The account never settles the day's trades, and the firm enters it at the exchange in time."""
    rng = firm.rng(f"default of {account} {traded}")
    due = due_on(traded)
    number = f"BD-{due.year - 1911}-{len(firm.credit.defaults) + 1:03}"
    entered: datetime = at(due, 10, 20 + rng.randrange(35), rng.randrange(60))
    one = Default(number, account, traded, due, amount, "客戶未履行", entered, cleared)
    firm.credit.defaults.append(one)
    firm.credit.settled_at[account, traded] = None
    return one
