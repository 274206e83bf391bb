"""A witness (C2SP tlog-witness): remembers the newest checkpoint of each log it knows, and cosigns only what grew out of it.

Two witnesses that are run by others than the firm make it impossible to show one log to the auditor and another to the examiner.
Nothing here knows HTTP but for its status codes; `chahe.vault.witnessing.witness_server` speaks it.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from http import HTTPStatus
from threading import Lock

from chahe.vault.errors import Malformed, Missing, Moved, Occupied, Place, Refuted, VaultError
from chahe.vault.signing.canonical import NOWHERE
from chahe.vault.signing.checkpoints import (
    Checkpoint,
    SignedCheckpoint,
    open_checkpoint,
    parse_checkpoint,
    with_signatures,
)
from chahe.vault.signing.keys import Signer, signature
from chahe.vault.signing.notes import Algorithm, Note, Verified, VerifierKey, parse_note, verify_note
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.merkle import EMPTY_ROOT, verify_consistency
from chahe.vault.witnessing.witness_protocol import Request, origin_hash, parse_request

Logs = Mapping[str, Sequence[VerifierKey]]
"""Origin -> the keys it may sign with."""
_TRIES = 16


class Refusal(VaultError):
    """A request is not granted. `latest` is the size the witness knows, where that is what the asker must learn."""

    def __init__(self, status: HTTPStatus, why: str, latest: int | None = None) -> None:
        super().__init__(f"{status.value}: {why}")
        self.status = status
        self.why = why
        self.latest = latest


class Witness:
    """Keeps one note for each log in a storage of its own, below `state/witness/`, and forks it was shown below `conflicts/`."""

    def __init__(self, storage: Storage, signer: Signer, logs: Logs) -> None:
        """Raises Malformed for a key that is not a cosigner's, and for logs' keys that are not logs'."""
        if signer.verifier_key.algorithm is not Algorithm.COSIGNATURE:
            raise Malformed(NOWHERE, f"the key {signer.name} signs notes as a log does; a witness has a key of type 04")
        for key in (key for keys in logs.values() for key in keys):
            if key.algorithm is not Algorithm.ED25519:
                raise Malformed(NOWHERE, f"the key {key.name} is a witness's; a log's is of type 01")
        self._storage = storage
        self._signer = signer
        self._logs = dict(logs)
        self._turn = Lock()

    def add_checkpoint(self, body: bytes, at_s: int) -> bytes:
        """The cosignature's line, once what it says is kept. Raises Refusal, or Refuted where the witness's own record is altered."""
        request, offered = identify(body, self._logs)
        # Within this process one after the other; against other processes `replace` finds out who was quicker.
        with self._turn:
            for _ in range(_TRIES):
                kept = self._kept(offered.checkpoint.origin)
                with suppress(Moved):
                    return self._advance(request, offered, kept, at_s)
        raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "others keep being quicker; ask again")

    def latest(self, digest: str) -> bytes:
        """The newest note, with the log's signatures and ours, by the SHA-256 of its origin (hex). Raises Refusal, Refuted."""
        origin = next((origin for origin in self._logs if origin_hash(origin) == digest), None)
        kept = self._kept(origin) if origin is not None else None
        if kept is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "no checkpoint of such a log was ever cosigned here")
        return kept.note

    def _advance(self, request: Request, offered: SignedCheckpoint, kept: SignedCheckpoint | None, at_s: int) -> bytes:
        known = kept.checkpoint if kept is not None else None
        if known is not None and kept is not None and forks(offered.checkpoint, known):
            self._keep_conflict(kept, offered)
        follow(request, offered.checkpoint, known)
        # What was the newest at an earlier hour cannot be so said again of a smaller one: a clock set back does not turn ours back.
        before = [one.at_s or 0 for one in kept.verified] if kept is not None else []
        at_s = max([at_s, *before])
        text = offered.checkpoint.encode()
        line = signature(text, self._signer, at_s)
        only = Note(text, tuple(one.signature for one in offered.verified))
        signed = with_signatures(
            SignedCheckpoint(offered.checkpoint, only.encode(), offered.verified),
            [Verified(self._signer.verifier_key, line, at_s)],
        )
        key = _key(offered.checkpoint.origin)
        self._storage.replace(key, signed.note, expected=kept.note if kept is not None else None)
        return line.encode()

    def _kept(self, origin: str) -> SignedCheckpoint | None:
        key = _key(origin)
        try:
            data = self._storage.read(key)
        except Missing:
            return None
        return open_checkpoint(data, [self._signer.verifier_key], origin=origin, place=Place(key))

    def _keep_conflict(self, kept: SignedCheckpoint, offered: SignedCheckpoint) -> None:
        """Two signed heads of one size are proof enough that the log lied; both are kept, each text once.

        Only what the log itself signed comes here, so nobody else can fill the disk.
        """
        only = Note(offered.checkpoint.encode(), tuple(one.signature for one in offered.verified)).encode()
        folder = f"conflicts/{origin_hash(offered.checkpoint.origin)}"
        for note in (kept.note, only):
            name = sha256(parse_note(note).text).hexdigest()
            with suppress(Occupied):
                self._storage.create(f"{folder}/{offered.checkpoint.size}-{name}", note)


def identify(body: bytes, logs: Logs) -> tuple[Request, SignedCheckpoint]:
    """A request, and its checkpoint once a known key of that log is found to have signed it. Raises Refusal (400, 404, 403)."""
    try:
        request = parse_request(body)
        note = parse_note(request.note)
        checkpoint = parse_checkpoint(note.text)
    except Malformed as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, str(error)) from error
    if checkpoint.origin not in logs:
        raise Refusal(HTTPStatus.NOT_FOUND, "this log is not known here")
    try:
        verified = verify_note(note, logs[checkpoint.origin])
    except Refuted as error:
        raise Refusal(HTTPStatus.FORBIDDEN, str(error)) from error
    return request, SignedCheckpoint(checkpoint, request.note, verified)


def follow(request: Request, offered: Checkpoint, latest: Checkpoint | None) -> None:
    """Returns where the offered checkpoint grew out of the latest one. Raises Refusal, in the specification's order."""
    if request.old > offered.size:
        raise Refusal(HTTPStatus.BAD_REQUEST, f"the old size {request.old} is beyond the checkpoint's {offered.size}")
    size = latest.size if latest is not None else 0
    if request.old != size:
        raise Refusal(HTTPStatus.CONFLICT, f"the latest checkpoint cosigned has size {size}", size)
    if offered.size == 0 and offered.root != EMPTY_ROOT:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "a log without entries has the root of the empty tree")
    root = latest.root if latest is not None else EMPTY_ROOT
    try:
        verify_consistency(request.old, offered.size, old_root=root, new_root=offered.root, path=request.path)
    except Refuted as error:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error


def forks(one: Checkpoint, other: Checkpoint) -> bool:
    """Whether two heads of one log cannot both be true: one size, two roots."""
    return one.size == other.size and one.root != other.root


def _key(origin: str) -> str:
    return f"state/witness/{origin_hash(origin)}"
