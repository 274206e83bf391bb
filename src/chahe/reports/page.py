"""The report as one HTML file that needs nothing else: for the browser, for printing, for the archive."""

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord
from chahe.engine.store import Store
from chahe.reports.chapters import chapter_title
from chahe.reports.evidence import quote
from chahe.reports.outcome_views import by_system, colocation, trust
from chahe.wording import Lang, Text


def write_page(record: AuditRecord, store: Store, path: Path, lang: Lang) -> None:
    """Write the report. The same record and store give the same bytes. Raises OSError."""
    environment = Environment(
        loader=PackageLoader("chahe.reports"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["t"] = lambda text: Text(*text)(lang)
    page = environment.get_template("report.html").render(
        record=record,
        lang=lang,
        outcomes=list(Outcome),
        chapters=_by_chapter(record),
        chapter_title=chapter_title,
        colocation=colocation(record),
        systems=by_system(record),
        trust=trust,
        quote=lambda result: quote(store, result, lang),
        say=lambda zh, en: zh if lang == "zh" else en,
    )
    path.write_text(page, "utf-8")


def _by_chapter(record: AuditRecord) -> list[tuple[str, list[object]]]:
    chapters: dict[str, list[object]] = {}
    for result in record.results:
        chapters.setdefault(result.chapter, []).append(result)
    return sorted(chapters.items())
