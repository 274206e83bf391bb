"""`chahe vault rekey`: another key signs the vault from now on, named by the one that signed until now."""

import getpass
import os
from pathlib import Path

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import now_us, vault_failure, workspace_here
from chahe.wording import Lang, Text


@click.command(help="更換金鑰：由舊金鑰簽署指名新金鑰的紀錄，之後由新金鑰簽署。 (change the key that signs the vault)")
@click.option(
    "--to",
    "to",
    required=True,
    metavar="KEY",
    help="新金鑰的檔案（沒有就產生），或權杖裡的金鑰 pkcs11:… (the new key's file, made if absent, or pkcs11:…)",
)
@click.option("--why", required=True, help="原因 (why)")
@click.option("--by", default=getpass.getuser, help="由誰執行，預設為目前的使用者 (by whom)")
@shared
def command(*, to: str, why: str, by: str, workspace: Path, lang: Lang, as_json: bool) -> None:
    """Run again, as before, where it was interrupted: nothing is written to the vault until it is done."""
    from chahe.engine.rekeying import rekey
    from chahe.vault.errors import Malformed, VaultError
    from chahe.vault.rekeying import Reason
    from chahe.workspace import signing_key

    screen = Screen(lang, as_json=as_json)
    opened = workspace_here(workspace, lang)
    try:
        key = signing_key(to, opened.folder)
        done = rekey(opened, key, Reason(why=why, by=by), at_us=now_us(), random=os.urandom)
    except Malformed as error:
        raise Failure(Text(f"--to {to} 不可用：{error.why}", f"--to {to} cannot be used: {error.why}"), lang) from error
    except VaultError as error:
        raise vault_failure(error, lang) from error
    former, until = done.chain.former[-1]
    screen.json({"key": str(done.chain.current), "former": str(former), "until": until, "verifier": str(done.verifier)})
    screen.say(
        Text(
            f"第 {until:,} 筆起由新金鑰簽署：{done.chain.current}",
            f"From entry {until:,} on the new key signs: {done.chain.current}",
        ),
        "bold green",
    )
    screen.say(
        Text(
            f'請接著：(1) 在 chahe.toml 的 [vault] 寫 key = "{to}"，在那之前不能載入；(2) 把 {done.verifier} 交給檢查人員；'
            "(3) 請每一位見證人把 --log-key 換成新的驗證金鑰，再執行 chahe vault anchor；"
            "(4) 銷毀舊金鑰，它簽的新檢核點從此一律不被接受",
            f'Now: (1) write key = "{to}" under [vault] in chahe.toml, nothing is ingested before that; (2) hand {done.verifier} to the '
            "examiner; (3) have every witness put the new verifier key in the place of the old one after --log-key, then run chahe vault "
            "anchor; (4) destroy the old key: no newer checkpoint of its is accepted any more",
        )
    )
