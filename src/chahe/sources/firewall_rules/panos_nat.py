"""PAN-OS' NAT rules out of a configuration's tree. No reader of its own.

set rulebase nat rules web-1 from outside
set rulebase nat rules web-1 to outside
set rulebase nat rules web-1 destination 203.0.113.20
set rulebase nat rules web-1 service tcp-443
set rulebase nat rules web-1 destination-translation translated-address 10.30.2.20
set rulebase nat rules web-1 destination-translation translated-port 8443
"""

import re
from collections.abc import Iterator

from chahe.sources.firewall_rules.config_tree import Node
from chahe.sources.firewall_rules.network_sets import EVERY, named
from chahe.sources.firewall_rules.panos_objects import Scope
from chahe.sources.firewall_rules.service_sets import ports
from chahe.sources.firewall_rules.translation_rows import Translation

_TRANSPORT = re.compile(r"(tcp|udp|sctp)\b")


def translations(node: Node, scope: Scope, at: tuple[str, int, str], device: str) -> Iterator[Translation]:
    """What a NAT rule translates: the destination, the source, or both (a row each)."""
    policy, position, name = at
    sources = scope.address_words(node.names("source"))
    enabled = node.value("disabled") != "yes"
    comment = node.value("description")
    for kind in ("destination-translation", "dynamic-destination-translation"):
        below = node.at(kind)
        if below is not None and below.names("translated-address"):
            yield Translation(
                device=device,
                policy=policy,
                position=position,
                rule=name,
                kind="publish",
                enabled=enabled,
                outside_zone=node.names("from"),
                inside_zone=node.names("to"),
                outside_addresses=scope.address_words(node.names("destination")),
                outside_services=_services(node, scope),
                inside_addresses=scope.address_words(below.names("translated-address")),
                inside_services=_ported(node, scope, below.value("translated-port")),
                from_addresses=() if sources == EVERY else sources,
                comment=comment,
            )
    below = node.at("source-translation")
    if below is not None and below.children:
        static = below.at("static-ip")
        both_ways = static is not None and static.value("bi-directional") == "yes"
        yield Translation(
            device=device,
            policy=policy,
            position=position,
            rule=name,
            kind="static" if both_ways else "hide",
            enabled=enabled,
            outside_zone=node.names("to"),
            inside_zone=node.names("from"),
            outside_addresses=_translated(below, scope),
            inside_addresses=sources,
            comment=comment,
        )


def _services(node: Node, scope: Scope) -> tuple[str, ...]:
    words = scope.service_words(node.names("service"))
    return () if words == ("any",) else words


def _ported(node: Node, scope: Scope, port: str | None) -> tuple[str, ...]:
    """The port inside, of each protocol that the rule's services have."""
    if port is None:
        return ()
    found = ports(port)
    transports = dict.fromkeys(match[1] for word in _services(node, scope) if (match := _TRANSPORT.match(word)))
    return tuple(
        f"{transport}/{found}" if found else named("unknown", port)
        for transport in transports or {"tcp": None, "udp": None}
    )


def _translated(node: Node, scope: Scope) -> tuple[str, ...]:
    """Static addresses, a pool, or the address of an interface."""
    for _, below in node.below():
        names = below.names("translated-address")
        if names:
            return scope.address_words(names)
        interface = below.value("interface-address", "interface")
        if interface is not None:
            return (named("interface", interface),)
    return (named("unknown", "translated-address"),)
