"""`chahe simulate` where it cannot write says so, and does not show its insides."""

from pathlib import Path

from click.testing import CliRunner

from chahe.cli.screen import Failure
from chahe.cli.simulate import command


def test_a_folder_that_cannot_be_made_is_told_with_place_and_remedy(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", "utf-8")

    told = CliRunner().invoke(command, [str(file / "world"), "--scenarios", "none"])

    assert isinstance(told.exception, Failure)
    assert str(file / "world") in str(told.exception)
