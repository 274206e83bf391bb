"""Cues of SRT and WebVTT: when they begin and end, and who says what in them. No reader of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import unescape
from typing import NamedTuple

from chahe.sources.reading.text_lines import Line

_STAMP = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"{_STAMP}\s*-->\s*{_STAMP}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>|<\d[\d:.]*>|\{\\[^{}]{0,40}\}", re.IGNORECASE)
_NAMED = re.compile(r"(?:- ?)?(?P<name>[^\s:：<>][^:：<>]{0,19})[:：](?!//)\s*(?P<words>\S.*)")
_ASIDE = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:[\s:].*)?")


class Block(NamedTuple):
    """Lines of a cue file between blank lines."""

    lines: list[Line]

    @property
    def timed(self) -> int | None:
        """The index of the line of times: the first, or the second behind an identifier. Null where there is none."""
        return next((index for index, line in enumerate(self.lines[:2]) if "-->" in (line.text or "")), None)

    @property
    def aside(self) -> bool:
        """Is it WebVTT's head, or a note, style or region?"""
        return _ASIDE.fullmatch(self.lines[0].text or "") is not None


class Passage(NamedTuple):
    """What one person says in a cue."""

    speaker: str | None
    words: str


def blocks(lines: Iterable[Line]) -> Iterator[Block | Line]:
    """The blocks of a file, and between them its blank lines and those that cannot be read."""
    held: list[Line] = []
    for line in lines:
        if line.text is not None and line.text.strip():
            held.append(line)
            continue
        if held:
            yield Block(held)
            held = []
        yield line
    if held:
        yield Block(held)


def times(line: str) -> tuple[Decimal, Decimal] | None:
    """The seconds at which a cue begins and ends; null where the line does not say, or says the end first."""
    found = _TIMES.fullmatch(line.strip())
    if found is None:
        return None
    parts = found.groups()
    begin, end = _seconds(parts[:4]), _seconds(parts[4:])
    return (begin, end) if begin is not None and end is not None and begin <= end else None


def names(files: Iterable[Block | Line]) -> frozenset[str]:
    """Words before a colon that stand so in two cues or more."""
    counted: Counter[str] = Counter()
    for block in files:
        if isinstance(block, Block) and block.timed is not None:
            found = {name for line in block.lines[block.timed + 1 :] if (name := _name(line.text or ""))}
            counted.update(found)
    return frozenset(name for name, count in counted.items() if count > 1)


def passages(lines: Iterable[str], speakers: frozenset[str]) -> list[Passage]:
    """Who says what in the lines of a cue; empty where there are no words."""
    found: list[tuple[str | None, list[str]]] = []
    for line in lines:
        for speaker, words in _voices(line, speakers):
            if speaker is not None or not found:
                found.append((speaker, []))
            if words:
                found[-1][1].append(words)
    return [Passage(speaker, "\n".join(words)) for speaker, words in found if words]


def _voices(line: str, speakers: frozenset[str]) -> Iterator[tuple[str | None, str]]:
    before, *voices = _VOICE.split(line)
    if plain := _plain(before):
        named = _NAMED.fullmatch(plain)
        known = named is not None and named["name"].strip() in speakers
        yield (named["name"].strip(), named["words"]) if named and known else (None, plain)
    for name, words in zip(voices[::2], voices[1::2], strict=True):
        yield _plain(name) or None, _plain(words)


def _plain(text: str) -> str:
    return unescape(_TAG.sub("", text)).replace("\u200e", "").replace("\u200f", "").strip()


def _name(line: str) -> str | None:
    found = _NAMED.fullmatch(_plain(line))
    return found["name"].strip() if found else None


def _seconds(parts: tuple[str | None, ...]) -> Decimal | None:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if minutes > 59 or seconds > 59:
        return None
    return hours * 3600 + minutes * 60 + seconds + Decimal(f"0.{(parts[3] or '0').ljust(3, '0')}")
