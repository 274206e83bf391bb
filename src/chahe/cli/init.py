"""`chahe init`: a workspace with a commented chahe.toml."""

import sys
from pathlib import Path

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.wording import Lang, Text

_FACTS = (
    ("internet_orders", Text("貴公司是否辦理網路下單", "Does the firm take orders over the internet")),
    ("colocation", Text("貴公司是否使用證交所主機共置服務", "Does the firm use the exchange's co-location service")),
)


@click.command(help="建立工作資料夾：寫出附說明的 chahe.toml。 (make a workspace)")
@click.option("--name", help="公司名稱 (the firm's name)")
@click.option(
    "--internet-orders/--no-internet-orders", default=None, help="是否辦理網路下單 (takes orders over the internet)"
)
@click.option("--colocation/--no-colocation", default=None, help="是否使用主機共置服務 (uses co-location)")
@shared
def command(
    *,
    name: str | None,
    internet_orders: bool | None,
    colocation: bool | None,
    workspace: Path,
    lang: Lang,
    as_json: bool,
) -> None:
    """Asks for what the options do not say, if there is someone to ask."""
    from chahe.cli.first_file import first_file
    from chahe.workspace import FILE

    screen = Screen(lang, as_json=as_json)
    target = workspace / FILE
    if target.exists():
        raise Failure(
            Text(
                f"{target} 已經存在；不會覆寫，請直接編輯它",
                f"{target} exists already and is not written over; edit it",
            ),
            lang,
        )
    asks = sys.stdin.isatty() and not as_json
    name = name or (click.prompt(Text("公司名稱", "Name of the firm")(lang)) if asks else "")
    facts = dict(zip((key for key, _ in _FACTS), (internet_orders, colocation), strict=True))
    for key, question in _FACTS:
        if facts[key] is None and asks:
            facts[key] = click.confirm(question(lang))
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        (workspace / "records").mkdir(exist_ok=True)
        target.write_text(first_file(name, facts), "utf-8")
    except OSError as error:
        raise Failure(
            Text(f"無法寫入 {target}：{error.strerror}", f"{target} cannot be written: {error.strerror}"), lang
        ) from error
    screen.json({"workspace": str(workspace), "file": str(target)})
    screen.say(
        Text(
            f"已寫出 {target}。把紀錄放進 {workspace / 'records'}，或在檔中寫明路徑，再執行 chahe ingest。",
            f"Wrote {target}. Put records into {workspace / 'records'} or name their paths in the file, then run chahe ingest.",
        )
    )
