"""A score for other programs: one JSON value."""

from dataclasses import asdict

from chahe.engine.outcome import Outcome
from chahe.reports.score import Fate, Fated, Score, Tally


def score_to_json(found: Score) -> dict[str, object]:
    """Shares as {hits, of, value, low, high}; value and both ends are null where nothing was counted."""
    cases = found.cases()
    return {
        "overall": _tally(found.overall()),
        "cases": {**asdict(cases), "recall": cases.recall.to_json(), "precision": cases.precision.to_json()},
        "near_misses": {
            "silent": found.near_misses_silent().to_json(),
            **{fate.value: [_fated(one) for one in found.near_misses if one.fate is fate] for fate in _TOLD},
        },
        "controls": {name: _tally(one) for name, one in found.by_control().items()},
        "chapters": {name: _tally(one) for name, one in found.by_chapter().items()},
        "scenarios": {name: _tally(one) for name, one in found.by_scenario().items()},
        "not_found": [_fated(one) for one in found.planted if one.fate is not Fate.SPOKE],
        "extra": [
            {
                "world": one.world,
                "control": one.control,
                "finding": one.finding,
                "near_miss": one.near_miss.why if one.near_miss else None,
                "scenario": one.scenario,
                "message_zh": one.message_zh,
                "message_en": one.message_en,
            }
            for one in found.extra
        ],
        "unconcluded": [
            {"world": one.world, "control": one.control, "outcome": one.outcome.value}
            for one in found.examined
            if one.outcome in (Outcome.UNEVIDENCED, Outcome.ERROR)
        ],
    }


_TOLD = (Fate.SPOKE, Fate.UNDETERMINED, Fate.UNJUDGED, Fate.UNASKED)


def _fated(one: Fated) -> dict[str, object]:
    return {
        "world": one.world,
        "control": one.told.control,
        "finding": one.told.finding,
        "key": dict(one.told.key),
        "scenario": one.told.scenario,
        "why": one.told.why,
        "fate": one.fate.value,
    }


def _tally(one: Tally) -> dict[str, object]:
    return {
        **asdict(one),
        "planted": one.planted,
        "recall": one.recall.to_json(),
        "precision": one.precision.to_json(),
    }
