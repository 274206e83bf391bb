"""Scenarios of staff and customers who can be reached at one place; and of neighbours, flatmates and kin, who only look so."""

from datetime import date

from chahe.simulate import people
from chahe.simulate.clientele import Client, Contact
from chahe.simulate.company import Firm
from chahe.simulate.days import DAY, months_before
from chahe.simulate.homes import Home
from chahe.simulate.truth import Truth

_ANOTHER_FLOOR, _BROKERS_MOBILE, _NEIGHBOUR, _FLATMATE, _SISTER = 21, 26, 29, 31, 35
"""Places in the list of customers."""


def near_misses(firm: Firm, truth: Truth) -> None:
    kept = firm.clientele
    clerk, flatmate, kin = (
        firm.employee(nth).person for nth in (people.CLERK, people.GENERAL_AFFAIRS, people.ACCOUNTANT)
    )
    since = months_before(firm.as_of, 30)
    home = kept.staff_homes[clerk]
    neighbour = _moved(firm, _NEIGHBOUR, home.on_floor(home.floor + 2), since)
    truth.silent("shared-contact", "與結算部專員同棟不同樓層的鄰居，不是其客戶", **_key(clerk, neighbour))
    shares = _moved(firm, _FLATMATE, kept.staff_homes[flatmate], since)
    truth.silent("shared-contact", "與總務部專員合租的室友", **_key(flatmate, shares))
    sister = _moved(firm, _SISTER, kept.staff_homes[kin], since)
    declared = next(one for one in kept.relations if one.person == kin)
    sister.name, sister.national_id = declared.name, declared.national_id
    number = next(one.value for one in kept.contacts if one.party == kin and one.kind == "手機")
    kept.contacts.append(Contact("客戶", sister.customer, "緊急聯絡人", number, since, name=firm.employee(23).name))
    truth.silent("shared-contact", "已申報的手足同住，緊急聯絡人為員工", **_key(kin, sister))


def breaches(firm: Firm, truth: Truth) -> None:
    kept = firm.clientele
    broker = firm.employee(people.SECOND_BROKER).person
    changed = months_before(firm.as_of, 7)
    home = kept.staff_homes[broker]
    victim = _moved(firm, _ANOTHER_FLOOR, home.on_floor(home.floor + 1), changed, by=broker)
    family = next(one for one in kept.relations if one.person == broker)
    number = f"0933{firm.rng('family telephone').randrange(10**6):06}"
    kept.contacts += [
        Contact("員工關係人", family.national_id, "手機", number, months_before(firm.as_of, 40)),
        Contact("客戶", victim.customer, "代理人", number, changed, None, family.name, family.national_id, broker),
        Contact("客戶", victim.customer, "緊急聯絡人", number, changed, None, family.name, None, broker),
    ]
    truth.planted(
        "shared-contact",
        "address_on_another_floor",
        "客戶通訊地址改成營業員住處的另一樓層，代理人與緊急聯絡人是營業員家屬",
        **_key(broker, victim),
    )
    third = firm.employee(people.THIRD_BROKER).person
    client = kept.clients[_BROKERS_MOBILE]
    mobile = next(one.value for one in kept.contacts if one.party == third and one.kind == "手機")
    for one in kept.contacts:
        if one.party == client.customer and one.kind == "手機":
            one.value = mobile.replace("-", "")
    truth.planted("shared-contact", "brokers_mobile", "客戶留的手機就是其營業員的手機", **_key(third, client))


def _moved(firm: Firm, nth: int, home: Home, on: date, *, by: str | None = None) -> Client:
    """The customer's letters go somewhere else from a day on."""
    client = firm.clientele.clients[nth]
    for one in firm.clientele.contacts:
        if one.party == client.customer and one.kind == "通訊地址":
            one.used_until = on - DAY
    written = home.written(firm.rng(f"letters to {client.customer} at another place"))
    firm.clientele.contacts.append(Contact("客戶", client.customer, "通訊地址", written, on, changed_by=by))
    return client


def _key(person: str, client: Client) -> dict[str, str]:
    return {"person_id": person.lower(), "customer_id": client.customer.lower()}
