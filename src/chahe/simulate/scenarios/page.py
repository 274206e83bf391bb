"""The page of scenarios: what each plants, which controls find it, what its dial turns, and how many near misses there are."""

from collections.abc import Iterator

from chahe.simulate.scenarios.catalogue import MODULES
from chahe.simulate.traps.catalogue import NO_ROOM, TRAPS
from chahe.simulate.traps.trap import ANY
from chahe.simulate.truth import CONTROLS

_HEAD = """# 情境 Scenarios

範例證券商裡會出什麼錯，由哪些控制點查出，刻度怎麼調。此頁由程式產生，請勿手改。
What goes wrong at the example firm, which controls must find it, and what its dial turns. Written from the code; do not edit it by hand.

刻度由 0（明顯）到 1（隱微）；再隱微也仍是違規。種子 1 沒有設刻度時是文件所說的那家公司，其他種子各自抽出天數、金額、筆數與人。
A dial goes from 0 (blatant) to 1 (subtle); the subtlest is still a breach. Seed 1 with no dial set is the firm of the documents; other
seeds draw days, amounts, counts and people of their own.

選擇情境的寫法 how to choose: `all`、`none`、`all:subtle`、`shared-ip:0.3,password_alone`。情境或控制點的名稱都可以；後寫的算數。
By the name of a scenario or of the control that finds it; what comes later counts.

先植入的 with it：該情境接續另一個情境時，一併植入。Where a scenario goes on from another, that one is planted, too.
"""
_NEAR = """
## 近似而合規 Near misses

什麼看似違規而必須沉默，寫在 `truth.json` 的 near_misses，附理由。每種可有多個（distractors），以公司容得下為限。
What looks like a breach and must stay silent stands in `truth.json` under near_misses, with the reason. There can be several of each kind
(distractors), as far as the firm has room.

| 控制點 control | 另外最多 more at most | 為何不能更多 why no more |
|---|---|---|
"""


def scenario_page() -> str:
    """The whole page; the same text for the same code."""
    return _HEAD + "\n".join([*_scenarios(), _NEAR + "\n".join(_rooms())]) + "\n"


def _scenarios() -> Iterator[str]:
    for module in MODULES:
        yield f"\n## {(module.__doc__ or '').strip().splitlines()[0]}\n"
        yield "| 情境 scenario | 控制點 controls | 刻度 dial |"
        yield "|---|---|---|"
        for one in module.SCENARIOS:
            names = "、".join(f"`{name}`" for name in one.names)
            needs = "；先植入 with it " + "、".join(f"`{name}`" for name in one.needs) if one.needs else ""
            controls = "、".join(f"[{control}](../controls/{control}.md)" for control in one.controls.split())
            yield f"| {names} | {controls} | {one.dial.zh} · {one.dial.en}{needs} |"


def _rooms() -> Iterator[str]:
    for control in CONTROLS:
        traps = [one for one in TRAPS if control in one.controls.split()]
        if not traps:
            why = NO_ROOM[control]
            yield f"| {control} | 0 | {why.zh} · {why.en} |"
        elif any(one.room == ANY for one in traps):
            yield f"| {control} | 不限 any | |"
        else:
            told = next(one.why for one in traps)
            why_no_more = f"{told.zh} · {told.en}" if told else ""
            yield f"| {control} | {sum(one.room for one in traps)} | {why_no_more} |"
