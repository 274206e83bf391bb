"""Vaults of every released format, kept under `assets/`, verify for ever; `assets/README.md` says how they were made."""

import gzip
from pathlib import Path

import pytest

from chahe.vault.entries import Kind, decode
from chahe.vault.raw.objects import Objects
from chahe.vault.storing.local import LocalStorage
from chahe.vault.verify import Verification, Verified
from vault_logs import log_of

ASSETS = Path(__file__).with_name("assets")
ROOTS = {"format-1": "8c243e135ba336a12a2b1302d1b1b3b2090b0d1d35bc7f68f5308496775983e2"}
"""Of each format's vault. A line here is never changed."""


def verified(name: str, *, deep: bool) -> Verified:
    storage = LocalStorage(ASSETS / name)
    return Verification(
        storage=storage,
        log=log_of(storage),
        objects=Objects(storage),
        deep=deep,
        parts_of=lambda entry: {str(key): str(digest) for key, digest in dict(entry["parts"]).items()},  # type: ignore[call-overload]  # JSON's values
    ).run()


def test_there_is_a_vault_of_every_format() -> None:
    assert {path.name for path in ASSETS.iterdir() if path.is_dir()} == ROOTS.keys()


@pytest.mark.parametrize("name", ROOTS)
@pytest.mark.parametrize("deep", [False, True])
def test_a_vault_of_a_released_format_verifies(name: str, deep: bool) -> None:
    found = verified(name, deep=deep)

    assert found.checkpoint.checkpoint.root.hex() == ROOTS[name]
    assert (found.checkpoint.checkpoint.size, found.objects, found.parts, found.deleted) == (300, 6, 1, 1)
    assert (found.pending, found.unnamed) == (0, ())


def test_what_format_1_holds_is_read_as_it_was_written() -> None:
    storage = LocalStorage(ASSETS / "format-1")
    log, objects = log_of(storage), Objects(storage)
    entries = [decode(data, index) for index, data in enumerate(log.entries(0, 300))]

    assert {Kind(str(entry["kind"])) for entry in entries} == set(Kind) - {Kind.KEY, Kind.TIMESTAMP}
    kept = [entry["object"] for entry in entries if entry["kind"] == Kind.INGEST]
    forms = [one["stored"]["form"] for one in kept if isinstance(one, dict)]
    assert sorted(forms) == ["raw", "zst", "zst", "zst", "zst", "zst"]
    packed = next(one["sha256"] for one in kept if isinstance(one, dict) and one["stored"]["form"] == "raw")
    with objects.open(packed) as stream:
        assert gzip.decompress(stream.read()) == b"packed line\n" * 50
