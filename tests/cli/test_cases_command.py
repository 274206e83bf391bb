"""`chahe cases`: the worst first, each with the records behind it; and what to do where there is none."""

import json
from pathlib import Path

import pytest

from chahe.cli import exits
from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord, FindingRecord, ResultRecord
from chahe.engine.runs import keep
from chahe.wording import Text
from commands import call
from workspaces import Small

SAID = Text("說明", "told")


def _finding(person: str, customer: str, received: int) -> FindingRecord:
    row: dict[str, object] = {
        "person_id": person,
        "customer_id": customer,
        "defect": "hub",
        "received": received,
        "last_on": "2026-11-02",
        "last_row": f"bank#{customer}",
    }
    return FindingRecord(
        finding=f"money-between-staff-and-customer-{person}{customer}",
        row=row,
        message=Text(f"{person} 收款", f"{person} took"),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small = Small(tmp_path)
    result = ResultRecord(
        control="money-between-staff-and-customer", chapter="conduct", digest="", title=SAID, severity="high",
        outcome=Outcome.DEFICIENT, reasons=(), frame=SAID, population=9, examined=9, excluded=(), margin=None, parameters=(),
        rules=(), undetermined=(), blind_spots=(), remedy=SAID,
        findings=(_finding("e1", "k1", 10_000), _finding("e2", "k2", 900_000), _finding("e2", "k3", 500_000)),
    )  # fmt: skip
    record = AuditRecord(
        chahe="0", firm="測試證券", as_of="2026-11-22", begin="2025-11-23", until="2026-11-22",
        checkpoint="", engine="duckdb", results=(result,),
    )  # fmt: skip
    keep(small.workspace.audits, record.sealed())
    return tmp_path


def test_cases_are_listed_worst_first_and_shown_with_their_records(folder: Path) -> None:
    listed = json.loads(call("cases", "--json", "-w", folder).stdout)
    assert [(one["subjects"][0]["value"], len(one["findings"])) for one in listed] == [("e2", 2), ("e1", 1)]
    shown = call("cases", listed[0]["case"][5:11], "-w", folder)
    assert shown.returncode == exits.FINE
    for words in (
        "員工 e2",
        "1,400,000",
        "末筆資金往來",
        "bank#k2",
        "bank#k3",
        "money-between-staff-and-customer-e2k3",
        "不是認定違規",
    ):
        assert words in shown.stdout


def test_a_number_that_no_case_has_is_refused_with_those_there_are(folder: Path) -> None:
    told = call("cases", "case-zzz", "-w", folder, "--lang", "en")
    assert told.returncode == exits.USAGE
    assert "no case begins case-zzz" in told.stderr
    assert told.stderr.count("case-") == 3
