"""PAN-OS' `show running security-policy`: the rules the data plane enforces, already expanded. No reader of its own.

admin@pa-tpe-1> show running security-policy
"settlement to orders; index: 1" {
        from lan;
        source [ 10.20.0.0/16 10.21.0.9 ];
        source-region none;
        to dmz;
        destination 10.30.1.4-10.30.1.9;
        destination-region none;
        user any;
        category any;
        application/service [ 0:any/tcp/any/443 1:ssl/tcp/any/8443 ];
        action allow;
        icmp-unreachable: no
        terminal yes;
}
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from chahe.sources.firewall_rules.config_text import ConfigText
from chahe.sources.firewall_rules.network_sets import EVERY, address_word, named
from chahe.sources.firewall_rules.rule_rows import PART, RULES, Rule
from chahe.sources.firewall_rules.service_sets import ANY, icmp, ports, protocol, service
from chahe.sources.firewall_rules.translation_rows import Translation
from chahe.sources.model import Records, Reject, Skip, Unit
from chahe.wording import Text

_BEGIN = re.compile(r'(?:"([^"]*)"|([^\s"{}]+)) \{\s*')
_FIELD = re.compile(r"\s+([\w/-]+):? +(.*?);?\s*")
_OURS = re.compile(r"\s+(?:application/service |nat-type )")
_INDEX = re.compile(r"; index: (\d+)$")
_DST = re.compile(r"dst: ([0-9a-fA-F.:/-]+)")
_SRC = re.compile(r"src: ([0-9a-fA-F.:/-]+)")
_ACTIONS: Final = {
    "allow": "allow",
    "deny": "deny",
    "drop": "deny",
    "reset-client": "deny",
    "reset-server": "deny",
    "reset-both": "deny",
}
BAD_LINE = Text(
    "這一行不是 show running security-policy 會有的內容；請重新擷取完整的輸出",
    "this line is none of `show running security-policy`; take the whole output again",
)


@dataclass(slots=True)
class _Shown:
    name: str
    places: list[int]
    fields: dict[str, list[str]] = field(default_factory=dict)
    torn: list[tuple[int, str]] = field(default_factory=list)


def looks_so(lines: list[str]) -> bool:
    """Do the lines hold rules as this command prints them?"""
    return any(_BEGIN.fullmatch(line) for line in lines) and any(_OURS.match(line) for line in lines)


def _shown(config: ConfigText) -> Iterator[_Shown]:
    held: _Shown | None = None
    for place, text in config.readable:
        begin = _BEGIN.fullmatch(text) if held is None else None
        if begin is not None:
            held = _Shown(begin[1] or begin[2] or "", [place])
        elif held is not None:
            held.places.append(place)
            found = _FIELD.fullmatch(text)
            if text.strip() == "}":
                yield held
                held = None
            elif found is not None:
                held.fields[found[1]] = found[2].strip("[] ").split()
            elif text.strip():
                held.torn.append((place, text.strip()))
    if held is not None:
        held.torn.append((held.places[0], held.name))
        yield held


def fates(config: ConfigText, device: str) -> dict[int, Unit]:
    """What becomes of each line."""
    found: dict[int, Unit] = {}
    position = 0
    for shown in _shown(config):
        found |= {place: Skip(place, PART) for place in shown.places}
        place = shown.places[0]
        position += 1
        for line, text in shown.torn:
            found[line] = Reject(line, BAD_LINE, None, text[:200], tables=(RULES,))
        if "nat-type" in shown.fields:
            found[place] = Records(place, (_translation(shown, position, device).row(),))
            continue
        action = (shown.fields.get("action") or [""])[0]
        if action not in _ACTIONS:
            found[place] = Reject(place, BAD_LINE, "action", action[:80] or None, tables=(RULES,))
        elif not isinstance(found[place], Reject):
            found[place] = Records(place, (_rule(shown, position, device).row(),))
    return found


def places(config: ConfigText, place: int) -> Iterator[int]:
    """The lines of the rule at a place."""
    for shown in _shown(config):
        if shown.places[0] == place:
            yield from shown.places


def _rule(shown: _Shown, position: int, device: str) -> Rule:
    fields = shown.fields
    quads = [
        text.partition(":")[2] if re.match(r"\d+:", text) else text for text in fields.get("application/service", ())
    ]
    name = _INDEX.sub("", shown.name)
    index = _INDEX.search(shown.name)
    return Rule(
        device=device,
        policy="running",
        position=int(index[1]) if index else position,
        rule=name,
        action=_ACTIONS[fields["action"][0]],
        source_zone=tuple(fields.get("from", ())),
        destination_zone=tuple(fields.get("to", ())),
        source=_names(fields, "source"),
        destination=_names(fields, "destination"),
        service=tuple(fields.get("application/service", ())),
        source_addresses=_words(_names(fields, "source")),
        destination_addresses=_words(_names(fields, "destination")),
        services=tuple(dict.fromkeys(_service(quad) for quad in quads)),
        applications=tuple(dict.fromkeys(quad.partition("/")[0] for quad in quads)),
        users=tuple(user for user in fields.get("user", ()) if user != "any"),
        conditions=tuple(_conditions(fields)),
    )


def _translation(shown: _Shown, position: int, device: str) -> Translation:
    """A rule of `show running nat-policy`; which of source and destination it translates stands in one text."""
    fields = shown.fields
    said = " ".join(fields.get("translate-to", ())).strip('"')
    destination, source = _DST.search(said), _SRC.search(said)
    index = _INDEX.search(shown.name)
    sources = _words(tuple(fields.get("source", ())))
    inside = destination[1] if destination else ""
    service_words = [_nat_service(text) for text in fields.get("service", ())]
    return Translation(
        device=device,
        policy="running/nat",
        position=int(index[1]) if index else position,
        rule=_INDEX.sub("", shown.name),
        kind="publish" if destination else "hide",
        outside_zone=tuple(fields.get("from" if destination else "to", ())),
        inside_zone=tuple(fields.get("to" if destination else "from", ())),
        outside_addresses=_words(tuple(fields.get("destination", ())))
        if destination
        else _words((source[1],) if source else ("?",)),
        outside_services=tuple(dict.fromkeys(service_words)) if destination else (),
        inside_addresses=_words((_host(inside),)) if destination else sources,
        inside_services=_ported(service_words, inside) if destination else (),
        from_addresses=() if not destination or sources == EVERY else sources,
    )


def _host(text: str) -> str:
    """`10.30.2.20:8443` without its port; an IPv6 address has more colons than one."""
    return text.partition(":")[0] if text.count(":") == 1 else text


def _ported(words: list[str], text: str) -> tuple[str, ...]:
    port = text.partition(":")[2] if text.count(":") == 1 else ""
    transports = dict.fromkeys(word.partition("/")[0] for word in words if word.startswith(("tcp", "udp", "sctp")))
    return tuple(service(transport, port) for transport in transports) if port.isdigit() else ()


def _nat_service(text: str) -> str:
    """`0:tcp/any/443`: protocol, source port, destination port."""
    parts = text.partition(":")[2].split("/")
    return _service("/".join(("any", *parts))) if len(parts) == 3 else named("unknown", text)


def _names(fields: dict[str, list[str]], side: str) -> tuple[str, ...]:
    regions = [name for name in fields.get(f"{side}-region", ()) if name not in ("none", "any")]
    return (*fields.get(side, ()), *regions)


def _words(names: tuple[str, ...]) -> tuple[str, ...]:
    words: list[str] = []
    for name in names:
        word = address_word(name)
        region = re.fullmatch(r"[A-Z]{2}", name)
        words += EVERY if name == "any" else [word or named("geo" if region else "unknown", name)]
    return tuple(dict.fromkeys(words))


def _service(quad: str) -> str:
    """`application/protocol/source port/destination port`."""
    parts = quad.split("/")
    if len(parts) != 4:
        return named("unknown", quad)
    _, transport, here, there = parts
    found = protocol(transport)
    if found is None:
        return named("unknown", quad)
    if found == ANY or found in ("icmp", "icmp6"):
        return found if found == ANY else (icmp(None, None, 4 if found == "icmp" else 6) or found)
    ends = ["" if text == "any" else ports(text) for text in (there, here)]
    return named("unknown", quad) if None in ends else service(found, ends[0] or "", ends[1] or "")


def _conditions(fields: dict[str, list[str]]) -> Iterator[str]:
    for key in ("category", "source-device", "destinataion-device", "destination-device"):
        names = [name for name in fields.get(key, ()) if name != "any"]
        if names:
            yield f"{key} {' '.join(names)}"
    if fields.get("type", ["universal"])[0] != "universal":
        yield f"rule-type {fields['type'][0]}"
