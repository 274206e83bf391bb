"""What /etc/passwd, /etc/shadow and /etc/group have in common: one entry a line, its fields parted by colons. No reader."""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from chahe.sources.model import Head, Skip, Unit
from chahe.sources.reading.text_lines import aside, head_lines, text_lines
from chahe.wording import Text

_FITTING = 0.8
"""The share of the head's lines that must look like entries."""


def are_entries(head: Head, entry: re.Pattern[str]) -> bool:
    """Do the first lines of a file look like entries?"""
    lines = [line for line in head_lines(head)[:50] if line.strip()]
    fitting = sum(entry.fullmatch(line) is not None for line in lines)
    return fitting > 0 and fitting >= _FITTING * len(lines)


def entries(stream: BinaryIO, nis: Text, entry: Callable[[int, list[str]], Unit]) -> Iterator[Unit]:
    """One unit for each line: `entry` makes it from the place and the fields; lines that call in NIS are skipped as `nis`."""
    for line in text_lines(stream):
        text = line.text or ""
        if (other := aside(line)) is not None:
            yield other
        elif text[0] in "+-":
            yield Skip(line.place, nis)
        else:
            yield entry(line.place, text.split(":"))
