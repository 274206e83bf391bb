"""Broken, altered and hostile FIX: each line has one fate, and no password shows."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.model import Context, Head
from chahe.sources.trading.fix_log import reader
from fix_message import ORDER, fill, message, order
from reading import read, shared_data


def test_a_wrong_checksum_on_the_wire_is_rejected_with_both_numbers():
    data = order()
    given_ = data[-4:-1]
    wrong = b"%03d" % ((int(given_) + 1) % 256)
    [reject] = read(reader, data[:-4] + wrong + b"\x01").rejects
    assert f"is {wrong.decode()}, the bytes give {given_.decode()}" in reject.why.en


@pytest.mark.parametrize("size", [10, 200, 240, 256, 300, 511, 512, 2000])
def test_checksums_of_long_messages_are_computed(size):
    assert len(read(reader, order(t58="z" * size)).rows["orders"]) == 1


def test_a_wrong_body_length_on_the_wire_is_rejected():
    data = message("D", ORDER, extra="58=x\x01").replace(b"58=x\x01", b"")
    [reject] = read(reader, data).rejects
    assert "BodyLength (9)" in reject.why.en


def test_a_log_that_rewrote_its_messages_is_not_judged_by_their_checksums():
    data = order("|").replace(b"1=98001", b"1=MASKED")
    assert read(reader, data).rows["orders"][0]["account"] == "MASKED"


def test_a_value_may_hold_the_mark_of_a_rewritten_log():
    [row] = read(reader, order("|", t1="a|b c", t58="x; y|z")).rows["orders"]
    assert row["account"] == "a|b c"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (order()[:-8] + b"\n", "does not end in its CheckSum"),
        (order("|")[:-8] + b"\n", "does not end in its CheckSum"),
        (b"58=x\x0110=123\x01\n", "the rest of a FIX message"),
        (order().replace(b"FIX.4.4", b"FIX.9.9"), "BeginString"),
        (b"8=FIX.4.4\x0135=D\x0149=a\x0110=123\x01", "8, 9 and 35"),
        (b"8=FIX.4.4|49=a|35=D|10=123|", "8, 9 and 35"),
        (message("D", ORDER, extra="junk\x01"), "no `tag=value`"),
        (message("D", ORDER, extra="x1=5\x01"), "no `tag=value`"),
        (message("D", ORDER, extra="=5\x01"), "no `tag=value`"),
        (b"8=FIX.4.4~9=5~35=D~10=123~", "no `tag=value`"),
    ],
)
def test_a_broken_message_is_rejected_with_the_reason(data, says):
    [reject] = read(reader, data).rejects
    assert says in reject.why.en


def test_a_line_that_is_too_long_is_rejected_and_reading_goes_on():
    reading = read(reader, b"8=FIX.4.4|9=" + b"1" * (1 << 21) + b"\n" + order() + b"\n")
    assert (reading.units, [reject.place for reject in reading.rejects]) == (2, [1])
    assert reading.rows["orders"][0]["place"] == 2


def test_chinese_text_is_read_in_both_encodings():
    utf8 = order("|", t58="下單：王小明")
    cp950 = utf8.decode().replace("98001", "王小明").encode("cp950")
    assert read(reader, utf8).rows["orders"][0]["account"] == "98001"
    assert read(reader, cp950).rows["orders"][0]["account"] == "王小明"
    [reject] = read(reader, order("|").replace(b"98001", b"\xff\xff\xff")).rejects
    assert "neither UTF-8 nor Big5" in reject.why.en


def test_test_scripts_and_dictionaries_are_not_logs():
    for path in sorted(Path(shared_data("fix", "quickfixj")).rglob("*")):
        if path.is_file():
            assert reader.recognise(Head(path.name, path.read_bytes(), whole=True)) is None, path.name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello\n",
        "I8=FIX.4.4\x019=61\x0135=D\x0152=20260304-01:23:45\x01\n",
        "8=FIX.4.4|9=12|35=D|",
        "FIX.4.4 log\n",
    ],
)
def test_other_files_are_not_recognised(text):
    assert reader.recognise(Head("messages.log", text.encode(), whole=True)) is None


@pytest.mark.parametrize("mark", ["\x01", "|", "^A", ";", " "])
def test_a_log_is_recognised_by_its_first_whole_message(mark):
    data = b"2026 event: created\n" + message("A", {"98": "0"}, mark=mark) + b"\n" + order(mark)[:50]
    assert reader.recognise(Head("a.txt", data, whole=False)).sureness == 95


pieces = st.sampled_from(
    [
        b"8=FIX.4.4",
        b"\x01",
        b"|",
        b"^A",
        b"9=",
        b"35=D",
        b"35=8",
        b"10=123",
        b"=",
        b"\n",
        b"11=A",
        b"52=20260304-01:23:45",
        b"49=a",
        b"56=b",
        b"\xa4",
    ]
)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.lists(pieces, max_size=40).map(b"".join))
def test_any_bytes_are_conserved(data):
    read(reader, data)
    read(reader, data, leg="customer", received_tag="11")


@settings(deadline=None)
@given(at=st.integers(0, 200), junk=st.binary(min_size=1, max_size=3), mark=st.sampled_from(["\x01", "|", " "]))
def test_any_damage_is_conserved(at, junk, mark):
    data = order(mark) + b"\n" + fill() + b"\n"
    read(reader, data[:at] + junk + data[at + 1 :], leg="customer")


@settings(deadline=None)
@given(
    tag=st.sampled_from(["554", "925", "1402"]),
    host=st.sampled_from(["1", "11", "55", "38", "44", "54", "49", "52", "41", "58", "9001"]),
    outer=st.sampled_from(["\x01", "|", "^A", ";", " "]),
    inner=st.sampled_from(["\x01", "\\x01", "\\u0001", "|", "^", ";", " ", ""]),
    kind=st.sampled_from(["A", "D", "8", "E", "Zz"]),
    prefix=st.booleans(),
)
def test_a_password_never_leaves_the_reader(tag, host, outer, inner, kind, prefix):
    fields = ORDER | {host: f"x{inner}{tag}=SECRET"} if inner or prefix else ORDER | {tag: "SECRET"}
    data = message(kind, fields, mark=outer)
    context = Context(observed_at_us=0, settings={"leg": "customer", "received_tag": "9001"})
    for unit in reader.read(BytesIO(data + b"\n" + data[:-9] + b"\n"), context):
        assert "SECRET" not in repr(unit)


@pytest.mark.parametrize("mark", ["\x01", "|", "^A", ";", " ", "<SOH>", "\\x01"])
def test_the_raw_line_is_shown_without_passwords(mark):
    data = b"09:00 " + message("A", {"553": "me", "554": "SEC;RET x", "925": "SECRET2", "1137": "9"}, mark=mark)
    shown = reader.excerpt(BytesIO(b"event\n" + data + b"\n"), 2, None)
    assert shown.startswith("09:00 8=FIX.4.4")
    assert "553=me" in shown
    assert "554=…" in shown
    assert "1137=9" in shown
    assert "SEC" not in shown
    assert "RET" not in shown
