"""The parameters a control runs with: the rule's own, or what the firm has set stricter."""

from collections.abc import Mapping

from chahe.controls.model import Control
from chahe.engine.binding import Span, binds
from chahe.rules.parameter import Parameter, RefusedParameter, Unit, override
from chahe.wording import Text


def chosen(control: Control, settings: Mapping[str, object]) -> dict[str, Parameter]:
    """Each parameter of the control, with the firm's value where it set one.

    Raises RefusedParameter for a value looser than the rule's, and for a name the control does not have.
    """
    for stranger in sorted(set(settings) - set(control.parameters)):
        has = ", ".join(sorted(control.parameters))
        raise RefusedParameter(
            Text(
                f"控制點 {control.id} 沒有參數 {stranger}；可設定的是：{has or '（無）'}",
                f"control {control.id} has no parameter {stranger}; it has: {has or 'none'}",
            )
        )
    return {
        name: override(name, parameter, _typed(parameter, settings[name])) if name in settings else parameter
        for name, parameter in control.parameters.items()
    }


def message_values(parameters: Mapping[str, Parameter], span: Span) -> dict[str, object]:
    """What a message may name besides the exception's columns: days, parameters and the limits they give."""
    listed = {
        name: "、".join(parameter.value) for name, parameter in parameters.items() if isinstance(parameter.value, tuple)
    }
    return {**binds(parameters, span), **listed}


def _typed(parameter: Parameter, value: object) -> object:
    """Values from a case are text; those from chahe.toml are typed already."""
    if not isinstance(value, str):
        return tuple(value) if isinstance(value, list) else value
    if parameter.unit is Unit.NAMES:
        return tuple(part.strip() for part in value.split(","))
    return int(value) if value.lstrip("-").isdigit() else value
