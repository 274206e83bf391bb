"""What the terminal shows: tables that fit it, JSON for programs, and errors a person can act on."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from chahe.cli import exits
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

OUTCOME_STYLES = {
    "conforming": "green",
    "deficient": "bold red",
    "unevidenced": "yellow",
    "not applicable": "dim",
    "error": "bold white on red",
}


class Failure(Exception):
    """A command cannot go on. Carries the words, the language and the exit code."""

    def __init__(self, text: Text, lang: Lang = "zh", *, code: int = exits.USAGE) -> None:
        super().__init__(text.en)
        self.text = text
        self.lang = lang
        self.code = code


class Screen:
    """One command's output, in one language."""

    def __init__(self, lang: Lang, *, as_json: bool = False) -> None:
        self.lang = lang
        self.as_json = as_json

    @property
    def console(self) -> "Console":
        from rich.console import Console

        return Console(highlight=False, soft_wrap=False)

    def say(self, text: Text, style: str | None = None) -> None:
        """One sentence, wrapped to the terminal; nothing when the output is JSON."""
        if not self.as_json:
            self.console.print(text(self.lang), style=style, markup=False)

    def raw(self, line: str, style: str | None = None) -> None:
        """A line as it is, markup and all left alone."""
        if not self.as_json:
            self.console.print(line, style=style, markup=False)

    def table(
        self, headings: Sequence[Text], rows: Iterable[Sequence[str | tuple[str, str]]], title: Text | None = None
    ) -> None:
        """Rows under headings; a cell may be (text, style). Long cells fold, none is cut off."""
        if self.as_json:
            return
        from rich.table import Table
        from rich.text import Text as Styled

        shown = Table(
            title=title(self.lang) if title else None,
            title_justify="left",
            title_style="bold",
            expand=False,
            show_edge=False,
            pad_edge=False,
        )
        for heading in headings:
            shown.add_column(heading(self.lang), overflow="fold")
        for row in rows:
            shown.add_row(
                *[Styled(cell[0], style=cell[1]) if isinstance(cell, tuple) else Styled(cell) for cell in row]
            )
        self.console.print(shown)

    def json(self, value: object) -> None:
        """A JSON document on standard output, when that was asked for."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n")

    def progress(self, words: str) -> None:
        """A line on standard error that the next one writes over; only on a terminal."""
        if sys.stderr.isatty() and not self.as_json:
            sys.stderr.write(f"\r\x1b[2K{words}")
            sys.stderr.flush()

    def progress_done(self) -> None:
        if sys.stderr.isatty() and not self.as_json:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def stopped() -> None:
    sys.stderr.write("\n已中斷；已完成的部分都在，再執行一次會從中斷處繼續。(stopped; run it again to go on)\n")


def fail(error: Failure) -> None:
    sys.stderr.write(f"chahe: {error.text(error.lang)}\n")
