"""Canaries: breaches from a control's own cases, planted beside the audited evidence in memory, must come out besides the real ones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from chahe.controls.model import Control
from chahe.engine.binding import Span
from chahe.engine.canary_rows import choices, is_planted, marked, moved, renamed
from chahe.engine.casebook import Case
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine, QueryFailed
from chahe.engine.examine import UnreasonedRow, examine
from chahe.engine.outcome import Outcome
from chahe.engine.ready import Ready
from chahe.engine.record import CanaryRecord, ResultRecord, plain_row
from chahe.engine.trial import cell, evidence
from chahe.findings.identity import finding_id
from chahe.rules.parameter import Parameter
from chahe.wording import Text

Row = Mapping[str, object]
Key = tuple[str, ...]

_NO_CASE = Text("案例中沒有缺失可以移植", "none of its cases is a deficiency that could be moved")
_NOT_THEN = Text(
    "它的缺失案例移到這次的基準日與期間後，已不是同樣的缺失（法定期間或交易日不同）",
    "moved to this audit's day and period, its broken cases are no longer the same deficiencies (legal periods or trading days differ)",
)
_NO_NAME = Text(
    "缺失說的是公司整體或規範寫定的名稱，換不了名；種下的紀錄會和公司自己的紀錄混在一起",
    "its exceptions speak of the firm as a whole or of names that the rule fixes; planted rows could not be told from the firm's own",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """A case ready to be planted, and the keys of the exceptions that it gives by itself."""

    case: Case
    expected: frozenset[Key]


class Canaries:
    """Plants breaches beside the evidence of one audit. An engine aside, opened with the first, tries each case by itself."""

    def __init__(self, engine: Engine, ready: Ready, span: Span) -> None:
        self._engine = engine
        self._ready = ready
        self._span = span
        self._aside: Embedded | None = None

    def plant(
        self, control: Control, cases: Sequence[Case], parameters: Mapping[str, Parameter], found: ResultRecord
    ) -> CanaryRecord:
        """Plant a broken case of a control beside the evidence it has examined, and tell what came out."""
        canary = self.chosen(control, cases, parameters)
        if isinstance(canary, Text):
            return CanaryRecord(planted=0, case="", missed=(), unplanted=canary)
        self._ready.prepare(need.table.name for need in control.needs)
        try:
            with self._ready.beside(evidence(control, canary.case)):
                seen = examine(self._engine, control, parameters, self._span).exceptions
        except (QueryFailed, UnreasonedRow) as error:
            return _told(canary, missed=(f"{type(error).__name__}: {error}",), changed=())
        out = {_key(control, row) for row in seen}
        missed = tuple(" ".join(one) for one in sorted(canary.expected - out))
        return _told(canary, missed=missed, changed=_changed(control, found, seen))

    def chosen(self, control: Control, cases: Sequence[Case], parameters: Mapping[str, Parameter]) -> Canary | Text:
        """The broken case with the most exceptions that can be moved, or why there is none."""
        broken = [case for case in cases if case.outcome is Outcome.DEFICIENT and case.expected]
        why = _NO_CASE
        for case in sorted(broken, key=lambda one: (bool(one.settings), -len(one.expected))):
            here = moved(case, self._span.as_of)
            plain = self._alone(control, here, parameters)
            # Under the firm's own parameters a case with others may give fewer: those must come out all the same.
            if len(plain) != len(case.expected) and not (case.settings and 0 < len(plain) < len(case.expected)):
                why = _NOT_THEN if why is _NO_CASE else why
                continue
            for values in choices(control, here, parameters):
                other = renamed(here, values)
                rows = self._alone(control, other, parameters)
                if _alike(control, plain, rows, values):
                    return Canary(case=other, expected=frozenset(_key(control, row) for row in rows))
            why = _NO_NAME
        return why

    def _alone(self, control: Control, case: Case, parameters: Mapping[str, Parameter]) -> Sequence[Row]:
        """A case's exceptions in the audit's span; none where it cannot be run."""
        if self._aside is None:
            self._aside = Embedded()
        for relation, rows in evidence(control, case).items():
            self._aside.arrow(relation, rows)
        try:
            return examine(self._aside, control, parameters, self._span).exceptions
        except (QueryFailed, UnreasonedRow):
            return ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._aside is not None:
            self._aside.close()


def _told(canary: Canary, *, missed: tuple[str, ...], changed: tuple[str, ...]) -> CanaryRecord:
    return CanaryRecord(planted=len(canary.expected), case=canary.case.title, missed=missed, changed=changed)


def _changed(control: Control, found: ResultRecord, seen: Sequence[Row]) -> tuple[str, ...]:
    """The real findings that are gone, new or otherwise now that canaries stand beside them.

    A finding whose key leaves a name open counts over the whole firm, planted rows among them: its numbers may move and one may be new, but none may go.
    """
    real = [plain_row(row) for row in seen if not is_planted(row, control.key)]
    ids = [finding_id(control.id, {name: row[name] for name in control.key}) for row in real]
    before = Counter((one.finding, _text(one.row)) for one in found.findings if not _of_all(one.row, control.key))
    after = Counter((of, _text(row)) for of, row in zip(ids, real, strict=True) if not _of_all(row, control.key))
    gone = {one.finding for one in found.findings if _of_all(one.row, control.key)} - set(ids)
    return tuple(sorted(gone | {finding for finding, _ in (before - after) + (after - before)}))


def _of_all(row: Row, key: tuple[str, ...]) -> bool:
    return any(row[name] is None for name in key)


def _alike(control: Control, plain: Sequence[Row], rows: Sequence[Row], values: frozenset[str]) -> bool:
    """Are these the same exceptions but for the names, each on a renamed subject?"""
    told = sorted(_key(control, {name: marked(row[name], values) for name in control.key}) for row in plain)
    return told == sorted(_key(control, row) for row in rows) and all(is_planted(row, control.key) for row in rows)


def _key(control: Control, row: Row) -> Key:
    return tuple(f"{name}={cell(name, row[name])}" for name in control.key)


def _text(row: Row) -> str:
    return repr(sorted(row.items()))
