"""The tables that commands print: outcomes, findings, files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chahe.cli.canaries_shown import print_canaries
from chahe.cli.screen import OUTCOME_STYLES, Screen
from chahe.engine.outcome import Outcome
from chahe.wording import Text

if TYPE_CHECKING:
    from chahe.engine.loads import Load
    from chahe.engine.materials import Refusal
    from chahe.engine.record import AuditRecord, ResultRecord, UnreadRecord

_SHOWN_FINDINGS = 20


def print_audit(screen: Screen, record: "AuditRecord", kept: Path) -> None:
    """Outcomes, then each deficiency with its findings, then what is missing for the rest."""
    zh = f"{record.firm} 查核基準日 {record.as_of}，期間 {record.begin} 至 {record.until}"
    screen.say(Text(zh, f"{record.firm} as of {record.as_of}, period {record.begin} to {record.until}"), "bold")
    headings = (
        Text("控制點", "control"),
        Text("查核結果", "outcome"),
        Text("母體", "population"),
        Text("缺失", "findings"),
        Text("最早失效日", "would fail on"),
    )
    screen.table(headings, [_outcome_row(screen, result) for result in record.results])
    screen.raw("")
    for result in record.results:
        if result.findings:
            _print_findings(screen, result)
    print_canaries(screen, record.results)
    _print_reasons(screen, [result for result in record.results if result.reasons])
    counts = " · ".join(f"{outcome.label(screen.lang)} {record.count(outcome)}" for outcome in Outcome)
    screen.raw(counts, "bold")
    screen.say(
        Text(f"查核紀錄 {kept}（摘要 {record.digest[:12]}）", f"audit record {kept} (digest {record.digest[:12]})"),
        "dim",
    )
    if any(result.findings for result in record.results):
        screen.say(
            Text("以 chahe show 缺失編號 查看規範與原始紀錄", "chahe show FINDING gives the rule and the raw records"),
            "dim",
        )
    _print_unread(screen, record.unread)


def _outcome_row(screen: Screen, result: "ResultRecord") -> list[str | tuple[str, str]]:
    return [
        f"{result.title(screen.lang)}\n{result.control}",
        (result.outcome.label(screen.lang), OUTCOME_STYLES[result.outcome.value]),
        f"{result.examined}" if result.examined == result.population else f"{result.examined}/{result.population}",
        str(len(result.findings)) if result.findings else "",
        result.margin or "",
    ]


def _print_findings(screen: Screen, result: "ResultRecord") -> None:
    shown = result.findings[:_SHOWN_FINDINGS]
    screen.table(
        (Text("缺失編號", "finding"), Text("說明", "what is wrong")),
        [[finding.finding, finding.message(screen.lang)] for finding in shown],
        Text(f"{result.title.zh}（{len(result.findings)} 件）", f"{result.title.en} ({len(result.findings)})"),
    )
    left = len(result.findings) - len(shown)
    if left:
        screen.say(
            Text(f"……另有 {left} 件，見 chahe report 或 --json", f"… and {left} more; see chahe report or --json"),
            "dim",
        )
    screen.raw("")


def _print_reasons(screen: Screen, results: "Sequence[ResultRecord]") -> None:
    """What stands between us and a verdict, each reason once, with the controls it concerns."""
    concerned: dict[Text, list[str]] = {}
    for result in results:
        for reason in result.reasons:
            concerned.setdefault(reason, []).append(
                f"{result.title(screen.lang)}（{result.outcome.label(screen.lang)}）"
            )
    if concerned:
        rows = [[reason(screen.lang), "\n".join(names)] for reason, names in concerned.items()]
        screen.table(
            (Text("原因", "why"), Text("影響的控制點", "controls concerned")),
            rows,
            Text("無法下結論的原因", "Why nothing is concluded"),
        )
        screen.raw("")


def _held(screen: Screen, load: "Load") -> str:
    """The tables that a file's rows went to."""
    from chahe.evidence.catalogue import tables

    return "\n".join(
        tables()[name].heading if screen.lang == "zh" else name for name, count in load.rows.items() if count
    )


def _print_unread(screen: Screen, unread: "Sequence[UnreadRecord]") -> None:
    """Say aloud which files of the sources no result speaks of: what was not read was not examined."""
    if unread:
        screen.say(
            Text(
                f"注意：來源中有 {len(unread)} 個檔案沒有讀入，結果都不包含它們（例如 {unread[0].path}）；以 chahe sources 查看原因",
                f"Note: {len(unread)} files of the sources were not read, and no result speaks of them "
                f"(such as {unread[0].path}); chahe sources says why",
            ),
            "yellow",
        )


def _unseen(load: "Load") -> Text:
    zh = "、".join(f"{column}（對照自 {fields}）" for column, fields in load.unseen.items())
    en = ", ".join(f"{column} (mapped from {fields})" for column, fields in load.unseen.items())
    return Text(
        f"{load.path}：這些欄位在所有紀錄中都沒有值：{zh}；請核對 [source.map] 的 columns",
        f"{load.path}: no record has a value for {en}; check columns of [source.map]",
    )


def print_loads(screen: Screen, loads: Sequence["Load"], refused: Sequence["Refusal"]) -> None:
    """Each file with its reader and what became of its lines; then what was refused."""
    headings = (
        Text("檔案", "file"),
        Text("格式", "format"),
        Text("證據表", "table"),
        Text("行或筆數", "units"),
        Text("讀成證據", "rows"),
        Text("略過", "skips"),
        Text("退件", "rejects"),
    )
    rows: list[list[str | tuple[str, str]]] = []
    for load in loads:
        rejects: str | tuple[str, str] = (str(load.rejects), "yellow") if load.rejects else "0"
        held = _held(screen, load)
        rows.append([load.path, load.reader, held, str(load.units), str(load.with_rows), str(load.skips), rejects])
    if rows:
        screen.table(headings, rows)
    for load in loads:
        if load.unseen:
            screen.say(_unseen(load), "yellow")
    if refused:
        screen.raw("")
        shown: list[list[str | tuple[str, str]]] = [
            [refusal.path, (refusal.why(screen.lang), "red" if refusal.ours else "yellow")] for refusal in refused
        ]
        screen.table((Text("未讀入的檔案", "file not read"), Text("原因", "why")), shown)
