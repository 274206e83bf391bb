"""A small world of staff, relatives and customers, run through the query and the derivation of contact_links."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from chahe.derivations.contact_links import derivation
from chahe.engine.binding import Span
from chahe.engine.deriving import condense
from chahe.engine.embedded import Embedded
from chahe.evidence.schema import arrow_type

Row = Mapping[str, object]
SPAN = Span(date(2026, 11, 22), date(2025, 11, 23), date(2026, 11, 22))


def links(**given: Sequence[Row]) -> list[dict[str, object]]:
    """The rows of contact_links for the rows of each table; a row_id is the table's initial and a number unless it is given."""
    with Embedded() as engine:
        for table in derivation.reads:
            fields = [(column.name, arrow_type(column.kind).arrow) for column in table.columns]
            schema = pa.schema([*fields, ("row_id", pa.string()), ("observed_at_us", pa.int64())])
            rows = [
                {"row_id": f"{table.name}#{nth}", "observed_at_us": 0} | dict(row)
                for nth, row in enumerate(given.get(table.name, ()), 1)
            ]
            engine.arrow(table.name, pa.Table.from_pylist(rows, schema=schema))
        condense(engine, derivation, SPAN)
        return engine.rows("SELECT * FROM contact_links ORDER BY person_id, customer_id, channel").to_pylist()


def employee(number: str, **more: object) -> Row:
    return {"person_id": number, "name": f"員{number}", "national_id": f"N{number}"} | more


def customer(number: str, **more: object) -> Row:
    return {"customer_id": number, "name": f"客{number}", "national_id": f"N{number}"} | more


def relative(person: str, number: str, **more: object) -> Row:
    return {
        "person_id": person,
        "related_name": f"親{number}",
        "national_id": f"N{number}",
        "relation": "spouse",
        "known_from": "declared",
    } | more


def contact(kind: str, party: str, detail: str, value: str, **more: object) -> Row:
    return {"party_kind": kind, "party_id": party, "contact_kind": detail, "contact_value": value} | more
