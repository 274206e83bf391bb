"""The example firm from end to end: simulated, ingested and audited, it shows what was planted in it and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chahe.cli.steps import keep_audit
from chahe.controls.catalogue import controls
from chahe.controls.model import Control
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.casefiles import cases_of
from chahe.engine.embedded import Embedded
from chahe.engine.ingest import Ingest, ingest
from chahe.engine.judge import Circumstances, judge
from chahe.engine.loads import Load
from chahe.engine.outcome import Outcome
from chahe.engine.proving import prove
from chahe.engine.ready import Ready
from chahe.engine.record import AuditRecord
from chahe.engine.standing import Standing
from chahe.engine.store import Store
from chahe.engine.vaults import store_to_write, vault_of, verification
from chahe.evidence.model import Shape
from chahe.findings.casefiles import Case
from chahe.findings.identity import finding_id
from chahe.simulate.dials import EVERYTHING, NOTHING
from chahe.simulate.firm import simulate
from chahe.simulate.later import bring
from chahe.simulate.truth import CONTROLS
from chahe.sources.catalogue import readers
from chahe.vault import verify_proof
from chahe.workspace import Workspace, open_workspace
from controls.deck import DECK

AS_OF = date(2026, 11, 22)
NOW_US = 1_795_363_200_000_000


@dataclass
class Audited:
    ingested: Ingest
    record: AuditRecord
    truth: dict[str, list[dict[str, object]]]
    store: Store


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Audited]:
    known: dict[bool, Audited] = {}

    def get(clean: bool) -> Audited:
        if clean not in known:
            known[clean] = _audit(tmp_path_factory.mktemp("clean" if clean else "breached"), clean=clean)
        return known[clean]

    return get


def _audit(folder: Path, *, clean: bool) -> Audited:
    simulate(folder, seed=1, as_of=AS_OF, scenarios=NOTHING if clean else EVERYTHING)
    workspace = open_workspace(folder)
    store = store_to_write(workspace, at_us=NOW_US, random=os.urandom)
    ingested = ingest(workspace, store, readers(), now_us=NOW_US, environment={}, progress=lambda path, stage: None)
    assert bring(folder)
    again = ingest(workspace, store, readers(), now_us=NOW_US + 1, environment={}, progress=lambda path, stage: None)
    assert len(again.loaded) == (1 if clean else 2)
    ingested = Ingest(ingested.loaded + again.loaded, ingested.known, ingested.refused + again.refused)
    request = Request(
        workspace=workspace,
        store=store,
        controls=tuple(one for one in controls().values() if one.id in CONTROLS),
        span=Span(AS_OF, date(2025, 11, 23), AS_OF),
    )
    with Embedded() as engine:
        record = audit(engine, request, lambda control, outcome: None)
    keep_audit(workspace, store, record)
    return Audited(ingested, record, json.loads((folder / "truth.json").read_text("utf-8")), store)


@pytest.mark.parametrize("clean", [False, True])
def test_every_file_is_read_and_no_line_rejected(audited: Callable[[bool], Audited], clean: bool) -> None:
    ingested = audited(clean).ingested

    assert not ingested.refused
    assert not {load.path: load.rejects for load in ingested.loaded if load.rejects}
    assert not {load.path for load in ingested.loaded if not load.with_rows}


def test_the_vault_is_what_its_log_says(audited: Callable[[bool], Audited]) -> None:
    vault = vault_of(audited(False).store)

    found = verification(vault, deep=True).run()

    assert found.checkpoint.checkpoint == vault.checkpoint
    assert found.objects > len({load.object for load in audited(False).ingested.loaded})
    assert found.parts
    assert not found.unnamed


def test_a_finding_of_each_control_is_proved_to_a_stranger(audited: Callable[[bool], Audited], tmp_path: Path) -> None:
    both = audited(False)
    proved = 0
    for result in both.record.results:
        for finding in result.findings[:1]:
            proof = tmp_path / f"{finding.finding}.json"
            proof.write_bytes(prove(both.store, both.record, finding.finding))
            told = subprocess.run(  # noqa: S603 - our own script
                [sys.executable, "-I", "-S", verify_proof.__file__, str(proof)],
                capture_output=True,
                text=True,
                check=False,
            )
            assert told.returncode == 0, (finding.finding, told.stderr)
            assert finding.message.zh in told.stdout
            proved += 1
    assert proved == sum(bool(result.findings) for result in both.record.results) > 0


def test_the_findings_are_the_planted_breaches(audited: Callable[[bool], Audited]) -> None:
    both = audited(False)
    planted = {finding_id(str(one["control"]), _key(one)): one for one in both.truth["findings"]}
    found = {one.finding: one.message.en for result in both.record.results for one in result.findings}

    assert {name: one for name, one in planted.items() if name not in found} == {}
    assert {name: told for name, told in found.items() if name not in planted} == {}


def test_every_control_is_deficient_for_what_was_planted_and_leaves_nothing_undetermined(
    audited: Callable[[bool], Audited],
) -> None:
    record = audited(False).record

    assert {result.control for result in record.results} == set(CONTROLS)
    assert {result.control: result.outcome for result in record.results} == dict.fromkeys(CONTROLS, Outcome.DEFICIENT)
    assert {result.control: result.undetermined for result in record.results if result.undetermined} == {}


def test_the_clean_twin_conforms_in_every_control(audited: Callable[[bool], Audited]) -> None:
    record = audited(True).record

    assert {result.control: result.outcome for result in record.results} == dict.fromkeys(CONTROLS, Outcome.CONFORMING)


TRIED = {item: [name for name in CONTROLS if item in controls()[name].deck] for item in DECK}
"""By item of the exchange's slides, the controls that answer it and are tried on the example firm."""

