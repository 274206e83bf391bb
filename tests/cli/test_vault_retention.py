"""Holds and deletion as people ask for them: as processes, with exit codes and words."""

import json
from pathlib import Path

import pytest

from chahe.cli import exits
from cli.test_commands import call
from workspaces import CHAHE_TOML, FIREWALLS_CSV, Small, fortigate_line

BOTH = ("--by", "王小明", "--by", "林小美")


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One firm for the story below: an old log, and a list."""
    made = Small(tmp_path_factory.mktemp("firm") / "firm")
    made.write("old.log", "".join(fortigate_line(number, "2020-01-05") for number in range(20)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    assert call("ingest", "-w", made.folder).returncode == exits.FINE
    return made.folder


def test_a_hold_says_what_why_and_by_whom(firm: Path) -> None:
    for words, why in (
        (("--why", "訴訟", "--by", "林小美"), "請指定保全的範圍"),
        (("--source", "records", "--by", "林小美"), "--why"),
        (("--source", "recrods", "--why", "訴訟", "--by", "林小美"), "沒有名為 recrods 的來源"),
        (("--table", "firewall", "--why", "訴訟", "--by", "林小美"), "沒有名為 firewall 的證據表"),
    ):
        told = call("vault", "hold", "案一", *words, "-w", firm)
        assert (told.returncode, why in told.stderr) == (exits.USAGE, True), told.stderr


def test_held_released_planned_and_gone(firm: Path) -> None:
    held = call(
        "vault",
        "hold",
        "案一",
        "--table",
        "firewall_events",
        "--until",
        "109/12/31",
        "--why",
        "訴訟",
        "--by",
        "林小美",
        "-w",
        firm,
    )
    assert held.returncode == exits.FINE, held.stderr
    again = call("vault", "hold", "案一", "--source", "records", "--why", "訴訟", "--by", "林小美", "-w", firm)
    assert (again.returncode, "已在保全中" in again.stderr) == (exits.USAGE, True)
    [listed] = json.loads(call("vault", "hold", "-w", firm, "--json").stdout)
    assert (listed["hold"], listed["tables"]) == ("案一", {"firewall_events": [None, "2020-12-31"]})

    plan = json.loads(call("vault", "expire", "-w", firm, "--json").stdout)
    assert (plan["may_go"], plan["applied"]) == ([], False)
    assert {one["path"]: one["holds"] for one in plan["kept"]} == {
        "records/old.log": ["案一"],
        "records/firewalls.csv": [],
    }

    alone = call("vault", "release", "案一", "--why", "和解", "--by", "王小明", "--by", "王小明", "-w", firm)
    assert (alone.returncode, "兩個不同的人" in alone.stderr) == (exits.USAGE, True)
    other = call("vault", "release", "案二", "--why", "和解", *BOTH, "-w", firm, "--lang", "en")
    assert (other.returncode, "there are: 案一" in other.stderr) == (exits.USAGE, True)
    assert call("vault", "release", "案一", "--why", "和解", *BOTH, "-w", firm).returncode == exits.FINE

    shown = call("vault", "expire", "-w", firm)
    assert "沒有刪除任何東西" in shown.stdout
    assert "records/old.log" in shown.stdout
    early = call("vault", "expire", "--day", "2099-01-01", "--apply", *BOTH, "-w", firm)
    assert (early.returncode, "不能提前刪除" in early.stderr) == (exits.USAGE, True)
    single = call("vault", "expire", "--apply", "--by", "王小明", "-w", firm)
    assert (single.returncode, "兩個不同的人" in single.stderr) == (exits.USAGE, True)

    gone = json.loads(call("vault", "expire", "--apply", *BOTH, "-w", firm, "--json").stdout)
    assert ([one["path"] for one in gone["may_go"]], gone["applied"]) == (["records/old.log"], True)
    after = json.loads(call("vault", "expire", "-w", firm, "--json").stdout)
    assert ([one["path"] for one in after["kept"]], after["may_go"]) == (["records/firewalls.csv"], [])


def test_without_a_vault_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "chahe.toml").write_text(CHAHE_TOML, "utf-8")
    told = call("vault", "hold", "-w", tmp_path, "--lang", "en")
    assert told.returncode == exits.BROKEN
    assert "nothing was ingested" in told.stderr
