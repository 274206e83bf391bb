"""Jira's issues in each of its exports (JSON, CSV, XML), brought to one shape. No reader of its own."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import BinaryIO, NamedTuple, cast

from lxml import etree

from chahe.sources.changes.change_rows import at, first, joined, listed, text
from chahe.sources.lists.headings import heading_key
from chahe.sources.lists.raw_rows import BLANK, Broken, is_blank_row
from chahe.sources.model import Reject, Skip, Unreadable
from chahe.sources.reading import csv_records
from chahe.sources.reading.json_records import JsonRecord, json_records
from chahe.sources.reading.json_stream import ENTERED
from chahe.sources.reading.json_stream import elements as json_elements
from chahe.sources.reading.peeked import rejoined
from chahe.sources.reading.xml_stream import elements as xml_elements
from chahe.sources.reading.xml_stream import forget
from chahe.wording import Text

SEARCH = re.compile(r'"issues"\s*:\s*\[')
HEADINGS = {
    "issuekey": "key", "問題金鑰": "key", "議題金鑰": "key", "summary": "summary", "摘要": "summary", "issuetype": "type", "議題類型": "type", "問題類型": "type",
    "status": "status", "狀態": "status", "statuscategory": "category", "resolution": "resolution", "解決結果": "resolution", "reporter": "reporter",
    "報告人": "reporter", "assignee": "assignee", "受託人": "assignee", "created": "created", "建立": "created", "建立日期": "created", "resolved": "resolved",
    "解決日期": "resolved", "已解決": "resolved", "labels": "labels", "標籤": "labels", "components": "components", "component": "components", "元件": "components", "projectname": "project",
    "projectkey": "project", "專案名稱": "project",
}  # fmt: skip
"""What Jira's headings of CSV mean, in English and Traditional Chinese, without blanks and signs."""
_TAGS = {
    "key": "key", "summary": "summary", "type": "type", "status": "status", "resolution": "resolution", "created": "created",
    "resolved": "resolved", "reporter": "reporter", "assignee": "assignee", "project": "project", "component": "components",
    "label": "labels",
}  # fmt: skip
_NO_OBJECT = Text(
    "這一筆不是議題的物件；請由 Jira 重新匯出", "this record is no object of an issue; export again from Jira"
)
_HEADING_ROW = Text("標題列", "the heading row")


class Transition(NamedTuple):
    """An issue put into a status."""

    who: str | None
    when: str | None
    status: str


@dataclass(slots=True)
class Issue:
    """An issue: its fields by our names, all others by theirs, and how it stands in the file."""

    place: int
    told: dict[str, list[str]] = field(default_factory=dict)
    others: dict[str, list[str]] = field(default_factory=dict)
    """By the name or number of the field, folded as headings are."""
    transitions: list[Transition] = field(default_factory=list)
    shown: str = ""

    def one(self, name: str) -> str | None:
        """The first value of a field."""
        return next((value for value in self.told.get(name, ()) if value.strip()), None)

    def other(self, name: str) -> str | None:
        """The values of a field by its own name, parted by commas."""
        return joined(value.strip() for value in self.others.get(heading_key(name), ()))

    def take(self, name: str | None, own: str, value: str | None) -> None:
        if value is None or not value.strip():
            return
        if name is not None:
            self.told.setdefault(name, []).append(value.strip())
        self.others.setdefault(heading_key(own), []).append(value.strip())


def issues(stream: BinaryIO) -> Iterator[Issue | Skip | Reject]:
    """The issues of an export, with places 1, 2, 3 …; Unreadable where it breaks."""
    head = stream.read(1 << 16)
    whole = rejoined(head, stream)
    begun = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if begun.startswith("<"):
        yield from _numbered(_of_xml(whole))
    elif begun.startswith(("{", "[")):
        yield from _of_json(whole, search=SEARCH.search(begun) is not None)
    else:
        yield from _of_csv(whole)


def _numbered(found: Iterator[Issue]) -> Iterator[Issue]:
    places = count(1)
    try:
        for one in found:
            one.place = next(places)
            yield one
    except Unreadable as stop:
        stop.place = next(places)
        raise


