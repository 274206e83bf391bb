"""Which files a source names, and what is said of those that are missing or do not say whose they are."""

from pathlib import Path

import pytest

from chahe.engine.ingest import unloaded
from chahe.engine.materials import files, no_files
from chahe.workspace import Source, open_workspace
from workspaces import Small, fortigate_line


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path / "firm")


def source(*paths: str) -> Source:
    return Source(name="records", paths=paths)


def shown(small: Small, *paths: str) -> list[str]:
    return [material.shown for material in files(small.folder, source(*paths))]


def test_a_folder_names_all_files_below_it_in_order(small: Small) -> None:
    for name in ("b.log", "a/c.log", "a/b/d.log"):
        small.write(name, "x")

    assert shown(small, "records") == ["records/a/b/d.log", "records/a/c.log", "records/b.log"]


def test_a_file_that_two_paths_name_is_named_once(small: Small) -> None:
    small.write("a.log", "x")

    assert shown(small, "records/*.log", "records", "records/a.log") == ["records/a.log"]


@pytest.mark.parametrize("name", [".DS_Store", "~$firewalls.xlsx", "Thumbs.db", "desktop.ini", "sub/THUMBS.DB"])
def test_what_desktops_leave_behind_is_left_out(small: Small, name: str) -> None:
    small.write(name, "x")
    small.write("a.log", "x")

    assert shown(small, "records") == ["records/a.log"]


def test_an_empty_folder_and_a_wrong_path_are_told_apart(small: Small) -> None:
    assert "put the records there" in no_files(small.folder, source("records")).why.en
    assert "請把紀錄放進去" in no_files(small.folder, source("records")).why.zh
    assert "check its paths in chahe.toml" in no_files(small.folder, source("recrods")).why.en


def test_a_file_that_does_not_say_whose_it_is_asks_for_a_source_of_its_own(small: Small) -> None:
    small.write("shadow", "root:$6$salt$aaaaaaaaaaaa:19783:0:90:7:30::\n")

    [refusal] = small.ingest().refused

    assert 'set = { system = "…" }' in refusal.why.en
    assert "另立一個 [[source]]" in refusal.why.zh
    (small.folder / "chahe.toml").write_text(
        '[firm]\nname = "測"\n[[source]]\nname = "order-gw"\npaths = ["records/shadow"]\nset = { system = "order-gw" }\n',
        "utf-8",
    )
    assert open_workspace(small.folder).sources[0].settings == {"system": "order-gw"}
    assert [load.reader for load in small.ingest().loaded] == ["etc_shadow"]


def test_a_compressed_file_without_readable_content_says_that_nothing_was_read(small: Small) -> None:
    small.write("cut.log.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03")

    [refusal] = small.ingest().refused

    assert "nothing of it can be read" in refusal.why.en
    assert not refusal.ours


def test_a_slip_in_the_name_of_a_setting_is_refused_with_the_name_meant(small: Small) -> None:
    small.write("fg.log", fortigate_line(1))
    (small.folder / "chahe.toml").write_text(
        '[[source]]\nname = "fw"\npaths = ["records"]\nset = { devcie = "fg-1" }\n', "utf-8"
    )

    [refusal] = small.ingest().refused
    [waiting] = unloaded(small.workspace, [])

    assert "source fw in chahe.toml sets devcie, which nothing reads; did you mean device?" in refusal.why.en
    assert waiting.why == refusal.why


def test_a_setting_of_another_reader_or_a_column_of_a_list_is_no_slip(small: Small) -> None:
    small.write("fg.log", fortigate_line(1))
    (small.folder / "chahe.toml").write_text(
        '[[source]]\nname = "all"\npaths = ["records"]\nset = { system = "x", in_service_on = "2020-01-01" }\n', "utf-8"
    )

    assert small.ingest().refused == []
