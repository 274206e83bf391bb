"""An audit held against the truth of its example firm: precision and recall by control, chapter, scenario and case.

Every planted breach and near miss has one fate. Silence of a control that concluded nothing is no silence: such a breach counts as
not found. A row that the control calls undetermined is neither found nor missed. What was found and not planted is extra.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord, ResultRecord
from chahe.findings.identity import finding_id
from chahe.reports.proportion import Proportion
from chahe.reports.truth_file import Told, Truth


class Fate(Enum):
    """What an audit said of one planted breach or near miss."""

    SPOKE = "spoke"
    """There is a finding under its key."""
    SILENT = "silent"
    """The control came to a conclusion, and this was no part of it."""
    UNDETERMINED = "undetermined"
    """The control says of this very key that it cannot tell."""
    UNJUDGED = "unjudged"
    """The control was unevidenced or broke: its silence says nothing."""
    UNASKED = "unasked"
    """The audit did not run the control; it counts for nothing."""


@dataclass(frozen=True, slots=True)
class Fated:
    """One thing of the truth, in one world, and what became of it."""

    world: str
    told: Told
    fate: Fate


@dataclass(frozen=True, slots=True)
class Extra:
    """A finding that was not planted."""

    world: str
    control: str
    finding: str
    message_zh: str
    message_en: str
    near_miss: Told | None
    """The near miss that it is."""
    scenario: str | None
    """The scenario of a planted breach of the same control from whose key it differs in one column at most, of several."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What one control looked at in one world: the universe of its evidence."""

    world: str
    control: str
    chapter: str
    outcome: Outcome
    examined: int
    undetermined: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one control, chapter, scenario or all."""

    found: int
    missed: int
    unjudged: int
    undetermined: int
    """Planted breaches of which the control says that it cannot tell."""
    extra: int
    examined: int | None = None
    """Rows examined; None where no population is meant."""
    unclear: int = 0
    """Undetermined rows, planted or not."""

    @property
    def recall(self) -> Proportion:
        return Proportion(self.found, self.found + self.missed + self.unjudged)

    @property
    def precision(self) -> Proportion:
        return Proportion(self.found, self.found + self.extra)

    @property
    def planted(self) -> int:
        return self.found + self.missed + self.unjudged + self.undetermined


@dataclass(frozen=True, slots=True)
class Cases:
    """A case is a scenario in one world. Found: at least one of its findings is there; whole: all are."""

    planted: int
    found: int
    whole: int
    undetermined: int
    """No finding of it was there, and nothing of it was passed over: all is undetermined."""
    false: int
    """Extra findings that belong to no planted case."""

    @property
    def recall(self) -> Proportion:
        return Proportion(self.found, self.planted - self.undetermined)

    @property
    def precision(self) -> Proportion:
        return Proportion(self.found, self.found + self.false)


@dataclass(frozen=True, slots=True)
class Score:
    """One world's audit against its truth, or those of several worlds pooled."""

    planted: tuple[Fated, ...]
    near_misses: tuple[Fated, ...]
    extra: tuple[Extra, ...]
    examined: tuple[Examined, ...]

    def overall(self) -> Tally:
        return _tally(self.planted, self.extra, self.examined)

    def by_control(self) -> Mapping[str, Tally]:
        """Every control that ran or has something planted, in alphabetical order."""
        asked = {one.told.control for one in self.planted} | {one.control for one in self.examined}
        return {name: self._of(frozenset((name,)).__contains__) for name in sorted(asked)}

    def by_chapter(self) -> Mapping[str, Tally]:
        """Only of controls that ran."""
        within: dict[str, set[str]] = {}
        for one in self.examined:
            within.setdefault(one.chapter, set()).add(one.control)
        return {name: self._of(within[name].__contains__) for name in sorted(within)}

    def by_scenario(self) -> Mapping[str, Tally]:
        """Extra findings count against the scenario they lie beside; the others against none."""
        return {
            name: _tally(
                [one for one in self.planted if one.told.scenario == name],
                [one for one in self.extra if one.scenario == name],
            )
            for name in sorted({one.told.scenario for one in self.planted})
        }

    def cases(self) -> Cases:
        fates: dict[tuple[str, str], Counter[Fate]] = {}
        for one in self.planted:
            if one.fate is not Fate.UNASKED:
                fates.setdefault((one.world, one.told.scenario), Counter())[one.fate] += 1
        return Cases(
            planted=len(fates),
            found=sum(count[Fate.SPOKE] > 0 for count in fates.values()),
            whole=sum(set(count) == {Fate.SPOKE} for count in fates.values()),
            undetermined=sum(set(count) == {Fate.UNDETERMINED} for count in fates.values()),
            false=sum(one.scenario is None for one in self.extra),
        )

    def near_misses_silent(self) -> Proportion:
        """Of the near misses that a control concluded on, those that stayed silent."""
        fates = Counter(one.fate for one in self.near_misses)
        return Proportion(fates[Fate.SILENT], fates[Fate.SILENT] + fates[Fate.SPOKE])

    def _of(self, belongs: Callable[[str], bool]) -> Tally:
        return _tally(
            [one for one in self.planted if belongs(one.told.control)],
            [one for one in self.extra if belongs(one.control)],
            [one for one in self.examined if belongs(one.control)],
        )


