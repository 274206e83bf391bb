"""Lines of configurations joined where a quotation mark is still open. No reader of its own."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_LONGEST: Final = 2000
"""Lines. Certificates and web pages are the longest texts in quotes."""
_COMMENTS: Final = ("#", "!")
"""What a comment begins with: a lone quotation mark in it means nothing."""
_QUOTES = re.compile(r'\\.|(")', re.DOTALL)
_STRAY = re.compile(r'(?<=\s)""(?=[^\s"])')


class Logical(NamedTuple):
    """One or more lines as one; its text is null where a quote is never closed."""

    places: range
    text: str | None


def joined(lines: Iterable[tuple[int, str]]) -> Iterator[Logical]:
    """Lines whose quotes are closed, each line once. A quote that never ends spoils its own line only."""
    held: list[tuple[int, str]] = []
    is_open = False
    for place, text in lines:
        if not held and text.lstrip()[:1] in _COMMENTS:
            yield Logical(range(place, place + 1), text)
            continue
        held.append((place, text if held or '"' not in text else _mended(text)))
        # Quotes open and close in turn, so whether one is open is a matter of each line that has any.
        is_open = _open(text) != is_open if len(held) > 1 else _open(held[0][1])
        if not is_open:
            yield _whole(held)
            held = []
        elif len(held) >= _LONGEST:
            yield from _given_up(held)
            held, is_open = [], False
    yield from _given_up(held)


def _whole(held: list[tuple[int, str]]) -> Logical:
    return Logical(range(held[0][0], held[-1][0] + 1), "\n".join(text for _, text in held))


def _given_up(held: list[tuple[int, str]]) -> Iterator[Logical]:
    for number, (place, text) in enumerate(held):
        yield Logical(range(place, place + 1), None if number == 0 or _open(text) else text)


def _open(text: str) -> bool:
    """Has the text a quotation mark without its partner?"""
    return '"' in text and sum(1 for mark in _QUOTES.findall(text) if mark) % 2 == 1


def _mended(text: str) -> str:
    """A doubled quotation mark before a word, on a line whose quotes do not match otherwise, is one."""
    return _STRAY.sub('"', text, count=1) if _open(text) else text
