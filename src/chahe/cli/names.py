"""`chahe names`: which written names are taken for one host or account, by which rule, and which cannot be told."""

from pathlib import Path

import click

from chahe.cli.options import shared
from chahe.cli.screen import Screen
from chahe.cli.steps import open_here, span_of
from chahe.wording import Lang, Text


@click.command(help="名稱：哪些寫法視為同一主機或帳號，哪些無法判定。 (names brought together)")
@shared
def command(*, workspace: Path, lang: Lang, as_json: bool) -> None:
    """Looks at what is loaded, as of its newest day."""
    from chahe.engine.engines import open_engine
    from chahe.engine.ready import Ready
    from chahe.reports.naming_words import NAMING_RULES, NAMINGS

    screen = Screen(lang, as_json=as_json)
    opened, store = open_here(workspace, lang)
    span = span_of(opened, store, None, None, None, lang)
    scratch = opened.vault / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    with open_engine("duckdb", scratch=scratch) as engine:
        written = Ready(engine, store, span, opened.sources).known().written()
    screen.json(
        [{"naming": naming, "written": name, "means": means, "rule": rule} for naming, name, means, rule in written]
    )
    if not written:
        screen.say(Text("沒有需要對照的名稱：每個名稱只有一種寫法", "no name is written in more than one way"))
        return
    headings = (
        Text("種類", "kind"),
        Text("寫法", "written"),
        Text("視為或可能是", "means, or could mean"),
        Text("依據", "rule"),
    )
    rows: list[list[str | tuple[str, str]]] = [
        [
            NAMINGS[naming](lang),
            name,
            "\n".join(means),
            NAMING_RULES[rule](lang) if rule else (NAMING_RULES[rule](lang), "yellow"),
        ]
        for naming, name, means, rule in written
    ]
    screen.table(headings, rows)
