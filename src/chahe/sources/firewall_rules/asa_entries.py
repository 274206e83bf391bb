"""Entries of Cisco ASA and Firepower access lists taken apart. No reader of its own.

access-list outside_in line 3 extended permit tcp any4 object web-1 eq https log time-range until-audit (hitcnt=41) 0x2f5c0e11
access-list outside_in remark asked for by settlement
access-list CSM_FW_ACL_ advanced permit tcp ifc inside object lan ifc outside any4 eq https rule-id 268437505 event-log flow-end
"""

import re
from dataclasses import dataclass
from typing import Final

from chahe.sources.firewall_rules.asa_objects import Objects
from chahe.sources.firewall_rules.asa_words import TRANSPORTS, Unfit, Words, address, port_ranges, product, transports
from chahe.sources.firewall_rules.service_sets import ANY, icmp, unknown

_HITS = re.compile(r"\s*\(hitcnt=(\d+)\)")
_HASH = re.compile(r"\s+(0x[0-9a-f]+)\s*$")
_ASIDE = re.compile(r"(?<=\S)\s+\((?!inactive\))[^()\s]*\)")
"""What `show access-list` puts behind an address: its name, or (unresolved)."""
_ENDS: Final = frozenset(("log", "time-range", "inactive", "(inactive)", "rule-id", "event-log", ""))


@dataclass(slots=True)
class Side:
    """A source or destination: as written, and expanded."""

    written: str
    words: tuple[str, ...]
    zone: str = ""
    """The interface a Firepower rule names beside it."""


@dataclass(slots=True)
class Entry:
    """One access list entry."""

    acl: str
    line: int | None
    kind: str
    """extended, standard, remark, or another kind of list."""
    action: str = ""
    source: Side | None = None
    destination: Side | None = None
    service: str = ""
    services: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    remark: str = ""
    logged: bool | None = None
    log_level: str = ""
    log_interval: str = ""
    time_range: str = ""
    inactive: bool = False
    hits: int | None = None
    hash: str = ""
    expanded: bool = False
    """Is it a line by which `show access-list` spells out the one above?"""
    rule_id: str = ""
    """Firepower's number of the rule."""


def entry(text: str, objects: Objects) -> Entry | None:
    """The entry on a line that begins with `access-list`; null where the line is about access lists but is no entry.

    Raises Unfit where an entry cannot be read.
    """
    hits, digest = _HITS.search(text), _HASH.search(text)
    bare = _HITS.sub("", _HASH.sub("", text))
    words = Words(bare.split())
    words.take()
    if (
        not words
        or bare.rstrip().endswith(("elements", "hash"))
        or ";" in words.next
        or words.next in ("alert-interval", "deny-flow-max", "cached")
    ):
        return None
    found = Entry(words.take(), None, "extended", expanded=text[:1].isspace())
    if words.taken("line"):
        found.line = _number(words.take())
    if words.next == "remark":
        words.take()
        found.kind, found.remark = "remark", text.partition(" remark ")[2].strip()
        return found
    if words.next in ("extended", "advanced", "standard", "webtype", "ethertype"):
        found.kind = words.take()
    found.hits = int(hits[1]) if hits else None
    found.hash = digest[1] if digest else ""
    if found.kind in ("webtype", "ethertype"):
        return found
    words = Words(_ASIDE.sub("", " ".join(words.words)).split())
    found.action = words.take()
    if found.action not in ("permit", "deny") and (found.kind, found.action) != ("advanced", "trust"):
        raise Unfit
    if found.kind == "standard":
        _standard(found, words, objects)
    else:
        _extended(found, words, objects)
    return found


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Unfit
    return int(text)


def _standard(found: Entry, words: Words, objects: Objects) -> None:
    """A standard list names the destination only (routes and VPN split tunnels use it)."""
    found.destination = _side(words, objects)
    found.services = (ANY,)
    if words:
        raise Unfit


def _extended(found: Entry, words: Words, objects: Objects) -> None:
    """Protocol, source, its ports, destination, its ports or ICMP type, options."""
    begun = list(words.words)
    protocols, services = _protocol(words, objects)
    users = _users(words)
    found.source = _side(words, objects)
    left = list(words.words)
    behind = _source_ports(words, objects) if services is None else None
    here = left[: len(left) - len(words.words)]
    found.users = users + _users(words)
    found.destination = _side(words, objects)
    left = list(words.words)
    found.services = services if services is not None else _services(protocols, behind, words, objects)
    there = left[: len(left) - len(words.words)]
    found.service = " ".join((*_protocol_words(begun), *(["from", *here] if here else []), *there))
    _options(found, words)


