r"""Phrases of log messages: which words stand in front, what to take out of them, and what that says.

A reader lists its phrases; `phrased` makes of them one query in columns. Each line takes the first phrase whose
condition holds; its pattern is run on those lines only.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way a message is put."""

    when: str
    """A condition in SQL over the relation's columns; cheap, since every line is asked."""
    pattern: str = ""
    """RE2 with groups named as in Python, run on `told`; absent groups give ''. No match: the line has no phrase.

    At least one group is not empty in a match. One pass, and so four times as fast, are patterns of at most four groups
    where each byte allows but one way on.
    """
    gives: Mapping[str, str] = field(default_factory=dict)
    """SQL for each attribute; a group is written `{name}`."""


def phrased(phrases: Sequence[Phrase], relation: str, attributes: Sequence[str]) -> str:
    """A SELECT over `relation` (with a column `told`), adding each attribute (null where a phrase gives none).

    `phrase` is added too: the phrase's number from 1, or 0 where none fits.
    """
    groups = [list(re.compile(phrase.pattern).groupindex) for phrase in phrases]
    picks = " ".join(f"WHEN {phrase.when} THEN {number}" for number, phrase in enumerate(phrases, 1))
    finds = ", ".join(
        f"CASE WHEN pick = {number} THEN regexp_extract(told, {quoted(_re2(phrase.pattern))}, {names}) END AS f{number}"
        for number, (phrase, names) in enumerate(zip(phrases, groups, strict=True), 1)
        if names
    )
    misses = " ".join(
        f"WHEN {number} THEN " + " AND ".join(f"f{number}.{name} = ''" for name in names)
        for number, names in enumerate(groups, 1)
        if names
    )
    given = "".join(f", {_attribute(phrases, name)} AS {name}" for name in attributes)
    dropped = ", ".join(["pick", *(f"f{number}" for number, names in enumerate(groups, 1) if names)])
    return (
        f"SELECT * EXCLUDE ({dropped}){given} FROM ("  # noqa: S608 - phrases are declared, never input
        f"SELECT *, CASE WHEN CASE pick {misses} ELSE false END THEN 0 ELSE pick END AS phrase FROM ("
        f"SELECT *, {finds} FROM ("
        f"SELECT *, CASE {picks} ELSE 0 END AS pick FROM {relation})))"
    )


def quoted(text: str) -> str:
    """A literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def _attribute(phrases: Sequence[Phrase], name: str) -> str:
    cases = " ".join(
        f"WHEN {number} THEN " + re.sub(r"{(\w+)}", rf"f{number}.\1", phrase.gives[name])
        for number, phrase in enumerate(phrases, 1)
        if name in phrase.gives
    )
    return f"CASE phrase {cases} ELSE NULL END" if cases else "NULL"


def _re2(pattern: str) -> str:
    """The pattern with plain groups, as DuckDB numbers them."""
    return re.sub(r"\(\?P<\w+>", "(", pattern)
