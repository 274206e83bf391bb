"""The rules every control keeps, ours and a firm's own: cited, honest about what it cannot see, and cased in every way it can end."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chahe.controls.model import Control, Empty
from chahe.derivations.catalogue import derivations
from chahe.engine.binding import Span, binds, lists
from chahe.engine.casebook import AS_OF, Case
from chahe.engine.compose import UnsoundSql, check
from chahe.engine.embedded import Embedded
from chahe.engine.headings import exception_columns, heading
from chahe.engine.outcome import Outcome
from chahe.engine.trial import compare, run, span_of
from chahe.wording import Text

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_IMPURE = re.compile(r"\b(now|current_date|current_timestamp|today|random|uuid|read_parquet|read_csv)\b", re.IGNORECASE)
_CODE = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef | ast.For | ast.While | ast.Try | ast.With
_ALLOWED = re.compile(r"chahe\.(controls|evidence|rules|wording)\b|collections\.abc$")
LONGEST = 300
"""Lines of a control's module."""


@dataclass(frozen=True, slots=True)
class Cased:
    """A control with its cases, as the checks take it."""

    control: Control
    cases: Sequence[Case]

    def ending(self, outcome: Outcome) -> list[Case]:
        return [case for case in self.cases if case.outcome is outcome]


Check = Callable[[Cased], Iterator[Text]]


def faults(cased: Cased) -> list[Text]:
    """Everything about a control and its cases that the house's rules do not allow; an empty list is a sound control."""
    unsound = list(sound_sql(cased))
    # Cases of SQL that names what does not exist would only repeat that.
    return unsound or [fault for one in (*CHECKS, cases_hold) for fault in one(cased)]


def sound_sql(cased: Cased) -> Iterator[Text]:
    """Every column is one of the tables it needs."""
    control = cased.control
    try:
        check(control, binds(control.parameters, Span(AS_OF, AS_OF, AS_OF)), lists(control.parameters))
    except UnsoundSql as error:
        yield Text(
            f"SQL 不成立：{error}；請對照證據表的欄位修正",
            f"its SQL does not hold: {error}; compare it with the evidence tables' columns",
        )


def cited(cased: Cased) -> Iterator[Text]:
    """It says which rule it serves, what it reads and what it cannot see."""
    for name, held in (
        ("cites", cased.control.cites),
        ("blind_spots", cased.control.blind_spots),
        ("needs", cased.control.needs),
    ):
        if not held:
            yield Text(f"{name} 是空的；請填寫", f"{name} is empty; fill it in")


def texts(control: Control) -> Iterator[Text]:
    """Every text of a control that a person reads."""
    yield from (control.title, control.question, control.frame, control.message, control.remedy)
    yield from control.blind_spots
    yield from control.exclusions.values()
    yield from control.unclear.values()
    yield from (parameter.why for parameter in control.parameters.values())
    yield from control.headings.values()
    if control.applies:
        yield control.applies.because


def in_both_languages(cased: Cased) -> Iterator[Text]:
    """Each text is Chinese and English."""
    for text in texts(cased.control):
        if not _CHINESE.search(text.zh) or not text.en.strip() or _CHINESE.search(text.en):
            yield Text(
                f"文字要有中文與英文：「{text.zh}」「{text.en}」",
                f"a text must be Chinese and English: {text.zh!r}, {text.en!r}",
            )


def without_stray_braces(cased: Cased) -> Iterator[Text]:
    """A brace anywhere but in the message would reach the reader as a brace."""
    for text in texts(cased.control):
        if text is not cased.control.message and "{" in text.zh + text.en:
            yield Text(f"只有 message 可以有大括號：「{text.zh}」", f"only the message may have braces: {text.en!r}")


def pure_sql(cased: Cased) -> Iterator[Text]:
    """No clock, no chance, no file."""
    for word in _IMPURE.findall(_sql(cased.control)):
        yield Text(f"SQL 不得使用 {word}；日期請用 :as_of", f"SQL may not use {word}; for days there is :as_of")


