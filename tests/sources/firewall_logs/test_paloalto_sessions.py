"""Sign-ins and remote sessions among Palo Alto's records."""

import csv
import io
import json

import pytest

from chahe.evidence.addresses import canonical_address
from chahe.sources.firewall_logs.paloalto import reader
from reading import Reading, read, shared_data

AT = 1_795_136_400_000_000
HEAD = ["1", "2026/11/20 09:00:01", "0070", "GLOBALPROTECT", "0", "2561", "2026/11/20 09:00:00", "vsys1"]


def tunnel(event: str, status: str = "success", seconds: str = "0", lead: str = "") -> str:
    values = [
        *HEAD, event, "stage", "", "IPSec", "corp\\mei", "TW", "WS-31", "192.0.2.7", "0.0.0.0", "10.9.0.7", "0.0.0.0",  # noqa: S104
        "host-id", "serial", "6.2", "Windows", "Windows 11, 64-bit", "1", "", "", "client logout", status, "", seconds,
        "user-logon", "0", "gw-1", "7", "0x0",
    ]  # fmt: skip
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return lead + text.getvalue().strip()


def system(event: str, words: str, subtype: str = "auth") -> str:
    return (
        f'1,2026/11/20 09:00:01,0070,SYSTEM,{subtype},2561,2026/11/20 09:00:00,,{event},x,0,0,general,medium,"{words}",'
        "7,0x0,0,0,0,0,,PA-1,0,0,2026-11-20T09:00:00.000+08:00"
    )


def reading(line: str) -> Reading:
    return read(reader, f"{line}\n".encode())


@pytest.mark.parametrize("lead", ["", "<14>Nov 20 09:00:01 PA-1 ", "Nov 20 09:00:01 PA-1 "])
def test_a_tunnel_that_stands_is_the_begin_of_a_session(lead: str) -> None:
    found = reading(tunnel("gateway-connected", lead=lead))
    (session,) = found.rows["remote_sessions"]

    assert session.pop("device") in ("pa-1", "0070")
    assert session == {
        "place": 1, "happened_at_us": AT, "phase": "began", "account": "mei", "account_domain": "corp",
        "source_address": "192.0.2.7", "source_host": "ws-31", "assigned_address": "10.9.0.7", "began_at_us": AT,
        "technique": "globalprotect", "profile": "gw-1", "event_code": "gateway-connected",
    }  # fmt: skip
    assert not found.rows["auth_events"]


def test_its_end_tells_how_long_it_lasted_and_is_a_sign_off() -> None:
    found = reading(tunnel("gateway-logout", seconds="3625"))
    (session,) = found.rows["remote_sessions"]

    assert (session["phase"], session["began_at_us"], session["ended_at_us"]) == ("ended", AT - 3_625_000_000, AT)
    assert session["reason"] == "client logout"
    assert [row["activity"] for row in found.rows["auth_events"]] == ["logoff"]


@pytest.mark.parametrize("status", ["success", "failure"])
def test_a_check_at_the_portal_or_the_gateway_is_a_sign_in(status: str) -> None:
    for event in ("portal-auth", "gateway-auth", "gw-auth"):
        found = reading(tunnel(event, status))
        (row,) = found.rows["auth_events"]
        assert (row["activity"], row["outcome"], row["account"]) == ("logon", status, "mei")
        assert not found.rows["remote_sessions"]


def test_json_and_cef_say_the_same() -> None:
    told = {
        "LogType": "GLOBALPROTECT", "Subtype": "globalprotect", "TimeGenerated": "2026-11-20T01:00:00.000000Z",
        "EventIDValue": "gateway-connected", "SourceUserName": "mei@corp", "PublicIPv4": "192.0.2.7", "PrivateIPv4": "10.9.0.7",
        "EventStatus": "success", "DeviceName": "PA-1", "LoginDuration": 0,
    }  # fmt: skip
    cef = "CEF:0|Palo Alto Networks|LF|2.0|GLOBALPROTECT|globalprotect|3|dtz=UTC rt=Nov 20 2026 01:00:00 " + " ".join(
        f"PanOS{key}={value}" for key, value in told.items() if key not in ("LogType", "Subtype", "TimeGenerated")
    )

    for line in (json.dumps(told, separators=(",", ":")), cef):
        (session,) = reading(line).rows["remote_sessions"]
        assert (session["account"], session["account_domain"]) == ("mei", "corp"), line
        assert (session["happened_at_us"], session["assigned_address"]) == (AT, "10.9.0.7")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (system("auth-fail", "failed authentication for user 'chen'. Reason: x, From: 10.1.1.5."), ("logon", "failure", "pan-os")),
        (system("auth-success", "authenticated for user 'chen'. auth profile 'x', From: 10.1.1.5."), ("logon", "success", "pan-os")),
        (system("general", "User chen logged in via Web from 10.1.1.5 using https", "general"), ("other", "success", "web")),
        (system("general", "User chen logged out via CLI from 10.1.1.5", "general"), ("logoff", None, "cli")),
        (
            system("globalprotectgateway-auth-succ", "GlobalProtect gateway user authentication succeeded. Login from: 10.1.1.5, User name: chen, Auth type: x.", "globalprotect"),
            ("logon", "success", "globalprotect"),
        ),
    ],
)  # fmt: skip
def test_the_system_log_tells_sign_ins_in_words(line: str, expected: tuple[str | None, ...]) -> None:
    (found,) = reading(line).rows["auth_events"]

    assert (found["activity"], found.get("outcome"), found["service"]) == expected
    assert (found["account"], found["source_address"], found["host"]) == ("chen", "10.1.1.5", "pa-1")


def test_other_records_give_no_further_rows() -> None:
    for line in (
        tunnel("gateway-hip-check"),
        tunnel("gateway-connected", "failure"),
        system("general", "hello", "general"),
    ):
        found = reading(line)
        assert not found.rows["auth_events"]
        assert not found.rows["remote_sessions"]


def test_the_sign_ins_of_the_samples_are_found() -> None:
    found = read(reader, shared_data("firewall_logs", "sekoia", "paloalto_ngfw.lines.log").read_bytes())
    with shared_data("firewall_logs", "sekoia", "paloalto_ngfw.truth.tsv").open(encoding="utf-8") as file:
        truth = {int(row["line"]): row for row in csv.DictReader(file, delimiter="\t")}

    assert (len(found.rows["auth_events"]), len(found.rows["remote_sessions"])) == (18, 1)
    for row in found.rows["auth_events"]:
        told = truth[int(str(row["place"]))]
        if told["src_ip"]:
            assert row["source_address"] == canonical_address(told["src_ip"])
        if told["user"]:
            assert str(row["account"]) == told["user"].lower().rpartition("\\")[2].partition("@")[0].rstrip(".")
