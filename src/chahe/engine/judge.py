"""One control, judged: evidence first, then the queries, then the outcome; a crash is an error and says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from chahe.controls.model import Control
from chahe.engine.binding import Span
from chahe.engine.engines import Engine
from chahe.engine.examine import examine, margin
from chahe.engine.outcome import Examination, Outcome, Result, Verdict, after_looking, before_looking
from chahe.engine.standing import Standing, problems
from chahe.rules.parameter import Parameter
from chahe.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """All that an outcome depends on besides the control and the rows: place and time as arguments."""

    span: Span
    facts: Mapping[str, bool]
    """Facts of the firm (`[firm]`)."""
    standings: Mapping[str, Standing]
    """By evidence table."""
    parted: frozenset[str] = frozenset()
    """The tables that the engine can read in parts (`chahe.engine.late_identity`)."""


def judge(engine: Engine, control: Control, parameters: Mapping[str, Parameter], given: Circumstances) -> Result:
    """The result of one control. Never raises but for an interruption: what breaks is the outcome `error`."""
    try:
        return _judge(engine, control, parameters, given)
    except Exception as error:  # noqa: BLE001 - the one place: a crashed control is a result, shown, and fails the audit
        words = f"{type(error).__name__}: {error}"
        text = Text(
            f"執行時發生錯誤，沒有任何結論：{words}", f"it broke while running, so nothing is concluded: {words}"
        )
        return Result(control=control, verdict=Verdict(Outcome.ERROR, (text,)), examination=Examination())


def _judge(engine: Engine, control: Control, parameters: Mapping[str, Parameter], given: Circumstances) -> Result:
    found = problems(control, given.standings, given.span.as_of)
    verdict = before_looking(control, given.facts, found)
    if verdict is not None:
        return Result(control=control, verdict=verdict, examination=Examination())
    examination = examine(engine, control, parameters, given.span, given.parted)
    verdict = after_looking(control, found, examination)
    first_failure = (
        margin(engine, control, parameters, given.span, given.parted) if verdict.outcome is Outcome.CONFORMING else None
    )
    return Result(control=control, verdict=verdict, examination=examination, margin=first_failure)
