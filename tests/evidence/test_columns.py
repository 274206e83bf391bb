"""Every column can be named in a control's SQL as it is, without quotes."""

import duckdb
import pytest

from chahe.evidence.catalogue import tables


@pytest.mark.parametrize("name", sorted(tables()))
def test_no_column_is_a_reserved_word(name: str) -> None:
    names = tables()[name].names
    quoted = ", ".join(f'1 AS "{column}"' for column in names)

    assert duckdb.sql(f"SELECT {', '.join(names)} FROM (SELECT {quoted}) AS t").columns == list(names)
