r"""Which written names mean one host or one account: declared first, then by rule, and where a rule leaves a choice, by nobody.

Rules for hosts: a short name is that of the only FQDN that begins with it; an address is the host that alone has it; a serial
number is the device that a register gives it to. Rules for accounts: `DOMAIN\name` and `name@domain` of a known domain are
`name`, unless two domains have that name; a SID is the account that alone has it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from chahe.evidence.addresses import canonical_address


class Meaning(NamedTuple):
    """What a written name means, and by which rule: declared, fqdn, address, serial, domain or sid."""

    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Names:
    """The outcome for one kind of name."""

    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    """By written name; names that mean themselves are left out."""
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names that could mean several, with those, in order; they keep meaning themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """What the evidence says of hosts. All names are lower-cased."""

    names: AbstractSet[str]
    registers: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    """By register: the names it lists. Two names of one register are two things, however alike they look."""
    declared: Iterable[tuple[str, str]] = ()
    """(alias, name) pairs."""
    addresses: Iterable[tuple[str, str]] = ()
    """(name, address) pairs."""
    serials: Iterable[tuple[str, str]] = ()
    """(name, serial number) pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """What the evidence says of accounts. All names are lower-cased."""

    names: AbstractSet[str]
    domains: AbstractSet[str] = frozenset()
    """Domains that lists or logs know, NetBIOS or DNS names."""
    declared: Iterable[tuple[str, str]] = ()
    sids: Iterable[tuple[str, str]] = ()
    """(name, SID) pairs."""


def hosts(facts: HostFacts) -> Names:
    """What each name of a host means. O(names)."""
    resolver = _Resolver(facts.declared)
    by_short: dict[str, set[str]] = defaultdict(set)
    for name in facts.names:
        if "." in name and canonical_address(name) is None:
            by_short[name.split(".", 1)[0]].add(name)
    for short, long in sorted(by_short.items()):
        if short in facts.names:
            _join_short(resolver, facts, short, long)
    for rule, pairs in (("address", facts.addresses), ("serial", facts.serials)):
        owners: dict[str, set[str]] = defaultdict(set)
        for name, other in pairs:
            if name != other:
                owners[other].add(resolver.meant(name))
        for other, candidates in sorted(owners.items()):
            if other in facts.names:
                resolver.settle(other, candidates, rule)
    return resolver.names()


def _join_short(resolver: "_Resolver", facts: HostFacts, short: str, long: AbstractSet[str]) -> None:
    """A short name and the FQDNs that begin with it: one of them, or none can be told."""
    candidates = {resolver.meant(name) for name in long}
    if short in candidates:
        # One of the FQDNs was declared to be the short name: that settles whose it is.
        return
    if len(candidates) > 1 or resolver.is_declared(short):
        resolver.settle(short, candidates, "fqdn")
        return
    [only] = candidates
    if any(short in listed and long & listed for listed in facts.registers.values()):
        return
    registered = {name for listed in facts.registers.values() for name in listed}
    if only in long and not (only in registered and short not in registered):
        # People write the short name, and a report should show what people write.
        for name in long:
            resolver.settle(name, {short}, "fqdn")
    else:
        resolver.settle(short, {only}, "fqdn")


def accounts(facts: AccountFacts) -> Names:
    """What each name of an account means. O(names)."""
    resolver = _Resolver(facts.declared)
    domains = {_first_label(domain) for domain in facts.domains}
    forms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for written in facts.names:
        split = _parted(written)
        if split is not None and _first_label(split[0]) in domains:
            forms[split[1]][_first_label(split[0])].add(written)
    for bare, by_domain in sorted(forms.items()):
        written_forms = {one for group in by_domain.values() for one in group}
        if len(by_domain) == 1:
            for one in sorted(written_forms):
                resolver.settle(one, {bare}, "domain")
        elif bare in facts.names:
            resolver.settle(bare, written_forms, "domain")
    owners: dict[str, set[str]] = defaultdict(set)
    for name, sid in facts.sids:
        owners[sid].add(resolver.meant(name))
    for sid, candidates in sorted(owners.items()):
        if sid in facts.names:
            resolver.settle(sid, candidates, "sid")
    return resolver.names()


def _parted(written: str) -> tuple[str, str] | None:
    r"""(domain, account) of `DOMAIN\account` or `account@domain`."""
    domain, mark, name = written.partition("\\")
    if not mark:
        name, mark, domain = written.rpartition("@")
    return (domain, name) if mark and domain and name else None


def _first_label(domain: str) -> str:
    return domain.split(".", 1)[0]


class _Resolver:
    """Meanings as they are found. What was declared is never settled otherwise."""

    def __init__(self, declared: Iterable[tuple[str, str]]) -> None:
        self.found: dict[str, Meaning] = {}
        self.ambiguous: dict[str, tuple[str, ...]] = {}
        given: dict[str, set[str]] = defaultdict(set)
        for alias, name in declared:
            if alias != name:
                given[alias].add(name)
        self.given = given
        for alias, names in sorted(given.items()):
            self._settle(alias, names, "declared")

    def is_declared(self, name: str) -> bool:
        return name in self.given

    def meant(self, name: str) -> str:
        """The name's meaning so far: declarations may point on to others."""
        seen = {name}
        while (meaning := self.found.get(name)) is not None and meaning.name not in seen:
            name = meaning.name
            seen.add(name)
        return name

    def settle(self, written: str, candidates: AbstractSet[str], rule: str) -> None:
        """The written name means the only candidate; with several it is ambiguous."""
        if written not in self.given and written not in self.found:
            self._settle(written, candidates, rule)

    def _settle(self, written: str, candidates: AbstractSet[str], rule: str) -> None:
        if len(candidates) > 1:
            self.ambiguous[written] = tuple(sorted(candidates))
        elif written not in candidates:
            self.found[written] = Meaning(next(iter(candidates)), rule)

    def names(self) -> Names:
        meanings = {
            written: Meaning(meant, meaning.rule)
            for written, meaning in sorted(self.found.items())
            if (meant := self.meant(written)) != written
        }
        return Names(meanings, dict(sorted(self.ambiguous.items())))
