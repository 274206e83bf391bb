r"""Configurations that are trees, as PAN-OS and Junos write them: in braces, or as `set` commands. No reader of its own.

policies {                                  set policies from-zone lan to-zone dmz policy orders match source-address any
    from-zone lan to-zone dmz {             set policies from-zone lan to-zone dmz policy orders then permit
        inactive: policy orders {           deactivate policies from-zone lan to-zone dmz policy orders
            match { source-address [ any ]; }
            then { permit; }
        }
    }
}
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from chahe.sources.firewall_rules.quoted_lines import joined
from chahe.wording import Text

NOT_UNDERSTOOD: Final = Text(
    "這一行讀不懂（引號或括號不成對）；請重新匯出完整的設定",
    "this line cannot be read (quotes or brackets without partner); export the whole configuration again",
)
CUT: Final = Text(
    "設定在括號還沒有結束時就沒有了，檔案不完整；請重新匯出完整的設定",
    "the configuration ends inside a bracket, so the file is not whole; export it again",
)
COMMANDS: Final = ("set", "delete", "move", "insert", "deactivate", "activate", "rename", "copy", "annotate", "protect")
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|/\*.*?(?:\*/|\Z)|(#)[^\n]*|([{};\[\]])|([^\s{};\[\]"]+)|(")', re.DOTALL)
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"]+', re.DOTALL)
_LISTED = tuple(re.compile(rf"(.*{lazy}\s)\[(.*)\]\s*", re.DOTALL) for lazy in ("", "?"))
"""A list in brackets at the end; a bracket may stand in quotes, too, so the last one is tried first."""
_ABOUT_RULES = re.compile(r"\b(?:rules?|polic\w+|address|application|service|filter|term|nat)\b")
_STATEMENT = re.compile(r"[{};]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MARKS: Final = ("inactive:", "replace:", "protect:", "delete:")
_DEEPEST: Final = 200


@dataclass(slots=True, eq=False)
class Node:
    """A word of the tree with what stands below it, and the lines that said so."""

    children: "dict[str, Node]" = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    inactive: bool = False

    def at(self, *path: str) -> "Node | None":
        """The node below by its path; null where there is none."""
        node: Node | None = self
        for word in path:
            node = node.children.get(word) if node is not None else None
        return node

    def below(self, *path: str) -> "Iterator[tuple[str, Node]]":
        """The active children of the node at a path, in order."""
        node = self.at(*path)
        return ((name, one) for name, one in (node.children.items() if node else ()) if not one.inactive)

    def names(self, *path: str) -> tuple[str, ...]:
        """The words below a path: the values of a setting."""
        return tuple(name for name, _ in self.below(*path))

    def value(self, *path: str) -> str | None:
        """The value of a setting that has one; the last, where it was set again."""
        names = self.names(*path)
        return names[-1] if names else None

    def down(self, words: Sequence[str], places: Iterable[int]) -> "Node":
        """The node at a path, made where it is not; all of the path gets the lines."""
        node, lines = self, list(places)
        for word in words:
            if word not in node.children:
                node.children[word] = Node()
            node = node.children[word]
            node.mark(lines)
        return node

    def mark(self, lines: Iterable[int]) -> None:
        """Add lines that are not there yet."""
        self.lines += [line for line in lines if not self.lines or self.lines[-1] < line]


@dataclass(slots=True)
class Tree:
    """The root, and what could not be read, by line."""

    root: Node = field(default_factory=Node)
    faults: dict[int, tuple[Text, str]] = field(default_factory=dict)
    cut: bool = False
    """Does the text end inside a brace?"""


def tree(lines: Iterable[tuple[int, str]]) -> Tree:
    """The tree of a configuration, whichever form it is in: `set` commands, braces, or one behind the other.

    Lines outside every brace that are neither (banners, prompts, comments) are left aside.
    """
    reading = _Reading()
    for places, text in joined(lines):
        reading.take(places, text)
    reading.found.cut = len(reading.stack) > 1
    return reading.found


def _command(found: Tree, places: range, text: str) -> None:
    path, values = _listed(text)
    if "[" in path or path[0] in ("rename", "copy"):
        found.faults |= dict.fromkeys(places, (NOT_UNDERSTOOD, _told(text)))
        return
    command, *path = path
    paths = [[*path, value] for value in values] or [path]
    match command:
        case "set":
            for whole in paths:
                found.root.down(whole, places)
        case "delete":
            for whole in paths:
                _delete(found.root, whole)
        case "deactivate" | "activate":
            node = found.root.at(*path)
            if node is not None:
                node.inactive = command == "deactivate"
                node.mark(places)
        case "move" | "insert":
            _move(found.root, path)


def _listed(text: str) -> tuple[list[str], list[str]]:
    """The path of a command, and the values in brackets behind it."""
    for pattern in _LISTED:
        found = pattern.fullmatch(text)
        if found and found[1].count('"') % 2 == 0:
            return _words(found[1]), _words(found[2])
    return _words(text), []


def _words(text: str) -> list[str]:
    return [_ESCAPED.sub(r"\1", word[1:-1]) if word[0] == '"' else word for word in _WORD.findall(text)]


def _delete(root: Node, path: list[str]) -> None:
    above = root.at(*path[:-1])
    if above is not None:
        above.children.pop(path[-1] if path else "", None)


def _told(text: str) -> str:
    """A line that could not be read, to be shown: whole where it is about rules, else its beginning, for it may hold a secret."""
    words = text.split()
    return " ".join(words)[:200] if _ABOUT_RULES.search(text) else " ".join([*words[:2], "…"])


def _move(root: Node, words: list[str]) -> None:
    """`… NAME top`, `bottom`, `before OTHER`, `after OTHER`."""
    pivot = None
    if words[-1:] in (["top"], ["bottom"]):
        path, how = words[:-1], words[-1]
    elif len(words) > 2 and words[-2] in ("before", "after"):
        path, how, pivot = words[:-2], words[-2], words[-1]
    elif len(words) > 3 and words[-3] in ("before", "after"):
        path, how, pivot = words[:-3], words[-3], words[-1]  # Junos repeats the kind: `before policy OTHER`
    else:
        return
    above = root.at(*path[:-1])
    if above is None or path[-1] not in above.children or (pivot is not None and pivot not in above.children):
        return
    names = [name for name in above.children if name != path[-1]]
    at = {"top": 0, "bottom": len(names)}.get(how)
    if at is None and pivot is not None and pivot in names:
        at = names.index(pivot) + (how == "after")
    names.insert(len(names) if at is None else at, path[-1])
    above.children = {name: above.children[name] for name in names}


class _Reading:
    """Keeps the place in the nesting of braces."""

    def __init__(self) -> None:
        self.found = Tree()
        self.stack = [self.found.root]
        self.words: list[str] = []
        self.values: list[str] | None = None
        self.places: list[int] = []
        self.comment = False

    def take(self, places: range, text: str | None) -> None:
        if text is None:
            self.found.faults |= dict.fromkeys(places, (NOT_UNDERSTOOD, ""))
            return
        if self.comment:
            _, closing, text = text.partition("*/")
            if not closing:
                return
        self.comment = text.rfind("/*") > text.rfind("*/")
        outside = len(self.stack) == 1 and not self.words
        if outside and text.split(None, 1)[:1] and text.split(None, 1)[0] in COMMANDS:
            _command(self.found, places, text)
        elif not outside or _STATEMENT.search(text):
            self._braces(places, text)

    def _braces(self, places: range, text: str) -> None:
        for token in _TOKEN.finditer(text):
            match token.lastindex:
                case 1 | 4:
                    self.places += places
                    plain = _ESCAPED.sub(r"\1", token[1]) if token.lastindex == 1 else token[4]
                    (self.words if self.values is None else self.values).append(plain)
                case 3:
                    self._mark(places, token[3])
                case 5:
                    self.found.faults[places[0]] = (NOT_UNDERSTOOD, _told(text))

    def _mark(self, places: range, mark: str) -> None:
        match mark:
            case "[":
                self.values = []
            case ";" | "{" if len(self.stack) < _DEEPEST:
                self.places += places
                node = _stated(self.stack[-1], self.words, self.values, self.places)
                self._mark_around(self.places)
                if mark == "{":
                    self.stack.append(node)
                self._begin()
            case "}" if len(self.stack) > 1:
                self._mark_around(places)
                self.stack.pop()
                self._begin()
            case "{" | "}":
                self.found.faults[places[0]] = (NOT_UNDERSTOOD, mark)

    def _mark_around(self, places: Iterable[int]) -> None:
        """What stands inside a node is among its lines."""
        lines = sorted(set(places))
        for node in self.stack[1:]:
            node.mark(lines)

    def _begin(self) -> None:
        self.words, self.values, self.places = [], None, []


def _stated(node: Node, words: list[str], values: list[str] | None, places: list[int]) -> Node:
    """The node that a statement names."""
    inactive = bool(words) and words[0] == "inactive:"
    path = words[1:] if words and words[0] in _MARKS else words
    lines = sorted(set(places))
    for value in values or ():
        node.down([*path, value], lines)
    below = node.down(path, lines)
    below.inactive = below.inactive or inactive
    return below
