"""Lines of syslog one at a time: the same headers and years as in columns, from any stream."""

import gzip
from io import BytesIO
from typing import BinaryIO, cast

import pytest
import zstandard

from chahe.sources.model import Context
from chahe.sources.sign_ins.headed_lines import headed_lines
from reading import NOON_2026_11_22

CONTEXT = Context(observed_at_us=NOON_2026_11_22)


def found(data: bytes) -> list[tuple[int | None, str, str, str]]:
    return [(line.at_us, line.host, line.program, line.message) for line in headed_lines(BytesIO(data), CONTEXT)]


def test_a_header_is_parted_from_the_message() -> None:
    assert found(b"2026-03-03T04:05:06+08:00 ldap1 slapd[811]: conn=1 op=0 BIND\nconn=2\n") == [
        (1_772_481_906_000_000, "ldap1", "slapd", "conn=1 op=0 BIND"),
        (None, "", "", "conn=2"),
    ]


def test_years_that_are_not_written_are_found_from_the_end_of_the_file() -> None:
    lines = [b"Dec 31 23:59:59 a b[1]: x"] * 5000 + [b"Jan  1 00:00:01 a b[1]: x"]
    times = [line[0] for line in found(b"\n".join(lines))]

    assert times[0] == times[4999] == 1_767_196_799_000_000
    assert times[5000] == 1_767_196_801_000_000


def test_a_line_without_a_year_deep_in_the_file_has_one_too() -> None:
    lines = [b"2026-01-01T00:00:00+08:00 a b[1]: x"] * 5000 + [b"Jan  1 00:00:01 a b[1]: y"] * 2
    read = found(b"\n".join(lines))

    assert len(read) == 5002
    assert [line[0] for line in read[4999:]] == [1_767_196_800_000_000, 1_767_196_801_000_000, 1_767_196_801_000_000]


@pytest.mark.parametrize("packed", ["gzip", "zstd"])
def test_a_stream_that_cannot_be_wound_back_is_read_all_the_same(packed: str) -> None:
    data = b"Dec 31 23:59:59 a b[1]: x\n" * 3 + b"Jan  1 00:00:01 a b[1]: y\n"
    stream = {
        "gzip": lambda: gzip.GzipFile(fileobj=BytesIO(gzip.compress(data))),
        "zstd": lambda: zstandard.ZstdDecompressor().stream_reader(BytesIO(zstandard.compress(data))),
    }[packed]()

    class Once:
        """Reads on, and never back."""

        def read(self, size: int) -> bytes:
            return stream.read(size)

        def seekable(self) -> bool:
            return False

    read = list(headed_lines(cast(BinaryIO, Once()), CONTEXT))
    assert [line.at_us for line in read] == [1_767_196_799_000_000] * 3 + [1_767_196_801_000_000]


def test_a_line_that_cannot_be_read_keeps_its_place() -> None:
    read = list(headed_lines(BytesIO(b"a\n\xff\xff\xff\nb\n"), CONTEXT))

    assert [(line.place, line.text is None) for line in read] == [(1, False), (2, True), (3, False)]
