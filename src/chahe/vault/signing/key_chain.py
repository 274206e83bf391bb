"""The keys that one log was signed with, one after the other, and up to which size each of them may have signed.

Written as the verifier key that signs now, in the first line, and below it those before it, the newest first:

    vault.example+1a2b3c4d+AZ…
    former vault.example+5e6f7a8b+AY… until 1024
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.signing.canonical import NOWHERE
from chahe.vault.signing.checkpoints import SignedCheckpoint
from chahe.vault.signing.notes import VerifierKey

_FORMER = re.compile(r"former (\S+) until ([1-9][0-9]{0,15})")


@dataclass(frozen=True, slots=True)
class KeyChain:
    """A log's keys."""

    current: VerifierKey
    former: tuple[tuple[VerifierKey, int], ...] = ()
    """The oldest first, each with the size of the last checkpoint that it may have signed."""

    def __post_init__(self) -> None:
        """Raises Malformed for keys of several logs, one that comes again, and sizes that do not grow."""
        keys, sizes = self.keys, [until for _, until in self.former]
        if len({key.name for key in keys}) > 1 or len({key.public for key in keys}) < len(keys):
            raise Malformed(
                NOWHERE, "the keys of a log have its name, and none signs again once another took its place"
            )
        if sorted(set(sizes)) != sizes:
            raise Malformed(NOWHERE, f"keys follow one another at growing sizes, not at {sizes}")

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """All of them, the current one first."""
        return (self.current, *(key for key, _ in reversed(self.former)))

    def check(self, signed: SignedCheckpoint, place: Place = NOWHERE) -> SignedCheckpoint:
        """The checkpoint, if a key that was in force at its size signed it. Raises Refuted: a former key signs nothing newer."""
        size, last = signed.checkpoint.size, dict(self.former)
        in_force = {key for key in self.keys if size <= last.get(key, size)}
        if not any(one.key in in_force for one in signed.verified):
            raise Refuted(
                place, f"has {size} entries, and is signed by none but a key that another took the place of before"
            )
        return signed

    def followed_by(self, key: VerifierKey, *, until: int) -> Self:
        """With another key, from the checkpoint of `until` entries on, which both sign. Raises Malformed."""
        return type(self)(key, (*self.former, (self.current, until)))

    def encode(self) -> str:
        """As it stands in a file."""
        lines = [str(self.current), *(f"former {key} until {until}" for key, until in reversed(self.former))]
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str, place: Place = NOWHERE) -> Self:
        """Raises Malformed."""
        first, *rest = text.strip().split("\n")
        return cls(VerifierKey.parse(first, place), tuple(_former(reversed(rest), place)))


def _former(lines: Iterable[str], place: Place) -> Iterable[tuple[VerifierKey, int]]:
    for line in lines:
        form = _FORMER.fullmatch(line)
        if form is None:
            raise Malformed(place, "names no former key in the form: former name+id+key until SIZE")
        yield VerifierKey.parse(form[1], place), int(form[2])
