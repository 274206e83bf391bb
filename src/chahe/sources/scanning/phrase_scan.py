r"""Phrases of log messages, matched by compiled code: what a message's words say, and where in it the rest stands.

    Phrase("Accepted {method} for {who:first} from {origin} port {port:number}", {"activity": "logon", "outcome": "success"})

A phrase is written as the device writes it, from the message's first letter, with holes where messages differ:

    {name}                  a word: all up to the next blank
    {name:word but (,}      a word that also ends before these signs
    {name:all but ,}        all up to one of these signs, blanks with it
    {name:number}           digits
    {name:address}          an IP address, alone
    {name:first}            anything or nothing, to the first place where what follows (up to the next such hole) fits
    {name:last}             the same, to the last such place: what stands behind it was written by the device, what before
                            it perhaps by a stranger
    {name|:this|that}       one of these words
    {?: port {port:number}} that or nothing
    {_}                     one space or more
    {$}                     the message's end; without it, whatever follows is not looked at

A `?` behind `word`, `all` or `number` lets it be nothing. A hole without a name is not kept. `{{` is a brace. What a phrase
gives beside is said by name. The first phrase of a line's group that fits is the line's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.scanning.phrase_match import (
    ADDRESS,
    DONE,
    END,
    FIRST,
    JUMP,
    LAST,
    LITERAL,
    RUN,
    SAVE_BEGIN,
    SAVE_END,
    SPLIT,
    matched,
)
from chahe.sources.scanning.spans import Spans, Texts, coded, texts

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

_BLANKS = b" \t\n\f\r"
_DIGITS = b"0123456789"
_MOST_SLOTS = 31


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One way a message is put."""

    text: str
    gives: Mapping[str, str] = field(default_factory=dict)
    """What it says by itself, by attribute."""


class Book(NamedTuple):
    """Phrases as the compiled code reads them."""

    phrases: tuple[Phrase, ...]
    slots: tuple[str, ...]
    """The names of holes."""
    code: Ints
    """Rows of (step, a, b, slot); see `phrase_match`."""
    starts: Ints
    """Where each phrase's code begins."""
    letters: Bytes
    """The literal words."""
    classes: npt.NDArray[np.bool_]
    """By class and byte: does the byte belong?"""
    chains: Ints
    """The phrases of each group, in order, one group behind the other."""
    bounds: Ints
    """Where in `chains` each group begins (and the last ends)."""


class Said(NamedTuple):
    """What lines say."""

    book: Book
    phrases: Ints
    """By line: the number of its phrase, or -1."""
    begins: Ints
    sizes: Ints
    """By slot and line; a size of 0: nothing is there."""

    def of(self, slot: str) -> Spans:
        """Where a hole's texts stand, by line."""
        index = self.book.slots.index(slot)
        return self.begins[index], self.sizes[index]

    def codes(self, attribute: str, words: Sequence[str]) -> Ints:
        """By line: which of the words its phrase gives for an attribute, or -1."""
        given = [phrase.gives.get(attribute) for phrase in self.book.phrases]
        by_phrase = np.array([*(-1 if word is None else words.index(word) for word in given), -1], np.int32)
        found: Ints = by_phrase[self.phrases]
        return found

    def words(self, attribute: str) -> tuple[str, ...]:
        """All that phrases give for an attribute, sorted."""
        return tuple(sorted({phrase.gives[attribute] for phrase in self.book.phrases if attribute in phrase.gives}))

    def texts(self, slot: str, data: Bytes) -> Texts:
        """A hole's texts, or what the phrase gives by its name."""
        found = texts(data, *self.of(slot))
        words = self.words(slot)
        if not words:
            return found
        given = self.codes(slot, words)
        codes = np.where((found.codes < 0) & (given >= 0), given + np.int32(len(found.values)), found.codes)
        return Texts(codes.astype(np.int32), pa.concat_arrays([found.values, pa.array(words, pa.string())]))

    def column(self, attribute: str) -> pa.DictionaryArray:
        """What lines' phrases give for an attribute, for Arrow."""
        words = self.words(attribute)
        return coded(self.codes(attribute, words), pa.array(words, pa.string()))


def book_of(phrases: Sequence[Phrase], slots: Sequence[str], groups: Iterable[Sequence[int]]) -> Book:
    """Phrases compiled. `groups` lists, for each group of lines, its phrases by number, in the order they are tried.

    Raises ValueError for a phrase that is not well written.
    """
    writer = _Writer(tuple(slots))
    starts = [writer.phrase(phrase.text) for phrase in phrases]
    listed = list(groups)
    bounds = np.cumsum([0, *(len(group) for group in listed)], dtype=np.int32)
    return Book(
        tuple(phrases),
        tuple(slots),
        np.array(writer.code, np.int32),
        np.array(starts, np.int32),
        np.frombuffer(bytes(writer.letters) or b"\0", np.uint8),
        np.array(writer.classes, np.bool_),
        np.array([number for group in listed for number in group], np.int32),
        bounds,
    )


