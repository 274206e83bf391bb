"""`chahe show FINDING`: the rule, the message, the rows, and the raw records behind them."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli.findings import find
from chahe.cli.options import shared
from chahe.cli.screen import Screen
from chahe.cli.steps import latest_audit, open_here
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.engine.record import FindingRecord, ResultRecord
    from chahe.engine.show import RawRecord
    from chahe.engine.store import Store


@click.command(help="說明一項缺失：規範、內容、證據與原始紀錄。 (one finding, down to the raw records)")
@click.argument("finding")
@shared
def command(*, finding: str, workspace: Path, lang: Lang, as_json: bool) -> None:
    """FINDING is a finding's number, or its beginning as long as only one begins so."""
    from chahe.reports.outcome_views import trust

    screen = Screen(lang, as_json=as_json)
    opened, store = open_here(workspace, lang)
    record = latest_audit(opened, lang)
    result, found = find(record, finding, lang)
    raws = _raw_records(store, found, lang)
    screen.json(
        {
            "finding": asdict(found),
            "result": {
                "control": result.control,
                "title": result.title,
                "rules": [asdict(rule) for rule in result.rules],
                "assurance": trust(result)(lang),
            },
            "raw": [asdict(raw) for raw in raws.values() if not isinstance(raw, str)],
        }
    )
    if not as_json:
        _print(screen, result, found, raws)


def _raw_records(store: "Store", found: "FindingRecord", lang: Lang) -> "dict[str, RawRecord | str]":
    """By column; where the raw record cannot be had, the reason."""
    from chahe.cli.sealed_files import why_closed
    from chahe.engine.show import NoRecord, raw_record
    from chahe.vault.errors import VaultError

    raws: dict[str, RawRecord | str] = {}
    for name, value in found.row.items():
        if name.endswith("_row") and isinstance(value, str):
            try:
                raws[name] = raw_record(store, value)
            except NoRecord as error:
                raws[name] = str(error)
            except VaultError as error:
                raws[name] = why_closed(error)(lang)
    return raws


def _print(screen: Screen, result: "ResultRecord", found: "FindingRecord", raws: "dict[str, RawRecord | str]") -> None:
    from chahe.reports.evidence import heading_of, values_of
    from chahe.reports.outcome_views import trust

    screen.raw(f"{found.finding}  {result.title(screen.lang)}", "bold")
    screen.raw(found.message(screen.lang), "red")
    screen.raw("")
    for rule in result.rules:
        article = rule.article or rule.cited_as
        since = Text(f"，{rule.since} 起", f", since {rule.since}")(screen.lang) if rule.since else ""
        screen.raw(
            f"{rule.rule(screen.lang)} {article}{since}（{rule.sureness(screen.lang) if rule.sureness else '—'}）",
            "cyan",
        )
        screen.raw(f"  {rule.says(screen.lang)}")
    screen.say(Text(f"案例的把握：{trust(result).zh}", f"Assurance: {trust(result).en}"), "dim")
    screen.raw("")
    rows = list(values_of(result, found.row, screen.lang).items())
    screen.table((Text("欄位", "column"), Text("內容", "value")), rows)
    screen.raw("")
    for name, raw in raws.items():
        if isinstance(raw, str):
            screen.raw(f"{heading_of(result, name, screen.lang)}: {raw}", "yellow")
            continue
        called = heading_of(result, name, screen.lang)
        screen.raw(f"{called} · {raw.path} {raw.place(screen.lang)}", "bold")
        screen.raw(f"sha256 {raw.object}", "dim")
        screen.raw(raw.text)
        screen.raw("")
    screen.say(Text(f"改善：{result.remedy.zh}", f"Remedy: {result.remedy.en}"))
