"""Options that commands share, and days as Taiwanese write them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])


class Day(click.ParamType[date]):
    """A day, in Gregorian or ROC years: 2026-11-22, 115/11/22."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from chahe.rules.roc import UnreadableDay, read_day

        try:
            return read_day(value)
        except UnreadableDay as error:
            self.fail(f"{error.text.zh} ({error.text.en})", param, ctx)


def shared(function: F) -> F:
    """`--workspace`, `--lang` and `--json`, as keyword arguments `workspace`, `lang` and `as_json`."""
    option = click.option(
        "--workspace",
        "-w",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        help="工作資料夾，預設為目前的資料夾 (workspace folder)",
    )
    return option(worded(function))


def worded(function: F) -> F:
    """`--lang` and `--json` alone, for a command that needs no workspace."""
    language = click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default="zh",
        envvar="CHAHE_LANG",
        help="語言，預設中文 (language)",
    )
    as_json = click.option("--json", "as_json", is_flag=True, help="輸出 JSON，供其他程式使用 (machine-readable)")
    return language(as_json(function))
