"""`chahe score`: an audited example firm against its truth, on the screen, for programs, and for scripts that want a floor."""

import json
from pathlib import Path

import pytest

from chahe.cli import exits
from commands import call
from workspaces import FIREWALLS_CSV, Small, fortigate_line

CONTROL = "firewall-log-retention"


def world(folder: Path, *, planted: list[dict[str, str]], near: list[dict[str, str]]) -> Path:
    """A firewall whose log is too short, audited, and a truth."""
    small = Small(folder)
    small.write("fg.log", fortigate_line(1))
    small.write("firewalls.csv", FIREWALLS_CSV)
    small.ingest()
    call("audit", "-w", folder, "--control", CONTROL)
    told = {
        "findings": [
            {"control": CONTROL, "key": key, "scenario": "short_log", "told_zh": "留存不足"} for key in planted
        ],
        "near_misses": [{"control": CONTROL, "key": key, "why_silent": "剛啟用"} for key in near],
    }
    (folder / "truth.json").write_text(json.dumps(told), "utf-8")
    return folder


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world(tmp_path_factory.mktemp("right"), planted=[{"device": "fg-test"}], near=[{"device": "fg-new"}])


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world(tmp_path_factory.mktemp("wrong"), planted=[{"device": "fg-lost"}], near=[{"device": "fg-test"}])


def test_several_worlds_are_pooled_for_programs(right: Path, wrong: Path) -> None:
    result = call("score", right, wrong, "--json")

    told = json.loads(result.stdout)
    assert result.returncode == exits.FINE
    assert (told["overall"]["found"], told["overall"]["missed"], told["overall"]["extra"]) == (1, 1, 1)
    assert told["overall"]["recall"]["value"] == told["overall"]["precision"]["value"] == 0.5
    assert [one["near_miss"] for one in told["extra"]] == ["剛啟用"]
    assert [one["world"] for one in told["not_found"]] == [str(wrong)]


def test_the_screen_names_what_is_missing_and_which_near_miss_spoke(wrong: Path) -> None:
    shown = call("score", wrong, "--lang", "en").stdout

    assert "Planted but not found" in shown
    assert "Found but not planted" in shown
    assert "near miss: 剛啟用" in shown
    assert "0.000" in shown
    assert "植入卻沒有查到" in call("score", wrong).stdout


def test_a_floor_decides_the_exit(right: Path, wrong: Path) -> None:
    assert call("score", right, "--floor", "1").returncode == exits.FINE
    assert call("score", right, wrong, "--floor", "0.98").returncode == exits.DEFICIENT


def test_a_folder_without_truth_or_without_an_audit_is_told_what_to_do(tmp_path: Path) -> None:
    small = Small(tmp_path)
    untold = call("score", small.folder)
    (tmp_path / "truth.json").write_text('{"findings": [], "near_misses": []}', "utf-8")
    unaudited = call("score", small.folder)

    assert untold.returncode == unaudited.returncode == exits.USAGE
    assert "chahe simulate" in untold.stderr
    assert "chahe audit" in unaudited.stderr
