"""Objects of JSON scanned by compiled code, against Python's own reading of them."""

import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.scanning.delimited_scan import lines_of
from chahe.sources.scanning.json_scan import Values, scan
from chahe.sources.scanning.wanted_keys import keys_of

KEYS = {"a": ("a",), "b.c": ("b.c", "b_c"), "名": ("名",)}


def scanned(lines: list[str]) -> tuple[list[dict[str, str]], list[bool]]:
    data, begins, ends = lines_of(pa.array(lines, pa.string()))
    found = scan(data, begins, ends, keys_of(KEYS))
    return [told(found, line) for line in range(len(lines))], found.broken.tolist()


def told(found: Values, line: int) -> dict[str, str]:
    said = {}
    for field, name in enumerate(KEYS):
        begins, sizes = found.of(field)
        if sizes[line]:
            said[name] = found.data[begins[line] : begins[line] + sizes[line]].tobytes().decode()
    return said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"a": "x"}', {"a": "x"}),
        ('{"a":-1.5e3,"b.c":true}\r\n', {"a": "-1.5e3", "b.c": "true"}),
        ('{ "x" : {"a": 1}, "b_c" : [1, "]"] }', {"b.c": '[1, "]"]'}),
        ('{"b_c": 2, "b.c": 1}', {"b.c": "1"}),
        ('{"b.c": null, "b_c": 2}', {"b.c": "2"}),
        ('{"b.c": "", "b_c": "null"}', {"b.c": "null"}),
        ('{"a": 1, "a": 2}', {"a": "1"}),
        ('{"\\u0061": 1}', {}),
        ('{"a": "c\\\\d \\"e\\" \\/ \\u4e2d \\ud83d\\ude00 \\n"}', {"a": 'c\\d "e" / 中 😀 \n'}),
        ('{"a": "\\ud800 \\udc00 \\ud800\\u0041"}', {"a": "\ufffd \ufffd \ufffdA"}),
        ('{"名": "\\\\"}', {"名": "\\"}),
        ("{}", {}),
        ('{"a": 1} and more', {"a": "1"}),
    ],
)
def test_values_are_given_without_their_escapes(line: str, said: dict[str, str]) -> None:
    assert scanned(["", line, "{}"]) == ([{}, said, {}], [False, False, False])


@pytest.mark.parametrize(
    "line",
    ["{", '{"a', '{"a"', '{"a":', '{"a":"x', '{"a":"x\\"', '{"a":1', '{"a":1,', '{"a":[1', '{"a" 1}', "{1:2}", "x"],
)
def test_what_is_no_whole_object_is_broken(line: str) -> None:
    assert scanned([line, '{"a":1}'])[1] == [True, False]


def test_what_stood_before_the_break_is_told() -> None:
    assert scanned(['{"a":1,"b.c":"x","d'])[0] == [{"a": "1", "b.c": "x"}]


def test_an_escape_that_is_cut_is_no_danger() -> None:
    assert scanned(['{"a":"\\u"}', '{"a":"\\u12"}', '{"a":"\\u12g4"}'])[1] == [False] * 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from(["a", "b.c", "b_c", "名", "x", "long" * 20]), JSON, max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(OBJECTS, max_size=5), st.booleans(), st.booleans())
def test_it_agrees_with_pythons_reader_of_json(objects: list[dict[str, object]], ascii_only: bool, tight: bool) -> None:
    lines = [json.dumps(one, ensure_ascii=ascii_only, separators=(",", ":") if tight else None) for one in objects]
    said, broken = scanned(lines)
    assert broken == [False] * len(lines)
    for one, mine in zip(objects, said, strict=True):
        for name, keys in KEYS.items():
            if ascii_only and name == "名":
                continue  # written with escapes, it is another key here
            wanted = next((one[key] for key in keys if one.get(key) not in (None, "")), None)
            assert (mine.get(name) is None) == (wanted is None)
            if isinstance(wanted, str):
                assert mine[name] == wanted
            elif wanted is not None:
                assert json.loads(mine[name]) == wanted


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text('{}[]":,\\ux1a null', max_size=80), max_size=6))
def test_it_reads_anything(lines: list[str]) -> None:
    scanned(lines)
