"""The report as an Excel workbook: outcomes, findings with their rows, and what stands between us and a verdict."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from chahe.controls.catalogue import controls
from chahe.engine.casefiles import cases_of
from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord, ResultRecord
from chahe.engine.show import Raws
from chahe.findings.casefiles import Case
from chahe.reports.case_sheets import CASE_HEADINGS, DETAIL_HEADINGS, Cell, case_rows, detail_rows
from chahe.reports.chapters import chapter_title
from chahe.reports.evidence import quote
from chahe.reports.naming_words import NAMING_RULES, NAMINGS
from chahe.reports.outcome_views import by_system, colocation, trust
from chahe.wording import Lang, Text

_COLOURS = {
    Outcome.CONFORMING: "#1b7f4b",
    Outcome.DEFICIENT: "#b3261e",
    Outcome.UNEVIDENCED: "#9a6700",
    Outcome.NOT_APPLICABLE: "#6b7280",
    Outcome.ERROR: "#6d1b7b",
}
_CELL = 32_000
"""Excel holds 32,767 characters in a cell."""


def write_workbook(
    record: AuditRecord, raws: Raws, path: Path, lang: Lang, *, cases: Sequence[Case] | None = None
) -> None:
    """Write the workbook. The same record and raw records give the same bytes. Raises OSError.

    `cases` are those of the record; left out, they are made by the catalogue's controls.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            book.set_properties({"title": f"{record.firm} {record.as_of}", "created": datetime(2000, 1, 1, tzinfo=UTC)})
            made = _Book(book, record, lang)
            made.write(raws, cases_of(record, controls()) if cases is None else cases)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(0, str(error), str(path)) from error


