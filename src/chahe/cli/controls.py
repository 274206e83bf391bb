"""`chahe controls [ID]`: the catalogue, or one control with its text, SQL, parameters and rule."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.controls.model import Control


@click.command(help="控制點：列出目錄，或一個控制點的內容、規範、參數與 SQL。 (the catalogue)")
@click.argument("control", required=False)
@click.option("--deck", is_flag=True, help="依證交所簡報的項目列出 (by the items of the exchange's slides)")
@shared
def command(*, control: str | None, deck: bool, workspace: Path, lang: Lang, as_json: bool) -> None:
    """The workspace plays no part yet; the option is taken so that all commands are called alike."""
    del workspace
    from chahe.controls.catalogue import chapter_of, controls

    screen = Screen(lang, as_json=as_json)
    known = controls()
    if control is None:
        screen.json(
            [
                {"control": one.id, "chapter": chapter_of(one), "title": one.title(lang), "deck": one.deck}
                for one in known.values()
            ]
        )
        if deck:
            _print_deck(screen, list(known.values()))
        else:
            rows = [
                [one.id, one.title(lang), chapter_of(one), "、".join(one.deck)]
                for one in sorted(known.values(), key=lambda one: (chapter_of(one), one.id))
            ]
            screen.table(
                (
                    Text("控制點", "control"),
                    Text("名稱", "title"),
                    Text("章", "chapter"),
                    Text("簡報項目", "slide items"),
                ),
                rows,
            )
        return
    if control not in known:
        from difflib import get_close_matches

        near = "、".join(get_close_matches(control, known)) or "chahe controls"
        raise Failure(
            Text(f"沒有名為 {control} 的控制點；請見 {near}", f"there is no control {control}; see {near}"), lang
        )
    _one(screen, known[control])


def _print_deck(screen: Screen, known: "list[Control]") -> None:
    items: dict[str, list[str]] = {}
    for one in known:
        for item in one.deck:
            items.setdefault(item, []).append(one.id)
    screen.table(
        (Text("簡報項目", "slide item"), Text("控制點", "controls")),
        [[item, "\n".join(items[item])] for item in sorted(items)],
    )


def _one(screen: Screen, one: "Control") -> None:
    from chahe.engine.audit import definition

    screen.json(definition(one))
    lang = screen.lang
    screen.raw(f"{one.id}  {one.title(lang)}", "bold")
    screen.raw(one.question(lang))
    screen.raw("")
    for cite in one.cites:
        held = cite.versions[-1]
        screen.raw(f"{cite.rule(lang)} {held.article}（{held.sureness.label(lang)}）", "cyan")
        screen.raw(f"  {cite.says(lang)}")
    screen.raw("")
    if one.parameters:
        rows = [
            [name, str(used.value), used.unit.label(lang), used.why(lang), used.sureness.label(lang)]
            for name, used in one.parameters.items()
        ]
        screen.table(
            (
                Text("參數", "parameter"),
                Text("值", "value"),
                Text("單位", "unit"),
                Text("依據", "source"),
                Text("確信程度", "how sure"),
            ),
            rows,
        )
        screen.raw("")
    needs = [[need.table.name, need.table.heading] for need in one.needs]
    screen.table((Text("證據表", "evidence table"), Text("名稱", "heading")), needs)
    for heading, texts in ((Text("看不到的", "Blind spots"), one.blind_spots), (Text("改善", "Remedy"), (one.remedy,))):
        screen.raw("")
        screen.raw(heading(lang), "bold")
        for text in texts:
            screen.raw(f"  {text(lang)}")
    for heading, sql in (
        (Text("母體", "Population"), one.population),
        (Text("例外", "Exceptions"), one.exceptions),
        (Text("無法判斷", "Undetermined"), one.undetermined),
    ):
        if sql:
            screen.raw("")
            screen.raw(heading(lang), "bold")
            screen.raw(sql.strip("\n"))
