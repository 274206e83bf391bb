"""PAN-OS' addresses, services, application groups and schedules, by vsys or device group. No reader of its own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Address
from typing import Final, NamedTuple

from chahe.sources.firewall_rules.config_tree import Node
from chahe.sources.firewall_rules.network_sets import EVERY, address_word, named, network, without
from chahe.sources.firewall_rules.object_book import Book
from chahe.sources.firewall_rules.service_sets import ANY, ports, service

OBJECT_LISTS: Final = (
    "address", "address-group", "service", "service-group", "application", "application-group", "application-filter",
    "schedule", "tag", "region", "external-list", "dynamic-user-group",
)  # fmt: skip
"""What rules name things from."""
_PREDEFINED: Final = {
    "service-http": ("tcp/80", "tcp/8080"),
    "service-https": ("tcp/443",),
    "any": (ANY,),
    "application-default": ("application-default",),
}
_REGION = re.compile(r"[A-Z]{2}")
_SPAN = re.compile(r"(\d{4})/(\d\d)/(\d\d)@\d\d:\d\d-(\d{4})/(\d\d)/(\d\d)@\d\d:\d\d", re.ASCII)


class Times(NamedTuple):
    """A schedule: a span of days, or recurring."""

    starts: date | None = None
    ends: date | None = None
    narrows: bool = False


@dataclass(slots=True)
class Scope:
    """A vsys, a device group, shared, or what Panorama pushed: its rules' names mean what stands here, then what the parent has."""

    name: str
    node: Node
    parent: "Scope | None" = None
    addresses: Book = field(default_factory=Book)
    services: Book = field(default_factory=Book)
    applications: dict[str, tuple[str, ...]] = field(default_factory=dict)
    schedules: dict[str, Times] = field(default_factory=dict)
    faults: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    """By place: the object, the column it expands into, its value."""

    def under(self, parent: "Scope") -> None:
        """Look in another scope for what is not here."""
        self.parent = parent
        self.addresses.parent = parent.addresses
        self.services.parent = parent.services

    def address_words(self, names: Iterable[str]) -> tuple[str, ...]:
        """Addresses expanded: objects first, then what is an address or a region by itself."""
        return tuple(dict.fromkeys(word for name in names for word in self._address(name)))

    def _address(self, name: str) -> tuple[str, ...]:
        if name == "any":
            return EVERY
        if self.addresses.holds(name):
            return self.addresses.expand((name,))
        word = address_word(name)
        if word is not None:
            return (word,)
        return (named("geo" if _REGION.fullmatch(name) else "unknown", name),)

    def service_words(self, names: Iterable[str]) -> tuple[str, ...]:
        """Services expanded; `any` in a rule is the word, not an object of that name."""
        words = ((ANY,) if name == "any" else self.services.expand((name,)) for name in names)
        return tuple(dict.fromkeys(word for some in words for word in some))

    def application_names(self, names: Iterable[str]) -> tuple[str, ...]:
        """Applications with groups spelled out; others by name."""
        found: dict[str, None] = {}
        waiting = list(reversed(list(names)))
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            members = self._members(name)
            if members is None:
                found[name] = None
            elif name not in seen:
                seen.add(name)
                waiting += reversed(members)
        return tuple(found)

    def _members(self, name: str) -> tuple[str, ...] | None:
        if name in self.applications:
            return self.applications[name]
        return self.parent._members(name) if self.parent is not None else None  # noqa: SLF001 - another scope

    def times(self, name: str) -> Times | None:
        """A schedule by name; null where it is nowhere."""
        if name in self.schedules:
            return self.schedules[name]
        return self.parent.times(name) if self.parent is not None else None


def predefined() -> Scope:
    """What every firewall has."""
    scope = Scope("predefined", Node())
    scope.services.leaves |= _PREDEFINED
    return scope


