"""Breaches planted beside the audited evidence: caught, told when they are not, and nothing of them stays."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chahe.controls.catalogue import cases_of, chapter_of, controls
from chahe.controls.model import Control
from chahe.engine import audit as audit_module
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.canaries import Canaries, Canary
from chahe.engine.canary_rows import MARK, ROW, choices, moved, renamed
from chahe.engine.casebook import Case, read_cases
from chahe.engine.embedded import Embedded
from chahe.engine.parameters import chosen
from chahe.engine.ready import Ready
from chahe.engine.record import AuditRecord, CanaryRecord
from chahe.wording import Text
from workspaces import FIREWALLS_CSV, Small, fortigate_line

SPAN = Span(date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 22))
RETENTION = controls()["firewall-log-retention"]
BACKUP = controls()["firewall-log-backup"]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    made = Small(tmp_path)
    made.write("fg.log", "".join(fortigate_line(number) for number in range(3)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    made.ingest()
    return made


def run(small: Small, control: Control, *, planted: bool = True, span: Span = SPAN) -> AuditRecord:
    request = Request(
        workspace=small.workspace,
        store=small.store,
        controls=(control,),
        span=span,
        canaries={control.id: cases_of(RETENTION)} if planted else {},
    )
    with Embedded() as engine:
        return audit(engine, request, lambda control, outcome: None)


def canary(record: AuditRecord) -> CanaryRecord:
    [result] = record.results
    assert result.canary is not None
    return result.canary


@pytest.mark.parametrize("as_of", [date(2026, 11, 22), date(2027, 1, 31)])
def test_a_planted_breach_comes_out_besides_the_real_ones(small: Small, as_of: date) -> None:
    span = Span(as_of, date(2026, 11, 1), as_of)

    with_it, without = run(small, RETENTION, span=span), run(small, RETENTION, planted=False, span=span)

    told = canary(with_it)
    assert told.planted > 0
    assert not told.failed
    assert not with_it.canaries_failed
    [one], [other] = with_it.results, without.results
    assert replace(one, canary=None) == other
    assert other.findings


def test_nothing_of_it_enters_the_vault_and_an_audit_without_is_as_before(small: Small) -> None:
    before = run(small, RETENTION, planted=False)
    files = {path: path.read_bytes() for path in small.store.folder.rglob("*") if path.is_file()}

    with_it = run(small, RETENTION)

    assert {path: path.read_bytes() for path in small.store.folder.rglob("*") if path.is_file()} == files
    assert run(small, RETENTION, planted=False).to_json() == before.to_json()
    assert with_it.to_json() == run(small, RETENTION).to_json()
    assert AuditRecord.from_json(with_it.to_json()) == with_it
    assert MARK not in before.to_json().decode()


def test_a_control_that_goes_blind_among_the_firms_rows_misses_it(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_module, "chapter_of", lambda control: "cc17010_network")
    blind = replace(
        RETENTION, exceptions=f"SELECT * FROM ({RETENTION.exceptions}) AS e WHERE (SELECT count(*) FROM population) < 2"
    )

    record = run(small, blind)

    told = canary(record)
    assert record.canaries_failed
    assert len(told.missed) == told.planted
    assert all(MARK in one for one in told.missed)
    assert list(told.changed) == [one.finding for one in record.results[0].findings] != []


def test_a_real_finding_that_changes_beside_it_is_told(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "chapter_of", lambda control: "cc17010_network")
    leaking = replace(
        RETENTION,
        exceptions=f"SELECT e.*, (SELECT count(*) FROM population) AS beside FROM ({RETENTION.exceptions}) AS e",
    )

    record = run(small, leaking)

    assert not canary(record).missed
    assert list(canary(record).changed) == [one.finding for one in record.results[0].findings]


def of_all(rows: str) -> Control:
    """A control with one more finding, of the whole firm, where there are such rows of the population."""
    whole = f"""
        SELECT 0 AS beside, e.* FROM ({RETENTION.exceptions}) AS e
        UNION ALL
        SELECT c.n, w.* REPLACE (CAST(NULL AS VARCHAR) AS device)
        FROM (SELECT * FROM ({RETENTION.exceptions}) AS f ORDER BY device LIMIT 1) AS w, (SELECT count(*) AS n FROM population) AS c
        WHERE {rows}
    """
    return replace(RETENTION, exceptions=whole)


@pytest.mark.parametrize("rows", ["c.n > 0", "c.n > 1"])
def test_a_finding_of_the_whole_firm_may_count_planted_rows(
    small: Small, monkeypatch: pytest.MonkeyPatch, rows: str
) -> None:
    monkeypatch.setattr(audit_module, "chapter_of", lambda control: "cc17010_network")

    assert not run(small, of_all(rows)).canaries_failed


def test_a_finding_of_the_whole_firm_that_is_gone_is_told(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "chapter_of", lambda control: "cc17010_network")

    record = run(small, of_all("c.n < 2"))

    assert len(canary(record).changed) == 1


def test_a_query_that_breaks_on_the_firms_rows_with_it_is_a_miss(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "chapter_of", lambda control: "cc17010_network")
    breaking = replace(
        RETENTION,
        exceptions=f"SELECT * FROM ({RETENTION.exceptions}) AS e"
        " WHERE CASE WHEN (SELECT count(*) FROM population) > 1 THEN CAST('x' AS INTEGER) ELSE 1 END = 1",
    )

    told = canary(run(small, breaking))

    assert "QueryFailed" in told.missed[0]


def test_a_control_that_examined_nothing_gets_none(small: Small) -> None:
    [result] = run(small, controls()["password-age"]).results

    assert result.canary is None


SECURITY = ("cc17010", "cc17020", "cc18000", "cc19000", "governance", "incidents", "colocation")
WHOLE_FIRM = {"network-assessment-overdue", "policy-missing", "security-officer-missing", "usage-rules-missing"}
"""Their exceptions name the firm or a thing that the rule names: there is no second of it."""


def test_a_case_of_every_control_on_security_can_be_planted_on_any_day_but_of_those_on_the_firm_as_a_whole(
    small: Small,
) -> None:
    span = Span(date(2027, 3, 1), date(2026, 3, 2), date(2027, 3, 1))
    with Embedded() as engine, Canaries(engine, Ready(engine, small.store, span, ()), span) as canaries:
        ready = {
            name: canaries.chosen(one, read_cases(cases_of(one)), chosen(one, {}))
            for name, one in controls().items()
            if chapter_of(one).startswith(SECURITY)
        }

    assert {name for name, one in ready.items() if isinstance(one, Text)} == WHOLE_FIRM
    assert all(one.zh and one.en for one in ready.values() if isinstance(one, Text))
    assert all(one.expected for one in ready.values() if isinstance(one, Canary))


def broken(control: Control) -> Case:
    return next(case for case in read_cases(cases_of(control)) if case.expected)


def test_days_and_moments_move_with_the_day_and_rows_are_marked() -> None:
    case = broken(BACKUP)

    later = moved(case, date(2026, 12, 2))

    assert later.as_of == date(2026, 12, 2)
    assert later.given["log_backups"][3]["covers_from"] == date(2026, 10, 14)
    assert later.given["log_backups"][3]["kept_until"] == date(2029, 10, 13)
    assert later.given["firewall_events"][0]["happened_at_us"] == (
        int(str(case.given["firewall_events"][0]["happened_at_us"])) + 10 * 86_400_000_000
    )
    assert all(str(row["row_id"]).startswith(ROW) for rows in later.given.values() for row in rows)
    assert case.given["log_backups"][3]["row_id"] == "b#4"


def test_rows_that_name_other_rows_go_on_naming_them() -> None:
    case = broken(controls()["profit-guaranteed"])

    planted = moved(case, date(2026, 12, 2))

    known = {row["row_id"] for row in planted.given["messages"]}
    assert {row["message_row"] for row in planted.given["message_phrases"]} <= known


@pytest.mark.parametrize("name", ["profit-guaranteed", "special-customer-uncontrolled"])
def test_breaches_under_other_parameters_or_keyed_by_records_can_be_planted(small: Small, name: str) -> None:
    control, as_of = controls()[name], date(2026, 11, 22)
    span = Span(as_of, date(2025, 11, 23), as_of)

    with Embedded() as engine, Canaries(engine, Ready(engine, small.store, span, ()), span) as canaries:
        canary = canaries.chosen(control, read_cases(cases_of(control)), chosen(control, {}))

    assert isinstance(canary, Canary)
    assert canary.expected


def test_days_without_end_stay_without_end() -> None:
    case = broken(BACKUP)
    case.given["log_backups"][0]["kept_until"] = date(9999, 12, 31)

    assert moved(case, date(2026, 12, 2)).given["log_backups"][0]["kept_until"] == date(9999, 12, 31)


def test_names_are_marked_alike_in_every_table_and_words_of_the_rule_stay() -> None:
    case = broken(BACKUP)
    every = next(choices(BACKUP, case, chosen(BACKUP, {})))

    other = renamed(case, every)

    assert {row["device"] for row in other.given["log_backups"]} == {f"fw{n}{MARK}" for n in (1, 2, 3)}
    assert {row["device"] for row in other.given["firewall_events"]} == {f"fw{n}{MARK}" for n in (1, 2, 3)}
    assert "不明" in {row["medium"] for row in other.given["log_backups"]}
