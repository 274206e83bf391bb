"""Which table a heading row is for, over all the declared tables."""

import pytest

from chahe.sources.lists.headings import Doubt, Fit, fit, heading_key, judge, keys, loadable, suggestions, table_named

TABLES = pytest.mark.parametrize("table", loadable(), ids=lambda table: table.name)


@TABLES
def test_no_two_columns_of_a_table_share_a_heading(table):
    claims: dict[str, set[str]] = {}
    for column in table.columns:
        for heading in (column.name, column.heading, *column.also):
            claims.setdefault(heading_key(heading), set()).add(column.name)
    assert {key: names for key, names in claims.items() if len(names) > 1} == {}


@TABLES
def test_a_table_is_told_by_its_own_headings_in_either_language_and_any_order(table):
    for row in ([column.heading for column in table.columns], [column.name for column in reversed(table.columns)]):
        verdict = judge(row, None)
        assert isinstance(verdict, Fit)
        assert (verdict.table, verdict.ignored, verdict.missing) == (table, (), ())
        assert set(verdict.columns) == set(table.names)


@TABLES
def test_a_table_is_never_told_with_a_required_column_missing(table):
    for missing in (column for column in table.columns if column.required):
        verdict = judge([column.heading for column in table.columns if column is not missing], table)
        assert not isinstance(verdict, Fit)
        if isinstance(verdict, Doubt):
            assert missing.heading in verdict.why.zh
            assert missing.name in verdict.why.en
        assert isinstance(
            judge([one.heading for one in table.columns if one is not missing], table, {missing.name}), Fit
        )


@TABLES
def test_a_table_is_named_in_either_language(table):
    assert table_named(table.name) is table_named(f" {table.heading} ") is table


def test_a_derived_table_is_never_loaded():
    assert table_named("log_hours") is None
    assert "log_hours" not in {table.name for table in loadable()}


def test_a_moment_is_known_without_the_ending_of_its_unit():
    assert keys("downtimes")["from"] == ("from_us", 0)
    assert keys("downtimes")["fromus"] == ("from_us", 0)


def test_the_shape_of_a_heading_does_not_matter_but_its_words_do():
    spellings = ("到職日", " 到 職 日*", "到職日（yyyy/mm/dd）", "【到職日】*", "（到職日）", "「到職日」", "到職日：")
    assert {heading_key(text) for text in spellings} == {"到職日"}
    assert heading_key("到職日期") != heading_key("到職日")


def test_only_headings_that_resemble_a_column_the_row_lacks_are_suggested():
    (table,) = (table for table in loadable() if table.name == "employees")
    found = suggestions(fit(["員工編號", "姓名", "姓 名 2", "到植日", "備註"], table))
    assert [(heading, column.name) for heading, column in found] == [("到植日", "hired_on")]


def test_cells_that_are_no_text_are_no_headings():
    assert judge([1, 2.5, None, True], None) is None
    assert judge([], None) is None
