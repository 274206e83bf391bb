"""The history of a program in git, as `git log` prints it: commits, who wrote and who entered them, and what changed.

    commit 9f2c1d7e0b5a4c3d2e1f0a9b8c7d6e5f4a3b2c1d (HEAD -> main, tag: v2.3.0)
    Merge: 8cd69bc 6f7a053
    Author:     Wang Mei <mei@firm.example>
    AuthorDate: Mon Mar 2 10:15:23 2026 +0800
    Commit:     Chen Hua <hua@firm.example>
    CommitDate: Tue Mar 3 09:00:00 2026 +0800

        Round fees half up

     src/fees.py | 12 +++++++-----
     1 file changed, 7 insertions(+), 5 deletions(-)

The layouts medium, short, full, fuller and raw are read, each alone or with --stat, --shortstat, --numstat, --name-status, --name-only, --raw,
--show-signature, --decorate or --patch (a patch's own lines are left out). Most exact is the separated layout, a record separator
in front of each commit and unit separators between its fields (the last may be left out):

    git log --format=%x1e%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%s%x1f%b%x1f --numstat

One unit is one commit. medium and short print no name and time of who entered a commit: those are null then. Dates of days alone or
relative to today (`3 weeks ago`) are rejected. A log drawn with --graph is not read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from chahe.sources.changes.commit_changes import changes, parted
from chahe.sources.changes.commit_log import commit_moment, person
from chahe.sources.model import (
    Context,
    Head,
    Match,
    RecordReader,
    Records,
    Reject,
    Row,
    Setting,
    Unit,
    Unreadable,
)
from chahe.sources.reading.text_lines import Line, head_lines, needed, text_lines
from chahe.wording import Text

_COMMIT = re.compile(
    r"commit (?P<mark>[-<>=^+] )?(?P<ids>[0-9a-f]{7,64}(?: [0-9a-f]{7,64})*)"
    r"(?: \(from (?P<parent>[0-9a-f]{7,64})\))?(?: \((?P<refs>[^()]*(?:\([^()]*\)[^()]*)*)\))?"
)
_HEADING = re.compile(
    r"(?P<name>[A-Z][A-Za-z]*): +(?P<value>.*)|(?P<raw>tree|parent|author|committer|gpgsig|gpgsig-sha256|mergetag|encoding) (?P<rest>.*)"
)
_GRAPH = re.compile(r"[*|\\/ ]*\* +commit [0-9a-f]{7,64}\b")
_FIELDS = (
    "commit",
    "parents",
    "author",
    "author_mail",
    "authored",
    "committer",
    "committer_mail",
    "committed",
    "subject",
    "body",
)
_SEPARATED = re.compile("\x1e?(?P<id>[0-9a-f]{7,64})\x1f")
_ID = re.compile(r"[0-9a-f]{7,64}")
_LONGEST = 200_000
"""Lines of one commit that are kept; what a longer one changes is counted no further, and it is rejected."""
_SHOWN = 80
_IN_ADDRESS = re.compile(r"(://[^/\s:@]{1,200}:)[^/\s@]{1,200}@")
"""A password within the address of a remote, which old versions of git put into the messages of merges."""

REPOSITORY = Setting("repository", Text("這是哪一個程式庫的紀錄", "the repository whose log it is"), required=True)
_BAD_DATE = Text(
    "提交的日期無法換算成時刻：只有日期，或寫成「3 週前」之類；請以 git log --format=fuller --date=iso-strict 重新匯出",
    "the commit's date names no moment (a day alone, or words like `3 weeks ago`); export again with "
    "git log --format=fuller --date=iso-strict",
)
_NO_DATE = Text(
    "這個提交沒有日期；請以 git log --format=fuller --date=iso-strict 重新匯出",
    "this commit has no date; export again with git log --format=fuller --date=iso-strict",
)
_NO_COMMIT = Text(
    "這些文字不屬於任何提交，可能是指令的輸出或檔案被截斷；請以 git log --format=fuller --numstat 重新匯出",
    "these lines belong to no commit: output of another command, or a log that is cut; export again with "
    "git log --format=fuller --numstat",
)
_BAD_FIELDS = Text(
    "這個提交的欄位數或編號不對，可能被截斷；請以說明所列的 --format 重新匯出",
    "the fields of this commit are not those of the layout, it may be cut; export again with the --format of the format's page",
)
_UNREADABLE_LINE = Text(
    "這個提交中有無法解碼的文字；請以 git -c i18n.logOutputEncoding=UTF-8 log 重新匯出",
    "this commit holds text that cannot be decoded; export again with git -c i18n.logOutputEncoding=UTF-8 log",
)
_TOO_LONG = Text(
    "這個提交的輸出超過 20 萬行；請不要加上 --patch，改以 --numstat 重新匯出",
    "this commit's output has more than 200,000 lines; export again with --numstat instead of --patch",
)
_GRAPHED = Text(
    "紀錄以 --graph 畫成圖，無法可靠讀取；請以 git log --format=fuller --numstat（不加 --graph）重新匯出",
    "the log is drawn with --graph and cannot be read safely; export again with git log --format=fuller --numstat, without --graph",
)


@dataclass(slots=True)
class _Block:
    """The lines of one commit."""

    place: int
    lines: list[str]
    unreadable: bool = False
    overlong: bool = False


@dataclass(slots=True)
class _Commit:
    """What a commit's heading says, as written."""

    said: dict[str, str] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    signature: str | None = None


