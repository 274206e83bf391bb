"""Palo Alto's records in CEF, LEEF and JSON."""

import json

import pytest

from chahe.sources.firewall_logs.paloalto import reader
from reading import Reading, read, shared_data

NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei, 01:00 UTC."""
WHOLE = {
    "place": 1,
    "happened_at_us": NINE,
    "device": "pa-taipei",
    "device_serial": "0070510001",
    "event_kind": "traffic",
    "action": "allow",
    "action_written": "allow",
    "source_address": "10.1.2.3",
    "source_port": 50100,
    "destination_address": "192.0.2.7",
    "destination_port": 443,
    "protocol": "tcp",
    "bytes_sent": 920,
    "bytes_received": 4100,
    "account": "chen",
    "rule": "Internet out",
    "event_code": "end",
}
_SERVICE = (
    "CEF:0|Palo Alto Networks|LF|2.0|TRAFFIC|end|3|dtz=UTC rt=Nov 22 2026 01:00:09 deviceExternalId=0070510001 "
    "start=Nov 22 2026 01:00:00 src=10.1.2.3 dst=192.0.2.7 cs1=Internet out cs1Label=Rule suser=corp\\\\chen spt=50100 "
    "dpt=443 proto=tcp act=allow out=920 in=4100 dvchost=PA-Taipei"
)
_FIREWALL = (
    "CEF:0|Palo Alto Networks|PAN-OS|11.1|end|TRAFFIC|1|rt=Nov 22 2026 01:00:00 GMT deviceExternalId=0070510001 "
    "src=10.1.2.3 dst=192.0.2.7 cs1Label=Rule cs1=Internet out suser=corp\\chen spt=50100 dpt=443 proto=tcp act=allow "
    "out=920 in=4100 dvchost=PA-Taipei cat=n/a"
)
_BARS = (
    "LEEF:1.0|Palo Alto Networks|PAN-OS Syslog Integration|11.1|allow|cat=TRAFFIC|ReceiveTime=2026/11/22 09:00:09|"
    "SerialNumber=0070510001|Type=TRAFFIC|Subtype=end|devTime=Nov 22 2026 01:00:00 GMT|src=10.1.2.3|dst=192.0.2.7|"
    "RuleName=Internet out|usrName=corp\\chen|srcPort=50100|dstPort=443|proto=tcp|totalBytes=5020|dstBytes=4100|"
    "srcBytes=920|DeviceName=PA-Taipei"
)
_TABS = (
    "LEEF:2.0|Palo Alto Networks|Next Generation Firewall|11.1|allow|x09|TimeReceived=2026-11-22T01:00:09.000000Z\t"
    "DeviceSN=0070510001\tcat=traffic\tSubType=end\tdevTime=2026-11-22T01:00:00.000000Z\tsrc=10.1.2.3\tdst=192.0.2.7\t"
    "Rule=Internet out\tusrName=corp\\chen\tsrcPort=50100\tdstPort=443\tproto=tcp\tAction=allow\tBytesSent=920\t"
    "BytesReceived=4100\tDeviceName=PA-Taipei"
)
_OBJECT = (
    '{"LogType":"TRAFFIC","Subtype":"end","TimeReceived":"2026-11-22T01:00:09.000000Z","DeviceSN":"0070510001",'
    '"TimeGenerated":"2026-11-22T01:00:00.000000Z","SourceAddress":"10.1.2.3","DestinationAddress":"192.0.2.7",'
    '"Rule":"Internet out","SourceUser":"corp\\\\chen","DestinationUser":null,"SourcePort":50100,"DestinationPort":443,'
    '"Protocol":"tcp","Action":"allow","BytesSent":920,"BytesReceived":4100,"DeviceName":"PA-Taipei",'
    '"Tags":[{"Rule":"none"}]}'
)
_SPACED = _OBJECT.replace('":', '": ').replace(',"', ', "').replace("Internet", "\\u0049nternet")


def readings(*lines: str) -> Reading:
    return read(reader, "\n".join(lines).encode())


def row(line: str) -> dict[str, object]:
    reading = readings(line)
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


@pytest.mark.parametrize("line", [_SERVICE, _FIREWALL, _BARS, _TABS, _OBJECT, _SPACED])
@pytest.mark.parametrize("header", ["", "<14>1 2026-11-22T01:00:09.565Z stream-1 logforwarder - panwlogs - "])
def test_a_session_is_the_same_in_every_form(line: str, header: str) -> None:
    assert row(header + line) == WHOLE


def test_forms_may_change_from_line_to_line() -> None:
    csv = (
        "1,2026/11/22 09:00:01,0070510001,TRAFFIC,end,2817,2026/11/22 09:00:00,10.1.2.3,192.0.2.7,,,Internet out,"
        "corp\\chen,,ssl,vsys1,a,b,c,d,e,,81,1,50100,443,0,0,0x0,tcp,allow,5020,920,4100," + "," * 18 + "PA-Taipei"
    )
    lines = [_OBJECT, csv, _BARS, _SERVICE, csv, _TABS, _SPACED, _FIREWALL]
    rows = readings(*lines).rows["firewall_events"]
    assert rows == [WHOLE | {"place": place} for place in range(1, len(lines) + 1)]


def test_precise_times_of_the_logging_service_count() -> None:
    precise = _OBJECT.replace("}]}", '}],"TimeGeneratedHighResolution":"2026-11-22T01:00:00.443000Z"}')
    assert row(precise)["happened_at_us"] == NINE + 443_000


def test_without_a_zone_the_service_writes_utc_and_the_firewall_local_time() -> None:
    assert row(_SERVICE.replace("dtz=UTC ", ""))["happened_at_us"] == NINE
    assert row(_FIREWALL.replace(" GMT", ""))["happened_at_us"] == NINE - 8 * 3_600_000_000


def test_a_label_says_that_a_field_is_no_rule() -> None:
    mapped = _SERVICE.replace("TRAFFIC|end", "USERID|login").replace("cs1Label=Rule", "cs1Label=MFAFactorType")
    one = row(mapped)
    assert ("rule" in one, one["event_kind"], one["account"]) == (False, "system", "chen")


def test_a_change_has_its_command_as_the_action() -> None:
    line = (
        '{"LogType":"CONFIG","Subtype":"config","EventTime":"2026-11-22T01:00:00.000000Z","LogSourceID":"0070510001",'
        '"LogSourceName":"PA-Taipei","EventName":"commit","AdminUsername":"lin","IPaddress":"10.1.2.9"}'
    )
    one = row(line)
    assert (one["event_kind"], one["action"], one["action_written"]) == ("admin", "other", "commit")
    assert (one["account"], one["source_address"], one["device"]) == ("lin", "10.1.2.9", "pa-taipei")


@pytest.mark.parametrize(("declared", "delimiter"), [("\t", "\t"), ("x09", "\t"), ("^", "^"), (" ", " ")])
def test_leef_declares_what_parts_its_fields(declared: str, delimiter: str) -> None:
    fields = (
        "TimeReceived=2026-11-22 01:00:09.277651|DeviceSN=0070510001|cat=globalprotect|devTime=2026-11-22 01:00:00.443000|"
        "usrName=corp\\chen|EndpointOSVersion=16.04.5 LTS|PublicIPv4=192.0.2.9|EventStatus=failure|DeviceName=PA 1"
    ).replace("|", delimiter)
    one = row(f"LEEF:2.0|Palo Alto Networks|Next Generation Firewall|11.1|gateway-auth|{declared}|{fields}")
    assert one == {
        "place": 1,
        "happened_at_us": NINE + 443_000,
        "device": "pa 1",
        "device_serial": "0070510001",
        "event_kind": "vpn",
        "action": "deny",
        "action_written": "failure",
        "source_address": "192.0.2.9",
        "account": "chen",
        "event_code": "gateway-auth",
    }


def test_what_is_not_whole_is_rejected() -> None:
    reading = readings(_OBJECT[:200], "CEF:0|Palo Alto Networks|LF|2.0|TRAFFIC", _OBJECT)
    assert [(reject.place, reject.column) for reject in reading.rejects] == [(1, None), (2, None)]
    assert reading.rejects[0].value == _OBJECT[:80]


COMPARED = {
    "source_address": "source.ip",
    "source_port": "source.port",
    "destination_address": "destination.ip",
    "destination_port": "destination.port",
    "protocol": "network.transport",
    "device": "observer.name",
    "device_serial": "observer.serial_number",
    "rule": "rule.name",
    "account": "user.name",
    "action_written": "action.name",
    "event_code": "paloalto.EventID",
}
OTHERWISE = {
    # What became of the attempt, not which it was; the computer's serial number is not the firewall's.
    ("globalprotect_cef", "action_written"),
    ("globalprotect_csv", "action_written"),
    ("globalprotect_csv", "device_serial"),
    # The server asked for an authentication is no destination, the firewall's own lease no source, a full stop no name.
    *((f"test_auth_fail{number}", "destination_address") for number in (2, 4, 9, 10, 11)),
    *((f"test_system_event_{number}", "destination_address") for number in (13, 14, 15)),
    *((name, "destination_address") for name in ("test_auth_success_2", "test_event_reason3")),
    ("test_dhcp_renew_json", "source_address"),
    ("test_system_event_14", "account"),
}
REJECTED = "udp_deny_csv"
"""Its source port is 130000."""


def test_every_sample_equals_what_its_truth_says_field_by_field() -> None:
    different = set()
    paths = sorted(shared_data("firewall_logs", "sekoia", "paloalto_ngfw").glob("*.json"))
    assert len(paths) == 55
    for path in paths:
        truth = json.loads(path.read_text())
        reading = readings(truth["input"]["message"])
        assert bool(reading.rejects) == (path.stem == REJECTED)
        if reading.rejects:
            continue
        (one,) = reading.rows["firewall_events"]
        for ours, theirs in COMPARED.items():
            value = said(truth["expected"], theirs)
            if value is not None and str(one.get(ours)).lower() != str(value).lower():
                different.add((path.stem, ours))
    assert different == OTHERWISE


def said(truth: object, name: str) -> object:
    for part in name.split("."):
        truth = truth.get(part) if isinstance(truth, dict) else None
    return truth
