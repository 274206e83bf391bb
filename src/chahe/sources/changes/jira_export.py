"""Issues of Jira as change requests: search results in JSON, and the exports of a filter as CSV and XML (RSS).

    {"issues": [{"key": "CHG-14", "fields": {"summary": "Round fees", "issuetype": {"name": "Change"}, "status": {"name": "Done", "statusCategory": {"key": "done"}},
      "reporter": {"name": "mei"}, "assignee": {"name": "wu"}, "created": "2026-03-02T10:15:23.000+0800", "customfield_10010": {"name": "lin"}}}]}
    Issue key,Summary,Issue Type,Status,Reporter,Assignee,Created,Resolved,Labels,Labels,Custom field (Approver)
    CHG-14,Round fees,Change,Done,mei,wu,02/Mar/26 10:15 AM,03/Mar/26 9:00 AM,urgent,fees,lin
    <rss version="0.92"><channel><item><key id="1">CHG-14</key><summary>Round fees</summary> … </item></channel></rss>

Jira has no field of its own for who approved and who tested: settings name the firm's fields (by their name, or their number such as
customfield_10010), or the status to which an approver puts an issue (of JSON with `expand=changelog`). Times without a zone are in the context's.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from chahe.rules.roc import UnreadableMoment, moment_of
from chahe.sources.changes.change_rows import BAD_MOMENT, CHANGES, MISSING, SYSTEM, Unfit, change, joined, moment
from chahe.sources.changes.jira_issues import HEADINGS, SEARCH, Issue, delimiter_of, issues
from chahe.sources.lists.headings import heading_key
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Setting, Unit
from chahe.sources.reading.json_records import head_objects
from chahe.wording import Text

_KEY = re.compile(r"[A-Z][A-Z0-9_]+-\d+")
_KEY_IN_JSON = re.compile(r'"key"\s*:\s*"[A-Z][A-Z0-9_]+-\d+"')
_DROPPED = re.compile(r"won.?t|reject|declin|cancel|duplicate|invalid|退回|取消|不處理|重複", re.IGNORECASE)
_DONE = re.compile(r"done|closed|resolved|complete|完成|關閉|結案|解決", re.IGNORECASE)
_PASSED = re.compile(r"pass|ok|success|通過|成功|合格", re.IGNORECASE)
_FAILED = re.compile(r"fail|not ok|未通過|不通過|失敗|不合格", re.IGNORECASE)
_FORMS = ("%d/%b/%y %I:%M %p", "%d/%b/%Y %I:%M %p", "%d/%b/%y %H:%M", "%d/%b/%y", "%d/%b/%Y")
"""How Jira writes times in CSV unless told otherwise."""

_SETTINGS = (
    SYSTEM,
    Setting("approver", Text("核准人是哪一個欄位", "the field that names the approver")),
    Setting("approved_at", Text("核准時間是哪一個欄位", "the field with the time of approval")),
    Setting("approved_status", Text("核准後進入的狀態", "the status into which an approver puts an issue")),
    Setting("tester", Text("測試人員是哪一個欄位", "the field that names the tester")),
    Setting("test_result", Text("測試結果是哪一個欄位", "the field with the result of the test")),
    Setting("opinion", Text("維護單位意見是哪一個欄位", "the field with the maintainers' opinion")),
)


def _recognise(head: Head) -> Match | None:
    begun = head.text.lstrip("\ufeff \t\r\n")
    if begun.startswith("<"):
        rss = "<rss" in begun[:8000] and re.search(r'<key id="\d+">[A-Z][A-Z0-9_]+-\d+</key>', begun)
        return Match(90, "an RSS whose items are Jira's issues") if rss else None
    if begun.startswith(("{", "[")):
        if SEARCH.search(begun) and _KEY_IN_JSON.search(begun) and '"fields"' in begun:
            return Match(85, "the answer to a search of Jira's")
        told = [one for one in head_objects(head, 5) if "fields" in one and _KEY.fullmatch(str(one.get("key")))]
        return Match(85, "issues of Jira's REST API") if told else None
    line = begun.partition("\n")[0]
    named = {HEADINGS.get(heading_key(cell.strip('" \r'))) for cell in line.split(delimiter_of(line))}
    own = {"key", "summary", "status"} <= named and bool(re.search("Issue key|問題金鑰|議題金鑰", line, re.IGNORECASE))
    return Match(85, "headings of Jira's CSV: Issue key, Summary, Status") if own else None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    for one in issues(stream):
        if not isinstance(one, Issue):
            yield one
            continue
        try:
            yield Records(one.place, (_row(one, context),))
        except Unfit as unfit:
            yield Reject(one.place, unfit.why, unfit.column, unfit.value)


def _row(issue: Issue, context: Context) -> Row:
    key = issue.one("key")
    if key is None:
        raise Unfit(MISSING.fill(name="key"), "request_id")
    settings = {name: value.strip() for name, value in context.settings.items() if value.strip()}
    approvers, approved = _approval(issue, settings, context.zone)
    done = _moment(issue.one("resolved"), "closed_at_us", context.zone)
    return change(
        {
            "request_id": key,
            "system": settings.get("system") or issue.one("project") or key.rpartition("-")[0],
            "kind": "issue",
            "change_type": joined([issue.one("type"), *issue.told.get("labels", [])]),
            "title": issue.one("summary"),
            "program": joined(issue.told.get("components", [])),
            "requester": issue.one("reporter"),
            "requested_at_us": _moment(issue.one("created"), "requested_at_us", context.zone),
            "developer": issue.one("assignee"),
            "opinion": _field(issue, settings, "opinion"),
            "approvers": approvers,
            "approved_at_us": approved,
            "tester": _field(issue, settings, "tester"),
            "test_result": _result(_field(issue, settings, "test_result")),
            "state": _state(issue, done=done is not None),
            "closed_at_us": done,
        },
        context.zone,
    )


def _field(issue: Issue, settings: dict[str, str], name: str) -> str | None:
    return issue.other(settings[name]) if name in settings else None


def _approval(issue: Issue, settings: dict[str, str], zone: str) -> tuple[str | None, int | None]:
    """Who approved and when: by the firm's fields, or by the last change into the status that says so."""
    who = _field(issue, settings, "approver")
    when = _moment(_field(issue, settings, "approved_at"), "approved_at_us", zone)
    status = settings.get("approved_status", "").casefold()
    made = [one for one in issue.transitions if one.status.casefold() == status] if status else []
    times = [(_moment(one.when, "approved_at_us", zone) or 0, one.who) for one in made]
    if times and who is None:
        last, who = max(times, key=lambda one: one[0])
        when = when if when is not None else last or None
    return who, when


