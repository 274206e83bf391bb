r"""Check Point rule bases: what `mgmt_cli show access-rulebase … --format json`, or the Management API, answers.

    {"uid": "9f0e…", "name": "Network", "from": 1, "to": 2, "total": 2,
     "rulebase": [
      {"type": "access-section", "name": "Orders", "from": 1, "to": 1, "rulebase": [
       {"type": "access-rule", "uid": "76fd…", "rule-number": 1, "name": "settlement to orders", "enabled": true,
        "source": ["c1…"], "destination": ["c2…"], "service": ["c3…"], "action": "6c488338-8eec-4103-ad21-cd461ac2c472",
        "track": {"type": "598ead32-aa42-4615-90ed-f51a5928d41d"}, "time": ["97aeb369-9aea-11d5-bd16-0090272ccb30"],
        "hits": {"value": 1204, "last-date": {"iso-8601": "2026-11-19T17:02+0800"}}, "install-on": ["c4…"],
        "meta-info": {"last-modify-time": {"iso-8601": "2026-10-01T09:00+0800"}, "last-modifier": "keeper"}}]}],
     "objects-dictionary": [{"uid": "c1…", "name": "settlement", "type": "network", "subnet4": "10.20.0.0", "mask-length4": 16}]}

One answer, or a list of them (pages, layers). Each rule, section and object is one unit. `policy` is the layer; a rule installed on
named gateways gives a row for each. Groups are expanded as far as the export holds their members: ask with `details-level full`,
`use-object-dictionary true`, `dereference-group-members true`, `show-hits true`. An inner layer is `continue`, with `goes_to`. An object
with static translation of its own has both addresses, and `mapped_addresses` the real one. The answer of `show nat-rulebase` gives rows of `address_translations`. Pages that are missing end the file as
unreadable. A gateway's own configuration (Gaia `show configuration`) holds no rules and is refused with that reason.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from chahe.sources.firewall_rules.checkpoint_nat import translations
from chahe.sources.firewall_rules.checkpoint_objects import Objects, sequence
from chahe.sources.firewall_rules.checkpoint_rules import rule_of
from chahe.sources.firewall_rules.config_text import device_of
from chahe.sources.firewall_rules.rule_rows import DEVICE, NO_POLICY, OBJECT, RULES
from chahe.sources.firewall_rules.translation_rows import TRANSLATIONS
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Skip, Unit, Unreadable
from chahe.sources.reading.peeked import peeked
from chahe.sources.reading.text_lines import head_lines
from chahe.sources.reading.xml_stream import NO_SUCH_RECORD
from chahe.wording import Text

_ACTIONS: Final = {
    "accept": "allow", "ask": "allow", "inform": "allow", "client auth": "allow", "user auth": "allow", "drop": "deny",
    "reject": "deny", "block": "deny", "inner layer": "continue", "apply layer": "continue",
}  # fmt: skip
_RULE_TYPES: Final = ("access-rule", "access-section", "place-holder", "nat-rule", "nat-section")
_API = re.compile(r'"(?:rulebase|objects-dictionary)"\s*:|"type"\s*:\s*"access-(?:rule|section)"')
_OURS = re.compile(r'"(?:domain-type|meta-info)"\s*:')
_GAIA = re.compile(
    r"set (?:interface \S+ (?:state|ipv4-address|link-speed)|installer policy|static-route \S+ nexthop|message banner|core-dump)\b|add bonding group "
)

_SECTION = Text("規則的分段標題", "the title of a section of rules")
_NO_TRANSLATION = Text(
    "不改變位址的轉譯規則（例外）", "a translation rule that leaves addresses as they are: an exception"
)
_TOO_DEEP = Text(
    "JSON 的巢狀過深，不是管理伺服器的輸出；請重新匯出",
    "the JSON is nested too deeply to be an answer of a management server; export it again",
)
_BROKEN = Text(
    "JSON 在第 {line} 行第 {column} 欄中斷或不合語法，整份都沒有讀到；請重新匯出完整的檔案",
    "the JSON breaks off or is malformed at line {line}, column {column}, and nothing of it was read; export the whole file again",
)
_ENCODING = Text(
    "檔案不是 UTF-8，讀不懂；請重新匯出為 UTF-8 的 JSON", "the file is not UTF-8; export the JSON again as UTF-8"
)
_PAGES = Text(
    "規則層「{layer}」共 {total} 條規則，檔案只有 {held} 條，缺少其他頁；請以 limit 與 offset 匯出全部，放在同一份清單",
    "layer {layer!r} has {total} rules and the file holds {held}: pages are missing; export all of them with limit and offset into one list",
)
_NOT_A_RULE = Text(
    "這條規則缺少動作或不是認得的種類；請以 details-level standard 以上重新匯出",
    "the rule has no action, or is of no known kind; export again with details-level standard or fuller",
)
_GATEWAY = Text(
    "這是閘道器的系統設定（Gaia），安全規則不在裡面；請在管理伺服器以 mgmt_cli show access-rulebase … --format json 匯出",
    "this is a gateway's system configuration (Gaia), which holds no security rules; export them on the management server with `mgmt_cli show access-rulebase … --format json`",
)
_OBJECTS_ONLY = Text(
    "檔案裡只有物件，沒有規則；請匯出 show access-rulebase 的結果（含 objects-dictionary）",
    "the file holds objects only and no rules; export the answer of `show access-rulebase` with its objects-dictionary",
)


def _recognise(head: Head) -> Match | None:
    text = head.text.lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "["):
        if _API.search(text) and '"uid"' in text:
            return Match(90, "an access rule base of the Check Point Management API")
        return (
            Match(70, "objects of the Check Point Management API") if _OURS.search(text) and '"uid"' in text else None
        )
    lines = [line for line in head_lines(head) if line.strip() and not line.startswith("#")]
    if sum(1 for line in lines if _GAIA.match(line)) >= 1 and all(
        re.match(r"(?:set|add|delete|lock) ", line) for line in lines
    ):
        return Match(75, "a gateway's configuration as Gaia shows it")
    return None


@dataclass(frozen=True, slots=True)
class _Listed:
    """A rule, section or object with its layer."""

    kind: str
    layer: str
    thing: Mapping[str, Any]


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    answers = _answers(stream)
    objects = _objects(answers)
    place = rules = 0
    for place, one in enumerate(_listed(answers), 1):
        if one.kind == "object":
            yield Skip(place, OBJECT)
        elif one.kind == "nat-rule":
            rules += 1
            yield _nat_fate(place, one.thing, objects, context)
        elif one.kind != "access-rule":
            yield Skip(place, _SECTION)
        else:
            rules += 1
            yield _fate(place, one, objects, context)
    if rules == 0:
        raise Unreadable(_OBJECTS_ONLY if place else NO_POLICY, place=place + 1, tables=(RULES,))
    _complete(answers, place)


def _answers(stream: BinaryIO) -> list[Mapping[str, Any]]:
    """The answers in the file; Unreadable where it is no JSON, or a gateway's configuration."""
    start, whole = peeked(stream)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"["):
        raise Unreadable(_GATEWAY, place=1, tables=(RULES,))
    try:
        found = json.loads(whole.read().decode("utf-8-sig"))
        # Half a character, written as an escape, is none: no table could hold it.
        found = json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    except UnicodeDecodeError as error:
        raise Unreadable(_ENCODING, place=1, tables=(RULES,)) from error
    except json.JSONDecodeError as error:
        raise Unreadable(_BROKEN.fill(line=error.lineno, column=error.colno), place=1, tables=(RULES,)) from error
    except (RecursionError, ValueError) as error:  # Too deep, or a number of thousands of digits.
        raise Unreadable(_TOO_DEEP, place=1, tables=(RULES,)) from error
    answers = [one for one in sequence(found) if isinstance(one, Mapping)]
    # The package tool writes the rules themselves, without an answer around them.
    bare = [one for one in answers if one.get("type") in _RULE_TYPES]
    others = [one for one in answers if one.get("type") not in _RULE_TYPES]
    return [*others, {"name": "rulebase", "rulebase": bare}] if bare else others


