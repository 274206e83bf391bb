"""Spans of bytes made into numbered texts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.scanning.spans import distinct, texts

_MIDDLES = st.text(alphabet="ab", max_size=12)
_TEXTS = st.one_of(
    st.just(""), st.text(alphabet='ab"\\一', max_size=9), _MIDDLES.map(lambda middle: f"same...1{middle}same...2")
)


@settings(deadline=None)
@given(st.lists(_TEXTS, max_size=700))
def test_each_row_has_its_text_and_each_text_one_number(rows: list[str]) -> None:
    written = [row.encode() for row in rows]
    data = np.frombuffer(b"=" + b"=".join(written), np.uint8)
    sizes = np.array([len(row) for row in written], np.int32)
    begins = (1 + np.cumsum(np.append(0, sizes[:-1] + 1))[: len(rows)]).astype(np.int32)
    found = texts(data, begins, sizes)
    assert found.column().to_pylist() == [row or None for row in rows]
    codes, firsts = distinct(data, begins, sizes)
    assert codes.tolist() == found.codes.tolist()
    assert [rows[first] for first in firsts.tolist()] == list(dict.fromkeys(row for row in rows if row))


def test_within_quotes_an_escaped_quote_is_a_quote() -> None:
    data = np.frombuffer(rb'a="to \"web\"" b=to\"web', np.uint8)
    found = texts(data, np.array([3, 17], np.int32), np.array([10, 7], np.int32))
    assert found.column().to_pylist() == ['to "web"', r"to\"web"]


def test_more_texts_than_a_piece_holds_are_told_apart() -> None:
    rows = [f"10.{number % 3}.{number // 256}.{number % 256}" for number in [*range(5_000), *range(5_000)]]
    data = np.frombuffer(" ".join(rows).encode(), np.uint8)
    sizes = np.array([len(row) for row in rows], np.int32)
    begins = (np.cumsum(sizes + 1) - sizes - 1).astype(np.int32)
    found = texts(data, begins, sizes)
    assert found.column().to_pylist() == rows
    assert len(found.values) == 5_000
