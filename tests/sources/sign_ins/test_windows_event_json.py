"""Windows events in JSON: every collector's shape, and the same row as from XML."""

import csv
import json
from pathlib import Path

import pytest

from chahe.evidence.addresses import canonical_address
from chahe.sources.model import Head
from chahe.sources.sign_ins import windows_event_xml
from chahe.sources.sign_ins.windows_event_json import reader
from reading import read, shared_data

AUDITING = "Microsoft-Windows-Security-Auditing"
DATA = {
    "TargetUserName": "wang.mei",
    "TargetDomainName": "BROKER",
    "LogonType": "10",
    "IpAddress": "192.0.2.7",
    "IpPort": "50122",
}
NXLOG = {
    "EventTime": "2026-11-20 09:02:03", "Hostname": "dc01", "Keywords": -9218868437227405312, "EventID": 4625,
    "SourceName": AUDITING, "Channel": "Security", **DATA,
}  # fmt: skip
WINLOG = {
    "event_id": "4625", "provider_name": AUDITING, "computer_name": "dc01", "keywords": ["Audit Failure"], "event_data": DATA,
}  # fmt: skip
ECS = {"@timestamp": "2026-11-20T01:02:03.000Z", "winlog": WINLOG, "event": {"code": "4625", "outcome": "failure"}}
WAZUH = {
    "win": {
        "system": {
            "eventID": "4625", "providerName": AUDITING, "computer": "dc01", "keywords": "0x8010000000000000",
            "systemTime": "2026-11-20T01:02:03.0000000Z",
        },
        "eventdata": {name[0].lower() + name[1:]: value for name, value in DATA.items()},
    }
}  # fmt: skip
EVTX = {
    "Event": {
        "System": {
            "Provider": {"#attributes": {"Name": AUDITING}}, "EventID": 4625, "Computer": "dc01",
            "Keywords": "0x8010000000000000", "TimeCreated": {"#attributes": {"SystemTime": "2026-11-20T01:02:03Z"}},
        },
        "EventData": DATA,
    }
}  # fmt: skip
DOTTED = {"@timestamp": "2026-11-20T01:02:03Z", "event.outcome": "failure"} | {
    f"winlog.{name}": value for name, value in WINLOG.items() if name not in ("event_data", "keywords")
} | {f"winlog.event_data.{name}": value for name, value in DATA.items()}  # fmt: skip
SHAPES = {
    "nxlog": NXLOG,
    "ecs": ECS,
    "elasticsearch": {"_index": "winlogbeat", "_source": ECS},
    "dotted": DOTTED,
    "winlogbeat 6": {"@timestamp": "2026-11-20T01:02:03Z", "log_name": "Security", **WINLOG},
    "wazuh": WAZUH,
    "wazuh alert": {"timestamp": "x", "agent": {"name": "dc01"}, "data": WAZUH},
    "evtx_dump": EVTX,
}
ROW = {
    "place": 1, "happened_at_us": 1_795_136_523_000_000, "host": "dc01", "activity": "logon", "outcome": "failure",
    "account": "wang.mei", "account_domain": "BROKER", "source_address": "192.0.2.7", "source_port": 50122,
    "local_console": False, "method": "remote_interactive", "service": "windows", "event_code": "4625",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", ["line", "list", "pretty", "utf-16"])
def test_the_same_event_is_the_same_row_in_every_shape(shape: str, form: str) -> None:
    event = SHAPES[shape]
    text = {"line": json.dumps(event), "pretty": json.dumps(event, indent=2)}.get(form, json.dumps([event]))
    data = text.encode("utf-16" if form == "utf-16" else "utf-8")

    assert read(reader, data).rows == {"auth_events": [ROW]}
    assert reader.recognise(Head("x", data, whole=True)) is not None


def test_times_of_nxlog_may_say_their_offset_and_else_have_the_sources_zone() -> None:
    for written in ("2026-11-20T01:02:03.000000+00:00", "2026-11-20 09:02:03.000", "2026-11-20T01:02:03Z"):
        reading = read(reader, json.dumps(NXLOG | {"EventTime": written}).encode())
        assert reading.rows["auth_events"][0]["happened_at_us"] == ROW["happened_at_us"], written


def test_a_time_that_cannot_be_read_is_rejected_with_it() -> None:
    reading = read(reader, json.dumps(NXLOG | {"EventTime": "20/11/2026 09:02"}).encode())

    assert [(reject.column, reject.value) for reject in reading.rejects] == [("happened_at_us", "20/11/2026T09:02")]


def test_events_of_other_kinds_are_skipped_whole_or_not() -> None:
    other = NXLOG | {"EventID": 4688, "CommandLine": 'say {"EventID":4624,"SourceName":"x"}'}
    reading = read(reader, json.dumps(other).encode() + b"\n" + json.dumps([other]).encode()[1:-1] + b"\n")

    assert [(place, "4688" in why.en) for place, why in reading.skips] == [(1, True), (2, True)]


def test_an_event_that_quotes_another_is_what_it_is() -> None:
    quoting = {"Message": '"EventID": 4688, "SourceName": "x"'} | NXLOG

    assert read(reader, json.dumps(quoting).encode()).rows["auth_events"][0]["account"] == "wang.mei"


def test_a_broken_line_is_rejected_and_the_next_is_read() -> None:
    whole = json.dumps(NXLOG)
    reading = read(reader, f"{whole}\n{whole[:90]}\n\n{whole}\n[1]\n".encode())

    assert [row["place"] for row in reading.rows["auth_events"]] == [1, 4]
    assert [reject.place for reject in reading.rejects] == [2, 5]
    assert [place for place, _ in reading.skips] == [3]


def test_a_list_that_breaks_keeps_what_came_before() -> None:
    reading = read(reader, f"[{json.dumps(NXLOG)},\n{json.dumps(NXLOG)[:60]}".encode())

    assert len(reading.rows["auth_events"]) == 1
    assert [reject.place for reject in reading.rejects] == [2]


def test_json_of_something_else_is_rejected() -> None:
    reading = read(reader, json.dumps(NXLOG).encode() + b'\n{"a": 1}\n')

    assert [(reject.place, reject.value) for reject in reading.rejects] == [(2, '{"a": 1}')]


def test_a_name_of_a_sign_in_to_sql_server_is_found_among_numbered_values() -> None:
    event = {
        "@timestamp": "2026-11-20T01:02:03Z",
        "winlog": {
            "event_id": 18456, "provider_name": "MSSQLSERVER", "computer_name": "db1",
            "event_data": {"param1": "sa", "param2": " Reason: wrong", "param3": " [CLIENT: 192.0.2.9]"},
        },
    }  # fmt: skip
    (row,) = read(reader, json.dumps(event).encode()).rows["auth_events"]

    assert (row["account"], row["source_address"], row["outcome"]) == ("sa", "192.0.2.9", "failure")


def test_json_that_quotes_events_is_not_taken_for_them() -> None:
    quoted = {"input": {"message": json.dumps(NXLOG)}, "expected": {"event": {"code": "4625"}}}

    assert reader.recognise(Head("Event_4625.json", json.dumps(quoted, indent=2).encode(), whole=True)) is None


def test_the_samples_of_nxlog_equal_their_truth() -> None:
    sample = shared_data("windows_events", "sekoia", "windows.lines.log")
    reading = read(reader, sample.read_bytes())
    with shared_data("windows_events", "sekoia", "windows.truth.tsv").open(encoding="utf-8") as file:
        truth = {int(row["line"]): row for row in csv.DictReader(file, delimiter="\t")}

    assert (reading.units, reading.places_with_rows, len(reading.skips), reading.rejects) == (64, 11, 53, [])
    for row in reading.rows["auth_events"]:
        told = truth[int(str(row["place"]))]
        assert row["event_code"] == told["event_code"]
        assert row["host"] == told["device"]
        assert row["outcome"] == (told["outcome"] or "success")
        assert canonical_address(str(row.get("source_address", ""))) == (told["src_ip"] or None)


@pytest.mark.parametrize("name", ["win_event_channel", "win_security"])
def test_the_samples_of_wazuh_are_read_whole(name: str) -> None:
    reading = read(reader, shared_data("windows_events", "wazuh_4.14.7_logtest", f"{name}.lines.log").read_bytes())

    assert not reading.rejects
    assert (reading.units, reading.places_with_rows) == {"win_event_channel": (8, 6), "win_security": (9, 3)}[name]
    assert all(row["account"] and row["happened_at_us"] for row in reading.rows["auth_events"])


def test_real_events_give_the_same_rows_in_xml_and_json() -> None:
    folder = shared_data("windows_events", "wazuh_engine", "windows", "test")
    seen = 0
    for path in sorted(folder.glob("*_input.xml")):
        as_xml = read(windows_event_xml.reader, path.read_bytes())
        as_json = read(reader, Path(str(path).replace("_input.xml", "_expected.json")).read_bytes())
        assert as_xml == as_json, path.name
        seen += as_json.places_with_rows

    assert seen == 9
