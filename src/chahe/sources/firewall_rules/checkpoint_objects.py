"""Check Point's objects as the Management API gives them, expanded. No reader of its own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from chahe.sources.firewall_rules.network_sets import EVERY, between, named, network, without
from chahe.sources.firewall_rules.object_book import Book
from chahe.sources.firewall_rules.service_sets import ANY, icmp, port_range, ports, protocol, service

Json = Mapping[str, Any]

ANY_UID: Final = "97aeb369-9aea-11d5-bd16-0090272ccb30"
_KNOWN: Final[Mapping[str, Json]] = {
    ANY_UID: {"name": "Any", "type": "CpmiAnyObject"},
    "6c488338-8eec-4103-ad21-cd461ac2c472": {"name": "Accept", "type": "RulebaseAction"},
    "6c488338-8eec-4103-ad21-cd461ac2c473": {"name": "Drop", "type": "RulebaseAction"},
    "6c488338-8eec-4103-ad21-cd461ac2c474": {"name": "Reject", "type": "RulebaseAction"},
    "6c488338-8eec-4103-ad21-cd461ac2c476": {"name": "Policy Targets", "type": "Global"},
    "29e53e3d-23bf-48fe-b6b1-d59bd88036f9": {"name": "None", "type": "Track"},
    "598ead32-aa42-4615-90ed-f51a5928d41d": {"name": "Log", "type": "Track"},
}
"""Objects every management server has under the same identifiers, for exports without their dictionary."""
_RUNTIME: Final = frozenset(
    (
        "dynamic-object",
        "updatable-object",
        "data-center-object",
        "data-center-query",
        "network-feed",
        "dynamic-global-network-object",
    )
)
APPLICATIONS: Final = frozenset(("application-site", "application-site-group", "application-site-category"))
_PORTS: Final = {"service-tcp": "tcp", "service-udp": "udp", "service-sctp": "sctp"}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)


class Times(NamedTuple):
    """A time object: a span of days, and whether hours or days of the week narrow it."""

    starts: date | None = None
    ends: date | None = None
    narrows: bool = False


@dataclass(slots=True)
class Objects:
    """The objects of an export by identifier (and by name, which is how some exports refer to them)."""

    by_uid: dict[str, Json] = field(default_factory=lambda: dict(_KNOWN))
    addresses: Book = field(default_factory=Book)
    services: Book = field(default_factory=Book)
    mapped: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Real addresses behind objects with static translation."""

    def add(self, thing: Json) -> None:
        """Take an object in; members given as objects as well."""
        uid = thing.get("uid")
        if not isinstance(uid, str):
            return
        for member in (*sequence(thing.get("members")), thing.get("include"), thing.get("except")):
            if isinstance(member, Mapping):
                self.add(member)
        # Members are often given by name and type only: the fuller description counts.
        if len(thing) < len(self.by_uid.get(uid, {})) or "type" not in thing:
            return
        self.by_uid[uid] = thing
        for book in (self.addresses, self.services):
            book.leaves.pop(uid, None)
            book.groups.pop(uid, None)
        _expand(self, uid, thing)

    def thing(self, reference: object) -> Json:
        """The object a rule refers to: by identifier, by name, or given whole; an unknown one has only a name."""
        if isinstance(reference, Mapping):
            uid = reference.get("uid")
            return self.by_uid.get(uid, reference) if isinstance(uid, str) else reference
        return self.by_uid.get(str(reference), {"name": str(reference)})

    def names(self, references: object) -> tuple[str, ...]:
        """The names of what a rule refers to."""
        return tuple(str(self.thing(one).get("name") or "?") for one in sequence(references))

    def uids(self, references: object) -> list[str]:
        """The identifiers of what a rule refers to, each known to the books."""
        found = []
        for one in sequence(references):
            if isinstance(one, Mapping) and isinstance(one.get("uid"), str) and one["uid"] not in self.by_uid:
                self.add(one)
            found.append(str(one.get("uid") or one.get("name")) if isinstance(one, Mapping) else str(one))
        return found

    def is_any(self, references: object) -> bool:
        """Is `Any` among them, or nothing at all?"""
        return all(
            self.thing(one).get("type") == "CpmiAnyObject" or self.thing(one).get("name") == "Any"
            for one in sequence(references)
        )


