r"""pfSense and OPNsense: the rules of config.xml.

    <pfsense><version>22.9</version>
      <system><hostname>pf-tpe-1</hostname></system>
      <filter><rule>
        <tracker>1699000001</tracker><type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol><protocol>tcp</protocol>
        <source><network>lan</network></source><destination><address>order_systems</address><port>443</port></destination>
        <log/><descr>asked for by settlement</descr>
        <updated><time>1699000001</time><username>keeper@10.20.0.9</username></updated>
      </rule></filter>
      <aliases><alias><name>order_systems</name><type>host</type><address>10.30.1.4 10.30.1.5</address></alias></aliases>

Each rule, alias and translation rule is one unit, in document order. `policy` is the interface, or `floating`; `rule` the number of the
rule there, `rule_uid` its tracker (or uuid). `any` follows the rule's IP version. Networks of interfaces are expanded where they are
fixed, else named `interface:`. Filter rules see addresses after destination NAT, as pf does. Rules that OPNsense keeps under
`OPNsense/Firewall/Filter` are read as well. Port forwards and 1:1 mappings
are rows of `address_translations`. Not read: outbound NAT, limits of states, and the rules the system adds itself.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from lxml import etree

from chahe.sources.firewall_rules.config_text import device_of, without_secrets
from chahe.sources.firewall_rules.pfsense_nat import translation
from chahe.sources.firewall_rules.pfsense_objects import FAMILIES, Objects, objects_of, services, side
from chahe.sources.firewall_rules.rule_rows import DEVICE, NO_POLICY, OBJECT, RULES, Rule
from chahe.sources.firewall_rules.translation_rows import TRANSLATIONS, Translation
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Skip, Unit, Unreadable
from chahe.sources.reading.xml_stream import NO_SUCH_RECORD, elements, numbered
from chahe.wording import Text

_ROOTS: Final = frozenset(("pfsense", "opnsense"))
_ACTIONS: Final = {"pass": "allow", "block": "deny", "reject": "deny", "match": "continue"}
_NEW: Final = "OPNsense/Firewall/Filter/rules/rule"
_BAD_ACTION = Text(
    "規則的動作不是 pass、block、reject 或 match；請重新備份設定",
    "the action of the rule is none of pass, block, reject, match; back the configuration up again",
)
_NAT = Text(
    "只隱藏來源的轉譯，或不轉譯的例外",
    "a translation that only hides sources, or an exception from translation",
)


def _recognise(head: Head) -> Match | None:
    text = head.text.lstrip("\ufeff \t\r\n")
    if re.match(r"(?:<\?xml[^>]*\?>\s*)?<(?:pfsense|opnsense)[\s>]", text):
        return Match(97, "the root element of a pfSense or OPNsense configuration")
    return None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    return numbered(_units(stream, context))


def _units(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    root = _document(stream)
    device = device_of(root.findtext("system/hostname"), context)
    objects = objects_of(root)
    numbers: dict[str, count[int]] = {}
    rules = False
    for element in _elements(root):
        if element.tag == "alias":
            yield Skip(0, OBJECT)
        elif _within(element) == "nat":
            made = translation(element, objects, device)
            rules = rules or made is not None
            yield Skip(0, _NAT) if made is None else Records(0, (_numbered(made, numbers).row(),))
        else:
            rules = True
            policy = _policy(element)
            number = next(numbers.setdefault(policy, count(1)))
            yield _fate(
                element,
                objects,
                Rule(device=device, policy=policy, position=number, rule=str(number), action=None),
                context,
            )
    if not rules:
        raise Unreadable(NO_POLICY, tables=(RULES,))


def _numbered(made: Translation, numbers: dict[str, "count[int]"]) -> Translation:
    number = next(numbers.setdefault(made.policy, count(1)))
    return replace(made, position=number, rule=str(number))


def _document(stream: BinaryIO) -> etree._Element:
    root = None
    for event, element in elements(stream, _ROOTS, tuple(_ROOTS)):
        root = element if event == "end" else root
    if root is None:
        raise Unreadable(NO_POLICY, tables=(RULES,))
    return root


def _elements(root: etree._Element) -> list[etree._Element]:
    """Rules, aliases and translations in document order."""
    paths = (
        "filter/rule",
        "aliases/alias",
        "nat/rule",
        "nat/outbound/rule",
        "nat/onetoone",
        "OPNsense/Firewall/Alias/aliases/alias",
        _NEW,
    )
    found = {element for path in paths for element in root.findall(path)}
    return [element for element in root.iter("rule", "alias", "onetoone") if element in found]


def _within(element: etree._Element) -> str:
    """`nat` for translations, else empty."""
    return "nat" if next(element.iterancestors("nat"), None) is not None else ""


def _is_new(element: etree._Element) -> bool:
    """Is it one of the rules OPNsense keeps in its newer place, with other names?"""
    parent = element.getparent()
    return parent is not None and parent.tag == "rules"


def _text(element: etree._Element, *paths: str) -> str:
    return next((text.strip() for path in paths if (text := element.findtext(path)) and text.strip()), "")


def _policy(element: etree._Element) -> str:
    floating = element.find("floating")
    interface = _text(element, "interface") or "any"
    if (floating is not None and (floating.text or "yes").strip() != "no") or "," in interface or interface == "any":
        return "floating"
    return interface


def _fate(element: etree._Element, objects: Objects, begun: Rule, context: Context) -> Unit:
    written = _text(element, "type", "action") or "pass"
    if written not in _ACTIONS:
        return Reject(0, _BAD_ACTION, "action", written[:80], tables=(RULES,))
    return Records(0, (_rule(element, objects, begun, written, context).row(),))


def _rule(element: etree._Element, objects: Objects, begun: Rule, written: str, context: Context) -> Rule:
    every = FAMILIES.get(_text(element, "ipprotocol") or "inet", FAMILIES["inet46"])
    sources, source_port, source_not = _side(element, "source")
    destinations, port, destination_not = _side(element, "destination")
    transport = _text(element, "protocol").replace("any", "")
    schedule = _text(element, "sched") or None
    kinds = _text(element, "icmptype", "icmp6-type", "icmptype6")
    interfaces = tuple(name for name in (_text(element, "interface") or "any").split(",") if name)
    direction = _text(element, "direction") or "in"
    return Rule(
        device=begun.device,
        policy=begun.policy,
        position=begun.position,
        rule=begun.rule,
        rule_uid=_text(element, "tracker") or element.get("uuid"),
        enabled=_enabled(element),
        action=_ACTIONS[written],
        source_zone=interfaces if direction != "out" else ("any",),
        destination_zone=interfaces if direction == "out" else ("any",),
        source=_negated(sources, source_not),
        destination=_negated(destinations, destination_not),
        service=tuple(part for part in (transport or "any", source_port and f"from {source_port}", port) if part),
        source_addresses=side(objects, sources, every, negated=source_not),
        destination_addresses=side(objects, destinations, every, negated=destination_not),
        services=services(objects, transport, port, source_port, kinds),
        conditions=tuple(_conditions(element, schedule)),
        schedule=schedule,
        logged=_is_set(element, "log"),
        comment=_text(element, "descr", "description") or None,
        tags=tuple(text for text in (_text(element, "tag"), _text(element, "category", "categories")) if text),
        created_on=_day(_text(element, "created/time"), context),
        changed_on=_day(_text(element, "updated/time") or _text(element, "created/time"), context),
        changed_by=_text(element, "updated/username", "created/username") or None,
    )


def _negated(names: tuple[str, ...], off: bool) -> tuple[str, ...]:
    return tuple(f"!{name}" for name in names) if off else names


def _is_set(element: etree._Element, name: str) -> bool:
    """`<log/>`, `<log>1</log>`; OPNsense also writes `<log>0</log>`."""
    found = element.find(name)
    return found is not None and (found.text or "1").strip() not in ("0", "no", "")


def _enabled(element: etree._Element) -> bool:
    if _is_new(element):
        return _text(element, "enabled") != "0"
    return not _is_set(element, "disabled")


def _side(element: etree._Element, which: str) -> tuple[tuple[str, ...], str, bool]:
    """Names, port, and whether all but these are meant."""
    if _is_new(element):
        names = tuple(name for name in (_text(element, f"{which}_net") or "any").split(",") if name)
        return names, _text(element, f"{which}_port"), _text(element, f"{which}_not") == "1"
    below = element.find(which)
    if below is None:
        return ("any",), "", False
    name = "any" if below.find("any") is not None else _text(below, "address", "network") or "any"
    return (name,), _text(below, "port"), _is_set(below, "not")


def _conditions(element: etree._Element, schedule: str | None) -> Iterator[str]:
    for name in ("os", "tagged", "dscp", "vlanprio", "tcpflags1"):
        if value := _text(element, name):
            yield f"{name} {value}"
    if schedule:
        yield f"schedule {schedule}"


def _day(text: str, context: Context) -> date | None:
    """The day of a count of seconds since 1970 (OPNsense: with decimals)."""
    whole = text.partition(".")[0]
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 11):
        return None
    return datetime.fromtimestamp(int(whole), UTC).astimezone(ZoneInfo(context.zone)).date()


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    root = _document(stream)
    found = _elements(root)
    if not 1 <= place <= len(found):
        raise Unreadable(NO_SUCH_RECORD.fill(place=place), place=place)
    shown = etree.tostring(found[place - 1], encoding="unicode", with_tail=False)
    named = f"<hostname>{root.findtext('system/hostname')}</hostname>\n" if root.findtext("system/hostname") else ""
    return named + "\n".join(without_secrets(line) for line in shown.splitlines())


reader = RecordReader(
    name="pfsense_config",
    title=Text("pfSense 與 OPNsense 設定檔中的規則", "rules of a pfSense or OPNsense configuration"),
    version=1,
    tables=(RULES, TRANSLATIONS),
    recognise=_recognise,
    read=_read,
    settings=(DEVICE,),
    excerpt=_excerpt,
)
