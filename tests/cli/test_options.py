"""Days on the command line."""

from datetime import date

import click
import pytest
from click.testing import CliRunner

from chahe.cli.options import Day


@click.command
@click.option("--as-of", type=Day())
def told(as_of: date | None) -> None:
    click.echo(str(as_of))


@pytest.mark.parametrize("written", ["2026-11-22", "2026/11/22", "115/11/22", "1151122", "民國115年11月22日"])
def test_a_day_may_be_written_in_gregorian_or_roc_years(written: str) -> None:
    assert CliRunner().invoke(told, ["--as-of", written]).output == "2026-11-22\n"


@pytest.mark.parametrize("written", ["11/22/2026", "26/11/22", "2026-02-30", "yesterday", ""])
def test_a_day_that_could_be_two_or_none_is_refused_in_both_languages(written: str) -> None:
    result = CliRunner().invoke(told, ["--as-of", written])

    assert result.exit_code == 2
    assert "；" in result.output
    assert ";" in result.output
