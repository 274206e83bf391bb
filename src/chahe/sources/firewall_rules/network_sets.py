"""Sets of IP addresses as firewall rules name them: canonical words, what they cover, their complement. No reader of its own.

    10.0.0.0/8  192.0.2.7/32  192.0.2.10-192.0.2.19  2001:db8::/32
    fqdn:www.example.tw  geo:TW  mac:00:00:5e:00:53:01  interface:wan1  dynamic:quarantine  unknown:srv-old

A word after a colon has no blanks (they become `_`). `unknown:`, `dynamic:` and `except:` could be anything.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv6Address,
    ip_address,
    ip_network,
)
from typing import Final

EVERY4: Final = "0.0.0.0/0"
EVERY6: Final = "::/0"
EVERY: Final = (EVERY4, EVERY6)
_UNSURE: Final = ("unknown:", "dynamic:", "except:")
_LAST: Final = {4: (1 << 32) - 1, 6: (1 << 128) - 1}
_NAMED = re.compile(r"[a-z]*[g-z][a-z0-9]*:")
"""A kind and a colon; the first group of an IPv6 address has only digits and a to f."""
_BLANKS = re.compile(r"\s+")

Span = tuple[int, int, int]
"""IP version, first and last address as numbers."""


def named(kind: str, name: str) -> str:
    """A word for what is no address by itself: `fqdn:`, `dynamic:`, `unknown:` … and its name without blanks."""
    return f"{kind}:{_BLANKS.sub('_', name.strip())}"


@lru_cache(maxsize=1 << 14)
def network(address: str, mask: str | None = None) -> str | None:
    """The canonical CIDR of `a`, `a/len`, `a/mask` or `a` and a mask; host bits dropped; null where it is no network.

    A mask with holes gives `wildcard:a/mask`.
    """
    base, _, bits = address.strip().partition("/") if mask is None else (address.strip(), "/", mask.strip())
    if "." in bits:
        return _masked(base, bits)
    try:
        return str(ip_network(f"{base}/{bits}" if bits else base, strict=False))
    except ValueError:
        return None


def _masked(base: str, mask: str) -> str | None:
    """Python's own reading would take 0.0.0.255 for a mask of 24 bits, too."""
    try:
        first, bits = int(IPv4Address(base)), int(IPv4Address(mask))
    except ValueError:
        return None
    rest = bits ^ _LAST[4]
    if rest & (rest + 1) == 0:
        return f"{IPv4Address(first & bits)}/{32 - rest.bit_length()}"
    return f"wildcard:{IPv4Address(first & bits)}/{IPv4Address(bits)}"


def between(first: str, last: str) -> str | None:
    """The canonical word of a range: a CIDR where it is one, else `a-b`; null where it is no range."""
    try:
        low, high = ip_address(first.strip()), ip_address(last.strip())
    except ValueError:
        return None
    if low.version != high.version or int(low) > int(high):
        return None
    return _word((low.version, int(low), int(high)))


def address_word(text: str) -> str | None:
    """`a`, `a/len`, `a/mask` or `a-b` as its canonical word; null where it is none of them."""
    first, dash, last = text.partition("-")
    return between(first, last) if dash else network(text)


def every(words: Sequence[str]) -> bool | None:
    """Is this really any address, of either IP version? Null where nothing is given, or where an unsure word could be."""
    return _every(tuple(words)) if words else None


@lru_cache(maxsize=1 << 12)
def _every(words: tuple[str, ...]) -> bool | None:
    """Rules of a rule base share their objects: what one of them means is known for the next."""
    spans = _merged(_spans(words))
    if any(word.startswith("except:") for word in words):
        return None
    if any(low == 0 and high == _LAST[version] for version, low, high in spans):
        return True
    return None if any(word.startswith(_UNSURE) for word in words) else False


def covered(words: Iterable[str]) -> tuple[Span, ...]:
    """The addresses that words stand for, in order; names stand for none that are known."""
    return tuple(_merged(_spans(words)))


def meet(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Have two sets an address in common? Both in order, as `covered` gives them."""
    at = 0
    for version, low, high in one:
        while at < len(other) and other[at][::2] < (version, low):
            at += 1
        if at < len(other) and other[at][0] == version and other[at][1] <= high:
            return True
    return False


def without(words: Sequence[str], excluded: Sequence[str]) -> tuple[str, ...]:
    """The addresses less others. What is excluded by a mere name stays in, and is marked `except:`: a rule is never made narrower."""
    taken = list(_merged(_spans(excluded)))
    kept: list[str] = []
    for word in words:
        span = _span(word)
        kept += [word] if span is None else _less(word, span, taken)
    kept += [named("except", word.replace("unknown:", "")) for word in excluded if _span(word) is None]
    return tuple(dict.fromkeys(kept))


def _less(word: str, span: Span, taken: Iterable[Span]) -> list[str]:
    version, low, high = span
    left: list[Span] = []
    whole = True
    for _, begin, end in (other for other in taken if other[0] == version and other[1] <= high and other[2] >= low):
        whole = False
        if begin > low:
            left.append((version, low, begin - 1))
        low = end + 1
    if whole:
        return [word]
    if low <= high:
        left.append((version, low, high))
    return [_word(one) for one in left]


@lru_cache(maxsize=1 << 16)
def _span(word: str) -> Span | None:
    """The addresses a canonical word stands for; null for names."""
    if _NAMED.match(word):
        return None
    first, dash, last = word.partition("-")
    try:
        if dash:
            low, high = ip_address(first), ip_address(last)
            return (low.version, int(low), int(high)) if low.version == high.version else None
        net = ip_network(word)
    except ValueError:
        return None
    return net.version, int(net.network_address), int(net.broadcast_address)


def _spans(words: Iterable[str]) -> Iterator[Span]:
    return (span for word in words if (span := _span(word)) is not None)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """In order, those that touch joined."""
    held: Span | None = None
    for span in sorted(spans):
        if held is not None and held[0] == span[0] and span[1] <= held[2] + 1:
            held = (held[0], held[1], max(held[2], span[2]))
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _word(span: Span) -> str:
    version, low, high = span
    first, last = (IPv4Address(low), IPv4Address(high)) if version == 4 else (IPv6Address(low), IPv6Address(high))
    size = high - low + 1
    # A range is a network where its size is a power of two that its first address is a multiple of.
    if size & (size - 1) == 0 and low % size == 0:
        return f"{first}/{first.max_prefixlen - size.bit_length() + 1}"
    return f"{first}-{last}"