def sequence(value: object) -> Sequence[Any]:
    """A list as it is; one thing as a list of it; null as none."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _expand(objects: Objects, uid: str, thing: Json) -> None:
    kind, name = str(thing.get("type")), str(thing.get("name"))
    members = tuple(_uid(one) for one in sequence(thing.get("members")))
    match kind:
        case "CpmiAnyObject":
            objects.addresses.leaves[uid], objects.services.leaves[uid] = EVERY, (ANY,)
        case "group":
            objects.addresses.groups[uid] = members
        case "service-group":
            objects.services.groups[uid] = members
        case "group-with-exclusion":
            objects.addresses.groups[uid] = (_uid(thing.get("include")),)
            objects.addresses.excluded[uid] = (_uid(thing.get("except")),)
        case _ if kind.startswith("service-") or kind in APPLICATIONS:
            objects.services.leaves[uid] = _service_words(kind, name, thing)
        case _:
            objects.addresses.leaves[uid] = _address_words(objects, uid, kind, thing)


def _uid(reference: object) -> str:
    return str(reference.get("uid")) if isinstance(reference, Mapping) else str(reference)


def _address_words(objects: Objects, uid: str, kind: str, thing: Json) -> tuple[str, ...]:
    name = str(thing.get("name"))
    if kind == "dns-domain":
        return (named("fqdn", name.lstrip(".") if not thing.get("is-sub-domain") else f"*{name}"),)
    if kind == "security-zone":
        return (named("dynamic", f"zone-{name}"),)
    if kind == "access-role":
        # Who is allowed stands in `users`; from where is the role's own list, which the export does not hold.
        return (named("dynamic", name),) if thing.get("networks") not in ("any", None) else EVERY
    if kind == "Internet":
        return without(EVERY, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
    if kind in _RUNTIME:
        return (named("dynamic", name),)
    words = tuple(word for word in _literal(thing) if word is not None)
    if not words:
        return (named("unknown", name),)
    return _translated(objects, uid, thing, words)


def _literal(thing: Json) -> Iterable[str | None]:
    """The addresses an object itself names."""
    for first, last in (("ipv4-address-first", "ipv4-address-last"), ("ipv6-address-first", "ipv6-address-last")):
        if thing.get(first):
            yield between(str(thing[first]), str(thing.get(last)))
    for subnet, bits in (("subnet4", "mask-length4"), ("subnet6", "mask-length6")):
        if thing.get(subnet) is not None and thing.get(bits) is not None:
            yield network(f"{thing[subnet]}/{thing[bits]}")
    if thing.get("ipv4-mask-wildcard"):
        yield _wildcard(str(thing.get("ipv4-address")), str(thing["ipv4-mask-wildcard"]))
        return
    for key in ("ipv4-address", "ipv6-address"):
        if thing.get(key):
            yield network(str(thing[key]))


def _wildcard(address: str, mask: str) -> str | None:
    """A wildcard object's mask has its bits set where they count for nothing."""
    try:
        bits = ".".join(str(255 - int(part)) for part in mask.split("."))
    except ValueError:
        return None
    return network(address, bits)


def _translated(objects: Objects, uid: str, thing: Json, words: tuple[str, ...]) -> tuple[str, ...]:
    """An object with static translation of its own is met under both addresses."""
    nat = thing.get("nat-settings")
    if not isinstance(nat, Mapping) or nat.get("auto-rule") is not True or nat.get("method") != "static":
        return words
    outside = [word for key in ("ipv4-address", "ipv6-address") if nat.get(key) and (word := network(str(nat[key])))]
    if outside:
        objects.mapped[uid] = words
    return (*words, *outside)


def _service_words(kind: str, name: str, thing: Json) -> tuple[str, ...]:
    if kind in _PORTS:
        there, here = _ports(thing.get("port")), _ports(thing.get("source-port"))
        if there is None or here is None:
            return (named("unknown", name),)
        return tuple(service(_PORTS[kind], one, other) for one in there for other in here)
    if kind in ("service-icmp", "service-icmp6"):
        kind_number, code = thing.get("icmp-type"), thing.get("icmp-code")
        word = icmp(
            None if kind_number is None else str(kind_number),
            None if code is None else str(code),
            4 if kind == "service-icmp" else 6,
        )
        return (word or named("unknown", name),)
    if kind == "service-other":
        found = protocol(str(thing.get("ip-protocol"))) if thing.get("ip-protocol") is not None else None
        # With a match expression of its own, more than the protocol decides.
        return (found,) if found is not None and not thing.get("match") else (named("rpc", name),)
    if kind in APPLICATIONS:
        return ("application-default",)
    return (named("rpc", name),)


def _ports(written: object) -> list[str] | None:
    """`80`, `8000-8099`, `>1023`, `<1024`, `80,443`; empty for every port; null where it is none."""
    found: list[str | None] = []
    for part in str(written or "").split(","):
        text = part.strip()
        if not text:
            found.append("")
        elif text[0] in "<>" and text[1:].isascii() and text[1:].isdigit() and len(text) <= 6:
            edge = int(text[1:])
            found.append(port_range(edge + 1, 65535) if text[0] == ">" else port_range(0, edge - 1))
        else:
            found.append(ports(text))
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else None


def times(objects: Objects, references: object) -> tuple[Times, tuple[str, ...]]:
    """When a rule holds, over all its time objects, and their names."""
    if objects.is_any(references):
        return Times(), ()
    spans = [_span(objects.thing(one)) for one in sequence(references)]
    starts, ends = [span.starts for span in spans], [span.ends for span in spans]
    return (
        Times(
            None if None in starts else min(day for day in starts if day),
            None if None in ends else max(day for day in ends if day),
            narrows=any(span.narrows for span in spans),
        ),
        objects.names(references),
    )


def _span(thing: Json) -> Times:
    if thing.get("type") != "time":
        return Times(narrows=True)
    hours = any(isinstance(one, Mapping) and one.get("enabled") for one in sequence(thing.get("hours-ranges")))
    recurrence = thing.get("recurrence")
    pattern = str(recurrence.get("pattern", "Daily")) if isinstance(recurrence, Mapping) else "Daily"
    return Times(
        None if thing.get("start-now") else day_of(thing.get("start")),
        None if thing.get("end-never") else day_of(thing.get("end")),
        narrows=hours or pattern != "Daily",
    )


def day_of(moment: object) -> date | None:
    """The day of `{"iso-8601": "2026-06-30T18:00+0800", …}` as the management server wrote it."""
    written = (
        str(moment.get("iso-8601") or moment.get("date") or "") if isinstance(moment, Mapping) else str(moment or "")
    )
    found = _DAY.match(written)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