def scope_of(name: str, node: Node, parent: Scope) -> Scope:
    """The scope of a node that holds objects and rules."""
    scope = Scope(name, node)
    scope.under(parent)
    for one, below in node.below("address"):
        _leaf(scope, scope.addresses, "source_addresses", one, below, _address_words(one, below))
    for one, below in node.below("address-group"):
        if below.at("dynamic") is not None:
            scope.addresses.leaves[one] = (named("dynamic", one),)
        else:
            # Releases before 6.1 list the members right below the name.
            scope.addresses.groups[one] = below.names("static") or below.names("member")
    for one, _ in node.below("external-list"):
        scope.addresses.leaves.setdefault(one, (named("dynamic", one),))
    for one, below in node.below("region"):
        literal = tuple(address_word(name) or named("unknown", name) for name in below.names("address"))
        scope.addresses.leaves[one] = literal or (named("geo", one),)
    for one, below in node.below("service"):
        _leaf(scope, scope.services, "services", one, below, _service_words(below))
    for one, below in node.below("service-group"):
        scope.services.groups[one] = below.names("members") or below.names("member")
    for one, below in node.below("application-group"):
        scope.applications[one] = below.names("members") or below.names("member")
    for one, below in node.below("schedule"):
        scope.schedules[one] = _times(below)
    return scope


def _leaf(scope: Scope, book: Book, column: str, name: str, node: Node, words: tuple[str, ...] | None) -> None:
    if words is None and node.lines:
        written = " ".join(text for _, below in node.below() for text in below.names())
        scope.faults[node.lines[0]] = (name, column, written[:200])
    book.leaves[name] = words or (named("unknown", name),)


def _address_words(name: str, node: Node) -> tuple[str, ...] | None:
    for kind, below in node.below():
        value = next(iter(below.names()), None)
        match kind:
            case "ip-netmask" | "ip-range" if value is not None:
                word = address_word(value)
                return None if word is None else (word,)
            case "fqdn" if value is not None:
                return (named("fqdn", value),)
            case "ip-wildcard" if value is not None:
                return _wildcard(value)
    # Without a value of its own (only a tag or a description) it is filled in elsewhere.
    return (named("unknown", name),)


def _wildcard(value: str) -> tuple[str, ...] | None:
    """`10.5.1.1/0.127.248.2`: bits of the mask that are set do not count."""
    base, _, mask = value.partition("/")
    try:
        bits = IPv4Address(int(IPv4Address(mask)) ^ 0xFFFFFFFF)
    except ValueError:
        return None
    word = network(base, str(bits))
    return None if word is None else (word,)


def _service_words(node: Node) -> tuple[str, ...] | None:
    words: list[str] = []
    for transport in ("tcp", "udp", "sctp"):
        below = node.at("protocol", transport)
        if below is None:
            continue
        there = [ports(text) for text in _listed(below.value("port"))]
        # On one line (`port 53 source-port 1024-65535`) the second stands below the value of the first.
        behind = below.value("source-port") or (below.at("port", below.value("port") or "") or below).value(
            "source-port"
        )
        here = [ports(text) for text in _listed(behind)] or [""]
        if not there or None in there or None in here:
            return None
        words += [service(transport, one or "", other or "") for one in there for other in here]
    return tuple(words) or None


def _listed(text: str | None) -> Iterator[str]:
    return (part for part in (text or "").split(",") if part.strip())


def _times(node: Node) -> Times:
    kinds = node.at("schedule-type") or node
    spans = [_span(text) for text in kinds.names("non-recurring")]
    if not spans or None in spans:
        return Times(narrows=True)
    known = [span for span in spans if span is not None]
    return Times(min(one for one, _ in known), max(one for _, one in known), narrows=len(known) > 1)


def _span(text: str) -> tuple[date, date] | None:
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    try:
        first, last = (date(*(int(found[at + n]) for n in range(3))) for at in (1, 4))
    except ValueError:
        return None
    return first, last


def everything_else(words: tuple[str, ...]) -> tuple[str, ...]:
    """What a negated source or destination means."""
    return without(EVERY, words) if words else words
