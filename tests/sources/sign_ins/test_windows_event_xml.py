"""Windows events as XML, in every shape that tools export, and broken in every way."""

import json
from io import BytesIO

import pytest
from evtx import PyEvtxParser
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.model import Head, Unreadable
from chahe.sources.sign_ins.windows_event_xml import LONGEST, reader
from chahe.sources.sign_ins.windows_evtx import reader as evtx_reader
from evtx_file import as_xml, event
from reading import Reading, read, shared_data

DECLARATION = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
BOMB = '<!DOCTYPE Events [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def logon(account: str) -> str:
    return as_xml(event(4624, {"TargetUserName": account, "LogonType": "3"}))


def accounts(reading: Reading) -> list[object]:
    return [row["account"] for row in reading.rows.get("auth_events", [])]


@pytest.mark.parametrize(
    "text",
    [
        f"{DECLARATION}\r\n<Events>\r\n{logon('a')}\r\n{logon('b')}\r\n</Events>\r\n",
        logon("a") + logon("b"),
        f"{logon('a')}\r\n\r\n{logon('b')}",
        f"{DECLARATION}{logon('a')}\n{DECLARATION}{logon('b')}",
        f"<Events>{logon('a')}</Events><!-- two exports in one file --><Events>{logon('b')}</Events>",
        "\ufeff" + logon("a") + "\n" + logon("b"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_events_are_read_in_every_shape_that_tools_export(text, encoding):
    reading = read(reader, text.encode(encoding))
    assert accounts(reading) == ["a", "b"]
    assert (reading.units, reading.rejects) == (2, [])


def test_a_single_event_is_a_file():
    assert accounts(read(reader, logon("a").encode())) == ["a"]


def test_a_file_that_names_big5_is_read_as_big5():
    text = '<?xml version="1.0" encoding="big5"?>\n' + logon("王小明")
    assert accounts(read(reader, text.encode("big5"))) == ["王小明"]


def test_a_file_that_names_no_encoding_is_read_as_utf8_or_else_cp950():
    mixed = logon("王小明").encode("cp950") + b"\n" + logon("李大華").encode()
    assert accounts(read(reader, mixed)) == ["王小明", "李大華"]


def test_an_event_in_no_known_encoding_is_rejected_alone():
    data = (
        logon("a").encode() + b"\n" + logon("b").encode().replace(b">b<", b">\xff\xff<") + b"\n" + logon("c").encode()
    )
    reading = read(reader, data)
    assert accounts(reading) == ["a", "c"]
    assert reading.rejects[0].why.en.startswith("the event from line 2 is neither UTF-8 nor Big5")


def test_control_characters_that_windows_wrote_do_not_break_an_event():
    assert accounts(read(reader, logon("a\x02b").encode() + logon("c&#x1;").replace("&amp;", "&").encode())) == [
        "a\ufffdb",
        "c\ufffd",
    ]


def test_a_malformed_event_is_rejected_with_line_and_column_and_the_next_is_read():
    data = f"<Events>\n{logon('a')}\n  {logon('b').replace('</System>', '</Sytem>')}\n{logon('c')}</Events>"
    reading = read(reader, data.encode())
    assert accounts(reading) == ["a", "c"]
    (reject,) = reading.rejects
    assert reject.place == 2
    assert reject.why.zh.startswith("第 3 行第 ")
    assert reject.why.zh.endswith("欄的事件不是正確的 XML，無法讀取；請由原主機重新匯出")
    assert "System" in reject.value


def test_content_between_events_is_rejected_and_not_passed_over():
    reading = read(reader, f"{logon('a')}\n4624,lee,2026-03-02\n{logon('b')}".encode())
    assert accounts(reading) == ["a", "b"]
    (reject,) = reading.rejects
    assert (reject.place, reject.value) == (2, "4624,lee,2026-03-02")


@pytest.mark.parametrize("cut", [3, 40, 200])
def test_a_file_that_ends_inside_an_event_keeps_those_before(cut):
    data = f"<Events>\n{logon('a')}\n{logon('b')}"[:-cut].encode()
    reading = read(reader, data)
    assert accounts(reading) == ["a"]
    (reject,) = reading.rejects
    assert (reject.place, reject.value) == (2, "</Event>")
    assert reject.why.en.startswith(
        f"the XML breaks off or is malformed at line 3, column {len(logon('b')) - cut + 1};"
    )


def test_a_list_that_is_never_closed_was_cut():
    reading = read(reader, f"<Events>\n{logon('a')}\n".encode())
    assert accounts(reading) == ["a"]
    assert (reading.rejects[0].place, reading.rejects[0].value) == (2, "</Events>")


@pytest.mark.parametrize(
    "prolog",
    [
        BOMB,
        '<!DOCTYPE Events SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE Events [<!ENTITY % r SYSTEM "http://192.0.2.1/x">%r;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(prolog, encoding):
    reading = read(reader, f"{prolog}<Events>{logon('&b;')}</Events>".encode(encoding))
    (reject,) = reading.rejects
    assert accounts(reading) == []
    assert reject.why.en.startswith("the XML has a document type declaration (DOCTYPE)")


def test_an_entity_that_nothing_declares_rejects_its_event():
    (reject,) = read(reader, logon("X").replace(">X<", ">&b;<").encode()).rejects
    assert "Entity 'b' not defined" in reject.value


def test_an_event_without_end_does_not_fill_memory():
    data = b"<Events>" + logon("a").encode() + b"<Event>" + b" " * (LONGEST + 1)
    reading = read(reader, data)
    assert accounts(reading) == ["a"]
    assert reading.rejects[0].why.en.startswith("there is no whole event within 16 MiB from line 1")


def test_the_event_behind_a_place_can_be_shown():
    data = f"<Events>{logon('a')}\nstray\n{logon('王')}</Events>".encode("utf-16")
    assert [reader.excerpt(BytesIO(data), place, None).strip() for place in (1, 2, 3)] == [
        logon("a"),
        "stray",
        logon("王"),
    ]
    with pytest.raises(Unreadable, match="there is no record 4 in the file"):
        reader.excerpt(BytesIO(data), 4, None)


def test_only_windows_events_are_recognised():
    def sureness(data: bytes) -> int:
        match = reader.recognise(Head("x", data, whole=True))
        return match.sureness if match else 0

    assert sureness(logon("a").encode()) == 95
    assert sureness(("\ufeff" + logon("a")).encode("utf-16-le")) == 95
    assert sureness(b"<Events></Events>") == 30
    assert sureness(b"<report><Event></Event></report>") == 0
    assert sureness(b'{"EventID": 4624}') == 0


def test_json_forwards_are_not_taken_for_xml():
    data = shared_data("windows_events", "sekoia", "windows.lines.log").read_bytes()
    assert reader.recognise(Head("windows.lines.log", data[:65536], whole=False)) is None


def test_real_events_agree_with_the_fields_others_read():
    """The expected JSON names the event's number, times, and the accounts that acted and were acted upon."""
    samples = sorted(shared_data("windows_events", "wazuh_engine", "windows", "test").glob("*_input.xml"))
    assert len(samples) == 12
    skipped = set()
    for sample in samples:
        expected = json.loads(sample.with_name(sample.name.replace("_input.xml", "_expected.json")).read_text())[0]
        reading = read(reader, sample.read_bytes())
        assert (reading.units, reading.rejects) == (1, [])
        code = expected["event"]["code"]
        if reading.skips:
            skipped.add(code)
            continue
        (row,) = reading.rows["auth_events"]
        assert row["event_code"] == code
        assert row["host"] == expected["host"]["name"]
        assert row["outcome"] == expected["event"].get("outcome", row["outcome"])
        assert {row["account"], row.get("target_account")} & set(expected["related"]["user"])
        if "source" in expected and "ip" in expected["source"]:
            assert row["source_address"].removeprefix("::ffff:") == expected["source"]["ip"].removeprefix("::ffff:")
    assert skipped == {"4688", "4731", "5156"}


def test_real_logs_read_the_same_as_xml_and_as_stored():
    for sample in sorted(shared_data("windows_evtx").rglob("*.evtx")):
        if sample.name == "System2.evtx":
            continue
        data = sample.read_bytes()
        text = "\n".join(record["data"] for record in PyEvtxParser(BytesIO(data), number_of_threads=1).records())
        assert read(reader, text.encode()) == read(evtx_reader, data), sample.name


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_exports_never_break_the_reader(data):
    text = f"{DECLARATION}<Events>{logon('a')}\n{logon('b')}</Events>".encode()
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text)))
        piece = data.draw(
            st.sampled_from([b"<", b"</Event>", b"<Event>", b"&x;", b"\xff", b"\0"]) | st.binary(max_size=5)
        )
        text = text[:at] + piece + text[at + data.draw(st.integers(0, 9)) :]
    reading = read(reader, text)
    assert reading.rejects or reading.units == 2


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000), st.sampled_from([b"<Event>", b"\xff\xfe<\0", b"<Events>", b""]))
def test_arbitrary_bytes_never_break_the_reader(data, start):
    reading = read(reader, start + data)
    assert reading.rejects or not (start + data).strip(b" \t\r\n\0") or reading.units == 0
