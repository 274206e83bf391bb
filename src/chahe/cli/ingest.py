"""`chahe ingest`: load the files of the sources that are not loaded yet."""

from dataclasses import asdict
from pathlib import Path

import click

from chahe.cli import exits
from chahe.cli.options import shared
from chahe.cli.screen import Screen
from chahe.cli.steps import ingest_all, open_here
from chahe.wording import Lang, Text


@click.command(help="載入：讀取 chahe.toml 所列來源，保留原始檔，轉成證據表。 (load the sources)")
@shared
def command(*, workspace: Path, lang: Lang, as_json: bool) -> None:
    """Exit codes: 0 all read; 3 a file refused or a record rejected; 4 a reader of ours broke."""
    from chahe.cli.pages import print_loads

    screen = Screen(lang, as_json=as_json)
    opened, store = open_here(workspace, lang, to_write=True)
    done = ingest_all(screen, opened, store)
    screen.json(
        {
            "loaded": [asdict(load) for load in done.loaded],
            "known": [load.load for load in done.known],
            "refused": [asdict(one) for one in done.refused],
        }
    )
    print_loads(screen, done.loaded, done.refused)
    screen.say(
        Text(
            f"新載入 {len(done.loaded)} 個檔案，先前已載入 {len(done.known)} 個，未讀入 {len(done.refused)} 個",
            f"{len(done.loaded)} files loaded, {len(done.known)} known already, {len(done.refused)} not read",
        ),
        "bold",
    )
    rejects = sum(load.rejects for load in done.loaded)
    if rejects:
        screen.say(
            Text(
                f"有 {rejects} 筆退件；以 chahe sources --rejects 查看原因",
                f"{rejects} records were rejected; chahe sources --rejects shows why",
            ),
            "yellow",
        )
    if any(refusal.ours for refusal in done.refused):
        raise click.exceptions.Exit(exits.BROKEN)
    raise click.exceptions.Exit(exits.UNEVIDENCED if done.refused or rejects else exits.FINE)
