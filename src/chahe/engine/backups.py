"""A workspace's vault copied elsewhere, had back, and the having back drilled."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chahe.engine.journal import parts_of, rows_of
from chahe.engine.sealing import FileSeal
from chahe.engine.vaults import verification
from chahe.vault.backup import Copied, copy, mirror
from chahe.vault.contents import Contents
from chahe.vault.entries import Kind
from chahe.vault.errors import Missing, Occupied, Place
from chahe.vault.raw.shredding import LOCKED
from chahe.vault.signing.key_chain import KeyChain
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
    """Bring the copy at `target` up to date, and record that it was made. Raises as `copy` does.

    The keys of sealed files, and what was read from these, are not in it: see `export_apart`.
    """
    copied = copy(vault.storage, target, without=_contents(vault).sealed_rows(), progress=progress)
    head = vault.log.opened(copied.checkpoint, _PLACE).checkpoint
    told = {"what": "backup", "to": to, "by": by, "size": head.size, "root": head.root.hex(), "files": copied.files}
    vault.record(at_us, [(Kind.EXPORT, told)])
    return copied


def export_apart(vault: Vault, target: Storage, *, to: str, by: str, at_us: int, progress: Progress) -> tuple[int, int]:
    """Bring the keys of sealed files, and what was read from these, to a place of their own; how many files came, how many went.

    What left the vault after its period is taken away there, too: do this again after each `expire`.
    Raises Occupied where the place is a backup: beside the sealed files their keys would open them.
    """
    if target.exists("checkpoint"):
        raise Occupied(f"{to} holds a backup; the keys of sealed files need a place of their own")
    contents = _contents(vault)
    rows = contents.sealed_rows()
    keys = sorted([*vault.storage.keys(LOCKED), *(rows - contents.gone.keys())])
    gone = sorted([*contents.destroyed, *(rows & contents.gone.keys())])
    copied, removed = mirror(vault.storage, target, keys, gone=gone, progress=progress)
    told = {"what": "keys and rows of sealed files", "to": to, "by": by, "files": copied, "removed": removed}
    vault.record(at_us, [(Kind.EXPORT, told)])
    return copied, removed


def _contents(vault: Vault) -> Contents:
    """What the log says is there. Raises Refuted for an entry that is none."""
    contents = Contents(parts_of, rows_of)
    for index, data in enumerate(vault.log.entries(0, vault.checkpoint.size)):
        contents.take(index, data)
    for fault in contents.faults:
        raise fault
    return contents


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a vault comes back from."""

    backup: Storage
    sealed: Storage | None = None
    """Where the keys and rows of sealed files were exported to, if they were."""
    wrapping_key: Path | None = None
    """The file of the key that opens sealed files, for verifying them."""


def restore(origin: Origin, folder: Path, key: KeyChain, *, progress: Progress) -> Restored:
    """Copy a vault into an empty folder and verify all of it, raw bytes included.

    Raises Occupied where the folder has a vault already, Missing where the source has none.
    """
    target = LocalStorage(folder)
    if target.exists("checkpoint"):
        raise Occupied(f"{folder} has a vault already; restore into an empty folder")
    if not origin.backup.exists("checkpoint"):
        raise Missing("there is no checkpoint")
    if origin.sealed is not None:
        # Before the checkpoint, with which a vault is whole, comes.
        mirror(origin.sealed, target, origin.sealed.keys(""), progress=progress)
    copied = copy(origin.backup, target, progress=progress)
    seal = FileSeal(target, origin.wrapping_key, random=None) if origin.wrapping_key else None
    vault = Vault(target, key, seal=seal)
    try:
        return Restored(copied, verification(vault, deep=True, withheld=origin.sealed is None).run(), None)
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
        "withheld": restored.verified.withheld + restored.verified.unopened if restored.verified else 0,
        "result": "failed" if restored.faults else "passed",
        "faults": [str(fault) for fault in restored.faults.each[:_MOST]] if restored.faults else [],
    }
    vault.record(at_us, [(Kind.RESTORE, told)])
