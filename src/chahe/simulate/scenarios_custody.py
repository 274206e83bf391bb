"""Scenarios of custody: a customer's passbook and seal in a drawer, statements that reach staff; and what only looks so."""

from chahe.simulate import people
from chahe.simulate.company import Firm
from chahe.simulate.custody import DeskCheck, check_desk, deliver
from chahe.simulate.days import DAY, months_before
from chahe.simulate.truth import Truth, Value

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


def breaches(firm: Firm, truth: Truth) -> None:
    # Case four of the slides: a representative keeps a customer's passbook and seal, and has the statements sent over.
    owner = firm.clientele.clients[29].customer
    passbook = check_desk(firm, people.BROKER, firm.as_of - 24 * DAY, "存摺")
    seal = check_desk(firm, people.BROKER, firm.as_of - 24 * DAY, "印鑑")
    seal.check = passbook.check
    passbook.number, seal.number = 1, 2
    passbook.owner = seal.owner = owner
    truth.planted(_CONTROL, "case_four_passbook", "營業員抽屜內有客戶的集保存摺", **_key(passbook, "passbook"))
    truth.planted(_CONTROL, "case_four_seal", "營業員抽屜內有客戶的印鑑", **_key(seal, "seal"))
    broker = firm.employee(people.BROKER)
    sent = deliver(firm, owner, firm.as_of - 17 * DAY, f"{broker.account}@haiyu.example")
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
    last = firm.employee(people.FOURTH_BROKER).person
    since = months_before(firm.as_of, 7)
    firm.custody.checks = [one for one in firm.custody.checks if one.person != last or one.checked < since]
    truth.planted(
        _CONTROL,
        "desk_unchecked",
        "營業員七個月沒有抽查",
        row_kind="desk",
        person_id=last.lower(),
        customer_id=None,
        reference=None,
        item_no=None,
        item_kind=None,
    )


def _key(one: DeskCheck, item: str) -> dict[str, Value]:
    return {
        "row_kind": "item",
        "person_id": one.person.lower(),
        "customer_id": one.owner.lower() if one.owner else None,
        "reference": one.check.lower(),
        "item_no": one.number,
        "item_kind": item,
    }
