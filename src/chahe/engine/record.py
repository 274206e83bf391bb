"""An audit as it is kept: everything a screen, a report or an examiner needs, in one canonical JSON document."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from chahe.engine.message import number
from chahe.engine.outcome import Outcome
from chahe.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    """One exception. Values of `row` are JSON's own: days in ISO form, moments in µs UTC, decimals as text."""

    finding: str
    row: Mapping[str, object]
    message: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRecord:
    """A parameter as it was used, and what the rule's own value is."""

    name: str
    value: int | tuple[str, ...]
    rule_value: int | tuple[str, ...]
    unit: Text
    why: Text
    sureness: Text
    unconfirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecord:
    """A citation, with the version in force on the as-of day (None: the rule was not in force)."""

    rule: Text
    article: str | None
    since: str | None
    sureness: Text | None
    cited_as: str
    says: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AssuranceRecord:
    """What the control's cases do to mutants of its SQL."""

    mutants: int
    killed: int
    equivalent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryRecord:
    """Breaches planted beside the audited evidence, in memory: how many, and from which case."""

    planted: int
    case: str
    missed: tuple[str, ...]
    """The keys of those that did not come out, or the words of the engine on which the queries broke."""
    changed: tuple[str, ...] = ()
    """The findings that were gone, new or otherwise while the planted rows stood beside the firm's."""
    unplanted: Text | None = None
    """Why none could be planted."""

    @property
    def failed(self) -> bool:
        return bool(self.missed or self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRecord:
    """One control's result."""

    control: str
    chapter: str
    digest: str
    """Of the control's definition."""
    title: Text
    severity: str
    outcome: Outcome
    reasons: tuple[Text, ...]
    frame: Text
    population: int
    examined: int
    excluded: tuple[tuple[Text, int], ...]
    margin: str | None
    parameters: tuple[ParameterRecord, ...]
    rules: tuple[RuleRecord, ...]
    findings: tuple[FindingRecord, ...]
    undetermined: tuple[Mapping[str, object], ...]
    blind_spots: tuple[Text, ...]
    remedy: Text
    queries: Mapping[str, str] = field(default_factory=dict)
    """The SQL that ran, in DuckDB's dialect, with everything bound."""
    loads: tuple[str, ...] = ()
    """The loads whose rows the control could see."""
    assurance: AssuranceRecord | None = None
    """None: not measured for the control as it stands."""
    canary: CanaryRecord | None = None
    """None: none was planted in this audit."""
    headings: Mapping[str, Text] = field(default_factory=dict)
    """By column of the findings' rows, what it is called."""
    words: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    """By column, what the codes in the findings' rows are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadRecord:
    """A file of the sources that gave nothing: no result speaks of what it holds."""

    source: str
    path: str
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRecord:
    """A written name that was taken for another, or (several meanings, no rule) could not be told."""

    naming: str
    """`host` or `account`."""
    written: str
    means: tuple[str, ...]
    rule: str
    """declared, fqdn, address, serial, domain or sid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRecord:
    """Whose something is that a finding names, as the record `row` of a list says; roles are those of `controls.linked.Role`."""

    role: str
    value: str
    owner_role: str
    owner: str
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """One run of the catalogue. `digest` covers everything but the engine it ran on and the digest itself."""

    chahe: str
    firm: str
    as_of: str
    begin: str
    until: str
    checkpoint: str
    engine: str
    results: tuple[ResultRecord, ...]
    unread: tuple[UnreadRecord, ...] = ()
    """In order of path."""
    names: tuple[NameRecord, ...] = ()
    owners: tuple[OwnerRecord, ...] = ()
    """Of the accounts and speakers that findings name, those whose owner is known."""
    digest: str = ""

    @property
    def failed(self) -> bool:
        """Did any control break?"""
        return any(result.outcome is Outcome.ERROR for result in self.results)

    @property
    def canaries_failed(self) -> bool:
        """Did a planted breach not come out, or a real finding change beside it?"""
        return any(result.canary is not None and result.canary.failed for result in self.results)

    def count(self, outcome: Outcome) -> int:
        return sum(result.outcome is outcome for result in self.results)

    def sealed(self) -> "AuditRecord":
        """The same record with its digest."""
        body = {name: value for name, value in _told(self).items() if name not in ("digest", "engine")}
        return replace(self, digest=sha256(canonical(body)).hexdigest())

    def to_json(self) -> bytes:
        return canonical(self)

    @classmethod
    def from_json(cls, data: bytes) -> "AuditRecord":
        raw = json.loads(data)
        raw["results"] = tuple(_result(result) for result in raw["results"])
        raw["unread"] = tuple(UnreadRecord(**{**one, "why": Text(*one["why"])}) for one in raw.get("unread", ()))
        raw["names"] = tuple(NameRecord(**{**one, "means": tuple(one["means"])}) for one in raw.get("names", ()))
        raw["owners"] = tuple(OwnerRecord(**one) for one in raw.get("owners", ()))
        return cls(**raw)


_PLAIN: Final = frozenset((str, int, bool, type(None)))


def plain_row(row: Mapping[str, object]) -> dict[str, object]:
    """A row that a query gave, in JSON's own values."""
    return {name: value if type(value) in _PLAIN else _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return number(value)
        case date():
            return value.isoformat()
        case _:
            return value


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spare blanks: the same value, the same bytes. Records are told by their fields, outcomes by their word.

    Raises TypeError for what JSON has no form for.
    """
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_told)
    return told.encode()


def _told(value: Any) -> Any:  # noqa: ANN401 - what json asks with, and takes
    """What JSON writes in place of a value it has no form for: one step, as it asks again for what is within."""
    if isinstance(value, Outcome):
        return value.value
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"JSON has no form for {value!r}")


def result_to_json(result: ResultRecord) -> bytes:
    return canonical(result)


def result_from_json(data: bytes) -> ResultRecord:
    """A result from its JSON form. KeyError or TypeError where it is not one."""
    return _result(json.loads(data))


def _result(raw: Mapping[str, Any]) -> ResultRecord:
    read = {
        "outcome": Outcome(raw["outcome"]),
        "title": Text(*raw["title"]),
        "frame": Text(*raw["frame"]),
        "remedy": Text(*raw["remedy"]),
        "reasons": tuple(Text(*text) for text in raw["reasons"]),
        "blind_spots": tuple(Text(*text) for text in raw["blind_spots"]),
        "excluded": tuple((Text(*text), count) for text, count in raw["excluded"]),
        "parameters": tuple(_parameter(entry) for entry in raw["parameters"]),
        "rules": tuple(_rule(entry) for entry in raw["rules"]),
        "findings": tuple(
            FindingRecord(finding=one["finding"], row=one["row"], message=Text(*one["message"]))
            for one in raw["findings"]
        ),
        "undetermined": tuple(raw["undetermined"]),
        "loads": tuple(raw["loads"]),
        "assurance": AssuranceRecord(**raw["assurance"]) if raw.get("assurance") else None,
        "canary": _canary(raw["canary"]) if raw.get("canary") else None,
        "headings": {name: Text(*text) for name, text in raw.get("headings", {}).items()},
        "words": {
            name: {code: Text(*text) for code, text in codes.items()} for name, codes in raw.get("words", {}).items()
        },
    }
    return ResultRecord(**{**raw, **read})


def _canary(entry: Mapping[str, Any]) -> CanaryRecord:
    listed = {name: tuple(entry[name]) for name in ("missed", "changed")}
    unplanted = Text(*entry["unplanted"]) if entry["unplanted"] else None
    return CanaryRecord(**{**entry, **listed, "unplanted": unplanted})


def _parameter(entry: Mapping[str, Any]) -> ParameterRecord:
    values = {
        name: tuple(value) if isinstance(value := entry[name], list) else value for name in ("value", "rule_value")
    }
    texts = {name: Text(*entry[name]) for name in ("unit", "why", "sureness")}
    return ParameterRecord(**{**entry, **values, **texts})


def _rule(entry: Mapping[str, Any]) -> RuleRecord:
    sureness = Text(*entry["sureness"]) if entry["sureness"] else None
    return RuleRecord(**{**entry, "rule": Text(*entry["rule"]), "says": Text(*entry["says"]), "sureness": sureness})
