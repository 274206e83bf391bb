"""Addresses, ports and services as the words of a Cisco ASA's lines. No reader of its own.

host 10.30.2.20     10.20.0.0 255.255.0.0     any4     range 8000 8099     tcp source gt 1023 destination eq https
"""

from collections.abc import Iterable, Sequence
from typing import Final

from chahe.sources.firewall_rules.network_sets import EVERY, EVERY4, EVERY6, between, named, network
from chahe.sources.firewall_rules.service_sets import ANY, icmp, port_number, port_range, protocol, service

TRANSPORTS: Final = ("tcp", "udp", "sctp")


class Unfit(Exception):
    """Words that are not what stands there on an ASA."""


class Words:
    """The words of a line, taken one after the other."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def next(self) -> str:
        """The next word, still there; empty at the end."""
        return self.words[0] if self.words else ""

    def take(self) -> str:
        if not self.words:
            raise Unfit
        return self.words.pop(0)

    def taken(self, *words: str) -> bool:
        """Take the next words if they are these."""
        if tuple(self.words[: len(words)]) != words:
            return False
        del self.words[: len(words)]
        return True


_EVERY: Final = {"any": EVERY, "any4": (EVERY4,), "any6": (EVERY6,)}


def address(words: Words, names: dict[str, str]) -> tuple[str, ...]:
    """An address that is no object: any, host, network and mask, IPv6 prefix. Raises Unfit."""
    first = words.take()
    if first in _EVERY:
        return _EVERY[first]
    match first:
        case "interface" | "fqdn":
            return (named(first, words.take()),)
        case "host":
            given = words.take()
            return fit(network(names.get(given, given)))
        case "range":
            return fit(between(words.take(), words.take()))
    given = names.get(first, first)
    return fit(network(given) if "/" in given or ":" in given else network(given, words.take()))


def fit(word: str | None) -> tuple[str, ...]:
    """The word alone; Unfit where there is none."""
    if word is None:
        raise Unfit
    return (word,)


def port_ranges(words: Words) -> tuple[str, ...] | None:
    """Ports behind eq, neq, gt, lt or range as canonical ranges; null where no such word stands there. Raises Unfit."""
    if words.next not in ("eq", "neq", "gt", "lt", "range"):
        return None
    how, low = words.take(), _port(words.take())
    match how:
        case "eq":
            spans = [(low, low)]
        case "neq":
            spans = [(0, low - 1), (low + 1, 65535)]
        case "gt":
            spans = [(low + 1, 65535)]
        case "lt":
            spans = [(0, low - 1)]
        case _:
            spans = [(low, _port(words.take()))]
    ranges = [port_range(*span) for span in spans if span[0] <= span[1]]
    if not ranges or None in ranges:
        raise Unfit
    return tuple(one or "*" for one in ranges if one is not None)


def _port(text: str) -> int:
    number = port_number(text)
    if number is None:
        raise Unfit
    return number


def product(
    transports: Iterable[str], sources: Sequence[str] | None, destinations: Sequence[str] | None
) -> tuple[str, ...]:
    """Every protocol with every source and destination range; unknown ports stay unknown."""
    words: list[str] = []
    for transport in transports:
        for here in sources or ("*",):
            for there in destinations or ("*",):
                loose = [one for one in (there, here) if one.startswith("unknown:")]
                words.append(loose[0] if loose else service(transport, there.strip("*"), here.strip("*")))
    return tuple(dict.fromkeys(words))


def transports(text: str) -> tuple[str, ...]:
    """Protocols by name or number, tcp-udp as both. Raises Unfit."""
    if text == "tcp-udp":
        return ("tcp", "udp")
    found = protocol(text)
    if found is None:
        raise Unfit
    return (found,)


def service_words(words: Words) -> tuple[str, ...]:
    """`tcp source gt 1023 destination eq https`, `icmp echo 0`, `ip`. Raises Unfit."""
    protocols = transports(words.take())
    if protocols[0] in ("icmp", "icmp6"):
        kind = words.take() if words else None
        return fit(icmp(kind, words.take() if words else None, 4 if protocols[0] == "icmp" else 6))
    sources = port_ranges(words) if words.taken("source") else None
    # `service tcp eq 80` of old versions means the destination.
    destinations = port_ranges(words) if words.taken("destination") or words else None
    if words:
        raise Unfit
    return protocols if protocols == (ANY,) else product(protocols, sources, destinations)
