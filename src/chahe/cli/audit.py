"""`chahe audit`: check the controls over what is loaded."""

import json
from datetime import date
from pathlib import Path

import click

from chahe.cli.options import Day, shared
from chahe.cli.screen import Screen
from chahe.cli.steps import audit_all, exit_code, keep_audit, open_here, span_of
from chahe.wording import Lang


@click.command(help="查核：對已載入的紀錄執行控制點，列出缺失。 (check the controls)")
@click.option("--as-of", type=Day(), help="查核基準日，預設為已載入證據中最新的一天 (as-of day)")
@click.option("--from", "begin", type=Day(), help="查核期間的第一天 (first day of the period)")
@click.option("--until", type=Day(), help="查核期間的最後一天，預設為基準日 (last day of the period)")
@click.option("--control", "only", multiple=True, help="只執行這個控制點，可重複 (only this control; repeatable)")
@click.option("--engine", default="duckdb", help="duckdb、local[N]、local-cluster[N,C,M]、spark://…、sc://…")
@click.option(
    "--canaries", is_flag=True, help="在證據旁試植案例中的違規，確認控制點查得出來 (plant breaches that must be found)"
)
@shared
def command(
    *,
    as_of: date | None,
    begin: date | None,
    until: date | None,
    only: tuple[str, ...],
    engine: str,
    canaries: bool,
    workspace: Path,
    lang: Lang,
    as_json: bool,
) -> None:
    """Exit codes: chahe.cli.exits."""
    from chahe.cli.pages import print_audit

    screen = Screen(lang, as_json=as_json)
    opened, store = open_here(workspace, lang, to_write=True, new=False)
    span = span_of(opened, store, as_of, begin, until, lang)
    record = audit_all(screen, opened, store, span, only=only, engine_url=engine, canaries=canaries)
    kept = keep_audit(opened, store, record)
    screen.json(json.loads(record.to_json()))
    print_audit(screen, record, kept)
    raise click.exceptions.Exit(exit_code(record))
