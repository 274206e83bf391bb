"""A firm may be stricter than the rule, never looser."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.rules.citation import Sureness
from chahe.rules.parameter import (
    LooserParameter,
    Parameter,
    RefusedParameter,
    Stricter,
    Unit,
    WrongParameter,
    override,
)
from chahe.rules.periods import Period, ends_on
from chahe.wording import Text

WHY = Text("規範所定", "the rule's own limit")
numbers = st.integers(1, 500)


def parameter(value: int | tuple[str, ...], unit: Unit, stricter: Stricter) -> Parameter:
    return Parameter(value, unit, stricter, WHY, Sureness.DECK)


PASSWORD_AGE = parameter(3, Unit.MONTHS, Stricter.LOWER)
RETENTION = parameter(3, Unit.YEARS, Stricter.HIGHER)
DEFAULT_NAMES = parameter(("root", "sa"), Unit.NAMES, Stricter.MORE)
MARGIN = parameter(150, Unit.COUNT, Stricter.FREE)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        pytest.param(PASSWORD_AGE, 3, id="lower: at the rule's value"),
        pytest.param(PASSWORD_AGE, 2, id="lower: just below"),
        pytest.param(RETENTION, 3, id="higher: at the rule's value"),
        pytest.param(RETENTION, 4, id="higher: just above"),
        pytest.param(DEFAULT_NAMES, ["root", "sa"], id="more: the same names"),
        pytest.param(DEFAULT_NAMES, ["admin", "sa", "root"], id="more: one added"),
        pytest.param(MARGIN, 1, id="free: lower"),
        pytest.param(MARGIN, 900, id="free: higher"),
        pytest.param(MARGIN, 0, id="free: none"),
    ],
)
def test_an_equal_or_stricter_value_is_taken(rule: Parameter, value: object) -> None:
    taken = override("limit", rule, value)
    assert taken.value == (tuple(value) if isinstance(value, list) else value)
    assert (taken.unit, taken.stricter, taken.sureness) == (rule.unit, rule.stricter, rule.sureness)


@pytest.mark.parametrize(
    ("rule", "value", "message"),
    [
        pytest.param(
            PASSWORD_AGE,
            4,
            "Parameter limit is set to 4 months, looser than the rule's 3 months: may only be equal or lower. "
            "Use the rule's value or a stricter one.",
            id="lower: just above",
        ),
        pytest.param(
            RETENTION,
            2,
            "Parameter limit is set to 2 years, looser than the rule's 3 years: may only be equal or higher. "
            "Use the rule's value or a stricter one.",
            id="higher: just below",
        ),
        pytest.param(
            RETENTION,
            1,
            "Parameter limit is set to 1 year, looser than the rule's 3 years: may only be equal or higher. "
            "Use the rule's value or a stricter one.",
            id="higher: one year",
        ),
        pytest.param(
            DEFAULT_NAMES,
            ("root", "admin"),
            "Parameter limit is set to [root, admin], looser than the rule's [root, sa]: entries may only be added, "
            "none left out; missing: sa. Use the rule's value or a stricter one.",
            id="more: one left out",
        ),
    ],
)
def test_a_looser_value_is_refused_and_named(rule: Parameter, value: object, message: str) -> None:
    with pytest.raises(LooserParameter) as refusal:
        override("limit", rule, value)
    assert refusal.value.text.en == str(refusal.value) == message


def test_the_refusal_in_chinese_names_parameter_values_and_direction() -> None:
    with pytest.raises(LooserParameter) as refusal:
        override("max_age", PASSWORD_AGE, 4)
    assert refusal.value.text.zh == (
        "參數 max_age 設為 4 個月，較規範值 3 個月寬鬆：只能等於或低於規範值。請改用規範值或更嚴格的值。"
    )


@pytest.mark.parametrize("rule", [PASSWORD_AGE, RETENTION, MARGIN])
@pytest.mark.parametrize("value", [True, False, "3", 2.5, 3.0, None, -1, [3], ("3",)])
def test_a_number_must_be_a_whole_number(rule: Parameter, value: object) -> None:
    with pytest.raises(WrongParameter) as refusal:
        override("limit", rule, value)
    for wording in refusal.value.text:
        assert "limit" in wording
        assert repr(value) in wording


@pytest.mark.parametrize("rule", [PASSWORD_AGE, RETENTION])
def test_a_legal_period_of_nothing_is_refused(rule: Parameter) -> None:
    with pytest.raises(WrongParameter, match="at least 1"):
        override("limit", rule, 0)


@pytest.mark.parametrize("value", ["root", 3, None, ["root", "sa", 3], ["root", "sa", " "], {"root": 1}, True])
def test_names_must_be_a_list_of_names(value: object) -> None:
    with pytest.raises(WrongParameter, match="must be a list of names"):
        override("limit", DEFAULT_NAMES, value)


def test_every_refusal_is_a_value_error_of_one_kind() -> None:
    assert issubclass(LooserParameter, RefusedParameter)
    assert issubclass(WrongParameter, RefusedParameter)
    assert issubclass(RefusedParameter, ValueError)


@given(numbers, numbers)
def test_lower_and_higher_refuse_opposite_sides(rule: int, value: int) -> None:
    refused = set()
    for stricter in (Stricter.LOWER, Stricter.HIGHER, Stricter.FREE):
        try:
            assert override("limit", parameter(rule, Unit.DAYS, stricter), value).value == value
        except LooserParameter:
            refused.add(stricter)
    assert refused == ({Stricter.LOWER} if value > rule else {Stricter.HIGHER} if value < rule else set())


@given(st.sets(st.sampled_from("abcdef"), min_size=1), st.sets(st.sampled_from("abcdef")))
def test_a_list_may_only_grow(rule: set[str], value: set[str]) -> None:
    listed = parameter(tuple(sorted(rule)), Unit.NAMES, Stricter.MORE)
    if rule <= value:
        assert set(override("limit", listed, sorted(value)).value) == value  # type: ignore[arg-type] - a list of names
    else:
        with pytest.raises(LooserParameter):
            override("limit", listed, sorted(value))


def test_an_override_says_who_set_it_and_what_stood_before() -> None:
    taken = override("max_age", PASSWORD_AGE, 2)
    assert taken.why.en == "the rule's own limit (set by the firm to 2 months; before: 3 months)"
    assert taken.why.zh == "規範所定（公司自訂為 2 個月；原為 3 個月）"
    assert override("max_age", PASSWORD_AGE, 3) is PASSWORD_AGE


def test_names_are_kept_once_and_in_order() -> None:
    assert override("limit", DEFAULT_NAMES, ["sa", "root", " sa ", "admin"]).value == ("sa", "root", "admin")


def test_a_legal_unit_is_a_calendar_period() -> None:
    assert PASSWORD_AGE.period == Period(months=3)
    assert RETENTION.period == Period(years=3)
    assert ends_on(date(2025, 2, 28), PASSWORD_AGE.period) == date(2025, 5, 31)


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.HOURS, Unit.MINUTES, Unit.COUNT])
def test_other_units_are_no_calendar_periods(unit: Unit) -> None:
    with pytest.raises(ValueError, match="no calendar period"):
        assert parameter(3, unit, Stricter.LOWER).period


def test_only_an_unconfirmed_source_makes_a_parameter_unconfirmed() -> None:
    shown = {sureness: Parameter(30, Unit.MINUTES, Stricter.LOWER, WHY, sureness).unconfirmed for sureness in Sureness}
    assert [sureness for sureness, unconfirmed in shown.items() if unconfirmed] == [Sureness.UNCONFIRMED]


@pytest.mark.parametrize(
    ("value", "unit", "stricter"),
    [
        (3, Unit.NAMES, Stricter.MORE),
        (("root",), Unit.NAMES, Stricter.LOWER),
        (("root",), Unit.DAYS, Stricter.LOWER),
        (3, Unit.DAYS, Stricter.MORE),
        (0, Unit.MONTHS, Stricter.LOWER),
        (-1, Unit.DAYS, Stricter.LOWER),
        (True, Unit.DAYS, Stricter.LOWER),
    ],
)
def test_a_parameter_that_contradicts_itself_is_refused(
    value: int | tuple[str, ...], unit: Unit, stricter: Stricter
) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        parameter(value, unit, stricter)


def test_every_unit_has_a_label_in_both_languages() -> None:
    assert all(unit.label.en for unit in Unit)
    assert all(unit.label.zh for unit in Unit if unit is not Unit.COUNT)
