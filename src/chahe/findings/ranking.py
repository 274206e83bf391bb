"""How cases are put in order: severity × confidence × money × breadth × recency, each part with its reason. It closes and hides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

from chahe.controls.linked import Family, Role
from chahe.findings.links import Link
from chahe.wording import Text

CAP: Final = 80
"""Per cent: the most that one kind of record may say, short of a breach by itself; one source may be wrong as a whole."""
MONEY_UNIT: Final = 10_000
"""NT$ from which money counts for more; ten times as much weighs one step more, so that one sum does not drown the rest."""
RECENCY: Final = ((30, Decimal("1.00")), (90, Decimal("0.90")), (180, Decimal("0.75")), (365, Decimal("0.50")))
"""Days since the last event, and the weight up to then: records, recordings and memories fade within a year."""
OLDEST: Final = Decimal("0.25")
"""The weight of what is older, or of which no day is known: late in the order, never out of it."""

_EXACT: Final = Context(prec=28, rounding=ROUND_HALF_EVEN)
_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Part:
    """One factor of a score, and in words what it comes from."""

    name: Text
    factor: Decimal
    why: Text


@dataclass(frozen=True, slots=True)
class Rank:
    """The score and its parts, in the order in which they are multiplied."""

    score: Decimal
    parts: tuple[Part, ...]


def rank(links: Sequence[Link], as_of: date) -> Rank:
    """The score of the findings of one case; the same findings in any order, the same score. ValueError without findings."""
    if not links:
        raise ValueError("a case without findings has no rank")
    parts = (_severity(links), _confidence(links), _money(links), _breadth(links), _recency(links, as_of))
    score = Decimal(1)
    for part in parts:
        score = _EXACT.multiply(score, part.factor)
    return Rank(score.quantize(_TENTH, context=_EXACT), parts)


def _severity(links: Sequence[Link]) -> Part:
    gravest = max(links, key=lambda one: (one.found.severity, one.confidence, one.found.control))
    return Part(
        Text("嚴重程度", "severity"),
        Decimal(gravest.found.severity),
        Text(f"最嚴重的一項：{gravest.found.title.zh}", f"the gravest: {gravest.found.title.en}"),
    )


def _confidence(links: Sequence[Link]) -> Part:
    """Noisy-or over kinds of record; within a kind the surest finding alone counts. What breaks a rule by itself is certain."""
    surest = _surest(links)
    sure = [one for one in surest.values() if one.confidence >= 100]
    doubt = Decimal(0) if sure else Decimal(1)
    for one in surest.values():
        doubt = _EXACT.multiply(doubt, 1 - Decimal(min(one.confidence, CAP)) / 100)
    told = [(one, family) for family, one in surest.items()]
    zh = "、".join(f"{family.label.zh} {_percent(one)}%" for one, family in told)
    en = ", ".join(f"{family.label.en} {_percent(one)}%" for one, family in told)
    if sure:
        zh += "；紀錄本身即不合規定"
        en += "; the records break a rule by themselves"
    elif len(told) > 1:
        zh += "；不同種類的紀錄互相印證，同一種類只計最高者"
        en += "; kinds of record confirm each other, within one kind only the surest counts"
    return Part(Text("可信程度", "confidence"), (1 - doubt).quantize(_CENT, context=_EXACT), Text(zh, en))


def _surest(links: Sequence[Link]) -> Mapping[Family, Link]:
    best: dict[Family, Link] = {}
    for one in sorted(links, key=lambda one: (-one.confidence, one.found.finding)):
        best.setdefault(one.family, one)
    return {family: best[family] for family in Family if family in best}


def _percent(one: Link) -> int:
    return one.confidence if one.confidence >= 100 else min(one.confidence, CAP)


def _money(links: Sequence[Link]) -> Part:
    """The control that saw most: two controls may have seen the same money."""
    by_control: dict[str, int] = {}
    for one in links:
        by_control[one.found.control] = by_control.get(one.found.control, 0) + one.money
    most = max(by_control.values())
    factor = 1 + _EXACT.log10(1 + Decimal(most) / MONEY_UNIT)
    why = (
        Text(f"紀錄所見金額新臺幣 {most:,} 元", f"NT${most:,} on the records")
        if most
        else Text("紀錄沒有金額", "no amount on the records")
    )
    return Part(Text("金額", "money"), factor.quantize(_CENT, context=_EXACT), why)


def _breadth(links: Sequence[Link]) -> Part:
    """How many customers are concerned: whoever deals with many stands before whoever deals with one."""
    customers = {thing for one in links for thing in one.things if thing.kind is Role.CUSTOMER}
    count = len(customers)
    factor = 1 + _EXACT.log10(Decimal(max(count, 1)))
    why = (
        Text(f"涉及 {count} 位客戶", f"{count} customer{'s' if count > 1 else ''} concerned")
        if count
        else Text("紀錄沒有指出客戶", "no customer is named")
    )
    return Part(Text("涉及人數", "breadth"), factor.quantize(_CENT, context=_EXACT), why)


def _recency(links: Sequence[Link], as_of: date) -> Part:
    days = [one.day for link in links for one in link.moments]
    if not days:
        return Part(Text("新近程度", "recency"), OLDEST, Text("沒有可知的日期", "no day is known"))
    newest = max(days)
    age = (as_of - newest).days
    weight = next((weight for limit, weight in RECENCY if age <= limit), OLDEST)
    why = Text(
        f"最近一筆 {newest.isoformat()}，距基準日 {age} 日",
        f"latest {newest.isoformat()}, {age} days before the audit's day",
    )
    return Part(Text("新近程度", "recency"), weight, why)
