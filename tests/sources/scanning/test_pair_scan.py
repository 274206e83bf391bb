"""Quoted and parted pairs, where keys stand in each other's values and lines break."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.scanning.pair_scan import nothing, parted_pairs, quoted_pairs
from chahe.sources.scanning.wanted_keys import keys_of

FIELDS = {"src": ("src", "source-address"), "user": ("user",), "action": ("action",)}


def spread(*lines: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    encoded = [line.encode() for line in lines]
    ends = np.cumsum([len(line) for line in encoded], dtype=np.int32)
    begins = (ends - [len(line) for line in encoded]).astype(np.int32)
    return np.frombuffer(b"".join(encoded), np.uint8), begins, ends


def quoted(*lines: str) -> list[dict[str, str] | None]:
    data, begins, ends = spread(*lines)
    values = nothing(len(FIELDS), len(lines))
    quoted_pairs(data, begins, ends, keys=keys_of(FIELDS), values=values)
    return told(data, values)


def parted(*lines: str, parting: str = "|", assigns: str = "=") -> list[dict[str, str] | None]:
    data, begins, ends = spread(*lines)
    values = nothing(len(FIELDS), len(lines))
    signs = (np.full(len(lines), ord(parting), np.uint8), np.uint8(ord(assigns)))
    parted_pairs(data, begins, ends, signs=signs, keys=keys_of(FIELDS), values=values)
    return told(data, values)


def told(data: np.ndarray, values) -> list[dict[str, str] | None]:
    found: list[dict[str, str] | None] = []
    for line in range(values.begins.shape[1]):
        spans = zip(FIELDS, values.begins[:, line], values.sizes[:, line], strict=True)
        texts = {name: data[begin : begin + size].tobytes().decode() for name, begin, size in spans if size}
        found.append(None if values.broken[line] else texts)
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('[junos@2636.1 src="10.1.2.3" action="a b"]', {"src": "10.1.2.3", "action": "a b"}),
        ('[action:"Accept"; src:"10.1.2.3"; user::"x"; ]', {"action": "Accept", "src": "10.1.2.3", "user": "x"}),
        ('[a@1 src="1"][b@2 user="2"] user="3"', {"src": "1", "user": "2"}),
        ('[src="1" src="2"]', {"src": "1"}),
        ('[source-address="2" src="1"]', {"src": "1"}),
        ('[src="N/A" source-address="2"]', {"src": "2"}),
        ('[url="x\\" src=\\"9.9.9.9" src="1"]', {"src": "1"}),
        ('[action="say \\"no\\""]', {"action": 'say \\"no\\"'}),
        ('[url="] src=9" src="1"]', {"src": "1"}),
        ('[src=1 user="2"]', {"user": "2"}),
        ('["x" ="y" src= "z" user="2"]', {"user": "2"}),
        ('[src=""]', {}),
        ("", {}),
        ("]", {}),
        ("[", {}),
    ],
)
def test_quoted_pairs(line: str, expected: dict[str, str]) -> None:
    assert quoted(line) == [expected]


_PAIR = re.compile(r'[ ;\[\t]*([^=: \]"]*)([=:]*)(?:"((?:[^"\\]|\\.)*)(")?)?', re.DOTALL)


def one_by_one(line: str) -> dict[str, str] | None:
    """The grammar as a person would write it: pair by pair."""
    found: dict[str, str] = {}
    place = 0
    while place < len(line):
        behind = len(line) - len(line[place:].lstrip(" ;[\t"))
        if behind == len(line):
            break
        if line[behind] == "]":
            if line[behind : behind + 2] != "][":
                break
            place = behind + 2
            continue
        pair = _PAIR.match(line, place)
        assert pair
        if pair[3] is not None and pair[4] is None:
            return None
        if pair[3] is not None and pair[1] and pair[2]:
            found.setdefault(pair[1], pair[3])
        place = pair.end()
    keys = {
        field: [found[key] for key in names if found.get(key, "N/A") not in ("", "N/A")]
        for field, names in FIELDS.items()
    }
    return {field: values[0] for field, values in keys.items() if values}


@settings(deadline=None, max_examples=400)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(['src="1"', ' source-address="2"', ' user="a b"', ' action="x=y"', '="', "][", "]", '"']),
            st.sampled_from(["x" * 70, " ", ";", "[", "\t", ":", "=", "\\", "src", "N/A", ' a-key-of-some-length="']),
            st.text(alphabet='="]x ', max_size=5),
        ),
        max_size=14,
    ).map("".join)
)
def test_quoted_pairs_are_found_as_one_by_one(line: str) -> None:
    assert quoted('[src="0"]', line, '[src="3"]') == [{"src": "0"}, one_by_one(line), {"src": "3"}]


@pytest.mark.parametrize("line", ['[src="1" user="2', '[src="1" url="\\"]', '[src="1" x="'])
def test_a_quote_that_is_never_closed_breaks_its_line_alone(line: str) -> None:
    assert quoted('[src="0"]', line, '[src="3"]') == [{"src": "0"}, None, {"src": "3"}]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("time=1|src=10.1.2.3|action=accept", {"src": "10.1.2.3", "action": "accept"}),
        ("src=1", {"src": "1"}),
        ("|src=1||user=2|", {"src": "1", "user": "2"}),
        ("src=a=b|user=2", {"src": "a=b", "user": "2"}),
        ("url=x\\|src=9|src=1", {"src": "1"}),
        ("src = 1 | user =  2", {"src": "1", "user": "2"}),
        ("src=N/A|source-address=2", {"src": "2"}),
        ("src=|user=2", {"user": "2"}),
        ("src|=1|user", {}),
        ("x" * 61 + "|src=1|" + "y" * 55 + "=z|user=2", {"src": "1", "user": "2"}),
    ],
)
def test_parted_pairs(line: str, expected: dict[str, str]) -> None:
    assert parted(line) == [expected]


def test_any_sign_may_part() -> None:
    assert parted("rule: 7; src: 10.1.2.3; user: a b;", parting=";", assigns=":") == [
        {"src": "10.1.2.3", "user": "a b"}
    ]
    assert parted("IN=eth0 src=1 user=2", parting=" ") == [{"src": "1", "user": "2"}]


def slowly(line: str) -> dict[str, str]:
    """Parted pairs, read the plain way."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    for pair in line.split("|"):
        key, equals, value = pair.partition("=")
        key, value = key.strip(" "), value.strip(" ")
        if equals and key in FIELDS and key not in seen:
            seen.add(key)
            if value not in ("", "N/A", "(null)"):
                found[key] = value
    return found


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("srcuseraction=| x"), max_size=150), max_size=5))
def test_they_are_what_the_plain_way_reads(lines: list[str]) -> None:
    assert parted(*lines) == [slowly(line) for line in lines]
