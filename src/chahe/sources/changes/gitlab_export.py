"""Merge requests, issues and deployments of GitLab, as its API gives them.

    GET /api/v4/projects/42/merge_requests?state=all
    [{"id": 901, "iid": 12, "project_id": 42, "title": "Round fees", "state": "merged", "created_at": "2026-03-02T10:15:23.000+08:00",
      "merged_at": "2026-03-03T09:00:00.000+08:00", "merge_user": {"username": "hua"}, "author": {"username": "mei"}, "target_branch": "main",
      "labels": ["urgent"], "sha": "6f7a…", "merge_commit_sha": "9f2c…", "references": {"full": "firm/fees!12"},
      "head_pipeline": {"status": "success", "finished_at": "2026-03-02T03:00:00Z"},
      "approved_by": [{"user": {"username": "lin"}, "approved_at": "2026-03-02T08:00:00Z"}]}]
    GET /api/v4/projects/42/deployments
    [{"id": 7, "iid": 3, "ref": "v2.3.0", "sha": "9f2c…", "status": "success", "created_at": "…", "user": {"username": "hua"}, "environment": {"name": "production"}}]

Lists, JSON lines, and pages one behind the other are read. The list of merge requests names reviewers, not approvals: who approved is told where the answer of
`…/merge_requests/12/approvals` (`approved_by`) is put into the request. Whoever opened a merge request is its developer. Other objects are skipped.
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from chahe.sources.changes.change_rows import (
    CHANGES,
    DEPLOYMENTS,
    MISSING,
    SYSTEM,
    Unfit,
    at,
    change,
    excerpt,
    joined,
    listed,
    moment,
    needed_text,
    records,
    text,
)
from chahe.sources.model import Context, Head, Match, RecordReader, Row, Unit
from chahe.sources.reading.json_records import head_objects
from chahe.wording import Text

_REPOSITORY = re.compile(
    r"https?://[^/\s]+/(?P<name>[^\s]+?)/(?:-/)?(?:merge_requests|issues|commit|jobs|environments)/"
)
_STATES = {"opened": "open", "open": "open", "locked": "open", "merged": "merged"}
_TESTS = {"success": "passed", "failed": "failed", "canceled": "failed"}
_OUTCOMES = {"success": "success", "failed": "failure", "canceled": "failure"}

_OTHER = Text(
    "GitLab 的其他物件，不是合併請求、議題或部署", "another object of GitLab's, no merge request, issue or deployment"
)


def _recognise(head: Head) -> Match | None:
    objects = head_objects(head, 20)
    told = [one for one in objects if _kind(one)]
    if not told:
        return None
    return Match(85, f"{len(told)} of the first {len(objects)} objects are GitLab's requests, issues or deployments")


def _kind(one: Mapping[str, object]) -> str | None:
    if "iid" not in one:
        return None
    if isinstance(one.get("environment"), Mapping) and "sha" in one:
        return "deployment"
    if "title" not in one or not ("web_url" in one or "project_id" in one or "references" in one):
        return None
    return "merge_request" if "target_branch" in one else "issue"


def _row(one: Mapping[str, object], context: Context) -> Row | Text:
    kind = _kind(one)
    if kind is None:
        return _OTHER
    system = _system(one, context)
    return _deployment(one, system, context.zone) if kind == "deployment" else _request(one, kind, system, context.zone)


def _system(one: Mapping[str, object], context: Context) -> str:
    """The project's path by the record itself, or else by the setting, or else its number."""
    full = re.split("[!#]", text(one, "references", "full") or "")[0]
    addresses = (text(one, "web_url"), text(one, "deployable", "commit", "web_url"), text(one, "deployable", "web_url"))
    found = next((told["name"] for address in addresses if address and (told := _REPOSITORY.match(address))), None)
    number = text(one, "project_id")
    system = full or found or context.settings.get("system", "").strip() or (number and f"gitlab project {number}")
    if not system:
        raise Unfit(MISSING.fill(name="web_url"), "system")
    return system


def _request(one: Mapping[str, object], kind: str, system: str, zone: str) -> Row:
    author = text(one, "author", "username")
    merged = moment(one, "merged_at", "closed_at_us", zone)
    closed = moment(one, "closed_at", "closed_at_us", zone)
    approvals = listed(one, "approved_by") or listed(one, "approvals", "approved_by")
    times = [when for one_of in approvals if (when := moment(one_of, "approved_at", "approved_at_us", zone))]
    state = (text(one, "state") or "").lower()
    pipeline = at(one, "head_pipeline")
    developers = [text(who, "username") for who in listed(one, "assignees")]
    made = [text(one, name) for name in ("merge_commit_sha", "squash_commit_sha", "sha")]
    return change(
        {
            "request_id": needed_text(one, "iid", "request_id"),
            "system": system,
            "kind": kind,
            "change_type": joined(
                label if isinstance(label, str) else text(label, "name") for label in listed(one, "labels")
            ),
            "title": text(one, "title"),
            "requester": author,
            "requested_at_us": moment(one, "created_at", "requested_at_us", zone),
            "developer": author if kind == "merge_request" else joined(developers),
            "approvers": joined(text(who, "user", "username") or text(who, "username") for who in approvals),
            "approved_at_us": max(times, default=None),
            "test_result": _TESTS.get(text(pipeline, "status") or "", "pending") if pipeline else None,
            "tested_at_us": moment(pipeline, "finished_at", "tested_at_us", zone),
            "state": _STATES.get(state)
            or ("rejected" if kind == "merge_request" and state == "closed" else state or None),
            "closed_at_us": merged or closed,
            "merged_by": text(one, "merge_user", "username") or text(one, "merged_by", "username"),
            "target_branch": text(one, "target_branch"),
            "commit_ids": joined(made, " "),
        },
        zone,
    )


def _deployment(one: Mapping[str, object], system: str, zone: str) -> Row:
    at_us = moment(one.get("deployable"), "finished_at", "deployed_at_us", zone) or moment(
        one, "created_at", "deployed_at_us", zone
    )
    if at_us is None:
        raise Unfit(MISSING.fill(name="created_at"), "deployed_at_us")
    status = text(one, "status") or text(one, "deployable", "status")
    return Row(
        DEPLOYMENTS,
        {
            "deployed_at_us": at_us,
            "system": system,
            "environment": text(one, "environment", "name"),
            "deployment_id": text(one, "iid"),
            "version": text(one, "ref"),
            "commit_id": text(one, "sha"),
            "deployed_by": text(one, "user", "username") or text(one, "deployable", "user", "username"),
            "outcome": _OUTCOMES.get(status, "pending") if status else None,
        },
    )


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    yield from records(stream, context, _row)


reader = RecordReader(
    name="gitlab_export",
    title=Text("GitLab 合併請求、議題與部署", "merge requests, issues and deployments of GitLab"),
    version=1,
    tables=(CHANGES, DEPLOYMENTS),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM,),
    excerpt=excerpt,
)
