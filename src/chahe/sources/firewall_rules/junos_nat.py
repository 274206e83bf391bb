"""Junos' address translations: destination, static and source rule sets. No reader of its own.

set security nat destination pool web address 10.30.2.20/32 port 8443
set security nat destination rule-set in from zone outside
set security nat destination rule-set in rule web match destination-address 203.0.113.20/32
set security nat destination rule-set in rule web match destination-port 443
set security nat destination rule-set in rule web then destination-nat pool web
set security nat static rule-set both from zone outside
set security nat static rule-set both rule db match destination-address 203.0.113.30/32
set security nat static rule-set both rule db then static-nat prefix 10.30.2.30/32
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, Literal, NamedTuple

from chahe.sources.firewall_rules.config_tree import Node
from chahe.sources.firewall_rules.junos_objects import Objects
from chahe.sources.firewall_rules.network_sets import EVERY, address_word, between, named
from chahe.sources.firewall_rules.service_sets import ports, protocol, service
from chahe.sources.firewall_rules.translation_rows import Translation

_KINDS: Final[dict[str, Literal["publish", "static", "hide"]]] = {
    "destination": "publish",
    "static": "static",
    "source": "hide",
}


class _Set(NamedTuple):
    """A rule set with what its rules refer to."""

    kind: str
    rules: Node
    pools: Node
    objects: Objects


def translations(top: Node, objects: Objects, prefix: str) -> Iterator[tuple[Node, Callable[[str], Translation]]]:
    """Every translation rule with its node, and a function from a device's name to its translation."""
    for kind in _KINDS:
        pools = top.at("security", "nat", kind, "pool") or Node()
        for name, rules in top.below("security", "nat", kind, "rule-set"):
            below = rules.at("rule")
            for number, (rule, node) in enumerate(below.children.items() if below else (), 1):
                if node.children:
                    at = (f"{prefix}{kind} {name}", number, rule)
                    yield node, partial(_translation, _Set(kind, rules, pools, objects), node, at)


def _translation(within: _Set, node: Node, at: tuple[str, int, str], device: str) -> Translation:
    kind, rules, pools, objects = within
    policy, position, rule = at
    hides = kind == "source"
    before, after = _side(node, objects, "source" if hides else "destination"), _target(kind, node, pools)
    others = _side(node, objects, "destination" if hides else "source")
    zones = rules.names("from", "zone") or rules.names("from", "interface") or rules.names("from", "routing-instance")
    towards = rules.names("to", "zone") or rules.names("to", "interface")
    return Translation(
        device=device,
        policy=policy,
        position=position,
        rule=rule,
        kind=_KINDS[kind],
        enabled=not (node.inactive or rules.inactive),
        outside_zone=towards if hides else zones,
        inside_zone=zones if hides else (),
        outside_addresses=after[0] if hides else before,
        outside_services=() if hides else _services(node, objects),
        inside_addresses=before if hides else after[0],
        inside_services=() if hides else _ported(node, after[1]),
        from_addresses=() if others == EVERY else others,
        comment=node.value("description"),
    )


def _side(node: Node, objects: Objects, side: str) -> tuple[str, ...]:
    """Addresses and names that a rule matches; none is any."""
    literal = [address_word(text) or named("unknown", text) for text in node.names("match", f"{side}-address")]
    names = objects.everywhere.expand(node.names("match", f"{side}-address-name"))
    return tuple(dict.fromkeys((*literal, *names))) or EVERY


def _target(kind: str, node: Node, pools: Node) -> tuple[tuple[str, ...], str | None]:
    """Where a rule translates to, and the port there."""
    then = node.at("then", f"{kind}-nat") or Node()
    pool = then.value("pool")
    if pool is not None:
        return _pool(pool, pools.at(pool))
    prefix = then.at("prefix")
    if prefix is not None and prefix.names():
        mapped = next((below.value("mapped-port") for _, below in prefix.below() if below.value("mapped-port")), None)
        texts = [name for name in prefix.names() if name not in ("mapped-port", "routing-instance")]
        return tuple(address_word(text) or named("unknown", text) for text in texts), mapped or prefix.value(
            "mapped-port"
        )
    if then.at("interface") is not None:
        return (named("interface", "outgoing"),), None
    if then.at("off") is not None:
        return (), None
    return (named("unknown", "target"),), None


def _pool(name: str, node: Node | None) -> tuple[tuple[str, ...], str | None]:
    words: list[str] = []
    port = None
    for text, below in node.below("address") if node is not None else ():
        if text == "port":
            port = next(iter(below.names()), None)
            continue
        last = below.value("to")
        words.append(
            (between(text.partition("/")[0], last.partition("/")[0]) if last else address_word(text))
            or named("unknown", text)
        )
        port = below.value("port") or port
    return tuple(words) or (named("unknown", name),), port


def _services(node: Node, objects: Objects) -> tuple[str, ...]:
    named_ones = objects.services(node.names("match", "application"))
    if named_ones:
        return named_ones
    transports = [protocol(name) or named("unknown", name) for name in node.names("match", "protocol")]
    match = node.at("match", "destination-port")
    texts = []
    for text, below in match.below() if match is not None else ():
        last = below.value("to")
        texts.append(f"{text}-{last}" if last else text)
    if not texts:
        return tuple(transports)
    ranges = [ports(text) for text in texts]
    return tuple(
        named("unknown", "port") if one is None else service(transport, one)
        for transport in transports or ["tcp", "udp"]
        for one in ranges
    )


def _ported(node: Node, port: str | None) -> tuple[str, ...]:
    if port is None:
        return ()
    found = ports(port)
    names = node.names("match", "protocol") or ("tcp", "udp")
    return tuple(service(protocol(name) or "tcp", found) if found else named("unknown", port) for name in names)
