"""A workspace's vault copied elsewhere, had back, and the having back drilled."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chahe.engine.vaults import verification
from chahe.vault.backup import Copied, copy
from chahe.vault.entries import Kind
from chahe.vault.errors import Occupied, Place
from chahe.vault.signing.notes import VerifierKey
from chahe.vault.storing.local import LocalStorage
from chahe.vault.storing.storage import Storage
from chahe.vault.vault import Vault
from chahe.vault.verify import Faults, Verified

Progress = Callable[[str], None]
_PLACE = Place(key="checkpoint")
_MOST = 100
"""Faults that an entry names; all of them are told to whoever restores."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back, and how it was found."""

    copied: Copied
    verified: Verified | None
    faults: Faults | None
    """What is wrong with the copy; the restore is then no success."""


def export(vault: Vault, target: Storage, *, to: str, by: str, at_us: int, progress: Progress) -> Copied:
    """Bring the copy at `target` up to date, and record that it was made. Raises as `copy` does."""
    copied = copy(vault.storage, target, progress=progress)
    head = vault.log.opened(copied.checkpoint, _PLACE).checkpoint
    told = {"what": "backup", "to": to, "by": by, "size": head.size, "root": head.root.hex(), "files": copied.files}
    vault.record(at_us, [(Kind.EXPORT, told)])
    return copied


def restore(source: Storage, folder: Path, key: VerifierKey, *, progress: Progress) -> Restored:
    """Copy a vault into an empty folder and verify all of it, raw bytes included.

    Raises Occupied where the folder has a vault already, Missing where the source has none.
    """
    target = LocalStorage(folder)
    if target.exists("checkpoint"):
        raise Occupied(f"{folder} has a vault already; restore into an empty folder")
    copied = copy(source, target, progress=progress)
    vault = Vault(target, key)
    try:
        return Restored(copied, verification(vault, deep=True).run(), None)
    except Faults as faults:
        return Restored(copied, None, faults)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who restored from where, for what, and how long it took."""

    source: str
    by: str
    drill: bool
    seconds: int


def record_restore(vault: Vault, restored: Restored, occasion: Occasion, *, at_us: int) -> None:
    """The restore, or the drill of one, becomes an entry with what was verified."""
    head = vault.log.opened(restored.copied.checkpoint, _PLACE).checkpoint
    told = {
        "from": occasion.source,
        "by": occasion.by,
        "drill": occasion.drill,
        "seconds": occasion.seconds,
        "size": head.size,
        "root": head.root.hex(),
        "result": "failed" if restored.faults else "passed",
        "faults": [str(fault) for fault in restored.faults.each[:_MOST]] if restored.faults else [],
    }
    vault.record(at_us, [(Kind.RESTORE, told)])
