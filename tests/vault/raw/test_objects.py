"""Raw bytes under their digests: back as they came, once, and never altered unseen."""

import gzip
import hashlib
from io import BytesIO, RawIOBase
from pathlib import Path
from random import Random
from typing import BinaryIO, cast

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.errors import Missing, Place, Refuted
from chahe.vault.raw import blocks
from chahe.vault.raw.blocks import BLOCK
from chahe.vault.raw.frames import FRAME
from chahe.vault.raw.index import Index
from chahe.vault.raw.objects import Kept, Objects, key_of, prefix_digests
from chahe.vault.storing.local import LocalStorage

DATA = b"first line\nsecond line\n" * 1000
LONG = Random(1).randbytes(40_000) + b"a line of a log that repeats itself\n" * 80_000  # noqa: S311 - no secret; three frames
SIZES = [0, 1, BLOCK, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, len(LONG)]


def files(folder: Path) -> list[Path]:
    return [path for path in sorted((folder / "objects").rglob("*")) if path.is_file()]


def kept_in(folder: Path, data: bytes) -> Kept:
    return Objects(LocalStorage(folder)).keep(lambda: BytesIO(data))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("packed", [False, True])
def test_bytes_come_back_as_they_went_in(tmp_path: Path, size: int, packed: bool) -> None:
    data = b"\x1f\x8b" + LONG[: max(0, size - 2)] if packed else LONG[:size]
    objects = Objects(LocalStorage(tmp_path))

    kept = objects.keep(lambda: BytesIO(data))

    assert (kept.digest, kept.size) == (hashlib.sha256(data).hexdigest(), len(data))
    with objects.open(kept.digest) as stream:
        assert stream.read() == data
    objects.verify(kept.digest)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("packed", [False, True])
def test_what_is_said_of_an_object_is_what_lies_there(tmp_path: Path, size: int, packed: bool) -> None:
    data = b"BZh" + LONG[:size] if packed else LONG[:size]
    kept = kept_in(tmp_path, data)

    stored = LocalStorage(tmp_path).read(key_of(kept.digest, kept.stored.form))
    assert kept.stored.form == ("raw" if packed else "zst")
    assert kept.stored.sha256 == hashlib.sha256(stored).hexdigest()
    assert kept.stored.size == len(stored)
    assert kept.blocks == blocks.subtree(data).hex()
    assert kept.stored.blocks == blocks.subtree(stored).hex()
    index = LocalStorage(tmp_path).read(key_of(kept.digest, "index")) if kept.stored.index else None
    assert (index is None) == (len(stored) <= BLOCK and len(data) <= FRAME)
    if index is not None:
        assert hashlib.sha256(index).hexdigest() == kept.stored.index


def test_any_zstandard_reader_reads_an_object(tmp_path: Path) -> None:
    kept_in(tmp_path, LONG)

    [stored] = [path for path in files(tmp_path) if path.suffix == ".zst"]
    with zstandard.ZstdDecompressor().stream_reader(stored.open("rb"), read_across_frames=True) as stream:
        assert stream.read() == LONG


def test_compressed_bytes_are_kept_as_they_came(tmp_path: Path) -> None:
    packed = gzip.compress(DATA)

    kept = kept_in(tmp_path, packed)

    [path] = files(tmp_path)
    assert path.read_bytes() == packed
    assert kept.size == len(packed)


def test_an_object_of_an_earlier_version_is_read_and_described(tmp_path: Path) -> None:
    # One frame, whatever its length, and no index: as objects were kept before there were frames.
    digest, packed = hashlib.sha256(LONG).hexdigest(), zstandard.ZstdCompressor(level=3).compress(LONG)
    path = tmp_path / "objects" / digest[:2] / f"{digest}.zst"
    path.parent.mkdir(parents=True)
    path.write_bytes(packed)
    objects = Objects(LocalStorage(tmp_path))

    with objects.open(digest, begin=FRAME + 5) as stream:
        assert stream.read() == LONG[FRAME + 5 :]
    kept = objects.keep(lambda: BytesIO(LONG))

    assert path.read_bytes() == packed
    assert kept.stored.sha256 == hashlib.sha256(packed).hexdigest()
    assert kept.stored.blocks == blocks.subtree(packed).hex()
    index = Index.of((path.with_suffix(".index")).read_bytes(), "index")
    assert (index.raw.size, index.frames) == (len(LONG), ())


@pytest.mark.parametrize("size", SIZES)
def test_the_same_bytes_are_kept_once_and_described_alike(tmp_path: Path, size: int) -> None:
    objects = Objects(LocalStorage(tmp_path))

    first = objects.keep(lambda: BytesIO(LONG[:size]))
    before = files(tmp_path)
    assert objects.keep(lambda: BytesIO(LONG[:size])) == first

    assert files(tmp_path) == before


def test_an_index_that_a_crash_prevented_is_added_when_the_bytes_come_again(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, LONG)
    [index] = [path for path in files(tmp_path) if path.suffix == ".index"]
    written = index.read_bytes()
    index.unlink()

    assert kept_in(tmp_path, LONG) == kept
    assert index.read_bytes() == written


def test_bytes_that_come_again_do_not_vouch_for_what_was_altered_since(tmp_path: Path) -> None:
    kept_in(tmp_path, LONG)
    [stored] = [path for path in files(tmp_path) if path.suffix == ".zst"]
    stored.write_bytes(zstandard.ZstdCompressor().compress(LONG[:-1] + b"?"))

    with pytest.raises(Refuted, match="now have the digest"):
        kept_in(tmp_path, LONG)


