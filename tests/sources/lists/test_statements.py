"""Bank statements of several layouts fill one table, as lists do."""

from datetime import date
from decimal import Decimal

import pytest

from chahe.sources.lists.register_csv import reader
from reading import read

TWO_COLUMNS = """交易日期,摘要,支出金額,存入金額,餘額,備註,對方帳號
115/03/05,跨行轉入,,"500,000","1,200,345",配息,012-0000123456789
115/03/06,現金,"30,000",,"1,170,345",,
"""
ONE_COLUMN = """帳號,戶名,記帳日,收付別,交易金額,幣別,對方銀行代碼,轉出入帳號,轉出入戶名,附言,交易序號
0012345678,林先生,2026/03/05,存入,500000,TWD,012,0000123456789,陳小姐,配息,A1
0012345678,林先生,2026/03/06,支出,30000,TWD,,,,,A2
"""
NO_COUNTERPARTY = """帳務日期,存提別,發生額,結存,交易種類,存摺備註
1150305,存入,500000,1200345,跨行轉入,配息
1150306,支出,30000,1170345,現金,
"""


def moved(row: dict[str, object]) -> tuple[object, ...]:
    """The day, and the amount with its sign, however the statement has it."""
    paid_in = row.get("paid_in") or (row.get("amount") if row.get("direction") == "in" else None)
    paid_out = row.get("paid_out") or (row.get("amount") if row.get("direction") == "out" else None)
    return row["account"], row["booked_on"], paid_in, paid_out, row.get("memo")


@pytest.mark.parametrize("statement", [TWO_COLUMNS, ONE_COLUMN, NO_COUNTERPARTY])
def test_statements_say_the_same_in_any_layout(statement):
    reading = read(reader, statement.encode(), account="0012345678")
    assert not reading.rejects
    assert [moved(row) for row in reading.rows["transfers"]] == [
        ("0012345678", date(2026, 3, 5), Decimal(500_000), None, "配息"),
        ("0012345678", date(2026, 3, 6), None, Decimal(30_000), None),
    ]


def test_counterparty_and_balance_are_kept_where_the_statement_has_them():
    two = read(reader, TWO_COLUMNS.encode(), account="1").rows["transfers"][0]
    assert (two["counterparty_account"], two["balance"], two["summary"]) == (
        "012-0000123456789",
        Decimal(1_200_345),
        "跨行轉入",
    )
    one = read(reader, ONE_COLUMN.encode()).rows["transfers"][0]
    assert (one["counterparty_bank"], one["counterparty_account"], one["counterparty_name"], one["transaction_id"]) == (
        "012",
        "0000123456789",
        "陳小姐",
        "A1",
    )


def test_a_statement_that_names_no_account_says_so():
    reading = read(reader, TWO_COLUMNS.encode())
    assert not reading.rows
    assert "account" in reading.rejects[0].why.en