def _recognise(head: Head) -> Match | None:
    if not head.data:
        return None
    lines = head_lines(head)[:400]
    first = next((line for line in lines if line.strip()), "").removeprefix("\ufeff")
    if first.count("\x1f") >= 9 and _SEPARATED.match(first):
        return Match(95, "its first record is a commit's hash and fields parted by unit separators")
    if _GRAPH.match(first) and any("Author:" in line for line in lines[1:8]):
        return Match(60, "it begins like a git log drawn with --graph")
    if not _COMMIT.fullmatch(first):
        return None
    if any(re.match(r"(Author:|author ).*<[^<>]*>", line) for line in lines[1:60]):
        return Match(95, "it begins with a commit's hash and its author")
    return None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    repository = needed(context, REPOSITORY)
    for block in _blocks(stream):
        yield _unit(block, repository, context.zone)


def _blocks(stream: BinaryIO) -> Iterator[_Block]:
    """The lines of each commit; what stands before the first is a block of its own."""
    block: _Block | None = None
    place = 0
    separated = False
    for line in text_lines(stream):
        if block is None and line.text is not None and not line.text.strip():
            continue
        if line.place == 1 or block is None:
            separated = _is_separated(line)
            if line.text is not None and _GRAPH.match(line.text):
                raise Unreadable(_GRAPHED)
        if block is None or _begins(line, separated=separated):
            if block is not None:
                yield block
            place += 1
            block = _Block(place, [])
        _add(block, line)
    if block is not None:
        yield block


def _is_separated(line: Line) -> bool:
    return line.text is not None and _SEPARATED.match(line.text) is not None


def _begins(line: Line, *, separated: bool) -> bool:
    if line.text is None:
        return False
    return line.text.startswith("\x1e") if separated else _COMMIT.fullmatch(line.text) is not None


def _add(block: _Block, line: Line) -> None:
    if line.text is None:
        block.unreadable = True
    elif len(block.lines) >= _LONGEST:
        block.overlong = True
    else:
        block.lines.append(line.text)


def _unit(block: _Block, repository: str, zone: str) -> Unit:
    first = block.lines[0] if block.lines else ""
    separated = _SEPARATED.match(first) is not None and "\x1f" in first
    if not separated and not _COMMIT.fullmatch(first):
        return Reject(block.place, _NO_COMMIT, value=_hidden(first.strip())[:_SHOWN] or None)
    for wrong, why in ((block.unreadable, _UNREADABLE_LINE), (block.overlong, _TOO_LONG)):
        if wrong:
            return Reject(block.place, why, "commit_id", first[:_SHOWN])
    values = _separated_values(block.lines) if separated else _printed_values(block.lines)
    if values is None:
        return Reject(block.place, _BAD_FIELDS, "commit_id", first.strip("\x1e")[:_SHOWN])
    return _row(block.place, values, repository, zone)


def _row(place: int, values: Mapping[str, object], repository: str, zone: str) -> Unit:
    """A row, if every date that is there is a moment and one is."""
    moments: dict[str, int] = {}
    for name in ("authored_at_us", "committed_at_us"):
        written = values.get(name)
        if not isinstance(written, str) or not written:
            continue
        moment = commit_moment(written, zone)
        if moment is None:
            return Reject(place, _BAD_DATE, name, written[:_SHOWN])
        moments[name] = moment
    happened = moments.get("committed_at_us", moments.get("authored_at_us"))
    if happened is None:
        return Reject(place, _NO_DATE, "authored_at_us", str(values.get("commit_id"))[:_SHOWN])
    hidden = {name: _hidden(str(values[name])) for name in ("subject", "message") if values.get(name)}
    row = {
        **values,
        **hidden,
        "happened_at_us": happened,
        "repository": repository,
        "authored_at_us": moments.get("authored_at_us"),
        "committed_at_us": moments.get("committed_at_us"),
    }
    return Records(place, (Row("commits", row),))


