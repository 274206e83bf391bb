"""`chahe vault status`: what the vault holds, under which key, and who outside vouches for it."""

from collections import Counter
from pathlib import Path

import click

from chahe.cli.options import shared
from chahe.cli.screen import Screen
from chahe.cli.vault.opening import open_vault
from chahe.wording import Lang, Text

_KINDS = {
    "vault": Text("建立", "made"),
    "key": Text("換金鑰", "key changed"),
    "ingest": Text("保存原始檔", "raw file kept"),
    "derivation": Text("讀成證據", "evidence read"),
    "audit": Text("查核", "audit"),
    "decision": Text("判定", "decision"),
    "export": Text("匯出", "export"),
    "restore": Text("還原或演練", "restore or drill"),
    "hold": Text("保全", "hold"),
    "release": Text("解除保全", "release"),
    "deletion": Text("期滿刪除", "deletion"),
    "timestamp": Text("時戳", "time stamp"),
}


@click.command(help="狀態：筆數、樹根、金鑰與外部見證。 (entries, root, key, witnesses)")
@shared
def command(*, workspace: Path, lang: Lang, as_json: bool) -> None:
    """Reads every entry once; objects are not read (`chahe vault verify` does)."""
    from chahe.engine.message import moment

    screen = Screen(lang, as_json=as_json)
    opened = open_vault(workspace, lang)
    vault, head = opened.vault, opened.vault.checkpoint
    counts: Counter[str] = Counter()
    last: dict[str, int] = {}
    for _, entry in vault.entries():
        kind, at_us = str(entry["kind"]), entry["at_us"]
        counts[kind] += 1
        last[kind] = max(last.get(kind, 0), at_us if isinstance(at_us, int) else 0)
    vouched = vault.anchored()
    newest = vouched[-1].checkpoint.size if vouched else None
    screen.json(
        {
            "origin": head.origin,
            "entries": head.size,
            "root": head.root.hex(),
            "key": str(vault.key),
            "kinds": dict(counts),
            "anchored": newest,
        }
    )
    screen.raw(f"{head.origin}  {head.size:,}  {head.root.hex()}", "bold")
    screen.say(Text(f"驗證金鑰 {vault.key}", f"Verifier key {vault.key}"))
    headings = (Text("紀錄", "entry"), Text("筆數", "count"), Text("最近一次", "latest"))
    screen.table(
        headings, [(_KINDS[kind](lang), f"{count:,}", moment(last[kind])) for kind, count in sorted(counts.items())]
    )
    if newest is None:
        screen.say(
            Text(
                "還沒有外部見證：擁有金鑰的人仍可能重寫紀錄而不被發現；請設定 [[vault.witness]] 並執行 chahe vault anchor，"
                "或把 checkpoint 檔交給公司以外的人保存（見 docs/security.md）",
                "Nobody outside vouches for it yet: whoever has the key could still rewrite it unseen. Name a [[vault.witness]] and "
                "run chahe vault anchor, or give the checkpoint file to somebody outside (docs/security.md)",
            ),
            "yellow",
        )
    else:
        screen.say(Text(f"外部見證到第 {newest:,} 筆", f"Vouched for from outside up to entry {newest:,}"))
