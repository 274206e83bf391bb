"""PAN-OS' security rules out of a configuration's tree, however it was written. No reader of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from chahe.sources.firewall_rules.config_tree import Node
from chahe.sources.firewall_rules.network_sets import Span, covered, meet
from chahe.sources.firewall_rules.panos_nat import translations
from chahe.sources.firewall_rules.panos_objects import OBJECT_LISTS, Scope, Times, everything_else, predefined, scope_of
from chahe.sources.firewall_rules.rule_rows import OBJECT, PART, RULES, Rule
from chahe.sources.model import Records, Reject, Skip, Unit
from chahe.wording import Text

RULEBASES: Final = ("pre-rulebase", "rulebase", "post-rulebase")
_ACTIONS: Final = {
    "allow": "allow", "deny": "deny", "drop": "deny", "reset-client": "deny", "reset-server": "deny", "reset-both": "deny",
}  # fmt: skip
_NARROWING: Final = ("category", "hip-profiles", "source-hip", "destination-hip", "source-device", "destination-device")

BAD_ACTION = Text(
    "規則的動作不是認得的值；請確認匯出的內容，或回報這個版本的設定",
    "the action of the rule is none that is known; check the export, or report this version's configuration",
)
BAD_OBJECT = Text(
    "物件「{name}」的值讀不懂，引用它的規則範圍無法判定；請在防火牆上改正後重新匯出",
    "the value of object {name!r} cannot be read, so the rules that use it are undetermined; correct it on the firewall and export again",
)


@dataclass(slots=True)
class RuleBase:
    """What a configuration holds: whose it is, its scopes, and the firewalls of each device group."""

    hostname: str | None = None
    hostname_at: list[int] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    devices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Serial numbers by device group, those of groups below included; `shared` is all of them."""
    devices_at: list[int] = field(default_factory=list)
    published: list[tuple[Scope, tuple[Span, ...], tuple[str, ...]]] = field(default_factory=list)
    """What translations publish: in which scope, the addresses outside, and those inside."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule with where it stands."""

    scope: Scope
    policy: str
    position: int
    name: str
    node: Node


def rule_base(root: Node) -> RuleBase:
    """The scopes of a configuration, whichever of its parts was exported."""
    found = RuleBase()
    bases = _bases(root)
    common = predefined()
    shared = [scope_of("shared", node, common) for base in bases if (node := base.at("shared")) is not None]
    above = _chained(shared, common)
    found.scopes += shared
    for base in bases:
        found.hostname = found.hostname or _hostname(base, found)
        above = _pushed(base, above, found)
        groups = {name: scope_of(name, node, above) for name, node in base.below("device-group")}
        _family(base, groups, found)
        found.scopes += groups.values()
        found.scopes += [scope_of(name, node, above) for name, node in base.below("vsys")]
        if any(base.at(key) is not None for key in (*RULEBASES, *OBJECT_LISTS)):
            found.scopes.append(scope_of("", base, above))
    for rule in listed_nat(found):
        for made in translations(rule.node, rule.scope, (rule.policy, rule.position, rule.name), ""):
            if made.kind != "hide" and made.enabled:
                found.published.append((rule.scope, covered(made.outside_addresses), made.inside_addresses))
    return found


def _bases(root: Node) -> list[Node]:
    """The nodes that hold vsys, device groups and rule bases: the root, `config`, and the devices below."""
    tops = [node for node in (root, root.at("config")) if node is not None]
    return tops + [node for top in tops for _, node in top.below("devices") if node.children]


def _hostname(base: Node, found: RuleBase) -> str | None:
    node = base.at("deviceconfig", "system", "hostname")
    if node is None or not node.children:
        return None
    found.hostname_at = node.lines
    return list(node.children)[-1]


def _chained(scopes: list[Scope], common: Scope) -> Scope:
    """Each scope looks in the one before it."""
    above = common
    for scope in scopes:
        scope.under(above)
        above = scope
    return above


