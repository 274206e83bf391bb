"""`chahe links PAGE…`: the links that lead away from the firm's pages, clicked in a real browser, as a list to be ingested."""

import csv
from hashlib import sha256
from pathlib import Path

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.wording import Lang, Text


@click.command(help="連結：以瀏覽器點選官方網頁上的外部連結，記下有沒有離站提示。 (links clicked in a browser)")
@click.argument("pages", nargs=-1, required=True)
@click.option("--own", multiple=True, help="公司自己的主機，瀏覽器只連這些 (may be repeated)")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True, help="寫入的 CSV；畫面放在旁邊"
)
@click.option("--chromium", type=click.Path(path_type=Path), default=Path("/usr/bin/chromium"), show_default=True)
@click.option("--no-sandbox", is_flag=True, help="以 root 執行時 Chromium 需要")
@shared
def command(
    *,
    pages: tuple[str, ...],
    own: tuple[str, ...],
    output: Path,
    chromium: Path,
    no_sandbox: bool,
    workspace: Path,
    lang: Lang,
    as_json: bool,
) -> None:
    """Pages are addresses or saved files. Nothing but the hosts of `--own` is reached."""
    del workspace
    screen = Screen(lang, as_json=as_json)
    if output.exists():
        raise Failure(
            Text(
                f"{output} 已經存在，不會覆寫；請以 -o 指定別的檔名",
                f"{output} exists and is not written over; name another file with -o",
            ),
            lang,
        )
    rows = _clicked(
        pages, own, chromium, sandbox=not no_sandbox, beside=output.parent / f"{output.stem}_pictures", lang=lang
    )
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("網頁", "連結文字", "連結目標", "目標主機", "離站提示", "提示文字", "瀏覽器", "畫面摘要"))
        writer.writerows(rows)
    screen.json({"links": len(rows), "list": str(output)})
    screen.say(
        Text(
            f"{len(pages)} 個網頁有 {len(rows)} 個外部連結，清單寫到 {output}；請列為 chahe.toml 的來源後執行 chahe ingest",
            f"{len(rows)} links lead away from {len(pages)} pages; the list is in {output}: name it as a source in chahe.toml and run chahe ingest",
        )
    )


def _clicked(
    pages: tuple[str, ...], own: tuple[str, ...], chromium: Path, *, sandbox: bool, beside: Path, lang: Lang
) -> list[tuple[str, ...]]:
    try:
        from playwright.sync_api import Error as BrowserError

        from chahe.browsing.links import NoBrowser, links
    except ImportError as error:
        raise Failure(
            Text(
                "沒有安裝瀏覽器的驅動程式；請安裝 chahe[browser]",
                "the browser's driver is not installed; install chahe[browser]",
            ),
            lang,
        ) from error
    rows: list[tuple[str, ...]] = []
    addresses = [page if "://" in page else Path(page).resolve().as_uri() for page in pages]
    try:
        for one in links(addresses, own=own, chromium=chromium, sandbox=sandbox):
            digest = sha256(one.picture).hexdigest()
            beside.mkdir(parents=True, exist_ok=True)
            (beside / f"{digest}.png").write_bytes(one.picture)
            rows.append((one.page, one.text, one.target, one.host, one.warning, one.words, one.browser, digest))
    except (NoBrowser, BrowserError) as error:
        raise Failure(
            Text(
                f"瀏覽器無法執行或無法開啟網頁：{error}", f"the browser did not start or could not open a page: {error}"
            ),
            lang,
        ) from error
    return rows
