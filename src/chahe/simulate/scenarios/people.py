"""Scenarios of staff and customers who can be reached at one place; and of neighbours, flatmates and kin, who only look so."""

from datetime import date
from typing import Final

from chahe.simulate.cast.customers import Client, Contact
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.homes import Home
from chahe.simulate.scenarios.scenario import Dial, Scenario
from chahe.simulate.truth import Truth
from chahe.wording import Text

_ANOTHER_FLOOR, _BROKERS_MOBILE, _NEIGHBOUR, _FLATMATE, _SISTER = 21, 26, 29, 31, 35
"""Places in the list of customers."""


def near_misses(firm: Firm, truth: Truth) -> None:
    kept = firm.clientele
    clerk, flatmate, kin = (
        firm.employee(nth).person for nth in (people.CLERK, people.GENERAL_AFFAIRS, people.ACCOUNTANT)
    )
    since = months_before(firm.as_of, 30)
    home = kept.staff_homes[clerk]
    neighbour = moved(firm, _NEIGHBOUR, home.on_floor(home.floor + 2), since)
    truth.silent("shared-contact", "與結算部專員同棟不同樓層的鄰居，不是其客戶", **_key(clerk, neighbour))
    shares = moved(firm, _FLATMATE, kept.staff_homes[flatmate], since)
    truth.silent("shared-contact", "與總務部專員合租的室友", **_key(flatmate, shares))
    sister = moved(firm, _SISTER, kept.staff_homes[kin], since)
    declared = next(one for one in kept.relations if one.person == kin)
    sister.name, sister.national_id = declared.name, declared.national_id
    number = next(one.value for one in kept.contacts if one.party == kin and one.kind == "手機")
    kept.contacts.append(Contact("客戶", sister.customer, "緊急聯絡人", number, since, name=firm.employee(23).name))
    truth.silent("shared-contact", "已申報的手足同住，緊急聯絡人為員工", **_key(kin, sister))


def _another_floor(firm: Firm, truth: Truth, dial: Dial) -> None:
    """The subtlest has nothing but the floor, and the house under its old name."""
    kept = firm.clientele
    broker = firm.employee(people.SECOND_BROKER).person
    changed = months_before(firm.as_of, dial.among(7, 4, 10))
    home, up = kept.staff_homes[broker], dial.by_degree(1, (0, 1, 3))
    there = home.on_floor(home.floor + up) if up else home
    victim = moved(firm, _ANOTHER_FLOOR, there, changed, by=broker, as_once=dial.by_degree(False, (False, False, True)))
    family = next(one for one in kept.relations if one.person == broker)
    number = f"0933{firm.rng('family telephone').randrange(10**6):06}"
    kept.contacts.append(Contact("員工關係人", family.national_id, "手機", number, months_before(firm.as_of, 40)))
    ties = dial.by_degree(2, (2, 2, 1, 0))
    kept.contacts += [
        Contact("客戶", victim.customer, "代理人", number, changed, None, family.name, family.national_id, broker),
        Contact("客戶", victim.customer, "緊急聯絡人", number, changed, None, family.name, None, broker),
    ][:ties]
    told = "客戶通訊地址改成營業員住處" + ("的另一樓層" if up else "")
    truth.planted(
        "shared-contact",
        "address_on_another_floor",
        told + ("，代理人與緊急聯絡人是營業員家屬" if ties == 2 else "，代理人是營業員家屬" if ties else ""),
        **_key(broker, victim),
    )


def _mobile(firm: Firm, truth: Truth, dial: Dial) -> None:
    kept = firm.clientele
    third = firm.employee(people.THIRD_BROKER).person
    client = kept.clients[_BROKERS_MOBILE]
    mobile = next(one.value for one in kept.contacts if one.party == third and one.kind == "手機").replace("-", "")
    abroad = f"+886 {mobile[1:4]} {mobile[4:7]} {mobile[7:]}"
    written = dial.by_degree(mobile, (mobile, f"{mobile[:4]}-{mobile[4:7]}-{mobile[7:]}", abroad))
    for one in kept.contacts:
        if one.party == client.customer and one.kind == "手機":
            one.value = written
    truth.planted("shared-contact", "brokers_mobile", "客戶留的手機就是其營業員的手機", **_key(third, client))


def moved(firm: Firm, nth: int, home: Home, on: date, *, by: str | None = None, as_once: bool = False) -> Client:
    """The customer's letters go somewhere else from a day on."""
    client = firm.clientele.clients[nth]
    for one in firm.clientele.contacts:
        if one.party == client.customer and one.kind == "通訊地址":
            one.used_until = on - DAY
    written = home.written(firm.rng(f"letters to {client.customer} at another place"), as_once=as_once)
    firm.clientele.contacts.append(Contact("客戶", client.customer, "通訊地址", written, on, changed_by=by))
    return client


def _key(person: str, client: Client) -> dict[str, str]:
    return {"person_id": person.lower(), "customer_id": client.customer.lower()}


SCENARIOS: Final = (
    Scenario(
        "address_on_another_floor",
        "shared-contact",
        _another_floor,
        Text(
            "同一戶並有代理人與聯絡人…隔三層、舊縣名、別無其他",
            "the same door with agent and contact … three floors up under the county's old name, nothing else",
        ),
    ),
    Scenario(
        "brokers_mobile", "shared-contact", _mobile, Text("同樣寫法…國際碼", "written alike … with the country's code")
    ),
)
