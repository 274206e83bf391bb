r"""FortiOS configurations taken apart: `config`, `edit`, `set`, `next`, `end`, and quotes over several lines. No reader of its own.

config firewall policy
    edit 12
        set name "office to web"
        set srcaddr "lan" "branch taoyuan"
        set comments "asked for by
the settlement desk"
    next
end
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from chahe.sources.firewall_rules.quoted_lines import joined
from chahe.wording import Text

UNCLOSED: Final = Text(
    "引號沒有結尾，這一行讀不懂；請重新匯出完整的設定",
    "a quotation mark is never closed, so the line cannot be read; export the whole configuration again",
)
NOT_UNDERSTOOD: Final = Text(
    "這一行不是已儲存設定會有的內容（config、edit、set、unset、next、end）；請以 show 或備份匯出，不要用指令稿",
    "the line is none of a saved configuration (config, edit, set, unset, next, end); export with `show` or a backup, not a script",
)
_WORD = re.compile(r'(?:"(?:[^"\\]|\\.)*"|\\.|[^\s"\\])+', re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|\\(.)|([^"\\]+)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PROMPT = re.compile(r"([\w.-]{1,64})\s*(?:\([^)]{1,64}\))?\s+[#$]\s+\S.*")
_DEEPEST: Final = 40


class Statement(NamedTuple):
    """One command with the lines it spans; its words are null where it could not be read."""

    places: range
    words: tuple[str, ...] | None


@dataclass(slots=True)
class Entry:
    """An `edit` of a table, or a `config` without edits (its name is then empty)."""

    table: str
    name: str
    vdom: str
    lines: list[int] = field(default_factory=list)
    settings: dict[str, list[str]] = field(default_factory=dict)
    set_at: dict[str, int] = field(default_factory=dict)
    """The line of each setting."""
    nested: "list[Entry]" = field(default_factory=list)

    def first(self, name: str, default: str = "") -> str:
        """The first value of a setting."""
        return (self.settings.get(name) or [default])[0]

    def on(self, name: str) -> bool:
        """Is a setting enabled?"""
        return self.first(name) == "enable"


@dataclass(slots=True)
class Tree:
    """All entries in the order of the file, what could not be read, and the prompt's name."""

    entries: list[Entry] = field(default_factory=list)
    faults: dict[int, tuple[Text, str, str]] = field(default_factory=dict)
    """By line: why, the text, and the table it stands in."""
    prompt: str | None = None


def statements(lines: Iterable[tuple[int, str]]) -> Iterator[Statement]:
    """Commands, those with a quote over several lines joined."""
    for places, text in joined(lines):
        words = None if text is None else tuple(_unquoted(word) for word in _WORD.findall(text))
        yield Statement(places, words)


def _unquoted(word: str) -> str:
    if '"' not in word and "\\" not in word:
        return word
    pieces = (quoted or escaped or plain for quoted, escaped, plain in _QUOTED.findall(word))
    return _ESCAPED.sub(r"\1", "".join(pieces))


class _Builder:
    """Keeps the place in the nesting."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.frames: list[tuple[str, Entry | None]] = []
        """For each open config its table (with those above it), and the open edit."""
        self.entries: dict[tuple[str, str, str], Entry] = {}

    def take(self, statement: Statement) -> None:
        words = statement.words
        if words is None:
            self._fault(statement.places, "", UNCLOSED)
        elif words and not words[0].startswith("#"):
            self._command(statement.places, words)

    def _command(self, places: range, words: tuple[str, ...]) -> None:
        match words[0]:
            case "config" if len(words) > 1 and len(self.frames) < _DEEPEST:
                self._config(" ".join(words[1:]))
            case "edit" if len(words) == 2 and self.frames:
                self._edit(words[1], places)
            case "next" if self.frames and self.frames[-1][1] is not None:
                self._add(places)
                self.frames[-1] = (self.frames[-1][0], None)
            case "end" if self.frames:
                self.frames.pop()
            case "set" | "append" | "unset" if len(words) > 1 and self.frames:
                self._set(places, words)
            case _:
                self._other(places, " ".join(words))

    @property
    def vdom(self) -> str:
        return next((entry.name for table, entry in self.frames if table == "vdom" and entry is not None), "")

    @property
    def table(self) -> str:
        """The tables that are open, without vdom and global."""
        return " / ".join(table for table, _ in self.frames if table not in ("vdom", "global"))

    def _config(self, table: str) -> None:
        self.frames.append((table, None))

    def _edit(self, name: str, places: range) -> None:
        table = self.frames[-1][0]
        self.frames[-1] = (table, None)
        entry = self._entry(name)
        self.frames[-1] = (table, entry)
        self._add(places)

    def _entry(self, name: str) -> Entry:
        """An entry is made by its first edit; a later one goes on with it. Nested ones belong to the entry around them."""
        above = next((entry for table, entry in reversed(self.frames) if entry is not None and table != "vdom"), None)
        if above is not None:
            entry = next((one for one in above.nested if one.table == self.table and one.name == name), None)
            if entry is None:
                above.nested.append(entry := Entry(self.table, name, self.vdom))
            return entry
        key = (self.vdom, self.table, name)
        if key not in self.entries:
            self.entries[key] = Entry(self.table, name, self.vdom)
            self.tree.entries.append(self.entries[key])
        return self.entries[key]

    def _set(self, places: range, words: tuple[str, ...]) -> None:
        entry = self.frames[-1][1] or self._entry("")
        command, name, *values = words
        if command == "unset":
            entry.settings.pop(name, None)
        elif command == "append":
            entry.settings.setdefault(name, []).extend(values)
        else:
            entry.settings[name] = values
        entry.set_at[name] = places[0]
        self._add(places)

    def _add(self, places: range) -> None:
        """A line belongs to every open edit, or to the config itself where none is open."""
        open_entries = [entry for table, entry in self.frames if entry is not None and table != "vdom"]
        for entry in open_entries or [self._entry("")]:
            entry.lines += places

    def _other(self, places: range, text: str) -> None:
        prompt = _PROMPT.fullmatch(text[:400])
        if prompt and not self.frames:
            self.tree.prompt = self.tree.prompt or prompt[1]
        elif self.frames:
            self._fault(places, text, NOT_UNDERSTOOD)

    def _fault(self, places: range, text: str, why: Text) -> None:
        for place in places:
            self.tree.faults[place] = (why, text[:200], self.table)


def tree(lines: Iterable[tuple[int, str]]) -> Tree:
    """The configuration's entries. Lines outside every `config` (banners, prompts) are left aside."""
    builder = _Builder()
    for statement in statements(lines):
        builder.take(statement)
    return builder.tree
