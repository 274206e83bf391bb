"""CEF and LEEF: headers and values, and the compiled grammar held to one that reads sign by sign."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_logs.cef_heads import CEF, LEEF, NEITHER
from chahe.sources.firewall_logs.cef_scan import MOST_KEYS, scan
from chahe.sources.scanning.wanted_keys import keys_of

WANTED = {"src": ("src",), "act": ("act", "action"), "msg": ("msg",), "a.b[0]": ("a.b[0]",)}


class Told(NamedTuple):
    form: int
    before: str
    header: tuple[str, ...]
    values: Mapping[str, str]


def told(*records: str) -> list[Told]:
    whole = "".join(records).encode()
    ends = np.cumsum([len(record.encode()) for record in records], dtype=np.int32)
    starts = np.concatenate([np.zeros(1, np.int32), ends[:-1]]).astype(np.int32)
    found = scan(np.frombuffer(whole, np.uint8), starts, ends, keys_of(WANTED))

    def texts(begins: np.ndarray, sizes: np.ndarray) -> list[str]:
        return [
            found.data[begin : begin + size].tobytes().decode(errors="replace")
            for begin, size in zip(begins.tolist(), sizes.tolist(), strict=True)
        ]

    return [
        Told(
            int(found.forms[record]),
            whole[starts[record] : found.heads[record]].decode(errors="replace") if found.forms[record] else "",
            tuple(texts(found.header_begins[:, record], found.header_sizes[:, record])),
            {
                name: text
                for name, text in zip(WANTED, texts(found.begins[:, record], found.sizes[:, record]), strict=True)
                if text
            },
        )
        for record in range(len(records))
    ]


def values(record: str) -> Mapping[str, str]:
    return told(record)[0].values


def told_slowly(text: str) -> Told:
    """CEF again, by regular expressions: what the compiled grammar is held to."""
    text = text.rstrip("\r\n")
    nothing = Told(NEITHER, "", ("",) * 6, {})
    head = re.match(r"([^|]*?)(?:CEF:[0-9.]+|(?<![^ :>])[01])((?:\|(?:[^|\\]|\\.)*+){6})\|(.*)", text, re.DOTALL)
    if head is None or len(head[1]) > 400:
        return nothing
    extension = head[3]
    keys = list(re.finditer(r"(?:\A|(?<= ))([A-Za-z0-9_.\[\]-]+)=", extension))
    ends = [*(key.start() - 1 for key in keys[1:]), len(extension)]
    found: dict[str, str] = {}
    for key, end in zip(keys, ends, strict=False):
        value = extension[key.end() : end].strip(" ") if end > key.end() else ""
        if len(value) > 1 and value[0] == value[-1] == '"':
            value = value[1:-1]
        found.setdefault(key[1], re.sub(r"\\([\\=|])", r"\1", value) if value not in ("N/A", "(null)") else "")
    picked = {name: next((found[key] for key in under if found.get(key)), "") for name, under in WANTED.items()}
    return Told(CEF, head[1], header_parts(head[2]), {name: value for name, value in picked.items() if value})


def header_parts(text: str) -> tuple[str, ...]:
    parts, escaped = [""], False
    for sign in text[1:]:
        if escaped:
            parts[-1] += sign if sign in "\\=|" else "\\" + sign
        elif sign == "|":
            parts.append("")
        elif sign != "\\":
            parts[-1] += sign
        escaped = sign == "\\" and not escaped
    return tuple(parts)


def test_values_run_to_the_next_key_and_lose_their_escapes() -> None:
    record = r"<14>Nov 22 fw CEF:0|A|B \| C|1|9|the \\ name|5|msg=one two src=x\=y\\ action= a.b[0]=last "
    header = ("A", "B | C", "1", "9", "the \\ name", "5")
    assert told(record) == [Told(CEF, "<14>Nov 22 fw ", header, {"msg": "one two", "src": "x=y\\", "a.b[0]": "last"})]


def test_an_escaped_key_is_none_and_the_first_of_a_repeated_one_counts() -> None:
    assert values(r"CEF:0|A|B|1|9|n|5|msg=said src\=9 src=1 src=2") == {"msg": "said src=9", "src": "1"}


def test_a_key_that_says_nothing_leaves_its_field_to_the_next() -> None:
    assert values("CEF:0|A|B|1|9|n|5|act=N/A action=deny src=(null)") == {"act": "deny"}
    assert values('CEF:0|A|B|1|9|n|5|action=deny act="drop it"') == {"act": "drop it"}


@pytest.mark.parametrize(
    ("record", "delimiter"),
    [
        ("LEEF:1.0|M|P|1.2|100|{}", "\t"),
        ("LEEF:2.0|M|P|1.2|100|{}", "\t"),
        ("LEEF:2.0|M|P|1.2|100||{}", "\t"),
        ("LEEF:2.0|M|P|1.2|100|x09|{}", "\t"),
        ("LEEF:2.0|M|P|1.2|100|^|{}", "^"),
        ("LEEF:2.0|M|P|1.2|100|x5E|{}", "^"),
        ("LEEF:2.0|M|P|1.2|100|0x5e|{}", "^"),
        ("LEEF:2.0|M|P|1.2|100|x7C|{}", "|"),
        ("LEEF:2.0|M|P|1.2|100|||{}", "|"),
        ("LEEF:1.0|M|P|1.2|100|{}", "#011"),
    ],
)
def test_leef_fields_stand_between_delimiters(record: str, delimiter: str) -> None:
    fields = delimiter.join(["msg=a b=c src=no", "act=\\=", "src=192.0.2.1"])
    told_of_it = told("<13>fw " + record.format(fields) + "\r\n")
    expected = {"msg": "a b=c src=no", "act": "\\=", "src": "192.0.2.1"}
    assert told_of_it == [Told(LEEF, "<13>fw ", ("M", "P", "1.2", "100", "", ""), expected)]


def test_leef_whose_tabs_became_blanks_is_read_as_cef() -> None:
    assert values("LEEF:1.0|M|P|1|1|msg=a b act=deny") == {"msg": "a b", "act": "deny"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "|a|b|c|d|e|f|g",
        "CEF:0|A|B|1|9|n",
        "LEEF:1.0|A|B|1",
        "x#|A|B|1|9|n|5|",
        "9" * 100_000,
        "a" * 600 + "CEF:0|||||||",
    ],
)
def test_what_has_no_header_that_is_whole_is_neither(text: str) -> None:
    assert told(text) == [Told(NEITHER, "", ("",) * 6, {})]


def test_a_record_of_more_keys_than_any_has_is_neither() -> None:
    record = "CEF:0|A\\|A|B|1|9|n|5|src=a\\\\" + " k=" * MOST_KEYS
    assert [one.form for one in told(record, "CEF:0|A\\|A|B|1|9|n|5|src=a\\\\")] == [NEITHER, CEF]


PIECES = st.sampled_from(
    [
        "CEF:0|",
        "0|",
        "A",
        "|",
        "\\",
        "=",
        " ",
        "src=",
        "act=",
        "action=",
        "msg=",
        '"',
        "N/A",
        "\t",
        "é",
        "1",
        "a.b[0]=",
        "\n",
        ":",
    ]
)
HEAD = st.sampled_from(["CEF:0|A|B|1|9|n|5|", "<9>x 0|A|B\\|b|1|9|n|5|", ""])


@settings(deadline=None, max_examples=400)
@given(
    records=st.lists(st.tuples(HEAD, st.lists(PIECES, max_size=40).map("".join)).map("".join), min_size=1, max_size=4)
)
def test_the_compiled_grammar_is_that_of_the_slow_one(records: list[str]) -> None:
    assert told(*records) == [told_slowly(record) for record in records]


@settings(deadline=None)
@given(text=st.binary(max_size=200), head=st.sampled_from([b"", b"CEF:0|||||||", b"LEEF:2.0|||||", b"LEEF:1.0|||||"]))
def test_any_bytes_leave_spans_within_the_data(text: bytes, head: bytes) -> None:
    data = np.frombuffer(head + text, np.uint8)
    found = scan(data, np.zeros(1, np.int32), np.array([len(data)], np.int32), keys_of(WANTED))
    for begins, sizes in ((found.begins, found.sizes), (found.header_begins, found.header_sizes)):
        assert (begins >= 0).all()
        assert (sizes >= 0).all()
        assert (begins + sizes <= len(found.data)).all()
