"""`chahe simulate`: write a world of the example firm, with what was planted in it."""

from datetime import date
from pathlib import Path

import click

from chahe.cli.options import Day, worded
from chahe.cli.screen import Failure, Screen
from chahe.wording import Lang, Text

AS_OF = date(2026, 11, 22)


@click.command(help="產生一家範例證券商的紀錄與植入違規的真相 (write a world of the example firm)")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", type=int, default=1, show_default=True, help="亂數種子 (seed)")
@click.option(
    "--scale", type=click.Choice(["small", "medium", "large"]), default="small", show_default=True, help="規模 (size)"
)
@click.option("--as-of", type=Day(), default=AS_OF, show_default=True, help="紀錄到哪一天為止 (last day)")
@click.option(
    "--scenarios",
    default="all",
    show_default=True,
    help="植入哪些違規情境與明顯程度，例如 all:subtle、shared-ip:0.3、none (what is planted, and how subtly)",
)
@click.option(
    "--distractors",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="每一種看似違規者各有幾個 (near misses of each kind)",
)
@worded
def command(
    *, folder: Path, seed: int, scale: str, as_of: date, scenarios: str, distractors: int, lang: Lang, as_json: bool
) -> None:
    """Fails where the folder holds anything, or nothing is known under a name in --scenarios."""
    from chahe.simulate.dials import UnknownChoice, chosen
    from chahe.simulate.firm import simulate
    from chahe.simulate.sizes import sized

    try:
        choice = chosen(scenarios)
    except UnknownChoice as error:
        raise Failure(error.told, lang) from error
    screen = Screen(lang, as_json=as_json)
    if folder.exists() and any(folder.iterdir()):
        raise Failure(
            Text(
                f"{folder.resolve()} 不是空的；請指定新的資料夾",
                f"{folder.resolve()} is not empty; name a new folder",
            ),
            lang,
        )
    try:
        simulate(folder, seed=seed, as_of=as_of, scenarios=choice, distractors=distractors, size=sized(scale))
    except OSError as error:
        raise Failure(
            Text(
                f"無法寫入 {folder.resolve()}：{error.strerror}；請確認權限與磁碟空間，清空後再試",
                f"cannot write to {folder.resolve()}: {error.strerror}; see to rights and space on the disk, empty it and try again",
            ),
            lang,
        ) from error
    files = [one for one in folder.rglob("*") if one.is_file()]
    held = sum(one.stat().st_size for one in files)
    screen.json({"folder": str(folder), "seed": seed, "scale": scale, "files": len(files), "bytes": held})
    screen.say(
        Text(
            f"已寫入 {folder}：{len(files)} 個檔案，{held / 1e6:,.1f} MB；真相在 truth.json。接著：chahe ingest -w {folder}",
            f"Wrote {folder}: {len(files)} files, {held / 1e6:,.1f} MB; the truth is in truth.json. Next: chahe ingest -w {folder}",
        )
    )
