"""What a control's placeholders stand for: days, moments, legal periods, parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from chahe.rules.parameter import Parameter
from chahe.rules.periods import day_end_us, day_start_us, earliest_within

Value = int | date


@dataclass(frozen=True, slots=True)
class Span:
    """The as-of day and the audited period; all three days are included."""

    as_of: date
    begin: date
    until: date


def binds(parameters: Mapping[str, Parameter], span: Span) -> dict[str, Value]:
    """Every placeholder a control may use, by name without the colon."""
    bound: dict[str, Value] = {
        "as_of": span.as_of,
        "from": span.begin,
        "until": span.until,
        "as_of_end_us": day_end_us(span.as_of),
        "from_us": day_start_us(span.begin),
        "until_end_us": day_end_us(span.until),
    }
    for name, parameter in parameters.items():
        if isinstance(parameter.value, int):
            bound[name] = parameter.value
        if parameter.unit.is_legal_period:
            since = earliest_within(span.as_of, parameter.period)
            bound[f"{name}_since"] = since
            bound[f"{name}_since_us"] = day_start_us(since)
    return bound


def lists(parameters: Mapping[str, Parameter]) -> dict[str, tuple[str, ...]]:
    """The parameters that are lists: each becomes a relation of one column, `value`."""
    return {name: parameter.value for name, parameter in parameters.items() if isinstance(parameter.value, tuple)}


def literal(value: Value) -> exp.Expr:
    """A bound value as SQL: the query that ran is the query that is shown."""
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), exp.DType.DATE)
    # A number below nought is a sign before a number, as it would be if it were parsed.
    number: exp.Expr = exp.Literal.number(abs(value))
    return exp.cast(exp.Neg(this=number) if value < 0 else number, exp.DType.BIGINT)
