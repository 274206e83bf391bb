"""What `chahe controls` prints: the list, one control, the slides' items."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chahe.cli.screen import OUTCOME_STYLES, Screen
from chahe.wording import Text

if TYPE_CHECKING:
    from chahe.controls.model import Control
    from chahe.engine.record import ResultRecord


def print_list(screen: Screen, known: "Sequence[Control]") -> None:
    """Every control with its chapter, slide items and score."""
    from chahe.controls.catalogue import chapter_of
    from chahe.engine.scores import said

    screen.json(
        [
            {
                "control": one.id,
                "chapter": chapter_of(one),
                "title": one.title(screen.lang),
                "deck": one.deck,
                "assurance": said(one)(screen.lang),
            }
            for one in known
        ]
    )
    rows = [
        [one.id, one.title(screen.lang), chapter_of(one), "、".join(one.deck), said(one)(screen.lang)]
        for one in sorted(known, key=lambda one: (chapter_of(one), one.id))
    ]
    headings = (
        Text("控制點", "control"),
        Text("名稱", "title"),
        Text("章", "chapter"),
        Text("簡報項目", "slide items"),
        Text("案例的把握", "assurance"),
    )
    screen.table(headings, rows)


def print_deck(screen: Screen, known: "Sequence[Control]", last: "Mapping[str, ResultRecord]") -> None:
    """Every item of the slides, with the controls that answer it, and how each ended in the last audit."""
    from chahe.rules.deck import ITEMS

    listed = [(item, title, [one for one in known if item in one.deck]) for item, title in ITEMS.items()]
    screen.json(
        [
            {
                "item": item,
                "title": title(screen.lang),
                "controls": {one.id: last[one.id].outcome.value if one.id in last else None for one in found},
            }
            for item, title, found in listed
        ]
    )
    none = Text("尚無控制點", "no control yet")(screen.lang)
    rows: list[list[str | tuple[str, str]]] = []
    for item, title, found in listed:
        if not found:
            rows.append([item, title(screen.lang), (none, "yellow"), ""])
        for place, one in enumerate(found):
            outcome = last[one.id].outcome if one.id in last else None
            told = (outcome.label(screen.lang), OUTCOME_STYLES[outcome.value]) if outcome else ""
            rows.append(["" if place else item, "" if place else title(screen.lang), one.id, told])
    headings = (
        Text("簡報項目", "slide item"),
        Text("內容", "what it is about"),
        Text("控制點", "control"),
        Text("最近一次查核", "last audit"),
    )
    screen.table(headings, rows)


def print_one(screen: Screen, one: "Control", last: "ResultRecord | None" = None) -> None:
    """A control's text, parameters, needs and SQL; with its result in the last audit, if there is one."""
    from chahe.engine.scores import said
    from chahe.reports.outcome_views import canary

    screen.json({**_defined(one), "assurance": said(one)(screen.lang)})
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
    screen.raw("")
    screen.raw(f"{Text('案例的把握', 'Assurance')(lang)}: {said(one)(lang)}")
    if last is not None:
        ended = f"{last.outcome.label(lang)}{Text('；', '; ')(lang)}{canary(last)(lang)}"
        screen.raw(f"{Text('最近一次查核', 'Last audit')(lang)}: {ended}")
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


def _defined(one: "Control") -> dict[str, object]:
    from chahe.engine.audit import definition

    defined = definition(one)
    return defined if isinstance(defined, dict) else {}
