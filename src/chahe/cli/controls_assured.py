"""What `chahe controls --check` and `--assure` print: faults of form and cases, and mutants that no case tells."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli import exits
from chahe.cli.canaries_shown import print_canaries
from chahe.cli.screen import Failure, Screen
from chahe.wording import Text

if TYPE_CHECKING:
    from chahe.controls.model import Control
    from chahe.engine.assurance import Assurance
    from chahe.engine.own import Own
    from chahe.engine.record import ResultRecord


def print_check(screen: Screen, own: "Mapping[str, Own]", named: tuple[str, ...]) -> None:
    """Hold controls against the house's rules and their cases. Own ones that do not hold are refused before this is reached."""
    from chahe.engine.casebook import read_cases
    from chahe.engine.house import Cased, faults

    chosen = _chosen(own, named or tuple(own))
    found = {name: [] if name in own else faults(Cased(one, read_cases(path))) for name, (one, path) in chosen.items()}
    screen.json({name: [text(screen.lang) for text in texts] for name, texts in found.items()})
    if not chosen:
        screen.say(
            Text(
                "工作資料夾的 controls/ 裡沒有控制點；要檢查目錄的控制點，請寫出它的 id",
                "there is no control in controls/ of the workspace; to check one of the catalogue, name its id",
            )
        )
    for name, texts in found.items():
        if not texts:
            count = len(read_cases(chosen[name][1]))
            screen.say(
                Text(f"{name}：寫法正確，{count} 個案例都成立", f"{name}: in form, and its {count} cases hold"), "green"
            )
        for text in texts:
            screen.raw(f"{name}: {text(screen.lang)}", "bold red")
    if any(found.values()):
        raise click.exceptions.Exit(exits.DEFICIENT)


def print_assurance(
    screen: Screen, own: "Mapping[str, Own]", named: tuple[str, ...], folder: Path, *, suggest: bool = False
) -> None:
    """Run the mutants of the named controls (all, if none is named) and show those that survive.

    In a workspace that was audited, their broken cases are also planted beside what its last audit examined. With `suggest`, cases are
    looked for that would tell the survivors.
    """
    from chahe.cli.controls_suggested import print_suggestions
    from chahe.engine.assurance import BadEquivalents, assure
    from chahe.engine.casebook import BadCase
    from chahe.engine.mutant_trial import BrokenCase

    found: list[Assurance] = []
    for name, (one, path) in _chosen(own, named).items():
        screen.progress(f"{name} …")
        try:
            found.append(assure(one, path))
        except (BadCase, BadEquivalents, BrokenCase) as error:
            raise Failure(
                Text(
                    f"{name} 的案例不成立，無法測試：{error}",
                    f"the cases of {name} do not hold, so nothing can be tested: {error}",
                ),
                screen.lang,
            ) from error
        screen.progress_done()
        _print(screen, found[-1])
        if suggest and found[-1].survivors:
            print_suggestions(screen, one, path, found[-1])
    planted = _planted(screen, folder, [one.control for one in found])
    print_canaries(screen, list(planted.values()))
    screen.json([{**_told(one, screen), "canary": _canary(planted.get(one.control))} for one in found])
    failed = any(one.canary is not None and one.canary.failed for one in planted.values())
    if failed or any(one.survivors or one.stale for one in found):
        raise click.exceptions.Exit(exits.DEFICIENT)


def _planted(screen: Screen, folder: Path, names: list[str]) -> "dict[str, ResultRecord]":
    """The results of controls over the evidence, day and period of the last audit, with breaches planted; none without one."""
    from datetime import date

    from chahe.cli.steps import audit_all, open_here
    from chahe.engine.binding import Span
    from chahe.engine.runs import latest
    from chahe.workspace import FILE

    if not (folder / FILE).exists():
        return {}
    workspace, store = open_here(folder, screen.lang)
    last = latest(workspace.audits)
    if last is None or not names:
        return {}
    span = Span(*(date.fromisoformat(day) for day in (last.as_of, last.begin, last.until)))
    record = audit_all(screen, workspace, store, span, only=tuple(names), canaries=True)
    return {one.control: one for one in record.results}


def _canary(result: "ResultRecord | None") -> dict[str, object] | None:
    return asdict(result.canary) if result is not None and result.canary is not None else None


def _chosen(own: "Mapping[str, Own]", named: tuple[str, ...]) -> "dict[str, tuple[Control, Path]]":
    """The named controls, all if none is, each with its cases."""
    from chahe.controls.catalogue import cases_of, controls

    known = {name: (one, cases_of(one)) for name, one in controls().items()}
    known |= {name: (one.control, one.cases) for name, one in own.items()}
    return {name: known[name] for name in (named or known)} if named or own or known else {}


def _print(screen: Screen, found: "Assurance") -> None:
    from chahe.engine.scores import scored

    screen.say(
        Text(f"{found.control}：{scored(found).label.zh}", f"{found.control}: {scored(found).label.en}"),
        "bold red" if found.survivors or found.stale else "green",
    )
    for mutant in found.survivors:
        screen.raw(f"  {mutant.fingerprint} {mutant.place} {mutant.operator}", "yellow")
        screen.raw(f"    - {mutant.before}")
        screen.raw(f"    + {mutant.after}")
    for fingerprint in found.stale:
        screen.say(
            Text(
                f"  {fingerprint} 列為等價，但案例測得出來，或 SQL 已改而不再有這個變異；請刪除這一項",
                f"  {fingerprint} is listed as equivalent, but a case tells it, or the SQL has changed and it is made no more; take it out",
            ),
            "red",
        )


def _told(found: "Assurance", screen: Screen) -> dict[str, object]:
    return {
        "control": found.control,
        "mutants": found.mutants,
        "killed": found.killed,
        "crashed": found.crashed,
        "proven": [one.fingerprint for one in found.proven],
        "equivalent": {name: reason(screen.lang) for name, reason in found.equivalent.items()},
        "survivors": [
            {
                "fingerprint": one.fingerprint,
                "place": one.place,
                "operator": one.operator,
                "before": one.before,
                "after": one.after,
            }
            for one in found.survivors
        ],
        "stale": list(found.stale),
    }