def _hidden(text: str) -> str:
    return _IN_ADDRESS.sub(r"\1…@", text)


def _separated_values(lines: list[str]) -> dict[str, object] | None:
    fields = "\n".join(lines).removeprefix("\x1e").split("\x1f", len(_FIELDS))
    if len(fields) < len(_FIELDS):
        return None
    said = dict(zip(_FIELDS, fields, strict=False))
    if not _ID.fullmatch(said["commit"]) or not all(_ID.fullmatch(one) for one in said["parents"].split()):
        return None
    body = said["body"]
    below = fields[-1].split("\n") if len(fields) > len(_FIELDS) else []
    if not below:
        body, below = parted(body)
    message = f"{said['subject']}\n\n{body.strip()}".strip()
    return {
        "commit_id": said["commit"],
        "parent_ids": said["parents"].strip() or None,
        "author": said["author"] or None,
        "author_mail": said["author_mail"] or None,
        "authored_at_us": said["authored"],
        "committer": said["committer"] or None,
        "committer_mail": said["committer_mail"] or None,
        "committed_at_us": said["committed"],
        "subject": said["subject"] or None,
        "message": message or None,
        **changes(below),
    }


def _printed_values(lines: list[str]) -> dict[str, object] | None:
    found = _COMMIT.fullmatch(lines[0])
    if found is None:
        return None
    commit_id, *parents = found["ids"].split()
    commit = _Commit(parents=parents)
    at = _headings(lines, commit)
    message, below = _message(lines, at)
    author, author_mail, authored = person(commit.said.get("author", ""))
    committer, committer_mail, committed = person(commit.said.get("committer", ""))
    return {
        "commit_id": commit_id,
        "parent_ids": " ".join(commit.parents) or None,
        "author": author,
        "author_mail": author_mail,
        "authored_at_us": commit.said.get("authored", authored),
        "committer": committer,
        "committer_mail": committer_mail,
        "committed_at_us": commit.said.get("committed", committed),
        "subject": message.partition("\n")[0] or None,
        "message": message or None,
        "refs": found["refs"],
        "signature": commit.signature,
        **changes(below),
    }


_SAID = {
    "Author": "author",
    "author": "author",
    "Commit": "committer",
    "committer": "committer",
    "Date": "authored",
    "AuthorDate": "authored",
    "CommitDate": "committed",
}


def _headings(lines: list[str], commit: _Commit) -> int:
    """Takes the headings below the first line into `commit`; where they end."""
    at = 1
    while at < len(lines) and lines[at]:  # a signature's blank lines begin with a blank
        if (mark := _signed(lines[at])) is not None:
            commit.signature = mark
        elif (found := _HEADING.fullmatch(lines[at])) is not None:
            name, value = found["name"] or found["raw"], found["value"] or found["rest"] or ""
            if name in _SAID:
                commit.said[_SAID[name]] = value
            elif name == "parent":
                commit.parents += [value.strip()] if value.strip() not in commit.parents else []
            elif name == "Merge" and not commit.parents:
                commit.parents += value.split()
            elif name in ("gpgsig", "gpgsig-sha256"):
                commit.signature = commit.signature or "unverified"
        at += 1
    return at


def _signed(line: str) -> str | None:
    """What a line of --show-signature says; null for any other."""
    if re.match(r"(gpg: )?Good (signature|\"git\" signature)|gpgsm: Good signature", line):
        return "good"
    if re.match(
        r"gpg: BAD signature|gpgsm: .*BAD signature|Could not verify signature|Signature verification failed", line
    ):
        return "bad"
    if re.match(r"(gpg|gpgsm): (Can't check|Signature made)|No principal matched|No signature", line):
        return None if line.startswith("No signature") else "unverified"
    return None


def _message(lines: list[str], at: int) -> tuple[str, list[str]]:
    """The message, its four blanks taken away, and the lines behind it."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    begin = at
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith("    ")):
        at += 1
    return "\n".join(line[4:] for line in lines[begin:at]).strip("\n"), lines[at:]


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The commit as git printed it, at most its first 200 lines, separators as line ends."""
    for block in islice(_blocks(stream), place - 1, place):
        return _hidden("\n".join(block.lines[:200])).replace("\x1e", "").replace("\x1f", "\n").strip()
    return ""


reader = RecordReader(
    name="git_log",
    title=Text("git 版本紀錄（git log）", "history of a git repository (git log)"),
    version=1,
    tables=("commits",),
    recognise=_recognise,
    read=_read,
    settings=(REPOSITORY,),
    excerpt=_excerpt,
)
