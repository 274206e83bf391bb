"""What a table is as of a day, made of the loads that are live."""

from datetime import date

import duckdb

from chahe.engine.embedded import Embedded
from chahe.engine.views import view
from chahe.evidence.catalogue import tables

ACCOUNTS = tables()["user_accounts"]
TRANSFERS = tables()["transfers"]


def _accounts(*rows: tuple[object, ...]) -> list[dict[str, object]]:
    """The view over rows of (account, created_on, password_changed_on, observed_at_us)."""
    with duckdb.connect() as connection:
        given = {"account": "VARCHAR", "created_on": "DATE", "password_changed_on": "DATE", "observed_at_us": "BIGINT"}
        others = "".join(f", NULL AS {name}" for name in ACCOUNTS.names if name not in {"system", *given})
        columns = ", ".join(f"{name} {kind}" for name, kind in given.items())
        connection.execute(f"CREATE TABLE given ({columns}, raw_object VARCHAR)")
        for nth, row in enumerate(rows):
            connection.execute("INSERT INTO given VALUES (?, ?, ?, ?, ?)", [*row, f"o{nth}"])
        connection.execute(
            "CREATE VIEW raw_user_accounts AS SELECT 'gw' AS system, *, NULL AS raw_part, 1 AS raw_place"
            f"{others} FROM given"
        )
        found = connection.sql(view(ACCOUNTS, 1_000) + " ORDER BY account").to_arrow_table()
        wanted: list[dict[str, object]] = found.select(
            ["account", "created_on", "password_changed_on", "row_id"]
        ).to_pylist()
        return wanted


def test_the_newest_list_counts_and_takes_the_day_of_creation_from_an_older_one() -> None:
    inventory = ("chen", date(2024, 5, 1), date(2024, 5, 1), 100)
    shadow = ("chen", None, None, 200)

    [chen] = _accounts(inventory, shadow)

    assert chen["row_id"] == "o1#1"
    assert chen["created_on"] == date(2024, 5, 1)
    assert chen["password_changed_on"] is None, "what can change is never taken from an older list"


def test_its_own_day_of_creation_outweighs_that_of_other_lists() -> None:
    [chen] = _accounts(("chen", date(2024, 5, 1), None, 100), ("chen", date(2024, 6, 1), None, 200))

    assert chen["created_on"] == date(2024, 6, 1)


def test_a_list_taken_after_the_day_fills_nothing() -> None:
    [chen] = _accounts(("chen", None, None, 200), ("chen", date(2024, 5, 1), None, 1_000))

    assert chen["created_on"] is None


def test_accounts_are_kept_apart() -> None:
    chen, lin = _accounts(("chen", None, None, 200), ("lin", date(2024, 5, 1), None, 100))

    assert (chen["created_on"], lin["created_on"]) == (None, date(2024, 5, 1))


def test_rows_of_a_list_without_a_key_all_count() -> None:
    with Embedded() as engine:
        names = ", ".join(f"CAST(NULL AS VARCHAR) AS {name}" for name in TRANSFERS.names)
        engine.view(
            "raw_transfers",
            f"SELECT {names}, 'o' AS raw_object, CAST(NULL AS VARCHAR) AS raw_part, place AS raw_place, place AS observed_at_us"
            " FROM (VALUES (1), (2), (9)) AS lines(place)",
        )

        rows = engine.rows(f"SELECT row_id FROM ({view(TRANSFERS, 9)}) AS t ORDER BY row_id").to_pylist()

    assert [row["row_id"] for row in rows] == ["o#1", "o#2"]
