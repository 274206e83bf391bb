"""Records that an earlier reading of a file had and a later one has not, told one by one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from chahe.evidence.model import Table
from chahe.vault.keeping.ledger import Day

_ROW_ID = "raw_object || '#' || coalesce(raw_part || '!', '') || CAST(raw_place AS VARCHAR)"


@dataclass(frozen=True, slots=True)
class Lost:
    """How many records of a day, and the row id of the earliest of them."""

    records: int
    row: str | None


def lost_records(table: Table, before: Sequence[Path], now: Sequence[Path], days: Collection[Day]) -> dict[Day, Lost]:
    """The records of these days that the earlier parts hold and the later ones do not, as often as they occur; by day.

    Records are the same where all that was read of them is. Days that lost nothing are left out.
    """
    asked = pa.table({"asked_day": [day.day for day in days], "asked_subject": [day.subject for day in days]})
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("asked", asked)
        found = connection.execute(
            _query(table), [[str(path) for path in before], [str(path) for path in now]]
        ).fetchall()
    return {Day(day, subject): Lost(records, row) for day, subject, records, row in found}


def _query(table: Table) -> str:
    told = ", ".join(f"{name} := {name}" for name in table.names)
    # The same record may stand in a log several times: the second one there answers to the second one here.
    numbered = f"""
        SELECT told, day, subject, at_us, row_id, row_number() OVER (PARTITION BY told ORDER BY row_id) AS nth
        FROM (
            SELECT CAST(to_json(struct_pack({told})) AS VARCHAR) AS told, CAST(happened_on AS VARCHAR) AS day,
                   {table.covered_by} AS subject, {table.time} AS at_us, {_ROW_ID} AS row_id
            FROM read_parquet(?) SEMI JOIN asked ON asked_day = CAST(happened_on AS VARCHAR)
                 AND asked_subject = {table.covered_by}
        ) AS told_rows
    """
    return f"""
        SELECT day, subject, count(*) AS records, min_by(row_id, (at_us, row_id)) AS row
        FROM ({numbered}) AS before ANTI JOIN ({numbered}) AS now USING (told, nth)
        GROUP BY day, subject
    """
