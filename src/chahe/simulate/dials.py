"""Which scenarios are planted in a firm and how subtly each: read from a text such as `all`, `none` or `shared-ip:0.3`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from random import Random
from typing import TYPE_CHECKING, Final

from chahe.simulate.scenarios.catalogue import SCENARIOS
from chahe.simulate.scenarios.scenario import BLATANT, SUBTLE, TOLD_SEED, Dial, Scenario
from chahe.simulate.truth import CONTROLS, Truth
from chahe.wording import Text

if TYPE_CHECKING:
    from chahe.simulate.life.company import Firm

_WORDS: Final = {"blatant": BLATANT, "subtle": SUBTLE}


class UnknownChoice(ValueError):
    """A text that chooses no scenarios, with what is wrong in it and what could stand there."""

    def __init__(self, told: Text) -> None:
        super().__init__(told.en)
        self.told = told


@dataclass(frozen=True)
class Choice:
    """The scenarios to plant, by the first of their names, each with its dial; None leaves a dial as the firm has it."""

    dials: Mapping[str, float | None] = field(default_factory=dict)

    def tell(self, firm: "Firm", truth: Truth) -> None:
        """Plant what was chosen, in the order of the registry, whatever the order of choosing."""
        for scenario, dial in self._chosen():
            rng = Random(f"{firm.seed}/{scenario.name}")
            scenario.plant(firm, truth, Dial(dial, rng, as_told=dial is None and firm.seed == TOLD_SEED))

    def _chosen(self) -> Iterator[tuple[Scenario, float | None]]:
        needed = {name for one in SCENARIOS if one.name in self.dials for name in one.needs}
        for one in SCENARIOS:
            if one.name in self.dials or one.name in needed:
                yield one, self.dials.get(one.name)


EVERYTHING: Final = Choice({one.name: None for one in SCENARIOS})
NOTHING: Final = Choice()


def chosen(text: str) -> Choice:
    """The choice a text makes; UnknownChoice says what is not understood.

    `all` or `none`, each scenario by its name or by the control that must find it (or how only that one begins), and after a colon a number from 0
    (blatant) to 1 (subtle) or one of those words: `all:subtle`, `shared-ip:0.3,password_alone`. What comes later counts.
    """
    if text.strip() == "none":
        return NOTHING
    dials: dict[str, float | None] = {}
    for part in text.split(","):
        name, colon, dial = part.strip().partition(":")
        value = _value(dial.strip()) if colon else None
        dials |= dict.fromkeys(_named(name.strip()), value)
    return Choice(dials)


def by_control() -> dict[str, list[str]]:
    """The scenarios that a control must find, by the control."""
    return {control: [one.name for one in SCENARIOS if control in one.controls.split()] for control in CONTROLS}


def _named(name: str) -> list[str]:
    if name == "all":
        return [one.name for one in SCENARIOS]
    wanted = name.replace("-", "_")
    found = [one.name for one in SCENARIOS if name in one.controls.split() or wanted in one.names]
    if found:
        return found
    begun = {control for control in CONTROLS if name and control.startswith(name)}
    if len(begun) == 1:
        return _named(*begun)
    known = sorted({*CONTROLS, *(each for one in SCENARIOS for each in one.names)})
    near = get_close_matches(name, known, n=5, cutoff=0.5)
    if near:
        listed = "、".join(near)
        raise UnknownChoice(
            Text(f"沒有情境「{name}」；相近的有：{listed}", f"no scenario {name!r}; close to it: {', '.join(near)}")
        )
    told = ", ".join(known)
    raise UnknownChoice(
        Text(f"沒有情境「{name}」；有的是：all、none、{told}", f"no scenario {name!r}; there are: all, none, {told}")
    )


def _value(text: str) -> float:
    if text in _WORDS:
        return _WORDS[text]
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not BLATANT <= value <= SUBTLE:
        raise UnknownChoice(
            Text(
                f"「{text}」不是刻度；請寫 blatant（明顯）、subtle（隱微）或 0 到 1 的數",
                f"{text!r} is no dial; write blatant, subtle, or a number from 0 to 1",
            )
        )
    return value