def _of_json(stream: BinaryIO, *, search: bool) -> Iterator[Issue | Skip | Reject]:
    if not search:
        for record in json_records(stream):
            value = record.value() if isinstance(record, JsonRecord) else record
            yield of_object(record.place, value) if isinstance(value, Mapping) else value
        return
    places = count(1)
    try:
        for element in json_elements(stream, [("issues", "*")], many=True):
            if element.value is ENTERED:
                continue
            place = next(places)
            fits = isinstance(element.value, Mapping)
            yield of_object(place, cast(Mapping[str, object], element.value)) if fits else Reject(place, _NO_OBJECT)
    except Unreadable as stop:
        stop.place = next(places)
        raise


_FIELDS: Mapping[str, tuple[str, ...]] = {
    "summary": ("summary",),
    "type": ("issuetype", "name"),
    "status": ("status", "name"),
    "category": ("status", "statusCategory", "key"),
    "resolution": ("resolution", "name"),
    "created": ("created",),
    "resolved": ("resolutiondate",),
    "project": ("project", "name"),
}
"""What is taken of an issue's fields, and the way to it."""


def of_object(place: int, value: Mapping[str, object]) -> Issue:
    """An issue of the REST API."""
    issue = Issue(place, shown=json.dumps(value, ensure_ascii=False, indent=1, default=str))
    fields = value.get("fields")
    issue.take("key", "key", text(value, "key"))
    for name, path in _FIELDS.items():
        issue.take(name, path[0], text(fields, *path))
    for name in ("reporter", "assignee"):
        issue.take(name, name, person(at(fields, name)))
    issue.told["labels"] = [one for one in listed(fields, "labels") if isinstance(one, str)]
    issue.told["components"] = [named for one in listed(fields, "components") if (named := text(one, "name"))]
    for name, held in fields.items() if isinstance(fields, Mapping) else ():
        if str(name).startswith("customfield_"):
            for one in held if isinstance(held, list) else [held]:
                issue.take(None, str(name), person(one) or text({"one": one}, "one"))
    for history in listed(value, "changelog", "histories"):
        for item in listed(history, "items"):
            if text(item, "field") == "status" and (status := text(item, "toString")):
                issue.transitions.append(Transition(person(at(history, "author")), text(history, "created"), status))
    return issue


def person(value: object) -> str | None:
    """A person, or what else a field chooses: the account's name, its mail, its display name, a value."""
    return first(value, "name", "emailAddress", "displayName", "value") if isinstance(value, Mapping) else None


def _of_csv(stream: BinaryIO) -> Iterator[Issue | Skip | Reject]:
    head = stream.read(csv_records.LOOKAHEAD)
    encoding, mark = csv_records.encoding_of(head, whole=len(head) < csv_records.LOOKAHEAD)
    delimiter = delimiter_of(head[mark : mark + 4000].decode(encoding, "replace"))
    headings: list[str] = []
    for place, row in enumerate(csv_records.records(stream, head, encoding, delimiter), 1):
        if isinstance(row, Broken):
            yield Reject(place, row.why, value=row.value)
        elif is_blank_row(row):
            yield Skip(place, BLANK)
        elif not headings:
            headings = [str(cell or "") for cell in row]
            yield Skip(place, _HEADING_ROW)
        else:
            issue = Issue(place)
            pairs = [(name, str(cell or "")) for name, cell in zip(headings, row, strict=False)]
            for name, cell in pairs:
                issue.take(HEADINGS.get(heading_key(name)), name, cell)
                custom = re.fullmatch(r"(?:Custom field|自訂欄位) \((?P<name>.+)\)", name.strip())
                if custom is not None:
                    issue.take(None, custom["name"], cell)
            issue.shown = "\n".join(f"{name}: {cell}" for name, cell in pairs if cell.strip())
            yield issue


def delimiter_of(begun: str) -> str:
    """The sign between the headings of a CSV."""
    line = begun.partition("\n")[0]
    return max(csv_records.DELIMITERS, key=line.count)


def _of_xml(stream: BinaryIO) -> Iterator[Issue]:
    for event, element in xml_elements(stream, frozenset({"rss"}), ("item",)):
        if event == "start":
            continue
        issue = Issue(0, shown=etree.tostring(element, encoding="unicode", with_tail=False))
        for child in element.iter():
            if not isinstance(child.tag, str):
                continue
            name = _TAGS.get(child.tag)
            own = child.get("username") if child.tag in ("reporter", "assignee") else None
            if name is not None and child is not element:
                issue.take(name, child.tag, own or child.text)
            if child.tag == "customfield":
                for value in child.iterfind("customfieldvalues/*"):
                    issue.take(None, child.findtext("customfieldname") or "", value.text)
                    issue.take(None, child.get("id") or "", value.text)
        yield issue
        forget(element)
