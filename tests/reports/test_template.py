"""Templates: written from the declarations, filled in by a person, read back by the readers."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from chahe.evidence.model import Column, Kind, Table
from chahe.reports.template import write_template_csv, write_template_xlsx
from chahe.sources.lists import register_csv, register_xlsx
from chahe.sources.lists.headings import loadable
from chahe.sources.model import Context, Head, Skip
from chahe.wording import Text
from reading import NOON_2026_11_22, read

TABLES = pytest.mark.parametrize("table", loadable(), ids=lambda table: table.name)
TYPED: dict[Kind, tuple[object, object, str]] = {
    Kind.TEXT: ("某某文字", "某某文字", "某某文字"),
    Kind.NAME: ("FW-01", "fw-01", "FW-01"),
    Kind.ADDRESS: ("192.0.2.7", "192.0.2.7", "192.0.2.7"),
    Kind.INTEGER: (1000, 1000, '"1,000"'),
    Kind.DECIMAL: (78.35, Decimal("78.35"), "78.35"),
    Kind.BOOLEAN: ("是", True, "是"),
    Kind.DATE: (date(2026, 11, 22), date(2026, 11, 22), "115/11/22"),
    Kind.MOMENT: (datetime(2026, 11, 22, 12), NOON_2026_11_22, "115/11/22 下午 12:00"),  # noqa: DTZ001 - Excel knows no zone
}
"""What a person types into a cell, what is to be read from it, and how the same stands in CSV."""


def typed(column: Column) -> tuple[object, object, str]:
    if column.kind is Kind.CHOICE:
        code, wording = next(iter(column.choices.items()))
        return wording.zh, code, wording.zh
    return TYPED[column.kind]


def expected(table: Table) -> dict[str, object]:
    return {"place": 2} | {column.name: typed(column)[1] for column in table.columns}


def xlsx(table: Table) -> bytes:
    out = BytesIO()
    write_template_xlsx(table, out)
    return out.getvalue()


@TABLES
def test_an_empty_workbook_is_known_for_its_table_and_loads_no_rows(table):
    data = xlsx(table)
    assert register_xlsx.recognise(Head("template.xlsx", data[: 1 << 16], len(data) <= 1 << 16)).sureness == 90
    units = list(register_xlsx.read(BytesIO(data), Context(NOON_2026_11_22)))
    assert all(isinstance(unit, Skip) for unit in units)
    assert [unit.table for unit in units if unit.table] == [table.name]


@TABLES
def test_a_workbook_filled_in_is_read_back(table):
    book = openpyxl.load_workbook(BytesIO(xlsx(table)))
    for index, column in enumerate(table.columns, 1):
        book[table.heading].cell(2, index).value = typed(column)[0]
    out = BytesIO()
    book.save(out)
    reading = read(register_xlsx.reader, out.getvalue())
    assert reading.rejects == []
    assert reading.rows == {table.name: [expected(table)]}
    assert read(register_xlsx.reader, out.getvalue(), table=table.name).rows == reading.rows


@TABLES
def test_a_csv_template_filled_in_is_read_back(table, tmp_path):
    path = tmp_path / "template.csv"
    write_template_csv(table, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    buffer = BytesIO()
    write_template_csv(table, buffer)
    assert buffer.getvalue() == path.read_bytes()
    filled = path.read_bytes() + (",".join(typed(column)[2] for column in table.columns) + "\r\n").encode()
    reading = read(register_csv.reader, filled)
    assert reading.rejects == []
    assert reading.rows == {table.name: [expected(table)]}


@TABLES
def test_a_workbook_says_what_each_column_is_for(table):
    book = openpyxl.load_workbook(BytesIO(xlsx(table)))
    sheet, guide = book.worksheets
    assert (sheet.title, guide.title) == (table.heading, "說明")
    explained = {row[1]: row for row in guide.iter_rows(values_only=True) if row[1]}
    lists = {str(one.sqref).split(":")[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    for cell, column in zip(sheet[1], table.columns, strict=True):
        assert cell.value == column.heading + ("*" if column.required else "")
        assert column.meaning.zh in cell.comment.text
        assert column.meaning.zh in explained[column.name]
        offered = lists.pop(f"{cell.column_letter}2", None)
        if column.kind is Kind.CHOICE:
            assert offered == '"' + ",".join(text.zh for text in column.choices.values()) + '"'
        else:
            assert offered == ('"是,否"' if column.kind is Kind.BOOLEAN else None)
        if column.kind in (Kind.DATE, Kind.MOMENT):
            assert "yyyy-mm-dd" in sheet.column_dimensions[cell.column_letter].number_format or _grouped(
                sheet, cell.column
            )
    assert lists == {}


def _grouped(sheet, column: int) -> bool:
    """Neighbouring columns of one width and format are kept as one range by Excel's format."""
    return any(
        one.min <= column <= one.max and "yyyy-mm-dd" in one.number_format for one in sheet.column_dimensions.values()
    )


def test_the_same_table_gives_the_same_bytes_to_a_file_and_to_a_buffer(tmp_path):
    table = loadable()[0]
    path = tmp_path / "template.xlsx"
    write_template_xlsx(table, path)
    assert path.read_bytes() == xlsx(table) == xlsx(table)


def test_a_drop_down_too_long_for_excel_is_left_out():
    table = loadable()[0]
    many = {f"code{number}": Text(f"很長的選項名稱第{number}號", f"choice {number}") for number in range(40)}
    column = Column("pick", Kind.CHOICE, "選擇", Text("選一個", "pick one"), choices=many)
    book = openpyxl.load_workbook(BytesIO(xlsx(replace(table, columns=(column,), key=()))))
    assert list(book.worksheets[0].data_validations.dataValidation) == []
    assert "很長的選項名稱第39號" in book.worksheets[0]["A1"].comment.text
