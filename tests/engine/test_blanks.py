"""Columns that no row fills: where a control needs them, its silence proves nothing."""

from datetime import date
from pathlib import Path

import pytest

from chahe.controls.catalogue import controls
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.ready import Ready
from chahe.engine.standing import Standing, problems
from chahe.evidence.catalogue import tables
from workspaces import Small

AS_OF = date(2026, 11, 22)


def standing(folder: Path, *rows: str) -> Standing:
    """Where a list of customers stands, asked for the column of national IDs."""
    made = Small(folder)
    made.write("customers.csv", "\n".join(["客戶編號,客戶姓名,身分證字號", *rows]) + "\n")
    made.ingest()
    with Embedded() as engine:
        ready = Ready(engine, made.store, Span(AS_OF, date(2026, 11, 1), AS_OF), made.workspace.sources)
        return ready.standing(tables()["customers"], ("national_id", "name"))


def said(control: str, found: Standing) -> list[str]:
    return [one.text.en for one in problems(controls()[control], {"customers": found}, AS_OF) if "says" in one.text.en]


def test_a_needed_column_that_no_row_fills_bars_a_pass_and_is_named(tmp_path: Path) -> None:
    found = standing(tmp_path, "C1,王小明,", "C2,李大同,")

    assert found.blank == ("national_id",)
    [text] = said("shared-ip", found)
    assert text.startswith("no record of customers says national_id")


def test_one_row_that_fills_it_is_enough(tmp_path: Path) -> None:
    assert standing(tmp_path, "C1,王小明,A123456789", "C2,李大同,").blank == ()


def test_a_list_without_rows_leaves_nothing_blank(tmp_path: Path) -> None:
    assert standing(tmp_path).blank == ()


def test_what_one_control_found_filled_is_not_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Small(tmp_path)
    made.write("customers.csv", "客戶編號,客戶姓名,身分證字號\nC1,王小明,\n")
    made.ingest()
    asked: list[str] = []
    with Embedded() as engine:
        ready = Ready(engine, made.store, Span(AS_OF, date(2026, 11, 1), AS_OF), made.workspace.sources)
        first = ready.standing(tables()["customers"], ("national_id", "name")).blank
        rows = engine.rows
        monkeypatch.setattr(engine, "rows", lambda sql: (asked.append(sql), rows(sql))[1])
        second = ready.standing(tables()["customers"], ("name",)).blank
        third = ready.standing(tables()["customers"], ("national_id", "name")).blank

    assert (first, second, third) == (("national_id",), (), ("national_id",))
    assert [("national_id" in sql, " name IS" in sql) for sql in asked] == [(True, False)]


def test_controls_that_can_do_without_the_column_do_not_mind() -> None:
    assert said("credit-assessment-missing", Standing(loaded=True, blank=("national_id",))) == []
