"""One numbering for texts that parts of a column number their own way."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.engine import numbering
from chahe.engine.numbering import one_numbering

_TEXTS = st.lists(st.sampled_from(["a", 'b"', '\\"', 'c\\"d"', "一二", "x" * 20, "x" * 19 + "y", "", None]), max_size=9)


def _part(rows: list[str | None], more: list[str | None]) -> pa.DictionaryArray:
    """Rows and, in the dictionary, texts that no row has."""
    texts = list(dict.fromkeys([text for text in (*more, *rows) if text is not None]))
    codes = [None if text is None else texts.index(text) for text in rows]
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(texts, pa.string()))


@pytest.mark.parametrize("many", [0, 1 << 16])
@settings(deadline=None)
@given(parts=st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=4))
def test_rows_keep_their_texts_and_no_other_is_kept(
    many: int, parts: list[tuple[list[str | None], list[str | None]]]
) -> None:
    column = pa.chunked_array([_part(*part) for part in parts], pa.dictionary(pa.int32(), pa.string()))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(numbering, "MANY", many)
        one = one_numbering(column)
    rows = [text for part, _ in parts for text in part]
    assert one.to_pylist() == rows
    kept = one.dictionary.to_pylist()
    assert len(kept) == len(set(kept))
    assert set(kept) == {text for text in rows if text is not None}


def test_many_texts_are_told_apart() -> None:
    parts = [[f"10.{first}.{second // 256}.{second % 256}" for second in range(40_000)] for first in (0, 1, 0)]
    one = one_numbering(pa.chunked_array([pa.array(part).dictionary_encode() for part in parts]))
    assert len(one.dictionary) == 80_000
    assert one.to_pylist() == [text for part in parts for text in part]