def score(world: str, truth: Truth, record: AuditRecord) -> Score:
    """Hold one audit against the truth of its world."""
    results = {result.control: result for result in record.results}
    planted = {one.finding for one in truth.planted}
    return Score(
        planted=tuple(Fated(world, one, _fate(one, results)) for one in truth.planted),
        near_misses=tuple(Fated(world, one, _fate(one, results)) for one in truth.near_misses),
        extra=tuple(_extras(world, truth, record, planted)),
        examined=tuple(
            Examined(world, one.control, one.chapter, one.outcome, one.examined, len(one.undetermined))
            for one in record.results
        ),
    )


def pooled(scores: Sequence[Score]) -> Score:
    """Several worlds as one: their counts are added, not their shares averaged."""
    return Score(
        planted=tuple(one for each in scores for one in each.planted),
        near_misses=tuple(one for each in scores for one in each.near_misses),
        extra=tuple(one for each in scores for one in each.extra),
        examined=tuple(one for each in scores for one in each.examined),
    )


def _fate(told: Told, results: Mapping[str, ResultRecord]) -> Fate:
    result = results.get(told.control)
    if result is None:
        return Fate.UNASKED
    if any(one.finding == told.finding for one in result.findings):
        return Fate.SPOKE
    if any(_named(told, row) == told.finding for row in result.undetermined):
        return Fate.UNDETERMINED
    # Not applicable is a conclusion: where something was planted, it is a wrong one.
    return Fate.UNJUDGED if result.outcome in (Outcome.UNEVIDENCED, Outcome.ERROR) else Fate.SILENT


def _named(told: Told, row: Mapping[str, object]) -> str:
    return finding_id(told.control, {name: row.get(name) for name in told.key})


def _extras(world: str, truth: Truth, record: AuditRecord, planted: set[str]) -> Iterable[Extra]:
    near = {one.finding: one for one in truth.near_misses}
    beside: dict[str, list[Told]] = {}
    for one in truth.planted:
        beside.setdefault(one.control, []).append(one)
    for result in record.results:
        for found in result.findings:
            if found.finding not in planted:
                yield Extra(
                    world,
                    result.control,
                    found.finding,
                    *found.message,
                    near.get(found.finding),
                    _beside(found.row, beside.get(result.control, ())),
                )


def _beside(row: Mapping[str, object], planted: Iterable[Told]) -> str | None:
    for one in planted:
        unlike = sum(_text(row.get(name)) != _text(value) for name, value in one.key.items())
        if len(one.key) > 1 and unlike <= 1:
            return one.scenario
    return None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _tally(planted: Sequence[Fated], extra: Sequence[Extra], examined: Sequence[Examined] | None = None) -> Tally:
    fates = Counter(one.fate for one in planted)
    return Tally(
        found=fates[Fate.SPOKE],
        missed=fates[Fate.SILENT],
        unjudged=fates[Fate.UNJUDGED],
        undetermined=fates[Fate.UNDETERMINED],
        extra=len(extra),
        examined=None if examined is None else sum(one.examined for one in examined),
        unclear=sum(one.undetermined for one in examined or ()),
    )
