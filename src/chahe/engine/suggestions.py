"""A search for the cases that are missing: small changes of the rows at hand that tell a surviving mutant from the control."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from chahe.controls.model import Control
from chahe.engine.case_copies import MARK, names_of, renamed, together
from chahe.engine.case_edits import Edit, Rows, bare, edited, edits
from chahe.engine.casebook import Case
from chahe.engine.mutant_trial import Look, MutantTrial
from chahe.engine.mutants import Mutant
from chahe.engine.outcome import Outcome, Result

ROWS = 2_500
"""Rows of one scene: enough for hundreds of copies, few enough to plan and run in a moment."""

TRIES = 40
"""Copies of one scene that are tried alone in vain: some tell only together."""
SINGLES = 5
"""Cases tried one by one for each scene of many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A changed case that tells mutants apart, alone and under its own names."""

    case: Case
    changes: tuple[Edit, ...]
    names: tuple[str, ...]
    """Texts of the case that may be written otherwise without changing what the control says."""
    tells: tuple[Mutant, ...]

    @property
    def margin(self) -> bool:
        """Does it tell mistakes in the day of failing?"""
        return any(one.part == "margin" for one in self.tells)

    @property
    def slug(self) -> str:
        return "-".join(one.slug for one in self.changes) or "beside"


@dataclass(frozen=True, slots=True)
class _Copy:
    """One changed case of a scene of many."""

    case: Case
    changes: tuple[Edit, ...]
    names: tuple[str, ...]


def search(
    control: Control, cases: Sequence[Case], survivors: Sequence[Mutant], *, worlds: int, seed: int
) -> Iterator[Finding]:
    """Changed cases that tell survivors, each mutant told by one of them at least; those never told have none.

    `worlds` bounds the work: scenes of some hundred copies each, single changes first, then two at once, then cases
    put together. Same arguments, same findings.
    """
    left = list(survivors)
    with MutantTrial(control, []) as trial:
        searcher = _Search(control, trial)
        for scene in searcher.scenes(_usable(cases), worlds, seed):
            if not left:
                return
            for finding in searcher.tried(scene, left):
                yield finding
                told = {one.fingerprint for one in finding.tells}
                left = [one for one in left if one.fingerprint not in told]
        for case, changes in searcher.singles(_usable(cases), worlds * SINGLES, seed):
            if not left:
                return
            if found := Teller(trial).reduced(case, changes, (), left):
                yield found
                told = {one.fingerprint for one in found.tells}
                left = [one for one in left if one.fingerprint not in told]


def _usable(cases: Sequence[Case]) -> list[Case]:
    """Cases whose records are all there: rejects and holes decide before rows do."""
    return [one for one in cases if not one.rejects and not one.holes and any(one.given.values())]


class Teller:
    """Tries single cases against mutants."""

    def __init__(self, trial: MutantTrial) -> None:
        self._trial = trial

    def look(self, case: Case) -> Look | None:
        scene = self._trial.stage(case)
        if scene is None:
            return None
        try:
            return self._trial.look(scene)
        finally:
            self._trial.leave(scene)

    def reduced(
        self, case: Case, changes: tuple[Edit, ...], names: tuple[str, ...], told: Sequence[Mutant]
    ) -> Finding | None:
        """The changed case without the rows it does not need; None where alone it tells nothing."""
        tells = self.tells(case, told)
        if not tells:
            return None
        for name in case.given:
            for row in list(case.given[name]):
                rest = [one for one in case.given[name] if one is not row]
                fewer = bare(case, {**case.given, name: rest})
                if len(self.tells(fewer, tells)) == len(tells):
                    case = fewer
        return Finding(case=case, changes=changes, names=names, tells=tuple(tells))

    def tells(self, case: Case, mutants: Sequence[Mutant]) -> list[Mutant]:
        """The mutants that this case alone tells by rows and outcome, not by an error; none where the order of rows decides."""
        scene = self._trial.stage(case)
        if scene is None:
            return []
        try:
            base = self._trial.look(scene)
            if base is None:
                return []
            shown = alone(base)
            told = [one for one in mutants if (look := self._trial.look(scene, one)) and alone(look) != shown]
            return told if told and self._steady(case, base) else []
        finally:
            self._trial.leave(scene)

    def _steady(self, case: Case, base: Look) -> bool:
        turned = {name: rows[::-1] for name, rows in case.given.items()}
        other = self.look(bare(case, turned))
        return other is not None and alone(other) == alone(base)


class _Search:
    """Scenes of many changed copies, and what they tell."""

    def __init__(self, control: Control, trial: MutantTrial) -> None:
        self._control = control
        self._trial = trial
        self._teller = Teller(trial)
        self._known: dict[int, list[Edit]] = {}

    def scenes(self, cases: Sequence[Case], worlds: int, seed: int) -> Iterator[list[_Copy]]:
        chance = Random(seed)  # noqa: S311 - a search, no secret
        named = [(case, self._renamable(case)) for case in cases]
        groups = _groups(named)
        for number in range(worlds):
            group = groups[number % len(groups)] if number < len(groups) * 2 else chance.choice(groups)
            scene: list[_Copy] = []
            rows = 0
            while rows < ROWS:
                case, names = chance.choice(group)
                width = 1 if number < worlds // 3 else chance.choice((1, 2, 3, 4))
                many = self._edits(case, seed)
                if not many:
                    break
                chosen = tuple(many[chance.randrange(len(many))] for _ in range(width))
                scene.append(_Copy(case, chosen, names))
                rows += 1 + sum(map(len, case.given.values()))
            if scene:
                yield scene

    def singles(self, cases: Sequence[Case], number: int, seed: int) -> Iterator[tuple[Case, tuple[Edit, ...]]]:
        """Changed cases one by one, every second with another subject beside; conforming ones twice as often."""
        chance = Random(seed)  # noqa: S311 - a search, no secret
        pool = [one for one in cases for _ in range(2 if one.outcome is Outcome.CONFORMING else 1)]
        for at in range(number if pool else 0):
            case = chance.choice(pool)
            many = self._edits(case, seed)
            width = chance.choice((0, 1, 1, 2)) if at % 2 else 1
            changes = tuple(chance.sample(many, min(width, len(many))))
            if at % 2:
                other = chance.choice([one for one in pool if _scene_of(one) == _scene_of(case)])
                second = renamed(self._control, other, names_of(self._control, other), "-b")
                case = bare(case, together([_with_ids(case.given), second]))
            yield edited(case, changes), changes

    def _edits(self, case: Case, seed: int) -> list[Edit]:
        if id(case) not in self._known:
            self._known[id(case)] = edits(self._control, case, seed=seed)
        return self._known[id(case)]

    def _renamable(self, case: Case) -> tuple[str, ...]:
        """The names that can be others without a change of what the control says."""
        before = self._told_as(case, ())
        every = tuple(names_of(self._control, case))
        if self._told_as(case, every) == before:
            return every
        kept: tuple[str, ...] = ()
        for name in every:
            if self._told_as(case, (*kept, name)) == before:
                kept = (*kept, name)
        return kept

    def _told_as(self, case: Case, names: Sequence[str]) -> Counter[str] | None:
        look = self._teller.look(bare(case, renamed(self._control, case, names, "§0§")))
        return None if look is None else Counter({MARK.sub("", key): n for key, n in visible(look).items()})

    def tried(self, copies: Sequence[_Copy], left: Sequence[Mutant]) -> Iterator[Finding]:
        given = [
            renamed(self._control, edited(one.case, one.changes), one.names, f"§{number}§")
            for number, one in enumerate(copies)
        ]
        scene = self._trial.stage(bare(copies[0].case, together(given)), many=True)
        if scene is None:
            return
        base = self._trial.look(scene)
        hits: dict[int, list[Mutant]] = {}
        for mutant in left if base is not None else ():
            for number in self._told_by(base, self._trial.look(scene, mutant)):
                hits.setdefault(number, []).append(mutant)
        self._trial.leave(scene)
        yield from self._alone(copies, hits)

    def _needed(self, copy: _Copy, told: Sequence[Mutant]) -> tuple[Edit, ...]:
        """The changes of a copy without those that tell nothing."""
        changes = copy.changes
        for one in copy.changes if len(copy.changes) > 1 else ():
            fewer = tuple(other for other in changes if other is not one)
            if fewer and len(self._teller.tells(edited(copy.case, fewer), told)) == len(told):
                changes = fewer
        return changes

    def _told_by(self, base: Look | None, other: Look | None) -> set[int]:
        """The copies in whose rows two looks differ."""
        if base is None or other is None:
            return set()
        mine, theirs = visible(base), visible(other)
        return {int(found) for key in (mine - theirs) + (theirs - mine) for found in MARK.findall(key)}

    def _alone(self, copies: Sequence[_Copy], hits: dict[int, list[Mutant]]) -> Iterator[Finding]:
        """Those that tell most, first, each tried by itself: together, copies may have lent each other rows."""
        done: set[str] = set()
        failed = 0
        while failed < TRIES:
            open_hits = {n: [one for one in told if one.fingerprint not in done] for n, told in hits.items()}
            ranked = [n for n, told in open_hits.items() if told]
            if not ranked:
                return
            number = max(ranked, key=lambda n: (len(open_hits[n]), -len(copies[n].changes), -n))
            copy, told = copies[number], open_hits[number]
            hits.pop(number)
            changes = self._needed(copy, told)
            finding = self._teller.reduced(edited(copy.case, changes), changes, copy.names, told)
            if finding is None:
                failed += 1
                continue
            done |= {one.fingerprint for one in finding.tells}
            yield finding


def _groups(named: Sequence[tuple[Case, tuple[str, ...]]]) -> list[list[tuple[Case, tuple[str, ...]]]]:
    """Cases of one scene: the same days, facts and parameters; the largest group first."""
    groups: dict[str, list[tuple[Case, tuple[str, ...]]]] = {}
    for case, names in named:
        groups.setdefault(_scene_of(case), []).append((case, names))
    return sorted(groups.values(), key=len, reverse=True)


def _scene_of(case: Case) -> str:
    return repr((case.as_of, case.period, case.facts, case.settings, case.observed))


def _with_ids(given: Rows) -> Rows:
    return {
        name: [{"row_id": f"{name}#{at}", **row} for at, row in enumerate(rows, start=1)]
        for name, rows in given.items()
    }


def visible(look: Look) -> Counter[str]:
    """All rows of a look that could be expected somewhere; of the population, whether a subject is in it and why not."""
    result = look.result
    seen = Counter(f"exception {sorted(row.items())!r}" for row in result.examination.exceptions)
    seen.update(f"undetermined {sorted(row.items())!r}" for row in result.examination.undetermined)
    reasons = result.control.exclusions
    for row in look.candidates:
        why = [cell for cell in row if isinstance(cell, str) and cell in reasons]
        marks = sorted(set(MARK.findall(repr(row))))
        seen["population " + " ".join([*why, *(f"§{one}§" for one in marks)])] += 1
    return seen


def alone(look: Look) -> tuple[object, ...]:
    """What a case by itself can be held to: outcome, counts, rows, the day of failing."""
    result: Result = look.result
    margin: date | None = result.margin
    shown = Counter(key for key in visible(look).elements() if not key.startswith("population"))
    return (result.verdict.outcome, result.examination.candidates, dict(result.examination.excluded), shown, margin)
