"""Sealed objects: what went in comes out, every change is found, and without its key nothing comes out at all."""

import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chahe.vault.errors import Held, Missing, Refuted
from chahe.vault.raw.objects import Objects, key_of
from chahe.vault.raw.shredding import (
    LOCKED,
    SEGMENT,
    Shredder,
    WrappingKey,
    destroy_key,
    key_name,
    make_wrapping_key,
    read_wrapping_key,
)
from chahe.vault.signing.secret_files import Fault, UnusableSecret
from chahe.vault.storing.local import LocalStorage

SIZES = [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT, 3 * SEGMENT + 5]


def chance(seed: int) -> Callable[[int], bytes]:
    return Random(seed).randbytes  # noqa: S311 - the same bytes for every run of a test


@pytest.fixture
def storage(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "vault")


@pytest.fixture
def shredder(storage: LocalStorage) -> Shredder:
    return Shredder(storage, WrappingKey(bytes(range(32))), random=chance(1))


def sealed(shredder: Shredder, data: bytes, step: int = 10_000) -> tuple[str, bytes]:
    digest, sink = sha256(data).hexdigest(), io.BytesIO()
    sealing = shredder.seal(sink)
    for place in range(0, len(data), step):
        sealing.write(memoryview(data)[place : place + step])
    sealing.finish()
    sealing.keep_key(digest)
    return digest, sink.getvalue()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", [1_000, SEGMENT, 10 * SEGMENT])
