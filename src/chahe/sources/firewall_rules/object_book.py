"""Address and service objects of a configuration by name, and groups of them, expanded. No reader of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from chahe.sources.firewall_rules.network_sets import named, without

_DEEPEST: Final = 50
"""Groups with exclusions inside each other; no firewall allows nearly as many."""


@dataclass(slots=True)
class Book:
    """Objects (words each) and groups (members by name). A name that is nowhere expands to `unknown:name`, never to nothing."""

    leaves: dict[str, tuple[str, ...]] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Members that a group leaves out."""
    parent: "Book | None" = None
    """Where names that are not here are looked for."""
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Groups expanded so far."""
    busy: set[str] = field(default_factory=set)

    def expand(self, names: Iterable[str]) -> tuple[str, ...]:
        """The words of some names, each once, in order."""
        return tuple(dict.fromkeys(word for name in names for word in self._one(name)))

    def holds(self, name: str) -> bool:
        """Is there an object or group of that name?"""
        return name in self.leaves or name in self.groups or (self.parent is not None and self.parent.holds(name))

    def _one(self, name: str) -> tuple[str, ...]:
        if name in self.groups and name not in self.leaves:
            if name not in self.known:
                self.known[name] = self._members((name,))
            return self.known[name]
        return self._members((name,))

    def _members(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """All words below some names; a group inside itself adds nothing."""
        words: dict[str, None] = {}
        seen: set[str] = set()
        waiting = list(reversed(names))
        while waiting:
            name = waiting.pop()
            if name in self.leaves:
                words.update(dict.fromkeys(self.leaves[name]))
            elif name in self.groups and name in self.excluded:
                words.update(dict.fromkeys(self._less(name)))
            elif self.groups.get(name):
                if name not in seen:
                    waiting += reversed(self.groups[name])
                seen.add(name)
            elif self.parent is not None and name not in self.groups:
                words.update(dict.fromkeys(self.parent.expand((name,))))
            else:
                # An empty group matches nothing on some makes and everything on others: not ours to decide.
                words[named("unknown", name)] = None
        return tuple(words)

    def _less(self, name: str) -> tuple[str, ...]:
        if name in self.busy or len(self.busy) > _DEEPEST:
            return (named("unknown", name),)
        self.busy.add(name)
        words = without(self._members(self.groups[name]), self._members(self.excluded[name]))
        self.busy.discard(name)
        return words
