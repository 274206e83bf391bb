r"""FortiGate rule bases as `show`, `show full-configuration` or a backup gives them, VDOMs included.

    #config-version=FG100F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin
    config system global
        set hostname "fg-tpe-1"
    end
    config firewall policy
        edit 12
            set name "web-out"
            set uuid 0f6c5f2e-6a5c-51ee-2b7d-d0a1f0a4b6aa
            set srcintf "lan"
            set dstintf "wan1"
            set action accept
            set srcaddr "office"
            set dstaddr "all"
            set schedule "always"
            set service "HTTPS"
            set logtraffic all
            set comments "asked for by settlement"
        next
    end

Each line is one unit; a rule's row stands at its `edit`. `policy` is the table of rules (`policy`, `local-in-policy` …), after its
VDOM and a slash where there are VDOMs. What a saved configuration leaves out has its default: action deny, status enable. Published
addresses (VIP) are expanded to the address outside, `mapped_addresses` says what stands behind it; each is a row of `address_translations`, too. `logged` is blank where only
security events are logged (`utm`). Not read: DoS, shaping and SSL inspection policies, and NAT of sources.
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from chahe.sources.firewall_rules.config_text import ConfigText, accounted, device_of, gathered, lines_excerpt
from chahe.sources.firewall_rules.fortios_objects import BAD_OBJECT, OBJECT_TABLES, gathered_objects
from chahe.sources.firewall_rules.fortios_rules import Scope, rule, translation
from chahe.sources.firewall_rules.fortios_tree import Entry, Tree, tree
from chahe.sources.firewall_rules.rule_rows import DEVICE, OBJECT, PART, RULES
from chahe.sources.firewall_rules.translation_rows import TRANSLATIONS
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Skip, Unit
from chahe.sources.reading.text_lines import head_lines
from chahe.wording import Text

_POLICIES: Final[Mapping[str, str]] = {
    "firewall policy": "deny",
    "firewall policy6": "deny",
    "firewall policy46": "deny",
    "firewall policy64": "deny",
    "firewall consolidated policy": "deny",
    "firewall security-policy": "deny",
    "firewall proxy-policy": "deny",
    "firewall local-in-policy": "deny",
    "firewall local-in-policy6": "deny",
    "firewall multicast-policy": "accept",
    "firewall multicast-policy6": "accept",
}
"""Tables of rules, and the action of a rule that names none."""
_PUBLISHED: Final = ("firewall vip", "firewall vip6")
_ACTIONS: Final = {
    "accept": "allow",
    "ipsec": "allow",
    "ssl-vpn": "allow",
    "learn": "allow",
    "deny": "deny",
    "redirect": "continue",
    "isolate": "deny",
}
_CONFIG = re.compile(r"\s*config (?:system|firewall|vdom|global|router|vpn|user|log|antivirus|webfilter|ips)\b")
_VERSION = re.compile(r"#config-version=[A-Z][\w-]*[-:]")

_BAD_ACTION = Text(
    "規則的動作不是認得的值；請確認匯出的內容，或回報這個版本的設定",
    "the action of the rule is none that is known; check the export, or report this version's configuration",
)
_BAD_ID = Text(
    "規則編號應為數字；這不是已儲存的設定會有的內容，請重新匯出",
    "the number of a rule should be a number; a saved configuration holds nothing else, export it again",
)


def _recognise(head: Head) -> Match | None:
    lines = head_lines(head)
    if any(_VERSION.match(line) for line in lines[:20]):
        return Match(95, "the first line of a FortiOS configuration (#config-version)")
    words = [line.split() for line in lines if line.strip()]
    if not any(_CONFIG.match(line) for line in lines):
        return None
    ours = sum(1 for word in words if word[0] in ("config", "edit", "set", "next", "end", "unset", "append", "rename"))
    return Match(85, "config, edit, set and end as FortiOS writes them") if ours >= 0.6 * len(words) else None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    config = gathered(stream)
    found = tree(config.readable)
    device = device_of(_hostname(found) or found.prompt, context)
    yield from accounted(config, _fates(found, device))


def _hostname(found: Tree) -> str | None:
    return next((entry.first("hostname") for entry in found.entries if entry.table == "system global"), None)


def _fates(found: Tree, device: str) -> dict[int, Unit]:
    shared = gathered_objects(entry for entry in found.entries if not entry.vdom)
    scopes = {
        vdom: Scope(
            device, gathered_objects((one for one in found.entries if one.vdom == vdom), shared) if vdom else shared
        )
        for vdom in dict.fromkeys(entry.vdom for entry in found.entries)
    }
    fates: dict[int, Unit] = {}
    places: dict[tuple[str, str], int] = {}
    for entry in found.entries:
        is_rule = entry.table in _POLICIES and bool(entry.name)
        if is_rule or entry.table in OBJECT_TABLES:
            fates |= {line: Skip(line, PART if is_rule else OBJECT) for line in entry.lines}
        published = entry.table in _PUBLISHED and bool(entry.name)
        if is_rule or published:
            table = (entry.vdom, entry.table)
            places[table] = places.get(table, 0) + 1
            scope, position, place = scopes[entry.vdom], places[table], entry.lines[0]
            made = Records(place, (translation(entry, position, scope).row(),)) if published else None
            fates[place] = made or _fate(entry, position, scope)
    for scope in scopes.values():
        for place, (name, column, value) in scope.objects.faults.items():
            fates[place] = Reject(place, BAD_OBJECT.fill(name=name[:80]), column, value[:200] or None, tables=(RULES,))
    for place, (why, text, within) in found.faults.items():
        if not within or within.split(" / ")[0] in {*_POLICIES, *OBJECT_TABLES}:
            fates[place] = Reject(place, why, None, text or None, tables=(RULES,))
    return fates


def _fate(entry: Entry, position: int, scope: Scope) -> Records | Reject:
    place = entry.lines[0]
    if not (entry.name.isascii() and entry.name.isdigit()):
        return Reject(place, _BAD_ID, "rule", entry.name[:80], tables=(RULES,))
    action = _ACTIONS.get(entry.first("action", _POLICIES[entry.table]))
    if action is None:
        return Reject(place, _BAD_ACTION, "action", entry.first("action")[:80], tables=(RULES,))
    return Records(place, (rule(entry, position, scope, action).row(),))


def _places(config: ConfigText, place: int) -> Iterator[int]:
    found = tree(config.readable)
    for entry in found.entries:
        if entry.table == "system global" and "hostname" in entry.set_at:
            yield entry.set_at["hostname"]
    for entry in found.entries:
        if entry.lines and entry.lines[0] == place:
            yield from entry.lines


reader = RecordReader(
    name="fortios_config",
    title=Text("FortiGate 設定檔中的規則", "rules of a FortiGate configuration"),
    version=1,
    tables=(RULES, TRANSLATIONS),
    recognise=_recognise,
    read=_read,
    settings=(DEVICE,),
    excerpt=lines_excerpt(_places),
)
