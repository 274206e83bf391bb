"""For which devices, hosts and days each log holds records: from the hour ledgers of its loads."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from chahe.engine.loads import Load
from chahe.engine.store import Store, live
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Shape

_FOREVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Coverage:
    """One device's or host's records in one log. Days are Asia/Taipei days."""

    table: str
    subject: str
    first: str
    last: str
    days: int
    missing_days: int
    """Days between the first and the last without any record."""
    records: int


def coverage(store: Store, loads: Sequence[Load]) -> list[Coverage]:
    """Coverage of every log that anything is loaded for, by table and subject."""
    found: list[Coverage] = []
    for name, table in tables().items():
        counted = (
            live(loads, name, sources={load.source for load in loads}, as_of_end_us=_FOREVER)
            if table.shape is Shape.LOG
            else []
        )
        files = [path for load in counted if (path := store.hours(name, load.load)).exists()]
        if files:
            hours = pa.concat_tables(
                [pq.read_table(path, columns=["subject", "happened_on", "records"]) for path in files]
            )
            found += _by_subject(name, hours)
    return found


def _by_subject(table: str, hours: pa.Table) -> list[Coverage]:
    days = hours.group_by(["subject", "happened_on"]).aggregate([("records", "sum")])
    grouped = days.group_by("subject").aggregate(
        [("happened_on", "min"), ("happened_on", "max"), ("happened_on", "count"), ("records_sum", "sum")]
    )
    made = []
    for row in grouped.sort_by("subject").to_pylist():
        first, last, held = row["happened_on_min"], row["happened_on_max"], row["happened_on_count"]
        missing = (last - first).days + 1 - held
        made.append(
            Coverage(table, row["subject"], first.isoformat(), last.isoformat(), held, missing, row["records_sum_sum"])
        )
    return made
