"""The five outcomes, and the one place that decides between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from chahe.controls.model import Control, Empty
from chahe.wording import Text


class Outcome(Enum):
    """What an audit says of a control; only one of the five is good news."""

    CONFORMING = "conforming"
    DEFICIENT = "deficient"
    UNEVIDENCED = "unevidenced"
    NOT_APPLICABLE = "not applicable"
    ERROR = "error"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Outcome.CONFORMING: Text("符合", "conforming"),
    Outcome.DEFICIENT: Text("缺失", "deficient"),
    Outcome.UNEVIDENCED: Text("無法佐證", "unevidenced"),
    Outcome.NOT_APPLICABLE: Text("不適用", "not applicable"),
    Outcome.ERROR: Text("執行錯誤", "error"),
}

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the evidence that stands between a control and a verdict."""

    table: str
    text: Text
    blocking: bool
    """No exception found on such evidence would be certain, so none is looked for."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What a control's queries returned, before anything is concluded from it."""

    candidates: int = 0
    """Rows of the population, those left out included."""
    excluded: Mapping[str, int] = field(default_factory=dict)
    """By the control's exclusion key."""
    exceptions: Sequence[Row] = ()
    undetermined: Sequence[Row] = ()

    @property
    def examined(self) -> int:
        return self.candidates - sum(self.excluded.values())


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome and, in words, why it is not another."""

    outcome: Outcome
    reasons: tuple[Text, ...] = ()


def before_looking(control: Control, facts: Mapping[str, bool], problems: Sequence[Problem]) -> Verdict | None:
    """The verdict that facts and evidence force before any row is examined, if they do."""
    if control.applies is not None:
        fact = facts.get(control.applies.name)
        if fact is None:
            return Verdict(Outcome.UNEVIDENCED, (_unknown_fact(control.applies.name),))
        if fact is False:
            return Verdict(Outcome.NOT_APPLICABLE, (control.applies.because,))
    if any(problem.blocking for problem in problems):
        return Verdict(Outcome.UNEVIDENCED, tuple(problem.text for problem in problems))
    return None


def after_looking(control: Control, problems: Sequence[Problem], examination: Examination) -> Verdict:
    """The verdict on what was examined. Exceptions come first: what was seen is not unseen by what was not."""
    texts = tuple(problem.text for problem in problems)
    if examination.exceptions:
        return Verdict(Outcome.DEFICIENT, texts)
    if texts:
        return Verdict(Outcome.UNEVIDENCED, texts)
    if examination.examined == 0:
        return _nothing_examined(control, examination)
    if examination.undetermined:
        return Verdict(Outcome.UNEVIDENCED, _unclear(control, examination))
    return Verdict(Outcome.CONFORMING)


def _nothing_examined(control: Control, examination: Examination) -> Verdict:
    if control.empty is Empty.NOT_APPLICABLE:
        text = Text(
            f"已載入的紀錄中沒有這個控制點所指的對象（母體 0，排除 {examination.candidates}）",
            f"the loaded records hold nothing this control speaks about (population 0, left out {examination.candidates})",
        )
        return Verdict(Outcome.NOT_APPLICABLE, (text,))
    text = Text(
        f"母體為 0（排除 {examination.candidates}）；公司不可能沒有這些對象，請確認應載入的資料都已載入",
        f"the population is 0 (left out {examination.candidates}); no firm has none of these: check that all records were loaded",
    )
    return Verdict(Outcome.UNEVIDENCED, (text,))


def _unclear(control: Control, examination: Examination) -> tuple[Text, ...]:
    counts: dict[str, int] = {}
    for row in examination.undetermined:
        counts[str(row["why"])] = counts.get(str(row["why"]), 0) + 1
    return tuple(
        Text(
            f"{counts[why]} 筆無法判斷：{control.unclear[why].zh}",
            f"{counts[why]} cannot be judged: {control.unclear[why].en}",
        )
        for why in sorted(counts)
    )


def _unknown_fact(name: str) -> Text:
    return Text(
        f"chahe.toml 的 [firm] 沒有說明 {name} 是 true 或 false，無法知道本控制點是否適用",
        f"[firm] in chahe.toml does not say whether {name} is true or false, so it is unknown whether this control applies",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One control's result in one audit."""

    control: Control
    verdict: Verdict
    examination: Examination
    margin: date | None = None
    """First day on which a conforming control would fail with no new evidence."""