def every_parameter_used(cased: Cased) -> Iterator[Text]:
    """A parameter that no query names would promise what it does not do."""
    used = _sql(cased.control)
    for name in cased.control.parameters:
        if not re.search(rf":{name}(_since(_us)?)?\b|\bFROM {name}\b|\bJOIN {name}\b", used):
            yield Text(
                f"參數 {name} 沒有用到；請使用或刪除", f"the parameter {name} is not used; use it or take it out"
            )


def parameters_apart(cased: Cased) -> Iterator[Text]:
    """A column called like a parameter could not be told: in the message the name is the parameter's value."""
    for name in sorted(set(cased.control.parameters) & set(exception_columns(cased.control))):
        yield Text(
            f"參數 {name} 與例外的欄位同名，訊息只會寫出參數值；請改名",
            f"the parameter {name} has the name of a column of the exceptions, and the message would tell the parameter; rename one",
        )


def every_table_read(cased: Cased) -> Iterator[Text]:
    """A log that is only counted through the hour ledger is still needed: it says whether anything was loaded. So is what a
    derived table is worked out of.
    """
    words = set(re.findall(r"\w+", _sql(cased.control)))
    behind = {table.name for name in words & derivations().keys() for table in derivations()[name].reads}
    needed = {need.table.name for need in cased.control.needs}
    for name in sorted(needed - words - behind if "log_hours" not in words else ()):
        yield Text(f"needs 的 {name} 沒有用到；請使用或刪除", f"{name} is needed but not read; use it or take it out")
    for name in sorted(behind - needed):
        yield Text(
            f"needs 缺少 {name}：用到的衍生表由它算出",
            f"{name} is missing in needs: a derived table is worked out of it",
        )


def undetermined_with_reasons(cased: Cased) -> Iterator[Text]:
    """Rows that cannot be judged have reasons, and each reason has a case."""
    control = cased.control
    seen = {row["why"] for case in cased.cases for row in case.expected_undetermined if "why" in row}
    if (control.undetermined is None) != (not control.unclear) or seen != set(control.unclear):
        left = "、".join(sorted(seen ^ set(control.unclear))) or "undetermined"
        yield Text(
            f"無法判斷的理由與案例不相符：{left}", f"reasons of undetermined rows and their cases differ: {left}"
        )


def columns_headed(cased: Cased) -> Iterator[Text]:
    """Every column that an exception shows is called something in both languages."""
    for column in exception_columns(cased.control):
        if heading(cased.control, column) is None:
            yield Text(
                f"例外的欄位 {column} 沒有名稱；請在 headings 填寫",
                f"the exceptions' column {column} has no heading; fill it in under headings",
            )


def links_hold(cased: Cased) -> Iterator[Text]:
    """What it says of people and things names columns that its exceptions return."""
    linked = cased.control.linked
    if linked is None:
        return
    shown = set(exception_columns(cased.control))
    pairs = {name.removesuffix("_zh") for name in shown if name.endswith("_zh")}
    for column in sorted(linked.columns - shown - pairs):
        yield Text(
            f"linked 的 {column} 不是例外的欄位；請改正或刪除",
            f"linked names {column}, which exceptions do not return; mend it or take it out",
        )
    nodes = {node.column for node in linked.nodes}
    for column in sorted({name for tie in linked.ties for end in tie.ends for name in end} - nodes):
        yield Text(
            f"linked 的 ties 以 {column} 為一端，但 nodes 沒有它；請在 nodes 宣告",
            f"a tie of linked ends at {column}, which is no node; declare it under nodes",
        )


def cased_in_every_outcome(cased: Cased) -> Iterator[Text]:
    """Each outcome it can have, and no other, has a case."""
    possible = {Outcome.CONFORMING, Outcome.DEFICIENT, Outcome.UNEVIDENCED}
    if cased.control.applies is not None or cased.control.empty is Empty.NOT_APPLICABLE:
        possible.add(Outcome.NOT_APPLICABLE)
    for outcome in sorted(possible ^ {case.outcome for case in cased.cases if case.outcome}, key=lambda one: one.value):
        label = outcome.label
        if outcome in possible:
            yield Text(f"沒有結果為「{label.zh}」的案例；請補上", f"no case ends {label.en}; add one")
        else:
            yield Text(
                f"有案例的結果為「{label.zh}」，但這個控制點不會有這種結果",
                f"a case ends {label.en}, which this control cannot",
            )


