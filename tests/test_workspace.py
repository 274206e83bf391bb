"""chahe.toml: read whole, or refused with file, place, value and what to write instead."""

from pathlib import Path

import pytest

from chahe.cli.first_file import first_file
from chahe.workspace import BadWorkspace, open_workspace


def _open(folder: Path, text: str) -> str:
    (folder / "chahe.toml").write_text(text, "utf-8")
    with pytest.raises(BadWorkspace) as caught:
        open_workspace(folder)
    assert caught.value.text.zh != caught.value.text.en
    return caught.value.text.en


def test_a_folder_without_the_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadWorkspace, match="chahe init"):
        open_workspace(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[firm\n", "not valid TOML at line 1"),
        ("[firm]\nname = 測試\n", "put texts in double quotes"),
        ('[[source]]\nname = "a"\npaths = ["logs\\work"]\n', "write / for \\ in paths"),
        ("[firm]\ninternet_orders = '是'\n", "true or false, without quotes"),
        ("[firms]\nname = 'x'\n", "firms"),
        ("[audit]\nmonths = 0\n", "positive whole number"),
        ("[vault]\nkeys = 'x'\n", "[vault] keys"),
        ("[vault]\norigin = 'a vault'\n", "without blanks and plus signs"),
        ("[[vault.witness]]\nkey = 'w+1+x'\n", "[[vault.witness]] #1"),
        ("[[vault.timestamps]]\nurl = 'x'\ncertificate = 1\n", "[[vault.timestamps]] #1 certificate"),
        ("[[source]]\npaths = ['a']\n", "#1 name"),
        ("[[source]]\nname = 'a'\n", "either paths or database"),
        ("[[source]]\nname = 'a'\npaths = 'x'\n", "list of paths"),
        ("[[source]]\nname = 'a'\npaths = ['x']\npath = ['y']\n", "#1 path"),
        ("[[source]]\nname = 'a'\npaths = ['x']\nobserved = 'yesterday'\n", "without quotes"),
        ("[[source]]\nname = 'a'\npaths = ['x']\nzone = 'Asia/Taibei'\n", "Asia/Taibei"),
        ("[[source]]\nname = 'a'\ndatabase = 'sqlite://'\n", "query and table"),
        ("[[source]]\nname = 'a'\npaths = ['x']\n[[source]]\nname = 'a'\npaths = ['y']\n", "a name used once"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    message = _open(tmp_path, text)

    assert words in message
    assert str(tmp_path / "chahe.toml") in message


def test_the_first_file_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "chahe.toml").write_text(
        first_file('甲"乙"證券', {"internet_orders": True, "colocation": None}), "utf-8"
    )

    workspace = open_workspace(tmp_path)

    assert workspace.name == '甲"乙"證券'
    assert dict(workspace.facts) == {"internet_orders": True}
    assert [source.paths for source in workspace.sources] == [("records",)]
