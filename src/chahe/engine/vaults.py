"""The vault of a workspace: made at the first ingest, opened for reading or for writing."""

from collections.abc import Callable
from pathlib import Path

from chahe.engine.journal import Journal, parts_of, rows_of
from chahe.engine.sealing import FileSeal
from chahe.engine.store import Store
from chahe.vault.errors import Place, VaultError
from chahe.vault.signing.keys import KeySigner, make_key, read_key
from chahe.vault.signing.notes import VerifierKey
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.log import CHECKPOINT
from chahe.vault.tlog.pending import PENDING
from chahe.vault.vault import Vault
from chahe.vault.verify import Verification
from chahe.vault.witnessing.anchors import anchored
from chahe.workspace import Workspace

_NAME = 6
"""Random bytes that make up a vault's name where chahe.toml gives none."""


class NoVault(VaultError):
    """The workspace has no vault yet: nothing was ingested, or by a version that had none."""


def verifier_file(workspace: Workspace) -> Path:
    """Where the log's verifier key lies: beside the signing key, for everybody to read."""
    return workspace.vault_settings.key.with_suffix(".pub")


def store_to_read(workspace: Workspace) -> Store:
    """The workspace's store; with its log where there is one. Raises VaultError where that is not what its key signed."""
    storage = LocalStorage(workspace.vault)
    if not storage.exists(CHECKPOINT):
        _check_never_had_a_log(workspace, storage)
        return Store(workspace.vault)
    seal = FileSeal(storage, workspace.vault_settings.wrapping_key, random=None)
    return Store(workspace.vault, Journal(Vault(storage, verifier_of(workspace), seal=seal)))


def store_to_write(workspace: Workspace, *, at_us: int, random: Callable[[int], bytes]) -> Store:
    """The workspace's store with its log, which is made (and a key for it) where there is none. Raises VaultError."""
    storage = LocalStorage(workspace.vault)
    if not storage.exists(CHECKPOINT) and not storage.exists(PENDING):
        _check_never_had_a_log(workspace, storage)
    signer = _signer(workspace, random)
    seal = FileSeal(storage, workspace.vault_settings.wrapping_key, random=random)
    if not storage.exists(CHECKPOINT):
        vault = Vault.create(storage, signer, at_us=at_us, seal=seal)
    else:
        vault = Vault(storage, verifier_of(workspace), signer=signer, seal=seal)
    return Store(workspace.vault, Journal(vault))


def _check_never_had_a_log(workspace: Workspace, storage: LocalStorage) -> None:
    """A key and raw files without a log: somebody took it away, and nothing may go on as if it had never been. Raises VaultError."""
    if verifier_file(workspace).exists() and next(iter(storage.keys("objects/")), None) is not None:
        raise VaultError(
            f"its log is gone: there are raw files and the key {verifier_file(workspace)}, but no checkpoint; restore a backup"
        )


def can_write(workspace: Workspace) -> bool:
    """Is there a vault, and the key to write to it with?"""
    return workspace.vault_settings.key.exists() and LocalStorage(workspace.vault).exists(CHECKPOINT)


def vault_of(store: Store) -> Vault:
    """Raises NoVault."""
    if store.journal is None:
        raise NoVault("nothing was ingested into this workspace yet")
    return store.journal.vault


def verification(
    vault: Vault,
    *,
    deep: bool = False,
    resume: bool = False,
    withheld: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Verification:
    """How a workspace's vault is verified: its parts too, and against every checkpoint that others vouched for.

    `withheld`: it is a copy made without the keys and rows of sealed files.
    """
    return Verification(
        storage=vault.storage,
        log=vault.log,
        objects=vault.objects,
        known=[signed.checkpoint for signed in anchored(vault.storage, (vault.key,))],
        deep=deep,
        resume=resume,
        parts_of=parts_of,
        rows_of=rows_of,
        withheld=withheld,
        progress=progress or (lambda _done, _all: None),
    )


def verifier_of(workspace: Workspace) -> VerifierKey:
    """The key that the workspace's vault is checked by. Raises VaultError where its file is absent or no key."""
    path = verifier_file(workspace)
    try:
        return VerifierKey.parse(path.read_text("utf-8").strip(), Place(key=str(path)))
    except FileNotFoundError:
        raise VaultError(f"{path} is absent: the key that the vault is checked by") from None


def _signer(workspace: Workspace, random: Callable[[int], bytes]) -> KeySigner:
    path, public = workspace.vault_settings.key, verifier_file(workspace)
    if path.exists():
        signer = read_key(path)
    else:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        origin = workspace.vault_settings.origin or f"vault.chahe/{random(_NAME).hex()}"
        signer = make_key(path, origin, random=random)
    if not public.exists():
        public.write_text(f"{signer.verifier_key}\n", "utf-8")
    return signer