every_item = pytest.mark.parametrize("item", DECK)


def test_no_item_is_without_a_control() -> None:
    assert [item for item, names in TRIED.items() if not names] == []


def outcomes(record: AuditRecord, item: str) -> set[Outcome]:
    return {result.outcome for result in record.results if result.control in TRIED[item]}


@every_item
def test_a_deck_item_is_deficient_on_the_planted_breach(audited: Callable[[bool], Audited], item: str) -> None:
    assert Outcome.DEFICIENT in outcomes(audited(False).record, item)


@every_item
def test_a_deck_item_conforms_on_the_clean_twin(audited: Callable[[bool], Audited], item: str) -> None:
    assert outcomes(audited(True).record, item) == {Outcome.CONFORMING}


@every_item
def test_a_deck_item_is_unevidenced_when_its_records_are_taken_away(without_records: AuditRecord, item: str) -> None:
    assert outcomes(without_records, item) == {Outcome.UNEVIDENCED}


class Bereft(Store):
    """The same store, without any rows: as if nobody had ever loaded what the controls need."""

    def loads(self) -> list[Load]:
        return [replace(load, rows={}) for load in super().loads()]


@pytest.fixture(scope="module")
def without_records(audited: Callable[[bool], Audited]) -> AuditRecord:
    folder = audited(False).store.folder
    request = Request(
        workspace=open_workspace(folder.parent),
        store=Bereft(folder),
        controls=tuple(controls()[name] for name in CONTROLS),
        span=Span(AS_OF, date(2025, 11, 23), AS_OF),
    )
    with Embedded() as engine:
        return audit(engine, request, lambda control, outcome: None)


class Without(Store):
    """The same store as if nobody had ever loaded one table."""

    def __init__(self, folder: Path, table: str) -> None:
        super().__init__(folder)
        self._table = table

    def loads(self) -> list[Load]:
        rows = [{name: count for name, count in load.rows.items() if name != self._table} for load in super().loads()]
        return [replace(load, rows=kept) for load, kept in zip(super().loads(), rows, strict=True)]


