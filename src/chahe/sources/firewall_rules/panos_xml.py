"""PAN-OS configurations in XML, as exported or as the API answers, made the tree that `set` commands give. No reader of its own.

<config version="10.2.0"><devices><entry name="localhost.localdomain">
  <deviceconfig><system><hostname>pa-tpe-1</hostname></system></deviceconfig>
  <vsys><entry name="vsys1"><rulebase><security><rules><entry name="out" uuid="…"> … </entry></rules></security></rulebase>

<response status="success"><result><rules> … </rules></result></response>
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.firewall_rules.config_text import device_of
from chahe.sources.firewall_rules.config_tree import Node
from chahe.sources.firewall_rules.panos_objects import OBJECT_LISTS
from chahe.sources.firewall_rules.panos_rules import fates, listed, listed_nat, rule_base
from chahe.sources.firewall_rules.rule_rows import NO_POLICY, OTHER, RULES
from chahe.sources.model import Context, Head, Match, Skip, Unit, Unreadable
from chahe.sources.reading.xml_stream import NO_SUCH_RECORD, elements, numbered

_ROOTS: Final = frozenset(("config", "response"))
_LISTS: Final = frozenset((*OBJECT_LISTS, "rules"))
_OURS = re.compile(r"<(?:devices|mgt-config|rulebase|pre-rulebase|post-rulebase|rules|vsys|device-group)[\s>]")


def recognise(head: Head) -> Match | None:
    """By the root element and what only these configurations hold."""
    text = head.text.lstrip("\ufeff \t\r\n")
    root = re.match(r"(?:<\?xml[^>]*\?>\s*)?<(config|response)[\s>]", text)
    if root is None or "<entry name=" not in text or not _OURS.search(text):
        return None
    if root[1] == "response" and 'status="success"' not in text[:2000]:
        return None
    return Match(92, "a PAN-OS configuration in XML")


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """One unit for each rule and object, in document order; Unreadable where the document breaks or has no rule."""
    return numbered(_units(stream, context))


def _units(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    root, units = _tree(_document(stream))
    base = rule_base(root)
    device = base.hostname or next(iter(base.devices.get("shared", ())), None)
    known = fates(base, device_of(device, context))
    rules = False
    for place in range(1, len(units) + 1):
        unit = known.get(place) or Skip(place, OTHER)
        rules = rules or not isinstance(unit, Skip)
        yield unit
    if not rules:
        raise Unreadable(NO_POLICY, place=len(units) + 1, tables=(RULES,))


def _document(stream: BinaryIO) -> etree._Element:
    """The root element, once the whole document has been read."""
    root = None
    for event, element in elements(stream, _ROOTS, tuple(_ROOTS)):
        root = element if event == "end" else root
    if root is None:
        raise Unreadable(NO_POLICY, place=1, tables=(RULES,))
    return root


def _tree(document: etree._Element) -> tuple[Node, list[etree._Element]]:
    """The tree, each node with the number of the rule or object it belongs to, and those elements by number."""
    units: list[etree._Element] = []
    root = Node()
    top = document.find("result") if document.tag == "response" else document
    for element in () if top is None else (_wrapped(top), *top.findall("config")):
        _fill(root, element, units, ())
    return root, units


def _wrapped(top: etree._Element) -> etree._Element:
    """The API answers with the part that was asked for; a list of rules alone stands for a rule base with them."""
    if top.find("rules") is None and top.find("security") is None:
        return top
    base = etree.Element("config")
    within = etree.SubElement(base, "rulebase")
    if top.find("security") is None:
        within = etree.SubElement(within, "security")
    within.extend(list(top))
    return base


def _fill(node: Node, element: etree._Element, units: list[etree._Element], lines: tuple[int, ...]) -> None:
    for child in element.iterchildren(etree.Element):
        tag, name = str(child.tag), child.get("name")
        if tag == "entry" and name is not None:
            within = lines
            if not lines and element.tag in _LISTS:
                units.append(child)
                within = (len(units),)
            below = node.down((name,), within)
            if (uid := child.get("uuid")) is not None:
                below.down(("uuid", uid), within)
            _fill(below, child, units, within)
        elif tag == "member" or (tag == "entry" and not len(child)):
            node.down((child.text or "",), lines)
        else:
            below = node.down((tag,), lines)
            text = (child.text or "").strip()
            if len(child):
                _fill(below, child, units, lines)
            elif text:
                below.down((text,), lines)


def excerpt(stream: BinaryIO, place: int) -> str:
    """The XML of the rule at a place, behind the name of the firewall."""
    root, units = _tree(_document(stream))
    if not 1 <= place <= len(units):
        raise Unreadable(NO_SUCH_RECORD.fill(place=place), place=place)
    base = rule_base(root)
    named = [f"<hostname>{base.hostname}</hostname>"] if base.hostname else []
    groups = [rule.scope.name for rule in (*listed(base), *listed_nat(base)) if rule.node.lines[0] == place]
    named += [f"<devices>{' '.join(base.devices[group])}</devices>" for group in groups if base.devices.get(group)]
    return "\n".join((*named, etree.tostring(units[place - 1], encoding="unicode", with_tail=False)))
