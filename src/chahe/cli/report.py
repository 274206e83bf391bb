"""`chahe report -o FILE`: the last audit as a workbook or a page."""

from pathlib import Path

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import every_control, latest_audit, open_here
from chahe.wording import Lang, Text


@click.command(help="報告：把最近一次查核寫成 .xlsx 或 .html。 (a report of the last audit)")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True, help="audit.xlsx 或 audit.html"
)
@shared
def command(*, output: Path, workspace: Path, lang: Lang, as_json: bool) -> None:
    """The file's ending says which kind of report it is."""
    from chahe.engine.casefiles import cases_of
    from chahe.engine.show import Raws
    from chahe.reports.page import write_page
    from chahe.reports.workbook import write_workbook

    screen = Screen(lang, as_json=as_json)
    opened, store = open_here(workspace, lang)
    record = latest_audit(opened, lang)
    writers = {".xlsx": write_workbook, ".html": write_page}
    if output.suffix not in writers:
        raise Failure(
            Text(
                f"不知道怎麼寫 {output.suffix or output}；請用 .xlsx 或 .html",
                f"cannot write {output.suffix or output}; use .xlsx or .html",
            ),
            lang,
        )
    cases = cases_of(record, every_control(opened.folder, lang))
    try:
        writers[output.suffix](record, Raws(store), output, lang, cases=cases)
    except OSError as error:
        raise Failure(
            Text(f"無法寫入 {output}：{error.strerror}", f"{output} cannot be written: {error.strerror}"), lang
        ) from error
    screen.json({"report": str(output), "digest": record.digest})
    screen.say(Text(f"報告已寫到 {output}", f"The report is in {output}"))
