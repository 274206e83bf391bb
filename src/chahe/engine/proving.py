"""From a finding to the file that proves it: which audit, which leaf, which records of which objects."""

from collections.abc import Mapping
from functools import partial

from chahe.engine.journal import finding_leaves
from chahe.engine.record import AuditRecord
from chahe.engine.store import Store
from chahe.engine.streams import is_packed
from chahe.engine.vaults import vault_of
from chahe.sources.catalogue import readers
from chahe.sources.model import LineReader
from chahe.vault.entries import Kind
from chahe.vault.errors import Missing
from chahe.vault.finding_proof import Wanted, finding_proof


def prove(store: Store, record: AuditRecord, finding: str) -> bytes:
    """The proof file of a finding of that audit.

    Raises NoVault, Missing where the audit or a raw file is not in the vault, KeyError for a finding it does not have.
    """
    vault = vault_of(store)
    every = [one for result in record.results for one in result.findings]
    chosen = next((index for index, one in enumerate(every) if one.finding == finding), None)
    if chosen is None:
        raise KeyError(finding)
    audits = [index for index, entry in vault.entries(Kind.AUDIT) if entry["audit"] == record.digest]
    if not audits:
        raise Missing("the log does not have this audit; run chahe audit again")
    return finding_proof(
        vault,
        audit=audits[-1],
        leaves=finding_leaves(record),
        chosen=chosen,
        records=_records(store, every[chosen].row),
    )


def _records(store: Store, row: Mapping[str, object]) -> list[Wanted]:
    """The raw records that the finding's row names, each once, in the order of its columns."""
    named = dict.fromkeys(str(value) for name, value in row.items() if name.endswith("_row") and value is not None)
    return [_wanted(store, row_id) for row_id in named if len(row_id.partition("#")[0]) == 64]


def _wanted(store: Store, row_id: str) -> Wanted:
    digest, _, place = row_id.partition("#")
    load = next((load for load in store.loads() if load.object == digest), None)
    if load is None:
        raise Missing(f"no load was read from object {digest}")
    lines = isinstance(readers()[load.reader], LineReader) and place.isdigit()
    packed = lines and is_packed(partial(store.objects.open, digest))
    return Wanted(row_id, int(place) if lines and not packed else None, lines)
