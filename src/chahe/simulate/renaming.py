"""New names for what the records of a firm call otherwise, wherever they stand."""

from dataclasses import fields, is_dataclass
from re import Match, Pattern

from chahe.simulate.crowd.members import Members


class Renaming:
    """Changes strings in records, lists and mappings, each record once: whole ones, and the words of others that the pattern finds."""

    def __init__(self, names: dict[str, str], words: Pattern[str]) -> None:
        self._names, self._words = names, words
        self._seen: set[int] = set()

    def walk(self, thing: object) -> None:
        if isinstance(thing, Members) or id(thing) in self._seen:
            return
        if isinstance(thing, list):
            self._seen.add(id(thing))
            thing[:] = [self._new(one) for one in thing]
        elif isinstance(thing, dict):
            self._seen.add(id(thing))
            changed = {self._new(key): self._new(value) for key, value in thing.items()}
            thing.clear()
            thing.update(changed)
        elif is_dataclass(thing):
            self._seen.add(id(thing))
            for one in fields(thing):
                held = getattr(thing, one.name)
                new = self._new(held)
                if new is not held:
                    object.__setattr__(thing, one.name, new)

    def _new(self, held: object) -> object:
        if isinstance(held, str):
            return self._names.get(held) or self._words.sub(self._found, held)
        if isinstance(held, tuple):
            return tuple(self._new(one) for one in held)
        self.walk(held)
        return held

    def _found(self, found: Match[str]) -> str:
        return self._names.get(found.group(), found.group())