def _pushed(base: Node, above: Scope, found: RuleBase) -> Scope:
    """What Panorama pushed to a firewall stands under `policy` or `panorama`."""
    for path in (("policy", "panorama"), ("policy", "shared"), ("panorama",)):
        node = base.at(*path)
        if node is not None and node.children:
            above = scope_of("panorama", node, above)
            found.scopes.append(above)
    return above


def _family(base: Node, groups: dict[str, Scope], found: RuleBase) -> None:
    """Device groups inherit objects from, and hand rules down to, the groups below."""
    parents: dict[str, str] = {}
    for _, device in base.below("readonly", "devices"):
        parents |= {name: parent for name, node in device.below("device-group") if (parent := node.value("parent-dg"))}
    for name, parent in parents.items():
        if name in groups and parent in groups and name not in _line(parent, parents):
            groups[name].under(groups[parent])
    for name, scope in groups.items():
        node = scope.node.at("devices")
        serials = scope.node.names("devices")
        found.devices_at += node.lines if node is not None else []
        for one in (*_line(name, parents), "shared"):
            found.devices[one] = tuple(dict.fromkeys((*found.devices.get(one, ()), *serials)))


def _line(name: str, parents: dict[str, str]) -> list[str]:
    """A group and those above it."""
    line = [name]
    while (parent := parents.get(line[-1])) is not None and parent not in line:
        line.append(parent)
    return line


def listed(base: RuleBase) -> Iterator[Listed]:
    """All security rules, in the order of their rule bases."""
    for scope in base.scopes:
        for rulebase in RULEBASES:
            policy = f"{scope.name}/{rulebase}" if scope.name else rulebase
            for number, (name, node) in enumerate(_all(scope.node, rulebase, "security", "rules"), 1):
                yield Listed(scope, policy, number, name, node)
            for number, (name, node) in enumerate(_all(scope.node, rulebase, "default-security-rules", "rules"), 1):
                yield Listed(scope, f"{policy}/default-security-rules", number, name, node)


def listed_nat(base: RuleBase) -> Iterator[Listed]:
    """All NAT rules, in the order of their rule bases."""
    for scope in base.scopes:
        for rulebase in RULEBASES:
            policy = f"{scope.name}/{rulebase}/nat" if scope.name else f"{rulebase}/nat"
            for number, (name, node) in enumerate(_all(scope.node, rulebase, "nat", "rules"), 1):
                yield Listed(scope, policy, number, name, node)


_SETTINGS: Final = frozenset(
    ("from", "to", "source", "destination", "service", "application", "source-user", "category", "action", "tag", "disabled",
     "schedule", "log-start", "log-end", "log-setting", "negate-source", "negate-destination", "rule-type", "description",
     "hip-profiles", "source-hip", "destination-hip", "profile-setting", "option", "uuid", "target")
)  # fmt: skip


def _side_by_side(node: Node) -> Node:
    """A rule whose settings were given on one line (`from lan to dmz source any`): those behind a value are settings, too."""
    waiting = [node]
    while waiting:
        for _, setting in list(waiting.pop().children.items()):
            for _, value in list(setting.children.items()):
                for name in [name for name in value.children if name in _SETTINGS]:
                    moved = value.children.pop(name)
                    held = node.children.setdefault(name, Node())
                    held.children |= moved.children
                    waiting.append(node)
    return node


def _all(node: Node, *path: str) -> Iterator[tuple[str, Node]]:
    below = node.at(*path)
    rules = below.children.items() if below else ()
    return ((name, _side_by_side(one)) for name, one in rules if one.children and one.lines)


