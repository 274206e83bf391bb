"""`chahe vault release NAME`: end a hold; two people must say so."""

from pathlib import Path

import click

from chahe.cli.options import shared
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import now_us, open_here, vault_failure
from chahe.wording import Lang, Text


@click.command(help="解除保全，需要兩個不同的人。 (end a hold; needs two people)")
@click.argument("name")
@click.option("--why", required=True, help="原因 (why)")
@click.option("--by", multiple=True, help="同意的人，寫兩次 (who agrees; given twice)")
@shared
def command(*, name: str, why: str, by: tuple[str, ...], workspace: Path, lang: Lang, as_json: bool) -> None:
    """NAME is the hold's, as `chahe vault hold` lists it."""
    from chahe.engine.expiry import holds
    from chahe.engine.vaults import vault_of
    from chahe.vault.entries import Kind
    from chahe.vault.errors import VaultError
    from chahe.vault.keeping.retention import NotTwoPeople, check_two_people

    screen = Screen(lang, as_json=as_json)
    _, store = open_here(workspace, lang, to_write=True, new=False)
    try:
        both = check_two_people(by)
        vault = vault_of(store)
        if name not in (known := holds(vault)):
            listed = "、".join(sorted(known)) or "（無）"
            raise Failure(
                Text(
                    f"沒有名為「{name}」的保全；現有：{listed}",
                    f"there is no hold {name}; there are: {', '.join(sorted(known)) or 'none'}",
                ),
                lang,
            )
        entry = {"hold": name, "why": why, "by": list(both)}
        vault.record(now_us(), [(Kind.RELEASE, entry)])
    except NotTwoPeople as error:
        raise two_people(lang) from error
    except VaultError as error:
        raise vault_failure(error, lang) from error
    screen.json(entry)
    screen.say(
        Text(f"已解除保全「{name}」（{both[0]}、{both[1]}）", f"{name} is released ({both[0]}, {both[1]})"), "bold"
    )


def two_people(lang: Lang) -> Failure:
    """What is said where one person would do what needs two."""
    return Failure(
        Text(
            "這件事需要兩個不同的人同意：請寫兩次 --by（--by 王小明 --by 林小美）",
            "this needs two different people: give --by twice (--by WANG --by LIN)",
        ),
        lang,
    )
