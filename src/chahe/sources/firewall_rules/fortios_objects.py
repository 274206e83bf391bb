"""FortiOS' addresses, services, published addresses (VIP) and schedules, expanded. No reader of its own."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from chahe.sources.firewall_rules.fortios_tree import Entry
from chahe.sources.firewall_rules.network_sets import EVERY4, EVERY6, between, named, network
from chahe.sources.firewall_rules.object_book import Book
from chahe.sources.firewall_rules.service_sets import ANY, PROTOCOLS, icmp, ports, service
from chahe.wording import Text

BAD_OBJECT = Text(
    "物件「{name}」的值讀不懂，引用它的規則範圍無法判定；請在防火牆上改正後重新匯出",
    "the value of object {name!r} cannot be read, so the rules that use it are undetermined; correct it on the firewall and export again",
)
_DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", re.ASCII)
_ALL_DAYS: Final = frozenset({"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"})


class Vip(NamedTuple):
    """A published address: what the outside sees, and what stands behind it."""

    outside: tuple[str, ...]
    inside: tuple[str, ...]
    outside_services: tuple[str, ...]
    inside_services: tuple[str, ...]


class Schedule(NamedTuple):
    """When a rule holds: a span of days, and whether hours or weekdays narrow it."""

    starts: date | None = None
    ends: date | None = None
    narrows: bool = False


@dataclass(slots=True)
class Objects:
    """What the rules of a VDOM may name."""

    addresses: Book = field(default_factory=Book)
    addresses6: Book = field(default_factory=Book)
    multicast: Book = field(default_factory=Book)
    services: Book = field(default_factory=Book)
    vips: dict[str, Vip] = field(default_factory=dict)
    vip_groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    faults: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    """By line: the object, the column it expands into, the value."""


def gathered_objects(entries: Iterable[Entry], shared: Objects | None = None) -> Objects:
    """The objects among some entries; `shared` are those of `config global`."""
    objects = Objects()
    for book in (objects.addresses, objects.addresses6):
        book.parent = Book(leaves={"all": (EVERY4 if book is objects.addresses else EVERY6,), "none": ()})
    objects.services.parent = Book(leaves={"ALL": (ANY,)})
    if shared is not None:
        objects.addresses.parent, objects.addresses6.parent = shared.addresses, shared.addresses6
        objects.services.parent = shared.services
    for entry in entries:
        if entry.name and (take := _TAKEN.get(entry.table)) is not None:
            take(objects, entry)
    return objects


def _leaf(objects: Objects, book: Book, entry: Entry, words: tuple[str, ...] | None) -> None:
    column = "services" if book is objects.services else "source_addresses"
    if words is None:
        objects.faults[entry.lines[0]] = (entry.name, column, entry.first("subnet") or entry.first("tcp-portrange"))
        words = (named("unknown", entry.name),)
    book.leaves[entry.name] = words


def _address(objects: Objects, entry: Entry) -> None:
    _leaf(objects, objects.addresses, entry, _address_words(entry))


def _address_words(entry: Entry) -> tuple[str, ...] | None:
    kind = entry.first("type", "ipmask")
    subnet = entry.settings.get("subnet", [EVERY4])
    match kind:
        case "ipmask" | "subnet":
            return _one(network(*subnet[:2]))
        case "interface-subnet" if "subnet" in entry.settings:
            return _one(network(*subnet[:2]))
        case "iprange":
            return _one(between(entry.first("start-ip"), entry.first("end-ip")))
        case "wildcard":
            return _one(network(*entry.settings.get("wildcard", [""])[:2]))
        case "mac":
            macs = entry.settings.get("macaddr") or [entry.first("start-mac")]
            return tuple(named("mac", mac) for mac in macs if mac) or None
    return _named_words(entry, kind)


def _named_words(entry: Entry, kind: str) -> tuple[str, ...] | None:
    """Addresses that only a name stands for."""
    match kind:
        case "fqdn" | "wildcard-fqdn":
            name = entry.first(kind) or entry.first("fqdn") or entry.first("wildcard-fqdn")
            return (named("fqdn", name),) if name else None
        case "geography":
            return (named("geo", entry.first("country")),) if entry.first("country") else None
    return (named("dynamic", entry.name),)


def _one(word: str | None) -> tuple[str, ...] | None:
    return None if word is None else (word,)


def _address6(objects: Objects, entry: Entry) -> None:
    match entry.first("type", "ipprefix"):
        case "ipprefix":
            words = _one(network(entry.first("ip6", EVERY6)))
        case "iprange":
            words = _one(between(entry.first("start-ip"), entry.first("end-ip")))
        case kind:
            words = _named_words(entry, kind)
    _leaf(objects, objects.addresses6, entry, words)


def _multicast(objects: Objects, entry: Entry) -> None:
    if entry.first("type") == "broadcastmask":
        words = _one(network(*entry.settings.get("subnet", [""])[:2]))
    elif entry.table.endswith("6"):
        words = _one(network(entry.first("ip6", "ff00::/8")))
    else:
        words = _one(between(entry.first("start-ip", "224.0.0.0"), entry.first("end-ip", "239.255.255.255")))
    _leaf(objects, objects.multicast, entry, words)


def _dynamic(objects: Objects, entry: Entry) -> None:
    objects.addresses.leaves.setdefault(entry.name, (named("dynamic", entry.name),))


def _group(book: Callable[[Objects], Book]) -> Callable[[Objects, Entry], None]:
    def take(objects: Objects, entry: Entry) -> None:
        book(objects).groups[entry.name] = tuple(entry.settings.get("member", ()))
        if entry.on("exclude"):
            book(objects).excluded[entry.name] = tuple(entry.settings.get("exclude-member", ()))

    return take


def _service(objects: Objects, entry: Entry) -> None:
    _leaf(objects, objects.services, entry, _service_words(entry))


def _service_words(entry: Entry) -> tuple[str, ...] | None:
    match entry.first("protocol", "TCP/UDP/SCTP").upper():
        case "ALL":
            return (ANY,)
        case "IP":
            number = entry.first("protocol-number", "0")
            if not (number.isascii() and number.isdigit() and int(number[:4]) <= 255):
                return None
            return (ANY if int(number) == 0 else PROTOCOLS.get(int(number), f"ip/{int(number)}"),)
        case "ICMP":
            return _one(icmp(entry.first("icmptype") or None, entry.first("icmpcode") or None))
        case "ICMP6":
            return _one(icmp(entry.first("icmptype") or None, entry.first("icmpcode") or None, 6))
    words = [
        _port_word(transport, portrange)
        for transport in ("tcp", "udp", "sctp")
        for portrange in entry.settings.get(f"{transport}-portrange", ())
    ]
    found = tuple(word for word in words if word is not None)
    return found if found and len(found) == len(words) else None


def _port_word(transport: str, portrange: str) -> str | None:
    """`80`, `8000-8099`, `53:1024-65535` (destination and source)."""
    destination, _, source = portrange.partition(":")
    there, here = ports(destination), ports(source) if source else ""
    return None if there is None or here is None else service(transport, there, here)


def _vip(objects: Objects, entry: Entry) -> None:
    outside = _addresses(entry.settings.get("extip", []), entry.first("extintf"))
    servers = [one.first("ip") for one in entry.nested if one.table.endswith("realservers")]
    inside = _addresses([*entry.settings.get("mappedip", []), *servers], "")
    if entry.first("mapped-addr"):
        inside += objects.addresses.expand((entry.first("mapped-addr"),))
    outside_services: tuple[str, ...] = ()
    inside_services: tuple[str, ...] = ()
    if entry.on("portforward") or "extport" in entry.settings:
        transport = entry.first("protocol", "tcp")
        there = ports(entry.first("extport")) if entry.first("extport") else ""
        here = ports(entry.first("mappedport")) if entry.first("mappedport") else there
        outside_services = (service(transport, there) if there is not None else named("unknown", entry.name),)
        inside_services = (service(transport, here) if here is not None else named("unknown", entry.name),)
    unknown = (named("unknown", entry.name),)
    objects.vips[entry.name] = Vip(outside or unknown, inside or unknown, outside_services, inside_services)


def _addresses(texts: Iterable[str], interface: str) -> tuple[str, ...]:
    words = []
    for text in texts:
        first, dash, last = text.partition("-")
        if text in ("0.0.0.0", "::"):  # noqa: S104 - the interface's own address, whatever it is
            word: str | None = named("interface", interface or "any")
        else:
            word = between(first, last) if dash else network(text)
        words.append(word or named("unknown", text))
    return tuple(words)


def _vip_group(objects: Objects, entry: Entry) -> None:
    objects.vip_groups[entry.name] = tuple(entry.settings.get("member", ()))


def _onetime(objects: Objects, entry: Entry) -> None:
    objects.schedules[entry.name] = Schedule(_day(entry.settings.get("start")), _day(entry.settings.get("end")))


def _recurring(objects: Objects, entry: Entry) -> None:
    days = frozenset(entry.settings.get("day", ()))
    hours = (entry.first("start", "00:00"), entry.first("end", "00:00"))
    objects.schedules[entry.name] = Schedule(narrows=days != _ALL_DAYS or hours[0] != hours[1])


def _schedule_group(objects: Objects, entry: Entry) -> None:
    """A rule with a group holds while any of its schedules does."""
    members = [objects.schedules.get(name) for name in entry.settings.get("member", ())]
    known = [member for member in members if member is not None]
    ends = [member.ends for member in known]
    starts = [member.starts for member in known]
    whole = len(known) == len(members) and bool(known)
    objects.schedules[entry.name] = Schedule(
        min((day for day in starts if day), default=None) if whole and None not in starts else None,
        max((day for day in ends if day), default=None) if whole and None not in ends else None,
        narrows=True,
    )


def _day(values: list[str] | None) -> date | None:
    """The day of `17:00 2026/12/31`, `2026-12-31 17:00:00` and the like."""
    found = _DAY.search(" ".join(values or ()))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def expiry(entry: Entry) -> date | None:
    """The last day of a rule that expires by itself (`policy-expiry`)."""
    if not entry.on("policy-expiry"):
        return None
    return _day(entry.settings.get("policy-expiry-date")) or _day(entry.settings.get("policy-expiry-date-utc"))


_TAKEN: Final[Mapping[str, Callable[[Objects, Entry], None]]] = {
    "firewall address": _address,
    "firewall address6": _address6,
    "firewall multicast-address": _multicast,
    "firewall multicast-address6": _multicast,
    "firewall addrgrp": _group(lambda objects: objects.addresses),
    "firewall addrgrp6": _group(lambda objects: objects.addresses6),
    "firewall proxy-address": _dynamic,
    "firewall proxy-addrgrp": _group(lambda objects: objects.addresses),
    "firewall wildcard-fqdn custom": _dynamic,
    "firewall service custom": _service,
    "firewall service group": _group(lambda objects: objects.services),
    "firewall vip": _vip,
    "firewall vip6": _vip,
    "firewall vipgrp": _vip_group,
    "firewall vipgrp6": _vip_group,
    "firewall schedule onetime": _onetime,
    "firewall schedule recurring": _recurring,
    "firewall schedule group": _schedule_group,
}
OBJECT_TABLES: Final = frozenset(_TAKEN) | {"firewall service category", "firewall wildcard-fqdn group"}
"""Tables that rules name things from."""
