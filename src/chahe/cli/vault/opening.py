"""A workspace's vault, opened for a command."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chahe.cli.screen import Failure
from chahe.cli.steps import open_here
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.engine.store import Store
    from chahe.vault.vault import Vault
    from chahe.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Opened:
    """A workspace, its store, and the vault under it."""

    workspace: "Workspace"
    store: "Store"
    vault: "Vault"


def open_vault(folder: Path, lang: Lang, *, to_write: bool = False) -> Opened:
    """Raises Failure where there is no vault, or it is not what its key signed, or (to write) its key cannot be used."""
    from chahe.engine.vaults import NoVault, can_write, vault_of

    workspace, store = open_here(folder, lang, to_write=to_write, new=False)
    if to_write and not can_write(workspace):
        raise Failure(
            Text(
                f"沒有證據庫或簽署金鑰 {workspace.vault_settings.key}；請先執行 chahe ingest，或還原金鑰檔",
                f"there is no vault, or no signing key {workspace.vault_settings.key}; run chahe ingest, or restore the key's file",
            ),
            lang,
        )
    try:
        return Opened(workspace, store, vault_of(store))
    except NoVault as error:
        raise Failure(
            Text(
                "這個工作資料夾還沒有證據庫；請先執行 chahe ingest", "this workspace has no vault yet; run chahe ingest"
            ),
            lang,
        ) from error
