"""The parameters a control runs with: the rule's, or the firm's stricter ones."""

import pytest

from chahe.controls.catalogue import controls
from chahe.engine.parameters import chosen
from chahe.rules.parameter import RefusedParameter

PASSWORD_AGE = controls()["password-age"]


def test_what_the_firm_does_not_set_is_the_rules_own() -> None:
    assert chosen(PASSWORD_AGE, {}) == dict(PASSWORD_AGE.parameters)


def test_a_stricter_value_is_taken() -> None:
    assert chosen(PASSWORD_AGE, {"max_age": 2})["max_age"].value == 2


def test_a_looser_value_is_refused() -> None:
    with pytest.raises(RefusedParameter) as refused:
        chosen(PASSWORD_AGE, {"max_age": 6})

    assert "max_age" in refused.value.text.zh


def test_a_name_that_the_control_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(RefusedParameter) as refused:
        chosen(PASSWORD_AGE, {"max_agee": 2})

    assert refused.value.text.en == "control password-age has no parameter max_agee; it has: max_age"
    assert "沒有參數 max_agee" in refused.value.text.zh
