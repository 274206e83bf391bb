"""`chahe vault restore SOURCE`: the vault back from a backup, every byte verified; or only the drill of it."""

import getpass
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from chahe.cli import exits
from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.sealed_files import without_keys
from chahe.cli.steps import now_us, vault_failure, workspace_here
from chahe.cli.vault.copying import copying
from chahe.cli.vault.opening import open_vault
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.engine.backups import Occasion, Restored


@click.command(help="還原：從備份取回證據庫並逐位元組驗證；--drill 只演練並留下紀錄。 (restore, or drill it)")
@click.argument("source")
@click.option(
    "--drill", is_flag=True, help="還原到暫存資料夾、驗證後刪除，並在證據庫記一筆演練 (restore aside, verify, record)"
)
@click.option(
    "--sealed-from", "apart", help="密封檔的金鑰與證據表另存之處 (where keys and rows of sealed files were exported to)"
)
@click.option("--by", default=getpass.getuser, help="由誰執行，預設為目前的使用者 (by whom)")
@click.option(
    "--register",
    type=click.Path(path_type=Path, dir_okay=False),
    help="演練時，把這次演練加進復原演練紀錄（CSV） (add the drill to this register of drills)",
)
@shared
def command(
    *,
    source: str,
    drill: bool,
    apart: str | None,
    by: str,
    register: Path | None,
    workspace: Path,
    lang: Lang,
    as_json: bool,
) -> None:
    """SOURCE is a folder, or s3://bucket/prefix. Exits 4 where the copy is not what its log says."""
    from chahe.engine.backups import Occasion, Origin, record_restore, restore
    from chahe.engine.places import storage_at
    from chahe.engine.vaults import can_write, verifier_of
    from chahe.vault.errors import VaultError

    screen = Screen(lang, as_json=as_json)
    opened = workspace_here(workspace, lang)
    if opened.vault_settings.storage and not drill:
        raise Failure(
            Text(
                f"證據庫在 {opened.vault_settings.storage}；還原只寫入資料夾，請還原到一個 chahe.toml 沒有 [vault] storage 的工作資料夾",
                f"the vault is in {opened.vault_settings.storage}, and a restore fills a folder: restore into a workspace whose chahe.toml "
                "has no [vault] storage",
            ),
            lang,
        )
    began = time.monotonic()
    try:
        with copying(source, lang, restoring=True):
            key = verifier_of(opened)
            origin = Origin(
                storage_at(source), storage_at(apart) if apart else None, opened.vault_settings.wrapping_key
            )
            if drill:
                with tempfile.TemporaryDirectory(prefix="chahe-drill-") as folder:
                    done = restore(origin, Path(folder), key, progress=screen.progress)
            else:
                done = restore(origin, opened.vault, key, progress=screen.progress)
    finally:
        screen.progress_done()
    occasion = Occasion(source, by, drill, round(time.monotonic() - began))
    if can_write(opened) and (drill or done.faults is None):
        vault = open_vault(workspace, lang, to_write=True).vault
        try:
            record_restore(vault, done, occasion, at_us=now_us())
        except (VaultError, OSError) as error:
            raise vault_failure(error, lang) from error
    if drill and register is not None:
        _add_to_register(screen, register, done, occasion)
    _print(screen, done, drill=drill)
    raise click.exceptions.Exit(exits.BROKEN if done.faults else exits.FINE)


def _add_to_register(screen: Screen, register: Path, done: "Restored", occasion: "Occasion") -> None:
    from chahe.reports.drill_register import SYSTEM, Drill, OtherRegister, add_drill

    moment = now_us()
    today = datetime.fromtimestamp(moment / 1_000_000, ZoneInfo("Asia/Taipei")).date()
    faults = len(done.faults.each) if done.faults else 0
    minutes = -(-occasion.seconds // 60)
    drill = Drill(f"vault-{moment // 1_000_000}", SYSTEM, today, occasion.by, faults, minutes)
    try:
        add_drill(register, drill)
    except OtherRegister as error:
        raise Failure(Text(f"{register} 不是復原演練紀錄：{error}", str(error)), screen.lang) from error


def _print(screen: Screen, done: "Restored", *, drill: bool) -> None:
    copied = done.copied
    faults = [str(fault) for fault in done.faults.each] if done.faults else []
    verified = done.verified
    unopened, withheld = (verified.unopened, verified.withheld) if verified else (0, 0)
    told = {"files": copied.files, "bytes": copied.size, "drill": drill, "unopened": unopened, "withheld": withheld}
    screen.json({**told, "faults": faults})
    if faults:
        screen.say(
            Text(
                f"備份與其紀錄不符，共 {len(faults)} 處：",
                f"The backup is not what its log says, in {len(faults)} places:",
            ),
            "bold red",
        )
        for fault in faults[:50]:
            screen.raw(f"  {fault}")
        return
    what = Text("演練成功", "The drill succeeded") if drill else Text("已還原", "Restored")
    screen.say(
        Text(
            f"{what.zh}：{copied.files:,} 個檔案、{copied.size:,} 位元組，全部驗證相符",
            f"{what.en}: {copied.files:,} files, {copied.size:,} bytes, all verified",
        ),
        "bold green",
    )
    if unopened or withheld:
        screen.say(without_keys(unopened, withheld), "yellow")
