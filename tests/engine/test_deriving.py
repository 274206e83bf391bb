"""A derived table is worked out of an engine's own rows, and stands beside them."""

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa

from chahe.derivations.model import Condensation, Derivation, Rows
from chahe.engine.binding import Span
from chahe.engine.deriving import condense, derive
from chahe.engine.embedded import Embedded
from chahe.evidence.contracts import table as contracts
from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.wording import Text

TERMS = Table(
    name="contract_terms",
    heading="契約期間",
    row=Text("一份契約", "one contract"),
    shape=Shape.DERIVED,
    key=("contract_id",),
    time="begins_at_us",
    columns=(
        Column("contract_id", Kind.TEXT, "契約編號", Text("契約的編號", "its number"), required=True),
        Column("begins_at_us", Kind.MOMENT, "起時", Text("開始", "when it begins")),
    ),
)


def _terms(rows: Mapping[str, Rows]) -> Iterable[Mapping[str, object]]:
    for row in rows["contracts"]:
        yield {"contract_id": row["contract_id"], "begins_at_us": 1_795_363_200_000_000, "row_id": row["row_id"]}


def test_a_derived_table_holds_what_its_rows_give_in_order_and_the_newest_observation() -> None:
    given = pa.table(
        {
            "contract_id": ["C-2", "C-1"],
            "row_id": ["a#2", "a#1"],
            "observed_at_us": [30, 20],
        }
    )
    with Embedded() as engine:
        engine.arrow("contracts", given)
        derive(engine, Derivation(TERMS, (contracts,), _terms))
        rows = engine.rows("SELECT * FROM contract_terms").to_pylist()

    assert [(row["row_id"], row["contract_id"], row["observed_at_us"]) for row in rows] == [
        ("a#1", "C-1", 30),
        ("a#2", "C-2", 30),
    ]
    assert {row["happened_on"].isoformat() for row in rows} == {"2026-11-23"}


def test_without_rows_the_derived_table_is_there_and_empty() -> None:
    with Embedded() as engine:
        engine.arrow(
            "contracts", pa.table({"row_id": pa.array([], pa.string()), "observed_at_us": pa.array([], pa.int64())})
        )
        derive(engine, Derivation(TERMS, (contracts,), _terms))

        assert engine.rows("SELECT count(*) AS n FROM contract_terms").to_pylist() == [{"n": 0}]


def test_what_is_condensed_comes_from_the_engine_in_columns_and_for_the_period_only() -> None:
    given = pa.table({"at_us": [5, 6, 7], "row_id": ["a#1", "a#2", "a#3"], "observed_at_us": [30, 20, 10]})
    span = Span(date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 2))
    seen: list[pa.Table] = []

    def query(from_us: int, until_end_us: int) -> str:
        return f"SELECT row_id, {until_end_us} - {from_us} AS length FROM contracts"

    def rows(found: pa.Table) -> Iterable[Mapping[str, object]]:
        seen.append(found)
        yield {"contract_id": "C-1", "row_id": found["row_id"][0].as_py()}

    with Embedded() as engine:
        engine.arrow("contracts", given)
        condense(engine, Condensation(TERMS, (contracts,), query, rows), span)
        [row] = engine.rows("SELECT * FROM contract_terms").to_pylist()

    assert set(seen[0]["length"].to_pylist()) == {2 * 86_400_000_000}
    assert (row["contract_id"], row["observed_at_us"], row["happened_on"]) == ("C-1", 30, None)
