"""GitHub's audit log, in each of its wrappings, and event by event over the samples."""

import csv
import json

import pytest

from chahe.sources.changes.github_audit import reader
from chahe.sources.model import Head
from reading import read, shared_data

EVENT = {
    "@timestamp": 1772417723000,
    "action": "org.add_member",
    "actor": "hua",
    "user": "mei",
    "org": "firm",
    "actor_ip": "192.0.2.7",
}
ROW = {
    "place": 1, "happened_at_us": 1772417723000000, "host": "firm", "activity": "account_change", "account": "hua",
    "target_account": "mei", "source_address": "192.0.2.7", "service": "github", "event_code": "org.add_member",
}  # fmt: skip
FOLDER = ("change_control", "wazuh_4.14.7_logtest")


def truths() -> list[dict[str, str]]:
    lines = shared_data(*FOLDER, "github.truth.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t"))


def rows(data: object) -> list[dict[str, object]]:
    return read(reader, json.dumps(data).encode()).rows["auth_events"]


def test_the_samples_are_read_event_by_event() -> None:
    lines = shared_data(*FOLDER, "github.lines.log").read_text(encoding="utf-8").splitlines()
    truth = truths()
    reading = read(reader, "\n".join(lines).encode())
    events = [json.loads(line)["github"] for line in lines]

    assert (reading.units, len(truth), len(reading.rejects)) == (324, 324, 1)
    assert [(row["event_code"], row["account"], row["happened_at_us"]) for row in reading.rows["auth_events"]] == [
        (event["action"], event["actor"], event["created_at"] * 1000) for event in events if "action" in event
    ]
    assert "action" not in events[reading.rejects[0].place - 1]


def test_the_truth_file_of_the_samples_tells_the_same_kinds() -> None:
    """Wazuh numbers its rules by an event's category, and so names it; ours are the categories of what was read."""
    data = shared_data(*FOLDER, "github.lines.log").read_bytes()
    truth = truths()
    kinds: dict[str, set[str]] = {}
    for row in read(reader, data).rows["auth_events"]:
        section = truth[int(str(row["place"])) - 1]["section"]
        kinds.setdefault(str(row["event_code"]), set()).add(section)

    assert all(len(sections) == 1 for sections in kinds.values())
    assert [truth[place]["wazuh_decoder"] for place in range(324)] == ["json"] * 324


def test_an_event_is_the_same_in_every_wrapping() -> None:
    plain = {**EVENT, "created_at": EVENT["@timestamp"]}

    assert rows(EVENT) == rows([plain]) == rows({"integration": "github", "github": plain}) == [ROW]


@pytest.mark.parametrize(
    ("action", "activity"),
    [
        ("org.remove_member", "account_change"),
        ("repo.add_member", "account_change"),
        ("org.update_member_repository_creation_permission", "other"),
        ("protected_branch.policy_override", "privilege_use"),
        ("repo.destroy", "privilege_use"),
        ("git.clone", "other"),
    ],
)
def test_it_tells_changes_of_accounts_and_uses_of_privilege(action: str, activity: str) -> None:
    assert rows({**EVENT, "action": action})[0]["activity"] == activity


def test_events_without_action_or_time_and_broken_lines_are_rejected() -> None:
    lines = [
        json.dumps({**EVENT, "action": None}),
        json.dumps({**EVENT, "@timestamp": "soon"}),
        '{"action": "org.',
        json.dumps(EVENT),
    ]
    reading = read(reader, "\n".join(lines).encode())

    assert ([reject.place for reject in reading.rejects], len(reading.rows["auth_events"])) == ([1, 2, 3], 1)


def test_it_is_known_by_its_events() -> None:
    assert reader.recognise(Head("a", json.dumps(EVENT).encode(), whole=True)) is not None
    assert reader.recognise(Head("a", b'{"action": "opened", "actor": "x", "created_at": 1}', whole=True)) is None
