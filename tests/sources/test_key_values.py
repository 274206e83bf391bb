"""Key-value lines: the exact grammar, the same in columns, and what an attacker may write into a value."""

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chahe.sources.fortigate import reader
from chahe.sources.key_value_columns import find
from chahe.sources.key_values import cef_parts, pairs
from chahe.sources.text_views import TextViews
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


def told_in_columns(lines: list[str], delimiter: str) -> list[dict[str, str] | None]:
    found = find(pa.array([line + "\n" for line in lines], pa.string()), WANTED, delimiter)
    views = TextViews(found.memory, len(lines))
    told: list[dict[str, str] | None] = [{} for _ in lines]
    for key, span in found.spans.items():
        column = views.column([span], {})
        column.validate(full=True)
        for index, value in enumerate(column.to_pylist()):
            if value is not None:
                told[index][key] = value  # type: ignore[index] # all are mappings here
    return [None if irregular else one for irregular, one in zip(found.irregular, told, strict=True)]


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


@settings(deadline=None, max_examples=300)
@given(st.lists(lines, min_size=1, max_size=12), st.sampled_from([" ", ","]))
@example(["a=", '"b="x srcip=1'], " ")
@example(["x=src", "ip=1"], " ")
@example(["user=<189>", "<189>srcip=1"], " ")
@example(['action="a" srcip=1', 'user="', 'action="b" srcip=2'], " ")
def test_columns_agree_with_the_grammar_wherever_they_decide(many: list[str], delimiter: str) -> None:
    for line, told in zip(many, told_in_columns(many, delimiter), strict=True):
        if told is not None:
            exact = told_slowly(line, delimiter)
            assert exact is not None
            assert told == {key: value for key, value in exact.items() if key in WANTED and value}


def test_ordinary_lines_are_decided_in_columns() -> None:
    many = ['<189>eventtime=1 user="a b" srcip=10.0.0.1 url="/x?srcip=9 user=y" action="deny"', "tz=1", "", 'user=""']
    assert told_in_columns(many, " ") == [
        {"eventtime": "1", "user": "a b", "srcip": "10.0.0.1", "action": "deny"},
        {"tz": "1"},
        {},
        {},
    ]


def test_one_broken_line_leaves_its_neighbours_in_columns() -> None:
    many = ['srcip=1 user="x"', 'srcip=2 user="x', 'srcip=3 user="x y"', 'srcip=4 user="\\""', 'srcip=5 user="z"']
    told = told_in_columns(many, " ")
    assert [one and one["srcip"] for one in told] == ["1", None, "3", None, "5"]


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
