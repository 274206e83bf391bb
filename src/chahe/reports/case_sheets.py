"""The rows of the workbook's two sheets about cases."""

from collections.abc import Sequence
from decimal import Decimal

from chahe.findings.casefiles import Case
from chahe.reports.case_views import looks_like, names, steps, when, whose
from chahe.wording import Lang, Text

Cell = str | int | Decimal

CASE_HEADINGS = (
    Text("順序", "Order"),
    Text("案件", "Case"),
    Text("對象", "Whose"),
    Text("紀錄所示", "Records show"),
    Text("缺失", "Findings"),
    Text("排序分數", "Score"),
    Text("分數的由來", "Made of"),
    Text("有關的案件", "Related cases"),
)
DETAIL_HEADINGS = (
    Text("案件", "Case"),
    Text("種類", "Kind"),
    Text("時間", "When"),
    Text("一方", "One"),
    Text("另一方", "Other"),
    Text("紀錄所示", "The record shows"),
    Text("強度", "Strength"),
    Text("缺失", "Findings"),
    Text("證據位置", "Evidence"),
)


def case_rows(cases: Sequence[Case], lang: Lang) -> list[tuple[Cell, ...]]:
    """One row a case, worst first, under CASE_HEADINGS."""
    return [
        (
            place,
            one.id,
            whose(one, lang),
            looks_like(one, lang),
            len(one.found),
            one.rank.score,
            "\n".join(f"{step.name(lang)} {step.factor}: {step.why(lang)}" for step in steps(one)),
            "\n".join(dict.fromkeys(name for name, _ in one.related)),
        )
        for place, one in enumerate(cases, 1)
    ]


def detail_rows(cases: Sequence[Case], lang: Lang) -> list[tuple[Cell, ...]]:
    """The people, ties and events of every case, under DETAIL_HEADINGS."""
    who, tie, event = (
        text(lang) for text in (Text("人物", "person or thing"), Text("關聯", "tie"), Text("時間軸", "event"))
    )
    found: list[tuple[Cell, ...]] = []
    for case in cases:
        called = names(case, lang)
        found += [(case.id, who, "", called[one.thing], "", "", "", "\n".join(one.findings), "") for one in case.people]
        found += [
            (
                case.id,
                tie,
                "",
                called[one.one],
                called[one.other],
                one.what(lang),
                one.strength,
                "",
                "\n".join(one.rows),
            )
            for one in case.bonds
        ]
        found += [
            (case.id, event, when(one), "", "", one.what(lang), "", "\n".join(one.findings), "\n".join(one.rows))
            for one in case.moments
        ]
    return found
