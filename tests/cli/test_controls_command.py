"""`chahe controls`: every item of the slides is listed, and a control's cases are tried with mistakes in its SQL."""

import json
from pathlib import Path

from chahe.cli import exits
from commands import call
from controls.deck import DECK


def test_the_deck_lists_every_item_with_its_controls(tmp_path: Path) -> None:
    listed = json.loads(call("controls", "--deck", "--json", "-w", tmp_path).stdout)

    assert [one["item"] for one in listed] == list(DECK)
    assert {"password-age"} <= set(next(one["controls"] for one in listed if one["item"] == "共置-發現四"))
    assert "尚無控制點" in call("controls", "--deck", "-w", tmp_path).stdout


def test_a_control_is_assured_by_its_mutants_and_survivors_are_a_failure(tmp_path: Path) -> None:
    result = call("controls", "--assure", "firewall-log-retention", "--json", "-w", tmp_path)

    [told] = json.loads(result.stdout)
    assert told["killed"] > 20
    assert told["mutants"] == told["killed"] + len(told["equivalent"]) + len(told["survivors"])
    assert result.returncode == (exits.DEFICIENT if told["survivors"] or told["stale"] else exits.FINE)


def test_an_unknown_control_is_not_assured(tmp_path: Path) -> None:
    result = call("controls", "--assure", "password-ag", "-w", tmp_path)

    assert result.returncode == exits.USAGE
    assert "password-age" in result.stderr
