"""The empty list that a person fills in, for any evidence table: an Excel workbook or a CSV file that the readers read back."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from chahe.evidence.model import Column, Kind, Table
from chahe.reports.column_words import accepted_values, kind_words, offered_values

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - the fixed date makes the same template the same bytes
LAST_ROW = 1_048_575
"""Excel's last row, counted from 0: drop-downs reach down to it."""
_LONGEST_LIST = 255
"""Characters Excel allows in a drop-down's list."""
_FORMATS = {
    Kind.TEXT: "@",
    Kind.NAME: "@",
    Kind.ADDRESS: "@",
    Kind.CHOICE: "@",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
    Kind.DECIMAL: "#,##0.0###",
    Kind.INTEGER: "#,##0",
}
_EXPLAINED = ("欄位", "英文名稱", "必填", "填寫種類", "意義", "可填的值", "也認得的標題")
_GUIDE = (
    "帶 * 的欄位必填。沒有資料的格子請留白（填「-」或「無」也視為空白）。",
    "日期可寫 2026-11-22、115/11/22 或 民國115年11月22日；時間可寫 2026-11-22 09:00:00 或 115/11/22 上午 09:00。",
    "可以增加自己的欄位，也可以調換順序；請不要更改標題的文字。",
)


def write_template_xlsx(table: Table, target: Path | BinaryIO) -> None:
    """Write a table's template: headings (required ones with *), notes, drop-downs, formats; a second sheet 說明 explains the columns.

    The same table gives the same bytes.
    """
    workbook = xlsxwriter.Workbook(target if not isinstance(target, Path) else str(target), {"in_memory": True})
    workbook.set_properties({"title": table.heading, "author": "Chahe", "created": CREATED})
    _fill_sheet(workbook, workbook.add_worksheet(table.heading), table)
    _explain(workbook, workbook.add_worksheet("說明"), table)
    workbook.close()


def write_template_csv(table: Table, target: Path | BinaryIO) -> None:
    """Write a table's headings as CSV in UTF-8 with its mark, so that Excel reads the Chinese."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([_heading(column) for column in table.columns])
    data = text.getvalue().encode("utf-8-sig")
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)


def _heading(column: Column) -> str:
    return column.heading + ("*" if column.required else "")


def _fill_sheet(workbook: Any, sheet: Any, table: Table) -> None:  # noqa: ANN401 - xlsxwriter has no types
    required = workbook.add_format({"bold": True, "bg_color": "#D9E7F5", "border": 1})
    optional = workbook.add_format({"bg_color": "#EEF2F6", "border": 1})
    for index, column in enumerate(table.columns):
        number_format = _FORMATS.get(column.kind)
        cells = workbook.add_format({"num_format": number_format}) if number_format else None
        sheet.set_column(index, index, max(12, 2 * len(column.heading) + 4), cells)
        sheet.write_string(0, index, _heading(column), required if column.required else optional)
        sheet.write_comment(0, index, _note(column), {"author": "Chahe", "x_scale": 2})
        offered = offered_values(column)
        if offered and len(",".join(offered)) <= _LONGEST_LIST:
            sheet.data_validation(1, index, LAST_ROW, index, _drop_down(offered))
    sheet.freeze_panes(1, 0)


def _note(column: Column) -> str:
    accepted = accepted_values(column).zh
    lines = [column.meaning.zh, f"填寫：{accepted or kind_words(column).zh}", "必填" if column.required else "可留白"]
    return "\n".join([*lines, f"{column.name}: {column.meaning.en}"])


def _drop_down(offered: tuple[str, ...]) -> dict[str, object]:
    return {
        "validate": "list",
        "source": list(offered),
        "error_title": "不是可填的值",
        "error_message": "請從清單中選一個值，或留白",
    }


def _explain(workbook: Any, sheet: Any, table: Table) -> None:  # noqa: ANN401 - xlsxwriter has no types
    bold = workbook.add_format({"bold": True, "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for index, width in enumerate((18, 26, 6, 22, 44, 36, 30)):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, f"{table.heading}（{table.name}）：每一列是{table.row.zh}")
    for line, sentence in enumerate(_GUIDE, 1):
        sheet.write_string(line, 0, sentence)
    top = len(_GUIDE) + 2
    for index, heading in enumerate(_EXPLAINED):
        sheet.write_string(top, index, heading, bold)
    for row, column in enumerate(table.columns, top + 1):
        values = (
            _heading(column), column.name, "是" if column.required else "否", kind_words(column).zh,
            column.meaning.zh, accepted_values(column).zh, "、".join(column.also),
        )  # fmt: skip
        for index, value in enumerate(values):
            sheet.write_string(row, index, value, wrapped)
