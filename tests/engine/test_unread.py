"""A file of the sources that was not read may hold what a control needs: no control passes over it."""

from datetime import date
from pathlib import Path

import pytest

from chahe.controls.catalogue import controls
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.ingest import unloaded
from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord
from chahe.engine.show import Raws
from chahe.reports.page import write_page
from chahe.reports.workbook import write_workbook
from workspaces import CHAHE_TOML, Small

SHADOW = "root:$6$salt$notapasswordhash:20770:0:90:7:::\n"
HOLDERS = "系統名稱,帳號,人員編號,使用者類別\norder-gw,root,E001,員工\ngw-2,root,E001,員工\n"
SOURCE = """
[[source]]
name = "accounts"
paths = ["accounts"]
observed = 2026-11-22T12:00:00+08:00
set = { system = "order-gw" }
"""
SPAN = Span(date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 22))
PASSWORD_AGE = controls()["password-age"]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    made = Small(tmp_path)
    (tmp_path / "accounts").mkdir()
    (tmp_path / "accounts" / "shadow").write_text(SHADOW, "utf-8")
    made.write("account_holders.csv", HOLDERS)
    configure(made, SOURCE)
    return made


def configure(small: Small, more: str) -> None:
    (small.folder / "chahe.toml").write_text(CHAHE_TOML + more, "utf-8")


def audited(small: Small, cache: Path | None = None) -> AuditRecord:
    small.ingest()
    request = Request(
        workspace=small.workspace,
        store=small.store,
        controls=(PASSWORD_AGE,),
        span=SPAN,
        unread=unloaded(small.workspace, small.store.loads()),
        cache=cache,
    )
    with Embedded() as engine:
        return audit(engine, request, lambda control, outcome: None)


def test_an_unread_file_beside_the_accounts_leaves_no_verdict_on_them(small: Small, tmp_path: Path) -> None:
    before = audited(small, tmp_path / "cache")
    (small.folder / "accounts" / "gw-2.pdf").write_bytes(b"%PDF-1.7 of the other system's accounts")
    after = audited(small, tmp_path / "cache")

    assert before.results[0].outcome is Outcome.CONFORMING
    assert after.results[0].outcome is Outcome.UNEVIDENCED
    assert any("accounts/gw-2.pdf" in reason.zh and "ignore" in reason.en for reason in after.results[0].reasons)
    assert [(one.source, one.path) for one in after.unread] == [("accounts", "accounts/gw-2.pdf")]
    assert after.digest != before.digest
    assert AuditRecord.from_json(after.to_json()) == after


def test_a_file_declared_to_be_no_record_hinders_nothing(small: Small) -> None:
    (small.folder / "accounts" / "notes.pdf").write_bytes(b"%PDF-1.7 notes")
    configure(small, SOURCE + 'ignore = ["*.pdf"]\n')

    record = audited(small)

    assert record.results[0].outcome is Outcome.CONFORMING
    assert record.unread == ()


def test_an_unread_file_of_a_source_with_other_tables_hinders_nothing_but_is_told(small: Small) -> None:
    configure(small, SOURCE + '\n[[source]]\nname = "scans"\npaths = ["scans"]\nreader = "nessus"\n')
    (small.folder / "scans").mkdir()
    (small.folder / "scans" / "cut.gz").write_bytes(b"\x1f\x8bcut")

    record = audited(small)

    assert record.results[0].outcome is Outcome.CONFORMING
    assert [one.path for one in record.unread] == ["scans/cut.gz"]


def test_an_unread_file_of_the_declared_reader_counts_though_nothing_stands_beside_it(small: Small) -> None:
    unread = '\n[[source]]\nname = "gw-2"\npaths = ["gw-2.txt"]\nreader = "net_user"\nobserved = 2026-11-22\n'
    configure(small, SOURCE + unread)
    (small.folder / "gw-2.txt").write_bytes(b"no account of any kind\n")

    assert audited(small).results[0].outcome is Outcome.UNEVIDENCED


def test_both_reports_list_what_was_not_read(small: Small, tmp_path: Path) -> None:
    (small.folder / "accounts" / "gw-2.pdf").write_bytes(b"%PDF-1.7")
    record = audited(small)

    write_page(record, Raws(small.store), tmp_path / "report.html", "zh")
    write_workbook(record, Raws(small.store), tmp_path / "report.xlsx", "en")

    page = (tmp_path / "report.html").read_text("utf-8")
    assert "未讀入的檔案" in page
    assert "accounts/gw-2.pdf" in page.split("未讀入的檔案")[1]
    assert (tmp_path / "report.xlsx").stat().st_size > 0
