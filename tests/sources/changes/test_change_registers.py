"""Registers that firms keep by hand fill the tables of changes, releases and calendars: headings as their forms write them."""

import csv
import io
from datetime import date

from chahe.rules.roc import read_moment
from chahe.sources.lists.register_csv import reader
from chahe.sources.model import Head
from reading import read

FORM = (
    ("異動單號", "系統名稱", "異動類別", "異動內容", "程式名稱", "申請人員", "申請日期", "程式設計人員", "評估意見", "核准主管", "核准日期", "測試人員",
     "測試結果", "測試日期", "上線日期", "換版人員", "處理狀態"),
    ("CHG-014", "下單系統", "修正", "手續費四捨五入", "FEE010", "mei", "115/03/02", "wu", "影響範圍小", "lin", "115/03/03", "hua", "通過", "115/03/04",
     "115/03/05", "op1", "已結案"),
    ("CHG-015", "下單系統", "緊急", "報價斷線", "QUO002", "mei", "115/03/32", "wu", "", "", "", "", "", "", "", "", "進行中"),
)  # fmt: skip
RELEASES = (
    ("換版日期", "系統名稱", "上線環境", "程式版本", "異動單號", "換版人員", "換版結果"),
    ("115/03/05 18:30", "下單系統", "正式", "v2.3.0", "CHG-014", "op1", "成功"),
)
DRILLS = (
    ("演練名稱", "演練開始時間", "演練結束時間", "演練地點", "參加人員"),
    ("備援演練", "115/03/07 10:00", "115/03/07 12:00", "備援機房", "王小梅"),
)


def written(rows: tuple[tuple[str, ...], ...]) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue().encode("cp950")


def at(text: str) -> int:
    return read_moment(text, "Asia/Taipei")


def test_a_register_of_change_forms_fills_the_change_requests() -> None:
    reading = read(reader, written(FORM))
    (row,) = reading.rows["change_requests"]

    assert reader.recognise(Head("a.csv", written(FORM), whole=True)) is not None
    assert {name: value for name, value in row.items() if name != "place"} == {
        "request_id": "CHG-014", "system": "下單系統", "change_type": "修正", "title": "手續費四捨五入", "program": "FEE010",
        "requester": "mei", "requested_on": date(2026, 3, 2), "developer": "wu", "opinion": "影響範圍小", "approvers": "lin",
        "approved_on": date(2026, 3, 3), "tester": "hua", "test_result": "passed", "tested_on": date(2026, 3, 4),
        "released_on": date(2026, 3, 5), "released_by": "op1", "state": "closed",
    }  # fmt: skip
    assert [(reject.place, reject.value) for reject in reading.rejects] == [(3, "115/03/32")]


def test_a_register_of_releases_fills_the_deployments() -> None:
    (row,) = read(reader, written(RELEASES)).rows["deployments"]

    assert (row["deployed_at_us"], row["environment"], row["request_id"], row["outcome"]) == (
        at("2026-03-05 18:30"),
        "正式",
        "CHG-014",
        "success",
    )


def test_a_register_of_drills_fills_the_calendar() -> None:
    (row,) = read(reader, written(DRILLS)).rows["calendar_events"]

    assert (row["summary"], row["begins_at_us"], row["location"]) == ("備援演練", at("2026-03-07 10:00"), "備援機房")
