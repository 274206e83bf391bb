r"""FortiGate rule bases as `show`, `show full-configuration` or a backup gives them, VDOMs included.

    #config-version=FG100F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin
    config system global
        set hostname "fg-tpe-1"
    end
    config firewall policy
        edit 12
            set name "web-out"
            set uuid 0f6c5f2e-6a5c-51ee-2b7d-d0a1f0a4b6aa
            set srcintf "lan"
            set dstintf "wan1"
            set action accept
            set srcaddr "office"
            set dstaddr "all"
            set schedule "always"
            set service "HTTPS"
            set logtraffic all
            set comments "asked for by settlement"
        next
    end

Each line is one unit; a rule's row stands at its `edit`. `policy` is the table of rules (`policy`, `local-in-policy` …), after its
VDOM and a slash where there are VDOMs. What a saved configuration leaves out has its default: action deny, status enable. Published
addresses (VIP) are expanded to the address outside, `mapped_addresses` says what stands behind it; each is a row of `address_translations`, too. `logged` is blank where only
security events are logged (`utm`). Not read: DoS, shaping and SSL inspection policies, and NAT of sources.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO, Final, NamedTuple

from chahe.sources.config_text import ConfigText, accounted, device_of, gathered, lines_excerpt
from chahe.sources.fortios_objects import BAD_OBJECT, OBJECT_TABLES, Objects, Schedule, Vip, expiry, gathered_objects
from chahe.sources.fortios_tree import Entry, Tree, tree
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Skip, Unit
from chahe.sources.network_sets import EVERY, EVERY4, EVERY6, address_word, named, without
from chahe.sources.object_book import Book
from chahe.sources.rule_rows import DEVICE, OBJECT, PART, RULES, Rule
from chahe.sources.service_sets import ANY
from chahe.sources.text_lines import head_lines
from chahe.sources.translation_rows import TRANSLATIONS, Translation
from chahe.wording import Text

_POLICIES: Final[Mapping[str, str]] = {
    "firewall policy": "deny",
    "firewall policy6": "deny",
    "firewall policy46": "deny",
    "firewall policy64": "deny",
    "firewall consolidated policy": "deny",
    "firewall security-policy": "deny",
    "firewall proxy-policy": "deny",
    "firewall local-in-policy": "deny",
    "firewall local-in-policy6": "deny",
    "firewall multicast-policy": "accept",
    "firewall multicast-policy6": "accept",
}
"""Tables of rules, and the action of a rule that names none."""
_PUBLISHED: Final = ("firewall vip", "firewall vip6")
_ACTIONS: Final = {
    "accept": "allow",
    "ipsec": "allow",
    "ssl-vpn": "allow",
    "learn": "allow",
    "deny": "deny",
    "redirect": "continue",
    "isolate": "deny",
}
_NARROWING: Final = (
    "tos", "vlan-filter", "devices", "ztna-ems-tag", "sgt", "url-category", "reputation-minimum", "src-vendor-mac",
    "geoip-match", "ztna-geo-tag",
)  # fmt: skip
_CONFIG = re.compile(r"\s*config (?:system|firewall|vdom|global|router|vpn|user|log|antivirus|webfilter|ips)\b")
_VERSION = re.compile(r"#config-version=[A-Z][\w-]*[-:]")

_BAD_ACTION = Text(
    "規則的動作不是認得的值；請確認匯出的內容，或回報這個版本的設定",
    "the action of the rule is none that is known; check the export, or report this version's configuration",
)
_BAD_ID = Text(
    "規則編號應為數字；這不是已儲存的設定會有的內容，請重新匯出",
    "the number of a rule should be a number; a saved configuration holds nothing else, export it again",
)


def _recognise(head: Head) -> Match | None:
    lines = head_lines(head)
    if any(_VERSION.match(line) for line in lines[:20]):
        return Match(95, "the first line of a FortiOS configuration (#config-version)")
    words = [line.split() for line in lines if line.strip()]
    if not any(_CONFIG.match(line) for line in lines):
        return None
    ours = sum(1 for word in words if word[0] in ("config", "edit", "set", "next", "end", "unset", "append", "rename"))
    return Match(85, "config, edit, set and end as FortiOS writes them") if ours >= 0.6 * len(words) else None


class _Scope(NamedTuple):
    """What holds for all rules of a VDOM."""

    device: str
    objects: Objects


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    config = gathered(stream)
    found = tree(config.readable)
    device = device_of(_hostname(found) or found.prompt, context)
    yield from accounted(config, _fates(found, device))


def _hostname(found: Tree) -> str | None:
    return next((entry.first("hostname") for entry in found.entries if entry.table == "system global"), None)


def _fates(found: Tree, device: str) -> dict[int, Unit]:
    shared = gathered_objects(entry for entry in found.entries if not entry.vdom)
    scopes = {
        vdom: _Scope(
            device, gathered_objects((one for one in found.entries if one.vdom == vdom), shared) if vdom else shared
        )
        for vdom in dict.fromkeys(entry.vdom for entry in found.entries)
    }
    fates: dict[int, Unit] = {}
    places: dict[tuple[str, str], int] = {}
    for entry in found.entries:
        rule = entry.table in _POLICIES and bool(entry.name)
        if rule or entry.table in OBJECT_TABLES:
            fates |= {line: Skip(line, PART if rule else OBJECT) for line in entry.lines}
        published = entry.table in _PUBLISHED and bool(entry.name)
        if rule or published:
            table = (entry.vdom, entry.table)
            places[table] = places.get(table, 0) + 1
            fate = _translated if published else _fate
            fates[entry.lines[0]] = fate(entry, places[table], scopes[entry.vdom])
    for scope in scopes.values():
        for place, (name, column, value) in scope.objects.faults.items():
            fates[place] = Reject(place, BAD_OBJECT.fill(name=name[:80]), column, value[:200] or None, tables=(RULES,))
    for place, (why, text, within) in found.faults.items():
        if not within or within.split(" / ")[0] in {*_POLICIES, *OBJECT_TABLES}:
            fates[place] = Reject(place, why, None, text or None, tables=(RULES,))
    return fates


def _fate(entry: Entry, position: int, scope: _Scope) -> Records | Reject:
    place = entry.lines[0]
    if not (entry.name.isascii() and entry.name.isdigit()):
        return Reject(place, _BAD_ID, "rule", entry.name[:80], tables=(RULES,))
    action = _ACTIONS.get(entry.first("action", _POLICIES[entry.table]))
    if action is None:
        return Reject(place, _BAD_ACTION, "action", entry.first("action")[:80], tables=(RULES,))
    return Records(place, (_rule(entry, position, scope, action).row(),))


def _translated(entry: Entry, position: int, scope: _Scope) -> Records:
    """A published address as a translation of its own, whether or not a rule uses it."""
    vip = scope.objects.vips[entry.name]
    table = entry.table.removeprefix("firewall ")
    sources = entry.settings.get("src-filter", [])
    row = Translation(
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
    ).row()
    return Records(entry.lines[0], (row,))


def _rule(entry: Entry, position: int, scope: _Scope, action: str) -> Rule:
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


def _places(config: ConfigText, place: int) -> Iterator[int]:
    found = tree(config.readable)
    for entry in found.entries:
        if entry.table == "system global" and "hostname" in entry.set_at:
            yield entry.set_at["hostname"]
    for entry in found.entries:
        if entry.lines and entry.lines[0] == place:
            yield from entry.lines


reader = RecordReader(
    name="fortios_config",
    title=Text("FortiGate 設定檔中的規則", "rules of a FortiGate configuration"),
    version=1,
    tables=(RULES, TRANSLATIONS),
    recognise=_recognise,
    read=_read,
    settings=(DEVICE,),
    excerpt=lines_excerpt(_places),
)
