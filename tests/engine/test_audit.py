"""An audit is a function of what is loaded: run twice, the same bytes; on either engine, the same verdicts."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chahe.controls.catalogue import controls
from chahe.controls.model import Control
from chahe.engine import audit as audit_module
from chahe.engine.audit import Request, audit, digest
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine
from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord
from chahe.rules.parameter import RefusedParameter
from workspaces import FIREWALLS_CSV, Small, fortigate_line

SPAN = Span(date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 22))
RETENTION = controls()["firewall-log-retention"]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    made = Small(tmp_path)
    made.write("fg.log", "".join(fortigate_line(number) for number in range(200)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    made.ingest()
    return made


def run(small: Small, engine: Engine, *chosen: Control, cache: Path | None = None) -> AuditRecord:
    request = Request(workspace=small.workspace, store=small.store, controls=chosen, span=SPAN, cache=cache)
    return audit(engine, request, lambda control, outcome: None)


def test_it_finds_the_firewall_whose_records_begin_too_late(small: Small) -> None:
    with Embedded() as engine:
        record = run(small, engine, RETENTION)

    [result] = record.results
    assert result.outcome is Outcome.DEFICIENT
    [finding] = result.findings
    assert finding.row["device"] == "fg-test"
    assert finding.message.zh != finding.message.en


def test_two_runs_give_the_same_bytes(small: Small) -> None:
    every = tuple(controls().values())
    with Embedded() as engine:
        first = run(small, engine, *every)
    with Embedded() as engine:
        second = run(small, engine, *every)

    assert first.to_json() == second.to_json()
    assert AuditRecord.from_json(first.to_json()) == first


def test_spark_reads_the_same_parts_and_gives_the_same_digest(small: Small, cluster: Engine) -> None:
    chosen = tuple(controls()[name] for name in ("firewall-log-retention", "firewall-log-gaps", "password-age"))
    with Embedded() as engine:
        here = run(small, engine, *chosen)

    there = run(small, cluster, *chosen)

    assert [result.outcome for result in there.results] == [result.outcome for result in here.results]
    assert there.digest == here.digest


def test_results_are_kept_and_taken_again(small: Small, tmp_path: Path) -> None:
    cache = tmp_path / "results"
    with Embedded() as engine:
        first = run(small, engine, RETENTION, cache=cache)
        kept = sorted(path.name for path in cache.iterdir())
        second = run(small, engine, RETENTION, cache=cache)

    assert len(kept) == 1
    assert first == second


def test_a_control_that_breaks_is_an_error_and_fails_the_audit(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = replace(RETENTION, exceptions=RETENTION.exceptions + " AND 1 / 0 = CAST('x' AS INTEGER)")
    monkeypatch.setattr(audit_module, "chapter_of", lambda control: "cc17010_network")
    with Embedded() as engine:
        record = run(small, engine, broken, controls()["password-age"])

    assert [result.outcome for result in record.results] == [Outcome.ERROR, Outcome.UNEVIDENCED]
    assert record.failed


def test_a_looser_parameter_is_refused_before_anything_runs(small: Small) -> None:
    toml = small.folder / "chahe.toml"
    toml.write_text(toml.read_text("utf-8") + "\n[parameters.firewall-log-retention]\nkept = 1\n", "utf-8")

    with Embedded() as engine, pytest.raises(RefusedParameter, match="kept"):
        run(small, engine, RETENTION)


def test_any_word_of_a_control_changes_its_digest() -> None:
    assert digest(RETENTION) == digest(replace(RETENTION))
    assert digest(RETENTION) != digest(replace(RETENTION, remedy=RETENTION.question))
