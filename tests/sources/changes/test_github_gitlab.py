"""Requests and deployments of GitHub and GitLab: the same change told by each system and each interface."""

import json
from datetime import date

import pytest

from chahe.rules.roc import read_moment
from chahe.sources.changes import github_export, gitlab_export
from chahe.sources.model import Head, RecordReader
from reading import Reading, read

GH = {
    "number": 12, "title": "Round fees", "author": {"login": "mei"}, "createdAt": "2026-03-02T02:15:23Z",
    "mergedAt": "2026-03-03T01:00:00Z", "closedAt": "2026-03-03T01:00:00Z", "mergedBy": {"login": "hua"}, "state": "MERGED",
    "baseRefName": "main", "url": "https://github.com/firm/fees/pull/12", "labels": [{"name": "urgent"}, {"name": "fix"}],
    "mergeCommit": {"oid": "9f2c1d7"}, "headRefOid": "6f7a053",
    "reviews": [
        {"author": {"login": "lin"}, "state": "APPROVED", "submittedAt": "2026-03-02T08:00:00Z"},
        {"author": {"login": "wu"}, "state": "COMMENTED", "submittedAt": "2026-03-02T09:00:00Z"},
    ],
    "statusCheckRollup": [{"conclusion": "SUCCESS", "completedAt": "2026-03-02T03:00:00Z"}, {"conclusion": "SKIPPED"}],
}  # fmt: skip
REST = {
    "node_id": "P", "html_url": "https://github.com/firm/fees/pull/12", "number": 12, "title": "Round fees", "user": {"login": "mei"},
    "created_at": "2026-03-02T02:15:23Z", "merged_at": "2026-03-03T01:00:00Z", "closed_at": "2026-03-03T01:00:00Z",
    "state": "closed", "base": {"ref": "main", "repo": {"full_name": "firm/fees"}}, "head": {"sha": "6f7a053"},
    "merge_commit_sha": "9f2c1d7", "labels": [{"name": "urgent"}, {"name": "fix"}],
}  # fmt: skip
GITLAB = {
    "id": 901, "iid": 12, "project_id": 42, "title": "Round fees", "state": "merged", "created_at": "2026-03-02T10:15:23.000+08:00",
    "merged_at": "2026-03-03T09:00:00.000+08:00", "merge_user": {"username": "hua"}, "author": {"username": "mei"},
    "target_branch": "main", "labels": ["urgent", "fix"], "sha": "6f7a053", "merge_commit_sha": "9f2c1d7",
    "references": {"full": "firm/fees!12"}, "head_pipeline": {"status": "success", "finished_at": "2026-03-02T03:00:00Z"},
    "approved_by": [{"user": {"username": "lin"}, "approved_at": "2026-03-02T08:00:00Z"}],
}  # fmt: skip


def at(written: str) -> int:
    return read_moment(written, "Asia/Taipei")


CHANGE = {
    "place": 1, "request_id": "12", "system": "firm/fees", "kind": "merge_request", "change_type": "urgent, fix",
    "title": "Round fees", "requester": "mei", "requested_at_us": at("2026-03-02 10:15:23"), "developer": "mei",
    "approvers": "lin", "approved_at_us": at("2026-03-02 16:00"), "test_result": "passed",
    "tested_at_us": at("2026-03-02 11:00"), "state": "merged", "closed_at_us": at("2026-03-03 09:00"), "merged_by": "hua",
    "target_branch": "main", "commit_ids": "9f2c1d7 6f7a053",
    "requested_on": date(2026, 3, 2), "approved_on": date(2026, 3, 2), "tested_on": date(2026, 3, 2), "closed_on": date(2026, 3, 3),
}  # fmt: skip


def reading(reader: RecordReader, *objects: object, **settings: str) -> Reading:
    return read(reader, json.dumps(list(objects)).encode(), **settings)


def only(reader: RecordReader, one: object, table: str = "change_requests", **settings: str) -> dict[str, object]:
    (row,) = reading(reader, one, **settings).rows[table]
    return row


def test_a_change_is_told_alike_by_gh_and_gitlab() -> None:
    assert only(github_export.reader, GH) == only(gitlab_export.reader, GITLAB) == CHANGE


