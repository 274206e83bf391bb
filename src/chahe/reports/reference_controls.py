"""The reference page of the controls (docs/reference/controls.md), written from the catalogue."""

from collections.abc import Iterator, Mapping

from chahe.controls.catalogue import cases_of, chapter_of, chapters, controls
from chahe.controls.model import Control, Empty, Need
from chahe.engine.casebook import read_cases
from chahe.engine.scores import said
from chahe.reports.chapters import chapter_title
from chahe.rules.citation import Citation, Version
from chahe.rules.parameter import Parameter, Stricter
from chahe.wording import Text

_HEAD = """\
# 控制點 Controls

每個控制點是規範的一項要求：對整個母體檢查，不抽樣。此頁由程式中的宣告產生，請勿手改；查詢內容（SQL）見 `chahe controls 控制點`。
Each control is one requirement of a rule, checked over its whole population, never a sample. This page is written from the
declarations in the code; do not edit it by hand. `chahe controls ID` also shows the SQL.

「確信程度」說明我們從哪裡得知條文與參數：見於法規條文、見於證交所查核簡報、見於次級資料，或未經證實。
How sure says where we know an article or a value from: the rule's text, the exchange's slides, a secondary source, or not confirmed.
"""
_EMPTY = {
    Empty.NOT_APPLICABLE: Text("母體為空時：不適用", "an empty population means: not applicable"),
    Empty.UNEVIDENCED: Text("母體為空時：無法佐證", "an empty population means: unevidenced"),
}
_WAYS = {
    Stricter.LOWER: Text("只能調低", "may only be lowered"),
    Stricter.HIGHER: Text("只能調高", "may only be raised"),
    Stricter.MORE: Text("只能增加項目", "entries may only be added"),
    Stricter.FREE: Text("公司自訂", "the firm's choice"),
}


def controls_reference() -> str:
    """The whole page as Markdown: chapters and their controls in alphabetical order."""
    by_chapter: dict[str, list[Control]] = {chapter: [] for chapter in chapters()}
    for control in controls().values():
        by_chapter[chapter_of(control)].append(control)
    held = {chapter: found for chapter, found in by_chapter.items() if found}
    lines = [_HEAD, *_contents(held), ""]
    for chapter, found in held.items():
        title = chapter_title(chapter)
        # Titles carry the article's number in both languages; one heading needs it once.
        lines += [f"## {title.zh} · {title.en}", ""]
        lines += [line for control in found for line in _control(control)]
    return "\n".join(lines)


def _contents(held: Mapping[str, list[Control]]) -> Iterator[str]:
    yield "| 控制點 control | 名稱 title | 章 chapter | 簡報項目 slide items | 嚴重度 severity |"
    yield "|---|---|---|---|---|"
    for chapter, found in held.items():
        for control in found:
            severity = control.severity.label
            yield table_row(
                f"[{control.id}](#{control.id})",
                f"{control.title.zh} · {control.title.en}",
                chapter_title(chapter).zh,
                "、".join(control.deck),
                f"{severity.zh} · {severity.en}",
            )


def _control(control: Control) -> Iterator[str]:
    yield f"### {control.id}"
    yield ""
    yield f"**{control.title.zh}** · **{control.title.en}** ([SQL](../controls/{control.id}.md))"
    yield ""
    yield from described(control)


def described(control: Control) -> Iterator[str]:
    """What a control asks, of whom, by which rule, with which parameters, and what it cannot see; Markdown, without a heading."""
    yield control.question.zh
    yield control.question.en
    yield ""
    yield "| 規範 rule | 條文 article | 自 since | 確信程度 how sure | 要求 asks |"
    yield "|---|---|---|---|---|"
    for citation in control.cites:
        yield from (_version(citation, version) for version in citation.versions)
    yield ""
    yield f"- 母體 population: {control.frame.zh} · {control.frame.en}"
    yield f"- {_EMPTY[control.empty].zh} · {_EMPTY[control.empty].en}"
    if control.applies is not None:
        because = control.applies.because
        yield f"- 適用 applies: `[firm] {control.applies.name} = true`（{because.zh} · {because.en}）"
    for excluded in control.exclusions.values():
        yield f"- 排除 excluded: {excluded.zh} · {excluded.en}"
    yield f"- 證據 evidence: {'、'.join(_need(need) for need in control.needs)}"
    yield f"- 簡報項目 slide items: {'、'.join(control.deck) or '—'}"
    yield f"- 案例 cases: {len(read_cases(cases_of(control)))}（{said(control).zh} · {said(control).en}）"
    yield f"- 改善 remedy: {control.remedy.zh} {control.remedy.en}"
    yield from (f"- 看不到的 blind spot: {text.zh} {text.en}" for text in control.blind_spots)
    yield ""
    if control.parameters:
        yield "| 參數 parameter | 值 value | 調整 adjusting | 依據 source | 確信程度 how sure |"
        yield "|---|---|---|---|---|"
        yield from (_parameter(name, parameter) for name, parameter in control.parameters.items())
        yield ""


def _version(citation: Citation, version: Version) -> str:
    label = version.label
    article = label.zh if label.zh == label.en else f"{label.zh} · {label.en}"
    sure = version.sureness.label
    note = f"（{version.note.zh} {version.note.en}）" if version.note else ""
    return table_row(
        f"{citation.rule.zh} · {citation.rule.en}",
        article,
        version.since.isoformat() if version.since else "",
        f"{sure.zh} · {sure.en}{note}",
        f"{citation.says.zh} · {citation.says.en}",
    )


def _need(need: Need) -> str:
    said = [
        text
        for told, text in (
            (need.optional, "可缺 optional"),
            (need.excuses, "可排除缺失 excuses"),
            (need.whole, "每日 daily"),
        )
        if told
    ]
    return f"[{need.table.name}](evidence.md#{need.table.name})" + (f"（{'；'.join(said)}）" if said else "")


def _parameter(name: str, parameter: Parameter) -> str:
    unit, way, sure = parameter.unit.label, _WAYS[parameter.stricter], parameter.sureness.label
    if isinstance(parameter.value, tuple):
        value = "、".join(parameter.value)
    else:
        value = f"{parameter.value} {unit.zh} · {unit.en}" if unit.zh else str(parameter.value)
    return table_row(
        f"`{name}`",
        value,
        f"{way.zh} · {way.en}",
        f"{parameter.why.zh} · {parameter.why.en}",
        f"{sure.zh} · {sure.en}",
    )


def table_row(*cells: str) -> str:
    """One row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
