"""The rows below a heading row as evidence: typed values, or the reason why a row is none."""

import re
import unicodedata
from collections.abc import Sequence

from chahe.evidence.cells import UnreadableCell, is_blank, read_cell
from chahe.sources.lists.headings import Fit
from chahe.sources.lists.mapping import mapping_in
from chahe.sources.lists.raw_rows import BLANK, Broken, RawRow, Uncached, is_blank_row, shown
from chahe.sources.model import Context, Records, Reject, Row, Skip, Unit, Unreadable
from chahe.wording import Text

Seen = dict[tuple[object, ...], tuple[str | None, int]]
"""The natural keys met in a file, with the part and place where each stood first."""

_REPEATED = Text("重複的標題列", "the heading row again")
_TOTAL = Text("合計列", "row of totals")
_NOTE = Text("註記", "note")
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
_TOTAL_WORDS = re.compile(
    r"((以上)?(合計|總計|小計|總和|共計)[:：]?[0-9,.]*|(以上)?共[0-9,.]+)[人筆項台部個列件元]?|(grandtotal|subtotal|total)[:：]?"
)
_NOTE_WORDS = re.compile(
    r"(附?註|備註|說明|資料來源|填表說明|note|source)([0-9一二三四五六七八九十.()]{0,4}[:：]|$)|※"
    r"|(製表|填表|列印|印表|覆核|複核|審核|核准|主管|單位主管|經辦|承辦)[^:：]{0,4}[:：]|第[0-9]+頁"
)


class Reading:
    """The rows below one heading row."""

    def __init__(self, fit: Fit, head: Sequence[object], part: str | None, context: Context, seen: Seen) -> None:
        self.table = fit.table
        self.part = part
        self.zone = context.zone
        self.seen = seen
        self.mapping = mapping_in(context.settings) if "map" in context.settings else None
        self.head = [shown(cell) for cell in head]
        self.indexed = [
            (self.table.column(name), index) for name, index in sorted(fit.columns.items(), key=lambda item: item[1])
        ]
        self.width = max((index + 1 for index, cell in enumerate(head) if not is_blank(cell)), default=0)
        self.filled = {
            name: self._setting(name, value)
            for name, value in context.settings.items()
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
        if is_blank_row(row):
            return BLANK
        if [shown(cell) for cell in row[: len(self.head)]] == self.head:
            return _REPEATED
        if self._is_complete(row):
            return None
        first = _folded(next(cell for cell in row if not is_blank(cell)))
        if _NOTE_WORDS.match(first):
            return _NOTE
        return _TOTAL if _TOTAL_WORDS.fullmatch(first) else None

    def _is_complete(self, row: Sequence[object]) -> bool:
        """Does the row fill two or more required columns and leave none blank? No total and no note does that."""
        required = [index for column, index in self.indexed if column.required]
        return len(required) >= 2 and all(index < len(row) and not is_blank(row[index]) for index in required)

    def _values(self, row: Sequence[object]) -> tuple[dict[str, object], list[tuple[str | None, str | None, Text]]]:
        values = {name: value for name, value in self.filled.items() if value is not None}
        problems: list[tuple[str | None, str | None, Text]] = []
        for column, index in self.indexed:
            raw = row[index] if index < len(row) else None
            names = {"heading": column.heading, "name": column.name}
            if isinstance(raw, Uncached):
                problems.append((column.name, raw.formula, _UNCACHED.fill(formula=raw.formula, **names)))
                continue
            if self.mapping is not None and isinstance(raw, str):
                raw = self.mapping.meant(column.name, raw)
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
        if key not in self.seen:
            self.seen[key] = (self.part, place)
            return None
        part, first = self.seen[key]
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


def _folded(cell: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(cell)).split()).casefold()