def _objects(answers: list[Mapping[str, Any]]) -> Objects:
    objects = Objects()
    for uid, thing in list(objects.by_uid.items()):
        objects.add({**thing, "uid": uid})
    for answer in answers:
        for thing in (*sequence(answer.get("objects-dictionary")), *sequence(answer.get("objects"))):
            if isinstance(thing, Mapping):
                objects.add(thing)
    return objects


def _listed(answers: list[Mapping[str, Any]]) -> Iterator[_Listed]:
    """Rules and sections in their order, and the objects of each answer behind them."""
    for answer in answers:
        layer = str(answer.get("name") or "rulebase")
        for thing in sequence(answer.get("rulebase")):
            yield from _rules(layer, thing)
        for thing in (*sequence(answer.get("objects-dictionary")), *sequence(answer.get("objects"))):
            yield _Listed("object", layer, thing if isinstance(thing, Mapping) else {})


def _rules(layer: str, thing: object) -> Iterator[_Listed]:
    """A rule, or a section and the rules in it. Anything else is given as a rule: it is no less than one that is not understood."""
    if not isinstance(thing, Mapping):
        yield _Listed("access-rule", layer, {})
        return
    kind = str(thing.get("type"))
    inside = thing.get("rulebase")
    sections = ("access-section", "nat-section", "place-holder")
    yield _Listed(kind if kind in (*sections, "nat-rule") else "access-rule", layer, thing)
    for below in sequence(inside):
        # Sections hold rules only: what claims to be a section in one is not gone into.
        inner = isinstance(below, Mapping) and "rulebase" in below
        yield from [_Listed("access-rule", layer, {})] if inner else _rules(layer, below)


