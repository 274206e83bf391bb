"""`chahe demo`: make the example firm, ingest it, audit it, and say where the report lies."""

import json
from pathlib import Path

import click

from chahe.cli import exits
from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import audit_all, ingest_all, keep_audit, open_here, span_of
from chahe.wording import Lang, Text

AS_OF = "2026-11-22"


@click.command(help="示範：產生一家範例證券商的紀錄，載入、查核並列出缺失。 (the example firm)")
@click.option("--seed", type=int, default=1, show_default=True, help="亂數種子 (seed)")
@click.option("--clean", is_flag=True, help="沒有植入違規的同一家公司 (the same firm without the planted breaches)")
@shared
def command(*, seed: int, clean: bool, workspace: Path, lang: Lang, as_json: bool) -> None:
    """Exits 0 when the findings are the planted ones, none missing and none extra; 4 otherwise."""
    from datetime import date

    from chahe.cli.pages import print_audit
    from chahe.engine.show import Raws
    from chahe.reports.page import write_page
    from chahe.reports.workbook import write_workbook
    from chahe.simulate.dials import EVERYTHING, NOTHING
    from chahe.simulate.firm import simulate
    from chahe.simulate.later import bring

    screen = Screen(lang, as_json=as_json)
    if workspace.exists() and any(workspace.iterdir()):
        if not (workspace / "truth.json").exists():
            raise Failure(
                Text(
                    f"{workspace.resolve()} 不是空的，也不是先前的示範；請以 --workspace 指定別的資料夾",
                    f"{workspace.resolve()} is neither empty nor an earlier demo; name another folder with --workspace",
                ),
                lang,
            )
        screen.say(
            Text(f"沿用 {workspace} 裡先前產生的範例公司", f"Going on with the example firm in {workspace}"), "dim"
        )
    else:
        simulate(workspace, seed=seed, as_of=date.fromisoformat(AS_OF), scenarios=NOTHING if clean else EVERYTHING)
    opened, store = open_here(workspace, lang, to_write=True)
    ingest_all(screen, opened, store)
    if bring(workspace):
        ingest_all(screen, opened, store)
    span = span_of(opened, store, date.fromisoformat(AS_OF), None, None, lang)
    record = audit_all(screen, opened, store, span)
    kept = keep_audit(opened, store, record)
    raws = Raws(store)
    write_workbook(record, raws, workspace / "audit.xlsx", lang)
    write_page(record, raws, workspace / "audit.html", lang)
    screen.json(json.loads(record.to_json()))
    print_audit(screen, record, kept)
    matched = _compare(screen, workspace, {one.finding for result in record.results for one in result.findings})
    screen.say(
        Text(
            f"報告：{workspace / 'audit.html'}、{workspace / 'audit.xlsx'}",
            f"Reports: {workspace / 'audit.html'}, {workspace / 'audit.xlsx'}",
        ),
        "bold",
    )
    raise click.exceptions.Exit(exits.BROKEN if record.failed or not matched else exits.FINE)


def _compare(screen: Screen, workspace: Path, found: set[str]) -> bool:
    """Hold the findings against the planted truth."""
    from chahe.findings.identity import finding_id

    truth = json.loads((workspace / "truth.json").read_text("utf-8"))
    planted = {finding_id(one["control"], one["key"]) for one in truth["findings"]}
    missing, extra = sorted(planted - found), sorted(found - planted)
    for text, names in (
        (Text("植入卻沒有查到", "planted but not found"), missing),
        (Text("查到卻不是植入的", "found but not planted"), extra),
    ):
        for name in names:
            screen.raw(f"{text(screen.lang)}：{name}", "bold red")
    if not missing and not extra:
        screen.say(
            Text(
                f"與植入的真相一致：{len(planted)} 件，無遺漏、無多報",
                f"Equal to the planted truth: {len(planted)} findings, none missing, none extra",
            ),
            "bold green",
        )
    return not missing and not extra
