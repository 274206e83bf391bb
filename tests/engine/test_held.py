"""Large lists are worked out once and held; nothing else may change by it."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.ready import LARGE, Ready
from workspaces import Small

AS_OF = date(2026, 11, 22)
SHOWN = "SELECT customer_id, name FROM customers ORDER BY ALL"
MR_WANG, HIS_NEW_NAME = {"customer_id": "c1", "name": "王小明"}, {"customer_id": "c1", "name": "王大明"}
PLANTED = {"customer_id": "c9", "name": "植入"}


@pytest.fixture
def firm(tmp_path: Path) -> Small:
    """A list of one customer."""
    made = Small(tmp_path)
    made.write("customers.csv", "客戶編號,客戶姓名,身分證字號\nC1,王小明,A123456789\n")
    made.ingest()
    return made


def ready(engine: Embedded, firm: Small, large: int) -> Ready:
    made = Ready(engine, firm.store, Span(AS_OF, date(2026, 11, 1), AS_OF), firm.workspace.sources, large=large)
    made.prepare(["customers"])
    return made


@pytest.mark.parametrize("large", [1, LARGE])
def test_rows_stand_beside_those_of_a_list_and_go_again(firm: Small, large: int) -> None:
    planted = pa.Table.from_pylist([PLANTED])
    with Embedded() as engine:
        made = ready(engine, firm, large)
        before = engine.rows(SHOWN).to_pylist()
        with made.beside({"customers": planted}):
            beside = engine.rows(SHOWN).to_pylist()
        after = engine.rows(SHOWN).to_pylist()

    assert (before, beside, after) == ([MR_WANG], [MR_WANG, PLANTED], [MR_WANG])


@pytest.mark.parametrize(("large", "shown"), [(1, MR_WANG), (2, HIS_NEW_NAME)])
def test_only_a_list_of_that_many_rows_is_held(firm: Small, large: int, shown: dict[str, str]) -> None:
    """What is held no longer looks at the rows it was worked out from, so a change behind it tells."""
    with Embedded() as engine:
        ready(engine, firm, large)
        engine.view("raw_customers", "SELECT * REPLACE ('王大明' AS name) FROM stored_customers")
        assert engine.rows(SHOWN).to_pylist() == [shown]
