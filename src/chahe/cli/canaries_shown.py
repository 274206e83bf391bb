"""What is printed of canaries: how many planted breaches came out, which did not, and what could not be planted."""

from typing import TYPE_CHECKING

from chahe.wording import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chahe.cli.screen import Screen
    from chahe.engine.record import ResultRecord


def print_canaries(screen: "Screen", results: "Sequence[ResultRecord]") -> None:
    """One line in all, then a row for each control that missed one, and the reason where none could be planted."""
    from chahe.reports.outcome_views import canary

    tried = [one for one in results if one.canary is not None]
    if not tried:
        return
    planted = sum(one.canary.planted for one in tried if one.canary)
    bad = [one for one in tried if one.canary and one.canary.failed]
    controls = sum(one.canary is not None and one.canary.unplanted is None for one in tried)
    screen.say(
        Text(
            f"試植違規：{controls} 個控制點、{planted} 件，"
            + (f"{len(bad)} 個控制點未通過，其結果不能相信" if bad else "全部查出，公司原有的缺失不變"),
            f"Planted breaches: {planted} in {controls} controls, "
            + (
                f"{len(bad)} controls failed, and their outcomes cannot be trusted"
                if bad
                else "all caught, the firm's own findings unchanged"
            ),
        ),
        "bold red" if bad else "green",
    )
    aside = [one for one in tried if one.canary and one.canary.unplanted]
    if bad or aside:
        screen.table(
            (Text("控制點", "control"), Text("試植違規", "planted breaches")),
            [[one.control, (canary(one)(screen.lang), "red" if one in bad else "yellow")] for one in (*bad, *aside)],
        )
    screen.raw("")
