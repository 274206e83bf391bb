"""What can be wrong with a vault. Each error says what, where, and what was expected; none is ever a boolean."""

from dataclasses import dataclass


class VaultError(Exception):
    """Something about the vault or its storage."""


class Missing(VaultError):
    """Nothing is stored under a key or digest that something else speaks of."""


class Occupied(VaultError):
    """A key that never changes holds other bytes already."""


class Moved(VaultError):
    """Another writer was quicker: what was to be replaced is no longer what was read."""


class Held(VaultError):
    """Somebody else is writing, or a period or hold forbids what was asked."""


class Unopenable(Held):
    """A sealed object and no key to open it: which object, and what is the matter with the key."""

    def __init__(self, object_: str, why: str) -> None:
        super().__init__(f"object {object_} is sealed: {why}")
        self.object = object_
        self.why = why


class Destroyed(Missing):
    """A sealed object whose own key was destroyed, or is not in this copy of the vault."""

    def __init__(self, object_: str) -> None:
        super().__init__(
            f"object {object_}: its key was destroyed, or this copy is without it; what it held cannot be had"
        )
        self.object = object_


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a vault something is: whichever of these is known."""

    key: str | None = None
    """The stored file, as in `tile/0/x001/067`."""
    entry: int | None = None
    """The log's entry, counted from 0."""
    first: int | None = None
    """The first byte concerned, counted from 0 …"""
    last: int | None = None
    """… and the last one. Alterations are told to the block, see `chahe.vault.raw.blocks`."""

    def __str__(self) -> str:
        words = [self.key] if self.key is not None else []
        if self.entry is not None:
            words.append(f"entry {self.entry}")
        if self.first is not None:
            words.append(f"byte {self.first}" if self.last in (None, self.first) else f"bytes {self.first}-{self.last}")
        return ", ".join(words) or "the vault"


class Refuted(VaultError):
    """Verification failed: bytes, proof or signature are not what the log says. `place` names them."""

    def __init__(self, place: Place, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place = place
        self.why = why


class Malformed(Refuted):
    """Bytes that are no note, checkpoint, tile, proof or entry at all."""
