"""Lists in delimited text, told by their headings."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.sources.lists.register_csv import reader
from chahe.sources.model import Context, Head, Records, Reject, Skip, Unreadable
from reading import NOON_2026_11_22, read, shared_data

EMPLOYEES = "員工編號,姓名,到職日,離職日\r\nE001,王小明,115/01/02,\r\ne002,李四,2020-05-01,無\r\n"
TWO = [
    {"place": 2, "person_id": "e001", "name": "王小明", "hired_on": date(2026, 1, 2)},
    {"place": 3, "person_id": "e002", "name": "李四", "hired_on": date(2020, 5, 1)},
]


def recognise(data: bytes, *, whole: bool = True):
    return reader.recognise(Head("list.csv", data, whole))


def units(data: bytes, **settings: str):
    return list(reader.read(BytesIO(data), Context(NOON_2026_11_22, settings)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp950"])
def test_it_reads_every_encoding_that_spreadsheets_write(encoding):
    data = EMPLOYEES.encode(encoding)
    assert recognise(data).sureness == 90
    assert read(reader, data).rows == {"employees": TWO}


def test_it_reads_utf_16_with_its_mark_whichever_end_comes_first():
    assert read(reader, ("\ufeff" + EMPLOYEES).encode("utf-16-be")).rows == {"employees": TWO}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_it_finds_the_delimiter_under_which_the_headings_fit(delimiter):
    data = EMPLOYEES.replace(",", delimiter).encode()
    assert recognise(data)
    assert read(reader, data).rows == {"employees": TWO}


@pytest.mark.parametrize(
    "heading",
    [
        "員工編號",
        "員工編號*",
        "員 工 編 號",
        "員工編號（必填）",
        "【人事】員工編號",
        "person_id",
        "Person ID",
        "PERSON-ID",
        "工號",
        "員工編號：",
    ],
)
def test_a_heading_is_known_by_any_of_its_spellings(heading):
    data = f"{heading},姓名\ne001,王\n".encode()
    assert read(reader, data).rows["employees"] == [{"place": 2, "person_id": "e001", "name": "王"}]


def test_titles_blank_rows_totals_and_notes_are_skipped_with_what_they_are():
    data = "員工名冊\n製表日,115/11/22\n\n員工編號,姓名,到職日\ne001,王,115/1/2\n\n員工編號,姓名,到職日\ne002,李,\n合計,2,\n註：不含工讀生\n".encode()
    reading = read(reader, data)
    assert [row["place"] for row in reading.rows["employees"]] == [5, 8]
    assert [(place, why.en) for place, why in reading.skips] == [
        (1, "text above the heading row"),
        (2, "text above the heading row"),
        (3, "blank row"),
        (4, "heading row of employees (員工名冊)"),
        (6, "blank row"),
        (7, "the heading row again"),
        (9, "row of totals"),
        (10, "note"),
    ]
    assert reading.rejects == []


def test_a_heading_row_names_its_table_even_where_no_row_follows():
    (only,) = units("系統名稱,帳號\n".encode())
    assert only == Skip(1, only.why, table="user_accounts")


def test_unknown_columns_are_allowed_and_named_once_with_the_heading_they_resemble():
    reading = read(reader, "員工編號,姓名,性別,到值日\ne001,王,男,115/1/2\n".encode())
    assert reading.rows["employees"] == [{"place": 2, "person_id": "e001", "name": "王"}]
    ((_, why),) = reading.skips
    assert why.zh == "標題列：「員工名冊」；未採用的欄位：性別、到值日；不認得「到值日」，最接近的是「到職日」"


def test_a_renamed_required_heading_rejects_the_list_and_names_the_closest():
    data = "員工編碼,姓名,到職日\ne001,王,115/1/2\n\n".encode()
    assert recognise(data).sureness == 15
    reading = read(reader, data)
    assert reading.rows == {}
    assert [reject.place for reject in reading.rejects] == [1, 2]
    assert reading.rejects[0].why.zh == (
        "看來是「員工名冊」，但缺少必填欄位「員工編號」；不認得「員工編碼」，最接近的是「員工編號」。請依範本更正標題後重新匯入"
    )
    assert "heading row (1)" in reading.rejects[1].why.en
    assert reading.rejects[0].tables == ("employees",)


def test_headings_that_fit_two_tables_equally_are_refused_until_the_table_is_declared():
    data = b"review_id,system,device,reviewed_on\nR1,GW,FW1,115/1/2\n"
    reading = read(reader, data)
    assert reading.rows == {}
    assert "access_reviews and firewall_rule_reviews" in reading.rejects[0].why.en
    assert "「帳號權限審查紀錄」與「防火牆規則檢視紀錄」" in reading.rejects[0].why.zh
    assert {"access_reviews", "firewall_rule_reviews"} <= set(reading.rejects[0].tables)
    declared = read(reader, data, table="firewall_rule_reviews")
    assert declared.rows["firewall_rule_reviews"] == [
        {"place": 2, "review_id": "R1", "device": "fw1", "reviewed_on": date(2026, 1, 2)}
    ]
    assert read(reader, data, table="帳號權限審查紀錄").rows["access_reviews"][0]["system"] == "gw"


def test_a_declared_table_that_does_not_exist_is_refused():
    reading = read(reader, EMPLOYEES.encode(), table="staff")
    assert "“staff”, which is no evidence table" in reading.rejects[0].why.en


def test_a_setting_fills_a_column_that_the_list_lacks():
    data = "帳號,最高權限,權限\nroot,是,wheel\n".encode()
    assert read(reader, data).rows == {}
    (row,) = read(reader, data, system="Order-GW").rows["account_rights"]
    assert row == {"place": 2, "system": "order-gw", "account": "root", "right_name": "wheel", "top_privilege": True}


def test_a_setting_never_replaces_what_the_list_says():
    data = "系統名稱,帳號\ngw,root\n".encode()
    assert read(reader, data, system="other").rows["user_accounts"][0]["system"] == "gw"


def test_a_setting_that_cannot_be_read_stops_the_load():
    reading = read(reader, "系統名稱,帳號\ngw,root\n".encode(), enabled="maybe")
    assert reading.rows == {}
    assert (reading.rejects[0].column, reading.rejects[0].value) == ("enabled", "maybe")


def test_a_row_with_the_key_of_another_is_rejected_naming_the_first():
    reading = read(reader, "員工編號,姓名\ne001,王\ne002,李\nE001,王\n".encode())
    (reject,) = reading.rejects
    assert reject == Reject(4, reject.why, "person_id", "e001")
    assert reject.why.zh == "與第 2 列重複（員工編號 = e001）；同一份檔案中請只保留一列"
    assert reject.why.en.startswith("the same as row 2 (person_id = e001)")


def test_a_log_without_a_key_may_hold_the_same_row_twice():
    row = "2026-11-22 09:00,fw1,放行,10.0.0.1\n"
    reading = read(reader, ("發生時間,設備名稱,處置,來源位址\n" + row + row).encode())
    assert len(reading.rows["firewall_events"]) == 2


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        ("e001,王,11/22/2026,", "hired_on", "11/22/2026", "ends with the year"),
        (",王,115/1/2,", "person_id", "", "required person_id (員工編號) is blank"),
        ("e001,王,115/1/2,,,x", None, "x", "where there is no heading"),
        ("e001,王,115/2/30,99/1/1", "hired_on", "115/2/30", "does not exist in the calendar; "),
        ("e001,#N/A,115/1/2,", "name", "#N/A", "formula"),
        ("e001,a\0b,115/1/2,", None, "a\\0b", "NUL"),
        ('e001,"王"x,115/1/2,', None, None, "unpaired quotes"),
        ("e001,a\rb,115/1/2,", None, None, "unpaired quotes or line ends"),
        ("e001," + "x" * (1 << 20) + ",,", None, None, "longer than 1 MiB"),
        ('e001,"' + "x" * (1 << 18) + '",,', None, None, "field larger"),
    ],
)
def test_a_bad_row_is_rejected_with_column_value_and_reason_and_the_next_is_read(row, column, value, said):
    reading = read(reader, f"員工編號,姓名,到職日,離職日\n{row}\ne009,李,115/1/3,\n".encode())
    (reject,) = reading.rejects
    assert (reject.place, reject.column, reject.value) == (2, column, value)
    assert said in reject.why.en
    assert [one["person_id"] for one in reading.rows["employees"]] == ["e009"]


def test_a_line_in_another_encoding_is_rejected_not_guessed():
    data = "員工編號,姓名\ne001,王小明\n".encode() + "e002,李四\n".encode("cp950") + "e003,張三\n".encode()
    reading = read(reader, data)
    assert [row["person_id"] for row in reading.rows["employees"]] == ["e001", "e003"]
    assert reading.rejects[0].place == 3
    assert "\\xa7\\xf5" in reading.rejects[0].value
    assert "are not UTF-8" in reading.rejects[0].why.en


def test_a_character_outside_cp950_is_rejected_in_a_cp950_file():
    data = "員工編號,姓名\ne001,王小明\n".encode("cp950") + b"e002,\x87\x40\n" + "e003,張三\n".encode("cp950")
    reading = read(reader, data)
    assert [row["name"] for row in reading.rows["employees"]] == ["王小明", "張三"]
    assert "are not CP950" in reading.rejects[0].why.en


def test_a_cell_may_run_over_lines_and_places_count_records():
    reading = read(reader, '員工編號,姓名\r\ne001,"王\r\n小明"\r\ne002,李\r\n'.encode())
    assert reading.rows["employees"][0]["name"] == "王\r\n小明"
    assert reading.rows["employees"][1]["place"] == 3


def test_a_quote_that_is_never_closed_is_rejected_with_its_lines():
    reading = read(reader, '員工編號,姓名\ne001,王\ne002,"李\ne003,張\n'.encode())
    assert len(reading.rows["employees"]) == 1
    assert "lines 3 to 4" in reading.rejects[0].why.en


def test_utf_16_cut_within_a_character_keeps_what_came_before():
    reading = read(reader, EMPLOYEES.encode("utf-16")[:-1])
    assert reading.rows["employees"][0] == TWO[0]
    assert "ends within a character" in reading.rejects[-1].why.en


def test_a_row_may_leave_out_blank_cells_at_its_end():
    assert read(reader, "員工編號,姓名,職稱\ne001\n".encode()).rows["employees"] == [{"place": 2, "person_id": "e001"}]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"hello\n", "甲,乙,丙\n1,2,3\n".encode(), b"\xff\xfe", b"\x00" * 100])
def test_a_file_without_our_headings_is_not_recognised_and_says_what_is_missing(data):
    assert recognise(data) is None
    with pytest.raises(Unreadable, match="no heading row"):
        units(data)


def test_the_closest_table_is_named_where_too_few_headings_are_known():
    with pytest.raises(Unreadable, match=r"the closest is employees .*lacks the required 員工編號"):
        units("員工編碼,姓名\ne001,王\n".encode())


def test_a_heading_that_stands_twice_is_refused():
    reading = read(reader, "員工編號,姓名,姓名\ne001,王,李\n".encode())
    assert "headings stand twice: 姓名" in reading.rejects[0].why.en


def test_the_columns_own_heading_wins_over_another_name_for_it():
    reading = read(reader, "員工編號,單位,部門\ne001,資訊處,資訊部\n".encode())
    assert reading.rows["employees"][0]["department"] == "資訊部"
    assert "未採用的欄位：單位" in reading.skips[0][1].zh


@pytest.mark.parametrize(
    "parts",
    [
        ("registers", "jc_csv", "generic", "csv-biostats.csv"),
        ("registers", "jc_csv", "generic", "csv-doublequoted.csv"),
        ("registers", "jc_csv", "generic", "csv-utf-8-bom.csv"),
        ("registers", "compliance-trestle", "bp.sample.v3.csv"),
        ("twse", "order.csv"),
        ("vuln_scan", "DefectDojo", "openvas", "report_using_openVAS.csv"),
        ("vuln_scan", "DefectDojo", "tenable", "nessus", "nessus_many_vuln.csv"),
    ],
)
def test_real_lists_of_other_kinds_are_left_to_others(parts):
    data = shared_data(*parts).read_bytes()
    assert recognise(data[: 1 << 16], whole=len(data) <= 1 << 16) is None
    with pytest.raises(Unreadable, match="no heading row"):
        units(data)


def test_a_head_cut_within_a_line_is_recognised_by_its_whole_lines():
    data = EMPLOYEES.encode("cp950")
    assert recognise(data[:-5], whole=False).sureness == 90


def test_the_same_bytes_give_the_same_units():
    assert units(EMPLOYEES.encode()) == units(EMPLOYEES.encode())


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_unreadable(data):
    recognise(data)
    read(reader, data)


@given(st.data())
def test_damage_below_the_headings_never_loses_a_row_unseen(data):
    good = EMPLOYEES.encode(data.draw(st.sampled_from(["utf-8", "cp950", "utf-16-le"])))
    at = data.draw(st.integers(0, len(good) - 1))
    damaged = good[:at] + data.draw(st.binary(max_size=4)) + good[at + data.draw(st.integers(0, 3)) :]
    reading = read(reader, damaged)
    places = {row["place"] for rows in reading.rows.values() for row in rows}
    assert reading.units == len(places) + len(reading.skips) + len(reading.rejects)


def test_every_unit_of_a_list_is_a_record_a_skip_or_a_reject():
    assert [type(unit) for unit in units(EMPLOYEES.encode())] == [Skip, Records, Records]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("註：,本表不含工讀生,,", "note"),
        ("製表人：王小明,覆核：李四,主管：張三,", "note"),
        ("※ 每月更新,,,", "note"),
        ("第 1 頁,,,", "note"),
        ("備註,,,", "note"),
        ("以上共 25 人,,,", "row of totals"),
        ("總計,25,,3", "row of totals"),
        ("Total:,25,,", "row of totals"),
    ],
)
def test_notes_signatures_and_totals_below_a_list_are_no_records(row, why):
    reading = read(reader, f"員工編號,姓名,到職日,離職日\ne001,王,115/1/2,\n{row}\n".encode())
    assert len(reading.rows["employees"]) == 1
    assert [(place, said.en) for place, said in reading.skips[1:]] == [(3, why)]


def test_a_row_that_fills_all_of_several_required_columns_is_a_record_whatever_it_begins_with():
    reading = read(reader, "系統名稱,帳號,姓名\ntotal,root,\n總計,root,\n".encode())
    assert [row["system"] for row in reading.rows["user_accounts"]] == ["total", "總計"]


def test_a_number_that_an_export_keeps_as_text_keeps_its_zeros():
    reading = read(
        reader, '檢核編號,風控系統,檢核時間,委託編號,證券代號,結果\n1,r,115/1/2 09:00,="007",="0050",通過\n'.encode()
    )
    (row,) = reading.rows["risk_checks"]
    assert (row["order_id"], row["symbol"]) == ("007", "0050")


def test_the_raw_record_behind_a_place_is_shown_as_it_stands():
    data = '員工編號;姓名\r\ne001;"王\r\n小明"\r\ne002;李\r\n'.encode("cp950")
    assert reader.excerpt(BytesIO(data), 2, None) == 'e001;"王\r\n小明"'
    assert reader.excerpt(BytesIO(data), 3, None) == "e002;李"
    assert reader.excerpt(BytesIO(data + b"\xff;x\n"), 4, None) == "\\xff;x"
    with pytest.raises(Unreadable, match="no record 9"):
        reader.excerpt(BytesIO(data), 9, None)
