"""Rows of cells, from whatever file or query they come, as units of evidence: title, headings, rows, totals, notes.

Every row is one unit. What stands above the headings, blank rows, repeated headings, totals (合計) and notes (註：) are skips;
every other row is evidence or a reject. A list whose headings are meant for a table but do not serve is rejected as a whole,
row by row, so that its size shows.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

from chahe.evidence.cells import UnreadableCell, is_blank, read_cell
from chahe.evidence.model import Table
from chahe.sources import headings
from chahe.sources.headings import Doubt, Fit
from chahe.sources.model import Context, Match, Records, Reject, Row, Setting, Skip, Unit, Unreadable
from chahe.wording import Text

TITLE_ROWS = 30
"""How far down a heading row is looked for."""

TABLE_SETTING = Setting(
    "table",
    Text(
        "這份清冊所屬的證據表（英文名或中文名）；標題無法分辨時才需要",
        "the evidence table of the list; needed only where its headings do not tell",
    ),
)


class Broken(NamedTuple):
    """A row that could not even be taken apart into cells."""

    why: Text
    value: str | None = None


class Uncached(NamedTuple):
    """A cell with a formula whose result the file does not hold."""

    formula: str


RawRow = Sequence[object] | Broken

_ABOVE = Text("標題列上方的文字", "text above the heading row")
_BLANK = Text("空白列", "blank row")
_REPEATED = Text("重複的標題列", "the heading row again")
_TOTAL = Text("合計列", "row of totals")
_NOTE = Text("註記", "note")
_OTHER = Text(
    "工作表「{part}」沒有任何證據表的標題列，未採用",
    "sheet “{part}” has the headings of no evidence table and is not used",
)
_AFTER_DOUBT = Text(
    "標題列（第 {place} 列）不能用，這一列未讀取；請先更正標題",
    "not read, since the heading row ({place}) does not serve; correct the headings first",
)
_REQUIRED = Text(
    "必填欄位「{heading}」是空白；請填入（若為合併儲存格，請取消合併並逐列填寫）",
    "the required {name} ({heading}) is blank; fill it in (undo merged cells and fill in every row)",
)
_TOO_WIDE = Text(
    "這一列有標題以外的值「{value}」；請檢查是否少了引號或多了分隔符號",
    "this row holds “{value}” where there is no heading; look for a missing quote or a delimiter too many",
)
_UNCACHED = Text(
    "「{heading}」是公式「{formula}」，檔案裡沒有計算結果；請用 Excel 開啟後存檔，再重新匯入",
    "{name} ({heading}) is the formula {formula}, and the file holds no result of it; open and save it in Excel, then load it again",
)
_DUPLICATE = Text(
    "與{where}重複（{key}）；同一份檔案中請只保留一列",
    "the same as {where} ({key}); keep only one of them in the file",
)
_NO_SUCH_TABLE = Text(
    "設定 table 的「{name}」不是證據表；可用的有：{all}",
    "the setting table names “{name}”, which is no evidence table; there are: {all}",
)
_NOTHING = Text(
    "找不到任何證據表的標題列{nearest}。請用範本的標題，或在 chahe.toml 的來源以 table 指明",
    "no heading row of any evidence table was found{nearest}. Use the headings of the template, or declare the table in chahe.toml",
)
_TOTAL_WORDS = re.compile(r"(合計|總計|小計|總和|共計|grandtotal|subtotal|total)[:：]?")
_CHINESE_TOTAL = re.compile(r"(以上)?(合計|總計|小計|總和|共計|共)[:：]?[0-9,.]*[人筆項台部個列件元]?")
_NOTE_WORDS = re.compile(
    r"(附?註|備註|說明|資料來源|製表|填表|note|source)[0-9一二三四五六七八九十.()人者日期說明]*[:：]|※|附註$"
)


def find_heading(
    top: Iterable[RawRow], declared: Table | None = None, settings: Collection[str] = ()
) -> tuple[int, Fit | Doubt | None]:
    """The best heading row among the first rows of a list: its index from 0, and the table it is for."""
    verdicts = [
        (at, headings.judge(row, declared, settings))
        for at, row in enumerate(islice(top, TITLE_ROWS))
        if not isinstance(row, Broken) and not _blank(row)
    ]
    for kind in (Fit, Doubt):
        some = [(at, one) for at, one in verdicts if isinstance(one, kind)]
        if some:
            return max(some, key=lambda pair: (rank(pair[1]), -pair[0]))
    return 0, None


def rank(one: Fit | Doubt | None) -> tuple[int, int, int]:
    """For comparing heading rows: one that fits before one in doubt, then by its columns."""
    if one is None:
        return (0, 0, 0)
    return (2, *one.rank) if isinstance(one, Fit) else (1, *one.nearest.rank)


def match(one: Fit | Doubt | None) -> Match | None:
    """How sure it is that a list with this heading row is ours."""
    if one is None:
        return None
    if isinstance(one, Doubt):
        return Match(15, one.why.en)
    share = 35 * len(one.columns) // one.headings
    return Match(55 + share, f"{len(one.columns)} of {one.headings} headings are those of {one.table.name}")


@dataclass
class Lists:
    """The reading of one file: settings, what was found, and the keys seen so far in all its sheets."""

    context: Context
    declared: Table | None = None
    found: int = 0
    """How many lists with a good heading row, or a doubtful one, were met."""
    closest: Fit | None = None
    seen: dict[tuple[object, ...], tuple[str | None, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        name = self.context.settings.get("table")
        if name:
            self.declared = headings.table_named(name)
            if self.declared is None:
                known = "、".join(table.name for table in headings.loadable())
                raise Unreadable(_NO_SUCH_TABLE.fill(name=name, all=known))

    def units(self, rows: Iterator[RawRow], part: str | None = None) -> Iterator[Unit]:
        """One unit for each row of one list, places counted from 1.

        Raises Unreadable where there is no list: at once in a file without parts; else see `nothing`.
        """
        top = list(islice(rows, TITLE_ROWS))
        at, verdict = find_heading(top, self.declared, self.context.settings)
        numbered = enumerate(chain(top, rows), 1)
        if verdict is None:
            self._remember(top)
            if part is None:
                raise Unreadable(self.nothing())
            for place, row in numbered:
                yield _left_aside(place, row, part)
            return
        self.found += 1
        for place, row in islice(numbered, at):
            yield _above(place, row, part)
        next(numbered)
        if isinstance(verdict, Doubt):
            yield Reject(at + 1, verdict.why, part=part)
            for place, row in numbered:
                yield _after_doubt(place, row, part, at + 1)
            return
        yield Skip(at + 1, headings.heading_row(verdict), part, table=verdict.table.name)
        head = top[at]
        reading = _Reading(self, verdict, () if isinstance(head, Broken) else tuple(head), part)
        for place, row in numbered:
            yield reading.unit(place, row)

    def nothing(self) -> Text:
        """What to say when no list was found in the file."""
        if self.closest is None:
            return _NOTHING.fill(nearest="")
        table, problem = self.closest.table, headings.shortcomings(self.closest)
        return Text(
            _NOTHING.zh.format(nearest=f"；最接近的是「{table.heading}」，但{problem.zh}"),
            _NOTHING.en.format(nearest=f"; the closest is {table.name} ({table.heading}), but {problem.en}"),
        )

    def _remember(self, top: Sequence[RawRow]) -> None:
        near = headings.nearest([row for row in top if not isinstance(row, Broken)], self.declared)
        if near and (self.closest is None or near.rank > self.closest.rank):
            self.closest = near


class _Reading:
    """The rows below one heading row."""

    def __init__(self, lists: Lists, fit: Fit, head: Sequence[object], part: str | None) -> None:
        self.lists = lists
        self.table = fit.table
        self.part = part
        self.zone = lists.context.zone
        self.head = [_shown(cell) for cell in head]
        self.indexed = [
            (self.table.column(name), index) for name, index in sorted(fit.columns.items(), key=lambda item: item[1])
        ]
        self.width = max((index + 1 for index, cell in enumerate(head) if not is_blank(cell)), default=0)
        self.filled = {
            name: self._setting(name, value)
            for name, value in lists.context.settings.items()
            if name in self.table.names and name not in fit.columns
        }

    def _setting(self, name: str, value: str) -> object:
        try:
            return read_cell(self.table.column(name), value, self.zone)
        except UnreadableCell as problem:
            raise Unreadable(problem.why, column=name, value=problem.value) from problem

    def unit(self, place: int, row: RawRow) -> Unit:
        if isinstance(row, Broken):
            return Reject(place, row.why, value=row.value, part=self.part)
        aside = self._aside(row)
        if aside:
            return Skip(place, aside, self.part)
        values, problems = self._values(row)
        if problems:
            column, value, why = problems[0]
            text = Text("；".join(one.zh for *_, one in problems), "; ".join(one.en for *_, one in problems))
            return Reject(place, text if len(problems) > 1 else why, column, value, self.part)
        first = self._first_with_this_key(place, values)
        if first:
            return first
        return Records(place, (Row(self.table.name, values),), self.part)

    def _aside(self, row: Sequence[object]) -> Text | None:
        if _blank(row):
            return _BLANK
        if [_shown(cell) for cell in row[: len(self.head)]] == self.head:
            return _REPEATED
        written = [_folded(cell) for cell in row if not is_blank(cell)]
        if len(written) == 1 and _NOTE_WORDS.match(written[0]):
            return _NOTE
        if _CHINESE_TOTAL.fullmatch(written[0]) or (len(written) <= 2 and _TOTAL_WORDS.fullmatch(written[0])):
            return _TOTAL
        return None

    def _values(self, row: Sequence[object]) -> tuple[dict[str, object], list[tuple[str | None, str | None, Text]]]:
        values = {name: value for name, value in self.filled.items() if value is not None}
        problems: list[tuple[str | None, str | None, Text]] = []
        for column, index in self.indexed:
            raw = row[index] if index < len(row) else None
            names = {"heading": column.heading, "name": column.name}
            if isinstance(raw, Uncached):
                problems.append((column.name, raw.formula, _UNCACHED.fill(formula=raw.formula, **names)))
                continue
            try:
                value = read_cell(column, raw, self.zone)
            except UnreadableCell as problem:
                problems.append((column.name, problem.value, problem.why))
                continue
            if value is not None:
                values[column.name] = value
            elif column.required:
                problems.append((column.name, None if raw is None else str(raw), _REQUIRED.fill(**names)))
        for stray in row[self.width :]:
            if not is_blank(stray):
                problems.append((None, str(stray)[:80], _TOO_WIDE.fill(value=str(stray)[:80])))
                break
        return values, problems

    def _first_with_this_key(self, place: int, values: dict[str, object]) -> Reject | None:
        if not self.table.key:
            return None
        key = (self.table.name, *(values.get(name) for name in self.table.key))
        if key not in self.lists.seen:
            self.lists.seen[key] = (self.part, place)
            return None
        part, first = self.lists.seen[key]
        zh = f"第 {first} 列" if part == self.part else f"工作表「{part}」第 {first} 列"
        en = f"row {first}" if part == self.part else f"row {first} of sheet “{part}”"
        shown = "、".join(str(values.get(name, "")) for name in self.table.key)
        why = Text(
            _DUPLICATE.zh.format(
                where=zh, key="、".join(self.table.column(name).heading for name in self.table.key) + f" = {shown}"
            ),
            _DUPLICATE.en.format(where=en, key=", ".join(self.table.key) + f" = {shown}"),
        )
        return Reject(place, why, ", ".join(self.table.key), shown, self.part)


def _left_aside(place: int, row: RawRow, part: str | None) -> Unit:
    if isinstance(row, Broken):
        return Reject(place, row.why, value=row.value, part=part)
    return Skip(place, _BLANK if _blank(row) else _OTHER.fill(part=part or ""), part)


def _above(place: int, row: RawRow, part: str | None) -> Unit:
    if isinstance(row, Broken):
        return Reject(place, row.why, value=row.value, part=part)
    return Skip(place, _BLANK if _blank(row) else _ABOVE, part)


def _after_doubt(place: int, row: RawRow, part: str | None, head: int) -> Unit:
    if not isinstance(row, Broken) and _blank(row):
        return Skip(place, _BLANK, part)
    return Reject(place, _AFTER_DOUBT.fill(place=head), part=part)


def _blank(row: Sequence[object]) -> bool:
    return all(is_blank(cell) for cell in row)


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _folded(cell: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(cell)).split()).casefold()
