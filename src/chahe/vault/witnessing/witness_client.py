"""Has witnesses cosign a checkpoint (C2SP tlog-witness), and says of each that did not why.

A witness that knows a longer log, or one that cannot have grown into ours, is not a disturbance but the alarm that witnesses are for.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from chahe.vault.errors import Malformed, Place, VaultError
from chahe.vault.signing.canonical import decode_decimal
from chahe.vault.signing.checkpoints import Checkpoint, SignedCheckpoint, with_signatures
from chahe.vault.signing.notes import Note, Verified, VerifierKey, parse_signatures, verify_note
from chahe.vault.witnessing.posting import Answer, Poster
from chahe.vault.witnessing.witness_protocol import ADD_CHECKPOINT, SIZE_TYPE, Request

Consistency = Callable[[int, int], Sequence[bytes]]
"""(old size, new size) -> the proof between them (`Log.consistency`); called from several threads."""
MOST_ANSWER = 65_536
_TRIES = 3
_OK, _CONFLICT = 200, 409


@dataclass(frozen=True, slots=True)
class WitnessAddress:
    """Where a witness is asked (its submission prefix), and the key by which it is known."""

    url: str
    key: VerifierKey


class Declined(VaultError):
    """A witness answered, but gave no cosignature."""

    def __init__(self, witness: WitnessAddress, status: int, said: str) -> None:
        super().__init__(f"the witness {witness.key.name} declines with {status}: {said}")
        self.witness = witness
        self.status = status
        self.said = said


class Behind(VaultError):
    """A witness has cosigned a longer log than ours: this vault went back to an earlier state, or another one signs with its key."""

    def __init__(self, witness: WitnessAddress, ours: int, theirs: int) -> None:
        super().__init__(f"the witness {witness.key.name} has seen {theirs} entries of this log; here it has {ours}")
        self.witness = witness
        self.ours = ours
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Gathered:
    """The checkpoint with the cosignatures that were had, and what kept the others away."""

    signed: SignedCheckpoint
    failures: dict[WitnessAddress, VaultError]


def gather(
    witnesses: Sequence[WitnessAddress],
    signed: SignedCheckpoint,
    consistency: Consistency,
    *,
    previous: SignedCheckpoint | None = None,
    poster: Poster | None = None,
) -> Gathered:
    """Asks all at once; one that fails holds up nobody longer than the poster's patience.

    `previous` is an earlier checkpoint opened with the witnesses' keys: those that had cosigned it are first told its size.
    """
    ask = partial(_cosigned, signed=signed, consistency=consistency, previous=previous, poster=poster or Poster())
    if not witnesses:
        return Gathered(signed, {})
    with ThreadPoolExecutor(len(witnesses)) as pool:
        told = dict(zip(witnesses, pool.map(ask, witnesses), strict=True))
    given = [one for one in told.values() if isinstance(one, Verified)]
    failures = {witness: one for witness, one in told.items() if isinstance(one, VaultError)}
    return Gathered(with_signatures(signed, given) if given else signed, failures)


def cosign(
    witness: WitnessAddress, signed: SignedCheckpoint, consistency: Consistency, *, old: int, poster: Poster
) -> Verified:
    """One witness's cosignature. `old` is the size it is thought to know; where it knows another, it says so.

    Raises Unreachable, Declined, Behind, or Refuted where its signature does not hold.
    """
    head = signed.checkpoint
    url = witness.url.rstrip("/") + ADD_CHECKPOINT
    for _ in range(_TRIES):
        body = Request(old, tuple(consistency(old, head.size)) if old else (), signed.note).encode()
        answer = poster.post(url, body, kind="application/octet-stream", most=MOST_ANSWER)
        if answer.status == _OK:
            return _verified(witness, head, answer)
        if answer.status != _CONFLICT:
            break
        old = _known(witness, answer)
        if old > head.size:
            raise Behind(witness, head.size, old)
    raise Declined(witness, answer.status, answer.body[:200].decode("utf-8", "replace").strip())


def _cosigned(
    witness: WitnessAddress,
    *,
    signed: SignedCheckpoint,
    consistency: Consistency,
    previous: SignedCheckpoint | None,
    poster: Poster,
) -> Verified | VaultError:
    knows = previous is not None and any(one.key == witness.key for one in previous.verified)
    old = previous.checkpoint.size if previous is not None and knows else 0
    try:
        return cosign(witness, signed, consistency, old=min(old, signed.checkpoint.size), poster=poster)
    except VaultError as error:
        return error


def _verified(witness: WitnessAddress, head: Checkpoint, answer: Answer) -> Verified:
    place = Place(key=f"the answer of {witness.key.name}")
    lines = parse_signatures(answer.body, place)
    (verified,) = verify_note(Note(head.encode(), lines), [witness.key], place)
    return verified


def _known(witness: WitnessAddress, answer: Answer) -> int:
    place = Place(key=f"the answer of {witness.key.name}")
    if answer.kind != SIZE_TYPE or not answer.body.endswith(b"\n"):
        raise Malformed(place, "is a conflict that does not say which size the witness knows")
    return decode_decimal(answer.body[:-1], place)
