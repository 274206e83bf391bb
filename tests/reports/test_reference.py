"""The reference page of the evidence tables."""

from pathlib import Path

from chahe.evidence.catalogue import tables
from chahe.reports.reference import evidence_reference

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "evidence.md"


def test_the_page_in_the_docs_is_the_one_the_declarations_give():
    assert PAGE.read_text(encoding="utf-8") == evidence_reference(), (
        'write it again: python -c "from pathlib import Path; from chahe.reports.reference import evidence_reference; '
        "Path('docs/reference/evidence.md').write_text(evidence_reference(), encoding='utf-8')\""
    )


def test_every_table_and_column_stands_in_the_page():
    page = evidence_reference()
    for table in tables().values():
        section = page.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        assert table.heading in section
        for column in table.columns:
            assert f"| `{column.name}` | {column.heading} |" in section
            assert column.meaning.zh in section
            assert column.meaning.en in section


def test_every_row_of_a_table_has_as_many_cells_as_its_heading():
    for line in evidence_reference().splitlines():
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") in (4, 7)