def message_quoted(cased: Cased) -> Iterator[Text]:
    """Its whole message is quoted in both languages by a case."""
    quotes = [quote for case in cased.ending(Outcome.DEFICIENT) for quote in case.quotes]
    for lang, chinese in (("zh", True), ("en", False)):
        begins = re.escape(cased.control.message("zh" if chinese else "en").split("{")[0])
        if not any(bool(_CHINESE.search(quote)) is chinese and re.match(begins, quote) for quote in quotes):
            yield Text(
                f"沒有缺失案例引用整句 {lang} 訊息；請以 > 開頭寫出",
                f"no deficient case quotes the whole {lang} message; write it after >",
            )


def counted(cased: Cased) -> Iterator[Text]:
    """Its population is counted and its margin told."""
    if sum(case.population is not None for case in cased.cases) < 2:
        yield Text("至少兩個案例要寫 population … examined …", "at least two cases must say population … examined …")
    if (cased.control.margin is not None) != any(case.margin is not None for case in cased.cases):
        yield Text(
            "有 margin 的控制點要有案例寫出 margin，沒有的則不得有",
            "a control with a margin needs a case that tells it, one without may have none",
        )


def exceptions_named(cased: Cased) -> Iterator[Text]:
    """A deficient case without rows would hold for any deficiency."""
    for case in cased.ending(Outcome.DEFICIENT):
        if not case.expected:
            yield Text(
                f"{case.place}：expect deficient 之後要列出例外",
                f"{case.place}: list the exceptions after expect deficient",
            )


def titled_once(cased: Cased) -> Iterator[Text]:
    """No two cases of one title."""
    titles = [case.title for case in cased.cases]
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        yield Text(f"有兩個案例都叫「{title}」", f"two cases are called {title!r}")


CHECKS: tuple[Check, ...] = (
    cited,
    in_both_languages,
    without_stray_braces,
    pure_sql,
    every_parameter_used,
    parameters_apart,
    every_table_read,
    undetermined_with_reasons,
    columns_headed,
    links_hold,
    cased_in_every_outcome,
    message_quoted,
    counted,
    exceptions_named,
    titled_once,
)


def cases_hold(cased: Cased) -> Iterator[Text]:
    """Every case comes out as it says, and every reason to leave a row out is met by one."""
    seen: set[str] = set()
    with Embedded() as engine:
        for case in cased.cases:
            result = run(engine, cased.control, case)
            seen |= set(result.examination.excluded)
            for told in compare(cased.control, case, result, span_of(case)):
                yield Text(
                    f"{case.place}「{case.title}」不成立：{told}", f"{case.place} {case.title!r} does not hold: {told}"
                )
    for name in sorted(set(cased.control.exclusions) - seen):
        yield Text(f"沒有案例因 {name} 而排除；請補上", f"no case leaves a row out because of {name}; add one")


def module_faults(source: str) -> Iterator[Text]:
    """What a control's module may not hold: code, foreign imports, more than 300 lines. SyntaxError where it is no Python."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, _CODE):
            yield Text(
                f"第 {node.lineno} 行：控制點是一個值，不得有程式",
                f"line {node.lineno}: a control is a value and holds no code",
            )
        imported = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        imported += [name.name for name in node.names] if isinstance(node, ast.Import) else []
        for module in imported:
            if not _ALLOWED.match(module):
                line = getattr(node, "lineno", 0)
                yield Text(f"第 {line} 行：不得匯入 {module}", f"line {line}: {module} may not be imported")
    if not ast.get_docstring(tree):
        yield Text("模組開頭要有一行說明", "the module needs a docstring of one line")
    if len(source.splitlines()) > LONGEST:
        yield Text(f"超過 {LONGEST} 行", f"longer than {LONGEST} lines")


def _sql(control: Control) -> str:
    parts = (control.population, control.exceptions, control.undetermined, control.margin and control.margin.query)
    return "\n".join(part for part in parts if part)
