"""`chahe controls`: every item of the slides is listed, and a control's cases are tried with mistakes in its SQL."""

import json
from pathlib import Path

from chahe.cli import exits
from commands import call
from controls.deck import DECK
from workspaces import FIREWALLS_CSV, Small, fortigate_line


def test_the_deck_lists_every_item_with_its_controls(tmp_path: Path) -> None:
    listed = json.loads(call("controls", "--deck", "--json", "-w", tmp_path).stdout)

    assert [one["item"] for one in listed] == list(DECK)
    assert {"password-age"} <= set(next(one["controls"] for one in listed if one["item"] == "共置-發現四"))
    assert all(one["controls"] for one in listed)
    shown = call("controls", "--deck", "-w", tmp_path).stdout
    assert "業務案六" in shown
    assert "尚無控制點" not in shown


def test_a_control_is_assured_by_its_mutants_and_survivors_are_a_failure(tmp_path: Path) -> None:
    result = call("controls", "--assure", "firewall-log-retention", "--json", "-w", tmp_path)

    [told] = json.loads(result.stdout)
    assert told["killed"] > 20
    assert told["canary"] is None
    assert told["mutants"] == told["killed"] + len(told["equivalent"]) + len(told["survivors"])
    assert result.returncode == (exits.DEFICIENT if told["survivors"] or told["stale"] else exits.FINE)


def test_in_an_audited_workspace_its_breaches_are_planted_beside_the_evidence(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.write("fg.log", fortigate_line(1))
    small.write("firewalls.csv", FIREWALLS_CSV)
    small.ingest()
    call("audit", "-w", tmp_path, "--control", "firewall-log-retention")

    [told] = json.loads(call("controls", "--assure", "firewall-log-retention", "--json", "-w", tmp_path).stdout)
    shown = call("controls", "firewall-log-retention", "-w", tmp_path).stdout

    assert told["canary"]["planted"] > 0
    assert told["canary"]["missed"] == told["canary"]["changed"] == []
    assert "最近一次查核: 缺失；這次查核沒有試植違規" in shown


def test_an_unknown_control_is_not_assured(tmp_path: Path) -> None:
    result = call("controls", "--assure", "password-ag", "-w", tmp_path)

    assert result.returncode == exits.USAGE
    assert "password-age" in result.stderr
