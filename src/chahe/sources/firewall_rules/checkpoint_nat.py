"""Check Point's NAT rules as `show nat-rulebase` answers them. No reader of its own.

{"type": "nat-rule", "rule-number": 1, "method": "static", "enabled": true, "auto-generated": false,
 "original-source": "97ae…", "translated-source": "85c0…", "original-destination": "c1…", "translated-destination": "c2…",
 "original-service": "97ae…", "translated-service": "85c0…", "install-on": ["6c48…"]}
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from chahe.sources.firewall_rules.checkpoint_objects import Objects
from chahe.sources.firewall_rules.network_sets import every, named
from chahe.sources.firewall_rules.service_sets import ANY
from chahe.sources.firewall_rules.translation_rows import Translation

ORIGINAL: Final = "85c0f50f-6d8a-4528-88ab-5fb11d8fe16c"
"""The object that stands for `as it was`."""


def translations(rule: Mapping[str, Any], objects: Objects, device: str) -> Iterator[Translation]:
    """What a NAT rule translates: the destination, the source, or both (a row each)."""
    number = rule.get("rule-number")
    position = number if isinstance(number, int) else 0
    name = str(number if number is not None else rule.get("uid"))
    sources = _words(rule, "original-source", objects)
    comment = str(rule["comments"]) if rule.get("comments") else None
    if not _original(rule, "translated-destination", objects):
        inside = _services(rule, "translated-service", objects)
        yield Translation(
            device=device,
            policy="NAT",
            position=position,
            rule=name,
            kind="publish",
            enabled=rule.get("enabled") is not False,
            outside_addresses=_words(rule, "original-destination", objects),
            outside_services=_services(rule, "original-service", objects),
            inside_addresses=_words(rule, "translated-destination", objects),
            inside_services=inside,
            from_addresses=() if every(sources) is True else sources,
            comment=comment,
        )
    if not _original(rule, "translated-source", objects):
        outside = _words(rule, "translated-source", objects)
        # Hidden behind the gateway itself, the export names the hidden object again.
        behind = rule.get("method") == "hide" and outside == sources
        yield Translation(
            device=device,
            policy="NAT",
            position=position,
            rule=name,
            kind="static" if rule.get("method") == "static" else "hide",
            enabled=rule.get("enabled") is not False,
            outside_addresses=(named("interface", "gateway"),) if behind else outside,
            inside_addresses=sources,
            comment=comment,
        )


def _original(rule: Mapping[str, Any], key: str, objects: Objects) -> bool:
    reference = rule.get(key)
    if reference is None or reference == ORIGINAL:
        return True
    thing = objects.thing(reference)
    return thing.get("uid") == ORIGINAL or thing.get("name") == "Original"


def _words(rule: Mapping[str, Any], key: str, objects: Objects) -> tuple[str, ...]:
    return objects.addresses.expand(objects.uids(rule.get(key)))


def _services(rule: Mapping[str, Any], key: str, objects: Objects) -> tuple[str, ...]:
    if _original(rule, key, objects):
        return ()
    words = objects.services.expand(objects.uids(rule.get(key)))
    return () if words == (ANY,) else words
