"""Keycloak's event log in text and in JSON, against the truth file of the samples."""

import csv
import json
from datetime import datetime

import pytest

from chahe.sources.model import Head
from chahe.sources.sign_ins.keycloak import reader
from reading import Reading, read, shared_data

EVENT = (
    'type="LOGIN", realmId="4f", realmName="firm", clientId="web", userId="81c", sessionId="s-9", ipAddress="192.0.2.7", '
    'auth_method="openid-connect", username="wang.mei"'
)
TEXT = "2026-03-02 10:15:23,123 INFO  [org.keycloak.events] (executor-thread-4) "
ROW = {
    "place": 1, "happened_at_us": 1_772_417_723_123_000, "host": "kc1", "activity": "logon", "outcome": "success",
    "account": "wang.mei", "account_domain": "firm", "source_address": "192.0.2.7", "service": "keycloak",
    "session_id": "s-9", "event_code": "LOGIN",
}  # fmt: skip


def text(event: str) -> Reading:
    return read(reader, (TEXT + event + "\n").encode(), system="kc1")


def row(event: str) -> dict[str, object]:
    (found,) = text(event).rows["auth_events"]
    return found


def test_an_event_is_the_same_row_in_text_and_in_both_forms_of_json() -> None:
    for line in (
        TEXT + EVENT,
        TEXT + EVENT.replace('"', ""),
        json.dumps({"timestamp": "2026-03-02T10:15:23.123+08:00", "hostName": "KC1", "message": EVENT}),
        json.dumps({"@timestamp": "2026-03-02T02:15:23.123Z", "host.hostname": "kc1", "message": EVENT}),
    ):
        assert read(reader, line.encode(), system="kc1").rows["auth_events"] == [ROW]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ('type="LOGIN_ERROR", realmId="r", userId="null", error="user_not_found"', ("logon", "failure", None, None)),
        ('type="LOGOUT", realmId="r", userId="u1"', ("logoff", "success", "u1", None)),
        ('type="CLIENT_LOGIN", realmId="r", userId="u1"', ("logon", "success", "u1", None)),
        ('type="REFRESH_TOKEN", realmId="r", userId="u1"', ("other", "success", "u1", None)),
        ('type="UPDATE_PASSWORD", realmId="r", userId="u1"', ("account_change", "success", "u1", "u1")),
        (
            'type="IMPERSONATE", realmId="r", impersonator="adm", username="mei"',
            ("privilege_use", "success", "adm", "mei"),
        ),
        (
            'operationType="CREATE", realmId="r", userId="adm", resourceType="USER", resourcePath="users/3f-2a"',
            ("account_change", "success", "adm", "3f-2a"),
        ),
        (
            "operationType=DELETE, realmId=r, userId=adm, resourceType=CLIENT, resourcePath=clients/1, error=denied",
            ("other", "failure", "adm", None),
        ),
    ],
)
def test_each_type_says_what_was_done_and_to_whom(event: str, expected: tuple[str | None, ...]) -> None:
    found = row(event)

    assert (found["activity"], found["outcome"], found.get("account"), found.get("target_account")) == expected


def test_a_name_that_looks_like_fields_changes_none() -> None:
    quoted = row(EVENT.replace("wang.mei", 'x\\", ipAddress=\\"203.0.113.9'))
    plain = row(
        "type=LOGIN_ERROR, realmId=r, ipAddress=192.0.2.7, error=e, username=x, ipAddress=203.0.113.9, type=LOGIN"
    )

    assert quoted["source_address"] == plain["source_address"] == "192.0.2.7"
    assert plain["outcome"] == "failure"


def test_how_somebody_signed_in_is_kept_where_it_is_told() -> None:
    assert row(EVENT + ', credential_type="webauthn"')["method"] == "webauthn"
    assert row(EVENT + ', grant_type="password"')["method"] == "password"
    assert "method" not in row(EVENT)


def test_what_is_no_event_is_skipped_and_what_is_cut_is_rejected() -> None:
    lines = [
        "2026-03-02 10:15:23,123 INFO  [io.quarkus] (main) Keycloak 26.0 started",
        "\tat org.keycloak.Main(Main.java:1)",
        "",
        json.dumps({"timestamp": "2026-03-02T10:15:23Z", "loggerName": "org.hibernate", "message": "hello"}),
        TEXT + EVENT[:-4],
        json.dumps({"timestamp": "2026-03-02T10:15:23Z", "message": EVENT})[:-20],
        (TEXT + EVENT).replace("10:15:23", "25:15:23"),
    ]
    reading = read(reader, "\n".join(lines).encode(), system="kc1")

    assert [place for place, _ in reading.skips] == [1, 2, 3, 4]
    assert [(reject.place, reject.column) for reject in reading.rejects] == [
        (5, None),
        (6, None),
        (7, "happened_at_us"),
    ]
    assert reading.rejects[2].value == "2026-03-02 25:15:23,123"


def test_a_log_without_a_host_has_none() -> None:
    assert "host" not in read(reader, (TEXT + EVENT).encode()).rows["auth_events"][0]


def test_only_its_own_log_is_recognised() -> None:
    def sure(data: str) -> int:
        match = reader.recognise(Head("server.log", data.encode(), whole=True))
        return match.sureness if match else 0

    server = "2026-03-02 10:15:23,123 INFO  [org.keycloak.services] (main) KC-SERVICES0009\n" * 30
    assert sure(TEXT + EVENT) == 90
    assert sure(server + TEXT + EVENT) == 70
    assert sure(server) == 0
    assert sure(json.dumps({"input": {"message": json.dumps({"message": EVENT})}}, indent=2)) == 0


def test_the_samples_equal_their_truth() -> None:
    sample = shared_data("auth_other", "sekoia", "keycloak.lines.log").read_bytes()
    reading = read(reader, sample)
    with shared_data("auth_other", "sekoia", "keycloak.truth.tsv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file, delimiter="\t"))

    assert len(reading.rows["auth_events"]) == len(truth) == 6
    for found, told in zip(reading.rows["auth_events"], truth, strict=True):
        at = datetime.fromisoformat(told["timestamp"]).timestamp()
        assert int(str(found["happened_at_us"])) == round(at * 1_000_000)
        assert found["host"] == told["device"]
        assert found["source_address"] == told["src_ip"]
        assert found["event_code"] == told["event_code"]
        assert found["outcome"] == (told["outcome"] or "success")
