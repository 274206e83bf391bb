"""Parameters of controls: each with its source, its reason and the direction in which it is stricter."""

from dataclasses import dataclass, replace
from enum import Enum

from chahe.rules.citation import Sureness
from chahe.rules.periods import Period
from chahe.wording import Text


class Stricter(Enum):
    """Which way a firm may move a parameter: towards the stricter side only."""

    LOWER = "lower"
    HIGHER = "higher"
    MORE = "more"
    """For lists: entries may be added, none taken away."""
    FREE = "free"
    """The rule sets no value; the firm chooses, and the choice is shown."""


class Unit(Enum):
    """What a parameter's number counts; the legal periods are calendar periods, never days."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    MINUTES = "minutes"
    HOURS = "hours"
    COUNT = "count"
    NAMES = "names"

    @property
    def is_legal_period(self) -> bool:
        return self in (Unit.YEARS, Unit.MONTHS)

    @property
    def label(self) -> Text:
        return {
            Unit.YEARS: Text("年", "years"),
            Unit.MONTHS: Text("個月", "months"),
            Unit.DAYS: Text("日", "days"),
            Unit.MINUTES: Text("分鐘", "minutes"),
            Unit.HOURS: Text("小時", "hours"),
            Unit.COUNT: Text("", "as a count"),
            Unit.NAMES: Text("項目", "names"),
        }[self]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `value` is an int, or a tuple of names for `Unit.NAMES`.

    ValueError where value, unit and direction do not fit together: a mistake in a control, not in a firm's settings.
    """

    value: int | tuple[str, ...]
    unit: Unit
    stricter: Stricter
    why: Text
    """Where the value comes from, and why it is this one."""
    sureness: Sureness

    def __post_init__(self) -> None:
        if isinstance(self.value, tuple):
            fits = self.unit is Unit.NAMES and self.stricter in (Stricter.MORE, Stricter.FREE)
        else:
            numeric = self.unit is not Unit.NAMES and self.stricter is not Stricter.MORE
            fits = numeric and not isinstance(self.value, bool) and self.value >= _lowest(self.unit)
        if not fits:
            raise ValueError(f"{self.value!r} does not fit {self.unit} with {self.stricter}")

    @property
    def period(self) -> Period:
        """The calendar period of a legal unit; ValueError for any other unit, whose numbers are no calendar periods."""
        if not isinstance(self.value, int) or not self.unit.is_legal_period:
            raise ValueError(f"{self.value!r} {self.unit.value} is no calendar period")
        return Period(years=self.value) if self.unit is Unit.YEARS else Period(months=self.value)

    @property
    def unconfirmed(self) -> bool:
        """Must the value be shown as one that no text of the rule confirms?"""
        return self.sureness is Sureness.UNCONFIRMED


class RefusedParameter(ValueError):
    """A value a firm may not set; `text` names the parameter, what the rule has, what was given, and what to do."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class WrongParameter(RefusedParameter):
    """The value is not of the parameter's kind."""


class LooserParameter(RefusedParameter):
    """The value is looser than the rule's."""


def override(name: str, parameter: Parameter, value: object) -> Parameter:
    """The parameter with a firm's own value, as a workspace sets it; WrongParameter or LooserParameter if it may not.

    For names the value is the whole list. Sureness stays the rule's; `why` says that the firm set the value and
    what stood there before, because an examiner asks.
    """
    given = _names(name, value) if isinstance(parameter.value, tuple) else _number(name, parameter.unit, value)
    if given == parameter.value:
        return parameter
    _refuse_looser(name, parameter, given)
    shown, before = _shown(given, parameter.unit), _shown(parameter.value, parameter.unit)
    why = Text(
        f"{parameter.why.zh}（公司自訂為{shown.zh}；原為{before.zh}）",
        f"{parameter.why.en} (set by the firm to {shown.en}; before: {before.en})",
    )
    return replace(parameter, value=given, why=why)


def _lowest(unit: Unit) -> int:
    """A calendar period must be longer than nothing; a count of days or of things may be 0."""
    return 1 if unit.is_legal_period else 0


def _number(name: str, unit: Unit, value: object) -> int:
    lowest = _lowest(unit)
    if not isinstance(value, int) or isinstance(value, bool) or value < lowest:
        raise WrongParameter(
            Text(
                f"參數 {name} 必須是 {lowest} 以上的整數，設定值為 {value!r}。請修正公司設定。",
                f"Parameter {name} must be a whole number of at least {lowest}, but is set to {value!r}. "
                "Correct the firm's settings.",
            )
        )
    return value


def _names(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) and one.strip() for one in value):
        raise WrongParameter(
            Text(
                f"參數 {name} 必須是名稱清單（每項為非空白文字），設定值為 {value!r}。請修正公司設定。",
                f"Parameter {name} must be a list of names, none of them blank, but is set to {value!r}. "
                "Correct the firm's settings.",
            )
        )
    return tuple(dict.fromkeys(one.strip() for one in value))


def _refuse_looser(name: str, parameter: Parameter, given: int | tuple[str, ...]) -> None:
    rule, shown = _shown(parameter.value, parameter.unit), _shown(given, parameter.unit)
    match parameter.stricter, parameter.value, given:
        case Stricter.LOWER, int(limit), int(number) if number > limit:
            bound = Text("只能等於或低於規範值", "may only be equal or lower")
        case Stricter.HIGHER, int(limit), int(number) if number < limit:
            bound = Text("只能等於或高於規範值", "may only be equal or higher")
        case Stricter.MORE, tuple(names), tuple(kept) if missing := [one for one in names if one not in kept]:
            bound = Text(
                f"只能增列項目，不得刪減；缺少：{'、'.join(missing)}",
                f"entries may only be added, none left out; missing: {', '.join(missing)}",
            )
        case _:
            return
    raise LooserParameter(
        Text(
            f"參數 {name} 設為{shown.zh}，較規範值{rule.zh}寬鬆：{bound.zh}。請改用規範值或更嚴格的值。",
            f"Parameter {name} is set to {shown.en}, looser than the rule's {rule.en}: {bound.en}. "
            "Use the rule's value or a stricter one.",
        )
    )


def _shown(value: int | tuple[str, ...], unit: Unit) -> Text:
    if isinstance(value, tuple):
        return Text(f"〔{'、'.join(value)}〕", f"[{', '.join(value)}]")
    if unit is Unit.COUNT:
        return Text(f" {value} ", str(value))
    singular = unit.label.en.removesuffix("s") if value == 1 else unit.label.en
    return Text(f" {value} {unit.label.zh}", f"{value} {singular}")
