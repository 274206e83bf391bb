"""Streams cut into numbered lines."""

from io import BytesIO

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.engine.chunks import Cut, chunks, cut, decoded
from chahe.sources.scanning.line_ends import line_ends


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([b"a", b"\n", b"\r\n", b"longer", b"\xff", b"\0", b"x" * 64])).map(b"".join),
    st.integers(1, 9),
    st.sampled_from([cut, line_ends]),
)
def test_lines_are_whole_and_numbered_wherever_the_cuts_fall(data: bytes, size: int, way: Cut) -> None:
    numbered = [
        (chunk.first + index, line)
        for chunk in chunks(BytesIO(data), size=size, cut=way)
        for index, line in enumerate(chunk.lines.to_pylist())
    ]
    whole = [line + b"\n" for line in data.split(b"\n")]
    whole[-1] = whole[-1][:-1]
    assert numbered == list(enumerate((line for line in whole if line), start=1))


def test_lines_known_to_be_ascii_are_those_without_a_byte_above_127() -> None:
    for data, is_ascii in ((b"a\n" * 5000, True), (b"a\n" * 5000 + b"\x80\n", False), (b"\xff" * 70 + b"\n", False)):
        (chunk,) = chunks(BytesIO(data), cut=line_ends)
        assert chunk.ascii == is_ascii
        assert decoded(chunk)[0].to_pylist()[:2] == (["a\n", "a\n"] if data.startswith(b"a") else [None])


def test_one_byte_above_127_is_seen_wherever_it_stands() -> None:
    for size in (1, 7, 8, 9, 64, 150):
        for place in range(size):
            data = np.frombuffer(b"x" * place + b"\x80" + b"x" * (size - place - 1) + b"\n", np.uint8)
            assert line_ends(data)[1] is False
        assert line_ends(np.frombuffer(b"\x7f" * size + b"\n", np.uint8))[1] is True


def test_an_overlong_line_is_one_line_and_the_next_follows() -> None:
    found = list(chunks(BytesIO(b"one\n" + b"x" * 100 + b"\nthree\n"), size=8, longest=20))
    assert [(chunk.first, chunk.overlong) for chunk in found] == [(1, False), (2, True), (3, False)]
    assert len(found[1].lines[0].as_py()) == 20
    assert found[2].lines.to_pylist() == [b"three\n"]


def test_an_overlong_last_line_ends_the_stream() -> None:
    assert [chunk.overlong for chunk in chunks(BytesIO(b"x" * 100), size=8, longest=20)] == [True]


def test_each_line_is_decoded_by_itself() -> None:
    (chunk,) = chunks(BytesIO("張\n".encode() + "張\r\n".encode("cp950") + b"\xff\xff\nplain\n"))
    texts, unreadable = decoded(chunk)
    assert texts.to_pylist() == ["張\n", "張\r\n", None, "plain\n"]
    assert unreadable == [2]
