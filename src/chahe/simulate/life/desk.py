"""The desks of the example firm as they should be: customers' data looked up on duty, or by an approved form."""

from datetime import date, datetime, timedelta
from typing import Final

from chahe.rules.trading_days import trading_days
from chahe.simulate.cast.access import PersonalFile
from chahe.simulate.cast.desk import Authority, LookUp, QueryForm, Task
from chahe.simulate.days import DAY, at, days_from, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm

_FILES: Final = ("客戶資料查詢紀錄.csv", "客戶資料查詢申請單.xlsx")
_REASONS: Final = (
    ("客戶申請", "客戶申請補發交易明細", None),
    ("司法或主管機關調閱", "法院函查帳戶交易", "北院忠民字第"),
    ("徵信與額度作業", "調整額度前複核徵信", None),
    ("交割與違約處理", "核對交割款券差異", None),
)
_WANTED: Final = {"客戶申請": "交易", "司法或主管機關調閱": "交易", "徵信與額度作業": "徵信", "交割與違約處理": "集保"}


def add_desk(firm: Firm) -> None:
    """Three look-ups each trading day by representatives of their own customers, and one in eight days by a clerk with a form."""
    for post in (people.BROKERAGE, people.SETTLEMENT, people.CHIEF_AUDITOR):
        firm.desk.authorities.append(Authority(firm.employee(post).person, "全部", months_before(firm.as_of, 38)))
    rng = firm.rng("look-ups")
    accounts = [one for one in firm.clientele.accounts if one.account_class == "一般"]
    for nth, day in enumerate(sessions(firm)):
        for place in range(3):
            # Of three different representatives: when one of them leaves, the day still has look-ups.
            account = rng.choice(accounts[(nth + place) % 4 :: 4])
            when = at(day, 9 + rng.randrange(5), rng.randrange(60), rng.randrange(60))
            firm.desk.look_ups.append(
                LookUp(when, account.representative, account.account, rng.choice(("交易", "開戶", "集保")))
            )
        if nth % 8 == 3:
            kind, reason, document = _REASONS[nth // 8 % len(_REASONS)]
            form = ask(firm, at(day, 10, rng.randrange(50)), rng.choice(accounts).account, kind, reason, _WANTED[kind])
            form.document = f"{document}{1150000 + nth}號" if document else None
            look(firm, form, 8 + rng.randrange(60))
        if nth % 60 == 17:
            task = Task(
                f"CS-{nth:03}",
                "客戶服務",
                firm.employee(people.SECOND_CLERK).person,
                accounts[nth % 40].account,
                None,
                day,
                day + 6 * DAY,
            )
            firm.desk.tasks.append(task)
            firm.desk.look_ups.append(LookUp(at(day, 14, rng.randrange(60)), task.person, task.account or "", "開戶"))
    for file in _FILES:
        firm.access.personal_files.append(
            PersonalFile(file, "契約管理", firm.employee(people.BROKERAGE).name, firm.as_of + 700 * DAY)
        )


def sessions(firm: Firm) -> list[date]:
    """The trading days of the audited period, in order."""
    calendar = trading_days()
    return [day for day in days_from(firm.period_from, firm.as_of) if calendar.is_trading_day(day)]


def ask(firm: Firm, approved: datetime, account: str, kind: str, reason: str, data: str) -> QueryForm:
    """A clerk's form that the settlement manager approved at that moment; it gets its number at the end."""
    clerk, manager = firm.employee(people.CLERK), firm.employee(people.SETTLEMENT)
    form = QueryForm(
        "", approved.date(), kind, reason, None, clerk.person, clerk.name, clerk.title, account, data, None, None,
        manager.person, approved,
    )  # fmt: skip
    firm.desk.forms.append(form)
    return form


def look(firm: Firm, form: QueryForm, minutes: int, action: str = "檢視") -> LookUp:
    """The look-up that a form is for, so many minutes after its approval."""
    when = (form.approved or at(form.asked, 10)) + timedelta(minutes=minutes)
    found = LookUp(when, form.executor or form.requester, form.account, form.data, action)
    firm.desk.look_ups.append(found)
    return found


def number_forms(firm: Firm) -> None:
    """Give the forms their numbers, in order of their days, a book a year; forms that are taken away later leave a gap."""
    firm.desk.forms.sort(key=lambda one: (one.asked, one.approved or at(one.asked, 23), one.account))
    counted: dict[int, int] = {}
    for form in firm.desk.forms:
        year = form.asked.year - 1911
        counted[year] = counted.get(year, 0) + 1
        form.form = f"QD-{year}-{counted[year]:04}"
