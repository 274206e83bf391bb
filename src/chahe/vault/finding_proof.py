"""One file that proves a finding to somebody who has neither the vault nor Chahe; `verify_proof.py` reads it.

JSON: format; key (the log's verifier key); successions (how that key took over from the ones before it: checkpoint, entry, index, path);
checkpoint (the signed note); audit and each record's ingest {entry, index, path};
finding {leaf, index, path}; records [{row_id, lines, ingest, and one of: blocks + data + begin + end (a line of a large file),
whole (a small file), or neither (a large file that has no lines)}]. Paths are RFC 6962 audit paths, hashes hex, bytes base64.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from chahe.vault.entries import Kind, decode
from chahe.vault.errors import Missing, Place, Refuted
from chahe.vault.rekeying import leading
from chahe.vault.signing.checkpoints import SignedCheckpoint
from chahe.vault.signing.notes import VerifierKey
from chahe.vault.tlog.merkle import inclusion_path, leaf_hash, root
from chahe.vault.vault import Vault

FORMAT = "chahe-proof-1"
WHOLE = 64 << 10
"""Files up to this many bytes are enclosed whole. Of larger ones with lines only the blocks around the line are, so that
not every customer's data goes along with one customer's record."""
SCAN = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record to be proved."""

    row_id: str
    """As the finding's row has it: the object's SHA-256, `#`, the place."""
    line: int | None
    """The line's number in the object, from 1; None where the object is not made of lines as it lies there."""
    lines: bool
    """Whether its content (once unpacked) is made of lines, so that the place is a line's number."""

    @property
    def object(self) -> str:
        return self.row_id.partition("#")[0]


def finding_proof(
    vault: Vault, *, audit: int, leaves: Sequence[bytes], chosen: int, records: Sequence[Wanted]
) -> bytes:
    """The proof of leaf `chosen` of the audit that is entry `audit` of the log.

    Raises Missing where an object or its ingest is not in the vault, and Refuted where the leaves are not the audit's.
    """
    hashes = [leaf_hash(leaf) for leaf in leaves]
    entry = decode(vault.log.entry(audit), audit)
    told = cast("Mapping[str, object]", entry["findings"])
    if (told["count"], told["root"]) != (len(leaves), root(hashes).hex()):
        raise Refuted(Place(entry=audit), "the findings are not those of the audit that the log holds")
    path = inclusion_path(chosen, len(leaves), lambda height, at: root(hashes[at << height : (at + 1) << height]))
    ingests = _ingests(vault, {record.object for record in records})
    signed = _vouched(vault, 1 + max([audit, *ingests.values()]))
    size = signed.checkpoint.size
    proof = {
        "format": FORMAT,
        "key": str(_signing(vault, signed)),
        "successions": leading(vault),
        "checkpoint": signed.note.decode(),
        "audit": _logged(vault, audit, size),
        "finding": {"leaf": leaves[chosen].decode(), "index": chosen, "path": [node.hex() for node in path]},
        "records": [
            {"row_id": one.row_id, "lines": one.lines, "ingest": _logged(vault, ingests[one.object], size)}
            | _enclosed(vault, one, ingests[one.object])
            for one in records
        ],
    }
    return json.dumps(proof, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _signing(vault: Vault, signed: SignedCheckpoint) -> VerifierKey:
    """The log's newest key among those that signed."""
    by = {one.key for one in signed.verified}
    return next(key for key in vault.chain.keys if key in by)


def _vouched(vault: Vault, least: int) -> SignedCheckpoint:
    """The newest checkpoint that others outside vouch for and that covers so many entries; else the newest."""
    found = vault.anchored(least=least)
    return found[-1] if found else vault.signed


def _logged(vault: Vault, index: int, size: int) -> dict[str, object]:
    path = vault.log.inclusion(index, size)
    return {"entry": vault.log.entry(index).decode(), "index": index, "path": [node.hex() for node in path]}


def _ingests(vault: Vault, wanted: set[str]) -> dict[str, int]:
    """For each object the first entry that says it was kept."""
    found: dict[str, int] = {}
    for index, entry in vault.entries(Kind.INGEST):
        digest = str(_object(entry)["sha256"])
        if digest in wanted:
            found.setdefault(digest, index)
    if missing := sorted(wanted - found.keys()):
        raise Missing(f"the log does not say that object {missing[0]} was ever kept")
    return found


def _object(entry: Mapping[str, object]) -> Mapping[str, object]:
    return cast("Mapping[str, object]", entry["object"])


def _enclosed(vault: Vault, record: Wanted, ingest: int) -> dict[str, object]:
    """The record itself: the whole file where it is small, else the blocks with its line, else nothing."""
    size = cast("int", _object(decode(vault.log.entry(ingest), ingest))["size"])
    if size <= WHOLE:
        with vault.objects.open(record.object) as stream:
            return {"whole": b64encode(stream.read()).decode()}
    if record.line is None:
        return {}
    begin, end = _span(vault, record.object, record.line)
    # The line end before and the one behind show that it is a whole line.
    data, proof = vault.objects.prove(record.object, max(begin - 1, 0), min(end, size - 1))
    return {"blocks": proof.described(), "data": b64encode(data).decode(), "begin": begin, "end": end}


def _span(vault: Vault, digest: str, line: int) -> tuple[int, int]:
    """The first byte of a line and the one behind its last, its line end left out. Raises Missing."""
    at, ahead = 0, line - 1  # bytes passed, line ends still to pass
    begin: int | None = 0 if ahead == 0 else None
    with vault.objects.open(digest) as stream:
        while data := stream.read(SCAN):
            place = 0
            if begin is None:
                ends = data.count(b"\n")
                if ends < ahead:
                    ahead, at = ahead - ends, at + len(data)
                    continue
                for _ in range(ahead):
                    place = data.index(b"\n", place) + 1
                begin = at + place
            if (end := data.find(b"\n", place)) >= 0:
                return begin, at + end
            at += len(data)
    if begin is None or begin == at:
        raise Missing(f"object {digest} has no line {line}")
    return begin, at
