"""Digests of records by compiled code and without."""

import hashlib

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.engine.record_digests import of_rows

_END = "\x1e"
_TEXTS = st.one_of(st.none(), st.text(alphabet="ab\x1e\n一", max_size=4))
_NUMBERS = st.one_of(st.integers(-10, 10), st.integers(-(2**63), 2**63 - 1), st.sampled_from([-(2**63), 2**63 - 1]))
_ROWS = st.lists(st.tuples(_TEXTS, _TEXTS, st.one_of(st.none(), _NUMBERS)), min_size=1, max_size=12)


@settings(deadline=None)
@given(_ROWS)
def test_a_digest_is_of_what_a_record_says_however_many_there_are(
    rows: list[tuple[str | None, str | None, int | None]],
) -> None:
    one, two, three = zip(*rows, strict=True)
    columns = {
        "one": pa.array(one, pa.string()).dictionary_encode(),
        "two": pa.array(two, pa.string()),
        "three": pa.array(three, pa.int64()),
    }
    told = [
        "".join(
            f"{name}=" + str(value).replace(_END, 2 * _END) + _END
            for name, value in zip(columns, row, strict=True)
            if value is not None
        )
        for row in rows
    ]
    expected = [hashlib.sha256(text.encode()).digest() for text in told]
    for many in (1, 1000):
        found = of_rows(pa.table(columns), list(columns), many=many)
        words = [
            int.from_bytes(digest[at : at + 4], "little") for digest in found.to_pylist() for at in range(0, 32, 4)
        ]
        assert b"".join(word.to_bytes(4, "big") for word in words) == b"".join(expected)
