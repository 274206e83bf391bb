"""FortiOS' rules and published addresses made rows: sources and destinations, services, schedules. No reader of its own."""

from datetime import date
from typing import Final, NamedTuple

from chahe.sources.firewall_rules.fortios_objects import Objects, Schedule, Vip, expiry
from chahe.sources.firewall_rules.fortios_tree import Entry
from chahe.sources.firewall_rules.network_sets import EVERY, EVERY4, EVERY6, address_word, named, without
from chahe.sources.firewall_rules.object_book import Book
from chahe.sources.firewall_rules.rule_rows import Rule
from chahe.sources.firewall_rules.service_sets import ANY
from chahe.sources.firewall_rules.translation_rows import Translation

_NARROWING: Final = (
    "tos", "vlan-filter", "devices", "ztna-ems-tag", "sgt", "url-category", "reputation-minimum", "src-vendor-mac",
    "geoip-match", "ztna-geo-tag",
)  # fmt: skip


class Scope(NamedTuple):
    """What holds for all rules of a VDOM."""

    device: str
    objects: Objects


def translation(entry: Entry, position: int, scope: Scope) -> Translation:
    """A published address as a translation of its own, whether or not a rule uses it."""
    vip = scope.objects.vips[entry.name]
    table = entry.table.removeprefix("firewall ")
    sources = entry.settings.get("src-filter", [])
    return Translation(
        device=scope.device,
        policy=f"{entry.vdom}/{table}" if entry.vdom else table,
        position=position,
        rule=entry.name,
        kind="publish",
        enabled=entry.first("status", "enable") != "disable",
        outside_zone=tuple(name for name in entry.settings.get("extintf", ()) if name != "any"),
        outside_addresses=vip.outside,
        outside_services=vip.outside_services,
        inside_addresses=vip.inside,
        inside_services=vip.inside_services if vip.inside_services != vip.outside_services else (),
        from_addresses=tuple(address_word(text) or named("unknown", text) for text in sources),
        comment=entry.first("comment") or None,
    )


def rule(entry: Entry, position: int, scope: Scope, action: str) -> Rule:
    table = entry.table.removeprefix("firewall ").removeprefix("consolidated ")
    source, destination = _Side(entry, "src", scope.objects), _Side(entry, "dst", scope.objects)
    schedule, starts, ends, limits = _schedule(entry, scope.objects)
    services = _services(entry, scope.objects)
    outside, inside = destination.port_forwards()
    users = [
        name for key in ("groups", "users", "fsso-groups", "identity-from") for name in entry.settings.get(key, ())
    ]
    return Rule(
        device=scope.device,
        policy=f"{entry.vdom}/{table}" if entry.vdom else table,
        position=position,
        rule=entry.name,
        rule_name=entry.first("name") or None,
        rule_uid=entry.first("uuid") or None,
        enabled=entry.first("status", "enable") != "disable",
        action=action,
        source_zone=tuple(entry.settings.get("srcintf") or entry.settings.get("intf") or ()),
        destination_zone=tuple(entry.settings.get("dstintf", ())),
        source=source.names,
        destination=destination.names,
        service=tuple(entry.settings.get("service", ())),
        source_addresses=source.words(),
        destination_addresses=destination.words(),
        mapped_addresses=destination.mapped(),
        # Of a published port nothing but that port is reached from outside.
        services=outside if outside and services == (ANY,) else services,
        mapped_services=inside,
        applications=tuple(entry.settings.get("application", ())) or tuple(entry.settings.get("app-category", ())),
        users=tuple(users),
        conditions=(*limits, *(f"{key} {' '.join(entry.settings[key])}" for key in _NARROWING if _narrows(entry, key))),
        schedule=schedule,
        starts_on=starts,
        expires_on=ends,
        logged=_logged(entry),
        comment=entry.first("comments") or entry.first("comment") or None,
    )


def _narrows(entry: Entry, key: str) -> bool:
    return entry.first(key) not in ("", "disable", "0", "0x00")


