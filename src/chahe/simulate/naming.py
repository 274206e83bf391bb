"""What a firm calls its hosts, systems and firewalls: names of its own for each seed, but for the first, whose names are in the documents."""

from random import Random
from re import compile as pattern
from typing import Final

from chahe.simulate.life.company import (
    COLO,
    COLOCATED,
    DC,
    OFFICE,
    OFFICIAL_SITE,
    OGW,
    ORDER_GATEWAY,
    SETTLEMENT,
    WEB,
    WEB_ORDER,
    WIN,
    WWW,
    Firm,
)
from chahe.simulate.renaming import Renaming
from chahe.simulate.scenarios.scenario import TOLD_SEED
from chahe.simulate.truth import Truth

_PLACES: Final = ("tp", "tpe", "nh", "dc1", "hq", "nk")
_HOSTS: Final = {
    OGW: ("ogw", "ordgw", "gate", "oms"),
    COLO: ("colo", "cohost", "algo", "tse"),
    WEB: ("web", "weborder", "trade", "einvest"),
    WWW: ("www", "site", "portal", "pub"),
    WIN: ("win-set", "settle", "clr", "backof"),
    DC: ("win-dc", "ad", "dirsrv", "corpdc"),
}
_STYLES: Final = (
    "{role}{number:02}",
    "{place}-{role}{number}",
    "{role}-{number:02}",
    "{place}{role}{number:02}",
    "{role}{number}{letter}",
)
_SYSTEMS: Final = {
    ORDER_GATEWAY: ("order-gw", "order-gateway", "oms-core", "front-gate"),
    COLOCATED: ("colo-trade", "algo-trade", "cohosting", "dma-engine"),
    WEB_ORDER: ("web-order", "e-order", "net-trade", "online-order"),
    OFFICIAL_SITE: ("official-site", "homepage", "corp-web", "public-site"),
    SETTLEMENT: ("settle", "clearing", "back-office", "settlement"),
    OFFICE: ("office-ad", "corp-ad", "office-domain", "staff-ad"),
}
_FIREWALLS: Final = {"fg-hq": "hq", "fg-colo": "colo", "asa-branch": "tc", "fg-dr": "dr"}
_WALLS: Final = ("fw-{place}", "{place}-fw1", "fw{place}01", "{place}-wall")


def names_of(seed: int) -> dict[str, str]:
    """By the story's names: at most fifteen small letters, digits and hyphens each, no two alike."""
    if seed == TOLD_SEED:
        return {}
    rng = Random(f"{seed} names of places")
    style, wall, place, number = rng.choice(_STYLES), rng.choice(_WALLS), rng.choice(_PLACES), 1 + rng.randrange(8)
    names = {
        host: style.format(role=rng.choice(roles), place=place, number=number, letter=rng.choice("abc"))
        for host, roles in _HOSTS.items()
    }
    names |= {system: rng.choice(choices) for system, choices in _SYSTEMS.items()}
    return names | {device: wall.format(place=where) for device, where in _FIREWALLS.items()}


def name_places(firm: Firm, truth: Truth) -> None:
    """Give everything its name wherever it stands, truth included; who writes files asks `Firm.called` for it."""
    names = names_of(firm.seed)
    if not names:
        return
    # Clerks write some in capitals.
    names |= {old.upper(): new.upper() for old, new in names.items()}
    longest_first = sorted(names, key=len, reverse=True)
    words = pattern(f"(?<![A-Za-z0-9])({'|'.join(longest_first)})(?![A-Za-z0-9]|-[a-z])")
    renamed = Renaming(names, words)
    renamed.walk(firm)
    renamed.walk(truth)
    firm.names = names