def fates(base: RuleBase, device: str) -> dict[int, Unit]:
    """What becomes of each place: rows at a rule's first, skips for its others and for objects, rejects."""
    found: dict[int, Unit] = {}
    for scope in base.scopes:
        for name in OBJECT_LISTS:
            for _, node in scope.node.below(name):
                found |= {place: Skip(place, OBJECT) for place in node.lines}
        for place, (name, column, value) in scope.faults.items():
            found[place] = Reject(place, BAD_OBJECT.fill(name=name[:80]), column, value or None, tables=(RULES,))
    for rule in listed(base):
        place, *others = rule.node.lines
        found |= {other: Skip(other, PART) for other in others}
        found[place] = _fate(rule, place, base, device)
    for rule in listed_nat(base):
        place, *others = rule.node.lines
        at = (rule.policy, rule.position, rule.name)
        devices = base.devices.get(rule.scope.name) or (device,)
        made = [one.row() for name in devices for one in translations(rule.node, rule.scope, at, name)]
        if made:
            found |= {other: Skip(other, PART) for other in others}
            found[place] = Records(place, tuple(made))
    return found


def _fate(rule: Listed, place: int, base: RuleBase, device: str) -> Unit:
    action = rule.node.value("action")
    if action is not None and action not in _ACTIONS:
        # `allow { … }` with settings of its own below is read like `allow`.
        return Reject(place, BAD_ACTION, "action", action[:80], tables=(RULES,))
    devices = base.devices.get(rule.scope.name) or (device,)
    mapped = _mapped(rule, base)
    return Records(place, tuple(_rule(rule, one, _ACTIONS.get(action or ""), mapped).row() for one in devices))


def _mapped(rule: Listed, base: RuleBase) -> tuple[str, ...]:
    """Where translations lead that the rule's destinations meet: PAN-OS matches rules before it translates."""
    there = covered(_destinations(rule))
    found = (inside for scope, outside, inside in base.published if _sees(rule.scope, scope) and meet(there, outside))
    return tuple(dict.fromkeys(word for inside in found for word in inside))


def _sees(scope: Scope, other: Scope) -> bool:
    """Do translations of the other scope apply to rules of this one: its own, and those pushed or handed down to it?"""
    above: Scope | None = scope
    while above is not None:
        if above is other:
            return True
        above = above.parent
    return False


def _destinations(rule: Listed) -> tuple[str, ...]:
    words = rule.scope.address_words(rule.node.names("destination"))
    return everything_else(words) if rule.node.value("negate-destination") == "yes" else words


def _rule(rule: Listed, device: str, action: str | None, mapped: tuple[str, ...]) -> Rule:
    node, scope = rule.node, rule.scope
    sources = scope.address_words(node.names("source"))
    users = tuple(name for name in node.names("source-user") if name != "any")
    schedule = node.value("schedule")
    times = (scope.times(schedule) or Times(narrows=True)) if schedule else Times()
    return Rule(
        device=device,
        policy=rule.policy,
        position=rule.position,
        rule=rule.name,
        rule_uid=node.value("uuid"),
        enabled=node.value("disabled") != "yes",
        action=action,
        source_zone=node.names("from"),
        destination_zone=node.names("to"),
        source=node.names("source"),
        destination=node.names("destination"),
        service=node.names("service"),
        source_addresses=everything_else(sources) if node.value("negate-source") == "yes" else sources,
        destination_addresses=_destinations(rule),
        mapped_addresses=mapped,
        services=scope.service_words(node.names("service")),
        applications=scope.application_names(node.names("application")),
        users=users,
        conditions=(*_conditions(node), *([f"schedule {schedule}"] if times.narrows else [])),
        schedule=schedule,
        starts_on=times.starts,
        expires_on=times.ends,
        logged=node.value("log-end") != "no" or node.value("log-start") == "yes",
        comment=node.value("description"),
        tags=node.names("tag"),
    )


def _conditions(node: Node) -> Iterator[str]:
    for key in _NARROWING:
        names = [name for name in node.names(key) if name != "any"]
        if names:
            yield f"{key} {' '.join(names)}"
    kind = node.value("rule-type")
    if kind in ("intrazone", "interzone"):
        yield f"rule-type {kind}"
    target = node.names("target", "devices")
    if target:
        negated = "not " if node.value("target", "negate") == "yes" else ""
        yield f"target {negated}{' '.join(target)}"