def test_the_rest_api_tells_all_but_approval_test_and_who_merged() -> None:
    unknown = ("approvers", "approved_at_us", "test_result", "tested_at_us", "merged_by", "approved_on", "tested_on")

    assert only(github_export.reader, REST) == {name: value for name, value in CHANGE.items() if name not in unknown}


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"state": "open", "merged_at": None, "closed_at": None}, "open"),
        ({"merged_at": None}, "rejected"),
        ({}, "merged"),
    ],
)
def test_a_pull_request_closed_unmerged_is_rejected_and_names_no_merge(changed: dict[str, object], state: str) -> None:
    row = only(github_export.reader, {**REST, **changed})

    assert row["state"] == state
    assert row["commit_ids"] == ("9f2c1d7 6f7a053" if state == "merged" else "6f7a053")


@pytest.mark.parametrize(
    ("checks", "result"),
    [
        ([{"conclusion": "SUCCESS"}, {"conclusion": "FAILURE"}], "failed"),
        ([{"conclusion": "SUCCESS"}, {"conclusion": "", "status": "IN_PROGRESS"}], "pending"),
        ([{"state": "SUCCESS"}], "passed"),
        ([], None),
    ],
)
def test_checks_pass_together_or_not(checks: list[object], result: str | None) -> None:
    assert only(github_export.reader, {**GH, "statusCheckRollup": checks}).get("test_result") == result


def test_issues_name_who_works_on_them() -> None:
    github = {
        **REST,
        "html_url": "https://github.com/firm/fees/issues/3",
        "assignees": [{"login": "wu"}],
        "state_reason": "not_planned",
    }
    github = {
        name: value for name, value in github.items() if name not in ("base", "head", "merged_at", "merge_commit_sha")
    }
    gitlab = {**GITLAB, "state": "closed", "assignees": [{"username": "wu"}], "closed_at": "2026-03-03T01:00:00Z"}
    gitlab = {name: value for name, value in gitlab.items() if name not in ("target_branch", "merged_at")}

    told = [
        (row["kind"], row["developer"], row["state"])
        for row in (only(github_export.reader, github), only(gitlab_export.reader, gitlab))
    ]
    assert told == [("issue", "wu", "rejected"), ("issue", "wu", "closed")]


def test_deployments_are_told_by_both() -> None:
    github = {
        "node_id": "D", "statuses_url": "x", "url": "https://api.github.com/repos/firm/fees/deployments/7", "id": 7, "sha": "9f2c1d7",
        "ref": "v2.3.0", "environment": "production", "creator": {"login": "hua"}, "created_at": "2026-03-03T01:05:00Z",
        "statuses": [{"state": "success"}, {"state": "in_progress"}],
    }  # fmt: skip
    gitlab = {
        "id": 1, "iid": 7, "ref": "v2.3.0", "sha": "9f2c1d7", "status": "success", "created_at": "2026-03-03T01:05:00Z",
        "user": {"username": "hua"}, "environment": {"name": "production"},
        "deployable": {"commit": {"web_url": "https://gitlab.example/firm/fees/-/commit/9f2c1d7"}},
    }  # fmt: skip

    assert only(github_export.reader, github, "deployments") == only(gitlab_export.reader, gitlab, "deployments") == {
        "place": 1, "deployed_at_us": at("2026-03-03 09:05"), "system": "firm/fees", "environment": "production", "deployment_id": "7",
        "version": "v2.3.0", "commit_id": "9f2c1d7", "deployed_by": "hua", "outcome": "success",
    }  # fmt: skip


def test_other_objects_are_skipped_and_bad_ones_rejected() -> None:
    nameless = {name: value for name, value in GH.items() if name != "url"}
    found = reading(github_export.reader, GH, {"tag_name": "v1"}, {**GH, "createdAt": "soon"}, nameless)

    assert ([place for place, _ in found.skips], [reject.place for reject in found.rejects]) == ([2], [3, 4])
    assert [reject.column for reject in found.rejects] == ["requested_at_us", "system"]
    assert only(github_export.reader, nameless, system="Fees")["system"] == "Fees"


@pytest.mark.parametrize("one", [GH, REST])
def test_each_knows_its_own_and_not_the_others(one: dict[str, object]) -> None:
    github, gitlab = (Head("a", json.dumps([told]).encode(), whole=True) for told in (one, GITLAB))

    assert github_export.reader.recognise(github) is not None
    assert gitlab_export.reader.recognise(gitlab) is not None
    assert github_export.reader.recognise(gitlab) is None
    assert gitlab_export.reader.recognise(github) is None
    assert github_export.reader.recognise(Head("a", b'[{"number": 1, "title": "x"}]', whole=True)) is None
