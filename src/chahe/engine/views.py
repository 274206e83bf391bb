"""How stored parts become the tables that controls read, as of a day."""

from chahe.engine.late_identity import IDENTITY, PARTS, identity
from chahe.evidence.model import Shape, Table

RAW_PREFIX = "raw_"
"""The stored parts of table T are the relation raw_T; the table itself is a view on it."""

_ROW_ID = f"{identity()} AS {IDENTITY}"


def repeated(table: Table, as_of_end_us: int) -> str:
    """The SELECT that counts, as `n`, the natural keys of which a table holds several observations as of a day."""
    return (
        f"SELECT count(*) AS n FROM (SELECT count(*) AS held FROM {RAW_PREFIX}{table.name}"
        f" WHERE observed_at_us < {as_of_end_us} GROUP BY {', '.join(table.key)} HAVING count(*) > 1) AS again"
    )


def view(table: Table, as_of_end_us: int, *, once: bool = False) -> str:
    """The SELECT (DuckDB's dialect, portable) that gives a table as of a day: nothing that came later, and of
    snapshots and registers the newest observation of each natural key, its blanks in lasting columns filled from the others.

    `once`: no natural key is `repeated`, so that every observation is the newest of its key and has nothing to be filled from.
    """
    if table.name == "log_hours":
        return _hours(as_of_end_us)
    if table.name == "log_days":
        return _days(table, as_of_end_us)
    if table.name == "data_exposures":
        return _exposures(table, as_of_end_us)
    names = [*table.names, *(["happened_on"] if table.time else [])]
    columns = ", ".join(names)
    raw = f"{RAW_PREFIX}{table.name}"
    if table.shape is Shape.LOG:
        return _log(table, as_of_end_us, _ROW_ID)
    key = ", ".join(table.key)
    if once or not key:
        # Rows without a natural key (payments of one day and amount) cannot be told from each other: every one counts.
        return f"SELECT {columns}, {_ROW_ID}, observed_at_us FROM {raw} WHERE observed_at_us < {as_of_end_us}"
    # Two lists of one day may tell of the same thing, one more fully (shadow beside chage): the fuller row counts.
    told = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in table.names)
    order = f"observed_at_us DESC, {told} DESC, raw_object, raw_place"
    newest = f"row_number() OVER (PARTITION BY {key} ORDER BY {order})"
    lasting = [column.name for column in table.columns if column.lasting]
    known = "".join(f", min({name}) OVER (PARTITION BY {key}) AS known_{name}" for name in lasting)
    columns = ", ".join(f"coalesce({name}, known_{name}) AS {name}" if name in lasting else name for name in names)
    return (
        f"SELECT {columns}, {_ROW_ID}, observed_at_us FROM (SELECT *, {newest} AS age{known} FROM {raw}"
        f" WHERE observed_at_us < {as_of_end_us}) AS dated WHERE age = 1"
    )


def parted(table: Table, as_of_end_us: int) -> str:
    """The same of a log, with the parts of each record's identity in its place (`chahe.engine.late_identity`)."""
    return _log(table, as_of_end_us, ", ".join(PARTS))


def _log(table: Table, as_of_end_us: int, shown_by: str) -> str:
    columns = ", ".join([*table.names, *(["happened_on"] if table.time else [])])
    until = f" WHERE {table.time} IS NULL OR {table.time} < {as_of_end_us}" if table.time else ""
    return f"SELECT {columns}, {shown_by}, observed_at_us FROM {RAW_PREFIX}{table.name}{until}"


def _hours(as_of_end_us: int) -> str:
    """Ledgers of several loads, added up to one row for each stream, subject and hour.

    Where two loads share the first (or last) moment of an hour, the smaller row id is cited, so that every run cites the same.
    """
    hour = "PARTITION BY stream, subject, hour_us"
    dated = (
        f"SELECT *, min(first_us) OVER ({hour}) AS earliest_us, max(last_us) OVER ({hour}) AS latest_us"
        f" FROM {RAW_PREFIX}log_hours WHERE hour_us < {as_of_end_us}"
    )
    first_row = "min(CASE WHEN first_us = earliest_us THEN first_row END)"
    return (
        "SELECT stream, subject, hour_us, min(first_us) AS first_us, max(last_us) AS last_us,"
        f" CAST(sum(records) AS BIGINT) AS records, {first_row} AS first_row,"
        " min(CASE WHEN last_us = latest_us THEN last_row END) AS last_row, min(happened_on) AS happened_on,"
        f" {first_row} AS row_id, max(observed_at_us) AS observed_at_us"
        f" FROM ({dated}) AS dated GROUP BY stream, subject, hour_us"
    )


def _days(table: Table, as_of_end_us: int) -> str:
    """The ledgers as they are: what was read after the day, or speaks of days after it, is left out."""
    return (
        f"SELECT {', '.join(table.names)}, happened_on, coalesce(first_row, before_row) AS row_id, observed_at_us"
        f" FROM {RAW_PREFIX}log_days WHERE day_us < {as_of_end_us} AND observed_at_us < {as_of_end_us}"
    )


def _exposures(table: Table, as_of_end_us: int) -> str:
    """One row for each file and kind: the parts of a log that grew are added up, and the first shows where."""
    file = "PARTITION BY path, kind, state"
    names = ", ".join("CAST(total AS BIGINT) AS found" if name == "found" else name for name in table.names)
    return (
        f"SELECT {names}, {_ROW_ID}, observed_at_us FROM (SELECT *, sum(found) OVER ({file}) AS total,"
        f" row_number() OVER ({file} ORDER BY observed_at_us, raw_object, raw_place) AS nth"
        f" FROM {RAW_PREFIX}data_exposures WHERE observed_at_us < {as_of_end_us}) AS numbered WHERE nth = 1"
    )
