"""JSON read element by element: the same values as the standard library's, whatever the pieces, and breaks said."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.sources.model import Head, Unreadable
from chahe.sources.reading import json_stream
from chahe.sources.reading.json_stream import ENTERED, elements, facts, opening, outline
from chahe.sources.reading.replay import Replay

DOCUMENT = {
    "a": [1, 2.5, {"b": "中", "c": []}],
    "n": 12345,
    "r": {"k1": {"x": 1}, "k2": {"x": 2}},
    "u": {"deep": [1] * 9},
}
DATA = json.dumps(DOCUMENT, ensure_ascii=False).encode()


class Pipe(BytesIO):
    """A stream that cannot be wound back."""

    def seekable(self) -> bool:
        return False


def found(data: bytes, *paths: tuple[str, ...], many: bool = False) -> list[tuple[tuple[str, ...], str, object]]:
    return [tuple(one) for one in elements(BytesIO(data), paths, many=many) if one.value is not ENTERED]


@pytest.mark.parametrize("piece", [1, 3, 7, 64, 1 << 18])
def test_the_wanted_parts_come_in_order_whatever_the_pieces(monkeypatch, piece):
    monkeypatch.setattr(json_stream, "_PIECE", piece)
    assert found(DATA, ("a", "*"), ("n",), ("r", "*")) == [
        (("a", "*"), "", 1),
        (("a", "*"), "", Decimal("2.5")),
        (("a", "*"), "", {"b": "中", "c": []}),
        (("n",), "n", 12345),
        (("r", "*"), "k1", {"x": 1}),
        (("r", "*"), "k2", {"x": 2}),
    ]


def test_what_is_entered_is_said_before_its_parts():
    assert [one.path for one in elements(BytesIO(DATA), (("r", "*"),)) if one.value is ENTERED] == [(), ("r",)]


def test_a_long_value_nobody_wants_is_dropped_part_by_part(monkeypatch):
    monkeypatch.setattr(json_stream, "_PIECE", 16)
    monkeypatch.setattr(json_stream, "_ENTER_AT", 10)
    assert found(DATA, ("n",)) == [(("n",), "n", 12345)]


def test_an_element_of_no_sensible_length_is_refused(monkeypatch):
    monkeypatch.setattr(json_stream, "_PIECE", 16)
    monkeypatch.setattr(json_stream, "_LONGEST", 100)
    with pytest.raises(Unreadable, match="begins in line 2 is longer"):
        found(b'["a",\n"' + b"x" * 999 + b'"]', ("*",))


def test_lines_and_lists_of_documents_are_the_same():
    lines = b'{"a": 1}\n{"a": 2}\n'
    assert found(lines, (), many=True) == found(b'[{"a": 1}, {"a": 2}]', (), many=True) != []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_marks_of_encodings_are_known(encoding):
    data = '{"n": "中"}'.encode(encoding)
    assert found(data, ("n",)) == [(("n",), "n", "中")]
    assert opening(Head("a", data, whole=True)).startswith("{")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"a":',
        b'{"a": 1}}',
        b"[1,]",
        b"nul",
        b"[NaN]",
        b'{"a": 1 "b"}',
        b"{1: 2}",
        b"[1" + b"0" * 5000 + b"]",
        b"{} {}",
    ],
)
def test_what_is_no_json_breaks_off(data):
    if not data:
        assert found(data, ("*",)) == []
        return
    with pytest.raises(Unreadable, match="the JSON breaks off or is malformed in line 1"):
        found(data, ("a",), ("*",))


def test_what_came_before_a_break_is_handed_out_first():
    parts = elements(BytesIO(b"[1,\n2,\n}"), (("*",),))
    assert [next(parts).value for _ in range(3)] == [ENTERED, 1, 2]
    with pytest.raises(Unreadable, match="in line 3"):
        next(parts)


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 100_000])
def test_what_nests_without_end_is_refused(data):
    with pytest.raises(Unreadable, match="nested deeper"):
        found(data, ("*",), ("b",))


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(Unreadable, match="behind line 1 the file holds bytes that are not UTF-8"):
        found(b'{"a": "\xff"}', ("a",))


@pytest.mark.parametrize("stream", [BytesIO, Pipe])
def test_a_document_can_be_read_again(stream):
    replay = Replay(stream(DATA))
    assert facts(replay.again(), (("n",),)) == facts(replay.again(), (("n",),)) == {("n",): 12345}
    assert replay.again().read() == DATA


def test_facts_end_where_the_document_breaks():
    assert facts(BytesIO(b'{"a": 1, "b": 2, "c"'), (("a",), ("b",), ("c",))) == {("a",): 1, ("b",): 2}


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(values, max_size=6), st.integers(1, 40), st.booleans())
def test_the_elements_of_a_list_are_those_of_the_standard_library(items, piece, spaced):
    before = json_stream._PIECE
    json_stream._PIECE = piece
    try:
        data = json.dumps(items, indent=2 if spaced else None).encode()
        assert [value for _, _, value in found(data, ("*",))] == items
    finally:
        json_stream._PIECE = before


def seen(data: bytes) -> dict[tuple[str, ...], object]:
    return dict(outline(Head("a", data, whole=False)))


def test_an_outline_holds_keys_that_stand_in_the_document_and_none_that_are_quoted():
    data = b'{"kind": "x", "said": "{\\"host\\": 1}", "all": [{"ip": 7, "of": {"a": {"b": {"c": 1}}}}], "rest": tru'
    held = seen(data)
    assert held[("kind",)] == "x"
    assert held[("all", "*", "ip")] == 7
    assert held[("all", "*", "of", "a")] is None
    assert ("all", "*", "of", "a", "b") not in held
    assert not any("host" in path for path in held)
    assert ("rest",) not in held


@pytest.mark.parametrize("data", [b"", b"null", b"<a/>", b"\x00{", b"\xff\xfe"])
def test_what_is_no_object_or_list_has_no_outline(data):
    assert seen(data) == {}
