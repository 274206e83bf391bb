"""Configurations as text: every line with its fate, and a rule's lines shown together. No reader of its own."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from chahe.sources.firewall_rules.rule_rows import DEVICE, NO_POLICY, OTHER, RULES
from chahe.sources.model import Context, Records, Reject, Setting, Skip, Unit, Unreadable
from chahe.sources.reading.text_lines import BLANK, Line, needed, text_lines
from chahe.wording import Text

_MOST: Final = 4_000_000
"""Lines. The largest rule bases have some hundred thousand; a log given for one must not fill the memory."""
_TOO_LONG = Text(
    "檔案超過四百萬行，不可能是一份設定；請確認檔案",
    "the file has more than four million lines, which no configuration has; check the file",
)
HIDDEN: Final = "…"
_SECRET = re.compile(
    r"(?i)\b((?:pass(?:word|wd)|psksecret|secret|phash|[\w-]*hash|pre-shared-key|authentication-key|(?:ro|rw)?community)"
    r"(?:\s*[=:>]\s*|\s+(?:ENC|ascii-text|encrypted|[0-9])\s+))\S.*"
)
"""A rule has no place for a secret, but its comment has room for anything: a word that names one, and a sign that it follows."""


class ConfigText(NamedTuple):
    """A configuration's lines, and what broke the file off, if anything did."""

    lines: list[Line]
    stop: Unreadable | None

    @property
    def readable(self) -> Iterator[tuple[int, str]]:
        """Place and text of each line that can be read."""
        return ((line.place, line.text) for line in self.lines if line.text is not None)


def gathered(stream: BinaryIO) -> ConfigText:
    """All lines of a stream: what a rule means is known only once every object has been seen."""
    lines: list[Line] = []
    try:
        lines.extend(islice(text_lines(stream), _MOST + 1))
    except Unreadable as stop:
        return ConfigText(lines, stop)
    if len(lines) > _MOST:
        return ConfigText(lines[:_MOST], Unreadable(_TOO_LONG, place=_MOST + 1))
    return ConfigText(lines, None)


def accounted(config: ConfigText, fates: Mapping[int, Unit], other: Text = OTHER) -> Iterator[Unit]:
    """One unit for each line; those without a fate are `other`.

    Raises Unreadable after the last line where the file breaks off, or where no line was a rule or should have been one.
    """
    rules = False
    for line in config.lines:
        if line.text is None:
            yield Reject(line.place, line.why, tables=(RULES,))
        elif line.place in fates:
            rules = rules or not isinstance(fates[line.place], Skip)
            yield fates[line.place]
        else:
            yield Skip(line.place, other if line.text.strip() else BLANK)
    if config.stop is not None:
        raise config.stop
    if not rules:
        raise Unreadable(NO_POLICY, place=len(config.lines) + 1, tables=(RULES,))


def device_of(found: str | None, context: Context, setting: Setting = DEVICE) -> str:
    """The firewall's name as the file has it, or else as the source's settings do; Unreadable where neither does."""
    return found.strip() if found and found.strip() else needed(context, setting)


def without_secrets(text: str) -> str:
    """A line of a configuration with what stands behind `password`, `secret` and the like left out."""
    return _SECRET.sub(lambda found: found[1] + HIDDEN, text)


Shown = Callable[[ConfigText, int], Iterable[int]]
"""From a configuration and the place of a rule, the places of all lines that make it, the device's name first."""


def lines_excerpt(places: Shown) -> Callable[[BinaryIO, int, str | None], str]:
    """How a reader shows a rule: the lines that `places` names, secrets left out."""

    def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
        config = gathered(stream)
        texts = dict(config.readable)
        wanted = dict.fromkeys(places(config, place))
        return "\n".join(without_secrets(texts[line]) for line in wanted if line in texts)

    return excerpt


def only_rules(units: Mapping[int, Unit]) -> list[int]:
    """The places of lines that became rows."""
    return [place for place, unit in units.items() if isinstance(unit, Records)]
