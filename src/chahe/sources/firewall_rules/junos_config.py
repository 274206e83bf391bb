r"""Juniper SRX rule bases: security policies of a Junos configuration, in braces or as `set` commands.

    set system host-name srx-tpe-1
    set security address-book global address settlement 10.20.0.0/16
    set security policies from-zone lan to-zone dmz policy orders match source-address settlement
    set security policies from-zone lan to-zone dmz policy orders match destination-address any
    set security policies from-zone lan to-zone dmz policy orders match application junos-https
    set security policies from-zone lan to-zone dmz policy orders then permit
    set security policies from-zone lan to-zone dmz policy orders then log session-close

    security { policies { from-zone lan to-zone dmz { inactive: policy orders { match { … } then { permit; } } } } }

Each line is one unit; a policy's row stands at its first line. `policy` is the pair of zones (`lan to dmz`), `global`, or
`default-policy`; terms of stateless filters (`firewall filter`) have `filter NAME`. Destinations are as the policy has them: after
destination NAT, as Junos matches. Of a cluster each node (groups node0, node1) gives a row. Groups are taken in where `apply-groups`
names them at the top; with wildcards (`<*>`) they are rejects: export with `| display inheritance`. NAT rule sets are
rows of `address_translations`. Not read: screens, policers.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from chahe.sources.firewall_rules.config_text import ConfigText, accounted, device_of, gathered, lines_excerpt
from chahe.sources.firewall_rules.config_tree import CUT, Node, tree
from chahe.sources.firewall_rules.junos_filters import filters
from chahe.sources.firewall_rules.junos_nat import translations
from chahe.sources.firewall_rules.junos_objects import Objects, Times, objects_of
from chahe.sources.firewall_rules.network_sets import EVERY, without
from chahe.sources.firewall_rules.rule_rows import DEVICE, OBJECT, PART, RULES, Rule
from chahe.sources.firewall_rules.translation_rows import TRANSLATIONS, Translation
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Skip, Unit, Unreadable
from chahe.sources.reading.text_lines import head_lines
from chahe.wording import Text

_TOPS: Final = (
    "system|security|interfaces|applications|routing-options|routing-instances|protocols|policy-options|firewall|groups|snmp|chassis"
    "|logical-systems|tenants|vlans|forwarding-options|schedulers|access|services|version|apply-groups|class-of-service|switch-options"
)
_SET = re.compile(rf"\s*(?:set|deactivate|delete|insert) (?:{_TOPS})\b")
_ANY_SET = re.compile(r"\s*(?:set|deactivate|delete|insert) \S")
_BRACE = re.compile(rf"(?:inactive: )?(?:{_TOPS}) \{{\s*")
_OURS = re.compile(
    r"\s*(?:host-name \S+;|root-authentication \{|version [\d.]+[RXI]\S*;|security-zone \S+ \{|from-zone \S+ to-zone \S+ \{)"
)
_PROMPT = re.compile(r"[\w.-]{1,64}@([\w.-]{1,64})[>#](?:\s.*)?")
_ACTIONS: Final = {"permit": "allow", "deny": "deny", "reject": "deny"}

_BAD_OBJECT = Text(
    "物件「{name}」的值讀不懂，引用它的規則範圍無法判定；請在設備上改正後重新匯出",
    "the value of object {name!r} cannot be read, so the rules that use it are undetermined; correct it on the device and export again",
)
_WILDCARD = Text(
    "設定群組以萬用字元（<*>）套用到政策，這裡沒有展開；請以 show configuration | display inheritance | no-comments 匯出",
    "a configuration group applies to policies by wildcard (<*>), which is not spelled out here; export with `show configuration | display inheritance | no-comments`",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A policy with where it stands."""

    objects: Objects
    policy: str
    position: int
    name: str
    node: Node
    zones: tuple[str, str] | None
    enabled: bool


@dataclass(slots=True)
class _Found:
    """What a configuration holds."""

    root: Node
    hosts: dict[str, list[int]] = field(default_factory=dict)
    """Names of the device, or of a cluster's nodes, with their lines."""
    policies: list[Listed] = field(default_factory=list)
    objects: list[Objects] = field(default_factory=list)
    translations: list[tuple[Node, Callable[[str], Translation]]] = field(default_factory=list)


