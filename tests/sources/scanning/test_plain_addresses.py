"""Addresses that need not be spelled anew."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.evidence.addresses import canonical_address
from chahe.sources.scanning.plain_addresses import are_plain

_NEARLY = st.lists(
    st.sampled_from(["::", ":", "0", "1", "ffff", "fe80", "db8", "00", "A", "10.1.2.3", ".", "12345", "%eth0", "g"]),
    max_size=17,
).map("".join)
_GROUPS = st.lists(st.sampled_from(["0", "0", "1", "ffff", "2001"]), min_size=1, max_size=8)


@st.composite
def _shortened(draw: st.DrawFn) -> str:
    """Groups with `::` somewhere between them: canonical, or a spelling or two beside it."""
    groups = draw(_GROUPS)
    cut = draw(st.integers(0, len(groups)))
    return ":".join(groups[:cut]) + draw(st.sampled_from(["::", "::", ":"])) + ":".join(groups[cut:])


@settings(deadline=None, max_examples=600)
@given(
    st.lists(
        st.one_of(_NEARLY, _shortened(), st.ip_addresses().map(str), _GROUPS.map(":".join)), min_size=1, max_size=20
    )
)
def test_plain_is_what_is_spelled_canonically_already(texts: list[str]) -> None:
    assert are_plain(pa.array(texts)).tolist() == [bool(text) and canonical_address(text) == text for text in texts]


def test_the_longest_zeros_are_left_out_once_and_the_first_of_equals() -> None:
    spelled = {
        "2001:db8::1:0:0:1": True,
        "2001:db8:0:0:1::1": False,
        "2001:db8::1:0:0:0:1": False,
        "1::2:3:4:5:6:7": False,
        "1:0:3:4:5:6:7:8": True,
        "::": True,
        "::ffff:a01:203": False,
        "::ffff:0:a01:203": True,
        "fe80::1%eth0": False,
        "FE80::1": False,
    }
    assert dict(zip(spelled, are_plain(pa.array(list(spelled))).tolist(), strict=True)) == spelled


def test_nothing_is_no_address() -> None:
    assert are_plain(pa.array([None, "", "10.1.2.3", "010.1.2.3", "10.1.2"], pa.string())).tolist() == [
        False,
        False,
        True,
        False,
        False,
    ]
