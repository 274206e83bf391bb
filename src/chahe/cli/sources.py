"""`chahe sources`: what was recognised, what is covered, what was rejected."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import open_here
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.engine.coverage import Coverage
    from chahe.engine.loads import Load
    from chahe.engine.store import Store


@click.command(help="來源：檔案認成什麼格式、涵蓋哪些設備與日期、退件原因。 (files, coverage, rejects)")
@click.option("--rejects", "show_rejects", is_flag=True, help="列出每一筆退件的位置與原因 (each reject with its place)")
@click.option("--skips", "show_skips", is_flag=True, help="列出略過的種類與筆數 (kinds of skipped lines)")
@click.option(
    "--guess",
    "guessed",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="為沒有讀取器的日誌提出對照設定 (propose a mapping for a log that no reader knows)",
)
@shared
def command(
    *, show_rejects: bool, show_skips: bool, guessed: Path | None, workspace: Path, lang: Lang, as_json: bool
) -> None:
    """Reads nothing anew but the heads of files that are not loaded."""
    from chahe.cli.pages import print_loads
    from chahe.engine.coverage import coverage
    from chahe.engine.ingest import unloaded

    screen = Screen(lang, as_json=as_json)
    if guessed is not None:
        _guess(screen, guessed)
        return
    opened, store = open_here(workspace, lang)
    loads = store.loads()
    waiting = unloaded(opened, loads)
    covered = coverage(store, loads)
    rejects = {load.load: store.read_fates(load.load, "reject") for load in loads if show_rejects or as_json}
    screen.json(
        {
            "loads": [asdict(load) for load in loads],
            "waiting": [asdict(one) for one in waiting],
            "coverage": [asdict(one) for one in covered],
            "rejects": rejects,
        }
    )
    print_loads(screen, loads, waiting)
    _print_coverage(screen, covered)
    if show_rejects:
        _print_rejects(screen, store, loads)
    if show_skips:
        _print_skips(screen, loads)


def _guess(screen: Screen, path: Path) -> None:
    """Print a proposed source for a file. Raises Failure where there is none to propose."""
    from chahe.engine.streams import BrokenStream, head, opener
    from chahe.sources.catalogue import readers
    from chahe.sources.lists.guess import NoGuess, guess
    from chahe.sources.lists.guess_toml import as_toml
    from chahe.sources.registry import Unrecognised, recognise

    try:
        first = head(path.name, opener(lambda: path.open("rb")))
        made = guess(first)
    except NoGuess as error:
        raise Failure(error.why, screen.lang) from error
    except (OSError, BrokenStream) as error:
        raise Failure(Text(f"無法讀取 {path}：{error}", f"{path} cannot be read: {error}"), screen.lang) from error
    try:
        known = recognise(first, readers()).reader
    except Unrecognised:
        pass
    else:
        zh = f"# 這個檔案已有讀取器 {known.name}（{known.title.zh}），通常不需要對照"
        screen.say(
            Text(zh, f"# the reader {known.name} ({known.title.en}) knows this file; a mapping is hardly needed")
        )
    written = as_toml(made, path.stem, path.as_posix())
    screen.json({"toml": written})
    if not screen.as_json:
        click.echo(written, nl=False)


def _print_coverage(screen: Screen, covered: "Sequence[Coverage]") -> None:
    from chahe.evidence.catalogue import tables

    rows = [
        [
            tables()[one.table].heading if screen.lang == "zh" else one.table,
            one.subject,
            one.first,
            one.last,
            str(one.days),
            str(one.missing_days),
            str(one.records),
        ]
        for one in covered
    ]
    if rows:
        headings = (
            Text("證據表", "table"),
            Text("設備或主機", "device or host"),
            Text("最早", "first"),
            Text("最晚", "last"),
            Text("有紀錄日數", "days held"),
            Text("缺日數", "days missing"),
            Text("筆數", "records"),
        )
        screen.raw("")
        screen.table(headings, rows)


def _print_rejects(screen: Screen, store: "Store", loads: "list[Load]") -> None:
    rows = [
        [
            load.path,
            str(one["raw_place"]) + (f" ({one['raw_part']})" if one["raw_part"] else ""),
            str(one["bad_column"] or ""),
            str(one["bad_value"] or ""),
            str(one[f"why_{screen.lang}"]),
        ]
        for load in loads
        if load.rejects
        for one in store.read_fates(load.load, "reject")
    ]
    screen.raw("")
    screen.table(
        (
            Text("檔案", "file"),
            Text("行或筆", "line or record"),
            Text("欄位", "column"),
            Text("內容", "value"),
            Text("原因", "why"),
        ),
        rows,
    )


def _print_skips(screen: Screen, loads: "list[Load]") -> None:
    rows = [
        [load.path, zh if screen.lang == "zh" else en, str(count)]
        for load in loads
        for en, (zh, count) in load.skipped_because.items()
    ]
    screen.raw("")
    screen.table((Text("檔案", "file"), Text("略過的內容", "what was skipped"), Text("筆數", "count")), rows)
