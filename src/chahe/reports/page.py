"""The report as one HTML file that needs nothing else: for the browser, for printing, for the archive."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from chahe.controls.catalogue import controls
from chahe.engine.casefiles import cases_of
from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord
from chahe.engine.show import Raws
from chahe.findings.casefiles import Case
from chahe.reports.case_graph import fitted, picture
from chahe.reports.case_views import ADJOINING, CAUTION, looks_like, names, steps, when, whose
from chahe.reports.chapters import chapter_title
from chahe.reports.evidence import quote
from chahe.reports.outcome_views import by_system, colocation, trust
from chahe.wording import Lang, Text


def write_page(record: AuditRecord, raws: Raws, path: Path, lang: Lang, *, cases: Sequence[Case] | None = None) -> None:
    """Write the report. The same record and raw records give the same bytes. Raises OSError.

    `cases` are those of the record; left out, they are made by the catalogue's controls.
    """
    shown = cases_of(record, controls()) if cases is None else cases
    page = (
        _environment(lang)
        .get_template("report.html")
        .render(
            record=record,
            lang=lang,
            cases=case_section(shown, lang),
            outcomes=list(Outcome),
            chapters=_by_chapter(record),
            chapter_title=chapter_title,
            colocation=colocation(record),
            systems=by_system(record),
            trust=trust,
            quote=lambda result: quote(raws, result, lang),
        )
    )
    path.write_text(page, "utf-8")


def case_section(cases: Sequence[Case], lang: Lang) -> str:
    """The part of the page about cases, worst first; empty without any. The same cases give the same text."""
    return (
        _environment(lang)
        .get_template("cases.html")
        .render(
            cases=cases,
            lang=lang,
            caution=CAUTION,
            adjoining=ADJOINING,
            whose=whose,
            looks_like=looks_like,
            names=names,
            steps=steps,
            when=when,
            picture=picture,
            fitted=fitted,
        )
    )


def _environment(lang: Lang) -> Environment:
    environment = Environment(
        loader=PackageLoader("chahe.reports"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["t"] = lambda text: Text(*text)(lang)
    environment.globals["say"] = lambda zh, en: zh if lang == "zh" else en
    return environment


def _by_chapter(record: AuditRecord) -> list[tuple[str, list[object]]]:
    chapters: dict[str, list[object]] = {}
    for result in record.results:
        chapters.setdefault(result.chapter, []).append(result)
    return sorted(chapters.items())