class _Book:
    def __init__(self, book: xlsxwriter.Workbook, record: AuditRecord, lang: Lang) -> None:
        self.book = book
        self.record = record
        self.lang = lang
        base = {"font_name": "Microsoft JhengHei", "valign": "top", "text_wrap": True}
        self.plain = book.add_format(base)
        self.bold = book.add_format(
            {**base, "bold": True, "bg_color": "#eef1f5", "border": 1, "border_color": "#d9dee6"}
        )
        self.title = book.add_format({"font_name": "Microsoft JhengHei", "bold": True, "font_size": 14})
        self.outcomes = {
            outcome: book.add_format({**base, "bold": True, "font_color": colour})
            for outcome, colour in _COLOURS.items()
        }

    def write(self, raws: Raws, cases: Sequence[Case]) -> None:
        self._outcomes()
        self._cases(cases)
        self._systems()
        self._colocation()
        self._findings(raws)
        self._reasons()
        self._unread()
        self._names()
        self._rules()

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _sheet(self, name: str, widths: tuple[int, ...], headings: tuple[str, ...], *, top: int = 0) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_row(top, 0, headings, self.bold)
        sheet.freeze_panes(top + 1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        return sheet

    def _outcomes(self) -> None:
        say, record = self.say, self.record
        headings = (
            say("章", "Chapter"),
            say("控制點", "Control"),
            say("名稱", "Title"),
            say("查核結果", "Outcome"),
            say("母體", "Population"),
            say("受查", "Examined"),
            say("缺失", "Findings"),
            say("最早失效日", "Would fail on"),
            say("案例的把握", "Assurance"),
        )
        sheet = self._sheet(say("查核結果", "Outcomes"), (26, 28, 34, 12, 10, 10, 8, 14, 40), headings, top=3)
        sheet.write(0, 0, f"{record.firm} {say('查核報告', 'audit report')}", self.title)
        sheet.write(
            1,
            0,
            f"{say('查核基準日', 'As of')} {record.as_of}；{say('查核期間', 'period')} {record.begin} – {record.until}",
        )
        sheet.write(2, 0, f"{say('查核摘要', 'Audit digest')} {record.digest}")
        for row, result in enumerate(record.results, start=4):
            texts = (chapter_title(result.chapter)(self.lang), result.control, result.title(self.lang))
            sheet.write_row(row, 0, texts, self.plain)
            sheet.write(row, 3, result.outcome.label(self.lang), self.outcomes[result.outcome])
            sheet.write_row(row, 4, (result.population, result.examined, len(result.findings)), self.plain)
            sheet.write_row(row, 7, (result.margin or "", trust(result)(self.lang)), self.plain)
        sheet.autofilter(3, 0, 3 + len(record.results), len(headings) - 1)

    def _cases(self, cases: Sequence[Case]) -> None:
        lang, say = self.lang, self.say
        listed = self._sheet(
            say("案件", "Cases"), (7, 22, 30, 34, 8, 10, 60, 24), tuple(text(lang) for text in CASE_HEADINGS)
        )
        self._rows(listed, case_rows(cases, lang))
        detail = self._sheet(
            say("案件內容", "Case details"),
            (22, 14, 20, 30, 30, 44, 8, 44, 60),
            tuple(text(lang) for text in DETAIL_HEADINGS),
        )
        rows = detail_rows(cases, lang)
        self._rows(detail, rows)
        detail.autofilter(0, 0, max(len(rows), 1), len(DETAIL_HEADINGS) - 1)

    def _rows(self, sheet: Worksheet, rows: Sequence[Sequence[Cell]]) -> None:
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(place, column, cell[:_CELL], self.plain)
                else:
                    sheet.write_number(place, column, cell, self.plain)

    def _systems(self) -> None:
        say = self.say
        headings = (
            say("系統或設備", "System or device"),
            say("控制點", "Control"),
            say("名稱", "Title"),
            say("缺失", "Findings"),
        )
        sheet = self._sheet(say("各系統", "Systems"), (30, 28, 40, 8), headings)
        rows = [(name, one, count) for name, found in by_system(self.record).items() for one, count in found]
        for row, (name, one, count) in enumerate(rows, start=1):
            sheet.write_row(row, 0, (name, one.control, one.title(self.lang), count), self.plain)

    def _colocation(self) -> None:
        say = self.say
        headings = (say("項目", "Item"), say("內容", "About"), say("控制點", "Control"), say("查核結果", "Outcome"))
        sheet = self._sheet(say("主機共置", "Co-location"), (18, 34, 30, 14), headings)
        row = 0
        for item in colocation(self.record):
            sheet.write_row(row + 1, 0, (item.name, item.title(self.lang)), self.plain)
            for place, one in enumerate(item.results, start=row + 1):
                sheet.write(place, 2, one.control, self.plain)
                sheet.write(place, 3, one.outcome.label(self.lang), self.outcomes[one.outcome])
            row += max(len(item.results), 1)

    def _findings(self, raws: Raws) -> None:
        say = self.say
        headings = (
            say("缺失編號", "Finding"),
            say("控制點", "Control"),
            say("風險", "Severity"),
            say("說明", "What is wrong"),
            say("證據內容", "Values"),
            say("證據位置", "Evidence"),
            say("原始紀錄", "Raw record"),
            say("改善", "Remedy"),
            say("案例的把握", "Assurance"),
        )
        sheet = self._sheet(say("缺失", "Findings"), (32, 22, 8, 60, 40, 40, 60, 40, 40), headings)
        row = 0
        for result in self.record.results:
            for quoted in quote(raws, result, self.lang):
                row += 1
                values = "\n".join(f"{name}: {value}" for name, value in quoted.values.items() if value)
                raw = "\n".join(f"{one.path} {one.place(self.lang)}\n{one.text}" for one in quoted.raw)
                cells = (
                    quoted.finding.finding,
                    result.control,
                    result.severity,
                    quoted.finding.message(self.lang),
                    values,
                    "\n".join(quoted.row_ids.values()),
                    raw,
                    result.remedy(self.lang),
                    trust(result)(self.lang),
                )
                for column, cell in enumerate(cells):
                    sheet.write_string(row, column, cell[:_CELL], self.plain)
        sheet.autofilter(0, 0, max(row, 1), len(headings) - 1)

    def _reasons(self) -> None:
        say = self.say
        sheet = self._sheet(
            say("無法佐證", "Unevidenced"),
            (28, 14, 90),
            (say("控制點", "Control"), say("查核結果", "Outcome"), say("原因", "Why")),
        )
        row = 0
        for result in self.record.results:
            for reason in result.reasons:
                row += 1
                sheet.write(row, 0, result.control, self.plain)
                sheet.write(row, 1, result.outcome.label(self.lang), self.outcomes[result.outcome])
                sheet.write_string(row, 2, reason(self.lang)[:_CELL], self.plain)

    def _unread(self) -> None:
        say = self.say
        headings = (say("檔案", "File"), say("來源", "Source"), say("原因", "Why"))
        sheet = self._sheet(say("未讀入的檔案", "Not read"), (50, 20, 90), headings)
        for row, one in enumerate(self.record.unread, start=1):
            for column, cell in enumerate((one.path, one.source, one.why(self.lang))):
                sheet.write_string(row, column, cell[:_CELL], self.plain)

    def _names(self) -> None:
        say = self.say
        headings = (
            say("種類", "Kind"),
            say("寫法", "Written"),
            say("視為或可能是", "Means, or could mean"),
            say("依據", "Rule"),
        )
        sheet = self._sheet(say("名稱對照", "Names"), (12, 40, 60, 30), headings)
        for row, one in enumerate(self.record.names, start=1):
            rule = NAMING_RULES[one.rule](self.lang)
            cells = (NAMINGS[one.naming](self.lang), one.written, say("、", ", ").join(one.means), rule)
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell[:_CELL], self.plain)

    def _rules(self) -> None:
        say = self.say
        headings = (
            say("控制點", "Control"),
            say("規範與參數", "Rule or parameter"),
            say("條次或值", "Article or value"),
            say("內容", "What it says"),
            say("確信程度", "How sure"),
        )
        sheet = self._sheet(say("規範與參數", "Rules"), (28, 40, 24, 70, 20), headings)
        row = 0
        for result in self.record.results:
            for cells in _rule_rows(result, self.lang):
                row += 1
                for column, cell in enumerate(cells):
                    sheet.write_string(row, column, cell[:_CELL], self.plain)


def _rule_rows(result: ResultRecord, lang: Lang) -> list[tuple[str, str, str, str, str]]:
    unknown = Text("—", "—")
    rules = [
        (
            result.control,
            rule.rule(lang),
            rule.article or rule.cited_as,
            rule.says(lang),
            (rule.sureness or unknown)(lang),
        )
        for rule in result.rules
    ]
    parameters = [
        (
            result.control,
            one.name,
            f"{'、'.join(one.value) if isinstance(one.value, tuple) else one.value} {one.unit(lang)}",
            one.why(lang),
            one.sureness(lang),
        )
        for one in result.parameters
    ]
    return rules + parameters
