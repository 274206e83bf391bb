"""Personal data in raw files: found on ingest in every form a file has, told by place, and never copied."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from chahe.controls.catalogue import controls
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.record import AuditRecord
from chahe.engine.show import Raws
from chahe.evidence.data_exposures import table
from chahe.reports.evidence import quote
from workspaces import Small, fortigate_line

TODAY = date(2026, 11, 22)
NATIONAL_ID = "A123456789"


def _scanned(small: Small) -> dict[tuple[str, str | None], tuple[str, int, str | None]]:
    """By path and kind: state, how many, and where."""
    parts = str(small.store.folder / "tables" / table.name / "*.parquet")
    rows = duckdb.sql(f"SELECT path, kind, state, found, places FROM read_parquet('{parts}')").fetchall()
    return {(path, kind): (state, found, places) for path, kind, state, found, places in rows}


def _audited(small: Small) -> AuditRecord:
    request = Request(
        workspace=small.workspace,
        store=small.store,
        controls=(controls()["personal-data-exposed"],),
        span=Span(TODAY, TODAY, TODAY),
    )
    with Embedded() as engine:
        return audit(engine, request, lambda control, outcome: None)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


def test_a_log_line_is_told_by_line_and_column(small: Small) -> None:
    clean = fortigate_line(1)
    exposed = clean.rstrip("\n") + f' msg="login by {NATIONAL_ID}"\n'
    small.write("fg.log", clean + exposed + clean)
    small.ingest()

    column = exposed.index(NATIONAL_ID) + 1
    assert _scanned(small) == {("records/fg.log", "national_id"): ("found", 1, f"2:{column}")}


def test_a_log_in_big5_is_looked_through(small: Small) -> None:
    line = fortigate_line(1).rstrip("\n") + f' msg="客戶{NATIONAL_ID}"\n'
    small.write("fg.log", line.encode("cp950"))
    small.ingest()

    assert ("records/fg.log", "national_id") in _scanned(small)


def test_a_sheet_is_told_by_cell_and_hidden_columns_of_no_table_count(small: Small) -> None:
    path = small.folder / "records" / "防火牆.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("清冊")
        for row, cells in enumerate((("設備名稱", "啟用日", "手機"), ("fg-test", "2026-11-01", "0912-345-678"))):
            sheet.write_row(row, 0, cells)
        sheet.set_column(2, 2, None, None, {"hidden": True})
    small.ingest()

    assert _scanned(small) == {("records/防火牆.xlsx", "mobile"): ("found", 1, "清冊!C2")}


def test_a_csv_is_told_by_cell(small: Small) -> None:
    small.write("firewalls.csv", f"設備名稱,啟用日,承辦人\nfg-test,2026-11-01,{NATIONAL_ID}\n")
    small.ingest()

    assert _scanned(small) == {("records/firewalls.csv", "national_id"): ("found", 1, "C2")}


def test_a_file_without_any_says_so(small: Small) -> None:
    small.write("fg.log", fortigate_line(1))
    small.ingest()

    assert _scanned(small) == {("records/fg.log", None): ("clean", 0, None)}


def test_what_a_log_grew_by_is_added_up(small: Small) -> None:
    line = fortigate_line(1).rstrip("\n") + f' msg="{NATIONAL_ID}"\n'
    register = "個資檔案位置,特定目的,檔案保管人,刪除期限\nx.csv,管理,陳主任,2027-01-01\n"
    small.write("個資.csv", register)
    small.write("fg.log", line)
    small.ingest()
    small.write("fg.log", line + line + fortigate_line(2))
    small.ingest()

    (finding,) = _audited(small).results[0].findings
    assert (finding.row["path"], finding.row["found"]) == ("records/fg.log", 2)


def test_neither_table_finding_nor_report_holds_the_value(small: Small) -> None:
    small.write("個資.csv", "個資檔案位置,特定目的,檔案保管人,刪除期限\nx.csv,管理,陳主任,2027-01-01\n")
    small.write("fg.log", fortigate_line(1).rstrip("\n") + f' msg="{NATIONAL_ID}"\n')
    small.ingest()

    result = _audited(small).results[0]
    (quoted,) = quote(Raws(small.store), result, "zh")
    parts = (small.store.folder / "tables" / table.name).glob("*.parquet")
    assert all(NATIONAL_ID.encode() not in part.read_bytes() for part in parts)
    assert NATIONAL_ID not in str(result)
    assert "A12****789" in quoted.raw[0].text
    assert NATIONAL_ID not in quoted.raw[0].text


def test_a_file_that_was_not_looked_through_bars_a_clean_verdict(small: Small) -> None:
    small.write("個資.csv", "個資檔案位置,特定目的,檔案保管人,刪除期限\nx.csv,管理,陳主任,2027-01-01\n")
    small.write("fg.log", fortigate_line(1))
    small.ingest()
    assert _audited(small).results[0].outcome.value == "conforming"

    load = next(one for one in small.store.loads() if one.path == "records/fg.log")
    small.store.part(table.name, load.load).unlink()

    result = _audited(small).results[0]
    assert result.outcome.value == "unevidenced"
    assert "records/fg.log" in result.reasons[0].en
