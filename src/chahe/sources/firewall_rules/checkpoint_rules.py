"""Check Point's access rules made rows. No reader of its own."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chahe.sources.firewall_rules.checkpoint_objects import APPLICATIONS, Objects, day_of, sequence, times
from chahe.sources.firewall_rules.network_sets import EVERY, named, without
from chahe.sources.firewall_rules.rule_rows import Rule


def rule_of(rule: Mapping[str, Any], layer: str, objects: Objects, action: str, device: str) -> Rule:
    """An access rule of a layer, for one gateway."""
    number = rule.get("rule-number")
    span, schedule = times(objects, rule.get("time"))
    hits, meta = _dict(rule, "hits"), _dict(rule, "meta-info")
    inner = rule.get("inline-layer")
    zones = {side: _of_kind(objects, rule.get(side), "security-zone") for side in ("source", "destination")}
    fields = [str(text) for text in _dict(rule, "custom-fields").values() if text]
    return Rule(
        device=device,
        policy=layer,
        position=number if isinstance(number, int) else 0,
        rule=str(number if number is not None else rule.get("uid")),
        rule_name=str(rule["name"]) if rule.get("name") else None,
        rule_uid=str(rule["uid"]) if rule.get("uid") else None,
        enabled=rule.get("enabled") is not False,
        action=action,
        goes_to=(objects.names(inner) or ("?",))[0] if action == "continue" else None,
        source_zone=zones["source"] or ("any",),
        destination_zone=zones["destination"] or ("any",),
        source=_written(objects, rule, "source"),
        destination=_written(objects, rule, "destination"),
        service=_written(objects, rule, "service"),
        source_addresses=_addresses(objects, rule, "source"),
        destination_addresses=_addresses(objects, rule, "destination"),
        mapped_addresses=tuple(
            word for uid in objects.uids(rule.get("destination")) for word in objects.mapped.get(uid, ())
        ),
        services=_services(objects, rule),
        applications=_of_kind(objects, rule.get("service"), *APPLICATIONS),
        users=_of_kind(objects, rule.get("source"), "access-role"),
        conditions=tuple(_conditions(objects, rule, schedule if span.narrows else ())),
        schedule=", ".join(schedule) or None,
        starts_on=span.starts,
        expires_on=span.ends,
        logged=_logged(objects, rule),
        hit_count=hits["value"] if isinstance(hits.get("value"), int) else None,
        last_hit_on=day_of(hits.get("last-date")),
        comment=str(rule["comments"]) if rule.get("comments") else None,
        tags=(*objects.names(rule.get("tags")), *fields),
        created_on=day_of(meta.get("creation-time")),
        changed_on=day_of(meta.get("last-modify-time")),
        changed_by=str(meta["last-modifier"]) if meta.get("last-modifier") else None,
    )


def _dict(rule: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = rule.get(key)
    return found if isinstance(found, Mapping) else {}


def _of_kind(objects: Objects, references: object, *kinds: str) -> tuple[str, ...]:
    things = (objects.thing(one) for one in sequence(references))
    return tuple(str(thing.get("name")) for thing in things if thing.get("type") in kinds)


def _written(objects: Objects, rule: Mapping[str, Any], side: str) -> tuple[str, ...]:
    names = objects.names(rule.get(side))
    return tuple(f"!{name}" for name in names) if rule.get(f"{side}-negate") is True else names


def _addresses(objects: Objects, rule: Mapping[str, Any], side: str) -> tuple[str, ...]:
    words = _named_words(objects, objects.addresses.expand(objects.uids(rule.get(side))))
    return without(EVERY, words) if rule.get(f"{side}-negate") is True and words else words


def _services(objects: Objects, rule: Mapping[str, Any]) -> tuple[str, ...]:
    words = _named_words(objects, objects.services.expand(objects.uids(rule.get("service"))))
    return tuple(named("except", word) for word in words) if rule.get("service-negate") is True else words


def _named_words(objects: Objects, words: tuple[str, ...]) -> tuple[str, ...]:
    """What could not be expanded is shown by its name rather than its identifier, where that is known."""
    found = []
    for word in words:
        kind, _, uid = word.partition(":")
        known = objects.by_uid.get(uid) if kind == "unknown" else None
        found.append(named("unknown", str(known.get("name"))) if known is not None else word)
    return tuple(dict.fromkeys(found))


def _conditions(objects: Objects, rule: Mapping[str, Any], schedule: tuple[str, ...]) -> Iterator[str]:
    for key in ("vpn", "content"):
        if rule.get(key) is not None and not objects.is_any(rule[key]):
            negated = "not " if rule.get(f"{key}-negate") is True else ""
            yield f"{key} {negated}{' '.join(objects.names(rule[key]))}"
    if schedule:
        yield f"time {' '.join(schedule)}"


def _logged(objects: Objects, rule: Mapping[str, Any]) -> bool | None:
    track = rule.get("track")
    kind = track.get("type") if isinstance(track, Mapping) and not track.get("name") else track
    if kind is None:
        return None
    name = str(objects.thing(kind).get("name"))
    return None if re.fullmatch(r"[0-9a-f-]{36}", name) else name != "None"
