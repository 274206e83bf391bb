"""What a commit changed, from the lines git prints below its message: --stat, --numstat, --name-status … No reader of its own."""

import re
from collections.abc import Mapping

_SUMMARY = re.compile(
    r" (?P<files>\d{1,9}) files? changed(?:, (?P<insertions>\d{1,12}) insertions?\(\+\))?"
    r"(?:, (?P<deletions>\d{1,12}) deletions?\(-\))?"
)
_STAT = re.compile(r" (?P<path>\S.*?) +\| +(?:\d+(?: [+-]*)?|Bin.*|Unmerged.*)")
_NUMBERS = re.compile(r"(?P<insertions>\d{1,12}|-)\t(?P<deletions>\d{1,12}|-)\t(?P<path>.+)")
_STATUS = re.compile(r"[ACDMRTUX]+\d{0,3}\t(?P<path>.+)")
_RAW = re.compile(r"::?\d{6} .*? [ACDMRTUX]+\d{0,3}\t(?P<path>.+)")
_SUREST = ("numbers", "raw", "status", "stat", "name")
"""Ways in which one log may name the same files twice; --stat shortens long names."""
_PATCH = re.compile(r"diff --(?:git|cc|combined) ")


def changes(lines: list[str]) -> Mapping[str, object]:
    """The columns files_changed, insertions, deletions and paths; null where the log does not show them.

    git leaves out what is zero in the summary of --stat, and says nothing of merges.
    """
    told = _Told()
    for line in lines:
        if _PATCH.match(line):
            break  # the lines of a patch may look like anything
        told.take(line)
    return told.columns()


def parted(text: str) -> tuple[str, list[str]]:
    """A message with changed files right below it, parted at the last blank line: for layouts that mark no end of the message."""
    lines = text.rstrip("\n").split("\n")
    begin = len(lines)
    while begin and any(pattern.fullmatch(lines[begin - 1]) for pattern in (_NUMBERS, _STATUS, _RAW)):
        begin -= 1
    if begin == len(lines) or (begin and lines[begin - 1].strip()):
        return text, []
    return "\n".join(lines[:begin]), lines[begin:]


class _Told:
    def __init__(self) -> None:
        self.paths: dict[str, list[str]] = {kind: [] for kind in _SUREST}
        self.summary: re.Match[str] | None = None
        self.insertions: int | None = None
        self.deletions: int | None = None

    def take(self, line: str) -> None:
        numbers = _NUMBERS.fullmatch(line)
        if numbers is not None:
            self.insertions = (self.insertions or 0) + _count(numbers["insertions"])
            self.deletions = (self.deletions or 0) + _count(numbers["deletions"])
            self.paths["numbers"].append(numbers["path"])
            return
        summary = _SUMMARY.fullmatch(line)
        if summary is not None:
            self.summary = summary
            return
        for kind, pattern in (("stat", _STAT), ("raw", _RAW), ("status", _STATUS)):
            found = pattern.fullmatch(line)
            if found is not None:
                # A renamed file stands with its old name and its new one.
                self.paths[kind].append(" => ".join(found["path"].split("\t")))
                return
        if line and not line[0].isspace() and "\t" not in line:
            self.paths["name"].append(line)

    def columns(self) -> Mapping[str, object]:
        paths = next((self.paths[kind] for kind in _SUREST if self.paths[kind]), [])
        files: int | None = len(paths) or None
        insertions, deletions = self.insertions, self.deletions
        if self.summary is not None:
            files = int(self.summary["files"])
            insertions, deletions = (int(self.summary[name] or 0) for name in ("insertions", "deletions"))
        return {
            "files_changed": files,
            "insertions": insertions,
            "deletions": deletions,
            "paths": "\n".join(paths) or None,
        }


def _count(written: str) -> int:
    """Binary files have a dash instead of numbers."""
    return 0 if written == "-" else int(written)