def _recognise(head: Head) -> Match | None:
    lines = head_lines(head)
    commands = [line for line in lines if _ANY_SET.match(line)]
    ours = sum(1 for line in commands if _SET.match(line))
    if ours and ours >= 0.8 * len(commands):
        junos = any(
            re.match(r"\s*set (?:system host-name|security|interfaces|version|firewall|groups)\b", line)
            for line in commands
        )
        return Match(85, "set commands of Junos") if junos else None
    if any(_BRACE.fullmatch(line) for line in lines) and any(_OURS.match(line) for line in lines):
        return Match(85, "a Junos configuration in braces")
    return None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    config = gathered(stream)
    parsed = tree(config.readable)
    found = _found(parsed.root)
    devices = tuple(found.hosts) or (device_of(_prompt(config), context),)
    fates = _fates(found, devices)
    for place, (why, text) in parsed.faults.items():
        fates[place] = Reject(place, why, None, text or None, tables=(RULES,))
    if parsed.cut and config.stop is None:
        config = config._replace(stop=Unreadable(CUT, place=len(config.lines) + 1, tables=(RULES,)))
    yield from accounted(config, fates)


def _prompt(config: ConfigText) -> str | None:
    return next((found[1] for _, text in config.readable if (found := _PROMPT.fullmatch(text[:400].strip()))), None)


def _found(root: Node) -> _Found:
    found = _Found(root)
    groups = [node for _, node in root.below("groups")]
    for node in [root, *(groups if root.at("system", "host-name") is None else [])]:
        for name, below in node.below("system", "host-name"):
            found.hosts.setdefault(name, below.lines)
    applied = root.names("apply-groups")
    tops = [("", root), *(("", node) for name, node in root.below("groups") if name in applied)]
    tops += [(f"{name}/", node) for kind in ("logical-systems", "tenants") for name, node in root.below(kind)]
    shared = objects_of(root)
    for prefix, top in tops:
        objects = shared if top is root else objects_of(top)
        if top is not root and not prefix:
            _inherit(objects, shared)
        found.objects.append(objects)
        found.policies += _policies(top, objects, prefix)
        found.translations += translations(top, objects, prefix)
    return found


def _inherit(objects: Objects, shared: Objects) -> None:
    """Policies of a group may name what the configuration itself defines."""
    objects.everywhere.parent = shared.everywhere
    objects.applications.parent = shared.applications
    objects.zones = {**shared.zones, **objects.zones}
    objects.schedulers = {**shared.schedulers, **objects.schedulers}


def _policies(top: Node, objects: Objects, prefix: str) -> Iterator[Listed]:
    policies = top.at("security", "policies")
    if policies is None:
        return
    off = policies.inactive or top.children["security"].inactive
    for source, above in _children(policies.at("from-zone")):
        for destination, node in _children(above.at("to-zone")):
            on = not (off or above.inactive or node.inactive)
            for number, (name, one) in enumerate(_children(node.at("policy")), 1):
                zones = (source, destination)
                yield Listed(
                    objects, f"{prefix}{source} to {destination}", number, name, one, zones, on and not one.inactive
                )
    everywhere = policies.at("global")
    for number, (name, one) in enumerate(_children(everywhere.at("policy") if everywhere else None), 1):
        on = not (off or one.inactive or (everywhere is not None and everywhere.inactive))
        yield Listed(objects, f"{prefix}global", number, name, one, None, on)
    for name, one in policies.below("default-policy"):
        yield Listed(objects, f"{prefix}default-policy", 1, name, one, None, not off)


def _children(node: Node | None) -> Iterator[tuple[str, Node]]:
    """Inactive ones included: a rule that is switched off is a rule."""
    return iter(node.children.items() if node is not None else ())


