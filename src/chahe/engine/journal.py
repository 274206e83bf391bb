"""What the vault's log is told of loads and audits, and what can be had back from it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from chahe.engine.loads import Load
from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord, canonical
from chahe.vault.entries import Kind
from chahe.vault.raw.objects import Kept
from chahe.vault.tlog.merkle import leaf_hash, root
from chahe.vault.vault import Vault

_WIDE = ("modified_ns",)
"""Numbers beyond 2**53, which canonical JSON cannot hold (RFC 8785 §3.2.2.3): written as texts."""

HOLD_RECORDS = ("tables/", "hours/", "fates/")
"""Parts that hold what the raw file held, and leave with it. Ledgers of counts and digests do not: they say what there was."""


class Journal:
    """Writes entries about one workspace's work into its vault."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault

    def load(self, load: Load, kept: Kept, parts: Mapping[str, Path], *, again: bool) -> None:
        """A file was kept and read. `parts` are the files made of it, by name; `again`: the object is in the log already."""
        told = asdict(load)
        told |= {name: str(told[name]) for name in _WIDE}
        derivation = {"load": told, "parts": {name: _digest(path) for name, path in sorted(parts.items())}}
        entries: list[tuple[Kind, Mapping[str, object]]] = [(Kind.DERIVATION, derivation)]
        if not again:
            ingest = {"object": kept.described(), "source": load.source, "path": load.path}
            entries.insert(0, (Kind.INGEST, ingest))
        self.vault.record(load.ingested_at_us, entries)

    def loads(self) -> Iterator[Load]:
        """Every load the log knows of, in order."""
        for _, entry in self.vault.entries(Kind.DERIVATION):
            yield load_of(entry)

    def audit(self, record: AuditRecord, *, at_us: int) -> None:
        """The catalogue was run; its record becomes an object."""
        before = self.vault.checkpoint
        kept = self.vault.objects.keep(lambda: BytesIO(record.to_json()))
        leaves = finding_leaves(record)
        entry = {
            "audit": record.digest,
            "record": kept.described(),
            "as_of": record.as_of,
            "period": [record.begin, record.until],
            "checkpoint": {"size": before.size, "root": before.root.hex()},
            "catalogue": _of({one.control: one.digest for one in record.results}),
            "parameters": _of(
                {one.control: {used.name: used.value for used in one.parameters} for one in record.results}
            ),
            "outcomes": {outcome.value: record.count(outcome) for outcome in Outcome},
            "findings": {"root": root(map(leaf_hash, leaves)).hex(), "count": len(leaves)},
        }
        self.vault.record(at_us, [(Kind.AUDIT, entry)])


def load_of(entry: Mapping[str, object]) -> Load:
    """The load of a DERIVATION entry."""
    told = dict(cast("Mapping[str, Any]", entry["load"]))
    told |= {name: int(told[name]) for name in _WIDE}
    return Load.of(told)


def parts_of(entry: Mapping[str, object]) -> dict[str, str]:
    """Of a DERIVATION entry, the key of each file that was made of the load, and its SHA-256."""
    return {str(key): str(digest) for key, digest in cast("Mapping[str, object]", entry["parts"]).items()}


def rows_of(entry: Mapping[str, object]) -> tuple[str, list[str]]:
    """Of a DERIVATION entry, the object that was read, and the keys of those parts that hold its records."""
    load = cast("Mapping[str, object]", entry["load"])
    return str(load["object"]), [key for key in parts_of(entry) if key.startswith(HOLD_RECORDS)]


def finding_leaves(record: AuditRecord) -> list[bytes]:
    """One leaf a finding, in the record's order: control, finding, row and message as canonical JSON."""
    return [
        canonical({"control": result.control, "finding": one.finding, "row": one.row, "message": one.message})
        for result in record.results
        for one in result.findings
    ]


def _of(value: object) -> str:
    return sha256(canonical(value)).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
