"""`chahe vault expire`: what may leave after its period, what must stay and why; with two people's word, let it go."""

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli.options import Day, shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import now_us, open_here, vault_failure
from chahe.cli.vault.release import two_people
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.vault.keeping.retention import Item, Kept, Plan

_MOST = 40
"""Items listed; all of them in JSON."""


@click.command(
    help="到期刪除：先列出可刪與不可刪的；加 --apply 與二人同意才刪。 (what may leave; --apply and two people let it go)"
)
@click.option("--day", type=Day(), help="以哪一天計算，預設今天 (as of which day; today unless said)")
@click.option("--by", multiple=True, help="同意刪除的人，寫兩次 (who agrees; given twice)")
@click.option("--apply", "is_applied", is_flag=True, help="刪除，不能復原 (let it go; cannot be undone)")
@shared
def command(
    *, day: date | None, by: tuple[str, ...], is_applied: bool, workspace: Path, lang: Lang, as_json: bool
) -> None:
    """Without --apply nothing is changed."""
    from chahe.engine.expiry import expire, finish, holds, items
    from chahe.engine.vaults import vault_of
    from chahe.rules.periods import taipei_day
    from chahe.vault.errors import VaultError
    from chahe.vault.keeping.retention import NotTwoPeople, plan

    screen = Screen(lang, as_json=as_json)
    at_us = now_us()
    today = taipei_day(at_us)
    asked = day or today
    if is_applied and asked > today:
        raise Failure(
            Text(
                f"不能提前刪除：今天是 {today}，--day 是 {asked}",
                f"nothing leaves before its day: today is {today}, --day is {asked}",
            ),
            lang,
        )
    opened, store = open_here(workspace, lang, to_write=is_applied, new=False)
    try:
        vault = vault_of(store)
        if is_applied:
            finish(store, vault)
        made = plan(items(store), holds(vault).values(), asked)
        if is_applied:
            expire(store, vault, made.may_go, day=asked, by=by, at_us=at_us)
            # Results kept for the next audit quote rows that have left; they are worked out anew.
            shutil.rmtree(opened.audits / "results", ignore_errors=True)
    except NotTwoPeople as error:
        raise two_people(lang) from error
    except VaultError as error:
        raise vault_failure(error, lang) from error
    screen.json(_described(made, is_applied=is_applied))
    if not as_json:
        _print(screen, made, is_applied=is_applied)


def _described(made: "Plan", *, is_applied: bool) -> dict[str, object]:
    return {
        "day": made.day.isoformat(),
        "applied": is_applied,
        "may_go": [_told(item) for item in made.may_go],
        "kept": [
            {
                **_told(one.item),
                "earliest": one.earliest.isoformat() if one.earliest else None,
                "rules": [{"rule": duty.rule, "until": duty.until.isoformat()} for duty in one.duties],
                "holds": list(one.holds),
                "in_use": one.item.in_use,
            }
            for one in made.kept
        ],
    }


def _told(item: "Item") -> dict[str, object]:
    return {"object": item.object, "source": item.source, "path": item.path, "size": item.size}


def _print(screen: Screen, made: "Plan", *, is_applied: bool) -> None:
    lang = screen.lang
    if made.kept:
        rows = [(one.item.path, f"{one.item.size:,}", _why(one, lang), _when(one, lang)) for one in made.kept[:_MOST]]
        headings = (
            Text("檔案", "file"),
            Text("位元組", "bytes"),
            Text("原因", "because"),
            Text("最早可刪", "not before"),
        )
        screen.table(headings, rows, Text(f"必須保存（{len(made.kept)}）", f"Must stay ({len(made.kept)})"))
    if made.may_go:
        rows = [(one.path, f"{one.size:,}", one.object[:12], str(one.free_from)) for one in made.may_go[:_MOST]]
        headings = (Text("檔案", "file"), Text("位元組", "bytes"), Text("原始檔", "object"), Text("到期", "free from"))
        title = Text("已刪除", "Gone") if is_applied else Text("可以刪除", "May go")
        screen.table(headings, rows, Text(f"{title.zh}（{len(made.may_go)}）", f"{title.en} ({len(made.may_go)})"))
    if is_applied:
        told = Text(
            f"刪除了 {len(made.may_go)} 個原始檔及由其讀出的資料；紀錄簿留有每一筆，筆數帳仍在，證明仍可驗證",
            f"{len(made.may_go)} raw files and what was read from them are gone; each has its entry in the log, the counts "
            "remain, and every proof still verifies",
        )
    else:
        told = Text(
            f"以 {made.day} 計算，{len(made.may_go)} 個可以刪除，{len(made.kept)} 個必須保存；沒有刪除任何東西。"
            "要刪除請加 --by 甲 --by 乙 --apply",
            f"As of {made.day}, {len(made.may_go)} may go and {len(made.kept)} must stay; nothing was changed. "
            "To let them go, add --by A --by B --apply",
        )
    screen.say(told, "bold")


def _why(kept: "Kept", lang: Lang) -> str:
    told = [Text(f"{duty.rule} 須保存至 {duty.until}", f"{duty.rule} until {duty.until}")(lang) for duty in kept.duties]
    told += [Text(f"保全「{name}」", f"hold {name}")(lang) for name in kept.holds]
    told += [Text("是清冊目前的版本", "the list's present version")(lang)] if kept.item.in_use else []
    return "\n".join(told)


def _when(kept: "Kept", lang: Lang) -> str:
    return str(kept.earliest) if kept.earliest else Text("無法預定", "cannot be told")(lang)
