"""Columns that a declared mapping fills from fields which never occur: a slip that must not pass for an empty column."""

from datetime import date
from pathlib import Path

import pytest

from chahe.controls.catalogue import controls
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.loads import Load
from chahe.engine.ready import Ready
from chahe.engine.standing import Standing, problems
from chahe.evidence.catalogue import tables
from workspaces import CHAHE_TOML, Small

SPAN = Span(date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 22))
MAP = """
[[source]]
name = "portal"
paths = ["portal*.log"]
[source.map]
table = "auth_events"
form = "{form}"
columns = {{ happened_at_us = "ts", host = "host", account = "{account}", activity = "what", source_address = "peer ip" }}
"""
JSON_LINE = '{"ts": 1795309200, "host": "portal", "user": "mei", "what": "logon"%s}\n'
PAIRS_LINE = 'ts="2026-11-22 09:00:00" host=portal user=mei what=logon%s\n'


def portal(folder: Path, *files: str, account: str = "user", form: str = "json") -> Small:
    (folder / "chahe.toml").write_text(CHAHE_TOML + MAP.format(account=account, form=form), "utf-8")
    for number, content in enumerate(files):
        (folder / f"portal{number}.log").write_text(content, "utf-8")
    made = Small(folder)
    made.ingest()
    return made


def standing(small: Small) -> Standing:
    with Embedded() as engine:
        return Ready(engine, small.store, SPAN, small.workspace.sources).standing(tables()["auth_events"])


@pytest.mark.parametrize(("form", "line"), [("json", JSON_LINE), ("pairs", PAIRS_LINE)])
def test_a_field_that_never_occurs_is_told_of_in_the_load(tmp_path: Path, form: str, line: str) -> None:
    load = portal(tmp_path, line % "" * 3, account="usr", form=form).one_load()
    assert (load.with_rows, load.rejects) == (3, 0)
    assert load.unseen == {"account": "usr", "source_address": "peer ip"}
    assert Load.from_json(load.to_json()) == load


@pytest.mark.parametrize("form", ["json", "pairs"])
def test_a_field_that_one_record_has_is_seen(tmp_path: Path, form: str) -> None:
    line, more = {"json": (JSON_LINE, ', "ip": "10.1.2.3"'), "pairs": (PAIRS_LINE, " ip=10.1.2.3")}[form]
    load = portal(tmp_path, line % "" * 3 + line % more, form=form).one_load()
    assert (load.with_rows, load.unseen) == (4, {})


def test_a_field_that_another_file_of_the_source_has_is_seen(tmp_path: Path) -> None:
    one, other = JSON_LINE % "", JSON_LINE % ', "ip": "10.1.2.3"'
    small = portal(tmp_path, one, other)
    assert [sorted(load.unseen) for load in small.store.loads()] == [["source_address"], []]
    assert standing(small).unseen == ()


def test_a_file_without_rows_says_nothing_of_columns(tmp_path: Path) -> None:
    small = portal(tmp_path, "[]\n")
    assert (small.one_load().rejects, small.one_load().unseen) == (1, {})
    assert standing(small).unseen == ()


def test_a_control_that_looks_at_such_a_column_is_unevidenced_and_others_are_not(tmp_path: Path) -> None:
    seen = standing(portal(tmp_path, JSON_LINE % ', "ip": "10.1.2.3"', account="usr"))
    assert seen.unseen == (("portal", "account", "usr"),)

    def said(control: str) -> list[str]:
        declared = controls()[control]
        loaded = {need.table.name: Standing(loaded=True, observed_on=SPAN.as_of, units=1) for need in declared.needs}
        found = problems(declared, {**loaded, "auth_events": seen}, SPAN.as_of)
        assert all(problem.blocking for problem in found)
        return [problem.text.en for problem in found]

    [why] = said("audit-log-incomplete")
    assert "account of auth_events" in why
    assert "mapped from usr" in why
    assert said("audit-log-retention") == []
