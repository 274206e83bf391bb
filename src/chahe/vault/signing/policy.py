"""Whose word is enough: the log's keys, and how many of which witnesses must have cosigned (C2SP tlog-proof, k of n)."""

from collections.abc import Iterable
from dataclasses import dataclass

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.signing.canonical import NOWHERE
from chahe.vault.signing.checkpoints import SignedCheckpoint, parse_checkpoint
from chahe.vault.signing.notes import Algorithm, VerifierKey, parse_note, verify_note


@dataclass(frozen=True, slots=True)
class Policy:
    """Any of the logs' keys, under its own name as the origin, and at least `threshold` of the witnesses."""

    logs: tuple[VerifierKey, ...]
    witnesses: tuple[VerifierKey, ...] = ()
    threshold: int = 0

    def __post_init__(self) -> None:
        """Raises Malformed for a policy that would trust nobody, count somebody twice, or can never be met."""
        if not self.logs:
            raise Malformed(NOWHERE, "a policy without a log's key would prove nothing")
        if not 0 <= self.threshold <= len(self.witnesses):
            raise Malformed(NOWHERE, f"{self.threshold} of {len(self.witnesses)} witnesses cannot be asked for")
        _check_keys(self.logs, Algorithm.ED25519, "a log")
        _check_keys(self.witnesses, Algorithm.COSIGNATURE, "a witness")

    def open(self, note: bytes, place: Place = NOWHERE) -> SignedCheckpoint:
        """The checkpoint of a note that meets the policy. Raises Malformed, Refuted."""
        parsed = parse_note(note, place)
        verified = verify_note(parsed, (*self.logs, *self.witnesses), place)
        checkpoint = parse_checkpoint(parsed.text, place)
        if not any(one.key in self.logs and one.key.name == checkpoint.origin for one in verified):
            raise Refuted(place, f"is not signed by a known key of the log {checkpoint.origin}")
        cosigned = sum(one.key in self.witnesses for one in verified)
        if cosigned < self.threshold:
            known = len(self.witnesses)
            raise Refuted(
                place, f"is cosigned by {cosigned} of the {known} known witnesses; {self.threshold} are needed"
            )
        return SignedCheckpoint(checkpoint, note, verified)


def _check_keys(keys: Iterable[VerifierKey], algorithm: Algorithm, who: str) -> None:
    seen: set[bytes] = set()
    for key in keys:
        if key.algorithm is not algorithm:
            raise Malformed(NOWHERE, f"the key of {key.name} is not one that {who} signs with")
        # One key under two names would be counted as two witnesses.
        if key.public in seen:
            raise Malformed(NOWHERE, f"the key of {key.name} is listed twice, if under another name")
        seen.add(key.public)
