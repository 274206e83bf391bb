"""Sealed objects are kept, verified without keys, opened with them, and gone once their key is."""

import gzip
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest

from chahe.vault.entries import Kind, encode
from chahe.vault.errors import Held, Missing, Refuted
from chahe.vault.raw import blocks
from chahe.vault.raw.objects import Kept, Objects, key_of
from chahe.vault.raw.shredding import Shredder, WrappingKey
from chahe.vault.storing.local import LocalStorage
from chahe.vault.verify import Faults, Verification, Verified
from vault_logs import appender_of, log_of

LINES = b"".join(b"line %06d of customers\n" % at for at in range(120_000))  # three frames
CONTENTS = {"frames": LINES, "small": b"one line\n", "empty": b"", "packed": gzip.compress(LINES[:400_000], mtime=0)}


def shredder(folder: Path, begin: int = 0) -> Shredder:
    numbers = count(begin)
    return Shredder(
        LocalStorage(folder), WrappingKey(bytes(32)), random=lambda size: next(numbers).to_bytes(size, "big")
    )


def sealed_in(folder: Path, data: bytes, begin: int = 0) -> Kept:
    objects = Objects(LocalStorage(folder), seal=shredder(folder, begin))
    return objects.keep(lambda: BytesIO(data), sealed=True)


def logged(folder: Path, kept: Kept) -> None:
    told = {"object": kept.described(), "source": "hr", "path": "people.log"}
    appender_of(LocalStorage(folder)).append([encode(Kind.INGEST, 1, told)])


def verified(folder: Path, *, deep: bool, keys: bool) -> Verified:
    storage = LocalStorage(folder)
    objects = Objects(storage, seal=shredder(folder) if keys else None)
    return Verification(storage=storage, log=log_of(storage), objects=objects, deep=deep).run()


@pytest.mark.parametrize("name", CONTENTS)
def test_what_is_sealed_comes_back_and_is_not_there_to_be_read(tmp_path: Path, name: str) -> None:
    data = CONTENTS[name]

    kept = sealed_in(tmp_path, data)

    objects = Objects(LocalStorage(tmp_path), seal=shredder(tmp_path))
    assert kept.stored.form == ("raw+gcm" if name == "packed" else "zst+gcm")
    for begin in (0, len(data) // 2, len(data)):
        with objects.open(kept.digest, begin=begin) as stream:
            assert stream.read() == data[begin:]
    objects.verify(kept.digest)
    stored = LocalStorage(tmp_path).read(key_of(kept.digest, kept.stored.form))
    assert blocks.subtree(stored).hex() == kept.stored.blocks
    assert blocks.subtree(data).hex() == kept.blocks
    assert b"customers" not in stored


def test_a_record_of_a_sealed_object_is_proved(tmp_path: Path) -> None:
    kept = sealed_in(tmp_path, LINES)
    objects = Objects(LocalStorage(tmp_path), seal=shredder(tmp_path))

    data, proof = objects.prove(kept.digest, 2_000_000, 2_000_020)

    blocks.verify(data, proof, size=kept.size, root=bytes.fromhex(kept.blocks))
    assert data == LINES[proof.begin : proof.end]


def test_without_keys_a_sealed_object_is_held_and_not_missing(tmp_path: Path) -> None:
    kept = sealed_in(tmp_path, LINES)
    objects = Objects(LocalStorage(tmp_path))

    for ask in (objects.open, objects.verify):
        with pytest.raises(Held, match="keys"):
            ask(kept.digest)
    with pytest.raises(Held):
        objects.keep(lambda: BytesIO(b"other"), sealed=True)


def test_the_same_bytes_are_sealed_once_and_under_one_key(tmp_path: Path) -> None:
    first = sealed_in(tmp_path, LINES)

    again = sealed_in(tmp_path, LINES, begin=50)

    assert again == first
    assert len(list((tmp_path / "locked").iterdir())) == 1


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("keys", [False, True])
def test_a_vault_with_sealed_objects_is_verified_with_and_without_keys(tmp_path: Path, deep: bool, keys: bool) -> None:
    logged(tmp_path, sealed_in(tmp_path, LINES))

    found = verified(tmp_path, deep=deep, keys=keys)

    assert (found.objects, found.unnamed) == (1, ())
    assert found.unopened == (1 if deep and not keys else 0)


@pytest.mark.parametrize("at", [0, 20, 16 << 10, -1])
def test_an_altered_byte_of_a_sealed_object_is_placed_without_keys(tmp_path: Path, at: int) -> None:
    kept = sealed_in(tmp_path, LINES)
    logged(tmp_path, kept)
    path = tmp_path / key_of(kept.digest, "zst+gcm")
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)

    with pytest.raises(Faults) as raised:
        verified(tmp_path, deep=False, keys=False)

    [fault] = raised.value.exceptions
    assert fault.place.key == key_of(kept.digest, "zst+gcm")
    assert fault.place.first is not None
    assert fault.place.last is not None
    assert fault.place.first <= at % len(data) <= fault.place.last < fault.place.first + blocks.BLOCK
    with pytest.raises((Refuted, Missing)):  # Missing: the altered byte is in the name of its key
        Objects(LocalStorage(tmp_path), seal=shredder(tmp_path)).verify(kept.digest)


def test_with_its_key_destroyed_an_object_is_verified_as_it_lies_there_and_never_read_again(tmp_path: Path) -> None:
    kept = sealed_in(tmp_path, LINES)
    logged(tmp_path, kept)
    storage = LocalStorage(tmp_path)

    [key] = storage.keys("locked/")
    storage.delete(key)

    assert verified(tmp_path, deep=False, keys=True).objects == 1
    with pytest.raises(Missing, match="destroyed"):
        Objects(storage, seal=shredder(tmp_path)).open(kept.digest)
    with pytest.raises(Faults) as raised:
        verified(tmp_path, deep=True, keys=True)
    assert "its key was destroyed" in raised.value.exceptions[0].why
