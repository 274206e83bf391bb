"""How far a control's cases can be trusted: which small mistakes in its SQL they would tell, and which they would not."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from chahe.controls.model import Control
from chahe.engine.casebook import Case, read_cases
from chahe.engine.equivalence import Prover
from chahe.engine.mutant_trial import Fate, MutantTrial, Stillborn
from chahe.engine.mutants import Mutant, mutants
from chahe.engine.mutations import FLOOR
from chahe.wording import Text

MAKERS = 3
"""Counted up when other mistakes are made than before: older scores no longer stand."""
SUFFIX = ".equivalent.toml"


class BadEquivalents(Exception):
    """A file of equivalent mutants that cannot be read: file, entry and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """What became of a control's mutants. Stillborn ones (no valid SQL) are not counted among them."""

    control: str
    digest: str
    killed: int
    """By what a case expects, or by an error."""
    crashed: int
    """Of those killed, the ones that only an error told."""
    survivors: tuple[Mutant, ...]
    proven: tuple[Mutant, ...]
    """Survivors that are proven to be the control in other words: no case could tell them."""
    equivalent: Mapping[str, Text]
    """Survivors that no case can tell from the control, by fingerprint, with the reason."""
    stale: tuple[str, ...]
    """Fingerprints listed as equivalent of mutants that were killed after all, or that are no longer made."""

    @property
    def below(self) -> tuple[Mutant, ...]:
        """Survivors of the mistakes that no control's cases may miss."""
        return tuple(mutant for mutant in self.survivors if mutant.operator in FLOOR)

    @property
    def mutants(self) -> int:
        return self.killed + len(self.equivalent) + len(self.proven) + len(self.survivors)


def assure(control: Control, cases: Path, *, sample: int | None = None, prove: bool = True) -> Assurance:
    """Run the mutants of a control over its cases; `sample` of them, evenly chosen by fingerprint, or all.

    Without `prove` what survives is not proven to be the control in other words, which may take a minute for one mutant.
    Raises BadCase, BadEquivalents, and BrokenCase where the control itself does not hold its cases.
    """
    made = mutants(control)
    known = equivalents(cases)
    chosen = made if sample is None else sorted(made, key=lambda mutant: mutant.fingerprint)[:sample]
    fates = _tried(control, read_cases(cases), chosen)
    survived = [mutant for mutant in chosen if fates.get(mutant.fingerprint) is Fate.SURVIVED]
    listed = {mutant.fingerprint: known[mutant.fingerprint] for mutant in survived if mutant.fingerprint in known}
    with Prover(control) as prover:
        proven = tuple(
            mutant for mutant in survived if prove and mutant.fingerprint not in known and prover.proves(mutant)
        )
    held = set(listed) | {mutant.fingerprint for mutant in proven}
    gone = set(known) - {mutant.fingerprint for mutant in made}
    return Assurance(
        control=control.id,
        digest=standing_for(control, cases),
        killed=sum(fate is not Fate.SURVIVED for fate in fates.values()),
        crashed=sum(fate is Fate.CRASHED for fate in fates.values()),
        survivors=tuple(mutant for mutant in survived if mutant.fingerprint not in held),
        proven=proven,
        equivalent=dict(sorted(listed.items())),
        stale=tuple(sorted(gone | {name for name in known if fates.get(name, Fate.SURVIVED) is not Fate.SURVIVED})),
    )


def _tried(control: Control, cases: Sequence[Case], made: Sequence[Mutant]) -> dict[str, Fate]:
    """What became of each mutant, by fingerprint; stillborn ones are left out."""
    fates: dict[str, Fate] = {}
    with MutantTrial(control, cases) as trial:
        for mutant in made:
            try:
                fates[mutant.fingerprint] = trial.fate(mutant)
            except Stillborn:
                continue
    return fates


def equivalents(cases: Path) -> dict[str, Text]:
    """The mutants listed as equivalent beside a file of cases, by fingerprint, with the reason. Raises BadEquivalents."""
    path = cases.with_name(cases.stem + SUFFIX)
    if not path.exists():
        return {}
    try:
        listed = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadEquivalents(f"{path.name}: {error}") from error
    found: dict[str, Text] = {}
    for fingerprint, entry in listed.items():
        zh, en = (str(entry.get(lang, "")) if isinstance(entry, dict) else "" for lang in ("zh", "en"))
        if not (zh.strip() and en.strip()):
            raise BadEquivalents(f"{path.name}: [{fingerprint}] needs a reason in zh and en")
        found[fingerprint] = Text(zh, en)
    return found


def standing_for(control: Control, cases: Path) -> str:
    """SHA-256 of all that a score depends on: queries, parameters, cases, listed equivalents, and the mistakes made."""
    told = sha256(f"{MAKERS}\n".encode())
    written = (control.population, control.exceptions, control.undetermined, control.margin and control.margin.query)
    for sql in written:
        told.update(f"{sql}\n".encode())
    for name, parameter in control.parameters.items():
        told.update(f"{name}={parameter.value!r} {parameter.unit.value}\n".encode())
    told.update(cases.read_bytes())
    beside = cases.with_name(cases.stem + SUFFIX)
    told.update(beside.read_bytes() if beside.exists() else b"")
    return told.hexdigest()
