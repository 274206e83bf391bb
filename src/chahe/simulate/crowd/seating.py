"""The people of the firm's story take seats among the background's: their numbers come from the same sequences."""

from datetime import date
from re import compile as pattern

import numpy as np

from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.order_maker import order_ids
from chahe.simulate.crowd.order_stream import day_counts
from chahe.simulate.life.company import Firm
from chahe.simulate.life.customers import reach_client
from chahe.simulate.renaming import Renaming
from chahe.simulate.truth import Truth

_IN_NAMES = pattern(r"K\d{5}")


def take_seats(firm: Firm, truth: Truth) -> None:
    """Give customers, accounts, orders, limits and credit checks of the story new numbers wherever they stand, truth included.

    Everything else of the story stays as it was: who does what when. Without a background nothing happens.
    """
    if firm.members is None:
        return
    _fill_contacts(firm)
    names = _people(firm, firm.members) | _orders(firm, firm.members) | _papers(firm, firm.members)
    names |= {old.lower(): new.lower() for old, new in names.items()} | names
    renamed = Renaming(names, _IN_NAMES)
    renamed.walk(firm)
    renamed.walk(truth)


def _fill_contacts(firm: Firm) -> None:
    """Whoever the story tells no contacts of has them like everybody else."""
    kept = firm.clientele
    told = {(one.party, one.kind) for one in kept.contacts}
    for client in kept.clients:
        before = len(kept.contacts)
        reach_client(
            firm,
            client,
            min((one.opened for one in kept.accounts if one.customer == client.customer), default=firm.as_of),
        )
        kept.contacts[before:] = [one for one in kept.contacts[before:] if (one.party, one.kind) not in told]


def _people(firm: Firm, members: Members) -> dict[str, str]:
    names: dict[str, str] = {}
    members.keep_apart(frozenset(firm.clientele.staff_ids.values()))
    for client in firm.clientele.clients:
        held = [one for one in firm.clientele.accounts if one.customer == client.customer]
        seat = members.seat_from(min((one.opened for one in held), default=firm.as_of))
        at_seat = np.array([seat])
        members.taken[members.customer(seat)] = seat
        mobile = f"09{int(members.mobiles(at_seat)[0]):08}"
        new = {
            client.customer: members.customer(seat),
            client.national_id: members.national_id(seat, corporate=client.kind == "法人"),
            client.email: members.mail(seat),
            client.email.upper(): members.mail(seat).upper(),
            client.bank: members.bank(seat),
            client.device: f"{int(members.devices(at_seat)[0]):012x}",
            client.home_address: members.lines(members.houses(at_seat))[0],
            client.mobile: mobile,
            f"{client.mobile[:4]}-{client.mobile[4:]}": f"{mobile[:4]}-{mobile[4:]}",
        }
        for nth, one in enumerate(held):
            new[one.account] = members.account(seat if nth == 0 else members.seat_from(one.opened))
        names = new | names
    return names


def _orders(firm: Firm, members: Members) -> dict[str, str]:
    """The story's orders have the serials after those of the background's."""
    counts, held = dict(day_counts(firm)), dict[date, list[str]]()
    for one in firm.orders:
        held.setdefault(one.sent.date(), []).append(one.order_id)
    names: dict[str, str] = {}
    for day, ids in held.items():
        count = counts.get(day, 0)
        names |= zip(ids, order_ids(members, day, np.arange(count, count + len(ids))).to_pylist(), strict=True)
    return names


def _papers(firm: Firm, members: Members) -> dict[str, str]:
    names: dict[str, str] = {}
    for subject, numbers, each in (
        ("CL", [one.limit for one in firm.credit.limits], 1),
        ("CR", [one.assessment for one in firm.credit.assessments], 2),
    ):
        for nth, number in enumerate(numbers, each * members.count):
            names[number] = f"{number[:7]}{members.serial(subject, nth)}"
    return names
