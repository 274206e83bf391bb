"""`chahe template TABLE`: an empty form for a register, in Excel or CSV."""

from pathlib import Path

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.wording import Lang, Text


@click.command(help="表單：一張證據表的空白 Excel 或 CSV，附中文標題、說明與下拉選單。 (an empty form)")
@click.argument("table", required=False)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="預設為 TABLE.xlsx；.csv 亦可")
@shared
def command(*, table: str | None, output: Path | None, workspace: Path, lang: Lang, as_json: bool) -> None:
    """Without TABLE, lists the tables."""
    from chahe.evidence.catalogue import tables
    from chahe.evidence.model import Shape
    from chahe.reports.template import write_template_csv, write_template_xlsx

    screen = Screen(lang, as_json=as_json)
    known = {name: one for name, one in tables().items() if one.shape is not Shape.DERIVED}
    if table is None:
        screen.json([{"table": one.name, "heading": one.heading, "row": one.row(lang)} for one in known.values()])
        screen.table(
            (Text("證據表", "table"), Text("名稱", "heading"), Text("一列是", "one row is")),
            [[one.name, one.heading, one.row(lang)] for one in known.values()],
        )
        return
    if table not in known:
        raise Failure(
            Text(
                f"沒有名為 {table} 的證據表；以 chahe template 列出全部",
                f"there is no evidence table {table}; chahe template lists them",
            ),
            lang,
        )
    target = output or workspace / f"{table}.xlsx"
    if target.exists():
        raise Failure(
            Text(
                f"{target} 已經存在，不會覆寫；請以 -o 指定別的檔名",
                f"{target} exists and is not written over; name another file with -o",
            ),
            lang,
        )
    write = write_template_csv if target.suffix == ".csv" else write_template_xlsx
    try:
        write(known[table], target)
    except OSError as error:
        raise Failure(
            Text(f"無法寫入 {target}：{error.strerror}", f"{target} cannot be written: {error.strerror}"), lang
        ) from error
    screen.json({"template": str(target)})
    screen.say(Text(f"表單已寫到 {target}", f"The form is in {target}"))
