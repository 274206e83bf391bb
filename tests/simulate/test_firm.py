"""The example firm: the same from the same seed, complete in what it plants, and in files that readers know."""

import json
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pytest

from chahe.engine.streams import head, opener
from chahe.simulate.firm import made, simulate
from chahe.simulate.registers.office import write_registers
from chahe.simulate.truth import CONTROLS
from chahe.sources.catalogue import readers
from chahe.sources.registry import recognise
from chahe.workspace import open_workspace

AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made_here = tmp_path_factory.mktemp("firm")
    simulate(made_here, seed=7, as_of=AS_OF)
    return made_here


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    simulate(tmp_path, seed=7, as_of=AS_OF)

    assert _digests(tmp_path) == _digests(folder)


def test_another_seed_gives_another_firm(tmp_path: Path) -> None:
    for seed in (7, 8):
        firm, _ = made(seed, AS_OF, clean=True)
        write_registers(firm, tmp_path / str(seed) / "registers")

    seven, eight = _digests(tmp_path / "7"), _digests(tmp_path / "8")
    assert seven.keys() == eight.keys()
    assert seven["registers/員工名冊.csv"] != eight["registers/員工名冊.csv"]


@pytest.mark.parametrize("as_of", [date(2026, 11, 22), date(2026, 8, 31), date(2026, 3, 1)])
def test_each_control_has_a_breach_and_a_near_miss_on_any_day(as_of: date) -> None:
    _, truth = made(7, as_of, clean=False)

    assert {one.control for one in truth.findings} == set(CONTROLS)
    assert {one.control for one in truth.near_misses} == set(CONTROLS)
    assert all(one.told_zh and one.key for one in truth.findings)
    assert all(one.why_silent and one.key for one in truth.near_misses)


def test_no_planted_breach_has_the_key_of_another_or_of_a_near_miss(folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    planted = [json.dumps([one["control"], one["key"]], sort_keys=True) for one in truth["findings"]]
    near = [json.dumps([one["control"], one["key"]], sort_keys=True) for one in truth["near_misses"]]

    assert len(set(planted)) == len(planted)
    assert not set(planted) & set(near)


def test_every_silence_has_a_last_record_before_it(folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    silences = [one["key"] for one in (*truth["findings"], *truth["near_misses"]) if "silent_from_us" in one["key"]]

    assert len(silences) >= 4
    assert all(isinstance(key["silent_from_us"], int) for key in silences)


def test_the_clean_twin_has_the_near_misses_and_no_breach() -> None:
    _, breached = made(7, AS_OF, clean=False)
    _, clean = made(7, AS_OF, clean=True)

    assert not clean.findings
    assert json.loads(clean.to_json())["conforming"] == list(CONTROLS)
    assert [(one.control, one.why_silent) for one in clean.near_misses] == [
        (one.control, one.why_silent) for one in breached.near_misses
    ]


def test_each_file_is_known_by_its_content_and_belongs_to_one_source(folder: Path) -> None:
    named = {
        path: source.reader
        for source in open_workspace(folder).sources
        for pattern in source.paths
        for path in folder.glob(pattern)
    }
    written = {path for path in (folder / "records").rglob("*") if path.is_file()}

    assert set(named) == written
    for path in sorted(written):
        recognise(head(path.name, opener(partial(_open, path))), readers(), named[path])


def test_it_is_small(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 40_000_000
