"""Large lists that tell of one thing several times are worked out once and held; nothing else may change by it."""

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


def tell_again(firm: Small) -> None:
    """A second list tells of the same customer."""
    firm.write("more.csv", "客戶編號,客戶姓名,身分證字號,出生日期\nC1,王小明,A123456789,1980-01-02\n")
    firm.ingest()


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("large", [1, LARGE])
def test_rows_stand_beside_those_of_a_list_and_go_again(firm: Small, large: int, *, several: bool) -> None:
    if several:
        tell_again(firm)
    planted = pa.Table.from_pylist([PLANTED])
    with Embedded() as engine:
        made = ready(engine, firm, large)
        before = engine.rows(SHOWN).to_pylist()
        with made.beside({"customers": planted}):
            beside = engine.rows(SHOWN).to_pylist()
        after = engine.rows(SHOWN).to_pylist()

    assert (before, beside, after) == ([MR_WANG], [MR_WANG, PLANTED], [MR_WANG])


@pytest.mark.parametrize(("large", "shown"), [(2, MR_WANG), (3, HIS_NEW_NAME)])
def test_only_a_list_of_that_many_rows_is_held(firm: Small, large: int, shown: dict[str, str]) -> None:
    """What is held no longer looks at the rows it was worked out from, so a change behind it tells."""
    tell_again(firm)
    with Embedded() as engine:
        ready(engine, firm, large)
        engine.view("raw_customers", "SELECT * REPLACE ('王大明' AS name) FROM stored_customers")
        assert engine.rows(SHOWN).to_pylist() == [shown]


def test_a_list_that_tells_of_each_thing_once_is_not_held(firm: Small) -> None:
    with Embedded() as engine:
        ready(engine, firm, 1)
        engine.view("raw_customers", "SELECT * REPLACE ('王大明' AS name) FROM stored_customers")
        assert engine.rows(SHOWN).to_pylist() == [HIS_NEW_NAME]


@pytest.mark.parametrize("several", [False, True])
def test_a_large_list_has_the_rows_of_a_small_one(firm: Small, *, several: bool) -> None:
    if several:
        tell_again(firm)
    every = "SELECT * FROM customers ORDER BY ALL"
    with Embedded() as small, Embedded() as large:
        ready(small, firm, LARGE)
        ready(large, firm, 1)
        assert large.rows(every) == small.rows(every)
