"""No wording can match without one of the signs by which sentences are passed over: read off the patterns themselves."""

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import pytest

from chahe.derivations.phrase_words import WORDS

_PARSER: Any = import_module("re._parser")
_OPS: Any = import_module("re._constants")
_WIDE = 20
"""Ranges of more characters than these (digits at most) are no sign of anything."""


def wordings(pattern: re.Pattern[str]) -> Iterator[Sequence[Any]]:
    """The alternatives of a pattern; of one that the parser has put a common beginning before, the whole."""
    parsed = list(_PARSER.parse(pattern.pattern))
    if len(parsed) == 1 and parsed[0][0] is _OPS.BRANCH:
        yield from parsed[0][1][1]
    else:
        yield parsed


def held(wording: Sequence[Any], signs: frozenset[str]) -> bool:
    """Does every match of a wording hold one of the signs? What may be missing, or stands outside the match, counts for nothing."""
    return any(_holds(operator, argument, signs) for operator, argument in wording)


def _holds(operator: Any, argument: Any, signs: frozenset[str]) -> bool:
    if operator is _OPS.LITERAL:
        return chr(argument) in signs
    if operator is _OPS.IN:
        return all(_one_of(kind, given) <= signs for kind, given in argument)
    if operator is _OPS.SUBPATTERN:
        return held(argument[3], signs)
    if operator is _OPS.BRANCH:
        return all(held(one, signs) for one in argument[1])
    if operator in (_OPS.MAX_REPEAT, _OPS.MIN_REPEAT):
        return bool(argument[0]) and held(argument[2], signs)
    return False


def _one_of(kind: Any, given: Any) -> set[str]:
    if kind is _OPS.LITERAL:
        return {chr(given)}
    if kind is _OPS.RANGE and given[1] - given[0] < _WIDE:
        return {chr(code) for code in range(given[0], given[1] + 1)}
    return {""}


@pytest.mark.parametrize("kind", list(WORDS))
def test_every_wording_holds_a_sign(kind: str) -> None:
    words = WORDS[kind]
    without = [
        one for pattern in (words.promises, words.hints) for one in wordings(pattern) if not held(one, words.signs)
    ]

    assert without == []


@pytest.mark.parametrize("kind", list(WORDS))
def test_what_words_are_taken_out_for_is_no_sign(kind: str) -> None:
    assert "〇" not in WORDS[kind].signs


def test_a_wording_without_a_sign_is_seen() -> None:
    either = re.compile("(?:保證|擔保)你?(?=賺)")

    assert all(held(one, frozenset("保")) for one in wordings(either))
    for signs in ("證", "你", "賺"):
        assert not all(held(one, frozenset(signs)) for one in wordings(either))
