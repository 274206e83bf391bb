"""Raw bytes under their digests: back as they came, once, and never altered unseen."""

import gzip
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.objects import AlteredObject, MissingObject, Objects, prefix_digests

DATA = b"first line\nsecond line\n" * 1000


def test_bytes_come_back_as_they_went_in(tmp_path: Path) -> None:
    objects = Objects(tmp_path)

    kept = objects.keep(lambda: BytesIO(DATA))

    assert kept.digest == hashlib.sha256(DATA).hexdigest()
    with objects.open(kept.digest) as stream:
        assert stream.read() == DATA
    objects.verify(kept.digest)


def test_compressed_bytes_are_kept_as_they_came(tmp_path: Path) -> None:
    packed = gzip.compress(DATA)
    objects = Objects(tmp_path)

    kept = objects.keep(lambda: BytesIO(packed))

    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert path.read_bytes() == packed
    assert kept.size == len(packed)


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    objects = Objects(tmp_path)
    objects.keep(lambda: BytesIO(DATA))
    objects.keep(lambda: BytesIO(DATA))

    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@given(data=st.binary(max_size=400), begin=st.integers(0, 400))
def test_a_tail_is_an_object_of_its_own(tmp_path_factory: pytest.TempPathFactory, data: bytes, begin: int) -> None:
    begin = min(begin, len(data))
    objects = Objects(tmp_path_factory.mktemp("objects"))

    kept = objects.keep(lambda: BytesIO(data), begin=begin)

    assert kept.digest == hashlib.sha256(data[begin:]).hexdigest()
    assert kept.whole_digest == hashlib.sha256(data).hexdigest()
    with objects.open(kept.digest) as stream:
        assert stream.read() == data[begin:]


def test_an_altered_object_is_named(tmp_path: Path) -> None:
    objects = Objects(tmp_path)
    kept = objects.keep(lambda: BytesIO(gzip.compress(DATA)))
    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    altered = bytearray(path.read_bytes())
    altered[len(altered) // 2] ^= 1
    path.write_bytes(altered)

    with pytest.raises(AlteredObject, match=kept.digest):
        objects.verify(kept.digest)


def test_an_object_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingObject, match="0000"):
        Objects(tmp_path).open("0000")


def test_prefixes_are_measured_as_far_as_the_stream_reaches() -> None:
    found = prefix_digests(lambda: BytesIO(DATA), {5, 11, len(DATA) + 1})

    assert found == {length: hashlib.sha256(DATA[:length]).hexdigest() for length in (5, 11)}
