"""Sets of addresses and services as spans on a line, and boxes of both: meeting, taking away, spelling. No derivation of its own."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address
from typing import Final, NamedTuple

from chahe.sources.firewall_rules.network_sets import EVERY, Span, between, covered
from chahe.sources.firewall_rules.service_sets import ANY, PROTOCOLS

Spans = tuple[Span, ...]
_WIDTH: Final = 1 << 16
"""Places on the services' line for each protocol: its ports, or type and code of ICMP."""
_NUMBERS: Final = {name: number for number, name in PROTOCOLS.items()}
_WITH_PORTS: Final = ("tcp", "udp", "sctp")
ALL_SERVICES: Final[Spans] = ((0, 0, 256 * _WIDTH - 1),)
EVERYWHERE: Final = covered(EVERY)
# RFC 1918, 6598, 1122, 3927, 5771, 1112 and 4193, 4291: what no packet from the internet has as its source.
_NOT_OUTSIDE: Final = covered(
    (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "224.0.0.0/3", "::/128", "::1/128", "fc00::/7", "fe80::/10", "ff00::/8",
    )
)  # fmt: skip


class Box(NamedTuple):
    """Every address of the one reaching every service of the other."""

    sources: Spans
    services: Spans


def common(one: Spans, other: Spans) -> Spans:
    """What two sets share; both in order, and so is the result."""
    return tuple(
        (version, max(low, begin), min(high, end))
        for version, low, high in one
        for kind, begin, end in other
        if kind == version and begin <= high and end >= low
    )


def less(one: Spans, other: Spans) -> Spans:
    """The first set without the second; in order."""
    left: list[Span] = []
    for version, first, high in one:
        low = first
        for kind, begin, end in other:
            if kind != version or end < low or begin > high:
                continue
            if begin > low:
                left.append((version, low, begin - 1))
            low = end + 1
        if low <= high:
            left.append((version, low, high))
    return tuple(left)


OUTSIDE: Final = less(EVERYWHERE, _NOT_OUTSIDE)
_OUTSIDE4: Final = tuple(span for span in OUTSIDE if span[0] == 4)


def boxes_less(boxes: Iterable[Box], taken: Box) -> list[Box]:
    """The boxes without another: where only the services of some sources are taken, a box falls into two."""
    left: list[Box] = []
    for box in boxes:
        sources, services = common(box.sources, taken.sources), common(box.services, taken.services)
        if not sources or not services:
            left.append(box)
            continue
        others = less(box.sources, taken.sources)
        rest = less(box.services, taken.services)
        left += [Box(others, box.services)] if others else []
        left += [Box(sources, rest)] if rest else []
    return left


def holds(outer: Spans, inner: Spans) -> bool:
    """Does one set hold the whole of another?"""
    return not less(inner, outer)


def service_spans(words: Sequence[str]) -> tuple[Spans, bool]:
    """The places of services on their line, in order and joined, and whether a word could mean more than is known.

    Ports of the sender are passed over: he chooses them.
    """
    found: list[Span] = []
    unsure = False
    for word in words:
        span = ALL_SERVICES[0] if word == ANY else _service(word)
        if span is None:
            unsure = True
        else:
            found.append(span)
    return _joined(found), unsure


def _service(word: str) -> Span | None:
    protocol, _, rest = word.partition(":")[0].partition("/")
    if protocol == "ip" and rest.isdigit():
        return 0, int(rest) * _WIDTH, (int(rest) + 1) * _WIDTH - 1
    number = _NUMBERS.get(protocol)
    if number is None:
        return None
    base = number * _WIDTH
    if not rest:
        return 0, base, base + _WIDTH - 1
    if protocol in _WITH_PORTS:
        first, _, last = rest.partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            return None
        return 0, base + int(first), base + int(last or first)
    kind, _, code = rest.partition("/")
    if not kind.isdigit() or (code and not code.isdigit()):
        return None
    low = base + int(kind) * 256
    return (0, low + int(code), low + int(code)) if code else (0, low, low + 255)


def _joined(spans: Iterable[Span]) -> Spans:
    held: list[Span] = []
    for kind, low, high in sorted(spans):
        if held and low <= held[-1][2] + 1:
            held[-1] = (kind, held[-1][1], max(held[-1][2], high))
        else:
            held.append((kind, low, high))
    return tuple(held)


def union(many: Iterable[Spans]) -> Spans:
    """All of several sets of one kind, in order and joined."""
    every = [span for spans in many for span in spans]
    return tuple(
        span
        for version in sorted({one[0] for one in every})
        for span in _joined(one for one in every if one[0] == version)
    )


def address_words(spans: Spans) -> str:
    """`any` for all there is outside in IPv4, with IPv6 or without; else CIDR or first-last, blank-parted."""
    if holds(spans, _OUTSIDE4):
        return ANY
    return " ".join(_address_word(span) for span in spans)


def _address_word(span: Span) -> str:
    version, low, high = span
    make = IPv4Address if version == 4 else IPv6Address
    return between(str(make(low)), str(make(high))) or f"{make(low)}-{make(high)}"


def service_words(spans: Spans) -> str:
    """Services in the words of `firewall_rules.services`, blank-parted."""
    if spans == ALL_SERVICES:
        return ANY
    return " ".join(word for _, low, high in spans for word in _protocols(low, high))


def _protocols(low: int, high: int) -> Iterable[str]:
    """Whole protocols in a row are told as `ip/first-last`."""
    whole: list[int] = []
    for number in range(low // _WIDTH, high // _WIDTH + 1):
        first, last = max(low - number * _WIDTH, 0), min(high - number * _WIDTH, _WIDTH - 1)
        if (first, last) == (0, _WIDTH - 1):
            whole.append(number)
            continue
        yield from _whole(whole)
        whole = []
        yield _part(PROTOCOLS.get(number, f"ip/{number}"), first, last)
    yield from _whole(whole)


def _whole(numbers: list[int]) -> Iterable[str]:
    if len(numbers) > 2:
        return (f"ip/{numbers[0]}-{numbers[-1]}",)
    return tuple(PROTOCOLS.get(number, f"ip/{number}") for number in numbers)


def _part(name: str, first: int, last: int) -> str:
    if name in _WITH_PORTS:
        return f"{name}/{first}" if first == last else f"{name}/{first}-{last}"
    if first == last:
        return f"{name}/{first // 256}/{first % 256}"
    return f"{name}/{first // 256}" if first // 256 == last // 256 else f"{name}/{first // 256}-{last // 256}"
