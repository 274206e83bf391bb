"""One run of the catalogue over what is loaded: a pure function of loads, controls, parameters, period and day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from chahe import __version__
from chahe.controls.catalogue import chapter_of
from chahe.controls.model import Control
from chahe.engine.binding import Span, binds, lists
from chahe.engine.canaries import Canaries
from chahe.engine.casebook import read_cases
from chahe.engine.compose import UnsoundSql, queries
from chahe.engine.engines import Engine
from chahe.engine.headings import headings, words
from chahe.engine.judge import Circumstances, judge
from chahe.engine.loads import identity
from chahe.engine.message import message
from chahe.engine.outcome import Outcome, Result
from chahe.engine.owners import owners
from chahe.engine.parameters import chosen, message_values
from chahe.engine.ready import Ready
from chahe.engine.record import (
    AssuranceRecord,
    AuditRecord,
    FindingRecord,
    NameRecord,
    ParameterRecord,
    ResultRecord,
    RuleRecord,
    UnreadRecord,
    canonical,
    plain_row,
    result_from_json,
    result_to_json,
)
from chahe.engine.scores import score_of
from chahe.engine.store import Store
from chahe.evidence.model import Table
from chahe.findings.identity import finding_id
from chahe.rules.citation import Citation
from chahe.rules.parameter import Parameter
from chahe.wording import Text
from chahe.workspace import Workspace

if TYPE_CHECKING:
    from chahe.engine.materials import Refusal  # which reads sources, databases among them

Progress = Callable[[Control, Outcome | None], None]
"""Called before a control runs (None) and after it, with its outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to audit."""

    workspace: Workspace
    store: Store
    controls: Sequence[Control]
    span: Span
    unread: Sequence["Refusal"] = ()
    """The files of the sources that were not read."""
    cache: Path | None = None
    """A folder for results by what they depend on; an interrupted audit goes on from it."""
    canaries: Mapping[str, Path] = field(default_factory=dict)
    """The cases of the controls whose breaches are planted beside the evidence, by control."""


def audit(engine: Engine, request: Request, progress: Progress) -> AuditRecord:
    """Run the controls in order. Controls that break are results with the outcome `error`; nothing is raised for them.

    Raises RefusedParameter for a parameter that chahe.toml sets looser than the rule, before anything runs.
    """
    workspace = request.workspace
    parameters = {control.id: chosen(control, workspace.parameters.get(control.id, {})) for control in request.controls}
    ready = Ready(engine, request.store, request.span, workspace.sources, request.unread)
    results = []
    with Canaries(engine, ready, request.span) as canaries:
        for control in request.controls:
            progress(control, None)
            record = _cached_or_run(engine, request, ready, control, parameters[control.id])
            progress(control, record.outcome)
            if record.examined and control.id in request.canaries:
                cases = read_cases(request.canaries[control.id])
                record = replace(record, canary=canaries.plant(control, cases, parameters[control.id], record))
            results.append(replace(record, assurance=_assurance(control)))
    every = ready.loads({need.table.name for control in request.controls for need in control.needs})
    checkpoint = identity([(load.load, load.object) for load in every])
    return AuditRecord(
        chahe=__version__,
        firm=workspace.name,
        as_of=request.span.as_of.isoformat(),
        begin=request.span.begin.isoformat(),
        until=request.span.until.isoformat(),
        checkpoint=checkpoint,
        engine=engine.name,
        results=tuple(results),
        owners=owners(engine, ready, request.controls, results),
        names=tuple(
            NameRecord(naming=naming, written=written, means=means, rule=rule)
            for naming, written, means, rule in ready.known().written()
        ),
        unread=tuple(
            UnreadRecord(source=one.source, path=one.path, why=one.why)
            for one in sorted(request.unread, key=lambda one: (one.path, one.source))
        ),
    ).sealed()


def _assurance(control: Control) -> AssuranceRecord | None:
    score = score_of(control)
    if score is None:
        return None
    return AssuranceRecord(mutants=score.mutants, killed=score.killed, equivalent=score.equivalent)


def _cached_or_run(
    engine: Engine, request: Request, ready: Ready, control: Control, parameters: Mapping[str, Parameter]
) -> ResultRecord:
    needed = [need.table.name for need in control.needs]
    loads = tuple(load.load for load in ready.loads(needed))
    facts = {
        name: value
        for name, value in request.workspace.facts.items()
        if control.applies and name == control.applies.name
    }
    span = request.span
    values = {name: parameter.value for name, parameter in parameters.items()}
    asked = (span.as_of, span.begin, span.until)
    key = identity(
        __version__,
        engine.name,
        digest(control),
        loads,
        ready.unread(needed),
        ready.known().written(),
        facts,
        values,
        *asked,
    )
    path = request.cache / f"{key}.json" if request.cache else None
    if path is not None and path.exists():
        return result_from_json(path.read_bytes())
    ready.prepare(needed)
    standings = {need.table.name: ready.standing(need.table, need.told) for need in control.needs}
    given = Circumstances(span=span, facts=request.workspace.facts, standings=standings, parted=ready.parted)
    record = _recorded(judge(engine, control, parameters, given), parameters, span, loads)
    if path is not None and record.outcome is not Outcome.ERROR:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_bytes(result_to_json(record))
        draft.replace(path)
    return record


def _recorded(result: Result, parameters: Mapping[str, Parameter], span: Span, loads: tuple[str, ...]) -> ResultRecord:
    control, examination = result.control, result.examination
    values = message_values(parameters, span)
    found = tuple(
        FindingRecord(
            finding=finding_id(control.id, {name: row[name] for name in control.key}),
            row=plain_row(row),
            message=Text(message(control, row, values, "zh"), message(control, row, values, "en")),
        )
        for row in examination.exceptions
    )
    return ResultRecord(
        control=control.id,
        chapter=chapter_of(control),
        digest=digest(control),
        title=control.title,
        severity=control.severity.value,
        outcome=result.verdict.outcome,
        reasons=result.verdict.reasons,
        frame=control.frame,
        population=examination.candidates,
        examined=examination.examined,
        excluded=tuple((control.exclusions[key], count) for key, count in examination.excluded.items()),
        margin=result.margin.isoformat() if result.margin else None,
        parameters=tuple(_parameter(control, name, used) for name, used in parameters.items()),
        rules=tuple(_rule(citation, span.as_of) for citation in control.cites),
        findings=found,
        undetermined=tuple(plain_row(row) for row in examination.undetermined),
        blind_spots=control.blind_spots,
        remedy=control.remedy,
        queries=_queries(control, parameters, span),
        loads=loads,
        headings=headings(control, (one.row for one in found)),
        words=words(control, (one.row for one in found)),
    )


def _queries(control: Control, parameters: Mapping[str, Parameter], span: Span) -> dict[str, str]:
    """The bound SQL; nothing where the control's SQL is itself the error."""
    try:
        made = queries(control, binds(parameters, span), lists(parameters))
    except UnsoundSql:
        return {}
    parts = {
        "population": made.census,
        "exceptions": made.exceptions,
        "undetermined": made.undetermined,
        "margin": made.margin,
    }
    return {name: sql for name, sql in parts.items() if sql is not None}


def _parameter(control: Control, name: str, used: Parameter) -> ParameterRecord:
    return ParameterRecord(
        name=name,
        value=used.value,
        rule_value=control.parameters[name].value,
        unit=used.unit.label,
        why=used.why,
        sureness=used.sureness.label,
        unconfirmed=used.unconfirmed,
    )


def _rule(citation: Citation, as_of: date) -> RuleRecord:
    try:
        held = citation.in_force(as_of)
    except ValueError:
        held = None
    return RuleRecord(
        rule=citation.rule,
        article=held.article if held else None,
        since=held.since.isoformat() if held and held.since else None,
        sureness=held.sureness.label if held else None,
        cited_as=citation.versions[0].article,
        says=citation.says,
    )


def digest(control: Control) -> str:
    """SHA-256 of everything a control says; changes when any word, query or parameter does."""
    return sha256(canonical(definition(control))).hexdigest()


def definition(value: object) -> object:
    match value:
        case Table():
            return value.name
        case Enum():
            return value.value
        case date() | Decimal():
            return str(value)
        case Mapping():
            return {str(key): definition(item) for key, item in value.items()}
        case tuple() | list():
            return [definition(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: definition(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
