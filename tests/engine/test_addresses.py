"""Addresses of whole columns, spelled as one by one."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.engine.addresses import canonical_addresses
from chahe.evidence.addresses import canonical_address
from chahe.evidence.catalogue import tables

LOG = tables()["firewall_events"]
ADDRESSES = st.one_of(
    st.none(),
    st.ip_addresses().map(str),
    st.sampled_from(
        [
            "",
            "::FFFF:10.0.0.1",
            "fe80::1%eth0",
            "host",
            "1.2.3",
            "1.2.3.4.5",
            "01.2.3.4",
            "256.1.1.1",
            "1.2.3.",
            "1..2.3",
        ]
    ),
    st.text("0123456789.", max_size=16),
)


@settings(deadline=None)
@given(st.lists(ADDRESSES, min_size=1), st.booleans())
def test_a_column_is_spelled_as_each_of_its_addresses(written: list[str | None], numbered: bool) -> None:
    column = pa.array(written, pa.string())
    rows = pa.table({"source_address": column.dictionary_encode() if numbered else column})
    expected = [None if text is None else canonical_address(text) for text in written]
    assert canonical_addresses(rows, LOG)["source_address"].to_pylist() == expected


@pytest.mark.parametrize("numbered", [True, False])
def test_plain_addresses_are_left_as_they_are(numbered: bool) -> None:
    column = pa.array(["10.0.0.1", None, "0.0.0.0", "255.255.255.255"])  # noqa: S104 - no one listens there
    rows = pa.table({"source_address": column.dictionary_encode() if numbered else column})
    assert canonical_addresses(rows, LOG) is rows


def test_a_slice_of_a_column_is_spelled_too() -> None:
    column = pa.array(["::A", "10.0.0.1", "::B", None]).slice(1)
    assert canonical_addresses(pa.table({"source_address": column.dictionary_encode()}), LOG)[
        "source_address"
    ].to_pylist() == ["10.0.0.1", "::b", None]
