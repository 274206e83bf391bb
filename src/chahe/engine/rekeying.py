"""The key that signs a workspace's vault changed for another, whatever moment a crash comes at."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chahe.engine.vaults import next_key_file, signer_at, storage_of, verifier_of, write_chain
from chahe.vault.errors import Held, VaultError
from chahe.vault.rekeying import Reason, succeed
from chahe.vault.signing.key_chain import KeyChain
from chahe.vault.signing.pkcs11_uri import TokenKey
from chahe.vault.vault import Vault
from chahe.workspace import Workspace, verifier_beside


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """The keys from now on, and where the file lies that they are checked by."""

    chain: KeyChain
    verifier: Path


def rekey(
    workspace: Workspace, to: Path | TokenKey, reason: Reason, *, at_us: int, random: Callable[[int], bytes]
) -> Rekeyed:
    """Have the key at `to` sign from now on; a file that is not there is made. chahe.toml is the caller's to change.

    Between the first step and the last nothing else is written to the vault (`engine.vaults` sees the file of the next key). A crash
    leaves that file; the same call then goes on. Raises Held where another key was begun with, VaultError, Malformed.
    """
    settings, chain = workspace.vault_settings, verifier_of(workspace)
    successor = signer_at(to, chain.current.name, random)
    beside = verifier_beside(to, workspace.folder)
    begun = next_key_file(workspace)
    if begun.exists() and begun.read_text("utf-8").strip() != str(successor.verifier_key):
        raise Held(f"a change to the key {begun.read_text('utf-8').strip()} was begun; finish that one first")
    if chain.current != successor.verifier_key:
        signer = signer_at(settings.key, chain.current.name, None)
        if signer.verifier_key != chain.current:
            raise VaultError(f"{settings.key} holds {signer.verifier_key}, but {chain.current} signs the vault")
        write_chain(begun, KeyChain(successor.verifier_key))
        vault = Vault(storage_of(workspace), chain, signer=signer)
        chain = succeed(vault, successor, reason, at_us=at_us)
    elif not begun.exists():
        raise Held(f"the key {chain.current} signs already")
    write_chain(beside, chain)
    write_chain(settings.verifier, chain)
    with suppress(FileNotFoundError):
        begun.unlink()
    return Rekeyed(chain, beside)