def test_what_went_in_comes_out(shredder: Shredder, size: int, step: int) -> None:
    data = chance(size)(size)
    digest, stored = sealed(shredder, data, step)
    with shredder.unseal(digest, io.BytesIO(stored)) as stream:
        assert stream.read() == data
    assert len(stored) == 31 + size + 16 * max(1, -(-size // SEGMENT))


def test_the_bytes_are_those_of_aes_gcm(storage: LocalStorage) -> None:
    """Opened by the library alone, from what the module's description says."""
    given = [b"n" * 16, b"k" * 32, b"x" * 12]
    shredder = Shredder(storage, WrappingKey(b"w" * 32), random=lambda _size: given.pop(0))
    data = b"a" * SEGMENT + b"tail"
    _, stored = sealed(shredder, data)
    head, segments = stored[:31], stored[31:]
    assert head == b"chahe sealed 1\n" + b"n" * 16
    first, second = segments[: SEGMENT + 16], segments[SEGMENT + 16 :]
    assert AESGCM(b"k" * 32).decrypt(bytes(12), first, head) == data[:SEGMENT]
    assert AESGCM(b"k" * 32).decrypt(bytes(10) + b"\x01\x01", second, head) == b"tail"
    assert b"tail" not in stored
    assert list(storage.keys(LOCKED)) == [LOCKED + (b"n" * 16).hex()]


def test_every_byte_that_is_altered_is_found(shredder: Shredder) -> None:
    digest, stored = sealed(shredder, b"personal data " * 3)
    for place in range(len(stored)):
        altered = bytearray(stored)
        altered[place] ^= 1
        with pytest.raises((Refuted, Missing)):
            shredder.unseal(digest, io.BytesIO(altered)).read()


def test_an_altered_segment_is_named_by_its_bytes(shredder: Shredder) -> None:
    digest, stored = sealed(shredder, bytes(3 * SEGMENT))
    altered = bytearray(stored)
    altered[31 + SEGMENT + 16 + 5] ^= 1
    stream = shredder.unseal(digest, io.BytesIO(altered))
    assert stream.read(SEGMENT) == bytes(SEGMENT)
    with pytest.raises(Refuted) as refused:
        stream.read()
    assert (refused.value.place.first, refused.value.place.last) == (31 + SEGMENT + 16, 31 + 2 * (SEGMENT + 16) - 1)


@pytest.mark.parametrize("cut", [1, 16, SEGMENT + 16, SEGMENT + 17, 2 * (SEGMENT + 16), 3 * (SEGMENT + 16)])
def test_a_cut_object_is_not_taken_for_a_whole_one(shredder: Shredder, cut: int) -> None:
    digest, stored = sealed(shredder, bytes(3 * SEGMENT))
    with pytest.raises(Refuted):
        shredder.unseal(digest, io.BytesIO(stored[:-cut])).read()


def test_segments_cannot_change_places_or_objects(shredder: Shredder) -> None:
    digest, stored = sealed(shredder, bytes(3 * SEGMENT))
    _, other = sealed(shredder, bytes(3 * SEGMENT))
    size = SEGMENT + 16
    first, second = stored[31 : 31 + size], stored[31 + size : 31 + 2 * size]
    for forged in (
        stored[:31] + second + first + stored[31 + 2 * size :],
        stored[:31] + other[31 : 31 + size] + stored[31 + size :],
    ):
        with pytest.raises(Refuted):
            shredder.unseal(digest, io.BytesIO(forged)).read()


def test_a_key_opens_only_the_object_it_was_kept_for(shredder: Shredder) -> None:
    _, stored = sealed(shredder, b"one")
    with pytest.raises(Refuted):
        shredder.unseal(sha256(b"other").hexdigest(), io.BytesIO(stored))


def test_another_wrapping_key_is_told_from_an_altered_one(shredder: Shredder, storage: LocalStorage) -> None:
    digest, stored = sealed(shredder, b"one")
    other = Shredder(storage, WrappingKey(b"o" * 32), random=chance(2))
    with pytest.raises(Held, match=WrappingKey(bytes(range(32))).name):
        other.unseal(digest, io.BytesIO(stored))


def test_without_its_key_nothing_can_be_had_back(shredder: Shredder, storage: LocalStorage) -> None:
    digest, stored = sealed(shredder, b"one")
    name = key_name(io.BytesIO(stored))
    destroy_key(storage, name)
    assert list(storage.keys(LOCKED)) == []
    with pytest.raises(Missing, match="destroyed"):
        shredder.unseal(digest, io.BytesIO(stored))
    destroy_key(storage, name)


def test_objects_are_sealed_and_opened_through_the_vault(shredder: Shredder, storage: LocalStorage) -> None:
    objects = Objects(storage, seal=shredder)
    data = b"name,id\n" + chance(5)(3 << 20)
    kept = objects.keep(lambda: io.BytesIO(data), sealed=True)
    assert kept.digest == sha256(data).hexdigest()
    assert kept.stored.form == "zst+gcm"
    with objects.open(kept.digest) as stream:
        assert stream.read() == data
    objects.verify(kept.digest)
    stored = storage.read(key_of(kept.digest, "zst+gcm"))
    assert sha256(stored).hexdigest() == kept.stored.sha256
    destroy_key(storage, key_name(storage.open(key_of(kept.digest, "zst+gcm"))))
    with pytest.raises(Missing):
        objects.open(kept.digest)


def test_the_same_bytes_kept_again_keep_their_key(shredder: Shredder, storage: LocalStorage) -> None:
    objects = Objects(storage, seal=shredder)
    for _ in range(2):
        kept = objects.keep(lambda: io.BytesIO(b"again"), sealed=True)
    with objects.open(kept.digest) as stream:
        assert stream.read() == b"again"
    assert len(list(storage.keys(LOCKED))) == 1


def test_a_wrapping_key_in_a_file_is_read_again(tmp_path: Path) -> None:
    made = make_wrapping_key(tmp_path / "wrapping.key", random=chance(3))
    assert read_wrapping_key(tmp_path / "wrapping.key") == made
    assert made.key.hex() not in repr(made)
    with pytest.raises(UnusableSecret) as refused:
        make_wrapping_key(tmp_path / "wrapping.key", random=chance(3))
    assert refused.value.fault is Fault.EXISTS


def test_a_wrapping_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrapping.key"
    make_wrapping_key(path, random=chance(3))
    path.chmod(0o640)
    with pytest.raises(UnusableSecret) as refused:
        read_wrapping_key(path)
    assert refused.value.fault is Fault.MODE


@pytest.mark.parametrize("text", ["", "secret", "CHAHE+WRAPPING+KEY+0123456789abcdef+AAAA\n"])
def test_another_file_is_no_wrapping_key_and_is_not_shown(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrapping.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(UnusableSecret) as refused:
        read_wrapping_key(path)
    assert refused.value.fault is Fault.MALFORMED
    assert not text.strip() or text.strip() not in str(refused.value)