def library(lists: Mapping[str, Sequence[Phrase]], slots: Sequence[str]) -> tuple[Book, Mapping[str, int]]:
    """The book of named lists of phrases, and the group of each list."""
    phrases: dict[Phrase, int] = {}
    groups = [[phrases.setdefault(phrase, len(phrases)) for phrase in listed] for listed in lists.values()]
    return book_of(tuple(phrases), slots, groups), {name: group for group, name in enumerate(lists)}


def said(book: Book, data: Bytes, spans: tuple[Ints, Ints], groups: Ints) -> Said:
    """What the messages `data[begin:end]` say, each by the phrases of its group. `spans` are their begins and ends."""
    begins = np.zeros((len(book.slots), len(groups)), np.int32)
    sizes = np.zeros((len(book.slots), len(groups)), np.int32)
    phrases = np.full(len(groups), -1, np.int32)
    matched(data, spans, groups, book[2:], (phrases, begins, sizes))
    return Said(book, phrases, begins, sizes)


class _Writer:
    """Turns phrases into steps."""

    def __init__(self, slots: tuple[str, ...]) -> None:
        if len(slots) > _MOST_SLOTS:
            raise ValueError(f"at most {_MOST_SLOTS} slots")
        self.slots = slots
        self.code: list[tuple[int, int, int, int]] = []
        self.letters = bytearray()
        self.classes: list[list[bool]] = [[False] * 256]
        self.known: dict[bytes, int] = {}

    def phrase(self, text: str) -> int:
        start = len(self.code)
        self._text(text)
        self._step(DONE)
        return start

    def _step(self, step: int, a: int = 0, b: int = 0, slot: int = -1) -> int:
        self.code.append((step, a, b, slot))
        return len(self.code) - 1

    def _text(self, text: str) -> None:
        for literal, name, kind, _ in Formatter().parse(text):
            self._literal(literal)
            if name is not None:
                self._hole(name, kind or "")

    def _literal(self, text: str) -> None:
        if text:
            at = len(self.letters)
            self.letters += text.encode()
            self._step(LITERAL, at, len(self.letters) - at)

    def _hole(self, name: str, kind: str) -> None:
        if name == "$":
            self._step(END)
        elif name == "_":
            self._step(RUN, self._class(b" "), 1)
        elif name == "?":
            self._optional(kind)
        elif name.endswith("|"):
            self._choice(kind.split("|"), self._slot(name[:-1]))
        elif kind in ("first", "last"):
            self._step(FIRST if kind == "first" else LAST, slot=self._slot(name))
        elif kind == "address":
            self._step(ADDRESS, b=2, slot=self._slot(name))
        else:
            self._run(kind or "word", self._slot(name))

    def _slot(self, name: str) -> int:
        return self.slots.index(name) if name else -1

    def _run(self, kind: str, slot: int) -> None:
        sort, _, signs = kind.partition(" but ")
        least = 0 if sort.endswith("?") else 1
        without = signs.encode()
        match sort.removesuffix("?"):
            case "number":
                allowed = _DIGITS
            case "word":
                allowed = bytes(sign for sign in range(256) if sign not in _BLANKS and sign not in without)
            case "all":
                allowed = bytes(sign for sign in range(256) if sign not in without)
            case other:
                raise ValueError(f"no kind of hole: {other!r}")
        self._step(RUN, self._class(allowed), least, slot)

    def _class(self, allowed: bytes) -> int:
        if allowed not in self.known:
            self.known[allowed] = len(self.classes)
            self.classes.append([sign in allowed for sign in range(256)])
        return self.known[allowed]

    def _optional(self, text: str) -> None:
        split = self._step(SPLIT)
        self._text(text)
        inside = {slot for *_, slot in self.code[split:] if slot >= 0}
        self.code[split] = (SPLIT, len(self.code), sum(1 << slot for slot in inside), -1)

    def _choice(self, words: Sequence[str], slot: int) -> None:
        if slot >= 0:
            self._step(SAVE_BEGIN, slot=slot)
        jumps = []
        for word in words[:-1]:
            split = self._step(SPLIT)
            self._literal(word)
            jumps.append(self._step(JUMP))
            self.code[split] = (SPLIT, len(self.code), 0, -1)
        self._literal(words[-1])
        for jump in jumps:
            self.code[jump] = (JUMP, len(self.code), 0, -1)
        if slot >= 0:
            self._step(SAVE_END, slot=slot)
