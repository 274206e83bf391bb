"""Which outside addresses reach which important system by which rule: rule bases worked through in order, translations counted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from chahe.derivations.model import Derivation, Rows
from chahe.derivations.reach import (
    ALL_SERVICES,
    EVERYWHERE,
    OUTSIDE,
    Box,
    Spans,
    address_words,
    boxes_less,
    common,
    holds,
    service_words,
    union,
)
from chahe.derivations.rule_paths import Passage, Words, address_set, policies, service_set
from chahe.evidence.address_translations import table as address_translations
from chahe.evidence.declared_services import table as declared_services
from chahe.evidence.exposures import table as exposures
from chahe.evidence.firewall_rules import table as firewall_rules
from chahe.evidence.network_zones import table as network_zones
from chahe.evidence.system_hosts import table as system_hosts
from chahe.evidence.systems import table as systems
from chahe.sources.firewall_rules.network_sets import covered

Row = Mapping[str, object]
_NOTHING: Final = Words(())
_DAY: Final = timedelta(days=1)
_OUTSIDE_NAMES: Final = ("outside", "untrust", "internet", "external", "wan")
"""How makers and their manuals call the interface to the internet; a firm's own list of interfaces goes before."""


@dataclass(frozen=True, slots=True)
class Target:
    """One address of an important system."""

    system: Row
    host: Row
    address: str
    spans: Spans
    declared: tuple[tuple[Box, date | None, date | None], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How packets are addressed that end at a target: to itself, to what a rule maps to it, or to what a translation publishes."""

    target: Target
    mapped: bool = False
    translation: Row | None = None
    outside: Words = _NOTHING
    services: Words = _NOTHING
    inside_services: Words = _NOTHING
    sources: Words = _NOTHING

    def certain(self, one: Passage) -> bool | None:
        """Does the rule match packets on this way? None: it may."""
        if bool(one.row["mapped_addresses"]) is not self.mapped:
            return False
        asked = one.mapped if self.mapped else one.destinations
        if self.translation is None:
            return True if holds(asked.spans, self.target.spans) else (None if asked.unsure else False)
        if holds(asked.spans, self.target.spans):
            return False  # the way to the host itself tells of it
        return True if common(asked.spans, self.outside.spans) else (None if asked.unsure else False)

    def covered_by(self, one: Passage) -> bool:
        """Does the rule match every packet on this way, as far as its destination goes?"""
        if bool(one.row["mapped_addresses"]) is not self.mapped:
            return False
        asked = one.mapped if self.mapped else one.destinations
        return holds(asked.spans, self.outside.spans if self.translation else self.target.spans)


class Reach(NamedTuple):
    certain: list[Box]
    possible: list[Box]
    """What may get through besides."""
    why: str | None


def _derive(rows: Mapping[str, Rows]) -> Iterable[Row]:
    sides = {(row["device"], row["zone"]): row["outside"] for row in rows["network_zones"]}
    by_device: dict[object, list[Row]] = {}
    for row in rows["firewall_rules"]:
        by_device.setdefault(row["device"], []).append(row)
    translations: dict[object, list[Row]] = {}
    for row in rows["address_translations"]:
        if row["enabled"] is not False and row["kind"] in ("publish", "static"):
            translations.setdefault(row["device"], []).append(row)
    targets = list(_targets(rows))
    for device, held in sorted(by_device.items(), key=lambda pair: str(pair[0])):
        for passages in policies(held):
            for target in targets:
                for way in _ways(target, translations.get(device, [])):
                    yield from _exposed(way, passages, sides)


def _targets(rows: Mapping[str, Rows]) -> Iterator[Target]:
    named = {row["system"]: row for row in rows["systems"] if row["important"]}
    seen: set[tuple[object, object]] = set()
    for host in rows["system_hosts"]:
        system, address = named.get(host["system"]), host["address"]
        if system is not None and address is not None and (host["system"], address) not in seen:
            seen.add((host["system"], address))
            declared = tuple(_declared(rows["declared_services"], system["system"]))
            yield Target(system, host, str(address), covered((_alone(str(address)),)), declared)


def _alone(address: str) -> str:
    return f"{address}/128" if ":" in address else f"{address}/32"


def _declared(rows: Rows, system: object) -> Iterator[tuple[Box, date | None, date | None]]:
    """Approved services; one that is not wholly understood, or never approved, declares nothing."""
    for row in rows:
        if row["system"] != system or row["approved_on"] is None:
            continue
        services = service_set(None, row["services"])
        sources = address_set(None, row["from_addresses"]) if row["from_addresses"] else Words(EVERYWHERE)
        if not services.unsure and not sources.unsure:
            yield Box(sources.spans, services.spans), _day(row["approved_on"]), _day(row["ended_on"])


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _ways(target: Target, translations: Iterable[Row]) -> Iterator[Way]:
    yield Way(target)
    yield Way(target, mapped=True)
    for row in translations:
        if not holds(address_set(row["inside_addresses"] or "").spans, target.spans):
            continue
        yield Way(
            target,
            translation=row,
            outside=address_set(row["outside_addresses"] or ""),
            services=service_set(row["outside_services"] or "any"),
            inside_services=service_set(row["inside_services"]) if row["inside_services"] else _NOTHING,
            sources=address_set(row["from_addresses"] or "any"),
        )


def _exposed(way: Way, passages: list[Passage], sides: Mapping[tuple[object, object], object]) -> Iterator[Row]:
    """Rows of one way through one policy, for each span of days in which nothing begins or ends."""
    relevant = [one for one in passages if way.certain(one) is not False and _belongs(way, one)]
    if not any(one.permits for one in relevant):
        return
    for first, last in _spans_of_days(relevant, way.target):
        on = first or last or date.min
        before: list[Passage] = []
        for one in (one for one in relevant if one.in_force(on)):
            if one.permits:
                found = _reach(way, one, before, _side(one, sides))
                yield from _row(way, one, found, (first, last))
            before.append(one)


def _belongs(way: Way, one: Passage) -> bool:
    """A rule to everywhere speaks of what stands behind its own firewall, not of what another firewall guards."""
    guard = way.target.system["firewall"]
    if way.mapped or way.translation is not None or guard is None or guard == one.row["device"]:
        return True
    return not holds(one.destinations.spans, covered(("0.0.0.0/0",)))


def _spans_of_days(passages: Iterable[Passage], target: Target) -> list[tuple[date | None, date | None]]:
    begins = [one.starts for one in passages] + [approved for _, approved, _ in target.declared]
    ends = [one.ends for one in passages] + [ended for _, _, ended in target.declared]
    cuts = sorted({day for day in begins if day} | {day + _DAY for day in ends if day})
    return list(zip([None, *cuts], [*(day - _DAY for day in cuts), None], strict=True))


def _side(one: Passage, sides: Mapping[tuple[object, object], object]) -> bool | None:
    """Do packets from outside come by this rule's zones? None: nobody said."""
    if one.from_zones is None:
        return True
    told = [
        sides.get((one.row["device"], zone), True if zone.startswith(_OUTSIDE_NAMES) else None)
        for zone in one.from_zones
    ]
    if any(told):
        return True
    return None if None in told else False


def _reach(way: Way, one: Passage, before: Iterable[Passage], outside: bool | None) -> Reach:
    matched = way.certain(one)
    if outside is False or matched is False:
        return Reach([], [], None)
    sources, services = one.sources, one.services
    if way.translation is not None:
        sources, services = sources.within(way.sources), services.within(way.services)
    known = Box(common(sources.spans, OUTSIDE), services.spans)
    most = Box(OUTSIDE if sources.unsure else known.sources, ALL_SERVICES if services.unsure else known.services)
    boxes, possible = [known] if all(known) else [], [most] if all(most) else []
    for earlier in before:
        if way.covered_by(earlier) and earlier.goes_before(one):
            taken = Box(earlier.sources.spans, earlier.services.spans)
            boxes, possible = boxes_less(boxes, taken), boxes_less(possible, taken)
    if outside is None or matched is None:
        return Reach([], possible, "zone" if outside is None else "addresses")
    for box in boxes:
        possible = boxes_less(possible, box)
    return Reach(boxes, possible, "addresses" if sources.unsure else "services")


def _row(way: Way, one: Passage, found: Reach, days: tuple[date | None, date | None]) -> Iterator[Row]:
    if not found.certain and not found.possible:
        return
    inside = one.mapped_services if way.mapped else way.inside_services
    reached = [Box(box.sources, inside.spans or box.services) for box in found.certain]
    beyond, doubtful = reached, found.possible
    for box, approved, ended in way.target.declared:
        on = days[0] or days[1]
        if on is not None and (approved is None or approved <= on) and (ended is None or ended >= on):
            beyond, doubtful = boxes_less(beyond, box), boxes_less(doubtful, box)
    yield {
        "system": way.target.system["system"],
        "address": way.target.address,
        **{name: one.row[name] for name in ("device", "policy", "rule")},
        "translation": way.translation["rule"] if way.translation else None,
        "holds_from": days[0],
        "holds_until": days[1],
        "outside_addresses": _addresses(reached),
        "services": _services(reached),
        "undeclared_addresses": _addresses(beyond),
        "undeclared_services": _services(beyond),
        "unsure": found.why if doubtful else None,
        "rule_row": one.row["row_id"],
        "translation_row": way.translation["row_id"] if way.translation else None,
        "host_row": way.target.host["row_id"],
        "system_row": way.target.system["row_id"],
        "row_id": one.row["row_id"],
    }


def _addresses(boxes: Iterable[Box]) -> str | None:
    return address_words(union(box.sources for box in boxes)) or None


def _services(boxes: Iterable[Box]) -> str | None:
    return service_words(union(box.services for box in boxes)) or None


derivation = Derivation(
    table=exposures,
    reads=(systems, system_hosts, declared_services, network_zones, firewall_rules, address_translations),
    derive=_derive,
)
