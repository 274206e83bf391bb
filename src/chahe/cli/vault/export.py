"""`chahe vault export TARGET`: a backup that is itself a vault, brought up to date each time."""

import getpass
from pathlib import Path

import click

from chahe.cli.options import shared
from chahe.cli.screen import Screen
from chahe.cli.steps import now_us
from chahe.cli.vault.copying import copying
from chahe.cli.vault.opening import open_vault
from chahe.wording import Lang, Text


@click.command(help="備份：把證據庫複製到別處，只複製新的檔案。 (back up; only what is new is copied)")
@click.argument("target")
@click.option("--by", default=getpass.getuser, help="由誰執行，預設為目前的使用者 (by whom)")
@shared
def command(*, target: str, by: str, workspace: Path, lang: Lang, as_json: bool) -> None:
    """TARGET is a folder, or s3://bucket/prefix. The signing key is never copied: keep it apart."""
    from chahe.engine.backups import export
    from chahe.engine.places import storage_at

    screen = Screen(lang, as_json=as_json)
    opened = open_vault(workspace, lang, to_write=True)
    try:
        with copying(target, lang, restoring=False):
            place = storage_at(target)
            copied = export(opened.vault, place, to=target, by=by, at_us=now_us(), progress=screen.progress)
    finally:
        screen.progress_done()
    screen.json({"files": copied.files, "bytes": copied.size, "known": copied.known})
    screen.say(
        Text(
            f"已複製 {copied.files:,} 個檔案（{copied.size:,} 位元組），{copied.known:,} 個先前已有。簽署金鑰不在備份內，請另外保存 "
            f"{opened.workspace.vault_settings.key}",
            f"{copied.files:,} files copied ({copied.size:,} bytes), {copied.known:,} were there. The signing key is not in the backup; "
            f"keep {opened.workspace.vault_settings.key} apart",
        )
    )
