"""Logs for tests: a key that everybody knows, and entries that tell their number."""

from collections.abc import Sequence

from chahe.vault.signing.checkpoints import Checkpoint
from chahe.vault.signing.keys import KeySigner
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.appending import Appender
from chahe.vault.tlog.log import Log

SIGNER = KeySigner("vault.example", bytes(range(32)))


def log_of(storage: Storage) -> Log:
    return Log(storage, [SIGNER.verifier_key])


def appender_of(storage: Storage, known: Checkpoint | None = None) -> Appender:
    return Appender(log_of(storage), storage, SIGNER, known=known)


def entries(begin: int, end: int) -> Sequence[bytes]:
    """Of lengths that differ, none among them."""
    return [(b"entry %d " % number * (number % 7))[: number % 50] for number in range(begin, end)]
