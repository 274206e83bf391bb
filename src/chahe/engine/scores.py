"""The scores of the catalogue's controls as last measured: kept beside the controls, and shown only while they stand."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import chahe.controls
from chahe.controls.catalogue import cases_of, controls
from chahe.controls.model import Control
from chahe.engine.assurance import Assurance, standing_for
from chahe.wording import Text

KEPT = Path(chahe.controls.__path__[0], "assurance.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many mutants of a control's SQL its cases kill."""

    digest: str
    mutants: int
    killed: int
    equivalent: int

    @property
    def survived(self) -> int:
        return self.mutants - self.killed - self.equivalent

    @property
    def label(self) -> Text:
        """The score in words; equivalents are no one's failure and no one's merit."""
        real = self.mutants - self.equivalent
        more = (f"，存活 {self.survived}", f", {self.survived} survive") if self.survived else ("", "")
        alike = (
            (f"（另有等價 {self.equivalent}）", f" ({self.equivalent} more are equivalent)")
            if self.equivalent
            else ("", "")
        )
        return Text(
            f"變異 {real} 個，案例測出 {self.killed} 個{more[0]}{alike[0]}",
            f"{self.killed} of {real} mutants killed by the cases{more[1]}{alike[1]}",
        )


UNMEASURED = Text("尚未以變異測試", "not measured with mutants as it stands")


def score_of(control: Control) -> Score | None:
    """The score of one of the catalogue's controls; None where none was measured for it as it stands now."""
    score = _kept().get(control.id)
    if score is None or controls().get(control.id) is not control:
        return None
    return score if score.digest == standing_for(control, cases_of(control)) else None


def said(control: Control) -> Text:
    """The score in words, or that there is none."""
    score = score_of(control)
    return UNMEASURED if score is None else score.label


def scored(assurance: Assurance) -> Score:
    """The score that a whole run gives."""
    return Score(
        digest=assurance.digest,
        mutants=assurance.mutants,
        killed=assurance.killed,
        equivalent=len(assurance.equivalent),
    )


def keep(measured: dict[str, Score]) -> None:
    """Write scores over those kept; controls that are gone are left out. Same scores, same bytes."""
    merged = {**_kept(), **measured}
    known = {name: asdict(score) for name, score in sorted(merged.items()) if name in controls()}
    KEPT.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")
    _kept.cache_clear()


@cache
def _kept() -> dict[str, Score]:
    if not KEPT.exists():
        return {}
    return {name: Score(**score) for name, score in json.loads(KEPT.read_text("utf-8")).items()}
