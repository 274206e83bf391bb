"""Junos' address books, applications and schedulers. No reader of its own."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from chahe.sources.firewall_rules.config_tree import Node
from chahe.sources.firewall_rules.junos_applications import PREDEFINED, SETS
from chahe.sources.firewall_rules.network_sets import EVERY, EVERY4, EVERY6, address_word, between, named
from chahe.sources.firewall_rules.object_book import Book
from chahe.sources.firewall_rules.service_sets import ANY, icmp, port_number, ports, protocol, service

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\.", re.ASCII)
_PLAIN: Final = frozenset(("description", "apply-groups", "apply-groups-except"))


class Times(NamedTuple):
    """A scheduler: a span of days, and whether hours or weekdays narrow it."""

    starts: date | None = None
    ends: date | None = None
    narrows: bool = False


@dataclass(slots=True)
class Objects:
    """What the policies of a device (or logical system) may name."""

    everywhere: Book
    """The global address book."""
    zones: dict[str, Book] = field(default_factory=dict)
    applications: Book = field(default_factory=Book)
    schedulers: dict[str, Times] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    """Lines that define objects."""
    faults: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    """By line: the object, the column it expands into, its value."""

    def addresses(self, names: tuple[str, ...], zone: str | None) -> tuple[str, ...]:
        """Addresses as a policy of that zone means them."""
        return self.zones.get(zone or "", self.everywhere).expand(names)

    def services(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Applications as protocols and ports."""
        return self.applications.expand(names)


def objects_of(root: Node) -> Objects:
    """The objects of a device or logical system."""
    common = Book(leaves={"any": EVERY, "any-ipv4": (EVERY4,), "any-ipv6": (EVERY6,)})
    objects = Objects(Book(parent=common))
    objects.applications.parent = Book(
        leaves={name: tuple(words.split()) for name, words in PREDEFINED.items()}, groups=dict(SETS)
    )
    for name, node in root.below("security", "address-book"):
        book = objects.everywhere if name == "global" else Book(parent=objects.everywhere)
        _book(objects, book, node)
        for zone in node.names("attach", "zone"):
            objects.zones[zone] = book
    for zone, node in root.below("security", "zones", "security-zone"):
        own = node.at("address-book")
        if own is not None:
            _book(objects, objects.zones.setdefault(zone, Book(parent=objects.everywhere)), own)
    for name, node in root.below("applications", "application"):
        _application(objects, name, node)
    for name, node in root.below("applications", "application-set"):
        objects.lines += node.lines
        objects.applications.groups[name] = (*node.names("application"), *node.names("application-set"))
    for name, node in root.below("schedulers", "scheduler"):
        objects.lines += node.lines
        objects.schedulers[name] = _scheduler(node)
    return objects


def _book(objects: Objects, book: Book, node: Node) -> None:
    for name, below in node.below("address"):
        objects.lines += below.lines
        words = _address_words(below)
        if words is None:
            objects.faults[below.lines[0]] = (name, "source_addresses", " ".join(below.names())[:200])
        book.leaves[name] = words or (named("unknown", name),)
    for name, below in node.below("address-set"):
        objects.lines += below.lines
        book.groups[name] = (*below.names("address"), *below.names("address-set"))


def _address_words(node: Node) -> tuple[str, ...] | None:
    words: list[str | None] = []
    for kind, below in node.below():
        match kind:
            case "dns-name":
                words += [named("fqdn", name) for name in below.names()]
            case "range-address":
                words += [between(first, last) for first, one in below.below() for last in one.names("to")]
            case "wildcard-address":
                words += [address_word(text) for text in below.names()]
            case "ip-prefix":
                words += [address_word(text) for text in below.names()]
            case _ if kind not in _PLAIN:
                words.append(address_word(kind))
    found = tuple(word for word in words if word is not None)
    return found if found and len(found) == len(words) else None


def _application(objects: Objects, name: str, node: Node) -> None:
    objects.lines += node.lines
    terms = [below for _, below in node.below("term")] or [node]
    words = [_service_word(term, name) for term in terms]
    found = tuple(word for word in words if word is not None)
    if len(found) < len(words):
        objects.faults[node.lines[0]] = (name, "services", " ".join(node.names("destination-port"))[:200])
        found = (*found, named("unknown", name))
    # An application may name a set below itself; what it holds counts too.
    members = node.names("application")
    key = f"{name}\n"
    if members:
        objects.applications.groups[name] = members
    elif node.at("protocol") is None and not node.names("term"):
        objects.applications.leaves[name] = (named("unknown", name),)
    else:
        objects.applications.leaves[key] = found
        objects.applications.groups[name] = (key,)


def _service_word(node: Node, name: str) -> str | None:
    transport = protocol(node.value("protocol") or "")
    if transport is None:
        return named("unknown", name) if node.value("protocol") is None else None
    if transport in ("icmp", "icmp6"):
        below = node.at("protocol", node.value("protocol") or "")
        kind = node.value("icmp-type") or (below.value("icmp-type") if below else None)
        code = node.value("icmp-code") or (below.value("icmp-code") if below else None)
        if kind is None and code is not None:
            return icmp(None, None, 4 if transport == "icmp" else 6)
        return icmp(kind, code, 4 if transport == "icmp" else 6)
    there, here = _ports(node.value("destination-port")), _ports(node.value("source-port"))
    if there is None or here is None:
        return None
    return ANY if transport == ANY else service(transport, there, here)


def _ports(text: str | None) -> str | None:
    """A port or range; empty where none is named, null where it is none."""
    if text is None:
        return ""
    found = ports(text)
    if found is None and port_number(text) is not None:
        return str(port_number(text))
    return found


def _scheduler(node: Node) -> Times:
    starts = [day for text in node.names("start-date") if (day := _day(text))]
    ends = [day for one in _stops(node) if (day := _day(one))]
    recurring = any(name not in ("start-date", "stop-date", *_PLAIN) for name in node.names())
    return Times(min(starts, default=None), max(ends, default=None), narrows=recurring or len(starts) > 1)


def _stops(node: Node) -> tuple[str, ...]:
    """`start-date A stop-date B` on one line, or each on its own."""
    return (*node.names("stop-date"), *(text for _, one in node.below("start-date") for text in one.names("stop-date")))


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
