"""Another key takes over the log: the old one signs the entry that names it, and both sign the checkpoint with that entry.

That checkpoint is kept under `successions/<size, 20 digits>`: whoever trusts the old key is led to the new one by it. From then on the
old key signs nothing; a checkpoint of its that is newer is refuted, whoever made it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chahe.vault.entries import Kind
from chahe.vault.errors import Held, Place, Refuted
from chahe.vault.signing.checkpoints import SignedCheckpoint, with_signatures
from chahe.vault.signing.key_chain import KeyChain
from chahe.vault.signing.keys import Signer, signature
from chahe.vault.signing.notes import Verified, VerifierKey
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.log import CHECKPOINT, Log
from chahe.vault.vault import Vault

FOLDER = "successions/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a key is changed, and who does it."""

    why: str
    by: str


def succeed(vault: Vault, successor: Signer, reason: Reason, *, at_us: int) -> KeyChain:
    """Let another key sign from now on; the chain with it, by which the vault is opened then. Goes on after a crash.

    Raises ValueError for a key of another name than the log's, Malformed for one that signed before, Held, Refuted.
    """
    new = successor.verifier_key
    if new.name != vault.key.name:
        raise ValueError(f"the log is {vault.key.name}, and so is the name of each of its keys, not {new.name}")
    vault.chain.followed_by(new, until=max(vault.checkpoint.size, 1))
    last = next(reversed(list(vault.entries(Kind.KEY))), None)
    if last is None or last[1]["key"] != str(new):
        told = {"key": str(new), "former": str(vault.key), "why": reason.why, "by": reason.by}
        signed = vault.record(at_us, [(Kind.KEY, told)])
    elif last[0] + 1 == vault.checkpoint.size:
        signed = vault.signed
    else:
        raise Held(f"entry {last[0]} names that key, and the former one signed {vault.checkpoint.size} entries since")
    both = _with(signed, successor)
    size = signed.checkpoint.size
    vault.storage.create(_place(size), both.note)
    if both.note != signed.note:
        vault.storage.replace(CHECKPOINT, both.note, expected=signed.note)
    return vault.chain.followed_by(new, until=size)


def _with(signed: SignedCheckpoint, successor: Signer) -> SignedCheckpoint:
    text = signed.checkpoint.encode()
    return with_signatures(signed, [Verified(successor.verifier_key, signature(text, successor), None)])


def _place(size: int) -> str:
    return f"{FOLDER}{size:020d}"


def succession(storage: Storage, log: Log, until: int, *keys: VerifierKey) -> SignedCheckpoint:
    """The checkpoint at which a key gave way to another, signed by both. Raises Missing, Malformed, Refuted."""
    place = Place(key=_place(until))
    signed = log.opened(storage.read(_place(until)), place)
    if signed.checkpoint.size != until or not set(keys) <= {one.key for one in signed.verified}:
        raise Refuted(place, f"is no checkpoint of {until} entries signed by both keys, the former and the next")
    return signed


def steps(chain: KeyChain) -> list[tuple[int, VerifierKey, VerifierKey]]:
    """Each change of keys: the size at which it was, the former key, and the next."""
    following = [*(key for key, _ in chain.former), chain.current][1:]
    return [(until, key, after) for (key, until), after in zip(chain.former, following, strict=True)]


def check_told(chain: KeyChain, told: Sequence[tuple[int, str]], first: str | None) -> None:
    """That the log's entries tell of the changes that the chain has.

    `told`: for each KEY entry the size with it and the key that it names; `first`: the key that the log's first entry names. A chain may
    begin with a later key than that one; what was before is then not looked at. Raises Refuted with the entry.
    """
    known = [(until, str(after)) for until, _, after in steps(chain)]
    behind = list(told[len(told) - len(known) :]) if known else []
    if behind != known or (told and told[-1][1] != str(chain.current)):
        why = "the log's entries tell of other changes of its key than the verifier key's file"
        raise Refuted(Place(CHECKPOINT, told[-1][0] - 1 if told else None), why)
    oldest = str(chain.keys[-1])
    if len(told) == len(known) and first is not None and first != oldest:
        raise Refuted(Place(entry=0), f"names another first key than the verifier key's file, {oldest}")


def leading(vault: Vault) -> list[dict[str, object]]:
    """For a proof: each change of keys as its entry, that entry's place, and the checkpoint that both keys signed."""
    found = []
    for until, former, after in steps(vault.chain):
        signed = succession(vault.storage, vault.log, until, former, after)
        path = [node.hex() for node in vault.log.inclusion(until - 1, until)]
        entry = vault.log.entry(until - 1).decode()
        found.append({"checkpoint": signed.note.decode(), "entry": entry, "index": until - 1, "path": path})
    return found