def test_a_foreign_index_is_not_taken_for_the_objects(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, LONG)
    path = tmp_path / key_of(kept.digest, "index")
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(Refuted, match="index"):
        kept_in(tmp_path, LONG)


@given(data=st.binary(max_size=400), begin=st.integers(0, 400))
def test_a_tail_is_an_object_of_its_own(tmp_path_factory: pytest.TempPathFactory, data: bytes, begin: int) -> None:
    begin = min(begin, len(data))
    objects = Objects(LocalStorage(tmp_path_factory.mktemp("objects")))

    kept = objects.keep(lambda: BytesIO(data), begin=begin)

    assert kept.digest == hashlib.sha256(data[begin:]).hexdigest()
    assert (kept.whole_digest, kept.whole_size) == (hashlib.sha256(data).hexdigest(), len(data))
    with objects.open(kept.digest) as stream:
        assert stream.read() == data[begin:]


class Dribble(RawIOBase):
    """A raw stream, which may give less than was asked for."""

    def __init__(self, data: bytes) -> None:
        self._below = BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        return self._below.read(min(size, 70_001))


def test_a_long_tail_of_a_stream_that_gives_little_at_once_is_kept_whole(tmp_path: Path) -> None:
    begin = FRAME + 17
    objects = Objects(LocalStorage(tmp_path))

    kept = objects.keep(lambda: cast("BinaryIO", Dribble(LONG)), begin=begin)

    assert (kept.digest, kept.size) == (hashlib.sha256(LONG[begin:]).hexdigest(), len(LONG) - begin)
    assert (kept.whole_digest, kept.whole_size) == (hashlib.sha256(LONG).hexdigest(), len(LONG))
    assert kept.blocks == blocks.subtree(LONG[begin:]).hex()


@pytest.mark.parametrize("begin", [0, 5, FRAME - 1, FRAME, 2 * FRAME + 3, len(LONG)])
@pytest.mark.parametrize("packed", [False, True])
def test_an_object_is_read_from_any_byte_on(tmp_path: Path, begin: int, packed: bool) -> None:
    data = b"BZh" + LONG[3:] if packed else LONG
    kept = kept_in(tmp_path, data)

    with Objects(LocalStorage(tmp_path)).open(kept.digest, begin=begin) as stream:
        assert stream.read() == data[begin:]


@pytest.mark.parametrize("span", [(0, 0), (BLOCK - 1, BLOCK), (FRAME + 7, FRAME + 9), (len(LONG) - 1, len(LONG) - 1)])
@pytest.mark.parametrize("indexed", [True, False])
def test_a_record_is_proved_without_the_rest_of_its_file(tmp_path: Path, span: tuple[int, int], indexed: bool) -> None:
    kept = kept_in(tmp_path, LONG)
    if not indexed:
        (tmp_path / key_of(kept.digest, "index")).unlink()

    data, proof = Objects(LocalStorage(tmp_path)).prove(kept.digest, *span)

    blocks.verify(data, proof, size=kept.size, root=bytes.fromhex(kept.blocks))
    assert data == LONG[proof.begin : proof.end]
    assert proof.begin <= span[0] <= span[1] < proof.end
    assert len(data) <= 2 * BLOCK


def test_an_altered_object_is_named(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, gzip.compress(DATA))
    [path] = files(tmp_path)
    altered = bytearray(path.read_bytes())
    altered[len(altered) // 2] ^= 1
    path.write_bytes(altered)

    with pytest.raises(Refuted, match=kept.digest) as raised:
        Objects(LocalStorage(tmp_path)).verify(kept.digest)
    assert raised.value.place == Place(key_of(kept.digest, "raw"))


@pytest.mark.parametrize("cut", [1, 1000, 30_000])
def test_a_cut_object_is_not_taken_for_a_whole_one(tmp_path: Path, cut: int) -> None:
    kept = kept_in(tmp_path, LONG)
    path = tmp_path / key_of(kept.digest, "zst")
    path.write_bytes(path.read_bytes()[:-cut])

    with pytest.raises(Refuted), Objects(LocalStorage(tmp_path)).open(kept.digest) as stream:
        stream.read()


def test_an_object_that_is_not_there_is_missing(tmp_path: Path) -> None:
    objects = Objects(LocalStorage(tmp_path))
    for ask in (objects.open, objects.verify, objects.delete):
        with pytest.raises(Missing, match="0000"):
            ask("0000")


def test_what_is_deleted_is_gone_with_its_index(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, LONG)

    Objects(LocalStorage(tmp_path)).delete(kept.digest)

    assert files(tmp_path) == []


def test_a_stream_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    class Breaks(RawIOBase):
        def read(self, size: int = -1, /) -> bytes:
            if self.tell_left == 0:
                raise OSError("the disk the file is on is gone")
            self.tell_left -= 1
            return b"x" * size

        tell_left = 3

    with pytest.raises(OSError, match="is gone"):
        Objects(LocalStorage(tmp_path)).keep(lambda: cast("BinaryIO", Breaks()))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_prefixes_are_measured_as_far_as_the_stream_reaches() -> None:
    found = prefix_digests(lambda: BytesIO(DATA), {5, 11, len(DATA) + 1})

    assert found == {length: hashlib.sha256(DATA[:length]).hexdigest() for length in (5, 11)}
