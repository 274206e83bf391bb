"""Complaints of the example firm's customers, handled by its own flow, and the registers they stand in."""

from dataclasses import astuple, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chahe.rules.trading_days import trading_days
from chahe.simulate.days import DAY, months_before
from chahe.simulate.files import write_csv, write_workbook
from chahe.simulate.life import people

if TYPE_CHECKING:
    from chahe.simulate.life.company import Firm

_FLOW: Final = (
    ("受理登記", 1, 1, "營業日"),
    ("調查", 2, 10, "日曆日"),
    ("回覆客戶", 3, 15, "營業日"),
    ("主管覆核", 4, None, None),
)
_TOLD: Final = ("電話下單未成交", "手續費折讓有誤", "App 無法登入", "對帳單未收到", "營業員態度不佳")


@dataclass(slots=True)
class Complaint:
    case: str
    received: date
    kind: str
    customer: str | None
    subject: str | None
    told: str
    closed: date | None


@dataclass(slots=True)
class FlowStep:
    step: str
    place: int
    applies_to: str
    days: int | None
    kind: str | None
    begins: date
    ends: date | None = None


@dataclass(slots=True)
class StepDone:
    record: str
    case: str
    step: str
    done: date | None
    person: str | None
    paper: str | None


@dataclass(slots=True)
class ComplaintPapers:
    complaints: list[Complaint] = field(default_factory=list)
    flow: list[FlowStep] = field(default_factory=list)
    done: list[StepDone] = field(default_factory=list)


def add_complaints(firm: "Firm") -> None:
    """Ten complaints, the last still running, and the flow that has been in force for four years."""
    kept, since = firm.complaints, months_before(firm.as_of, 48)
    kept.flow = [FlowStep(step, place, "全部", days, kind, since) for step, place, days, kind in _FLOW]
    rng = firm.rng("complaints")
    for nth in range(10):
        received = firm.as_of - (330 - 36 * nth + rng.randrange(9)) * DAY
        complain(firm, received, _TOLD[nth % len(_TOLD)], customer=13 + 2 * nth)
    complain(firm, firm.as_of, "零股成交回報延遲", customer=37, done=0)


def complain(
    firm: "Firm", received: date, told: str, *, customer: int, subject: str | None = None, done: int = 4
) -> Complaint:
    """A complaint whose first so many steps were done in time, by the compliance officer."""
    kept = firm.complaints
    client = firm.clientele.clients[customer].customer
    one = Complaint(f"CP-{len(kept.complaints) + 1:03}", received, "申訴", client, subject, told, None)
    kept.complaints.append(one)
    officer = firm.employee(people.COMPLIANCE).person
    for step, after in (("受理登記", 0), ("調查", 6), ("回覆客戶", 9), ("主管覆核", 11))[:done]:
        day = min(received + after * DAY, firm.as_of)
        kept.done.append(StepDone(f"{one.case}-{step}", one.case, step, day, officer, f"{step}紀錄"))
        one.closed = day if step == "主管覆核" else None
    return one


def step_of(firm: "Firm", one: Complaint, step: str) -> StepDone:
    """The record of a step of a complaint; StopIteration where it was not done."""
    return next(record for record in firm.complaints.done if (record.case, record.step) == (one.case, step))


def last_business_day(received: date, days: int) -> date:
    """The last day of so many business days after a receipt."""
    return trading_days().settlement_day(received, days)


def write_complaints(firm: "Firm", folder: Path) -> None:
    """`客戶申訴.xlsx` and `申訴處理紀錄.csv` under `records/registers`."""
    kept = firm.complaints
    write_workbook(
        folder / "客戶申訴.xlsx",
        [
            (
                "申訴",
                "客戶申訴登記簿　法令遵循部",
                ("申訴案號", "申訴收件日", "申訴案件種類", "申訴客戶編號", "被申訴員工編號", "申訴摘要", "申訴結案日"),
                map(astuple, kept.complaints),
            ),
            (
                "流程",
                "客戶申訴案件處理流程表",
                (
                    "申訴流程步驟",
                    "申訴步驟順序",
                    "適用申訴種類",
                    "申訴步驟期限（日）",
                    "申訴期限日別",
                    "申訴流程生效日",
                    "申訴流程失效日",
                ),
                map(astuple, kept.flow),
            ),
        ],
    )
    write_csv(
        folder / "申訴處理紀錄.csv",
        ("申訴處理紀錄編號", "處理申訴案號", "處理申訴步驟", "申訴步驟完成日", "申訴處理人編號", "申訴處理佐證"),
        map(astuple, kept.done),
        "utf-8-sig",
    )
