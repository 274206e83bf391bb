"""Scenarios of custody: a customer's passbook and seal in a drawer, statements that reach staff; and what only looks so."""

from typing import Final

from chahe.simulate.days import DAY, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.custody import DeskCheck, check_desk, deliver
from chahe.simulate.scenarios.scenario import Dial, Scenario, none
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_CONTROL = "custody-of-customer-property"


def near_misses(firm: Firm, truth: Truth) -> None:
    broker = firm.employee(people.BROKER)
    own_id = firm.clientele.staff_ids[broker.person]
    own = check_desk(firm, people.BROKER, firm.as_of - 90 * DAY, "存摺")
    own.owner = next(one.customer for one in firm.clientele.clients if one.national_id == own_id)
    truth.silent(_CONTROL, "營業員自己帳戶的存摺", **_key(own, "passbook"))
    paying = check_desk(firm, people.THIRD_BROKER, firm.as_of - 88 * DAY, "款項")
    paying.owner, paying.receipt = firm.clientele.clients[18].customer, "收字第115-0331號"
    truth.silent(_CONTROL, "開有收據、收付途中的款項", **_key(paying, "cash"))


def _in_the_drawer(firm: Firm, truth: Truth, dial: Dial) -> None:
    """Case four of the slides: a representative keeps a customer's passbook and seal."""
    owner, day = _owner(firm), firm.as_of - dial.among(24, 18, 30) * DAY
    passbook = check_desk(firm, people.BROKER, day, "存摺")
    seal = check_desk(firm, people.BROKER, day, "印鑑")
    seal.check = passbook.check
    passbook.number, seal.number = 1, 2
    passbook.owner = seal.owner = owner
    truth.planted(_CONTROL, "case_four_passbook", "營業員抽屜內有客戶的集保存摺", **_key(passbook, "passbook"))
    truth.planted(_CONTROL, "case_four_seal", "營業員抽屜內有客戶的印鑑", **_key(seal, "seal"))


def _statement_to_staff(firm: Firm, truth: Truth, dial: Dial) -> None:
    broker, owner = firm.employee(people.BROKER), _owner(firm)
    mail = f"{broker.account}@haiyu.example"
    sent_to = dial.by_degree(mail, (mail, mail.upper()))
    sent = deliver(firm, owner, firm.as_of - dial.among(17, 15, 40) * DAY, sent_to)
    truth.planted(
        _CONTROL,
        "statement_to_staff",
        "客戶的對帳單寄到營業員的電子郵件",
        row_kind="delivery",
        person_id=broker.person.lower(),
        customer_id=owner.lower(),
        reference=sent.delivery.lower(),
        item_no=None,
        item_kind="statement",
    )


def _desk_unchecked(firm: Firm, truth: Truth, dial: Dial) -> None:
    last = firm.employee(people.FOURTH_BROKER).person
    told = months_before(firm.as_of, 7)
    since = dial.day(told, months_before(firm.as_of, 9), months_before(firm.as_of, 6))
    firm.custody.checks = [one for one in firm.custody.checks if one.person != last or one.checked < since]
    how_long = "七個月" if since == told else f" {(firm.as_of - since).days} 天以上"
    truth.planted(
        _CONTROL,
        "desk_unchecked",
        f"營業員{how_long}沒有抽查",
        row_kind="desk",
        person_id=last.lower(),
        customer_id=None,
        reference=None,
        item_no=None,
        item_kind=None,
    )


def _owner(firm: Firm) -> str:
    return firm.clientele.clients[29].customer


def _key(one: DeskCheck, item: str) -> dict[str, Value]:
    return {
        "row_kind": "item",
        "person_id": one.person.lower(),
        "customer_id": one.owner.lower() if one.owner else None,
        "reference": one.check.lower(),
        "item_no": one.number,
        "item_kind": item,
    }


SCENARIOS: Final = (
    Scenario(
        "case_four_passbook",
        "custody-of-customer-property",
        _in_the_drawer,
        none("保管或沒有；換的是日子", "kept or not; the day varies"),
        also=("case_four_seal",),
    ),
    Scenario(
        "statement_to_staff",
        "custody-of-customer-property",
        _statement_to_staff,
        Text("同樣寫法…全為大寫", "written alike … all in capitals"),
    ),
    Scenario(
        "desk_unchecked",
        "custody-of-customer-property",
        _desk_unchecked,
        Text("九個月…逾半年沒有抽查", "unchecked for nine months … more than half a year"),
    ),
)
