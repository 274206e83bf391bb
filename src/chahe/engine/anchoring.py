"""Has those outside vouch for the vault's checkpoint: the witnesses and time-stamping authorities of chahe.toml."""

from dataclasses import dataclass, field
from io import BytesIO

from chahe.vault.entries import Kind
from chahe.vault.errors import Place, VaultError
from chahe.vault.signing.checkpoints import Checkpoint
from chahe.vault.signing.notes import VerifierKey
from chahe.vault.vault import Vault
from chahe.vault.witnessing.anchors import anchored, keep
from chahe.vault.witnessing.posting import Poster
from chahe.vault.witnessing.timestamps import Authority, TimeStamp, fetch
from chahe.vault.witnessing.witness_client import WitnessAddress, gather
from chahe.workspace import VaultSettings

_SETTING = Place(key="chahe.toml [[vault.witness]] key")


@dataclass
class Anchored:
    """What was had of whom."""

    checkpoint: Checkpoint
    witnesses: list[str] = field(default_factory=list)
    stamps: dict[str, TimeStamp] = field(default_factory=dict)
    """By the authority's address."""
    failures: dict[str, VaultError] = field(default_factory=dict)
    """By the witness's name or the authority's address."""


def anchor(vault: Vault, settings: VaultSettings, poster: Poster, *, at_us: int) -> Anchored:
    """Ask all of them; one that fails keeps the others from nothing. Time stamps become entries.

    Raises Malformed for a witness's key, OSError or Malformed for an authority's certificate.
    """
    signed = vault.signed
    witnesses = [WitnessAddress(url, VerifierKey.parse(key, _SETTING)) for key, url in settings.witnesses]
    keys = (*vault.chain.keys, *(witness.key for witness in witnesses))
    previous = next(reversed(anchored(vault.storage, keys)), None)
    gathered = gather(witnesses, signed, vault.log.consistency, previous=previous, poster=poster)
    done = Anchored(signed.checkpoint)
    done.failures |= {witness.key.name: error for witness, error in gathered.failures.items()}
    done.witnesses = [witness.key.name for witness in witnesses if witness not in gathered.failures]
    if done.witnesses:
        keep(vault.storage, gathered.signed)
    for url, path in settings.timestamps:
        try:
            token, stamp = fetch(url, signed.checkpoint.encode(), Authority.from_pem(path.read_bytes()), poster)
        except VaultError as error:
            done.failures[url] = error
            continue
        done.stamps[url] = stamp
        kept = vault.objects.keep(lambda token=token: BytesIO(token))  # type: ignore[misc]  # a default is not inferred
        head = {"size": signed.checkpoint.size, "root": signed.checkpoint.root.hex()}
        entry = {"checkpoint": head, "authority": url, "token": kept.described()}
        vault.record(at_us, [(Kind.TIMESTAMP, entry)])
    return done
