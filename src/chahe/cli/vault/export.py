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
@click.option(
    "--sealed-to",
    "apart",
    help="密封檔的金鑰與證據表另存何處，須與備份分開；期滿刪除者也從那裡刪除 (where keys and rows of sealed files go, apart from the backup)",
)
@click.option("--by", default=getpass.getuser, help="由誰執行，預設為目前的使用者 (by whom)")
@shared
def command(*, target: str, apart: str | None, by: str, workspace: Path, lang: Lang, as_json: bool) -> None:
    """TARGET is a folder, or s3://bucket/prefix. The signing key and the wrapping key are never copied: keep them apart."""
    from chahe.engine.backups import export, export_apart
    from chahe.engine.places import storage_at
    from chahe.vault.raw.shredding import LOCKED

    screen = Screen(lang, as_json=as_json)
    opened = open_vault(workspace, lang, to_write=True)
    settings = opened.workspace.vault_settings
    moved = (0, 0)
    try:
        if apart is not None:
            with copying(apart, lang, restoring=False):
                moved = export_apart(
                    opened.vault, storage_at(apart), to=apart, by=by, at_us=now_us(), progress=screen.progress
                )
        with copying(target, lang, restoring=False):
            place = storage_at(target)
            copied = export(opened.vault, place, to=target, by=by, at_us=now_us(), progress=screen.progress)
    finally:
        screen.progress_done()
    told = {"files": copied.files, "bytes": copied.size, "known": copied.known}
    screen.json(told if apart is None else {**told, "sealed": {"files": moved[0], "removed": moved[1]}})
    screen.say(
        Text(
            f"已複製 {copied.files:,} 個檔案（{copied.size:,} 位元組），{copied.known:,} 個先前已有。簽署金鑰與封裝金鑰不在備份內，請另外保存 "
            f"{settings.key}、{settings.wrapping_key}",
            f"{copied.files:,} files copied ({copied.size:,} bytes), {copied.known:,} were there. The signing key and the wrapping key are "
            f"not in the backup; keep {settings.key} and {settings.wrapping_key} apart",
        )
    )
    if apart is not None:
        screen.say(
            Text(
                f"密封檔的金鑰與證據表：{apart} 新增 {moved[0]:,} 個檔案，刪除期滿的 {moved[1]:,} 個",
                f"keys and rows of sealed files: {moved[0]:,} files came to {apart}, {moved[1]:,} left after their period",
            )
        )
    elif next(iter(opened.vault.storage.keys(LOCKED)), None) is not None:
        screen.say(
            Text(
                "含個人資料的密封檔，其金鑰與證據表不在備份內；要能還原其內容，請加 --sealed-to 另一個位置",
                "the keys of files sealed for personal data, and what was read from them, are not in the backup; to have these back one "
                "day, add --sealed-to ANOTHER-PLACE",
            ),
            "yellow",
        )
