"""Entries have one form, and what has another is named."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.entries import LIMIT, Kind, decode, encode
from chahe.vault.errors import Malformed

WORDS = st.text('ab"\\/\n\x00é查\ufb33\U0001f600', max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(WORDS, VALUES, max_size=4))
def test_an_entry_comes_back_as_it_was(members: dict[str, object]) -> None:
    members = {name: value for name, value in members.items() if name not in ("kind", "at_us")}

    entry = decode(encode(Kind.EXPORT, 7, members), 0)

    assert entry == {**members, "kind": "export", "at_us": 7}


def test_members_stand_in_the_order_of_the_standard() -> None:
    # RFC 8785 §3.2.3 sorts by UTF-16 code units: the astral letter goes before U+FB33.
    assert encode(Kind.EXPORT, 1, {"\ufb33": 1, "\U0001f600": 2, "查": "核"}) == (
        '{"at_us":1,"kind":"export","查":"核","\U0001f600":2,"\ufb33":1}'.encode()
    )


@pytest.mark.parametrize(
    "members", [{"kind": "x"}, {"rate": float("nan")}, {"count": 2**60}, {"why": "x" * (LIMIT + 1)}]
)
def test_what_has_no_canonical_form_or_is_too_long_is_refused(members: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        encode(Kind.EXPORT, 1, members)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff", "no JSON"),
        (b"[]", "no known kind"),
        (b'{"at_us":1,"kind":"gift"}', "no known kind"),
        (b'{"at_us":"1","kind":"export"}', "has no time"),
        (b'{"kind":"export","at_us":1}', "not in canonical form"),
        (b'{"at_us":1, "kind":"export"}', "not in canonical form"),
        (b'{"at_us":1,"kind":["export"]}', "no known kind"),
        (b'{"at_us":1,"kind":"export","n":-0}', "not in canonical form"),
        (b'{"at_us":1,"kind":"export","n":1.0}', "not in canonical form"),
        (b'{"at_us":1,"at_us":1,"kind":"export"}', "not in canonical form"),
        (b'{"at_us":1,"kind":"export","why":"\\u6838"}', "not in canonical form"),
        (b'{"at_us":1,"kind":"export","n":9007199254740993}', "no canonical form"),
        (b"[" * 60_000, "no JSON"),
        (b'{"n":0.5', "no JSON"),
        (b'{"a":1e999,"at_us":1,"kind":"export"}', "no canonical form"),
    ],
)
def test_what_is_no_entry_is_named_with_its_place(data: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why) as refuted:
        decode(data, 41)

    assert refuted.value.place.entry == 41


def test_numbers_that_are_written_otherwise_elsewhere_are_decided_by_the_standard() -> None:
    for data in (b'{"at_us":1,"kind":"export","n":0.1}', b'{"at_us":1,"kind":"export","n":1e+21}'):
        assert decode(data, 0)["n"] in (0.1, 1e21)
    with pytest.raises(Malformed, match="not in canonical form"):
        decode(b'{"at_us":1,"kind":"export","n":1e21}', 0)


@given(st.dictionaries(WORDS, VALUES, max_size=4), st.integers(0, 200), st.sampled_from(b' ,:"\\/0e.-u{}[]'))
def test_whatever_is_decoded_is_canonical(members: dict[str, object], at: int, letter: int) -> None:
    data = bytearray(encode(Kind.EXPORT, 7, {f"x{name}": value for name, value in members.items()}))
    data.insert(min(at, len(data)), letter)

    try:
        entry = decode(bytes(data), 0)
    except Malformed:
        return
    assert rfc8785.dumps(entry) == bytes(data)