def _result(written: str | None) -> str | None:
    if written is None:
        return None
    if _FAILED.search(written):
        return "failed"
    return "passed" if _PASSED.search(written) else "pending"


def _state(issue: Issue, *, done: bool) -> str:
    category, status, resolution = issue.one("category") or "", issue.one("status") or "", issue.one("resolution") or ""
    if category:
        done = category.casefold() in ("done", "完成")
    else:
        done = done or _DONE.search(status) is not None or _DROPPED.search(status) is not None
    if not done:
        return "open"
    return "rejected" if _DROPPED.search(f"{resolution} {status}") else "closed"


def _moment(written: str | None, column: str, zone: str) -> int | None:
    if written is None:
        return None
    for form in _FORMS:
        try:
            return moment_of(datetime.strptime(written, form), zone)  # noqa: DTZ007 - the zone is put in by moment_of
        except (ValueError, UnreadableMoment):
            continue
    try:
        return moment({"time": _with_colon(written)}, "time", column, zone)
    except Unfit as unfit:
        raise Unfit(BAD_MOMENT.fill(name=column, value=written[:80]), column, written[:80]) from unfit


def _with_colon(written: str) -> str:
    """Jira's API writes zones as +0800."""
    return re.sub(r"(T\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d)(\d\d)$", r"\1:\2", written)


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The issue as it stands in the file; empty where there is none."""
    for one in islice(issues(stream), place - 1, place):
        return one.shown if isinstance(one, Issue) else ""
    return ""


reader = RecordReader(
    name="jira_export",
    title=Text("Jira 議題（JSON、CSV、XML）", "issues of Jira (JSON, CSV, XML)"),
    version=1,
    tables=(CHANGES,),
    recognise=_recognise,
    read=_read,
    settings=_SETTINGS,
    excerpt=_excerpt,
)
