"""`chahe cases [CASE]`: findings that belong together, worst first; or one case with its people, ties and time line."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import every_control, latest_audit, workspace_here
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chahe.findings.casefiles import Case


@click.command(help="案件：把同一人、帳戶或裝置的缺失放在一起，最該先看的在前。 (findings that belong together)")
@click.argument("case", required=False)
@shared
def command(*, case: str | None, workspace: Path, lang: Lang, as_json: bool) -> None:
    """CASE is a case's number, or its beginning as long as only one begins so."""
    from chahe.engine.casefiles import cases_of
    from chahe.reports.case_views import plain

    screen = Screen(lang, as_json=as_json)
    opened = workspace_here(workspace, lang)
    record = latest_audit(opened, lang)
    found = cases_of(record, every_control(opened.folder, lang))
    if case is None:
        screen.json([plain(one) for one in found])
        _list(screen, found)
        return
    one = _chosen(found, case, lang)
    screen.json(plain(one))
    _show(screen, one)


def _chosen(found: "Sequence[Case]", case: str, lang: Lang) -> "Case":
    """The case that begins so. Raises Failure where none does, or several."""
    matching = [one for one in found if one.id.startswith(case) or one.id.removeprefix("case-").startswith(case)]
    if len(matching) == 1:
        return matching[0]
    listed = "\n  ".join(one.id for one in (matching or found)[:20])
    raise Failure(
        Text(
            f"{'有不只一件' if matching else '沒有'}編號以 {case} 開頭的案件：\n  {listed}",
            f"{'several cases begin' if matching else 'no case begins'} {case}:\n  {listed}",
        ),
        lang,
    )


def _list(screen: Screen, found: "Sequence[Case]") -> None:
    from chahe.reports.case_views import CAUTION, formula, looks_like, whose

    if not found:
        screen.say(Text("沒有互相關聯的缺失", "No findings belong together"))
        return
    headings = (
        Text("案件", "case"),
        Text("排序分數", "score"),
        Text("對象", "whose"),
        Text("紀錄所示", "records show"),
        Text("缺失", "findings"),
        Text("分數的由來", "made of"),
    )
    rows = [
        (
            one.id,
            str(one.rank.score),
            whose(one, screen.lang),
            looks_like(one, screen.lang),
            str(len(one.found)),
            formula(one),
        )
        for one in found
    ]
    screen.table(headings, rows)
    screen.raw("")
    screen.say(CAUTION, "dim")
    screen.say(
        Text(
            "以 chahe cases 案件編號 查看人物、關聯、時間軸與證據",
            "chahe cases CASE shows people, ties, time line and evidence",
        ),
        "dim",
    )


def _show(screen: Screen, case: "Case") -> None:
    from chahe.reports.case_views import ADJOINING, CAUTION, looks_like, names, steps, when, whose

    lang, called = screen.lang, names(case, screen.lang)
    screen.raw(f"{case.id}  {whose(case, lang)}", "bold")
    screen.raw(looks_like(case, lang), "red")
    screen.say(CAUTION, "dim")
    screen.raw("")
    screen.table(
        (Text("排序", "rank"), Text("乘數", "factor"), Text("累積", "so far"), Text("理由", "why")),
        [(one.name(lang), str(one.factor), str(one.product), one.why(lang)) for one in steps(case)],
        Text(f"分數 {case.rank.score}", f"Score {case.rank.score}"),
    )
    screen.raw("")
    screen.table(
        (Text("人物、帳戶與物", "who and what"), Text("缺失", "findings")),
        [(called[one.thing], str(len(one.findings))) for one in case.people],
        Text("人物", "People and things"),
    )
    screen.raw("")
    screen.table(
        (
            Text("一方", "one"),
            Text("另一方", "other"),
            Text("關聯", "tie"),
            Text("強度", "strength"),
            Text("證據", "evidence"),
        ),
        [
            (called[one.one], called[one.other], one.what(lang), str(one.strength), "\n".join(one.rows))
            for one in case.bonds
        ],
        Text("關聯", "Ties"),
    )
    screen.raw("")
    screen.table(
        (Text("時間", "when"), Text("紀錄所示", "the record shows"), Text("證據", "evidence")),
        [(when(one), one.what(lang), "\n".join(one.rows)) for one in case.moments],
        Text("時間軸", "Time line"),
    )
    screen.raw("")
    screen.table(
        (Text("缺失", "finding"), Text("說明", "what is wrong")),
        [(one.finding, one.message(lang)) for one in case.found],
        Text("缺失（以 chahe show 查看原始紀錄）", "Findings (chahe show leads to the raw records)"),
    )
    if case.adjoining:
        screen.raw("")
        screen.table(
            (Text("缺失", "finding"), Text("說明", "what is wrong")),
            [(one.finding, one.message(lang)) for one in case.adjoining],
            ADJOINING,
        )
    if case.related:
        screen.raw("")
        screen.table(
            (Text("案件", "case"), Text("共同之處", "in common")),
            [(name, called[thing]) for name, thing in case.related],
            Text("有關的案件", "Related cases"),
        )
