"""What `chahe score` prints: the shares, and by name everything that is not as it should be."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chahe.cli.screen import OUTCOME_STYLES, Screen
from chahe.engine.outcome import Outcome
from chahe.reports.score import Fate
from chahe.wording import Text

if TYPE_CHECKING:
    from chahe.reports.score import Fated, Score, Tally

_FATES = {
    Fate.SILENT: Text("漏查", "missed"),
    Fate.UNDETERMINED: Text("無法判斷", "undetermined"),
    Fate.UNJUDGED: Text("控制點沒有結論", "control concluded nothing"),
    Fate.UNASKED: Text("沒有執行該控制點", "control not run"),
}
_COUNTS = (
    Text("查到", "found"),
    Text("多報", "extra"),
    Text("召回率", "recall"),
    Text("精確率", "precision"),
)
_CONTROL = Text("控制點", "control")
_SCENARIO = Text("情境", "scenario")


def print_score(screen: Screen, found: "Score") -> None:
    """Overall first, then by control and scenario, then by name what is missing, extra or without a conclusion."""
    _print_shares(screen, found)
    _print_tallies(screen, (_CONTROL, *_COUNTS, Text("受檢", "examined")), found.by_control())
    _print_tallies(screen, (_SCENARIO, *_COUNTS), found.by_scenario())
    _print_fated(
        screen,
        Text("植入卻沒有查到", "Planted but not found"),
        [one for one in found.planted if one.fate is not Fate.SPOKE],
    )
    _print_extra(screen, found)
    _print_fated(
        screen,
        Text("近似情形：沒有得到結論", "Near misses nothing was concluded on"),
        [one for one in found.near_misses if one.fate not in (Fate.SPOKE, Fate.SILENT)],
    )
    _print_unconcluded(screen, found)


def _print_shares(screen: Screen, found: "Score") -> None:
    overall, cases, silent = found.overall(), found.cases(), found.near_misses_silent()
    worlds = len({one.world for one in found.examined})
    rows = [
        [Text("缺失", "findings")(screen.lang), str(overall.recall), str(overall.precision)],
        [Text("案件", "cases")(screen.lang), str(cases.recall), str(cases.precision)],
    ]
    screen.table(
        (Text("層級", "level"), Text("召回率（95 % 區間）", "recall (95 % interval)"), Text("精確率", "precision")),
        rows,
        Text(f"{worlds} 個範例世界", f"{worlds} example worlds" if worlds != 1 else "1 example world"),
    )
    screen.say(
        Text(
            f"植入 {overall.planted} 件：查到 {overall.found}、漏查 {overall.missed}、控制點沒有結論 {overall.unjudged}、"
            f"無法判斷 {overall.undetermined}；多報 {overall.extra} 件。案件 {cases.planted} 件，完整查到 {cases.whole} 件。",
            f"{overall.planted} planted: {overall.found} found, {overall.missed} missed, {overall.unjudged} under controls that concluded "
            f"nothing, {overall.undetermined} undetermined; {overall.extra} extra. {cases.planted} cases, {cases.whole} found whole.",
        )
    )
    screen.say(
        Text(
            f"近似情形保持沉默：{silent.hits}/{silent.of}，{silent}",
            f"near misses that stayed silent: {silent.hits} of {silent.of}, {silent}",
        )
    )
    screen.raw("")


def _print_tallies(screen: Screen, headings: Sequence[Text], tallies: "Mapping[str, Tally]") -> None:
    rows: list[list[str | tuple[str, str]]] = []
    for name, one in tallies.items():
        shares = [_styled(share.value, str(share)) for share in (one.recall, one.precision)]
        cells = [name, f"{one.found}/{one.planted}", str(one.extra), *shares]
        rows.append(cells if one.examined is None else [*cells, _examined(screen, one)])
    if rows:
        screen.table(headings, rows)
        screen.raw("")


def _examined(screen: Screen, one: "Tally") -> str:
    unclear = Text(f"{one.unclear} 筆無法判斷", f"{one.unclear} undetermined")(screen.lang)
    return f"{one.examined}\n{unclear}" if one.unclear else str(one.examined)


def _styled(value: float | None, text: str) -> str | tuple[str, str]:
    return text if value is None or value >= 1 else (text, "bold red")


def _print_fated(screen: Screen, title: Text, listed: "Sequence[Fated]") -> None:
    if listed:
        rows = [
            [f"{one.world}\n{one.told.finding}", one.told.scenario, one.told.why, _FATES[one.fate](screen.lang)]
            for one in listed
        ]
        screen.table((_CONTROL, _SCENARIO, Text("說明", "what it is"), Text("結果", "fate")), rows, title)
        screen.raw("")


def _print_extra(screen: Screen, found: "Score") -> None:
    if found.extra:
        near = Text("近似情形：", "near miss: ")(screen.lang)
        rows = [
            [
                f"{one.world}\n{one.finding}",
                one.message_zh if screen.lang == "zh" else one.message_en,
                f"{near}{one.near_miss.why}" if one.near_miss else one.scenario or "",
            ]
            for one in found.extra
        ]
        headings = (Text("缺失編號", "finding"), Text("說明", "what is wrong"), Text("旁邊植入的", "lies beside"))
        screen.table(headings, rows, Text("查到卻不是植入的", "Found but not planted"))
        screen.raw("")


def _print_unconcluded(screen: Screen, found: "Score") -> None:
    rows: list[list[str | tuple[str, str]]] = [
        [one.world, one.control, (one.outcome.label(screen.lang), OUTCOME_STYLES[one.outcome.value])]
        for one in found.examined
        if one.outcome in (Outcome.UNEVIDENCED, Outcome.ERROR)
    ]
    if rows:
        headings = (Text("範例世界", "world"), _CONTROL, Text("查核結果", "outcome"))
        screen.table(headings, rows, Text("沒有結論的控制點（不算通過）", "Controls that concluded nothing (no pass)"))