def _protocol_words(begun: list[str]) -> list[str]:
    return begun[: 2 if begun[0] in ("object", "object-group") else 1]


def _protocol(words: Words, objects: Objects) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """Protocols, or the services of an object that says all of it."""
    first = words.take()
    if first not in ("object", "object-group"):
        return transports(first), None
    name = words.take()
    if objects.protocols.holds(name):
        return objects.protocols.expand((name,)), None
    return (), objects.services.expand((name,))


def _users(words: Words) -> tuple[str, ...]:
    found: list[str] = []
    while words.next in ("user", "user-group", "object-group-user", "security-group", "object-group-security"):
        kind = words.take()
        if kind == "security-group":
            kind = f"security-group {words.take()}"
        found.append(f"{kind} {words.take()}")
    return tuple(found)


def _side(words: Words, objects: Objects) -> Side:
    zone = words.take() if words.taken("ifc") else ""
    if words.next in ("object", "object-group", "object-group-network-service"):
        kind, name = words.take(), words.take()
        return Side(f"{kind} {name}", objects.networks.expand((name,)), zone)
    before = list(words.words)
    found = address(words, objects.names)
    return Side(" ".join(before[: len(before) - len(words.words)]), found, zone)


def _source_ports(words: Words, objects: Objects) -> tuple[str, ...] | None:
    """Ports right behind the source; a group there may as well be the destination's addresses."""
    if words.next == "object-group" and len(words.words) > 1 and _is_ports(words, objects):
        words.take()
        return objects.ports.expand((words.take(),))
    if words.next == "range" and len(words.words) > 1 and re.search(r"[.:]", words.words[1]):
        return None  # A range of addresses, as `show access-list` writes the destination.
    return port_ranges(words)


def _is_ports(words: Words, objects: Objects) -> bool:
    """Without the groups' definitions, a group is ports only if an address still follows."""
    name, after = words.words[1], words.words[2] if len(words.words) > 2 else ""
    if objects.ports.holds(name) or objects.networks.holds(name):
        return objects.ports.holds(name)
    follows = after not in _ENDS and after not in ("eq", "neq", "gt", "lt", "range", "object-group")
    return (follows and not after.isalpha()) or after in ("any", "any4", "any6", "host", "object", "interface")


def _services(
    protocols: tuple[str, ...], behind: tuple[str, ...] | None, words: Words, objects: Objects
) -> tuple[str, ...]:
    if protocols[:1] in (("icmp",), ("icmp6",)):
        return _icmp(protocols[0], words, objects)
    if words.next == "object-group":
        words.take()
        there: tuple[str, ...] | None = objects.ports.expand((words.take(),))
    else:
        there = port_ranges(words)
    if behind is None and there is None:
        return protocols
    return product(
        [one for one in protocols if one in TRANSPORTS or one.startswith("unknown:")] or protocols, behind, there
    )


def _icmp(name: str, words: Words, objects: Objects) -> tuple[str, ...]:
    if words.next == "object-group":
        words.take()
        return objects.icmp_types.expand((words.take(),))
    if words.next in _ENDS:
        return (name,)
    kind = words.take()
    code = words.take() if words.next.isdigit() else None
    word = icmp(kind, code, 4 if name == "icmp" else 6)
    return (word or unknown(f"{name}-{kind}"),)


def _options(found: Entry, words: Words) -> None:
    while words:
        match words.take():
            case "log":
                _log(found, words)
            case "time-range":
                found.time_range = words.take()
            case "rule-id":
                found.rule_id = words.take()
            case "event-log":
                found.logged = words.take() != "none"
            case "inactive" | "(inactive)":
                found.inactive = True
            case _:
                raise Unfit


def _log(found: Entry, words: Words) -> None:
    found.logged = True
    if words.taken("disable"):
        found.logged = False
    elif words.next not in _ENDS and words.next != "interval":
        found.log_level = words.take()
    if words.taken("interval"):
        found.log_interval = words.take()
