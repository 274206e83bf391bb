"""The scores of the catalogue's controls as last measured: kept beside the controls, and shown only while they stand."""

import json
from dataclasses import asdict, dataclass, fields
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
    crashed: int
    """Of those killed, the ones that only an error told, not a different result."""
    equivalent: int
    """Listed as equivalent, with a reason, by a person."""
    proven: int
    """Proven equivalent: the database plans the very same work."""
    below: int
    """Of those that survive, the ones that turn what the control asks (`mutations.FLOOR`)."""

    @property
    def survived(self) -> int:
        return self.mutants - self.killed - self.equivalent - self.proven

    @property
    def label(self) -> Text:
        """The score in words; equivalents are no one's failure and no one's merit."""
        real = self.mutants - self.equivalent - self.proven
        zh, en = [], []
        if self.survived:
            zh.append(f"存活 {self.survived}")
            en.append(f"{self.survived} survive")
        if self.below:
            zh.append(f"其中改動查核條件者 {self.below}")
            en.append(f"{self.below} of them change what is asked")
        if self.crashed:
            zh.append(f"其中 {self.crashed} 個只因執行錯誤而測出")
            en.append(f"{self.crashed} of those killed only end in an error")
        if self.proven:
            zh.append(f"另有等價（可證）{self.proven}")
            en.append(f"{self.proven} more are proven equivalent")
        if self.equivalent:
            zh.append(f"另有等價（附理由）{self.equivalent}")
            en.append(f"{self.equivalent} more are equivalent for a reason given")
        return Text(
            "，".join([f"變異 {real} 個，案例測出 {self.killed} 個", *zh]),
            "; ".join([f"{self.killed} of {real} mutants killed by the cases", *en]),
        )


UNMEASURED = Text("尚未以變異測試", "not measured with mutants as it stands")


def score_of(control: Control) -> Score | None:
    """The score of one of the catalogue's controls; None where none was measured for it as it stands now."""
    score = kept().get(control.id)
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
        crashed=assurance.crashed,
        proven=len(assurance.proven),
        below=len(assurance.below),
        equivalent=len(assurance.equivalent),
    )


def keep(measured: dict[str, Score]) -> None:
    """Write scores over those kept; controls that are gone are left out. Same scores, same bytes."""
    merged = {**kept(), **measured}
    known = {name: asdict(score) for name, score in sorted(merged.items()) if name in controls()}
    KEPT.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")
    kept.cache_clear()


@cache
def kept() -> dict[str, Score]:
    """Every score as last measured, by control, whether it stands or not."""
    if not KEPT.exists():
        return {}
    known = {one.name for one in fields(Score)}
    read = json.loads(KEPT.read_text("utf-8"))
    # A score that was counted in other ways says nothing now: it is measured anew.
    return {name: Score(**score) for name, score in read.items() if set(score) == known}
