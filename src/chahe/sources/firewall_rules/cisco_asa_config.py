r"""Cisco ASA access lists: `show running-config`, `show access-list` with its hit counts, and `show nat`.

    hostname asa-tpe-1
    object network web-1
     host 10.30.2.20
    object-group service web tcp
     port-object eq https
    access-list outside_in remark asked for by settlement
    access-list outside_in extended permit tcp any4 object web-1 object-group web log time-range until-audit
    access-group outside_in in interface outside

    asa-tpe-1# show access-list
    access-list outside_in line 2 extended permit tcp any4 object web-1 object-group web log informational interval 300 (hitcnt=41) 0x2f5c0e11
      access-list outside_in line 2 extended permit tcp any4 host 10.30.2.20 eq https log informational interval 300 (hitcnt=41) 0x8ac0b1d2

Each line is one unit. `policy` is the ACL, `rule` the line in it (remarks count as lines, as on the device); an ACL that is bound in
both directions gives a row each. Where a configuration binds lists to interfaces, one that is bound nowhere filters nothing: its
rules are not enabled. Lines by which `show access-list` spells out an entry are its expansion. ASA 8.3 and later write the real
addresses behind NAT into access lists; `nat` lines are rows of `address_translations`. Firepower's `advanced` lists
are read with the interfaces they name and their rule-id. Not read: webtype and ethertype lists, implicit rules of security levels.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from chahe.sources.firewall_rules.asa_entries import Entry, entry
from chahe.sources.firewall_rules.asa_nat import translations
from chahe.sources.firewall_rules.asa_objects import BAD_OBJECT, Binding, Collector, Objects, Times
from chahe.sources.firewall_rules.asa_words import Unfit
from chahe.sources.firewall_rules.config_text import ConfigText, accounted, device_of, gathered, lines_excerpt
from chahe.sources.firewall_rules.rule_rows import DEVICE, OBJECT, RULES, Rule
from chahe.sources.firewall_rules.translation_rows import TRANSLATIONS
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Skip, Unit
from chahe.sources.reading.text_lines import head_lines
from chahe.wording import Text

_ACL = re.compile(
    r"\s*access-list \S+ (?:line \d+ )?(?:extended|advanced|standard|remark|permit|deny|webtype|ethertype)\b"
)
_SHOWN = re.compile(
    r"access-list \S+; \d+ elements; name hash: 0x|access-list \S+ line \d+ (?:extended|advanced|standard|remark)"
)
_VERSION = re.compile(r"(?:: )?(?:ASA|PIX|NGFW) Version \S")
_NAT_SHOWN = re.compile(r"(?:Manual|Auto) NAT Policies \(Section [123]\)")
_BRIEF = re.compile(r"access-list \S+; \d+ elements; name hash: 0x[0-9a-f]+\s*")
_OBJECT = re.compile(r"object (?:network|service) \S+\s*$|object-group (?:network|service|protocol|icmp-type) \S+")
_OURS = re.compile(r"\s*(?:nameif \S|security-level \d|(?:no )?ssh stricthostkeycheck)")
_PROMPT = re.compile(r"([\w.-]{1,64})(?:/[\w./-]+)?[>#]\s*sh\w* \S.*")

_BAD_ENTRY = Text(
    "這一行存取清單讀不懂，沒有列入規則；請確認是 show running-config 或 show access-list 的輸出，沒有斷行",
    "this access list line cannot be read and is no rule here; check that it is `show running-config` or `show access-list`, without broken lines",
)
_BAD_NAT = Text(
    "這一行位址轉譯讀不懂（8.3 版以前的寫法不支援）；請以 show running-config 重新匯出",
    "this line of address translation cannot be read (forms before 8.3 are not supported); export `show running-config` again",
)
_REMARK = Text("註解，併入其後的規則", "a remark; it is in the rule behind it")
_SPELLED_OUT = Text("上一條規則展開的內容，已併入該規則", "spells out the rule above; it is in that rule")
_OTHER_LIST = Text("網頁或乙太網路型的清單，不是位址規則", "a webtype or ethertype list, which has no rules by address")
_ABOUT = Text("存取清單的標題或設定", "a heading or setting of access lists")


def _recognise(head: Head) -> Match | None:
    lines = head_lines(head)
    lists = sum(1 for line in lines if _ACL.match(line))
    if lists and any(_SHOWN.match(line) for line in lines):
        return Match(90, "access lists as `show access-list` prints them")
    if any(_VERSION.match(line) for line in lines):
        return Match(90, "the version line of an ASA configuration")
    extended = any(re.match(r"access-list \S+ (?:extended|advanced|remark) ", line) for line in lines)
    if extended and lists:
        return Match(80, "extended access lists of an ASA")
    return _other_output(lines)


def _other_output(lines: list[str]) -> Match | None:
    """What an ASA prints that holds translations, or no rules at all."""
    if any(_NAT_SHOWN.match(line) for line in lines):
        return Match(90, "translations as `show nat` prints them")
    if any(_BRIEF.fullmatch(line) for line in lines[:5]):
        return Match(85, "`show access-list brief`, which holds no rules")
    if any(_OBJECT.match(line) for line in lines) or any(_OURS.match(line) for line in lines):
        return Match(70, "objects or interfaces of an ASA")
    return None


@dataclass(slots=True)
class _Listed:
    """A rule on its way: its entry, place in the list, remarks before it, lines that spell it out."""

    entry: Entry
    place: int
    position: int
    remarks: list[tuple[int, str]]
    spelled: list[tuple[int, Entry]] = field(default_factory=list)
    torn: bool = False
    """Could one of the lines that spell it out not be read?"""


class _Found(NamedTuple):
    rules: list[_Listed]
    fates: dict[int, Unit]


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    config = gathered(stream)
    objects = _objects(config)
    device = device_of(objects.hostname[1] if objects.hostname else _prompt(config), context)
    yield from accounted(config, _fates(config, objects, device))


def _objects(config: ConfigText) -> Objects:
    collector = Collector()
    for place, text in config.readable:
        collector.take(place, text)
    return collector.objects


def _prompt(config: ConfigText) -> str | None:
    return next((found[1] for _, text in config.readable if (found := _PROMPT.fullmatch(text[:400].strip()))), None)


def _fates(config: ConfigText, objects: Objects, device: str) -> dict[int, Unit]:
    found = _listed(config, objects)
    fates: dict[int, Unit] = {place: Skip(place, OBJECT) for place in objects.lines}
    for place, (name, text) in objects.faults.items():
        fates[place] = Reject(place, BAD_OBJECT.fill(name=name[:80]), None, text, tables=(RULES,))
    fates |= found.fates
    written = {place: text for place, text, _ in objects.nats}
    for place, made in translations(objects, device):
        bad = Reject(place, _BAD_NAT, None, written[place][:200], tables=(TRANSLATIONS,))
        fates[place] = bad if made is None else Records(place, (made.row(),))
    for listed in found.rules:
        rows = [
            _rule(listed, objects, device, way, bindings).row() for way, bindings in _ways(listed.entry.acl, objects)
        ]
        fates[listed.place] = Records(listed.place, tuple(rows))
    return fates


def _listed(config: ConfigText, objects: Objects) -> _Found:
    found = _Found([], {})
    positions: dict[str, int] = {}
    remarks: dict[str, list[tuple[int, str]]] = {}
    for place, text in config.readable:
        if not text.lstrip().startswith("access-list "):
            continue
        try:
            one = entry(text, objects)
        except Unfit:
            found.fates[place] = Reject(place, _BAD_ENTRY, None, text.strip()[:200], tables=(RULES,))
            if found.rules and text[:1].isspace():
                found.rules[-1].torn = True
            else:
                acl = text.split()[1]
                positions[acl] = positions.get(acl, 0) + 1
            continue
        if one is None:
            found.fates[place] = Skip(place, _ABOUT)
            continue
        last = found.rules[-1] if found.rules else None
        if one.expanded and last is not None and (last.entry.acl, last.entry.line) == (one.acl, one.line):
            last.spelled.append((place, one))
            found.fates[place] = Skip(place, _SPELLED_OUT)
            continue
        positions[one.acl] = one.line or positions.get(one.acl, 0) + 1
        if one.kind == "remark":
            remarks.setdefault(one.acl, []).append((place, one.remark))
            found.fates[place] = Skip(place, _REMARK)
        elif one.kind in ("webtype", "ethertype"):
            found.fates[place] = Skip(place, _OTHER_LIST)
        else:
            found.rules.append(_Listed(one, place, positions[one.acl], remarks.pop(one.acl, [])))
    return found


def _ways(acl: str, objects: Objects) -> list[tuple[str, list[Binding]]]:
    """The directions in which a list is applied; one of its own where it is bound nowhere."""
    ways: dict[str, list[Binding]] = {}
    for binding in objects.bindings.get(acl, ()):
        ways.setdefault("out" if binding.way == "out" else "in", []).append(binding)
    return list(ways.items()) or [("", [])]


def _rule(listed: _Listed, objects: Objects, device: str, way: str, bindings: list[Binding]) -> Rule:
    one = listed.entry
    times = objects.times.get(one.time_range, Times(narrows=bool(one.time_range)))
    unbound = bool(objects.bindings) and not bindings
    conditions = [f"time-range {one.time_range}"] if times.narrows else []
    both = len(_ways(one.acl, objects)) > 1
    source, destination, services = _expanded(listed)
    return Rule(
        device=device,
        policy=f"{one.acl} ({way})" if both else one.acl,
        position=listed.position,
        rule=str(listed.position),
        rule_uid=one.rule_id or one.hash or None,
        action="deny" if one.action == "deny" else "allow",
        enabled=not one.inactive and not unbound,
        source_zone=(one.source.zone,) if one.source and one.source.zone else _zones(bindings, source=True),
        destination_zone=(
            (one.destination.zone,) if one.destination and one.destination.zone else _zones(bindings, source=False)
        ),
        source=(one.source.written,) if one.source else (),
        destination=(one.destination.written,) if one.destination else (),
        service=(one.service,) if one.service else (),
        source_addresses=source,
        destination_addresses=destination,
        services=services,
        users=one.users,
        conditions=(*conditions, *(["no access-group"] if unbound else [])),
        schedule=one.time_range or None,
        starts_on=times.starts,
        expires_on=times.ends,
        logged=one.logged,
        hit_count=one.hits,
        comment="\n".join(text for _, text in listed.remarks) or None,
    )


def _zones(bindings: list[Binding], *, source: bool) -> tuple[str, ...]:
    """Interfaces: of a list applied inwards the sources, outwards the destinations."""
    found = []
    for way, interface in bindings:
        if way == "global":
            found.append("any")
        elif way == "control-plane":
            found.append(interface if source else "control-plane")
        elif (way == "in") == source:
            found.append(interface)
    return tuple(dict.fromkeys(found))


def _expanded(listed: _Listed) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Sources, destinations, services: as the device itself spells them out, where it does."""
    spelled = [one for _, one in listed.spelled]
    entries = spelled or [listed.entry]
    sources = (word for one in entries if one.source for word in one.source.words)
    destinations = (word for one in entries if one.destination for word in one.destination.words)
    services = (word for one in entries for word in one.services)
    # A line that could not be read may have held anything: the rule is not made narrower by it.
    more = (f"unknown:line-{listed.position}",) if listed.torn else ()
    return (
        tuple(dict.fromkeys((*sources, *more))),
        tuple(dict.fromkeys((*destinations, *more))),
        tuple(dict.fromkeys((*services, *more))),
    )


def _places(config: ConfigText, place: int) -> Iterator[int]:
    objects = _objects(config)
    if objects.hostname:
        yield objects.hostname[0]
    else:
        yield from [line for line, text in config.readable if _PROMPT.fullmatch(text[:400].strip())][:1]
    if any(place == at for at, _, _ in objects.nats):
        yield place
    for listed in _listed(config, objects).rules:
        if listed.place == place:
            yield from [line for line, _ in listed.remarks]
            yield place
            yield from [line for line, _ in listed.spelled]


reader = RecordReader(
    name="cisco_asa_config",
    title=Text("Cisco ASA 與 Firepower 存取清單", "access lists of a Cisco ASA or Firepower"),
    version=1,
    tables=(RULES, TRANSLATIONS),
    recognise=_recognise,
    read=_read,
    settings=(DEVICE,),
    excerpt=lines_excerpt(_places),
)
