"""Every control keeps the house's rules: cited, reasoned, honest about what it cannot see, and cased in every way it can end."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

import chahe.controls
from chahe.controls.catalogue import cases_of, controls
from chahe.controls.model import Control, Empty
from chahe.derivations.catalogue import derivations
from chahe.engine.casebook import Case, read_cases
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine
from chahe.engine.outcome import Outcome
from chahe.engine.trial import run
from chahe.wording import Text
from controls.deck import DECK

ROOM = Path(chahe.controls.__path__[0])
VALUES = sorted(path for path in ROOM.glob("*/*.py") if path.name != "__init__.py")
SHARED = sorted(path for path in ROOM.glob("*.py") if path.name not in {"__init__.py", "model.py", "catalogue.py"})
CHINESE = re.compile(r"[\u4e00-\u9fff]")
IMPURE = re.compile(r"\b(now|current_date|current_timestamp|today|random|uuid|read_parquet|read_csv)\b", re.IGNORECASE)

every_control = pytest.mark.parametrize("control", controls().values(), ids=controls().keys())


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Embedded() as embedded:
        yield embedded


def _texts(control: Control) -> Iterator[Text]:
    yield from (control.title, control.question, control.frame, control.message, control.remedy)
    yield from control.blind_spots
    yield from control.exclusions.values()
    yield from control.unclear.values()
    yield from (parameter.why for parameter in control.parameters.values())
    if control.applies:
        yield control.applies.because


def _sql(control: Control) -> str:
    parts = (control.population, control.exceptions, control.undetermined, control.margin and control.margin.query)
    return "\n".join(part for part in parts if part)


def _cases(control: Control, outcome: Outcome | None = None) -> list[Case]:
    return [case for case in read_cases(cases_of(control)) if outcome in (None, case.outcome)]


@every_control
def test_a_control_is_cited_and_says_what_it_cannot_see(control: Control) -> None:
    assert control.cites
    assert control.blind_spots
    assert control.needs


@every_control
def test_every_text_is_written_in_both_languages(control: Control) -> None:
    for text in _texts(control):
        assert CHINESE.search(text.zh), text
        assert text.en.strip(), text
        assert not CHINESE.search(text.en), text


@every_control
def test_its_texts_promise_nothing_the_message_cannot_name(control: Control) -> None:
    """A brace anywhere but in the message would reach the reader as a brace."""
    for text in _texts(control):
        if text is not control.message:
            assert "{" not in text.zh + text.en, text


@every_control
def test_its_sql_reads_no_clock_no_chance_and_no_file(control: Control) -> None:
    assert not IMPURE.findall(_sql(control))


@every_control
def test_every_parameter_is_used(control: Control) -> None:
    used = _sql(control)
    for name in control.parameters:
        assert re.search(rf":{name}(_since(_us)?)?\b|\bFROM {name}\b|\bJOIN {name}\b", used), name


@every_control
def test_every_table_it_needs_is_read_or_bounds_what_was_seen(control: Control) -> None:
    """A log that is only counted through the hour ledger is still needed: it says whether anything was loaded. So is what a
    derived table is worked out of."""
    words = set(re.findall(r"\w+", _sql(control)))
    behind = {table.name for name in words & derivations().keys() for table in derivations()[name].reads}
    for need in control.needs:
        assert need.table.name in words | behind or "log_hours" in words, need.table.name
    assert behind <= {need.table.name for need in control.needs}


@every_control
def test_undetermined_rows_have_reasons_and_reasons_have_rows(control: Control) -> None:
    assert (control.undetermined is None) == (not control.unclear)
    seen = {row["why"] for case in _cases(control) for row in case.expected_undetermined if "why" in row}
    assert seen == set(control.unclear)


@every_control
def test_it_is_cased_in_every_outcome_it_can_have(control: Control) -> None:
    possible = {Outcome.CONFORMING, Outcome.DEFICIENT, Outcome.UNEVIDENCED}
    if control.applies is not None or control.empty is Empty.NOT_APPLICABLE:
        possible.add(Outcome.NOT_APPLICABLE)
    assert {case.outcome for case in _cases(control)} == possible


@every_control
def test_its_whole_message_is_quoted_in_both_languages(control: Control) -> None:
    quotes = [quote for case in _cases(control, Outcome.DEFICIENT) for quote in case.quotes]
    begins = re.escape(re.split(r"[{]", control.message.zh)[0])
    assert any(CHINESE.search(quote) and re.match(begins, quote) for quote in quotes)
    begins = re.escape(re.split(r"[{]", control.message.en)[0])
    assert any(not CHINESE.search(quote) and re.match(begins, quote) for quote in quotes)


@every_control
def test_its_population_is_counted_and_its_margin_told(control: Control) -> None:
    cases = _cases(control)
    assert sum(case.population is not None for case in cases) >= 2
    assert (control.margin is not None) == any(case.margin is not None for case in cases)


@every_control
def test_every_deficient_case_names_its_exceptions(control: Control) -> None:
    assert all(case.expected for case in _cases(control, Outcome.DEFICIENT))


@every_control
def test_its_cases_have_titles_of_their_own(control: Control) -> None:
    titles = [case.title for case in _cases(control)]
    assert len(titles) == len(set(titles))


@every_control
def test_every_reason_to_leave_a_row_out_is_cased(engine: Engine, control: Control) -> None:
    seen: set[str] = set()
    for case in _cases(control):
        seen |= set(run(engine, control, case).examination.excluded)
        if seen == set(control.exclusions):
            break
    assert seen == set(control.exclusions)


@every_control
def test_it_answers_the_deck_items_the_table_gives_it(control: Control) -> None:
    given = {item for item, names in DECK.items() for name in names.split() if fnmatch(control.id, name)}
    assert set(control.deck) == given
    assert len(control.deck) == len(given)


@pytest.mark.parametrize("path", VALUES, ids=lambda path: path.name)
def test_a_control_is_a_value_without_code(path: Path) -> None:
    code = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef | ast.For | ast.While | ast.Try | ast.With
    assert not [node.lineno for node in ast.walk(_tree(path)) if isinstance(node, code)]


@pytest.mark.parametrize("path", VALUES + SHARED, ids=lambda path: path.name)
def test_a_module_of_controls_knows_tables_and_rules_only(path: Path) -> None:
    tree = _tree(path)
    allowed = re.compile(r"chahe\.(controls|evidence|rules|wording)\b|collections\.abc$")
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    assert [module for module in imported if not allowed.match(module)] == []
    assert ast.get_docstring(tree)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
