"""Lists in Excel workbooks, told by their headings."""

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chahe.sources.lists.register_xlsx import reader
from chahe.sources.model import Context, Head, Reject, Skip, Unreadable
from chahe.sources.reading import workbooks
from reading import NOON_2026_11_22, read, shared_data

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADINGS = ["員工編號", "姓名", "到職日"]


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """A workbook as a person saves it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def recognise(data: bytes, name: str = "list.xlsx"):
    return reader.recognise(Head(name, data[: 1 << 16], len(data) <= 1 << 16))


def units(data: bytes, **given_settings: str):
    return list(reader.read(BytesIO(data), Context(NOON_2026_11_22, given_settings)))


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as stop:
        units(data)
    return stop.value.why.en


GOOD = workbook(("名冊", [HEADINGS, ["e001", "王", date(2026, 1, 2)], ["e002", "李", "115/05/01"]]))


def test_it_reads_a_sheet_whose_part_is_its_name():
    assert recognise(GOOD).sureness == 90
    header, *records = units(GOOD)
    assert header == Skip(1, header.why, "名冊", "employees")
    assert [record.part for record in records] == ["名冊", "名冊"]
    assert read(reader, GOOD).rows["employees"] == [
        {"place": 2, "person_id": "e001", "name": "王", "hired_on": date(2026, 1, 2)},
        {"place": 3, "person_id": "e002", "name": "李", "hired_on": date(2026, 5, 1)},
    ]


def test_it_reads_every_kind_of_value_that_excel_keeps():
    rows = [
        ["檢核編號", "風控系統", "檢核時間", "委託編號", "價格", "數量", "結果"],
        [1001, "RISK", datetime(2026, 11, 22, 12), 7.0, 78.35, 2000.0, "通過"],  # noqa: DTZ001 - Excel knows no zone
    ]
    assert read(reader, workbook(("檢核", rows))).rows["risk_checks"] == [
        {
            "place": 2, "check_id": "1001", "engine": "risk", "checked_at_us": NOON_2026_11_22, "order_id": "7",
            "price": Decimal("78.35"), "quantity": 2000, "result": "passed",
        }
    ]  # fmt: skip


def test_titles_merged_cells_blank_rows_and_totals_are_skipped():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = "一一五年員工名冊"
    sheet.merge_cells("B2:D2")
    for column, heading in zip("BCD", HEADINGS, strict=True):
        sheet[f"{column}5"] = heading
    sheet["B6"] = "e001"
    sheet["B8"], sheet["C8"] = "合計", 1
    sheet["B9"] = "註：本表每月更新"
    reading = read(reader, saved(book))
    assert reading.rows["employees"] == [{"place": 6, "person_id": "e001"}]
    assert [(place, why.en.split(" (")[0]) for place, why in reading.skips] == [
        (1, "blank row"), (2, "text above the heading row"), (3, "blank row"), (4, "blank row"),
        (5, "heading row of employees"), (7, "blank row"), (8, "row of totals"), (9, "note"),
    ]  # fmt: skip


def test_every_sheet_is_a_list_of_its_own_and_hidden_ones_are_read():
    book = openpyxl.load_workbook(BytesIO(GOOD))
    hidden = book.create_sheet("廠商")
    hidden.append(["人員編號", "廠商", "契約編號"])
    hidden.append(["v001", "某某資訊", "C-1"])
    hidden.sheet_state = "hidden"
    book.create_sheet("封面").append(["機密文件"])
    book.create_sheet("空白")
    reading = read(reader, saved(book))
    assert {name: len(rows) for name, rows in reading.rows.items()} == {"employees": 2, "vendor_staff": 1}
    assert (1, "sheet “封面” has the headings of no evidence table and is not used") in [
        (place, why.en) for place, why in reading.skips
    ]
    assert reading.rejects == []


def test_a_sheet_with_a_renamed_heading_is_rejected_row_by_row_and_the_others_are_read():
    data = workbook(
        ("舊版", [["員工編碼", "姓名", "到職日"], ["e003", "張", "115/1/1"]]),
        ("名冊", [HEADINGS, ["e001", "王", None]]),
    )
    reading = read(reader, data)
    assert len(reading.rows["employees"]) == 1
    assert [(reject.place, reject.part) for reject in reading.rejects] == [(1, "舊版"), (2, "舊版")]
    assert "“員工編碼” is not known, the closest is 員工編號" in reading.rejects[0].why.en


def test_a_key_that_stands_on_two_sheets_is_rejected_naming_sheet_and_row():
    data = workbook(("總公司", [HEADINGS, ["e001", "王", None]]), ("分公司", [HEADINGS, ["E001", "王", None]]))
    (reject,) = read(reader, data).rejects
    assert reject == Reject(2, reject.why, "person_id", "e001", "分公司")
    assert "工作表「總公司」第 2 列" in reject.why.zh
    assert "row 2 of sheet “總公司”" in reject.why.en


def test_a_workbook_with_headings_alone_names_its_table():
    (only,) = units(workbook(("名冊", [HEADINGS])))
    assert isinstance(only, Skip)
    assert only.table == "employees"


@pytest.mark.parametrize(
    ("cells", "column", "value", "said"),
    [
        ([None, "王", None], "person_id", None, "undo merged cells"),
        (["e003", "#REF!", None], "name", "#REF!", "formula"),
        (["e003", "王", 46348], "hired_on", "46348", "serial number"),
        (["e003", "王", "11/22/2026"], "hired_on", "11/22/2026", "ends with the year"),
        (["e003", "王", time(9)], "hired_on", "09:00:00", "a day is expected"),
        (["e003", "王", None, "x"], None, "x", "where there is no heading"),
    ],
)
def test_a_bad_row_is_rejected_with_column_value_and_reason(cells, column, value, said):
    (reject,) = read(reader, workbook(("名冊", [HEADINGS, ["e001", "王", None], cells]))).rejects
    assert (reject.place, reject.column, reject.value, reject.part) == (3, column, value, "名冊")
    assert said in reject.why.en


def test_a_day_alone_is_no_moment_even_where_excel_keeps_it_as_midnight():
    rows = [["設備名稱", "停機開始", "停機結束"], ["fw1", date(2026, 11, 20), datetime(2026, 11, 21, 0, 0)]]  # noqa: DTZ001 - Excel knows no zone
    (reject,) = read(reader, workbook(("停機", rows))).rejects
    assert reject.column == "from_us"
    assert "without a time of day" in reject.why.en


def test_a_formula_without_its_result_is_rejected_with_what_to_do():
    (reject,) = read(reader, workbook(("名冊", [HEADINGS, ['="e"&"001"', "王", None]]))).rejects
    assert (reject.column, reject.value) == ("person_id", '="e"&"001"')
    assert "請用 Excel 開啟後存檔" in reject.why.zh


def test_a_formula_with_its_result_gives_the_result():
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("名冊")
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_formula(1, 0, '="e"&"001"', None, "e001")
    book.close()
    assert read(reader, out.getvalue()).rows["employees"] == [{"place": 2, "person_id": "e001"}]


@pytest.mark.parametrize("stream", ["Workbook", "EncryptedPackage"])
def test_old_and_password_protected_workbooks_are_known_and_refused_with_what_to_do(stream):
    data = OLE + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512
    assert recognise(data, "名冊").sureness == 80
    assert "save it as .xlsx without a password" in refusal(data)


def test_a_declared_list_that_cannot_be_read_says_which_table_has_a_hole_now():
    for data in (OLE + b"\0" * 600, GOOD[:200], workbook(("封面", [["機密文件"]]))):
        with pytest.raises(Unreadable) as stop:
            units(data, table="employees")
        assert stop.value.tables == ("employees",)


def test_other_ole_files_are_left_to_others():
    assert recognise(OLE + b"\0" * 600, "letter.doc") is None
    assert recognise(OLE + b"\0" * 600, "名冊.XLS") is not None


def test_a_workbook_that_unpacks_beyond_measure_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(80 << 20))
    assert "unpacks to 83,886,080 bytes" in refusal(out.getvalue())


def test_an_archive_that_is_no_workbook_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    assert recognise(out.getvalue(), "a.ods") is None
    assert "no .xlsx workbook" in refusal(out.getvalue())


def _rewritten(data: bytes, name: str, change) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return out.getvalue()


def test_entities_in_a_sheet_are_never_expanded():
    bomb = b'<!DOCTYPE w [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]>'
    data = _rewritten(GOOD, "xl/worksheets/sheet1.xml", lambda xml: bomb + xml.replace(b"<v>0</v>", b"<v>&b;</v>"))
    assert "damaged" in refusal(data)


def test_a_row_number_beyond_excels_last_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "LAST_ROW", 1000)
    data = _rewritten(GOOD, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<row r="3"', b'<row r="99999999"'))
    reading = read(reader, data)
    assert reading.units == 1001
    assert "beyond Excel's last" in reading.rejects[-1].why.en


def test_rows_out_of_order_are_refused_since_some_would_be_lost():
    data = _rewritten(GOOD, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<row r="3"', b'<row r="2"'))
    assert "row 2 stands after row 2" in refusal(data)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100, GOOD[:200], GOOD[:-30]])
def test_a_workbook_cut_short_is_refused(data):
    with pytest.raises(Unreadable, match="damaged"):
        units(data)


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        (("registers", "ciso-assistant", "users_template.xlsx"), 3),
        (("registers", "ciso-assistant", "third_parties_template.xlsx"), 16),
        (("registers", "ciso-assistant", "Template_mesures_mss.xlsx"), 106),
        (("registers", "compliance-trestle", "good.xlsx"), 11),
        (("vuln_scan", "DefectDojo", "deepfence_threatmapper", "vulnerability_report_newformat.xlsx"), 255),
    ],
)
def test_real_workbooks_of_other_kinds_are_left_aside_row_by_row_and_then_refused(parts, rows):
    data = shared_data(*parts).read_bytes()
    assert recognise(data) is None
    reading = read(reader, data)
    assert (len(reading.skips), len(reading.rejects)) == (rows, 1)
    assert "no heading row of any evidence table" in reading.rejects[0].why.en


def test_a_workbook_larger_than_the_head_is_known_by_its_name():
    assert reader.recognise(Head("list.xlsx", GOOD[:100], whole=False)).sureness == 30
    assert reader.recognise(Head("list.zip", GOOD[:40], whole=False)) is None


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damage_raises_nothing_but_unreadable(data):
    where = data.draw(
        st.sampled_from(
            ["whole", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"]
        )
    )

    def change(content: bytes) -> bytes:
        at = data.draw(st.integers(0, len(content) - 1))
        return content[:at] + data.draw(st.binary(max_size=6)) + content[at + data.draw(st.integers(0, 40)) :]

    damaged = change(GOOD) if where == "whole" else _rewritten(GOOD, where, change)
    recognise(damaged)
    reading = read(reader, damaged)
    places = sum(len(rows) for rows in reading.rows.values())
    assert reading.units == places + len(reading.skips) + len(reading.rejects)


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_unreadable(data):
    for start in (b"", b"PK\x03\x04", OLE):
        recognise(start + data)
        read(reader, start + data)


def test_a_number_shown_with_leading_zeros_keeps_them():
    book = openpyxl.Workbook()
    book.active.append(["員工編號", "姓名"])
    book.active.append([7, 50])
    book.active["A2"].number_format = "0000"
    (row,) = read(reader, saved(book)).rows["employees"]
    assert (row["person_id"], row["name"]) == ("0007", "50")


def test_the_raw_row_behind_a_place_is_shown_with_its_coordinates_and_formulas():
    data = workbook(("名冊", [HEADINGS, ["e001", None, date(2026, 1, 2)], ['="e"&"2"', "李", None]]))
    assert reader.excerpt(BytesIO(data), 2, "名冊") == "A2: e001\nC2: 2026-01-02"
    assert reader.excerpt(BytesIO(data), 3, "名冊") == 'A3:   (="e"&"2")\nB3: 李'
    for place, part in ((9, "名冊"), (1, "別張")):
        with pytest.raises(Unreadable, match="no record"):
            reader.excerpt(BytesIO(data), place, part)
