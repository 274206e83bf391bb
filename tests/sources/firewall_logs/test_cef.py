"""CEF and LEEF of any maker: sessions are rows, people signing in are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relay_truth import differences, relay_reading

from chahe.sources.firewall_logs import cef, fortigate, leef
from chahe.sources.model import Head
from reading import Reading, read, shared_data

NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""
SESSION = (
    "CEF:0|Edge \\| Works|Firewall|7.1|70018|Connection allowed|3|rt=1795309200123 dvchost=EDGE1 deviceExternalId=E-77 src=10.1.2.3 "
    "spt=50100 dst=192.0.2.7 dpt=443 proto=6 act=Allow in=920 out=4100 cs1Label=Zone cs1=dmz cs3Label=Rule Name cs3=web out "
    "suser=CORP\\\\Mei msg=with blanks and src\\=9.9.9.9"
)
ATTRIBUTES = (
    *(
        "devTime=1795309200123",
        "identHostName=EDGE1",
        "deviceExternalId=E-77",
        "src=10.1.2.3",
        "srcPort=50100",
        "dst=192.0.2.7",
    ),
    *(
        "dstPort=443",
        "proto=TCP",
        "action=Allow",
        "srcBytes=920",
        "dstBytes=4100",
        "policy=web out",
        "usrName=CORP\\Mei",
        "cat=conn",
    ),
)
EXPECTED = {
    "place": 1,
    "happened_at_us": NINE + 123_000,
    "device": "edge1",
    "device_serial": "e-77",
    "event_kind": "traffic",
    "action": "allow",
    "action_written": "Allow",
    "source_address": "10.1.2.3",
    "source_port": 50100,
    "destination_address": "192.0.2.7",
    "destination_port": 443,
    "protocol": "tcp",
    "bytes_sent": 920,
    "bytes_received": 4100,
    "account": "mei",
    "rule": "web out",
    "event_code": "Edge | Works|Firewall|70018",
}


def readings(*lines: str, **facts: str) -> Reading:
    return read(cef.reader, "\n".join(lines).encode(), **facts)


def row(line: str, **facts: str) -> dict[str, object]:
    reading = readings(line, **facts)
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


@pytest.mark.parametrize(
    "front",
    [
        "",
        "<134>",
        "<134>Nov 22 10:00:00 relay ",
        "Nov 22 10:00:00 relay ",
        "<134>1 2026-11-22T02:00:00Z relay - - - - ",
        "2026-11-22T02:00:00Z relay x: ",
    ],
)
@pytest.mark.parametrize("word", ["CEF:0|", "CEF: 0|", "CEF:1.1|"])
def test_it_reads_a_session_whole_behind_any_header(front: str, word: str) -> None:
    assert row(front + SESSION.replace("CEF:0|", word)) == EXPECTED


@pytest.mark.parametrize(
    ("head", "delimiter"),
    [("LEEF:1.0", "\t"), ("LEEF:2.0", "\t"), ("LEEF:2.0", "^"), ("LEEF:2.0", "¦"), ("LEEF:1.0", "#011")],
)
@pytest.mark.parametrize("front", ["", "<134>Nov 22 10:00:00 relay "])
def test_it_reads_leef(head: str, delimiter: str, front: str) -> None:
    declared = {"^": "^|", "¦": "xA6|"}.get(delimiter, "")
    if delimiter == "¦":
        delimiter, declared = ";", "x3B|"
    line = f"{front}{head}|Edge|Firewall|7.1|70018|{declared}" + delimiter.join(ATTRIBUTES)
    for reader in (cef.reader, leef.reader):
        reading = read(reader, line.encode())
        assert not reading.rejects
        assert reading.rows["firewall_events"] == [EXPECTED | {"event_code": "Edge|Firewall|70018"}]


@pytest.mark.parametrize(
    ("written", "action"),
    [
        *(
            (word, "allow")
            for word in ("Allow", "accepted", "Permitted", "PASS", "not blocked", "forward", "Connection_Closed")
        ),
        *(
            (word, "deny")
            for word in ("Deny", "blocked", "Dropped", "reset-both", "not allowed", "Quarantined", "REJECT")
        ),
        *((word, "other") for word in ("detected", "alert", "monitor", "none", "Notify")),
    ],
)
def test_actions_of_any_maker(written: str, action: str) -> None:
    found = row(SESSION.replace("act=Allow", f"act={written}"))
    assert (found["action"], found["action_written"]) == (action, written)


def test_the_name_tells_what_was_done_where_no_action_does() -> None:
    found = row(SESSION.replace("act=Allow ", "").replace("Connection allowed", "Connection refused"))
    assert (found["action"], found["action_written"]) == ("deny", "Connection refused")


@pytest.mark.parametrize(
    ("product", "name", "cat", "kind"),
    [
        ("Firewall", "Connection", "", "traffic"),
        ("IPS", "Connection", "", "threat"),
        ("Firewall", "SQL injection", "", "threat"),
        ("Firewall", "Connection", "cat=malware ", "threat"),
    ],
)
def test_threats_are_told_by_product_name_or_category(product: str, name: str, cat: str, kind: str) -> None:
    line = (
        SESSION.replace("|Firewall|", f"|{product}|").replace("Connection allowed", name).replace("act=", f"{cat}act=")
    )
    assert row(line)["event_kind"] == kind


@pytest.mark.parametrize(
    "line",
    [
        "CEF:0|M|P|1|4624|An account was successfully logged on|3|src=10.1.2.3 dst=10.1.1.1 act=success suser=mei",
        "CEF:0|M|P|1|9|User login failed|3|src=10.1.2.3 suser=mei",
        "CEF:0|M|P|1|9|x|3|cat=Authentication src=10.1.2.3 dst=10.1.1.1 act=allow",
    ],
)
def test_people_signing_in_are_skipped(line: str) -> None:
    reading = readings(line)
    assert not reading.rows["firewall_events"]
    assert "signing in" in reading.skips[0][1].en


def test_an_attack_on_signing_in_is_a_session() -> None:
    line = SESSION.replace("Connection allowed", "Authentication bypass attempt")
    assert row(line)["action_written"] == "Allow"


@pytest.mark.parametrize("gone", ["src=10.1.2.3 ", "dst=192.0.2.7 "])
def test_events_without_two_ends_are_skipped(gone: str) -> None:
    reading = readings(SESSION.replace(gone, ""))
    assert "no event of a network session" in reading.skips[0][1].en


def test_events_that_do_not_say_what_was_done_are_skipped() -> None:
    reading = readings(SESSION.replace("act=Allow ", "").replace("Connection allowed", "Heartbeat"))
    assert "no event of a network session" in reading.skips[0][1].en


@pytest.mark.parametrize(
    ("time", "microseconds"),
    [
        ("rt=1795309200123", NINE + 123_000),
        ("rt=Nov 22 2026 09:00:00", NINE),
        ("rt=Nov 22 2026 01:00:00.123 UTC", NINE + 123_000),
        ("rt=Nov 22 2026 01:00:00 dtz=UTC", NINE),
        ("rt=Nov 22 2026 02:00:00 dtz=Europe/Paris", NINE),
        ("rt=Nov 22 2026 10:00:00 dtz=+09:00", NINE),
        ("rt=Nov 22 2026 09:00:00 dtz=nowhere", NINE),
        ("deviceReceiptTime=1795309200000", NINE),
        ("start=1795309100000 end=1795309200000", NINE),
        ("start=1795309200000", NINE),
        ("rt=N/A start=1795309200000", NINE),
        ("rt=Nov 22 09:00:00", NINE + 3_600_000_000),
        ("", NINE + 3_600_000_000),
    ],
)
def test_when_it_happened(time: str, microseconds: int) -> None:
    line = "<134>Nov 22 10:00:00 relay " + SESSION.replace("rt=1795309200123", time)
    assert row(line)["happened_at_us"] == microseconds


def test_the_device_is_named_by_the_event_then_the_setting_then_the_header() -> None:
    nameless = SESSION.replace("dvchost=EDGE1 ", "")
    headed = f"<134>Nov 22 10:00:00 relay {nameless}"
    assert row(headed)["device"] == "relay"
    assert row(headed, device="FW-9")["device"] == "fw-9"
    assert row(headed.replace("src=", "dvc=10.0.0.1 src="), device="FW-9")["device"] == "10.0.0.1"
    assert row(nameless)["device"] == "e-77"


def test_ipv6_has_fields_of_its_own() -> None:
    line = SESSION.replace("src=10.1.2.3 ", "c6a2=2001:DB8::9 c6a2Label=Source IPv6 Address ").replace(
        "dst=192.0.2.7", "c6a3=2001:db8::7"
    )
    assert (row(line)["source_address"], row(line)["destination_address"]) == ("2001:db8::9", "2001:db8::7")


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        (SESSION.replace("spt=50100", "spt=x"), "spt", "x"),
        (SESSION.replace("dpt=443", "dpt=70000"), "dpt", "70000"),
        (SESSION.replace("in=920", "in=-1"), "in", "-1"),
        (SESSION.replace("rt=1795309200123", "rt=22/11/2026 09:00:00"), "rt", "22/11/2026 09:00:00"),
        (SESSION.replace("rt=1795309200123", "rt=Nov 22 09:00:00"), "rt", "Nov 22 09:00:00"),
        ("CEF:0|Maker|Product|1|2|cut", None, "CEF:0|Maker|Product|1|2|cut"),
        ("hello", None, "hello"),
    ],
)
def test_it_rejects_what_cannot_be(line: str, column: str | None, value: str) -> None:
    assert [(one.column, one.value) for one in readings(line).rejects] == [(column, value)]


def test_blank_lines_are_skipped() -> None:
    assert [place for place, _ in readings(SESSION, "", " ").skips] == [2, 3]


def test_it_reads_check_points_events_as_the_relay_expects() -> None:
    reading = relay_reading(cef.reader, "checkpoint")
    places = {one["place"] for one in reading.rows["firewall_events"]}
    differ = {(place, column) for place, column in differences(reading, "checkpoint") if place in places}

    assert places == {1, 2, 3, 4, 5, 6}
    # Times that theirs leaves out, our code with maker and product, bytes that theirs leaves out.
    assert {column for _, column in differ} == {"happened_at_us", "event_code", "bytes_sent", "bytes_received"}


def test_it_reads_fortinets_sessions_as_its_own_reader_does_but_for_what_only_that_knows() -> None:
    data = shared_data("firewall_logs", "sekoia", "fortinet_fortigate.lines.log").read_bytes()
    own = {one["place"]: one for one in read(fortigate.reader, data).rows["firewall_events"]}
    mine = {one["place"]: one for one in read(cef.reader, data).rows["firewall_events"]}

    assert len(mine) >= 8
    for place, found in mine.items():
        for column in ("source_address", "source_port", "destination_address", "destination_port", "device_serial"):
            assert found.get(column) == own[place].get(column), (place, column)


def sureness(text: str, reader: object = cef) -> int:
    match = reader.recognise(Head("x.log", text.encode(), whole=True))  # type: ignore[attr-defined]
    return match.sureness if match else 0


LEEF = "LEEF:1.0|Edge|Firewall|7.1|70018|" + "\t".join(ATTRIBUTES)


def test_it_knows_its_files() -> None:
    assert (sureness(SESSION), sureness(SESSION, leef)) == (60, 0)
    assert (sureness(LEEF), sureness(LEEF, leef)) == (0, 60)
    assert (sureness(f"{SESSION}\n{LEEF}"), sureness(f"{SESSION}\n{LEEF}", leef)) == (60, 0)
    assert (sureness(f"{SESSION}\n{LEEF}\n{LEEF}"), sureness(f"{SESSION}\n{LEEF}\n{LEEF}", leef)) == (0, 60)
    assert sureness(f"<134>Nov 22 10:00:00 relay {SESSION}\na") == 60
    assert sureness(f"{SESSION}\na\nb") == 0
    assert sureness("") == 0


@pytest.mark.parametrize("text", ['{"message": "LINE"}', '[\n"LINE"\n]', 'x = "LINE"', "a|b|c|d|e|f|g"])
def test_lines_within_other_formats_are_not_its_files(text: str) -> None:
    for line in (SESSION, LEEF):
        assert sureness(text.replace("LINE", line)) == 0
        assert sureness(text.replace("LINE", line), leef) == 0


LINES = [SESSION.encode(), LEEF.encode()]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=60),
            st.sampled_from(LINES),
            st.tuples(st.sampled_from(LINES), st.integers(0, 300)).map(lambda cut: cut[0][: cut[1]]),
        )
    )
)
def test_whatever_the_bytes_every_line_has_one_fate(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    assert read(cef.reader, data).units == len(data.split(b"\n")) - (data.endswith(b"\n") or not data)
