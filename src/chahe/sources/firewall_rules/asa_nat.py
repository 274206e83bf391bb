"""Address translations of a Cisco ASA, from 8.3 on. No reader of its own.

object network web-1
 nat (inside,outside) static 203.0.113.20 service tcp 8443 https
nat (inside,outside) source static web-2-real web-2-public service https-real https-public
nat (inside,outside) after-auto source dynamic lan interface
"""

import re
from collections.abc import Iterator
from typing import Final

from chahe.sources.firewall_rules.asa_objects import Objects
from chahe.sources.firewall_rules.asa_words import Unfit, Words
from chahe.sources.firewall_rules.network_sets import EVERY, address_word, named
from chahe.sources.firewall_rules.service_sets import ports, service
from chahe.sources.firewall_rules.translation_rows import Translation

_PAIR = re.compile(r"\(([^,()]+),([^,()]+)\)")
_PLAIN: Final = frozenset(
    ("dns", "no-proxy-arp", "route-lookup", "unidirectional", "net-to-net", "round-robin", "interface")
)


def translations(objects: Objects, device: str) -> Iterator[tuple[int, Translation | None]]:
    """The place of each `nat` line with what it translates; null where it cannot be read."""
    numbers: dict[str, int] = {}
    for place, text, name in objects.nats:
        policy = "object nat" if name or " auto " in text else "nat after-auto" if " after-auto " in text else "nat"
        numbers[policy] = numbers.get(policy, 0) + 1
        try:
            yield place, _translation(objects, text, name, (device, policy, numbers[policy]))
        except Unfit:
            yield place, None


def _translation(objects: Objects, text: str, name: str, at: tuple[str, str, int]) -> Translation:
    device, policy, number = at
    plain, _, said = text.partition(" description ")
    pair = _PAIR.search(plain)
    words = Words(_PAIR.sub("", plain, count=1).split())
    words.take()
    while words.next in ("after-auto", "auto") or words.next.isdigit():
        words.take()
    kind, inside, outside = (_object if name else _twice)(objects, words, name)
    peers, services, off = _rest(objects, words)
    inside_zone, outside_zone = (pair[1].strip(), pair[2].strip()) if pair else ("any", "any")
    real, mapped = services
    return Translation(
        device=device,
        policy=policy,
        position=number,
        rule=name or str(number),
        kind="static" if kind == "static" else "hide",
        enabled=not off,
        outside_zone=(outside_zone,),
        inside_zone=(inside_zone,),
        outside_addresses=_interface(outside, outside_zone),
        outside_services=mapped,
        inside_addresses=inside,
        inside_services=real if real != mapped else (),
        from_addresses=peers,
        comment=said.strip() or None,
    )


def _object(objects: Objects, words: Words, name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """`static MAPPED` or `dynamic MAPPED` inside an object: kind, real addresses, mapped ones."""
    kind = _kind(words)
    inside = objects.networks.expand((name,))
    return kind, inside, _mapped(objects, words, inside if kind == "static" else ())


def _twice(objects: Objects, words: Words, _name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """`source static REAL MAPPED`."""
    if words.take() != "source":
        raise Unfit
    kind = _kind(words)
    inside = _named(objects, words.take())
    return kind, inside, _mapped(objects, words, inside if kind == "static" else ())


def _kind(words: Words) -> str:
    kind = words.take()
    if kind not in ("static", "dynamic"):
        raise Unfit
    return kind


def _mapped(objects: Objects, words: Words, inside: tuple[str, ...]) -> tuple[str, ...]:
    words.taken("pat-pool")
    text = words.take()
    words.taken("ipv6")
    word = address_word(text)
    if word is None:
        return _named(objects, text)
    # Statically, a network is mapped onto one of its own size that begins at the address given.
    sizes = {one.partition("/")[2] for one in inside}
    size = sizes.pop() if len(sizes) == 1 else ""
    return (address_word(f"{text}/{size}") or word,) if size.isdigit() and "/" not in text else (word,)


def _named(objects: Objects, text: str) -> tuple[str, ...]:
    if text == "any":
        return EVERY
    if text == "interface":
        return (named("interface", ""),)
    return objects.networks.expand((text,))


def _interface(words: tuple[str, ...], zone: str) -> tuple[str, ...]:
    return tuple(named("interface", zone) if word == "interface:" else word for word in words)


Services = tuple[tuple[str, ...], tuple[str, ...]]


def _rest(objects: Objects, words: Words) -> tuple[tuple[str, ...], Services, bool]:
    """Whom the translation is limited to, the real and the mapped services, and whether it is inactive."""
    peers: tuple[str, ...] = ()
    services: Services = ((), ())
    off = False
    while words:
        match words.take():
            case "destination":
                words.take()
                words.take()
                words.taken("ipv6")
                peers = _named(objects, words.take())
            case "service":
                services = _services(objects, words)
            case "inactive":
                off = True
            case _:
                pass  # Options that change neither who nor what: dns, no-proxy-arp, route-lookup, pools.
    return (() if peers == EVERY else peers), services, off


def _services(objects: Objects, words: Words) -> Services:
    first = words.take()
    if first in ("tcp", "udp", "sctp"):
        real, mapped = ports(words.take()), ports(words.take())
        if real is None or mapped is None:
            raise Unfit
        return (service(first, real),), (service(first, mapped),)
    return _served(objects, first), _served(objects, words.take())


def _served(objects: Objects, name: str) -> tuple[str, ...]:
    """Services of an object; what a server inside answers on is its source port."""
    if name == "any":
        return ()
    return tuple(
        word.replace(":", "/") if re.fullmatch(r"[a-z]+:[\d-]+", word) else word
        for word in objects.services.expand((name,))
    )
