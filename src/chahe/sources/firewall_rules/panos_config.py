r"""Palo Alto PAN-OS and Panorama rule bases: XML, `set` commands, braces, and `show running security-policy`.

    set deviceconfig system hostname pa-tpe-1
    set address settlement ip-netmask 10.20.0.0/16
    set rulebase security rules "settlement to orders" from lan
    set rulebase security rules "settlement to orders" source settlement
    set rulebase security rules "settlement to orders" application any
    set rulebase security rules "settlement to orders" service [ service-https tcp-8443 ]
    set rulebase security rules "settlement to orders" action allow

    <config version="10.2.0"><devices><entry name="localhost.localdomain"><vsys><entry name="vsys1"><rulebase><security><rules>
      <entry name="settlement to orders"><from><member>lan</member></from> … <action>allow</action></entry>

Text: each line is one unit, a rule's row stands at its first line. XML: each rule or object entry is one unit. `policy` is the rule
base (`rulebase`, `pre-rulebase` …) after its vsys or device group. Of a Panorama, a rule gives a row for each firewall (serial number)
of its device group and the groups below. `logged` follows PAN-OS' default, which logs at session end. A service `application-default`
leaves `service_any` blank where the application is any. The destination is as the rule has it: before translation, as PAN-OS matches.
NAT rules
are rows of `address_translations`. Not read: decryption, QoS and other policies, and filters of applications.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from chahe.sources.firewall_rules import panos_running, panos_xml
from chahe.sources.firewall_rules.config_text import ConfigText, accounted, device_of, gathered, lines_excerpt
from chahe.sources.firewall_rules.config_tree import CUT, Tree, tree
from chahe.sources.firewall_rules.panos_rules import fates, listed, listed_nat, rule_base
from chahe.sources.firewall_rules.rule_rows import DEVICE, RULES
from chahe.sources.firewall_rules.translation_rows import TRANSLATIONS
from chahe.sources.model import Context, Head, Match, RecordReader, Reject, Unit, Unreadable
from chahe.sources.reading.peeked import peeked
from chahe.sources.reading.text_lines import head_lines
from chahe.wording import Text

_SET = re.compile(
    r"\s*(?:set|delete|move) (?:deviceconfig|mgt-config|rulebase|pre-rulebase|post-rulebase|vsys|shared|device-group|template|template-stack"
    r"|address|address-group|service|service-group|application|application-group|application-filter|schedule|region|log-collector|log-collector-group"
    r"|profiles|profile-group|log-settings|tag|zone|import|network|config|readonly|policy|external-list)\b"
)
_ANY_SET = re.compile(r"\s*set \S")
_RULES = re.compile(r"\s*set (?:\S+ \S+ )?(?:pre-|post-)?rulebase ")
_BRACE = re.compile(r"\s*(?:deviceconfig|mgt-config|(?:pre-|post-)?rulebase|localhost\.localdomain|panorama) \{\s*")
_PROMPT = re.compile(r"[\w.-]{1,64}@([\w.-]{1,64})(?:\([\w-]+\))?[>#](?:\s.*)?")


def _recognise(head: Head) -> Match | None:
    found = panos_xml.recognise(head)
    if found is not None:
        return found
    lines = head_lines(head)
    if panos_running.looks_so(lines):
        return Match(90, "rules as `show running security-policy` prints them")
    commands = [line for line in lines if _ANY_SET.match(line)]
    ours = sum(1 for line in commands if _SET.match(line))
    if (
        commands
        and ours >= 0.8 * len(commands)
        and (ours > 1 or "deviceconfig" in commands[0] or _RULES.match(commands[0]))
    ):
        return Match(85, "set commands of PAN-OS")
    if any(_BRACE.fullmatch(line) for line in lines):
        return Match(85, "a PAN-OS configuration in braces")
    return None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    start, whole = peeked(stream)
    if _is_xml(start):
        yield from panos_xml.read(whole, context)
        return
    config = gathered(whole)
    if panos_running.looks_so([text for _, text in config.readable][:2000]):
        yield from accounted(config, panos_running.fates(config, device_of(_prompt(config), context)))
        return
    found = tree(config.readable)
    base = rule_base(found.root)
    device = base.hostname or _prompt(config)
    if device is None and base.devices.get("shared"):
        device = base.devices["shared"][0]
    known = fates(base, device_of(device, context))
    yield from accounted(_ended(config, found), known | _faults(found))


def _is_xml(start: bytes) -> bool:
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")


def _ended(config: ConfigText, found: Tree) -> ConfigText:
    """A configuration that stops inside a brace was cut off."""
    if found.cut and config.stop is None:
        return config._replace(stop=Unreadable(CUT, place=len(config.lines) + 1, tables=(RULES,)))
    return config


def _faults(found: Tree) -> dict[int, Unit]:
    return {
        place: Reject(place, why, None, text or None, tables=(RULES,)) for place, (why, text) in found.faults.items()
    }


def _prompt(config: ConfigText) -> str | None:
    return next((found[1] for _, text in config.readable if (found := _PROMPT.fullmatch(text[:400].strip()))), None)


def _prompt_line(config: ConfigText) -> list[int]:
    return [place for place, text in config.readable if _PROMPT.fullmatch(text[:400].strip())][:1]


def _places(config: ConfigText, place: int) -> Iterator[int]:
    if panos_running.looks_so([text for _, text in config.readable][:2000]):
        yield from _prompt_line(config)
        yield from panos_running.places(config, place)
        return
    base = rule_base(tree(config.readable).root)
    yield from base.hostname_at or _prompt_line(config)
    for rule in (*listed(base), *listed_nat(base)):
        if rule.node.lines[0] == place:
            if base.devices.get(rule.scope.name):
                yield from base.devices_at
            yield from rule.node.lines


_shown = lines_excerpt(_places)


def _excerpt(stream: BinaryIO, place: int, part: str | None) -> str:
    start, whole = peeked(stream)
    if _is_xml(start):
        return panos_xml.excerpt(whole, place)
    return _shown(whole, place, part)


reader = RecordReader(
    name="panos_config",
    title=Text("Palo Alto PAN-OS 與 Panorama 的規則", "rules of Palo Alto PAN-OS and Panorama"),
    version=1,
    tables=(RULES, TRANSLATIONS),
    recognise=_recognise,
    read=_read,
    settings=(DEVICE,),
    excerpt=_excerpt,
)
