"""Pull requests, issues and deployments of GitHub, as its API or `gh` gives them.

    gh pr list --state all --json number,title,author,createdAt,mergedAt,closedAt,mergedBy,state,baseRefName,labels,reviews,statusCheckRollup,mergeCommit,url
    [{"number": 12, "title": "Round fees", "author": {"login": "mei"}, "createdAt": "2026-03-02T02:15:23Z", "mergedAt": "2026-03-03T01:00:00Z",
      "mergedBy": {"login": "hua"}, "state": "MERGED", "baseRefName": "main", "url": "https://github.com/firm/fees/pull/12",
      "reviews": [{"author": {"login": "lin"}, "state": "APPROVED", "submittedAt": "2026-03-02T08:00:00Z"}]}]
    gh api repos/firm/fees/deployments
    [{"id": 7, "sha": "9f2c…", "ref": "v2.3.0", "environment": "production", "creator": {"login": "hua"}, "created_at": "2026-03-03T01:05:00Z"}]

Both spellings of names (`created_at` of the REST API, `createdAt` of gh and GraphQL) are read; lists, JSON lines, and pages one behind the other. The
REST list of pull requests holds no reviews: only `gh` with `reviews` tells who approved. Whoever opened a pull request is its developer. Statuses of deployments, releases
and comments are skipped; a deployment's own outcome is told where `statuses` stand within it.
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
    first,
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
    r"https?://[^/\s]+/(?:api/v3/)?(?:repos/)?(?P<name>[^/\s]+/[^/\s]+)/(?:pull|pulls|issues|deployments)/"
)
_DONE = {"SUCCESS", "NEUTRAL", "SKIPPED"}
_OUTCOMES = {"success": "success", "failure": "failure", "error": "failure", "inactive": "success"}

_OTHER = Text(
    "GitHub 的其他物件（版本、留言、部署狀態等），不是合併請求、議題或部署",
    "another object of GitHub's (release, comment, status of a deployment), no request, issue or deployment",
)


def _recognise(head: Head) -> Match | None:
    objects = head_objects(head, 20)
    told = [one for one in objects if _kind(one) and (_is_rest(one) or _is_gh(one))]
    if not told:
        return None
    return Match(85, f"{len(told)} of the first {len(objects)} objects are GitHub's requests, issues or deployments")


def _is_rest(one: Mapping[str, object]) -> bool:
    return "node_id" in one and ("html_url" in one or "statuses_url" in one or "repository_url" in one)


def _is_gh(one: Mapping[str, object]) -> bool:
    return "number" in one and "createdAt" in one and "author" in one


def _kind(one: Mapping[str, object]) -> str | None:
    if "environment" in one and "sha" in one and ("creator" in one or "task" in one):
        return "deployment"
    if "number" not in one or "title" not in one:
        return None
    pulled = ("merged_at", "mergedAt", "baseRefName", "base", "pull_request", "mergedBy", "headRefName")
    return "merge_request" if any(name in one for name in pulled) else "issue"


def _row(one: Mapping[str, object], context: Context) -> Row | Text:
    kind = _kind(one)
    if kind is None:
        return _OTHER
    system = _system(one, context)
    return _deployment(one, system, context.zone) if kind == "deployment" else _request(one, kind, system, context.zone)


def _system(one: Mapping[str, object], context: Context) -> str:
    """The repository by the record itself, or else by the setting."""
    named = text(one, "base", "repo", "full_name") or text(one, "repository", "nameWithOwner")
    addresses = (first(one, name) or "" for name in ("html_url", "url", "repository_url"))
    found = next((told["name"] for address in addresses if (told := _REPOSITORY.match(address + "/"))), None)
    system = named or found or context.settings.get("system", "").strip()
    if not system:
        raise Unfit(MISSING.fill(name="url"), "system")
    return system


def _request(one: Mapping[str, object], kind: str, system: str, zone: str) -> Row:
    author = _login(one, "user") or _login(one, "author")
    merged = _moment(one, "merged_at", "mergedAt", zone) or moment(
        at(one, "pull_request"), "merged_at", "closed_at_us", zone
    )
    approvals = [review for review in listed(one, "reviews") if (text(review, "state") or "").upper() == "APPROVED"]
    result, tested = _tests(one, zone)
    assignees = [_login({"one": who}, "one") for who in listed(one, "assignees")]
    return change(
        {
            "request_id": needed_text(one, "number", "request_id"),
            "system": system,
            "kind": kind,
            "change_type": joined(text(label, "name") for label in listed(one, "labels")),
            "title": text(one, "title"),
            "requester": author,
            "requested_at_us": _moment(one, "created_at", "createdAt", zone),
            "developer": author if kind == "merge_request" else joined([*assignees, _login(one, "assignee")]),
            "approvers": joined(_login(review, "author") or _login(review, "user") for review in approvals),
            "approved_at_us": max(
                (when for review in approvals if (when := _moment(review, "submitted_at", "submittedAt", zone))),
                default=None,
            ),
            "test_result": result,
            "tested_at_us": tested,
            "state": _state(one, kind, merged=merged is not None),
            "closed_at_us": merged or _moment(one, "closed_at", "closedAt", zone),
            "merged_by": _login(one, "merged_by") or _login(one, "mergedBy"),
            "target_branch": text(one, "base", "ref") or text(one, "baseRefName"),
            "commit_ids": _commits(one, merged=merged is not None),
        },
        zone,
    )


def _login(one: object, name: str) -> str | None:
    return text(one, name, "login")


def _moment(one: object, rest: str, gh: str, zone: str) -> int | None:
    columns = {"created_at": "requested_at_us", "submitted_at": "approved_at_us"}
    column = columns.get(rest, "closed_at_us")
    told = moment(one, rest, column, zone)
    return told if told is not None else moment(one, gh, column, zone)


def _state(one: Mapping[str, object], kind: str, *, merged: bool) -> str | None:
    written = (text(one, "state") or "").lower()
    if merged or written == "merged":
        return "merged"
    if written == "open":
        return "open"
    if written != "closed":
        return None
    dropped = (first(one, "state_reason", "stateReason") or "").lower() == "not_planned"
    return "rejected" if kind == "merge_request" or dropped else "closed"


def _tests(one: Mapping[str, object], zone: str) -> tuple[str | None, int | None]:
    """What the checks of a pull request said together, and when the last was done."""
    checks = listed(one, "statusCheckRollup")
    if not checks:
        return None, None
    said = {(first(check, "conclusion", "state") or "").upper() for check in checks}
    times = [when for check in checks if (when := moment(check, "completedAt", "tested_at_us", zone)) and when > 0]
    ended = max(times, default=None)
    if said & {"", "PENDING", "EXPECTED", "QUEUED", "IN_PROGRESS"}:
        return "pending", None
    return ("passed" if said <= _DONE else "failed"), ended


def _commits(one: Mapping[str, object], *, merged: bool) -> str | None:
    made = (text(one, "merge_commit_sha") or text(one, "mergeCommit", "oid")) if merged else None
    head = text(one, "head", "sha") or text(one, "headRefOid")
    return joined([made, head, *(first(commit, "oid", "sha") for commit in listed(one, "commits"))], " ")


def _deployment(one: Mapping[str, object], system: str, zone: str) -> Row:
    statuses = [text(status, "state") or "" for status in listed(one, "statuses")]
    known = [_OUTCOMES.get(state.lower(), "pending") for state in statuses]
    at_us = moment(one, "created_at", "deployed_at_us", zone)
    if at_us is None:
        at_us = moment(one, "createdAt", "deployed_at_us", zone)
    if at_us is None:
        raise Unfit(MISSING.fill(name="created_at"), "deployed_at_us")
    return Row(
        DEPLOYMENTS,
        {
            "deployed_at_us": at_us,
            "system": system,
            "environment": text(one, "environment"),
            "deployment_id": text(one, "id"),
            "version": text(one, "ref"),
            "commit_id": text(one, "sha"),
            "deployed_by": _login(one, "creator"),
            "outcome": next((state for state in known if state != "pending"), known[0] if known else None),
        },
    )


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    yield from records(stream, context, _row)


reader = RecordReader(
    name="github_export",
    title=Text("GitHub 合併請求、議題與部署", "pull requests, issues and deployments of GitHub"),
    version=1,
    tables=(CHANGES, DEPLOYMENTS),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM,),
    excerpt=excerpt,
)
