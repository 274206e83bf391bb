"""A settings file as one password policy: every line has its fate, and the row stands at the last line that sets something."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chahe.sources.model import Records, Reject, Row, Skip, Unit, Unreadable
from chahe.wording import Text

PART = Text(
    "密碼原則的一部分，併入本檔最後一個設定行的那一筆",
    "part of the policy; it is in the row at the last line of this file that sets something",
)
OTHER = Text("與密碼原則無關的設定", "a setting that is no part of the password policy")


class Part(NamedTuple):
    """A line that sets part of the policy: columns of `password_policies`."""

    place: int
    values: Mapping[str, int | bool | None]


class Whole(NamedTuple):
    """All lines of a file: a policy is known only at its end."""

    fates: tuple[Part | Skip | Reject, ...]
    stop: Unreadable | None
    """What broke the file off, if anything did."""


def whole(fates: Iterator[Part | Skip | Reject]) -> Whole:
    """Read every line's fate to the end of the file, or to where it breaks."""
    held: list[Part | Skip | Reject] = []
    try:
        held.extend(fates)
    except Unreadable as stop:
        return Whole(tuple(held), stop)
    return Whole(tuple(held), None)


def policy(
    lines: Whole, *, system: str, source: str, values: Mapping[str, int | bool | None] | None = None
) -> Iterator[Unit]:
    """One unit for each line, in order; the row at the last Part, the Parts before it as skips that say so.

    `values` are the row's columns where the Parts alone do not give them; else a later Part's column counts over an earlier's,
    as the programs that read these files have it. A file that sets nothing gives no row: it may be set elsewhere. Of a file that
    breaks off every Part is a reject, since what follows may set it anew, and its Unreadable is raised at the end.
    """
    parts = [fate for fate in lines.fates if isinstance(fate, Part)]
    merged = dict(values or {column: value for part in parts for column, value in part.values.items()})
    for fate in lines.fates:
        if not isinstance(fate, Part):
            yield fate
        elif lines.stop is not None:
            yield Reject(fate.place, lines.stop.why)
        elif fate is not parts[-1]:
            yield Skip(fate.place, PART)
        else:
            row = Row("password_policies", {"system": system, "setting_source": source, **merged})
            yield Records(fate.place, (row,))
    if lines.stop is not None:
        raise lines.stop
