"""Outcomes by item of the co-location audits and by system: every item is listed, and every finding that names a system counted."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from chahe.controls.catalogue import controls
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.record import AssuranceRecord, AuditRecord, CanaryRecord
from chahe.engine.show import Raws
from chahe.reports.outcome_views import assurance, by_system, canary, colocation, trust
from chahe.reports.page import write_page
from chahe.reports.workbook import write_workbook
from chahe.wording import Text
from workspaces import FIREWALLS_CSV, Small, fortigate_line


@pytest.fixture
def small(tmp_path: Path) -> Small:
    made = Small(tmp_path)
    made.write("fg.log", "".join(fortigate_line(number) for number in range(20)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    made.ingest()
    return made


@pytest.fixture
def record(small: Small) -> AuditRecord:
    chosen = (controls()["firewall-log-retention"], controls()["password-age"])
    span = Span(date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 22))
    request = Request(workspace=small.workspace, store=small.store, controls=chosen, span=span)
    with Embedded() as engine:
        return audit(engine, request, lambda control, outcome: None)


def test_every_item_of_the_co_location_audits_is_listed_with_its_results(record: AuditRecord) -> None:
    items = {item.name: [one.control for one in item.results] for item in colocation(record)}

    assert items["共置-發現二"] == ["firewall-log-retention"]
    assert items["共置-發現四"] == ["password-age"]
    assert items["共置-發現八"] == []
    assert len(items) == 10


def test_findings_are_counted_where_they_stand(record: AuditRecord) -> None:
    assert {name: [(one.control, count) for one, count in found] for name, found in by_system(record).items()} == {
        "fg-test": [("firewall-log-retention", 1)]
    }


def test_the_score_of_a_control_is_said_and_its_absence_too(record: AuditRecord) -> None:
    unmeasured = replace(record.results[0], assurance=None)
    measured = replace(record.results[0], assurance=AssuranceRecord(mutants=10, killed=7, equivalent=2))

    assert "not measured" in assurance(unmeasured).en
    assert assurance(measured).en == "of 8 mistakes put into its SQL, its cases tell 7"


def test_it_is_said_what_became_of_planted_breaches(record: AuditRecord) -> None:
    first = record.results[0]
    caught = replace(first, canary=CanaryRecord(planted=7, case="c", missed=()))
    failed = replace(first, canary=CanaryRecord(planted=7, case="c", missed=("device=fw1~canary",), changed=("x-1",)))
    aside = replace(first, canary=CanaryRecord(planted=0, case="", missed=(), unplanted=Text("不行", "it cannot be")))

    assert "no breach was planted" in canary(first).en
    assert canary(caught).zh == "在證據旁試植 7 件違規，全部查出"
    assert "not found device=fw1~canary; findings of the firm's that changed x-1" in canary(failed).en
    assert canary(aside).en == "none could be planted: it cannot be"
    assert trust(first) == assurance(first)
    assert trust(caught).en == f"{assurance(caught).en}; {canary(caught).en}"


def test_both_reports_show_the_views(small: Small, record: AuditRecord, tmp_path: Path) -> None:
    write_page(record, Raws(small.store), tmp_path / "one.html", "zh")
    write_workbook(record, Raws(small.store), tmp_path / "one.xlsx", "en")

    page = (tmp_path / "one.html").read_text("utf-8")
    assert "主機共置查核項目" in page
    assert "各系統與設備" in page
    said = trust(record.results[0])
    assert page.count(f"案例的把握：{said.zh}") == 2
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    [_, found] = book["Findings"].iter_rows(values_only=True)
    assert found[8] == said.en
    rows = list(book["Co-location"].iter_rows(values_only=True))
    assert ("共置-發現四", "Passwords not changed in time", "password-age", "unevidenced") in rows
    assert tuple(book["Systems"][2][column].value for column in (0, 1)) == ("fg-test", "firewall-log-retention")