class _Side:
    """Sources or destinations of a rule: objects of IPv4 and IPv6, published addresses, internet services, negation."""

    def __init__(self, entry: Entry, side: str, objects: Objects) -> None:
        self.entry, self.side, self.objects = entry, side, objects
        six = entry.table.endswith("6") and not entry.table.endswith("46")
        self.names4 = (
            () if six else tuple(entry.settings.get(f"{side}addr", ())) + tuple(entry.settings.get(f"{side}addr4", ()))
        )
        self.names6 = tuple(entry.settings.get(f"{side}addr" if six else f"{side}addr6", ()))
        part = "internet-service-src" if side == "src" else "internet-service"
        keys = [f"{part}-{kind}" for kind in ("name", "group", "custom", "custom-group", "id")]
        keys6 = [key.replace("internet-service", "internet-service6") for key in keys]
        on = entry.on(part) or entry.on(part.replace("internet-service", "internet-service6"))
        self.internet = tuple(name for key in (*keys, *keys6) for name in entry.settings.get(key, ()) if on)
        self.vips = [vip for name in (*self.names4, *self.names6) for vip in _vips(name, objects, frozenset())]

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.names4, *self.names6, *self.internet)

    def words(self) -> tuple[str, ...]:
        """The expansion; with negation, everything else."""
        four = self._book(self.names4, self._multicast() or self.objects.addresses)
        six = self._book(self.names6, self.objects.addresses6)
        internet = tuple(named("service", name) for name in self.internet)
        if self.entry.on(f"{self.side}addr-negate") and four:
            four = without((EVERY4,), four)
        if (self.entry.on(f"{self.side}addr6-negate") or self.entry.on(f"{self.side}addr-negate")) and six:
            six = without((EVERY6,), six)
        part = "internet-service-src" if self.side == "src" else "internet-service"
        if internet and self.entry.on(f"{part}-negate"):
            internet = without(EVERY, internet)
        return tuple(dict.fromkeys((*four, *six, *internet)))

    def _multicast(self) -> Book | None:
        if self.side == "dst" and "multicast" in self.entry.table:
            return self.objects.multicast
        return None

    def _book(self, names: tuple[str, ...], book: Book) -> tuple[str, ...]:
        words: list[str] = []
        for name in names:
            vips = [] if book.holds(name) else _vips(name, self.objects, frozenset())
            words += [word for vip in vips for word in vip.outside] if vips else book.expand((name,))
        return tuple(words)

    def mapped(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for vip in self.vips for word in vip.inside))

    def port_forwards(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ports outside and inside, where every destination is a published port."""
        if not self.vips or len(self.vips) < len(self.names) or not all(vip.outside_services for vip in self.vips):
            return (), tuple(dict.fromkeys(word for vip in self.vips for word in vip.inside_services))
        outside = dict.fromkeys(word for vip in self.vips for word in vip.outside_services)
        return tuple(outside), tuple(dict.fromkeys(word for vip in self.vips for word in vip.inside_services))


def _vips(name: str, objects: Objects, above: frozenset[str]) -> list[Vip]:
    if name in objects.vips:
        return [objects.vips[name]]
    if name in above or name not in objects.vip_groups:
        return []
    return [vip for member in objects.vip_groups[name] for vip in _vips(member, objects, above | {name})]


def _services(entry: Entry, objects: Objects) -> tuple[str, ...]:
    internet = entry.on("internet-service") or entry.on("internet-service6")
    if internet and "service" not in entry.settings:
        # The vendor's list names ports as well as addresses.
        return tuple(named("service", name) for name in _Side(entry, "dst", objects).internet)
    words = objects.services.expand(entry.settings.get("service", ()))
    if not words and "multicast" in entry.table:
        return (ANY,) if entry.first("protocol", "0") == "0" else (f"ip/{entry.first('protocol')}",)
    return tuple(named("except", word) for word in words) if entry.on("service-negate") else words


def _schedule(entry: Entry, objects: Objects) -> tuple[str | None, date | None, date | None, tuple[str, ...]]:
    """The schedule's name, first and last day, and what else of it narrows the rule."""
    name = entry.first("schedule") or None
    ends = expiry(entry)
    if name is None or (name == "always" and name not in objects.schedules):
        return name, None, ends, ()
    found = objects.schedules.get(name, Schedule(narrows=True))
    last = min(day for day in (found.ends, ends) if day) if found.ends or ends else None
    return name, found.starts, last, (f"schedule {name}",) if found.narrows else ()


def _logged(entry: Entry) -> bool | None:
    match entry.first("logtraffic"):
        case "all":
            return True
        case "disable":
            return False
    return None
