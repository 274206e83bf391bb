"""FortiGate lines in all their forms."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_logs.fortigate import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

SESSION = (
    'date=2026-11-22 time=09:00:00 devname="FG-Taipei" devid="FG100E0001" eventtime={eventtime} tz="+0800" '
    'logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=10.1.2.3 srcport=50100 '
    'dstip=192.0.2.7 dstport=443 proto=6 action="{action}" policyid=7 user="Chen" sentbyte=920 rcvdbyte=4100'
)
NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""


def session(action: str = "accept", eventtime: str = "1795309200123456789") -> str:
    return SESSION.format(action=action, eventtime=eventtime)


def readings(*lines: str | bytes, **facts: str) -> Reading:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return read(reader, data, **facts)


def row(line: str | bytes, **facts: str) -> dict[str, object]:
    reading = readings(line, **facts)
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


def test_it_reads_a_session_whole() -> None:
    assert row(session()) == {
        "place": 1,
        "happened_at_us": NINE + 123_456,
        "device": "fg-taipei",
        "device_serial": "fg100e0001",
        "event_kind": "traffic",
        "action": "allow",
        "action_written": "accept",
        "source_address": "10.1.2.3",
        "source_port": 50100,
        "destination_address": "192.0.2.7",
        "destination_port": 443,
        "protocol": "tcp",
        "bytes_sent": 920,
        "bytes_received": 4100,
        "account": "chen",
        "rule": "7",
        "event_code": "0000000013",
    }


@pytest.mark.parametrize(
    "header",
    [
        "<189>",
        "<189>Nov 22 09:00:01 fw1 ",
        "Nov 22 09:00:01 192.0.2.1 ",
        "<189>1 2026-11-22T09:00:01+08:00 fw1 - - - - ",
        "2026-11-22T09:00:01+08:00 relay fortigate: ",
    ],
)
def test_a_syslog_header_changes_nothing(header: str) -> None:
    assert row(header + session()) == row(session())


def test_commas_between_fields_change_nothing() -> None:
    assert row(session().replace(" ", ",")) == row(session())


def test_forms_may_change_from_line_to_line() -> None:
    cef = "CEF:0|Fortinet|Fortigate|v7.4.9|00013|traffic:forward close|3|deviceExternalId=FG1 src=10.0.0.1 act=close"
    rows = readings(session(), session().replace(" ", ","), cef, session()).rows["firewall_events"]
    assert [one["source_address"] for one in rows] == ["10.1.2.3", "10.1.2.3", "10.0.0.1", "10.1.2.3"]


def test_values_need_no_quotes() -> None:
    assert row(session().replace('"', "")) == row(session())


@pytest.mark.parametrize("word", ["CEF:0", "0", "<189>Nov 22 09:00:01 fw1 CEF:0"])
def test_it_reads_cef(word: str) -> None:
    line = (
        f"{word}|Fortinet|Fortigate|v7.4.9|00013|traffic:forward deny|3|deviceExternalId=FG1 dvchost=FW-A "
        "FTNTFGTeventtime=1795309200 FTNTFGTlogid=0000000013 cat=traffic:forward src=10.0.0.1 spt=5 dst=192.0.2.9 dpt=53 "
        "proto=17 act=deny FTNTFGTpolicyid=3 out=10 in=20 duser=Lin msg=name with blanks and src\\=9.9.9.9"
    )
    assert row(line) == {
        "place": 1,
        "happened_at_us": NINE,
        "device": "fw-a",
        "device_serial": "fg1",
        "event_kind": "traffic",
        "action": "deny",
        "action_written": "deny",
        "source_address": "10.0.0.1",
        "source_port": 5,
        "destination_address": "192.0.2.9",
        "destination_port": 53,
        "protocol": "udp",
        "bytes_sent": 10,
        "bytes_received": 20,
        "account": "lin",
        "rule": "3",
        "event_code": "0000000013",
    }


@pytest.mark.parametrize(
    ("eventtime", "microseconds"),
    [
        ("1795309200", NINE),
        ("1795309200123", NINE + 123_000),
        ("1795309200123456", NINE + 123_456),
        ("1795309200123456789", NINE + 123_456),
        ("17953092", NINE),
        ("N/A", NINE),
    ],
)
def test_the_number_of_digits_says_what_eventtime_counts(eventtime: str, microseconds: int) -> None:
    assert row(session(eventtime=eventtime))["happened_at_us"] == microseconds


@pytest.mark.parametrize(("tz", "hours"), [('tz="+0800"', 0), ('tz="-0300"', 11), ('tz="+05:30"', 2.5), ("", 0)])
def test_without_eventtime_date_time_and_zone_count(tz: str, hours: float) -> None:
    line = session().replace("eventtime=1795309200123456789 ", "").replace('tz="+0800"', tz)
    assert row(line)["happened_at_us"] == NINE + int(hours * 3_600_000_000)


def test_a_time_without_a_date_is_no_time() -> None:
    line = session().replace("eventtime=1795309200123456789 ", "").replace("date=2026-11-22 ", "")
    assert "happened_at_us" not in row(line)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-11", "22/11/2026"])
def test_it_rejects_a_time_that_cannot_be(day: str) -> None:
    line = session().replace("eventtime=1795309200123456789 ", "").replace("2026-11-22", day)
    (reject,) = readings(line).rejects
    assert (reject.place, reject.column) == (1, "time")
    assert reject.value is not None
    assert reject.value.startswith(day)


@pytest.mark.parametrize(
    ("written", "action"),
    [
        *((word, "allow") for word in ("accept", "close", "client-rst", "server-rst", "timeout", "ip-conn", "start")),
        *((word, "allow") for word in ("dns", "pass", "passthrough")),
        *((word, "deny") for word in ("deny", "blocked", "dropped", "reset", "block", "Deny")),
        *((word, "other") for word in ("detected", "roll-log", "login")),
    ],
)
def test_ends_of_sessions_are_told_from_refusals(written: str, action: str) -> None:
    one = row(session(action=written))
    assert (one["action"], one["action_written"]) == (action, written)


@pytest.mark.parametrize(
    ("kind", "subtype", "more", "event_kind"),
    [
        ("traffic", "local", "", "traffic"),
        ("utm", "webfilter", "", "threat"),
        ("ips", "signature", "", "threat"),
        ("event", "vpn", "", "vpn"),
        ("event", "system", 'logdesc="Admin login failed"', "admin"),
        ("event", "system", 'cfgpath="firewall.policy"', "admin"),
        ("event", "system", 'logdesc="Disk log rolled"', "system"),
        ("event", "user", "", "system"),
    ],
)
def test_types_and_subtypes_give_the_kind(kind: str, subtype: str, more: str, event_kind: str) -> None:
    assert (
        row(f'date=2026-11-22 time=09:00:00 logid="1" type={kind} subtype="{subtype}" {more}')["event_kind"]
        == event_kind
    )


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("1", "icmp"),
        ("6", "tcp"),
        ("17", "udp"),
        ("47", "gre"),
        ("50", "esp"),
        ("51", "ah"),
        ("58", "ipv6-icmp"),
        ("132", "sctp"),
        ("89", "ospfigp"),
        ("143", "143"),
    ],
)
def test_protocols_have_their_iana_names(number: str, name: str) -> None:
    assert row(session().replace("proto=6", f"proto={number}"))["protocol"] == name


def test_a_name_in_place_of_an_address_is_left_out() -> None:
    assert "destination_address" not in row(session().replace("192.0.2.7", "host.example"))


def test_an_address_has_one_spelling() -> None:
    line = session().replace("192.0.2.7", "2001:DB8::0:1").replace("10.1.2.3", "::ffff:10.1.2.3")
    assert row(line)["destination_address"] == "2001:db8::1"
    assert row(line)["source_address"] == "10.1.2.3"


def test_an_administrators_address_stands_in_the_interface_used() -> None:
    line = 'date=2026-11-22 time=09:00:00 logid="0100032001" type="event" subtype="system" action="login" user="admin" ui={}'
    assert row(line.format("https(10.9.8.7)"))["source_address"] == "10.9.8.7"
    assert "source_address" not in row(line.format("console"))


def test_the_setting_names_a_device_that_the_record_does_not() -> None:
    nameless = session().replace('devname="FG-Taipei" ', "")
    assert row(nameless, device="FG-Kaohsiung")["device"] == "fg-kaohsiung"
    assert row(nameless)["device"] == "fg100e0001"
    assert row(session(), device="FG-Kaohsiung")["device"] == "fg-taipei"


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("srcport=50x00", "srcport"),
        ("dstport=70000", "dstport"),
        ("sentbyte=-1", "sentbyte"),
        ("rcvdbyte=1.5", "rcvdbyte"),
    ],
)
def test_it_rejects_a_number_that_is_none(field: str, column: str) -> None:
    key, value = field.split("=")
    fields = [part if not part.startswith(key) else field for part in session().split(" ")]
    (reject,) = readings(" ".join(fields)).rejects
    assert (reject.column, reject.value) == (column, value)


def test_blank_lines_are_skipped_and_strangers_rejected() -> None:
    reading = readings(session(), "", "  ", "Nov 22 09:00:00 host sshd[1]: " + "x" * 100, session())
    assert [place for place, _ in reading.skips] == [2, 3]
    (reject,) = reading.rejects
    assert (reject.place, reject.column) == (4, None)
    assert reject.value == ("Nov 22 09:00:00 host sshd[1]: " + "x" * 100)[:80]


def test_every_sample_of_the_relay_gives_the_facts_it_holds() -> None:
    source = shared_data("firewall_logs", "sekoia", "fortinet_fortigate.lines.log")
    reading = read(reader, source.read_bytes())
    assert (reading.units, len(reading.rejects), len(reading.skips)) == (50, 0, 0)
    rows = {one["place"]: one for one in reading.rows["firewall_events"]}
    truth = csv.DictReader(source.with_name("fortinet_fortigate.truth.tsv").read_text().splitlines(), delimiter="\t")
    different = {
        (int(line["line"]), ours)
        for line in truth
        for ours, theirs in COMPARED.items()
        if not agrees(rows[int(line["line"])].get(ours), line[theirs])
    }
    assert different == set(OTHERWISE)


COMPARED = {
    "happened_at_us": "timestamp",
    "device": "device",
    "source_address": "src_ip",
    "source_port": "src_port",
    "destination_address": "dst_ip",
    "destination_port": "dst_port",
    "action_written": "action",
    "bytes_sent": "src_bytes",
    "bytes_received": "dst_bytes",
    "account": "user",
    "event_code": "event_code",
}
OTHERWISE = {
    # Their intake takes no time from date= and time= without eventtime=; we do, in the zone of the context.
    (9, "happened_at_us"): "date=2016-02-12,time=14:10:42",
    # FortiAuthenticator: time= without date=; theirs is an epoch of the collector less a zone, and an hour off.
    **{(place, "happened_at_us"): "no date" for place in (22, 23)},
    # The device's name (dvchost) where they take its serial number.
    **{(place, "device"): "dvchost" for place in (21, 34)},
    # The leased address of a DHCP acknowledgement is no source of a session.
    (15, "source_address"): "ip=",
    # CEF's duser is FortiOS's user; theirs reads it as the other end's.
    **{(place, "account"): "duser" for place in (2, 4, 6, 10, 16, 17, 21)},
    # Accounts with their domain or distinguished name, as written.
    **{(place, "account"): "as written" for place in (31, 45)},
    # The whole session's bytes; theirs are those since the last record (sentdelta).
    **{(place, column): "sentbyte" for place in (27, 31, 45) for column in ("bytes_sent", "bytes_received")},
    # FortiWeb, of the same family: log_id, src_port and dst_port are read.
    **{(46, column): "FortiOS 4" for column in ("source_port", "destination_port", "event_code")},
}


def agrees(value: object, theirs: str) -> bool:
    if isinstance(value, int) and "T" in theirs:
        moment = datetime.fromisoformat(theirs)
        # Nanoseconds are cut here and rounded there.
        return abs((moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) - value) <= 1
    return str("" if value is None else value).lower() == theirs.lower()


def test_the_log_testers_samples_are_rows_but_for_broken_clocks() -> None:
    source = shared_data("firewall_logs", "wazuh_4.14.7_logtest", "fortigate.lines.log")
    reading = read(reader, source.read_bytes())
    assert reading.units == 46
    # `time=10: 13:03`: what stands behind the blank belongs to no field.
    assert [(one.place, one.column) for one in reading.rejects] == [(place, "time") for place in range(11, 16)]


def test_it_knows_its_files() -> None:
    def sureness(text: str) -> int:
        match = reader.recognise(Head("x.log", text.encode(), whole=True))
        return match.sureness if match else 0

    assert sureness(session()) == 95
    assert sureness("CEF:0|Fortinet|Fortigate|v7|1|x|3|act=deny") == 95
    assert sureness(f"{session()}\na") == 95
    assert sureness(f"{session()}\na\nb\nc") == 0
    assert sureness(f"<189>Nov 22 09:00:00 fw1 {session()}") == 95
    assert sureness(session().replace(" ", ",")) == 95
    assert sureness("Nov 22 09:00:00 host sshd[1]: hello") == 0
    assert sureness("") == 0


@pytest.mark.parametrize(
    "text",
    [
        '{"message": "LINE"}',
        '[\n"LINE"\n]',
        '\n  {\n"raw": 1}\nLINE\nLINE\nLINE\nLINE',
        "log 1 pass = LINE\nrule = 81618\n",
        'event: "LINE"\n',
        "LINE\na\nb",
    ],
)
def test_lines_within_other_formats_are_not_its_files(text: str) -> None:
    assert reader.recognise(Head("x", text.replace("LINE", session()).encode(), whole=True)) is None


def test_it_leaves_other_formats_of_the_samples_alone() -> None:
    folder = shared_data("firewall_logs", "sekoia", "fortinet_fortigate")
    others = [*folder.glob("*.json"), shared_data("firewall_logs", "wazuh_4.14.7_logtest", "fortigate.ini")]
    assert len(others) > 10
    for other in others:
        assert reader.recognise(Head(other.name, other.read_bytes()[:65536], whole=False)) is None


@settings(deadline=None, max_examples=40)
@given(st.lists(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode), st.just(session().encode()))))
def test_whatever_the_bytes_every_line_has_one_fate(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    reading = read(reader, data)
    assert reading.units == len(data.split(b"\n")) - (data.endswith(b"\n") or not data)
