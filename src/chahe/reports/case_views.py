"""How a case reads: names of people and things, its title, the parts of its rank, its time line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chahe.engine.message import moment
from chahe.findings.casefiles import Case
from chahe.findings.links import Moment, Thing
from chahe.wording import Lang, Text

_TITLES = 3
"""Of the findings of a case that looks like no pattern, so many kinds are named."""
_ROW_ID = re.compile(r"[0-9a-f]{64}#")

ADJOINING = Text(
    "其他案件中涉及同一人、帳戶或物的缺失（一併顯示，不計入本案分數）",
    "Findings of other cases about the same people, accounts or things (shown with it, not in its score)",
)
CAUTION = Text(
    "案件把同一人、帳戶、裝置或資金的缺失放在一起，寫的是紀錄所示，不是認定違規；排序只決定先看哪一件，不隱藏也不結案。",
    "A case brings together findings about the same people, accounts, devices or money. It says what the records show, and judges nobody; "
    "the order only says where to begin, and hides and closes nothing.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a rank with the product so far."""

    name: Text
    factor: Decimal
    product: Decimal
    why: Text


def names(case: Case, lang: Lang) -> dict[Thing, str]:
    """By person or thing, what it is called in one case. What is known by its record alone is numbered, its value not shown."""
    counts: dict[str, int] = {}
    called: dict[Thing, str] = {}
    for person in case.people:
        thing = person.thing
        label = thing.kind.label(lang)
        more = (f"（{person.called.zh}）" if lang == "zh" else f" ({person.called.en})") if person.called else ""
        if _ROW_ID.match(thing.value):
            counts[thing.role] = counts.get(thing.role, 0) + 1
            called[thing] = f"{label} {counts[thing.role]}{more}"
        else:
            called[thing] = f"{label} {thing.value}{more}"
    return called


def whose(case: Case, lang: Lang) -> str:
    """The subjects of a case: 「員工 e013」."""
    called = names(case, lang)
    return ("、" if lang == "zh" else ", ").join(called[thing] for thing in case.subjects)


def looks_like(case: Case, lang: Lang) -> str:
    """The patterns that meet in it; where none does, what its gravest findings are about."""
    told = case.looks_like or tuple(dict.fromkeys(one.title for one in case.found))[:_TITLES]
    return ("、" if lang == "zh" else ", ").join(text(lang) for text in told)


def steps(case: Case) -> list[Step]:
    """The rank, part by part."""
    product, told = Decimal(1), []
    for part in case.rank.parts:
        product *= part.factor
        told.append(Step(part.name, part.factor, product.quantize(Decimal("0.01")), part.why))
    return told


def formula(case: Case) -> str:
    """The factors as they are multiplied: `5 × 1.00 × 2.35`."""
    return " × ".join(str(part.factor) for part in case.rank.parts)


def when(one: Moment) -> str:
    """A day, or a clock time in Taipei."""
    return one.day.isoformat() if one.at_us is None else moment(one.at_us)


def plain(case: Case) -> dict[str, object]:
    """A case in JSON's own values; texts in both languages."""
    return {
        "case": case.id,
        "subjects": [_plain_thing(thing) for thing in case.subjects],
        "looks_like": list(case.looks_like),
        "score": str(case.rank.score),
        "parts": [{"name": part.name, "factor": str(part.factor), "why": part.why} for part in case.rank.parts],
        "people": [
            {**_plain_thing(one.thing), "called": one.called, "findings": list(one.findings)} for one in case.people
        ],
        "ties": [
            {
                "one": _plain_thing(one.one),
                "other": _plain_thing(one.other),
                "what": one.what,
                "strength": one.strength,
                "rows": list(one.rows),
            }
            for one in case.bonds
        ],
        "time_line": [
            {"when": when(one), "what": one.what, "findings": list(one.findings), "rows": list(one.rows)}
            for one in case.moments
        ],
        "findings": [{"finding": one.finding, "control": one.control, "message": one.message} for one in case.found],
        "adjoining": [
            {"finding": one.finding, "control": one.control, "message": one.message} for one in case.adjoining
        ],
        "related": [{"case": name, "by": _plain_thing(thing)} for name, thing in case.related],
    }


def by_case(cases: Sequence[Case]) -> dict[str, str]:
    """By finding, the case it is in."""
    return {one.finding: case.id for case in cases for one in case.found}


def _plain_thing(thing: Thing) -> dict[str, object]:
    return {"role": thing.role, "value": thing.value}
