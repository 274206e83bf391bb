"""`chahe vault prove FINDING`: one file that proves a finding to somebody who has neither the vault nor Chahe."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import click

from chahe.cli.findings import find
from chahe.cli.options import shared
from chahe.cli.screen import Screen
from chahe.cli.steps import latest_audit, open_here, vault_failure
from chahe.wording import Lang, Text

_SCRIPT = "verify_proof.py"


@click.command(
    help="證明：寫出一項缺失的證明檔，檢查人員不需要 Chahe 就能驗證。 (a file that proves a finding to a stranger)"
)
@click.argument("finding")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, file_okay=False), help="寫到哪個資料夾 (folder to write to)"
)
@shared
def command(*, finding: str, target: Path | None, workspace: Path, lang: Lang, as_json: bool) -> None:
    """FINDING is a finding's number, or its beginning as long as only one begins so."""
    from chahe.engine.proving import prove
    from chahe.vault.errors import VaultError

    screen = Screen(lang, as_json=as_json)
    opened, store = open_here(workspace, lang)
    record = latest_audit(opened, lang)
    _, found = find(record, finding, lang)
    try:
        proof = prove(store, record, found.finding)
    except VaultError as error:
        raise vault_failure(error, lang) from error
    folder = target or opened.folder / "proofs"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found.finding}.proof.json"
    path.write_bytes(proof)
    with as_file(files("chahe.vault") / _SCRIPT) as script:
        shutil.copyfile(script, folder / _SCRIPT)
    screen.json({"proof": str(path), "script": str(folder / _SCRIPT), "bytes": len(proof)})
    screen.say(
        Text(
            f"已寫出 {path}（{len(proof):,} 位元組）。檢查人員以任何 Python 3.9 以上執行：python3 {_SCRIPT} {path.name} --key 公司的驗證金鑰",
            f"Wrote {path} ({len(proof):,} bytes). An examiner runs, with any Python from 3.9 on: "
            f"python3 {_SCRIPT} {path.name} --key THE-FIRM'S-VERIFIER-KEY",
        )
    )
