"""Terms of Junos' stateless filters (`firewall filter`), and where they are applied. No reader of its own.

set firewall family inet filter edge term web from protocol tcp
set firewall family inet filter edge term web from destination-port [ 80 443 ]
set firewall family inet filter edge term web then accept
set interfaces ge-0/0/0 unit 0 family inet filter input edge
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from chahe.sources.firewall_rules.config_tree import Node
from chahe.sources.firewall_rules.network_sets import EVERY4, EVERY6, address_word, named, without
from chahe.sources.firewall_rules.rule_rows import Rule
from chahe.sources.firewall_rules.service_sets import ANY, icmp, ports, protocol, service

_ACTIONS: Final = {"accept": "allow", "discard": "deny", "reject": "deny", "next": "continue"}
_READ: Final = frozenset(
    ("source-address", "destination-address", "source-prefix-list", "destination-prefix-list", "protocol", "next-header",
     "payload-protocol", "source-port", "destination-port", "icmp-type", "icmp-code")
)  # fmt: skip
_SIDES: Final = {
    "source": ("source-address", "ip-source-address"),
    "destination": ("destination-address", "ip-destination-address"),
}


def filters(root: Node) -> Iterator[tuple[Node, Callable[[str], Rule]]]:
    """Every term with its node, and a function from a device's name to its rule."""
    applied = _applied(root)
    firewall = root.at("firewall")
    for family, every in (("inet", EVERY4), ("inet6", EVERY6), ("", EVERY4)):
        holder = firewall if not family else root.at("firewall", "family", family)
        for name, node in _children(holder, "filter"):
            for position, (term, below) in enumerate(_children(node, "term"), 1):
                off = node.inactive or below.inactive
                policy = f"filter {name}"
                one = partial(_rule, below, (policy, position, term), every, (applied.get(name, []), off))
                yield below, one


def _children(node: Node | None, name: str) -> Iterator[tuple[str, Node]]:
    found = node.children.get(name) if node is not None else None
    return iter(found.children.items() if found is not None else ())


def _applied(root: Node) -> dict[str, list[tuple[str, str]]]:
    """By filter: the way (input, output) and the interface."""
    found: dict[str, list[tuple[str, str]]] = {}
    for interface, node in root.below("interfaces"):
        for number, unit in node.below("unit"):
            for _, family in unit.below("family"):
                for way in ("input", "output"):
                    for name in (*family.names("filter", way), *family.names("filter", f"{way}-list")):
                        found.setdefault(name, []).append((way, f"{interface}.{number}"))
    return found


def _rule(
    node: Node, place: tuple[str, int, str], every: str, applied: tuple[list[tuple[str, str]], bool], device: str
) -> Rule:
    policy, position, term = place
    ways, off = applied
    given = node.at("from") or Node()
    action = next((_ACTIONS[name] for name in node.names("then") if name in _ACTIONS), None)
    others = [name for name, _ in given.below() if name not in _READ and name not in sum(_SIDES.values(), ())]
    conditions = [f"{name} {' '.join(given.names(name))}".strip() for name in others]
    return Rule(
        device=device,
        policy=policy,
        position=position,
        rule=term,
        enabled=not off and bool(ways),
        # A term that only counts or marks accepts, by Junos' rules.
        action=action or "allow",
        source_zone=tuple(dict.fromkeys(name for way, name in ways if way == "input")),
        destination_zone=tuple(dict.fromkeys(name for way, name in ways if way == "output")),
        source=_written(given, "source"),
        destination=_written(given, "destination"),
        service=tuple(
            f"{key} {' '.join(given.names(key))}" for key in ("protocol", "destination-port") if given.names(key)
        ),
        source_addresses=_side(given, "source", every),
        destination_addresses=_side(given, "destination", every),
        services=_services(given),
        conditions=(*conditions, *([] if ways else ["not applied to an interface"])),
        logged=any(name in ("log", "syslog") for name in node.names("then")),
    )


def _written(given: Node, side: str) -> tuple[str, ...]:
    return tuple(name for key in (*_SIDES[side], f"{side}-prefix-list") for name in given.names(key))


def _side(given: Node, side: str, every: str) -> tuple[str, ...]:
    """Addresses of a term; none at all is any."""
    words: list[str] = []
    excluded: list[str] = []
    for key in _SIDES[side]:
        for text, below in given.below(key):
            word = address_word(text) or named("unknown", text)
            (excluded if below.at("except") is not None else words).append(word)
    words += [named("unknown", name) for name in given.names(f"{side}-prefix-list")]
    if not words:
        words = [every]
    return without(words, excluded) if excluded else tuple(dict.fromkeys(words))


def _services(given: Node) -> tuple[str, ...]:
    names = [name for key in ("protocol", "next-header", "payload-protocol") for name in given.names(key)]
    there, here = given.names("destination-port"), given.names("source-port")
    transports = [protocol(name) or named("unknown", name) for name in names]
    if not transports and not there and not here:
        kinds = given.names("icmp-type")
        return tuple(icmp(kind) or named("unknown", kind) for kind in kinds) or (ANY,)
    words: list[str] = []
    for transport in transports or ["tcp", "udp"]:
        if transport in ("icmp", "icmp6"):
            kinds = given.names("icmp-type")
            version = 4 if transport == "icmp" else 6
            words += [icmp(kind, None, version) or named("unknown", kind) for kind in kinds] or [transport]
        else:
            words += [_word(transport, one, other) for one in there or ("",) for other in here or ("",)]
    return tuple(dict.fromkeys(words))


def _word(transport: str, there: str, here: str) -> str:
    ends = [ports(text) if text else "" for text in (there, here)]
    if ends[0] is None or ends[1] is None or transport.startswith("unknown:"):
        return named("unknown", there or here or transport)
    return service(transport, ends[0], ends[1])
