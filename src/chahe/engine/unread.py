"""Files of the sources that were not read, and the evidence tables that may lack their records."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chahe.engine.loads import Load
from chahe.sources.catalogue import readers
from chahe.workspace import Source

if TYPE_CHECKING:
    from chahe.engine.materials import Refusal  # which reads sources, databases among them


def unread_by_table(
    unread: Iterable["Refusal"], sources: Iterable[Source], loads: Iterable[Load]
) -> dict[str, tuple[str, ...]]:
    """The paths that were not read, by each table that their source holds or is declared to hold.

    What a file would have held is not known; what stands beside it, and what chahe.toml says of it, is.
    """
    refused = list(unread)
    if not refused:
        return {}
    tables = {source.name: _declared(source) for source in sources}
    for load in loads:
        if load.source in tables:
            tables[load.source] |= set(load.rows)
    found: dict[str, list[str]] = {}
    for refusal in refused:
        for table in sorted(tables.get(refusal.source, ())):
            found.setdefault(table, []).append(refusal.path)
    return {table: tuple(sorted(paths)) for table, paths in found.items()}


def _declared(source: Source) -> set[str]:
    named = source.table or source.settings.get("table")
    if named:
        return {named}
    reader = readers().get(source.reader or "")
    return set() if reader is None or getattr(reader, "generic", False) else set(reader.tables)