@dataclass(frozen=True)
class Stood:
    """Where every table stands at the audit of the breached firm, with its own engine."""

    engine: Embedded
    span: Span
    workspace: Workspace
    standings: dict[str, Standing]
    bereft: dict[str, Standing]
    """Where each table stands once its own records are taken away."""


@pytest.fixture(scope="module")
def stood(audited: Callable[[bool], Audited]) -> Iterator[Stood]:
    folder = audited(False).store.folder
    workspace, span = open_workspace(folder.parent), Span(AS_OF, date(2025, 11, 23), AS_OF)
    with Embedded() as engine:
        ready = Ready(engine, Store(folder), span, workspace.sources)
        needed = {need.table.name: need.table for name in CONTROLS for need in controls()[name].needs}
        standings = {name: ready.standing(table) for name, table in needed.items()}
        bereft = {
            name: Ready(engine, Without(folder, name), span, workspace.sources).standing(table)
            for name, table in needed.items()
            if table.shape is not Shape.DERIVED
        }
        yield Stood(engine, span, workspace, standings, bereft)


def loadable(control: Control) -> list[str]:
    """The tables without which a control cannot tell, and which somebody loads."""
    return [one.table.name for one in control.needs if not one.optional and one.table.shape is not Shape.DERIVED]


@pytest.mark.parametrize("name", CONTROLS)
def test_each_table_taken_away_alone_leaves_the_control_unevidenced_and_is_named(stood: Stood, name: str) -> None:
    control = controls()[name]
    assert loadable(control)
    for table in loadable(control):
        standings = {**stood.standings, table: stood.bereft[table]}
        given = Circumstances(span=stood.span, facts=stood.workspace.facts, standings=standings)

        verdict = judge(stood.engine, control, dict(control.parameters), given).verdict

        assert verdict.outcome is Outcome.UNEVIDENCED, table
        assert [one.en for one in verdict.reasons if one.en.startswith(f"{table} was never loaded")], table


def _key(one: dict[str, object]) -> dict[str, object]:
    key = one["key"]
    assert isinstance(key, dict)
    return key


def test_the_first_and_the_fourth_case_of_the_slides_are_one_case_each(audited: Callable[[bool], Audited]) -> None:
    record = audited(False).record
    planted = [
        one for one in audited(False).truth["findings"] if str(one["scenario"]).startswith(("case_four", "hub_of_33"))
    ]
    made = cases_of(record, controls())
    hub, trades = (
        _case_of(made, planted, control) for control in ("money-between-staff-and-customer", "opposite-trade-linked")
    )

    assert made[0] == hub
    assert hub.id != trades.id
    assert {"profit-guaranteed", "money-between-staff-and-customer"} <= {one.control for one in hub.found}
    assert sum(one.thing.role == "customer" for one in hub.people) > 20
    assert {one.control for one in trades.found} >= {
        "opposite-trade-linked",
        "shared-ip",
        "insider-account-lent",
        "customer-account-used",
    }
    assert "shared-contact" in {one.control for one in trades.adjoining}
    assert {one.thing.role for one in trades.people} >= {
        "employee",
        "relative",
        "customer",
        "account",
        "device",
        "ip",
        "address",
    }
    assert sum(one.thing.role == "employee" for one in trades.people) == 2
    assert "死亡客戶的帳戶仍有交易" in [one.zh for one in trades.looks_like]
    for case in made:
        assert all("#" in row for row in case.rows)


def _case_of(made: Sequence[Case], planted: Sequence[Mapping[str, Any]], control: str) -> Case:
    """The one case that holds every finding of a control that was planted for a case of the slides."""
    wanted = {finding_id(one["control"], one["key"]) for one in planted if one["control"] == control}
    [case] = [case for case in made if wanted & {one.finding for one in case.found}]
    assert wanted <= {one.finding for one in case.found}
    return case
