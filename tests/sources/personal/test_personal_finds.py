"""What is taken for personal data in lines and files, and what only looks like it."""

import re
from collections.abc import Iterable, Sequence

import pytest

from chahe.sources.personal.finds import PREFILTER, finds, hidden
from chahe.sources.personal.tally import Place, Tally
from chahe.sources.personal.words import cells_of


def _held(lines: Iterable[str], headings: Sequence[str] = ()) -> dict[str, int]:
    """By kind how many a file of these lines holds."""
    tally = Tally()
    for number, line in enumerate(lines, 1):
        for one in finds(line, headings):
            tally.take(one, Place(number, None, f"{number}:{one.start + 1}"))
    return {one.kind: one.found for one in tally.held()}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("2026-11-02 09:00:01 DEBUG 客戶A123456789登入", "national_id"),
        ("GET /api/customer/A123456789?lang=zh", "national_id"),
        ('{"id_no":"a123456789"}', "national_id"),
        ("居留證號 AC01234567", "resident_id"),
        ("統一證號：A800000014。", "resident_id"),
        ("簡訊已送 0912345678", "mobile"),
        ("電話=0912-345-678;", "mobile"),
        ("to +886 912 345 678", "mobile"),
        ("客戶 (02)2345-6789", "landline"),
        ("聯絡人電話 037-234567", "landline"),
        ("pay 4111 1111 1111 1111", "card"),
        ("pay 3782-822463-10005", "card"),
        ("交割帳號: 012-3456789012", "bank_account"),
        ("bank_account=00123456789012", "bank_account"),
        ("證券帳號 9A00-1234567", "trading_account"),
        ("姓名：王小明 住址：臺北市信義區信義路五段7號", "address_with_name"),
        ("001,王小明,新北市板橋區中山路一段161號3樓,備註", "address_with_name"),
    ],
)
def test_personal_data_of_each_kind_is_found(line: str, kind: str) -> None:
    assert _held([line]) == {kind: 1}
    # Lines are looked at only where the prefilter lets them through; its language is RE2's, but for letter case alike.
    assert re.search(PREFILTER, line, re.ASCII)


@pytest.mark.parametrize(
    "line",
    [
        "客戶 A12****789、王○明、0912-***-678、4111-****-****-1111",
        "A123456788 wrong check digit",
        "order_id=A123456789 accepted",
        "委託書號 A123456789",
        "eventtime=1716350400123456 epoch 1716350400 ms 1716350400123",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "commit b123456789abcdef0123456789abcdef01234567",
        "c123456789 md5 prefix in small letters",
        "uuid 0912345678-4111-1111-1111-111111111111",
        "seq=0912345678",
        "x0912345678 and 0912345678x and 1.0912345678",
        "version 02-2345.6789 of 2026-05-02",
        "本公司電話 02-2345-6789",
        "帳號 chen 於 10.0.0.1 登入",
        "account=admin sessionid=00123456789012",
        "公司地址：臺北市信義區信義路五段7號",
        "001,王○明,新北市板橋區中山路一段161號,備註",
        "8=FIX.4.4|11=W000000123|1=9812345|52=20261122-01:02:03.123456|10=123|",
    ],
)
def test_what_only_looks_like_personal_data_is_left_alone(line: str) -> None:
    assert _held([line]) == {}


def test_numbers_of_a_field_that_mostly_fail_their_check_digits_are_order_numbers() -> None:
    numbers = [f"|37=W1{number * 7919 % 10**8:08}|" for number in range(40)]

    assert sum(one.sound for line in numbers for one in finds(line)) > 0
    assert _held(numbers) == {}


def test_one_wrong_number_among_sound_ones_does_not_hide_them() -> None:
    assert _held(["|7=A123456789|", "|7=F131104093|", "|7=A123456788|"]) == {"national_id": 2}


def test_numbers_given_out_one_after_another_are_a_series() -> None:
    assert _held([f"ticket 09123456{number:02}" for number in range(0, 40, 3)]) == {}
    assert _held([f"mobile 09123456{number:02}" for number in range(0, 40, 3)]) == {"mobile": 14}


def test_one_persons_number_seen_often_is_no_series() -> None:
    assert _held(["call 0912345678"] * 50) == {"mobile": 50}


def test_a_heading_says_what_its_column_holds() -> None:
    headings = cells_of("單號,戶名,扣款帳號,金額,備註\n")

    assert _held(["A123456789,王大同,00123456789012,100,無"], headings) == {"bank_account": 1}
    assert _held(["A123456789,王大同,00123456789012,100,無"]) == {"national_id": 1}


def test_a_line_of_numbers_is_no_heading() -> None:
    assert cells_of("2026-11-22,王大同,帳號,1") == ()


@pytest.mark.parametrize(
    "line",
    [
        "A123456789 0912-345-678 4111111111111111",
        "交割帳號 012-3456789012",
        "客戶,00123456789012,x",
        "(02)2345-6789",
        "姓名：王小明 臺北市信義區信義路五段7號",
    ],
)
def test_a_quoted_record_shows_none_of_it(line: str) -> None:
    shown = hidden(line)

    assert not re.search(r"\d{8}|345-678|2345|信義路", shown), shown
    assert "*" in shown or "…" in shown
