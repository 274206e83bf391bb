"""Key-value lines: the exact grammar, the same compiled, and what an attacker may write into a value."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_logs.fortigate import reader
from chahe.sources.scanning.key_value_scan import BROKEN, COMMAS, scan
from chahe.sources.scanning.key_values import cef_parts, pairs
from chahe.sources.scanning.spans import texts
from chahe.sources.scanning.wanted_keys import keys_of
from reading import read

WANTED = ("srcip", "action", "user", "tz", "eventtime", "unauthuser", "id")


def told_slowly(text: str, delimiter: str) -> dict[str, str] | None:
    """The grammar again, sign by sign: what the other two are held to."""
    parted = fields_of(behind_priority(text), delimiter)
    if parted is None:
        return None
    found: dict[str, str] = {}
    for field in parted:
        key, equals, value = field.partition("=")
        if equals:
            if len(value) > 1 and value[0] == value[-1] == '"':
                value = value[1:-1].replace('\\"', '"')
            found.setdefault(key, value)
    return found


def behind_priority(text: str) -> str:
    digits, bracket, rest = text[1:].partition(">")
    marked = text.startswith("<") and bracket and len(digits) <= 3 and digits.isascii() and digits.isdigit()
    return rest if marked else text


def fields_of(text: str, delimiter: str) -> list[str] | None:
    fields, quoted, place = [""], False, 0
    while place < len(text):
        sign, behind = text[place], text[place + 1 : place + 2]
        if not quoted and sign == delimiter:
            fields.append("")
            place += 1
            continue
        if sign == '"' and not (behind in ("", delimiter) if quoted else fields[-1].endswith("=")):
            return None
        if quoted and sign == "\\" and behind in {'"', "\\"}:
            sign += behind
        elif sign == '"':
            quoted = not quoted
        fields[-1] += sign
        place += len(sign)
    return None if quoted else fields


def told_compiled(lines: list[str]) -> list[tuple[str, dict[str, str] | None]]:
    """By line: the delimiter it is taken to have, and its wanted fields that say something, or None."""
    written = [(line + "\n").encode() for line in lines]
    data = np.frombuffer(b"".join(written), np.uint8)
    offsets = np.cumsum([0, *(len(line) for line in written)], dtype=np.int32)
    found = scan(data, offsets, keys_of({key: (key,) for key in WANTED}))
    told: list[dict[str, str]] = [{} for _ in lines]
    for field, key in enumerate(WANTED):
        column = texts(data, found.begins[field], found.sizes[field]).column()
        column.validate(full=True)
        for index, value in enumerate(column.to_pylist()):
            if value is not None:
                told[index][key] = value
    return [
        ("," if form == COMMAS else " ", None if form == BROKEN else one)
        for form, one in zip(found.forms, told, strict=True)
    ]


words = st.text(st.sampled_from('ab1./=,\\" <>\u5f35'), max_size=12)
quoted = st.builds(lambda text: '"' + text.replace('"', '\\"') + '"', words)
fields = st.builds(
    lambda key, value: f"{key}={value}",
    st.sampled_from([*WANTED, "msg", "xsrcip", "srcipx", "ac"]),
    st.one_of(words, quoted, st.sampled_from(["10.0.0.1", '"accept"', '"a srcip=6.6.6.6 action="', '"\\"', "1" * 70])),
)
lines = st.one_of(
    st.builds(
        lambda priority, parts, delimiter: priority + delimiter.join(parts),
        st.sampled_from(["", "", "<189>", "<1>", "<1890>", "<>"]),
        st.lists(fields, max_size=7),
        st.sampled_from([" ", " ", ","]),
    ),
    words,
)


@settings(deadline=None, max_examples=300)
@given(lines, st.sampled_from([" ", ","]))
@example('a="\\\\" srcip=1', " ")
@example('a="x"b srcip=1', " ")
def test_the_grammar_is_what_it_says(line: str, delimiter: str) -> None:
    assert pairs(line, delimiter) == told_slowly(line, delimiter)


@settings(deadline=None, max_examples=500)
@given(st.lists(lines, min_size=1, max_size=12))
@example(["a=", '"b="x srcip=1'])
@example(["x=src", "ip=1"])
@example(["user=<189>", "<189>srcip=1", "<>srcip=1", "<1890>srcip=1"])
@example(['action="a" srcip=1', 'user="', 'action="b" srcip=2'])
@example(['user="a\\"', 'user="a\\\\"', 'user="a\\\\\\"b"', 'id=x="a b"', 'id=x="a\\"b"', 'id="', 'id=""', "id=N/A"])
@example(['srcip=,a srcip="" srcip='])
@example(["srcip= srcip=1", "srcip=N/A srcip=1", '=srcip=1 ==2 id==="1"'])
def test_the_compiled_grammar_is_the_same(many: list[str]) -> None:
    for line, (delimiter, told) in zip(many, told_compiled(many), strict=True):
        if told is None:  # a broken line does not tell which of the two would have parted its fields
            assert None in (told_slowly(line, " "), told_slowly(line, ","))
            continue
        exact = told_slowly(line, delimiter)
        says = {key: value for key, value in (exact or {}).items() if key in WANTED and value not in ("", "N/A")}
        assert exact is not None
        assert told == says


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("a=1,b=2", ","),
        ('a="x y",b=2', ","),
        ("<189>Nov 22 09:00:00 fw a=1,b=2", ","),
        ("a=1, b=2", " "),
        ('a="x,b=2" c=3', " "),
        ("a=1 b=2,c=3", " "),
        ('"a=1,b=2"', " "),
        ("a=1,2", " "),
        ("", " "),
    ],
)
def test_the_first_field_tells_the_delimiter(line: str, form: str) -> None:
    assert told_compiled([line])[0][0] == form


def test_one_broken_line_leaves_its_neighbours_whole() -> None:
    many = ['srcip=1 user="x"', 'srcip=2 user="x', 'srcip=3 user="x y"', 'srcip=4 user="\\""', 'srcip=5 user="z"']
    assert [one and one["srcip"] for _, one in told_compiled(many)] == ["1", None, "3", "4", "5"]


def test_of_a_fields_keys_the_first_that_says_something_counts() -> None:
    data = b'src=b srcip=a\nsrcip=N/A src="b"\nsrcip=(null) src=\n'
    offsets = np.array([0, 14, 32, len(data)], np.int32)
    found = scan(np.frombuffer(data, np.uint8), offsets, keys_of({"dst": ("dst",), "source": ("srcip", "src")}))
    spans = texts(np.frombuffer(data, np.uint8), found.begins[1], found.sizes[1])
    assert spans.column().to_pylist() == ["a", "b", None]


def test_texts_chosen_to_collide_are_told_apart() -> None:
    many = [f"{number:02x}" for number in range(256)] * 3
    data = np.frombuffer("".join(many).encode(), np.uint8)
    begins, sizes = np.arange(0, len(data), 2, np.int32), np.full(len(many), 2, np.int32)
    assert texts(data, begins, sizes).column().to_pylist() == many


BASE = 'date=2026-11-22 time=09:00:00 logid="1" type="traffic" subtype="forward" '


@pytest.mark.parametrize(
    ("tail", "source", "account"),
    [
        ('user="x srcip=9.9.9.9" srcip=10.0.0.1', "10.0.0.1", "x srcip=9.9.9.9"),
        ('msg="a, srcip=9.9.9.9 b" srcip=10.0.0.1', "10.0.0.1", None),
        ('msg="deny srcip=9.9.9.9 user=root"', None, None),
        ('user="x\\" srcip=9.9.9.9 y=\\"z" srcip=10.0.0.1', "10.0.0.1", 'x" srcip=9.9.9.9 y="z'),
        ('url="/?srcip=9.9.9.9&user=z" srcip=10.0.0.1', "10.0.0.1", None),
        ("xsrcip=9.9.9.9 srcip=10.0.0.1 srcip=8.8.8.8", "10.0.0.1", None),
        ('user="corp\\wang" srcip=10.0.0.1', "10.0.0.1", "corp\\wang"),
    ],
)
def test_a_key_within_a_value_is_never_taken(tail: str, source: str | None, account: str | None) -> None:
    for filler in (0, 50):
        data = "\n".join([BASE + tail, *[BASE] * filler]).encode()
        first = read(reader, data).rows["firewall_events"][0]
        assert (first.get("source_address"), first.get("account")) == (source, account)


@pytest.mark.parametrize("tail", ['user="x srcip=9.9.9.9', 'user="a"b srcip=9.9.9.9', 'user=a"b" srcip=9.9.9.9'])
def test_a_line_whose_quotes_do_not_pair_is_rejected(tail: str) -> None:
    reading = read(reader, "\n".join([BASE, BASE + tail, BASE + "srcip=10.0.0.1"]).encode())
    assert [(one.place, one.value) for one in reading.rejects] == [(2, (BASE + tail)[:80])]
    assert [one["place"] for one in reading.rows["firewall_events"]] == [1, 3]


def test_carriage_returns_nul_bytes_and_two_encodings_share_a_file() -> None:
    name = "張三"
    data = b"".join(
        [
            f'{BASE}user="{name}" srcip=10.0.0.1\r\n'.encode(),
            f'{BASE}user="{name}" srcip=10.0.0.2\r\n'.encode("cp950"),
            (BASE + 'user="a\0b" srcip=10.0.0.3\n').encode(),
            b'user="\xff\xff" ' + BASE.encode() + b"\n",
            (BASE + "srcip=10.0.0.5").encode(),
        ]
    )
    reading = read(reader, data)
    rows = {one["place"]: (one.get("account"), one["source_address"]) for one in reading.rows["firewall_events"]}
    assert rows == {1: (name, "10.0.0.1"), 2: (name, "10.0.0.2"), 3: ("a\0b", "10.0.0.3"), 5: (None, "10.0.0.5")}
    assert [one.place for one in reading.rejects] == [4]


@pytest.mark.parametrize("filler", ["x", '\\"', "= ", ' a="b"'])
def test_a_line_of_ten_megabytes_is_a_line(filler: str) -> None:
    huge = BASE + 'msg="' + (filler if filler != ' a="b"' else "y") * (10_000_000 // len(filler)) + '" srcip=10.0.0.1'
    reading = read(reader, "\n".join([BASE, huge, BASE + "srcip=10.0.0.2"]).encode())
    assert [one.get("source_address") for one in reading.rows["firewall_events"]] == [None, "10.0.0.1", "10.0.0.2"]


def test_cef_values_run_to_the_next_key() -> None:
    parts = cef_parts(r"<14>Nov 22 fw CEF:0|A|B \| C|1|9|the name|5|a=one two b=x\=y\\ c= d=last ")
    assert parts == (("A", r"B \| C", "1", "9", "the name", "5"), {"a": "one two", "b": "x=y\\", "c": "", "d": "last"})


@pytest.mark.parametrize("text", ["", "|a|b|c|d|e|f|g", "CEF:0|A|B|1|9|n", "a=b 0|A|B|1|9|n|5|", "9" * 100_000])
def test_what_has_no_cef_header_is_not_cef(text: str) -> None:
    parts = cef_parts(text)
    assert parts is None or parts[1] == {}
