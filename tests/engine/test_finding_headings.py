"""Headings: no reader of a finding meets the name of an SQL column, nor its codes."""

import re

import pytest

from chahe.controls.catalogue import controls
from chahe.controls.column_headings import COLUMNS
from chahe.controls.model import Control
from chahe.controls.row_headings import ROWS
from chahe.engine.headings import exception_columns, heading, headings, words
from chahe.wording import Text

every_control = pytest.mark.parametrize("control", controls().values(), ids=controls().keys())


@every_control
def test_every_column_of_an_exception_is_called_something_in_both_languages(control: Control) -> None:
    for column in exception_columns(control):
        called = heading(control, column)
        assert called is not None, column
        assert re.search(r"[\u4e00-\u9fffA-Z]", called.zh), (column, called)
        assert called.en, (column, called)
        assert "_" not in called.zh + called.en, (column, called)


def test_no_heading_is_kept_that_no_control_shows() -> None:
    shown = {re.sub(r"_(zh|en)$", "", name) for control in controls().values() for name in exception_columns(control)}
    assert set(COLUMNS) | set(ROWS) <= shown


def test_a_column_that_nothing_names_goes_by_its_own_name() -> None:
    control = controls()["money-between-staff-and-customer"]
    assert heading(control, "never_heard_of") is None
    assert headings(control, [{"never_heard_of": 1, "hub_amount": 2}]) == {
        "never_heard_of": ("never_heard_of", "never_heard_of"),
        "hub_amount": COLUMNS["hub_amount"],
    }


def test_a_wording_in_both_languages_has_one_heading() -> None:
    control = controls()["shared-contact"]
    assert heading(control, "ties_zh") == heading(control, "ties_en") == COLUMNS["ties"]


def test_codes_are_told_in_words_where_the_control_or_its_table_has_them() -> None:
    control = controls()["money-between-staff-and-customer"]
    rows = [{"defect": "hub", "way": "direct", "person_id": "hub"}, {"defect": "single", "way": None}]
    assert words(control, rows) == {
        "defect": {"hub": control.words["hub"], "single": control.words["single"]},
        "way": {"direct": control.words["direct"]},
    }
    looked = words(controls()["customer-data-query-unapproved"], [{"action": "view"}])
    assert looked == {"action": {"view": Text("檢視", "viewed")}}
