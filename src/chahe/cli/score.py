"""`chahe score`: the last audit of example firms, held against what was planted in them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli import exits
from chahe.cli.options import worded
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import latest_audit, workspace_here
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.reports.score import Score


@click.command(help="評分：以範例公司植入的真相，計算最近一次查核的精確率與召回率。 (precision and recall)")
@click.argument("folders", metavar="[DIR]...", nargs=-1, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--floor",
    type=click.FloatRange(0, 1),
    help="精確率或召回率低於此值時，結束代碼為 1 (exit 1 where precision or recall is lower)",
)
@worded
def command(*, folders: tuple[Path, ...], floor: float | None, lang: Lang, as_json: bool) -> None:
    """The current folder unless said; several folders are pooled. Exits 0 whatever the score, unless `--floor` asks."""
    from chahe.cli.score_shown import print_score
    from chahe.reports.score import pooled
    from chahe.reports.score_json import score_to_json

    screen = Screen(lang, as_json=as_json)
    found = pooled([_score_of(folder, lang) for folder in dict.fromkeys(folders or (Path(),))])
    screen.json(score_to_json(found))
    print_score(screen, found)
    raise click.exceptions.Exit(exits.FINE if floor is None else _held_to(floor, found))


def _score_of(folder: Path, lang: Lang) -> "Score":
    from chahe.reports.score import score
    from chahe.reports.truth_file import BadTruth, truth_from_json

    opened = workspace_here(folder, lang)
    path = folder / "truth.json"
    try:
        truth = truth_from_json(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise Failure(
            Text(
                f"{folder.resolve()} 沒有 truth.json，無從評分；只有 chahe simulate 或 chahe demo 產生的範例公司才有",
                f"{folder.resolve()} has no truth.json to score against; only example firms made by chahe simulate or chahe demo have one",
            ),
            lang,
        ) from error
    except BadTruth as error:
        raise Failure(Text(f"{path} {error.text.zh}", f"{path} {error.text.en}"), lang) from error
    try:
        return score(str(folder), truth, latest_audit(opened, lang))
    except Failure as error:
        # Of several folders, which one it is.
        raise Failure(
            Text(f"{folder.resolve()}：{error.text.zh}", f"{folder.resolve()}: {error.text.en}"), lang
        ) from error


def _held_to(floor: float, found: "Score") -> int:
    """A broken control first; an undefined share is not above any floor."""
    from chahe.engine.outcome import Outcome

    if any(one.outcome is Outcome.ERROR for one in found.examined):
        return exits.BROKEN
    overall = found.overall()
    shares = (overall.recall.value, overall.precision.value)
    return exits.FINE if all(share is not None and share >= floor for share in shares) else exits.DEFICIENT
