"""One page a control (docs/controls/), written from the catalogue: what, why, how, what it cannot see, and its cases in words."""

from collections.abc import Iterator, Mapping

from chahe.controls.catalogue import cases_of, chapter_of, controls
from chahe.controls.model import Control
from chahe.engine.assurance import equivalents
from chahe.engine.casebook import Case, read_cases
from chahe.engine.scores import said
from chahe.reports.chapters import chapter_title
from chahe.reports.reference_controls import described, table_row
from chahe.rules.deck import ITEMS
from chahe.wording import Text

_WRITTEN = (
    "此頁由程式中的宣告產生，請勿手改。 This page is written from the declarations in the code; do not edit it by hand."
)


def control_pages() -> Mapping[str, str]:
    """Markdown by file name: one page a control, and README.md that lists them by chapter."""
    pages = {f"{one.id}.md": "\n".join(_page(one)) + "\n" for one in controls().values()}
    return {"README.md": "\n".join(_contents()) + "\n", **pages}


def _contents() -> Iterator[str]:
    yield "# 控制點 Controls"
    yield ""
    yield _WRITTEN
    yield ""
    yield "| 章 chapter | 控制點 control | 名稱 title | 案例的把握 assurance |"
    yield "|---|---|---|---|"
    for one in sorted(controls().values(), key=lambda one: (chapter_of(one), one.id)):
        chapter, score = chapter_title(chapter_of(one)), said(one)
        yield table_row(
            f"{chapter.zh} · {chapter.en}", f"[{one.id}]({one.id}.md)", f"{one.title.zh} · {one.title.en}", _both(score)
        )


def _page(one: Control) -> Iterator[str]:
    yield f"# {one.id}"
    yield ""
    yield f"**{one.title.zh}** · **{one.title.en}**"
    yield ""
    yield _WRITTEN
    yield ""
    yield "## 問什麼、為什麼 What it asks, and why"
    yield ""
    yield from (line.replace("](evidence.md#", "](../reference/evidence.md#") for line in described(one))
    yield from _deck(one)
    yield "## 查到時 What a finding says"
    yield ""
    yield f"> {one.message.zh}"
    yield ">"
    yield f"> {one.message.en}"
    yield ""
    yield "## 怎麼查 How"
    yield ""
    queries: list[tuple[Text, str | None]] = [
        (Text("母體", "Population"), one.population),
        (Text("例外", "Exceptions"), one.exceptions),
        (Text("無法判斷", "Undetermined"), one.undetermined),
        (Text("最早失效日", "First day of failure"), one.margin.query if one.margin else None),
    ]
    for heading, sql in queries:
        if sql:
            yield from (f"### {heading.zh} {heading.en}", "", "```sql", sql.strip("\n"), "```", "")
    yield from _cases(one)


def _deck(one: Control) -> Iterator[str]:
    if one.deck:
        yield "## 簡報項目 Slide items"
        yield ""
        yield from (f"- {item}：{ITEMS[item].zh} · {ITEMS[item].en}" for item in one.deck)
        yield ""


def _cases(one: Control) -> Iterator[str]:
    path = cases_of(one)
    yield "## 案例 Cases"
    yield ""
    yield f"{_both(said(one))}"
    yield ""
    yield "| 案例 case | 應有的結果 expected |"
    yield "|---|---|"
    for case in read_cases(path):
        yield table_row(case.title, _expected(case))
    yield ""
    reasons = sorted({(text.zh, text.en) for text in equivalents(path).values()})
    if reasons:
        yield "與原式等價、案例無從分辨的變異 Mutants that no rows can tell from the control:"
        yield ""
        yield from (f"- {zh} {en}" for zh, en in reasons)
        yield ""


def _expected(case: Case) -> str:
    if case.outcome is None:
        raise AssertionError("a case that was read expects an outcome")
    count = f" {len(case.expected)}" if case.expected else ""
    return f"{case.outcome.label.zh} · {case.outcome.label.en}{count}"


def _both(text: Text) -> str:
    return f"{text.zh} · {text.en}"
