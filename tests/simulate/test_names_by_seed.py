"""Names of hosts, systems and firewalls: other ones for every seed but the first, and the same ones wherever a firm is told of."""

import gzip
from datetime import date
from pathlib import Path
from re import IGNORECASE
from re import compile as pattern
from zipfile import ZipFile

from chahe.simulate.firm import made, simulate
from chahe.simulate.naming import names_of

AS_OF = date(2026, 11, 22)
SEEDS = range(2, 120)


def test_the_firm_of_the_documents_keeps_its_names() -> None:
    firm, truth = made(1, AS_OF)

    assert names_of(1) == {} == firm.names
    assert {one.host for one in firm.systems} == {"ogw01", "colo01", "web01", "www01", "win-set01", "win-dc01"}
    assert '"fg-hq"' in truth.to_json()


def test_names_are_short_and_no_two_of_a_firm_are_alike() -> None:
    for seed in SEEDS:
        names = names_of(seed)

        assert len(names) == 16
        assert len(set(names.values())) == 16
        assert max(map(len, names.values())) <= 15


def test_seeds_have_names_of_their_own() -> None:
    hosts = {tuple(sorted(names_of(seed).values())) for seed in SEEDS}

    assert len(hosts) > len(SEEDS) * 0.9


def test_no_name_of_the_story_is_left_in_any_file(tmp_path: Path) -> None:
    seed = next(one for one in SEEDS if not names_of(one).keys() & set(names_of(one).values()))
    simulate(tmp_path, seed=seed, as_of=AS_OF)
    truth = tmp_path / "truth.json"
    truth.write_text(truth.read_text("utf-8").replace("official-site-vulnerable", ""), "utf-8")
    told = pattern(rf"(?<![A-Za-z0-9])({'|'.join(names_of(seed))})(?![A-Za-z0-9])", IGNORECASE)
    found = {}
    for path in sorted(one for one in tmp_path.rglob("*") if one.is_file()):
        text = f"{path.relative_to(tmp_path)}\n{_text(path)}"
        if left := set(told.findall(text)):
            found[path.name] = left

    assert not found


def _text(path: Path) -> str:
    held = path.read_bytes()
    if path.suffix == ".gz":
        held = gzip.decompress(held)
    elif path.suffix in (".xlsx", ".docx"):
        with ZipFile(path) as packed:
            held = b"\n".join(packed.read(name) for name in packed.namelist())
    return held.decode("latin-1")
