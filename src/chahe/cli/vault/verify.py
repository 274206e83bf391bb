"""`chahe vault verify`: is everything what the log says, byte for byte; and if not, what, where."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli import exits
from chahe.cli.options import shared
from chahe.cli.screen import Screen
from chahe.cli.sealed_files import without_keys
from chahe.cli.steps import vault_failure
from chahe.cli.vault.opening import open_vault
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.vault.verify import Faults

SHOWN = 50
"""Faults that the terminal lists; --json has all."""


@click.command(help="驗證：每一筆紀錄、每一個檔案是否如實；有異樣時指出檔案、紀錄與位元組。 (verify everything)")
@click.option("--deep", is_flag=True, help="連同解壓縮後的原始內容一起核對 (decompress and check raw bytes too)")
@click.option(
    "--copy", "withheld", is_flag=True, help="這是沒有密封檔金鑰的還原 (a copy without the keys of sealed files)"
)
@click.option("--resume", is_flag=True, help="從上次中斷處繼續；作為證據時請不要使用 (go on where it stopped)")
@shared
def command(*, deep: bool, withheld: bool, resume: bool, workspace: Path, lang: Lang, as_json: bool) -> None:
    """Exits 0 when all is as the log says, 4 otherwise."""
    from chahe.engine.vaults import verification
    from chahe.vault.errors import VaultError
    from chahe.vault.verify import Faults

    screen = Screen(lang, as_json=as_json)
    opened = open_vault(workspace, lang)

    def progress(done: int, total: int) -> None:
        screen.progress(f"{done:,} / {total:,}")

    try:
        found = verification(opened.vault, deep=deep, resume=resume, withheld=withheld, progress=progress).run()
    except Faults as faults:
        screen.progress_done()
        _print_faults(screen, faults)
        raise click.exceptions.Exit(exits.BROKEN) from faults
    except VaultError as error:
        raise vault_failure(error, lang) from error
    screen.progress_done()
    head = found.checkpoint.checkpoint
    screen.json(
        {
            "entries": head.size,
            "root": head.root.hex(),
            "objects": found.objects,
            "skipped": found.skipped,
            "bytes": found.stored_bytes,
            "parts": found.parts,
            "deleted": found.deleted,
            "pending": found.pending,
            "unopened": found.unopened,
            "withheld": found.withheld,
            "unnamed": list(found.unnamed),
            "faults": [],
        }
    )
    screen.say(
        Text(
            f"證據庫如實：{head.size:,} 筆紀錄、{found.objects:,} 個原始檔（{found.stored_bytes:,} 位元組）、{found.parts:,} 個證據檔，"
            f"樹根 {head.root.hex()}",
            f"The vault is what its log says: {head.size:,} entries, {found.objects:,} raw files ({found.stored_bytes:,} bytes), "
            f"{found.parts:,} evidence files, root {head.root.hex()}",
        ),
        "bold green",
    )
    if found.skipped:
        screen.say(
            Text(
                f"其中 {found.skipped:,} 個原始檔沿用上次的驗證，這次沒有重讀",
                f"{found.skipped:,} raw files were verified by an earlier run and not read again",
            ),
            "yellow",
        )
    if found.unopened or found.withheld:
        screen.say(without_keys(found.unopened, found.withheld), "yellow")
    if found.unnamed:
        screen.say(
            Text(
                f"有 {len(found.unnamed)} 個檔案沒有任何紀錄提到（中斷留下，或有人放入）：{'、'.join(found.unnamed[:5])}",
                f"{len(found.unnamed)} files are named by no entry (left by a crash, or put there): {', '.join(found.unnamed[:5])}",
            ),
            "yellow",
        )


def _print_faults(screen: Screen, faults: "Faults") -> None:
    screen.json(
        {
            "faults": [
                {
                    "key": fault.place.key,
                    "entry": fault.place.entry,
                    "first": fault.place.first,
                    "last": fault.place.last,
                    "why": fault.why,
                }
                for fault in faults.each
            ]
        }
    )
    screen.say(
        Text(
            f"證據庫與紀錄不符，共 {len(faults.each)} 處；請保留現場、停止載入，並以備份比對（chahe vault restore）",
            f"The vault is not what its log says, in {len(faults.each)} places; leave it as it is, stop ingesting, and compare "
            "it with a backup (chahe vault restore)",
        ),
        "bold red",
    )
    headings = (Text("檔案", "file"), Text("紀錄", "entry"), Text("位元組", "bytes"), Text("原因", "why"))
    rows = [
        (
            fault.place.key or "",
            "" if fault.place.entry is None else str(fault.place.entry),
            "" if fault.place.first is None else f"{fault.place.first}-{fault.place.last}",
            fault.why,
        )
        for fault in faults.each[:SHOWN]
    ]
    screen.table(headings, rows)
