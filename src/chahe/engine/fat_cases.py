"""Puts what a search found into few cases of many subjects each, with what the control says of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chahe.controls.model import Control
from chahe.engine.case_copies import renamed, together
from chahe.engine.case_edits import Edit, bare
from chahe.engine.case_writing import shown, written
from chahe.engine.casebook import Case
from chahe.engine.mutant_trial import MutantTrial, Scene
from chahe.engine.mutants import Mutant
from chahe.engine.outcome import Outcome, Result
from chahe.engine.suggestions import Finding, Teller
from chahe.engine.trial import compare


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A case to be read by someone who knows the rule, and the mutants it tells."""

    case: Case
    notes: tuple[str, ...]
    tells: tuple[Mutant, ...]
    text: str


def put_together(control: Control, findings: Sequence[Finding], *, title: str) -> list[Suggestion]:
    """As few cases as tell all that the findings tell. Each says in prose what its subjects differ in."""
    made: list[Suggestion] = []
    with MutantTrial(control, []) as trial:
        for group in _groups(findings):
            left = list(group)
            while left:
                taken = _most(control, trial, left)
                number = f" ({len(made) + 1})" if made else ""
                made += _suggested(control, trial, taken, f"{title}{number}")
                left = [one for one in left if all(one is not other for other, _ in taken)]
    return [one for one in made if one.tells]


_Named = list[tuple[Finding, str]]


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        case = one.case
        # What is conforming stays apart: only there is a day of failing shown.
        key = repr((case.as_of, case.period, case.facts, case.settings, case.observed, one.margin))
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _most(control: Control, trial: MutantTrial, left: Sequence[Finding]) -> _Named:
    """The findings that keep telling what they tell when they stand in one scene; one at least."""
    taken = _suffixed(left)
    while len(taken) > 1:
        told = {one.fingerprint for one in _told(control, trial, taken)}
        kept = [(one, name) for one, name in taken if all(mutant.fingerprint in told for mutant in one.tells)]
        if len(kept) == len(taken):
            return taken
        # Where together they tell less than half, one of them hides the others: the first half goes alone.
        taken = kept if len(kept) * 2 >= len(taken) else taken[: len(taken) // 2]
    return taken


def _suffixed(findings: Sequence[Finding]) -> _Named:
    seen: dict[str, int] = {}
    named: _Named = []
    for one in findings:
        slug = one.slug[:28].strip("-")
        seen[slug] = seen.get(slug, 0) + 1
        named.append((one, f"-{slug}" + (f"-{seen[slug]}" if seen[slug] > 1 else "")))
    return named


def _joined(control: Control, taken: _Named) -> Case:
    return bare(taken[0][0].case, together(renamed(control, one.case, one.names, name) for one, name in taken))


def _told(control: Control, trial: MutantTrial, taken: _Named) -> list[Mutant]:
    mutants = [mutant for one, _ in taken for mutant in one.tells]
    return Teller(trial).tells(_joined(control, taken), mutants)


def _suggested(control: Control, trial: MutantTrial, taken: _Named, title: str) -> list[Suggestion]:
    case = replace(_joined(control, taken), title=title)
    mutants = [mutant for one, _ in taken for mutant in one.tells]
    scene = trial.stage(case)
    if scene is None:
        return []
    expecting = _expecting(control, trial, scene, mutants)
    tells = tuple(one for one in mutants if _differs(control, trial, scene, expecting, one))
    trial.leave(scene)
    notes = [
        f"- {name.removeprefix('-')}: as “{one.case.title}”, but {_worded(one.changes) or 'with another subject beside'}"
        for one, name in taken
    ]
    return [Suggestion(expecting, tuple(notes), tells, written(control, expecting, notes))]


def _worded(changes: Sequence[Edit]) -> str:
    return "; ".join(one.worded for one in changes)


def _expecting(control: Control, trial: MutantTrial, scene: Scene, mutants: Sequence[Mutant]) -> Case:
    """The case with what the control says, in as few columns as tell the mutants."""
    result = trial.result(scene)
    columns, unclear = list(control.key), [*control.key, "why"]
    case = _expected(scene.case, result, columns, unclear)
    for mutant in mutants:
        look = trial.look(scene, mutant)
        if look is None or any(True for _ in compare(control, case, look.result, scene.span)):
            continue
        columns += _differing(result.examination.exceptions, look.result.examination.exceptions, columns)
        unclear += _differing(result.examination.undetermined, look.result.examination.undetermined, unclear)
        case = _expected(scene.case, result, columns, unclear)
    return case


def _expected(case: Case, result: Result, columns: Sequence[str], unclear: Sequence[str]) -> Case:
    outcome, seen = result.verdict.outcome, result.examination
    deficient = outcome is Outcome.DEFICIENT
    return replace(
        case,
        outcome=outcome,
        population=(seen.candidates, seen.examined),
        margin=result.margin,
        excluded=dict(sorted(seen.excluded.items())),
        expected=shown(seen.exceptions, columns) if deficient else [],
        clear=deficient and not seen.undetermined,
        expected_undetermined=shown(seen.undetermined, unclear),
    )


def _differing(mine: Sequence[object], theirs: Sequence[object], named: Sequence[str]) -> list[str]:
    """The first column beside the named ones in which rows differ."""
    rows = [row for row in (*mine, *theirs) if isinstance(row, dict)]
    for name in rows[0] if rows else ():
        cut = [sorted(repr(row[name]) for row in side if isinstance(row, dict)) for side in (mine, theirs)]
        if name not in named and cut[0] != cut[1] and not any("|" in text for text in cut[0]):
            return [name]
    return []


def _differs(control: Control, trial: MutantTrial, scene: Scene, case: Case, mutant: Mutant) -> bool:
    look = trial.look(scene, mutant)
    return look is not None and any(True for _ in compare(control, case, look.result, scene.span))
