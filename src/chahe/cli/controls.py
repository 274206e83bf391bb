"""`chahe controls [ID…]`: the catalogue and the firm's own controls; their text, the slides' items, and how far their cases can be trusted."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import every_control, own_here, refuse_unknown
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chahe.engine.record import ResultRecord


@click.command(help="控制點：列出目錄與公司自訂者，或一個控制點的內容、規範、參數與 SQL。 (the catalogue)")
@click.argument("named", metavar="[CONTROL]...", nargs=-1)
@click.option(
    "--deck", is_flag=True, help="依證交所簡報的項目列出，附最近一次查核的結果 (by the items of the exchange's slides)"
)
@click.option("--check", is_flag=True, help="檢查控制點的寫法與案例，預設為公司自訂的全部 (check form and cases)")
@click.option(
    "--assure",
    is_flag=True,
    help="以變異測試案例能否測出 SQL 的錯誤，查核過的工作資料夾並試植違規；全部需數分鐘 (mutants of the SQL, planted breaches)",
)
@click.option("--suggest", is_flag=True, help="與 --assure 併用：為測不出的變異尋找案例 (look for the missing cases)")
@shared
def command(
    *,
    named: tuple[str, ...],
    deck: bool,
    check: bool,
    assure: bool,
    suggest: bool,
    workspace: Path,
    lang: Lang,
    as_json: bool,
) -> None:
    """Exit codes: 1 when a mutant survives or a case does not hold, 2 for what the caller can mend."""
    from chahe.cli.controls_shown import print_deck, print_list, print_one

    screen = Screen(lang, as_json=as_json)
    if deck + check + assure > 1:
        raise Failure(
            Text("--deck、--check 與 --assure 一次只能用一個", "use one of --deck, --check and --assure"), lang
        )
    if suggest and not assure:
        raise Failure(Text("--suggest 要與 --assure 併用", "--suggest goes with --assure"), lang)
    known = every_control(workspace, lang)
    refuse_unknown(set(named), set(known), lang)
    if check:
        from chahe.cli.controls_assured import print_check

        print_check(screen, own_here(workspace, lang), named)
    elif assure:
        from chahe.cli.controls_assured import print_assurance

        print_assurance(screen, own_here(workspace, lang), named, workspace, suggest=suggest)
    elif deck:
        print_deck(screen, [one for one in known.values() if not named or one.id in named], _last(workspace))
    elif len(named) == 1:
        print_one(screen, known[named[0]], _last(workspace).get(named[0]))
    else:
        print_list(screen, [one for one in known.values() if not named or one.id in named])


def _last(folder: Path) -> "Mapping[str, ResultRecord]":
    """The result of each control in the last audit of the workspace, if there is one."""
    from chahe.engine.runs import latest

    record = latest(folder / "audits")
    return {result.control: result for result in record.results} if record is not None else {}
