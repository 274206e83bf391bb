"""Scenarios of complaints: answered late, left out, handled by the person complained of; and what only looks so."""

from typing import Final

from chahe.simulate.days import DAY
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.complaints import Complaint, complain, last_business_day, step_of
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text

_CONTROL = "complaint-step-missed"


def near_misses(firm: Firm, truth: Truth) -> None:
    exact = complain(firm, firm.as_of - 80 * DAY, "融資利率計算有誤", customer=25)
    step_of(firm, exact, "回覆客戶").done = last_business_day(exact.received, 15)
    step_of(firm, exact, "主管覆核").done = exact.closed = last_business_day(exact.received, 16)
    truth.silent(_CONTROL, "恰在第十五個營業日回覆客戶", **_key(exact, "回覆客戶"))
    named = complain(
        firm, firm.as_of - 60 * DAY, "營業員勸誘買進", customer=26, subject=firm.employee(people.THIRD_BROKER).person
    )
    truth.silent(_CONTROL, "有被申訴的營業員，但由法遵主管調查", **_key(named, "調查"))


def _answered_late(firm: Firm, truth: Truth, dial: Dial) -> None:
    late, days = complain(firm, firm.as_of - 95 * DAY, "錯帳未更正", customer=27), dial.whole(16, 45, 16)
    step_of(firm, late, "回覆客戶").done = last_business_day(late.received, days)
    step_of(firm, late, "主管覆核").done = late.closed = last_business_day(late.received, days + 1)
    truth.planted(_CONTROL, "answered_late", f"第{in_words(days)}個營業日才回覆客戶", **_key(late, "回覆客戶"))


def _left_out(firm: Firm, truth: Truth, dial: Dial) -> None:
    skipped = complain(firm, firm.as_of - dial.among(70, 62, 78) * DAY, "帳戶內容外洩疑慮", customer=30)
    firm.complaints.done.remove(step_of(firm, skipped, "調查"))
    truth.planted(_CONTROL, "left_out", "帳戶內容外洩的陳情沒有調查就結案", **_key(skipped, "調查"))


def _handled_by_subject(firm: Firm, truth: Truth, dial: Dial) -> None:
    subject = firm.employee(dial.pick(people.FOURTH_BROKER, [people.THIRD_BROKER, people.BROKER])).person
    own = complain(firm, firm.as_of - 50 * DAY, "營業員未依指示下單", customer=28, subject=subject)
    step_of(firm, own, "調查").person = subject
    truth.planted(_CONTROL, "handled_by_subject", "被申訴的營業員自己調查", **_key(own, "調查"))


def _key(one: Complaint, step: str) -> dict[str, str]:
    return {"complaint_id": one.case.lower(), "step": step}


SCENARIOS: Final = (
    Scenario(
        "answered_late",
        "complaint-step-missed",
        _answered_late,
        Text("第四十五…十六個營業日才回覆", "answered on the 45th … 16th business day"),
    ),
    Scenario(
        "left_out",
        "complaint-step-missed",
        _left_out,
        none("有辦理或沒有；換的是收件日", "done or not; the day of receipt varies"),
    ),
    Scenario(
        "handled_by_subject",
        "complaint-step-missed",
        _handled_by_subject,
        none("由本人或別人調查；換的是人", "looked into by the person concerned or another; who varies"),
    ),
)
