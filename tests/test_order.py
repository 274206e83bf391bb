"""Which tests share a process, and which are begun first."""

import re
from pathlib import Path

from conftest import LONGEST, ON_SPARK, FileByFile

ROOM = Path(__file__).parent


def test_every_file_that_asks_for_spark_is_named() -> None:
    """One that is not would start a second Spark in another process."""
    asking = {
        str(path.relative_to(ROOM.parent))
        for path in ROOM.rglob("test_*.py")
        if re.search(r"\bcluster: ", path.read_text("utf-8"))
    }

    assert asking == set(ON_SPARK)


def test_files_on_spark_are_one_unit_of_work_and_every_other_is_its_own() -> None:
    units = {FileByFile._split_scope(None, f"{file}::test_it[a::b]") for file in LONGEST}

    assert units == {"spark", *LONGEST[len(ON_SPARK) :]}


def test_what_is_begun_first_exists() -> None:
    assert [file for file in LONGEST if not (ROOM.parent / file).is_file()] == []
