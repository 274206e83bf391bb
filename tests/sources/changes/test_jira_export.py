"""Jira's issues: the same change in JSON, CSV and XML, approvals by the firm's own fields, what is rejected."""

import json
from datetime import date

import pytest

from chahe.rules.roc import read_moment
from chahe.sources.changes.jira_export import reader
from chahe.sources.model import Head
from reading import Reading, read

FIELDS = {
    "summary": "Round fees", "issuetype": {"name": "Change"}, "status": {"name": "Done", "statusCategory": {"key": "done"}},
    "resolution": {"name": "Done"}, "reporter": {"name": "mei", "displayName": "Wang Mei"}, "assignee": {"name": "wu"},
    "created": "2026-03-02T10:15:00.000+0800", "resolutiondate": "2026-03-03T09:00:00.000+0800", "labels": ["urgent", "fees"],
    "components": [{"name": "fees.py"}], "project": {"key": "CHG", "name": "Changes"},
    "customfield_10010": {"name": "lin"}, "customfield_10011": [{"value": "通過"}],
}  # fmt: skip
ISSUE = {"id": "1", "key": "CHG-14", "fields": FIELDS}
CSV = (
    "Issue key,Issue id,Summary,Issue Type,Status,Resolution,Reporter,Assignee,Created,Resolved,Labels,Labels,Component/s,Project name,"
    "Custom field (Approver),Custom field (Test)\n"
    "CHG-14,1,Round fees,Change,Done,Done,mei,wu,02/Mar/26 10:15 AM,03/Mar/26 9:00 AM,urgent,fees,fees.py,Changes,lin,通過\n"
)
XML = """<!-- made by Jira -->
<rss version="0.92"><channel><title>Changes</title><item>
<title>[CHG-14] Round fees</title><project id="1" key="CHG">Changes</project><key id="1">CHG-14</key><summary>Round fees</summary>
<type id="3">Change</type><status id="5" iconUrl="x">Done</status><resolution id="1">Done</resolution>
<assignee username="wu">Wu</assignee><reporter username="mei">Wang Mei</reporter><labels><label>urgent</label><label>fees</label></labels>
<created>Mon, 2 Mar 2026 10:15:00 +0800</created><resolved>Tue, 3 Mar 2026 09:00:00 +0800</resolved><component>fees.py</component>
<customfields><customfield id="customfield_10010" key="x"><customfieldname>Approver</customfieldname><customfieldvalues>
<customfieldvalue>lin</customfieldvalue></customfieldvalues></customfield><customfield id="customfield_10011"><customfieldname>Test
</customfieldname><customfieldvalues><customfieldvalue>通過</customfieldvalue></customfieldvalues></customfield></customfields>
</item></channel></rss>"""


def at(written: str) -> int:
    return read_moment(written, "Asia/Taipei")


CHANGE = {
    "request_id": "CHG-14", "system": "Changes", "kind": "issue", "change_type": "Change, urgent, fees", "title": "Round fees",
    "program": "fees.py", "requester": "mei", "requested_at_us": at("2026-03-02 10:15"), "developer": "wu", "approvers": "lin",
    "test_result": "passed", "state": "closed", "closed_at_us": at("2026-03-03 09:00"), "requested_on": date(2026, 3, 2),
    "closed_on": date(2026, 3, 3),
}  # fmt: skip
NUMBERS = {"approver": "customfield_10010", "test_result": "customfield_10011"}
NAMES = {"approver": "Approver", "test_result": "Test"}


def reading(text: str, **settings: str) -> Reading:
    return read(reader, text.encode(), **settings)


def only(text: str, **settings: str) -> dict[str, object]:
    (row,) = reading(text, **settings).rows["change_requests"]
    row.pop("place")
    return row


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (json.dumps({"startAt": 0, "issues": [ISSUE]}), NUMBERS),
        (json.dumps([ISSUE]), NUMBERS),
        (json.dumps(ISSUE), NUMBERS),
        (CSV, NAMES),
        (CSV.replace(",", ";"), NAMES),
        (XML, NAMES),
        (XML, NUMBERS),
    ],
)
def test_a_change_is_the_same_in_every_export(text: str, settings: dict[str, str]) -> None:
    assert only(text, **settings) == CHANGE
    match = reader.recognise(Head("export", text.encode(), whole=True))
    assert match is not None


def test_without_settings_nobody_is_taken_for_an_approver() -> None:
    assert not {"approvers", "approved_at_us", "tester", "test_result"} & only(CSV).keys()


def test_whoever_put_it_into_the_status_last_approved_it() -> None:
    changed = [
        {
            "author": {"name": name},
            "created": f"2026-03-02T{hour}:00:00.000+0800",
            "items": [{"field": "status", "toString": status}],
        }
        for name, hour, status in (("a", "11", "Approved"), ("b", "12", "Open"), ("lin", "13", "Approved"))
    ]
    row = only(json.dumps([{**ISSUE, "changelog": {"histories": changed}}]), approved_status="approved")

    assert (row["approvers"], row["approved_at_us"]) == ("lin", at("2026-03-02 13:00"))


@pytest.mark.parametrize(
    ("status", "category", "resolution", "state"),
    [
        ("Done", "done", "Won't Do", "rejected"),
        ("In Progress", "indeterminate", None, "open"),
        ("已退回", "done", None, "rejected"),
        ("Done", None, None, "closed"),
    ],
)
def test_its_state_is_told_by_category_status_and_resolution(
    status: str, category: str | None, resolution: str | None, state: str
) -> None:
    told = {"status": {"name": status, "statusCategory": {"key": category}}, "resolution": {"name": resolution}}

    assert only(json.dumps([{**ISSUE, "fields": {**FIELDS, **told}}]))["state"] == state


def test_bad_times_and_missing_keys_are_rejected_and_no_other() -> None:
    bad = [{**ISSUE, "fields": {**FIELDS, "created": "yesterday"}}, {"fields": FIELDS}, ISSUE]
    found = reading(json.dumps({"issues": bad}))

    assert [(reject.place, reject.column) for reject in found.rejects] == [(1, "requested_at_us"), (2, "request_id")]
    assert len(found.rows["change_requests"]) == 1


def test_a_cut_export_keeps_what_came_before() -> None:
    found = reading(json.dumps({"issues": [ISSUE, ISSUE]})[:-40])

    assert (len(found.rows["change_requests"]), len(found.rejects)) == (1, 1)


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "y">]>' + XML.partition("-->")[2]

    assert "document type declaration" in reading(bomb).rejects[0].why.en


def test_other_lists_are_not_taken_for_jiras() -> None:
    for other in (
        "Key,Summary,Status\nA,b,c\n",
        "<rss><channel><item><title>x</title></item></channel></rss>",
        '[{"key": "abc", "fields": 1}]',
    ):
        assert reader.recognise(Head("a", other.encode(), whole=True)) is None
