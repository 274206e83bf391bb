"""`chahe vault anchor`: have the witnesses cosign the checkpoint, and the authorities time-stamp it."""

from pathlib import Path
from urllib.request import getproxies_environment

import click

from chahe.cli import exits
from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import now_us, vault_failure
from chahe.cli.vault.opening import open_vault
from chahe.wording import Lang, Text


@click.command(help="錨定：請見證人副署檢核點、時戳機構蓋上時間。 (witnesses and time stamps)")
@shared
def command(*, workspace: Path, lang: Lang, as_json: bool) -> None:
    """Exits 0 when all of chahe.toml's witnesses and authorities answered, 4 when one did not."""
    from chahe.engine.anchoring import anchor
    from chahe.engine.message import moment
    from chahe.vault.errors import VaultError
    from chahe.vault.witnessing.posting import Poster

    screen = Screen(lang, as_json=as_json)
    opened = open_vault(workspace, lang, to_write=True)
    settings = opened.workspace.vault_settings
    if not settings.witnesses and not settings.timestamps:
        raise Failure(
            Text(
                "chahe.toml 沒有寫見證人或時戳機構；請加上 [[vault.witness]] 或 [[vault.timestamps]]",
                "chahe.toml names no witness and no time-stamping authority; add [[vault.witness]] or [[vault.timestamps]]",
            ),
            lang,
        )
    poster = Poster(proxies=getproxies_environment())
    try:
        done = anchor(opened.vault, settings, poster, at_us=now_us())
    except (VaultError, OSError) as error:
        raise vault_failure(error, lang) from error
    screen.json(
        {
            "entries": done.checkpoint.size,
            "root": done.checkpoint.root.hex(),
            "witnesses": done.witnesses,
            "timestamps": {url: stamp.at_s for url, stamp in done.stamps.items()},
            "failures": {name: str(error) for name, error in done.failures.items()},
        }
    )
    for name in done.witnesses:
        screen.say(
            Text(f"{name} 已副署第 {done.checkpoint.size:,} 筆", f"{name} cosigned entry {done.checkpoint.size:,}")
        )
    for url, stamp in done.stamps.items():
        stamped = moment(stamp.at_s * 1_000_000)
        screen.say(Text(f"{url} 蓋上時戳 {stamped}", f"{url} stamped {stamped}"))
    for name, failure in done.failures.items():
        screen.raw(f"{name}: {failure}", "bold red")
    raise click.exceptions.Exit(exits.BROKEN if done.failures else exits.FINE)
