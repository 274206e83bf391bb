"""The tutorial, run as it is written: every command, its exit code where it is asked for, and the lines it promises."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
NOON = 1_795_320_000
"""2026-11-22 12:00 in Taipei, epoch seconds: when the tutorial's files were taken."""
END = "end-of-command"
TAIPEI = ZoneInfo("Asia/Taipei")


def halves() -> list[str]:
    """The Chinese half of the page and the English one."""
    return PAGE.read_text("utf-8").split("\n---\n")


def log() -> str:
    """A firewall's log of 52 days, a record each 20 minutes, with a silence of two days and a quarter."""
    lines = []
    moment, end = datetime(2026, 10, 1, 8, tzinfo=TAIPEI), datetime(2026, 11, 22, 10, 40, tzinfo=TAIPEI)
    silence = datetime(2026, 11, 7, 9, tzinfo=TAIPEI), datetime(2026, 11, 9, 15, tzinfo=TAIPEI)
    while moment < end:
        if not silence[0] <= moment < silence[1]:
            lines.append(
                f'date={moment:%Y-%m-%d} time={moment:%H:%M:%S} devname="FG-HQ" devid="FG100E0000000001" tz="+0800" '
                'logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=10.0.0.7 srcport=40000 '
                'dstip=192.0.2.8 dstport=443 action="close" policyid=7 proto=6 sentbyte=120 rcvdbyte=480\n'
            )
        moment += timedelta(minutes=20)
    return "".join(lines)


class Shell:
    """One bash in a folder, in which `chahe` is this project's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            ["/bin/bash", "--norc"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        )
        self.run(f'chahe() {{ "{sys.executable}" -W error::ResourceWarning -m chahe "$@"; }}')

    def run(self, command: str) -> str:
        """What a command prints; `$?` in the next one is its exit code."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n__rc=$?; echo; echo {END}; (exit $__rc)\n")
        self.process.stdin.flush()
        said = []
        for line in self.process.stdout:
            if line.strip() == END:
                break
            said.append(line)
        return "".join(said)

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def unknown_log() -> str:
    """A firewall's log that no reader knows: two days, a record each half hour, every fourth refused."""
    begin = datetime(2026, 11, 20, 8, tzinfo=TAIPEI)
    moments = (begin + number * timedelta(minutes=30) for number in range(96))
    return "".join(
        f'id=firewall time="{moment:%Y-%m-%d %H:%M:%S}" fw="SN-KHH" ruleid=3 ipproto=tcp src=10.7.0.{number % 9 + 1} srcport=50100 '
        f"dst=192.0.2.8 dstport=443 action={'block' if number % 4 == 3 else 'pass'} sent=120 rcvd=480\n"
        for number, moment in enumerate(moments)
    )


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    (tmp_path / "fg-hq.log").write_text(log(), "utf-8")
    (tmp_path / "sn-khh.log").write_text(unknown_log(), "utf-8")
    made = Shell(tmp_path)
    yield made
    made.close()


def steps(half: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of the console blocks, with the lines that it promises."""
    for block in re.findall(r"```console\n(.*?)```", half, re.DOTALL):
        promised: list[str] = []
        command = ""
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, promised
                command, promised = line[2:], []
            elif line.strip():
                promised.append(line)
        yield command, promised


def filled(half: str) -> list[tuple[str, str]]:
    """The row that the page shows for the form, as heading and value."""
    rows = [line.strip("| ").split("|") for line in half.splitlines() if line.startswith(("| 設備名稱*", "| FG-HQ"))]
    headings, values = ([cell.strip() for cell in row] for row in rows)
    return list(zip(headings, values, strict=True))


def fill_in(path: Path, row: list[tuple[str, str]]) -> None:
    """Type the row into the form, under its headings, as a person would."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    printed = {str(cell.value): cell.column for cell in sheet[1]}
    for heading, value in row:
        sheet.cell(row=2, column=printed[heading], value=value or None)
    book.save(path)


def bare(text: str) -> str:
    """Without blanks and the lines between cells."""
    return re.sub(r"[\s│┃━╇]+", "", text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_of_the_tutorial_does_what_it_says(language: str, shell: Shell) -> None:
    half = halves()[0 if language == "zh" else 1]
    done = 0
    for command, promised in steps(half):
        for path in (shell.folder / "firm").glob("records/*"):
            os.utime(path, (NOON, NOON))
        said = shell.run(command)
        for line in promised:
            assert bare(line) in bare(said), f"$ {command}\n{said}\npromised: {line}"
        if command.startswith("chahe template"):
            fill_in(shell.folder / "firm" / "firewalls.xlsx", filled(half))
        done += 1

    assert done >= 14
    assert (shell.folder / "firm" / "report.xlsx").stat().st_size > 5000
    assert "fg-hq" in (shell.folder / "firm" / "report.html").read_text("utf-8")


def test_both_halves_take_the_same_steps() -> None:
    zh, en = ([command for command, _ in steps(half)] for half in halves())
    words = [command for command in en if not command.startswith("export ")]

    assert [command.replace("範例證券", '"Example Securities"') for command in zh] == words
    assert [len(re.findall(f"^{mark} ", half, re.MULTILINE)) for half in halves() for mark in ("##",)] == [8, 8]
