"""Cases of a control put into one scene under names of their own: an engine then plans once what it would plan for each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chahe.controls.model import Control
from chahe.engine.case_copies import MARK, names_of, renamed, together
from chahe.engine.casebook import Case
from chahe.engine.engines import Engine
from chahe.engine.examine import examine, margin
from chahe.engine.outcome import Examination, Outcome, before_looking
from chahe.engine.parameters import chosen
from chahe.engine.standing import problems
from chahe.engine.trial import cell, evidence, span_of, standing_of

Rows = Counter[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that an engine's queries say of a scene, as text that is alike on every engine."""

    candidates: int
    excluded: Mapping[str, int]
    exceptions: Rows
    undetermined: Rows
    margin: date | None


@dataclass(frozen=True, slots=True)
class Company:
    """Cases in one scene, and what the scene shows; a case alone is a company of one."""

    cases: tuple[Case, ...]
    scene: Case
    shows: Seen


def companies(engine: Engine, control: Control, cases: Sequence[Case]) -> Iterator[Company]:
    """Every case that comes to SQL, in as few scenes as show for each case just what the case shows alone."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        if reaches_sql(control, case):
            groups.setdefault(_circumstances(case), []).append(case)
    for group in groups.values():
        yield from _together(engine, control, group)


def reaches_sql(control: Control, case: Case) -> bool:
    """Is a query run at all? Facts of the firm and missing evidence may decide before."""
    found = problems(control, {name: standing_of(case, name) for name in case.given}, case.as_of)
    return before_looking(control, case.facts, found) is None


def seen(engine: Engine, control: Control, case: Case) -> Seen:
    """What an engine shows of a scene, the margin of conforming ones included."""
    for relation, rows in evidence(control, case).items():
        engine.arrow(relation, rows)
    parameters, span = chosen(control, case.settings), span_of(case)
    found = examine(engine, control, parameters, span)
    return Seen(
        candidates=found.candidates,
        excluded=found.excluded,
        exceptions=_told(found.exceptions),
        undetermined=_told(found.undetermined),
        margin=margin(engine, control, parameters, span) if _may_conform(found) else None,
    )


def _may_conform(found: Examination) -> bool:
    return not found.exceptions and not found.undetermined and found.examined > 0


def _circumstances(case: Case) -> str:
    """What cases of one scene must share. Days of failing are shown of conforming scenes only, so these keep to themselves."""
    return repr((case.as_of, case.period, case.settings, case.observed, case.outcome is Outcome.CONFORMING))


def _together(engine: Engine, control: Control, group: Sequence[Case]) -> Iterator[Company]:
    alone = {case.place: seen(engine, control, case) for case in group}
    left = list(group)
    while len(left) > 1:
        scene = _scene(control, left)
        shows = seen(engine, control, scene)
        strangers = _otherwise(shows, [alone[case.place] for case in left])
        if not strangers:
            yield Company(tuple(left), scene, shows)
            left = []
        for at in sorted(strangers, reverse=True):
            case = left.pop(at)
            yield Company((case,), case, alone[case.place])
    for case in left:
        yield Company((case,), case, alone[case.place])


def _scene(control: Control, cases: Sequence[Case]) -> Case:
    copies = [renamed(control, case, names_of(control, case), f"§{at}§") for at, case in enumerate(cases)]
    return replace(cases[0], given=together(copies), title=f"{len(cases)} cases", rejects={}, holes={})


def _otherwise(shows: Seen, alone: Sequence[Seen]) -> set[int]:
    """The cases that the scene shows otherwise than they are alone; all where that cannot be laid at the door of some."""
    everyone = set(range(len(alone)))
    strangers: set[int] = set()
    for kind in ("exceptions", "undetermined"):
        by_case: dict[int, Rows] = {at: Counter() for at in everyone}
        for row, count in getattr(shows, kind).items():
            marks = set(map(int, MARK.findall(row)))
            if len(marks) != 1:
                strangers |= marks or everyone
                continue
            by_case[marks.pop()][MARK.sub("", row)] += count
        strangers |= {at for at in everyone if by_case[at] != getattr(alone[at], kind)}
    if strangers:
        return strangers
    excluded = sum((Counter(one.excluded) for one in alone), Counter())
    days = [one.margin for one in alone if one.margin is not None]
    counted = (shows.candidates, Counter(shows.excluded), shows.margin)
    same = counted == (sum(one.candidates for one in alone), excluded, min(days, default=None))
    return set() if same else everyone


def _told(rows: Sequence[Mapping[str, object]]) -> Rows:
    return Counter(" | ".join(f"{name}={cell(name, row[name])}" for name in sorted(row)) for row in rows)
