"""Aliases, interfaces and addresses of pfSense and OPNsense. No reader of its own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from chahe.sources.firewall_rules.network_sets import EVERY, EVERY4, EVERY6, address_word, named, network, without
from chahe.sources.firewall_rules.object_book import Book
from chahe.sources.firewall_rules.service_sets import ANY, icmp, ports, protocol, service

FAMILIES: Final = {"inet": (EVERY4,), "inet6": (EVERY6,), "inet46": EVERY}
_PLAIN: Final = ("host", "network", "networkgroup")
_HOST = re.compile(r"(?=.*\.)[\w*-]+(?:\.[\w-]+)+\.?")
_ICMP: Final = {
    "echoreq": "8", "echorep": "0", "unreach": "3", "squench": "4", "redir": "5", "timex": "11", "paramprob": "12",
    "timereq": "13", "timerep": "14", "inforeq": "15", "inforep": "16", "maskreq": "17", "maskrep": "18", "althost": "6",
    "routeradv": "9", "routersol": "10", "trace": "30",
}  # fmt: skip
"""pf's names of ICMP types."""


@dataclass(slots=True)
class Objects:
    """What rules may name."""

    addresses: Book = field(default_factory=Book)
    ports: Book = field(default_factory=Book)
    """Canonical ranges, `*` for every port."""
    schedules: set[str] = field(default_factory=set)


def objects_of(root: etree._Element) -> Objects:
    """Aliases and interfaces of a configuration."""
    objects = Objects()
    mine: list[str] = []
    for element in root.findall("interfaces/*"):
        name = str(element.tag)
        own, net = _interface(element, name)
        mine += own
        # An alias of the same name would win on the firewall as well: interfaces come first in its list.
        objects.addresses.leaves |= {f"{name}ip": tuple(own), name: tuple(net)}
    objects.addresses.leaves["(self)"] = (*mine, named("interface", "self"))
    for element in (*root.findall("aliases/alias"), *root.findall("OPNsense/Firewall/Alias/aliases/alias")):
        _alias(objects, element)
    objects.schedules |= {text for text in (one.findtext("name") for one in root.findall("schedules/schedule")) if text}
    return objects


def _interface(element: etree._Element, name: str) -> tuple[list[str], list[str]]:
    """The address and the network of an interface; by its name where both come from elsewhere (DHCP, PPPoE)."""
    own: list[str] = []
    net: list[str] = []
    for address, bits in (("ipaddr", "subnet"), ("ipaddrv6", "subnetv6")):
        at, size = (element.findtext(address) or "").strip(), (element.findtext(bits) or "").strip()
        alone, whole = network(at), network(f"{at}/{size}") if size else None
        if alone is not None and whole is not None:
            own.append(alone)
            net.append(whole)
        elif at:
            own.append(named("interface", name))
            net.append(named("interface", name))
    unknown = [named("interface", name)]
    return own or unknown, net or unknown


def _alias(objects: Objects, element: etree._Element) -> None:
    name = (element.findtext("name") or "").strip()
    kind = (element.findtext("type") or "host").strip()
    members = tuple((element.findtext("address") or element.findtext("content") or "").split())
    if not name or kind.endswith("_ports"):
        objects.ports.leaves[name] = (named("dynamic", name),)
    elif kind == "port":
        objects.ports.groups[name] = members
        objects.ports.leaves |= {one: (found or "*",) for one in members if (found := _range(one)) is not None}
    elif kind in _PLAIN:
        objects.addresses.groups[name] = members
        objects.addresses.leaves |= {one: (word,) for one in members if (word := _literal(one)) is not None}
    elif kind == "geoip":
        objects.addresses.leaves[name] = tuple(named("geo", one) for one in members) or (named("dynamic", name),)
    else:
        # Lists fetched from elsewhere, or filled while the firewall runs.
        objects.addresses.leaves[name] = (named("dynamic", name),)


def _literal(text: str) -> str | None:
    word = address_word(text)
    return named("fqdn", text) if word is None and _HOST.fullmatch(text) else word


def _range(text: str) -> str | None:
    return ports(text.replace(":", "-"))


def side(objects: Objects, names: Iterable[str], every: tuple[str, ...], *, negated: bool) -> tuple[str, ...]:
    """A source or destination expanded: `any`, addresses, aliases, interfaces."""
    words: list[str] = []
    for name in names:
        if name == "any":
            words += every
        elif objects.addresses.holds(name):
            words += objects.addresses.expand((name,))
        else:
            words.append(_literal(name) or named("unknown", name))
    found = tuple(dict.fromkeys(words))
    return without(every, found) if negated and found else found


def services(objects: Objects, written: str, there: str, here: str, kinds: str) -> tuple[str, ...]:
    """Protocol and ports: `tcp`, `tcp/udp`, `icmp` with its types, or none for any."""
    name = written.strip().lower()
    transports = {"": [ANY], "tcp/udp": ["tcp", "udp"]}.get(name) or [protocol(name) or named("unknown", name)]
    if transports[0] in ("icmp", "icmp6"):
        version = 4 if transports[0] == "icmp" else 6
        listed = [one.strip() for one in kinds.split(",") if one.strip() and one.strip() != "any"]
        return tuple(icmp(_ICMP.get(one, one), None, version) or named("unknown", one) for one in listed) or (
            transports[0],
        )
    return tuple(dict.fromkeys(_words(objects, transports, there, here)))


def _words(objects: Objects, transports: list[str], there: str, here: str) -> Iterator[str]:
    for transport in transports:
        for end in _ends(objects, there):
            for begin in _ends(objects, here):
                loose = [one for one in (end, begin) if ":" in one]
                yield loose[0] if loose else service(transport, end.strip("*"), begin.strip("*"))


def _ends(objects: Objects, text: str) -> tuple[str, ...]:
    written = text.strip()
    if not written or written == "any":
        return ("*",)
    if objects.ports.holds(written):
        return objects.ports.expand((written,))
    found = _range(written)
    return (named("unknown", written),) if found is None else (found or "*",)
