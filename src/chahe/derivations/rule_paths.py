"""A rule base as the paths that packets take through it: rules in order, inner chains in the place of the jump. No derivation of its own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from chahe.derivations.reach import EVERYWHERE, Spans, common, service_spans
from chahe.sources.firewall_rules.network_sets import address_word, covered, named
from chahe.sources.firewall_rules.service_sets import ANY, port_number, ports, protocol, service

RuleRow = Mapping[str, object]
_NOT_THROUGH: Final = (
    "local-in-policy",
    "local-in-policy6",
    "multicast-policy",
    "multicast-policy6",
    "INPUT",
    "OUTPUT",
)
"""Rules for packets to or from the firewall itself, or to many."""
_OTHER_TABLES: Final = ("nat/", "mangle/", "raw/", "security/")
_UNLIMITED: Final = frozenset({"any", "all", "any4", "any6", "*", "任意", "任何", "不限", "全部", "所有"})
_NOT_IN_FORCE: Final = ("no access-group", "not applied to an interface")


@dataclass(frozen=True, slots=True)
class Words:
    """What words of addresses or services stand for, and whether one could mean more."""

    spans: Spans
    unsure: bool = False

    def within(self, other: "Words") -> "Words":
        return Words(common(self.spans, other.spans), self.unsure or other.unsure)


@dataclass(frozen=True, slots=True)
class Passage:
    """One rule, with what the jumps before it leave of it."""

    row: RuleRow
    permits: bool
    sources: Words
    destinations: Words
    services: Words
    mapped: Words
    mapped_services: Words
    from_zones: frozenset[str] | None
    """None: all of them."""
    to_zones: frozenset[str] | None
    narrowed: bool
    """Something besides decides whether it matches: it takes nothing away from later rules."""
    starts: date | None
    ends: date | None

    def in_force(self, on: date) -> bool:
        return (self.starts is None or self.starts <= on) and (self.ends is None or self.ends >= on)

    def goes_before(self, later: "Passage") -> bool:
        """Does it match whatever the later rule matches, as far as zones and other conditions go?"""
        return not self.narrowed and _holds(self.from_zones, later.from_zones) and _holds(self.to_zones, later.to_zones)


def _holds(outer: frozenset[str] | None, inner: frozenset[str] | None) -> bool:
    return outer is None or (inner is not None and inner <= outer)


def policies(rows: Iterable[RuleRow]) -> Iterator[list[Passage]]:
    """The passages of each policy of one firewall that packets enter by, in order.

    A list kept by hand (rows without policy) counts only where the firewall's own rules are not there.
    """
    known = list(rows)
    known = [row for row in known if row["policy"] is not None] or known
    by_policy: dict[str, list[RuleRow]] = {}
    for row in known:
        by_policy.setdefault(str(row["policy"] or ""), []).append(row)
    for held in by_policy.values():
        held.sort(key=_place)
    inner = {target for row in known if (target := _target(row, by_policy)) is not None}
    for name, held in sorted(by_policy.items()):
        if name not in inner and name.rpartition("/")[2] not in _NOT_THROUGH and not name.startswith(_OTHER_TABLES):
            yield list(_passages(held, by_policy, frozenset({name})))


def _place(row: RuleRow) -> tuple[int, str]:
    position = row["position"]
    return position if isinstance(position, int) else 1 << 40, str(row["row_id"])


def _target(row: RuleRow, by_policy: Mapping[str, object]) -> str | None:
    """The policy that a rule hands on to: in its own table (`filter/…`), or by its name."""
    if row["action"] != "continue" or row["goes_to"] is None:
        return None
    goes_to = str(row["goes_to"])
    beside = f"{str(row['policy'] or '').rpartition('/')[0]}/{goes_to}"
    return next((name for name in (beside, goes_to) if name in by_policy), None)


def _passages(
    rows: Iterable[RuleRow], by_policy: Mapping[str, list[RuleRow]], above: frozenset[str]
) -> Iterator[Passage]:
    """In order. Where a chain may be left early, what refuses behind that takes nothing away for certain."""
    left_early = False
    for row in rows:
        if row["enabled"] is False or _never_in_force(row):
            continue
        one = _passage(row)
        target = _target(row, by_policy)
        if target is not None and target not in above:
            for within in _passages(by_policy[target], by_policy, above | {target}):
                yield _narrowed_by(within, one)
        elif row["action"] == "continue":
            left_early = left_early or row["goes_to"] == "RETURN"
        elif row["action"] in ("allow", "deny"):
            yield replace(one, narrowed=one.narrowed or left_early)


def _never_in_force(row: RuleRow) -> bool:
    conditions = str(row["conditions"] or "")
    replies = "state " in conditions and "ESTABLISHED" in conditions and "! " not in conditions
    return replies or any(text in conditions for text in _NOT_IN_FORCE)


def _narrowed_by(one: Passage, jump: Passage) -> Passage:
    starts = [day for day in (one.starts, jump.starts) if day is not None]
    ends = [day for day in (one.ends, jump.ends) if day is not None]
    return replace(
        one,
        sources=one.sources.within(jump.sources),
        destinations=one.destinations.within(jump.destinations),
        services=one.services.within(jump.services),
        from_zones=_both(one.from_zones, jump.from_zones),
        to_zones=_both(one.to_zones, jump.to_zones),
        narrowed=one.narrowed or jump.narrowed,
        starts=max(starts, default=None),
        ends=min(ends, default=None),
    )


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _passage(row: RuleRow) -> Passage:
    sources = address_set(row["source_addresses"], row["source"])
    destinations = address_set(row["destination_addresses"], row["destination"])
    services = service_set(row["services"], row["service"])
    further = any(row[name] for name in ("conditions", "users")) or str(row["applications"] or "any") != "any"
    ported = any(":" in word and not word.startswith("unknown:") for word in str(row["services"] or "").split())
    starts, ends = row["starts_on"], row["expires_on"]
    return Passage(
        row=row,
        permits=row["action"] == "allow",
        sources=sources,
        destinations=destinations,
        services=services,
        mapped=address_set(row["mapped_addresses"]) if row["mapped_addresses"] else Words(()),
        mapped_services=service_set(row["mapped_services"]) if row["mapped_services"] else Words(()),
        from_zones=_zones(row["source_zone"]),
        to_zones=_zones(row["destination_zone"]),
        narrowed=further or ported,
        starts=starts if isinstance(starts, date) else None,
        ends=ends if isinstance(ends, date) else None,
    )


def _zones(text: object) -> frozenset[str] | None:
    names = frozenset(name.strip().lower() for name in str(text or "any").split(",") if name.strip())
    return None if "any" in names else names


def address_set(expanded: object, written: object = None) -> Words:
    """What expanded words stand for; where there is no expansion, what was written by hand. Nothing written is unsure."""
    words = [_hand_address(word) for word in _pieces(written)] if expanded is None else str(expanded).split()
    if ANY in words:
        return Words(EVERYWHERE)
    known = [word for word in words if address_word(word) is not None]
    return Words(covered(known), unsure=len(known) < len(words) or not words)


def _hand_address(text: str) -> str:
    return ANY if text.lower() in _UNLIMITED else address_word(text) or named("unknown", text)


def service_set(expanded: object, written: object = None) -> Words:
    """As for addresses. By hand, `tcp/443`, `TCP 443` and `任意` are understood."""
    words = _hand_services(str(written or "")) if expanded is None else str(expanded).split()
    spans, unsure = service_spans(words)
    return Words(spans, unsure or not words)


def _hand_services(text: str) -> list[str]:
    """`tcp/443`, `443/tcp`, `TCP 443`, `HTTPS`, `任意`; ports without a protocol are TCP's where a name stands for them."""
    found: list[str] = []
    transport: str | None = None
    for piece in _pieces(text.lower()):
        front, slash, back = piece.partition("/")
        if slash and front[:1].isdigit():
            front, back = back, front
        if piece in _UNLIMITED:
            found.append(ANY)
        elif not front[:1].isdigit() and (name := protocol(front)) is not None:
            if slash:
                found.append(_hand_service(name, back, piece))
            else:
                found, transport = [*found, name], name
        elif transport is not None:
            # `TCP 443`: the protocol alone would be all of it.
            found = [one for one in found if one != transport]
            found.append(_hand_service(transport, piece, piece))
        else:
            found.append(
                _hand_service("tcp", piece, piece)
                if port_number(piece) and not piece.isdigit()
                else named("unknown", piece)
            )
    return found


def _hand_service(transport: str, written: str, piece: str) -> str:
    span = ports(written)
    return named("unknown", piece) if span is None else service(transport, span)


def _pieces(text: object) -> list[str]:
    return str(text or "").replace("、", " ").replace(",", " ").replace("，", " ").replace(";", " ").split()
