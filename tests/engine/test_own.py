"""A firm's own control is checked and run as ours are; a broken one is refused with its place and what to do."""

import json
import shutil
from pathlib import Path

import pytest

from chahe.cli import exits
from chahe.controls.catalogue import OWN
from chahe.engine.own import RefusedControls, own_controls
from commands import call
from workspaces import FIREWALLS_CSV, Small, fortigate_line

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "controls" / "firewall_without_owner.py"
"""The one that docs/write-a-control.md shows."""


def dropped(folder: Path) -> Path:
    room = folder / "controls"
    room.mkdir(parents=True, exist_ok=True)
    shutil.copy(EXAMPLE.with_suffix(".md"), room)
    return Path(shutil.copy(EXAMPLE, room))


def told(folder: Path) -> list[str]:
    with pytest.raises(RefusedControls) as refused:
        own_controls(folder)
    assert all(text.zh and text.en and text.zh != text.en for text in refused.value.texts)
    return [text.en for text in refused.value.texts]


def test_it_is_taken_with_its_cases(tmp_path: Path) -> None:
    path = dropped(tmp_path)

    [own] = own_controls(tmp_path).values()

    assert (own.control.id, own.cases) == ("firewall-without-owner", path.with_suffix(".md"))
    assert own_controls(tmp_path / "elsewhere") == {}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("control = Control(", "control = Control((", "is not valid Python"),
        ("control = Control(", "import os\ncontrol = Control(", "os may not be imported"),
        ("control = Control(", "control = Contrl(", "NameError"),
        ("control = Control(", "value = Control(", "it declares no control"),
        ("control = Control(", "def f(): pass\ncontrol = Control(", "holds no code"),
        ("f.retired_on", "f.retird_on", "retird_on"),
        ('id="firewall-without-owner"', 'id="firewall-owner"', "its id is firewall-owner"),
        ('id="firewall-without-owner"', 'id="password-age"', "is a control of Chahe's catalogue"),
    ],
)
def test_a_broken_module_is_refused_with_its_place(tmp_path: Path, before: str, after: str, words: str) -> None:
    path = dropped(tmp_path)
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")

    found = told(tmp_path)

    assert any(words in one for one in found)
    assert all(one.startswith("controls/firewall_without_owner.py: ") for one in found)


def test_one_without_cases_or_with_cases_that_do_not_hold_is_refused(tmp_path: Path) -> None:
    path = dropped(tmp_path)
    cases = path.with_suffix(".md").read_text("utf-8")

    path.with_suffix(".md").write_text(cases.replace("expect conforming", "expect deficient", 1), "utf-8")
    assert any("does not hold" in one for one in told(tmp_path))
    path.with_suffix(".md").write_text(cases + "\nexpect nonsense\n", "utf-8")
    assert any("its cases cannot be read" in one for one in told(tmp_path))
    path.with_suffix(".md").unlink()
    assert any("it has no cases" in one for one in told(tmp_path))
    path.with_suffix(".md").write_text(cases, "utf-8")
    path.unlink()
    assert told(tmp_path) == [
        "controls/firewall_without_owner.md: there is no module firewall_without_owner.py of that name"
    ]


def test_it_is_audited_reported_and_assured_beside_ours(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.write("fg.log", "".join(fortigate_line(number) for number in range(20)))
    small.write("firewalls.csv", FIREWALLS_CSV)
    small.ingest()
    dropped(tmp_path)

    audited = call("audit", "-w", tmp_path, "--control", "firewall-without-owner", "--json")
    [result] = json.loads(audited.stdout)["results"]
    report = call("report", "-w", tmp_path, "-o", tmp_path / "report.html")
    checked = call("controls", "--check", "-w", tmp_path, "--lang", "en")

    assert audited.returncode == exits.DEFICIENT
    assert (result["chapter"], result["outcome"]) == (OWN, "deficient")
    assert result["findings"]
    assert report.returncode == exits.FINE
    assert "公司自訂的控制點" in (tmp_path / "report.html").read_text("utf-8")
    assert checked.returncode == exits.FINE
    assert "firewall-without-owner: in form, and its" in checked.stdout
    assert "firewall-without-owner" in call("controls", "-w", tmp_path, "--json").stdout


def test_its_cases_tell_every_mistake(tmp_path: Path) -> None:
    dropped(tmp_path)

    assured = call("controls", "--assure", "firewall-without-owner", "-w", tmp_path, "--lang", "en")

    assert assured.returncode == exits.FINE, assured.stdout
    assert "mutants killed by the cases" in assured.stdout


def test_a_broken_one_stops_the_run_and_says_where(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.write("firewalls.csv", FIREWALLS_CSV)
    small.ingest()
    path = dropped(tmp_path)
    path.write_text("control = (", "utf-8")

    for lang, words in (("en", "line 1 is not valid Python"), ("zh", "第 1 行不是有效的 Python")):
        refused = call("audit", "-w", tmp_path, "--lang", lang)
        assert refused.returncode == exits.USAGE
        assert "controls/firewall_without_owner.py" in refused.stderr
        assert words in refused.stderr