def _fates(found: _Found, devices: tuple[str, ...]) -> dict[int, Unit]:
    fates: dict[int, Unit] = {}
    for objects in found.objects:
        fates |= {place: Skip(place, OBJECT) for place in objects.lines}
        for place, (name, column, value) in objects.faults.items():
            fates[place] = Reject(place, _BAD_OBJECT.fill(name=name[:80]), column, value or None, tables=(RULES,))
    rows: dict[int, list[Rule | Translation]] = {}
    lines: dict[int, list[int]] = {}
    for rule in found.policies:
        place = rule.node.lines[0]
        if "<" in rule.policy or rule.name.startswith("<"):
            fates |= {line: Reject(line, _WILDCARD, None, rule.name[:80], tables=(RULES,)) for line in rule.node.lines}
            continue
        lines[place] = rule.node.lines
        rows.setdefault(place, []).extend(_rule(rule, device) for device in devices)
    for node, made in filters(found.root):
        lines[node.lines[0]] = node.lines
        rows.setdefault(node.lines[0], []).extend(made(device) for device in devices)
    for node, translated in found.translations:
        lines[node.lines[0]] = node.lines
        rows.setdefault(node.lines[0], []).extend(translated(device) for device in devices)
    for place, rules in rows.items():
        fates |= {line: Skip(line, PART) for line in lines[place] if line not in rows}
        fates[place] = Records(place, tuple(one.row() for one in rules))
    return fates


def _rule(rule: Listed, device: str) -> Rule:
    if rule.policy.endswith("default-policy"):
        return _default(rule, device)
    node, objects = rule.node, rule.objects
    zones = rule.zones
    sources = objects.addresses(node.names("match", "source-address"), zones[0] if zones else None)
    destinations = objects.addresses(node.names("match", "destination-address"), zones[1] if zones else None)
    schedule = node.value("scheduler-name")
    times = objects.schedulers.get(schedule, Times(narrows=True)) if schedule else Times()
    applications = tuple(name for name in node.names("match", "dynamic-application") if name != "none")
    users = tuple(name for name in node.names("match", "source-identity") if name != "any")
    action = next((_ACTIONS[name] for name in node.names("then") if name in _ACTIONS), None)
    return Rule(
        device=device,
        policy=rule.policy,
        position=rule.position,
        rule=rule.name,
        enabled=rule.enabled,
        action=action,
        source_zone=(zones[0],) if zones else node.names("match", "from-zone") or ("any",),
        destination_zone=(zones[1],) if zones else node.names("match", "to-zone") or ("any",),
        source=node.names("match", "source-address"),
        destination=node.names("match", "destination-address"),
        service=node.names("match", "application"),
        source_addresses=_negated(node, "source-address-excluded", sources),
        destination_addresses=_negated(node, "destination-address-excluded", destinations),
        services=objects.services(node.names("match", "application")),
        applications=applications,
        users=users,
        conditions=(*_conditions(node), *([f"scheduler {schedule}"] if times.narrows else [])),
        schedule=schedule,
        starts_on=times.starts,
        expires_on=times.ends,
        logged=bool(node.names("then", "log")),
        comment=node.value("description"),
    )


def _default(rule: Listed, device: str) -> Rule:
    return Rule(
        device=device,
        policy=rule.policy,
        position=1,
        rule=rule.name,
        enabled=rule.enabled,
        action="allow" if rule.name == "permit-all" else "deny",
        source_zone=("any",),
        destination_zone=("any",),
        source_addresses=EVERY,
        destination_addresses=EVERY,
        services=("any",),
    )


def _negated(node: Node, mark: str, words: tuple[str, ...]) -> tuple[str, ...]:
    below = node.at("match", mark)
    return without(EVERY, words) if below is not None and not below.inactive and words else words


def _conditions(node: Node) -> Iterator[str]:
    for key in ("url-category", "source-end-user-profile", "source-l3vpn-vrf-group", "destination-l3vpn-vrf-group"):
        names = [name for name in node.names("match", key) if name not in ("any", "none")]
        if names:
            yield f"{key} {' '.join(names)}"


def _places(config: ConfigText, place: int) -> Iterator[int]:
    found = _found(tree(config.readable).root)
    for lines in found.hosts.values():
        yield from lines
    if not found.hosts:
        yield from [line for line, text in config.readable if _PROMPT.fullmatch(text[:400].strip())][:1]
    others = [*filters(found.root), *found.translations]
    for node in [*(rule.node for rule in found.policies), *(node for node, _ in others)]:
        if node.lines[0] == place:
            yield from node.lines


reader = RecordReader(
    name="junos_config",
    title=Text("Juniper SRX 設定檔中的安全政策", "security policies of a Juniper SRX configuration"),
    version=1,
    tables=(RULES, TRANSLATIONS),
    recognise=_recognise,
    read=_read,
    settings=(DEVICE,),
    excerpt=lines_excerpt(_places),
)
