"""`chahe vault hold`: forbid that records leave the vault whatever their period, or list what is held."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli.options import Day, shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import now_us, open_here, vault_failure
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.vault.keeping.retention import Days, Hold


@click.command(
    help="保全：訴訟或調查期間，指定的紀錄不得刪除；不寫 NAME 則列出。 (forbid that records leave; without NAME, list)"
)
@click.argument("name", required=False)
@click.option("--why", help="原因 (why)")
@click.option("--by", help="決定的人 (who decided)")
@click.option("--object", "objects", multiple=True, help="原始檔的 SHA-256，可重複 (a raw file, by its SHA-256)")
@click.option("--source", "sources", multiple=True, help="chahe.toml 的來源名稱，可重複 (a source of chahe.toml)")
@click.option("--table", "names", multiple=True, help="證據表，可重複 (an evidence table)")
@click.option("--from", "first", type=Day(), help="證據表的起日 (first day held of the tables)")
@click.option("--until", "last", type=Day(), help="證據表的迄日 (last day held of the tables)")
@shared
def command(
    *,
    name: str | None,
    why: str | None,
    by: str | None,
    objects: tuple[str, ...],
    sources: tuple[str, ...],
    names: tuple[str, ...],
    first: date | None,
    last: date | None,
    workspace: Path,
    lang: Lang,
    as_json: bool,
) -> None:
    """NAME is what the hold will be called, as when it is released."""
    from chahe.engine.expiry import holds
    from chahe.engine.vaults import vault_of
    from chahe.vault.entries import Kind
    from chahe.vault.errors import VaultError
    from chahe.vault.keeping.retention import Days, Hold

    screen = Screen(lang, as_json=as_json)
    opened, store = open_here(workspace, lang, to_write=name is not None, new=False)
    try:
        vault = vault_of(store)
        known = holds(vault)
        if name is None:
            _list(screen, known.values())
            return
        _check(lang, name, known, why=why, by=by, covers=bool(objects or sources or names))
        _check_names(lang, sources, {source.name for source in opened.sources}, names, first, last)
        made = Hold(
            name=name,
            why=why or "",
            by=by or "",
            objects=frozenset(objects),
            sources=frozenset(sources),
            tables=dict.fromkeys(names, Days(first, last)),
        )
        at_us = now_us()
        vault.record(at_us, [(Kind.HOLD, made.described())])
    except VaultError as error:
        raise vault_failure(error, lang) from error
    screen.json(made.described())
    if not as_json:
        _list(screen, [replace(made, at_us=at_us)])
    screen.say(
        Text(
            f"已保全「{name}」；以 chahe vault release {name} 解除（需二人）",
            f"Held as {name}; chahe vault release {name} ends it (two people)",
        ),
        "bold",
    )


def _list(screen: Screen, found: "Collection[Hold]") -> None:
    from chahe.engine.message import moment

    screen.json([{**hold.described(), "at_us": hold.at_us} for hold in found])
    if not found:
        screen.say(Text("沒有任何保全", "Nothing is held"))
        return
    headings = (
        Text("名稱", "name"),
        Text("範圍", "covers"),
        Text("原因", "why"),
        Text("決定", "by"),
        Text("時間", "since"),
    )
    screen.table(
        headings, [(hold.name, _covers(hold, screen.lang), hold.why, hold.by, moment(hold.at_us)) for hold in found]
    )


def _covers(hold: "Hold", lang: Lang) -> str:
    told = [Text(f"原始檔 {digest}", f"object {digest}")(lang) for digest in sorted(hold.objects)]
    told += [Text(f"來源 {source}", f"source {source}")(lang) for source in sorted(hold.sources)]
    told += [_covered(table, days)(lang) for table, days in sorted((hold.tables or {}).items())]
    return "\n".join(told)


def _covered(table: str, days: "Days") -> Text:
    first, last = days.first or "…", days.last or "…"
    if days.first is None and days.last is None:
        return Text(f"證據表 {table}", f"table {table}")
    return Text(f"證據表 {table}，{first} 至 {last}", f"table {table}, {first} to {last}")


def _check(
    lang: Lang, name: str, known: "Mapping[str, Hold]", *, why: str | None, by: str | None, covers: bool
) -> None:
    if name in known:
        raise Failure(
            Text(
                f"「{name}」已在保全中；請換一個名稱，或先以 chahe vault release {name} 解除",
                f"{name} is held already; choose another name, or end it with chahe vault release {name}",
            ),
            lang,
        )
    if not (why and why.strip() and by and by.strip()):
        raise Failure(
            Text("請以 --why 寫明原因，以 --by 寫明決定的人", "say why with --why, and who decided with --by"), lang
        )
    if not covers:
        raise Failure(
            Text(
                "請指定保全的範圍：--object、--source 或 --table（可加 --from、--until）",
                "say what to hold: --object, --source or --table (with --from, --until)",
            ),
            lang,
        )


def _check_names(
    lang: Lang,
    sources: Sequence[str],
    known: set[str],
    names: Sequence[str],
    first: date | None,
    last: date | None,
) -> None:
    from chahe.evidence.catalogue import tables

    for kind, given, of in (
        (Text("來源", "source"), sources, known),
        (Text("證據表", "evidence table"), names, set(tables())),
    ):
        for name in given:
            if name not in of:
                raise Failure(Text(f"沒有名為 {name} 的{kind.zh}", f"there is no {kind.en} {name}"), lang)
    if first is not None and last is not None and last < first:
        raise Failure(Text("--until 不得早於 --from", "--until must not be before --from"), lang)
    if (first or last) and not names:
        raise Failure(
            Text("--from 與 --until 限定的是 --table 的日子", "--from and --until bound the days of --table"), lang
        )
