"""The vault of a workspace: made at the first ingest, opened for reading or for writing."""

from collections.abc import Callable
from pathlib import Path

from chahe.engine.journal import Journal, parts_of, rows_of
from chahe.engine.places import storage_at
from chahe.engine.sealing import FileSeal
from chahe.engine.store import Store
from chahe.vault.errors import Place, VaultError
from chahe.vault.raw.shredding import LOCKED
from chahe.vault.signing.key_chain import KeyChain
from chahe.vault.signing.keys import Signer, make_key, read_key
from chahe.vault.signing.pkcs11_uri import TokenKey
from chahe.vault.signing.secret_files import is_made
from chahe.vault.storing.joined import JoinedStorage
from chahe.vault.storing.local import LocalStorage
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.log import CHECKPOINT
from chahe.vault.tlog.pending import PENDING
from chahe.vault.vault import Vault
from chahe.vault.verify import Verification
from chahe.workspace import Workspace

_NEAR = ("days/", "fates/", "hours/", "ledgers/", "loads/", LOCKED, "tables/")
"""What lies in the workspace although its vault is in a bucket."""
_NAME = 6
"""Random bytes that make up a vault's name where chahe.toml gives none."""


class NoTokens(VaultError):
    """The vault's key is in a token, and what speaks to tokens is not installed."""


class NoVault(VaultError):
    """The workspace has no vault yet: nothing was ingested, or by a version that had none."""


def storage_of(workspace: Workspace) -> Storage:
    """Where the workspace's vault lies: in its folder, or raw files and log in the bucket that chahe.toml names.

    What is made of raw files lies in the folder either way, and so do the keys of sealed files: a bucket may keep versions of them.
    """
    near, address = LocalStorage(workspace.vault), workspace.vault_settings.storage
    return near if address is None else JoinedStorage(near, storage_at(address), _NEAR)


def next_key_file(workspace: Workspace) -> Path:
    """Stands while the vault's key is being changed, and names the next one (`engine.rekeying`)."""
    path = workspace.vault_settings.verifier
    return path.with_name(f"{path.name}.next")


def store_to_read(workspace: Workspace) -> Store:
    """The workspace's store; with its log where there is one. Raises VaultError where that is not what its key signed."""
    storage = storage_of(workspace)
    if not storage.exists(CHECKPOINT):
        _check_never_had_a_log(workspace, storage)
        return Store(workspace.vault)
    seal = FileSeal(storage, workspace.vault_settings.wrapping_key, random=None)
    return Store(workspace.vault, Journal(Vault(storage, verifier_of(workspace), seal=seal)))


def store_to_write(workspace: Workspace, *, at_us: int, random: Callable[[int], bytes]) -> Store:
    """The workspace's store with its log, which is made (and a key for it) where there is none. Raises VaultError."""
    storage = storage_of(workspace)
    if next_key_file(workspace).exists():
        raise VaultError("a change of its key was interrupted; run chahe vault rekey again, as before")
    if not storage.exists(CHECKPOINT) and not storage.exists(PENDING):
        _check_never_had_a_log(workspace, storage)
    signer = _signer(workspace, random)
    seal = FileSeal(storage, workspace.vault_settings.wrapping_key, random=random)
    if not storage.exists(CHECKPOINT):
        vault = Vault.create(storage, signer, at_us=at_us, seal=seal)
    else:
        chain = verifier_of(workspace)
        if signer.verifier_key != chain.current:
            raise VaultError(
                f"chahe.toml names the key {signer.verifier_key}, but {chain.current} signs the vault; set [vault] key to that one"
            )
        vault = Vault(storage, chain, signer=signer, seal=seal)
    return Store(workspace.vault, Journal(vault))


def _check_never_had_a_log(workspace: Workspace, storage: Storage) -> None:
    """A key and raw files without a log: somebody took it away, and nothing may go on as if it had never been. Raises VaultError."""
    verifier = workspace.vault_settings.verifier
    if verifier.exists() and next(iter(storage.keys("objects/")), None) is not None:
        raise VaultError(
            f"its log is gone: there are raw files and the key {verifier}, but no checkpoint; restore a backup"
        )


def can_write(workspace: Workspace) -> bool:
    """Is there a vault, and the key to write to it with?"""
    key = workspace.vault_settings.key
    return (isinstance(key, TokenKey) or key.exists()) and storage_of(workspace).exists(CHECKPOINT)


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
        known=[signed.checkpoint for signed in vault.anchored()],
        chain=vault.chain,
        deep=deep,
        resume=resume,
        parts_of=parts_of,
        rows_of=rows_of,
        withheld=withheld,
        progress=progress or (lambda _done, _all: None),
    )


def verifier_of(workspace: Workspace) -> KeyChain:
    """The keys that the workspace's vault is checked by. Raises VaultError where their file is absent or holds none."""
    path = workspace.vault_settings.verifier
    try:
        return KeyChain.parse(path.read_text("utf-8"), Place(key=str(path)))
    except FileNotFoundError:
        raise VaultError(f"{path} is absent: the key that the vault is checked by") from None


def write_chain(path: Path, chain: KeyChain) -> None:
    """The file of a vault's verifier keys, all at once."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    draft.write_text(chain.encode(), "utf-8")
    draft.replace(path)


def _signer(workspace: Workspace, random: Callable[[int], bytes]) -> Signer:
    settings, public = workspace.vault_settings, workspace.vault_settings.verifier
    if public.exists():
        return signer_at(settings.key, verifier_of(workspace).current.name, random)
    signer = signer_at(settings.key, settings.origin or f"vault.chahe/{random(_NAME).hex()}", random)
    write_chain(public, KeyChain(signer.verifier_key))
    return signer


def signer_at(key: Path | TokenKey, name: str, random: Callable[[int], bytes] | None) -> Signer:
    """The signer of a key; a file that is not there is made with `random`, under that name. A token stays open while the process runs.

    Raises UnusableSecret, TokenFailure, NoTokens where the package for tokens is not installed.
    """
    if isinstance(key, TokenKey):
        try:
            # Few have tokens: an extra.
            from chahe.vault.signing.pkcs11 import TokenSigner  # noqa: PLC0415
        except ImportError as error:
            raise NoTokens("to use a token, first pip install 'chahe[pkcs11]'") from error
        return TokenSigner(key, name)
    if random is None or is_made(key):
        return read_key(key)
    key.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return make_key(key, name, random=random)