def _fate(place: int, one: _Listed, objects: Objects, context: Context) -> Unit:
    rule = one.thing
    if rule.get("type") != "access-rule" or rule.get("action") is None:
        return Reject(place, _NOT_A_RULE, "rule", str(rule.get("rule-number", rule.get("type")))[:80], tables=(RULES,))
    written = str(objects.thing(rule["action"]).get("name"))
    action = _ACTIONS.get(written.lower())
    if action is None:
        return Reject(place, _NOT_A_RULE, "action", written[:80], tables=(RULES,))
    rows = [
        rule_of(rule, one.layer, objects, action, device)
        for device in _gateways(objects, rule) or [device_of(None, context)]
    ]
    return Records(place, tuple(row.row() for row in rows))


def _nat_fate(place: int, rule: Mapping[str, Any], objects: Objects, context: Context) -> Unit:
    named_ones = _gateways(objects, rule)
    made = [row for device in named_ones or [device_of(None, context)] for row in translations(rule, objects, device)]
    return Records(place, tuple(one.row() for one in made)) if made else Skip(place, _NO_TRANSLATION)


def _gateways(objects: Objects, rule: Mapping[str, Any]) -> list[str]:
    return [name for name in objects.names(rule.get("install-on")) if name not in ("Policy Targets", "Any", "?")]


def _complete(answers: list[Mapping[str, Any]], place: int) -> None:
    """Raises Unreadable where an answer says that there are more rules than the file holds."""
    held: dict[str, int] = {}
    totals: dict[str, int] = {}
    for answer in answers:
        layer = str(answer.get("name") or "rulebase")
        listed = [one for thing in sequence(answer.get("rulebase")) for one in _rules(layer, thing)]
        rules = [one for one in listed if one.kind in ("access-rule", "nat-rule")]
        held[layer] = held.get(layer, 0) + len(rules)
        if isinstance(answer.get("total"), int):
            totals[layer] = max(totals.get(layer, 0), answer["total"])
    for layer, total in totals.items():
        if held[layer] < total:
            raise Unreadable(
                _PAGES.fill(layer=layer[:80], total=total, held=held[layer]), place=place + 1, tables=(RULES,)
            )


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    answers = _answers(stream)
    objects = _objects(answers)
    for number, one in enumerate(_listed(answers), 1):
        if number == place:
            names = {
                key: objects.names(one.thing.get(key))
                for key in ("source", "destination", "service", "action", "install-on")
            }
            # The rule as it was written names identifiers only; what they stand for is said behind it.
            spelled = json.dumps({key: list(value) for key, value in names.items() if value}, ensure_ascii=False)
            return f"{json.dumps(one.thing, ensure_ascii=False, indent=1)}\n{spelled}"
    raise Unreadable(NO_SUCH_RECORD.fill(place=place), place=place)


reader = RecordReader(
    name="checkpoint_rulebase",
    title=Text("Check Point 規則（Management API 的 JSON）", "Check Point rules (JSON of the Management API)"),
    version=1,
    tables=(RULES, TRANSLATIONS),
    recognise=_recognise,
    read=_read,
    settings=(DEVICE,),
    excerpt=_excerpt,
)
