"""The hour ledger of log rows held in memory: what ingest keeps for each load, computed for a case."""

from collections.abc import Mapping, Sequence

from chahe.evidence.catalogue import tables
from chahe.evidence.model import Shape

HOUR_US = 3_600_000_000


def hours_of(given: Mapping[str, Sequence[Mapping[str, object]]]) -> list[dict[str, object]]:
    """Rows of log_hours for all log tables given, by table name; rows without a time or subject count nowhere."""
    cells: dict[tuple[str, str, int], list[tuple[int, str]]] = {}
    for name, rows in given.items():
        table = tables()[name]
        if table.shape is not Shape.LOG or table.time is None or table.covered_by is None:
            continue
        for number, row in enumerate(rows, start=1):
            at, subject = row.get(table.time), row.get(table.covered_by)
            if isinstance(at, int) and subject is not None:
                hour = at // HOUR_US * HOUR_US
                row_id = str(row.get("row_id", f"{name}#{number}"))
                cells.setdefault((name, str(subject), hour), []).append((at, row_id))
    return [
        {
            "stream": stream,
            "subject": subject,
            "hour_us": hour,
            "first_us": min(seen)[0],
            "last_us": max(seen)[0],
            "records": len(seen),
            "first_row": min(seen)[1],
            "last_row": max(seen)[1],
        }
        for (stream, subject, hour), seen in sorted(cells.items())
    ]
