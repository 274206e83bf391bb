"""Compressed files as streams: the same content, and of a damaged one all that is there."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from io import BytesIO

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from chahe.engine.streams import BrokenStream, opener

LINES = b"".join(b"line %d of a log\n" % number for number in range(20_000))
COMPRESS = [gzip.compress, bz2.compress, lzma.compress, zstandard.ZstdCompressor().compress]


@pytest.mark.parametrize("compress", COMPRESS)
def test_content_reads_the_same_by_blocks_and_by_lines(compress: Callable[[bytes], bytes]) -> None:
    opened = opener(lambda: BytesIO(compress(LINES)))

    with opened() as stream:
        assert stream.read() == LINES
    with opened() as stream:
        assert list(stream) == LINES.splitlines(keepends=True)


@pytest.mark.parametrize("compress", COMPRESS)
def test_of_a_truncated_file_everything_before_the_break_is_given(compress: Callable[[bytes], bytes]) -> None:
    packed = compress(LINES)
    opened = opener(lambda: BytesIO(packed[: len(packed) * 3 // 4]))
    read = b""

    with opened() as stream, pytest.raises(BrokenStream):  # noqa: PT012 - the break comes somewhere in the loop
        while block := stream.read(100_000):
            read += block

    assert LINES.startswith(read)


@given(data=st.binary(max_size=300), sizes=st.lists(st.integers(1, 50), max_size=20))
def test_reads_of_any_size_come_to_the_same(data: bytes, sizes: list[int]) -> None:
    with opener(lambda: BytesIO(gzip.compress(data)))() as stream:
        read = b"".join(stream.read(size) if size % 2 else stream.readline(size) for size in sizes)
        read += stream.read()

    assert read == data
