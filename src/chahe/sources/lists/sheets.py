"""Rows of cells, from whatever file or query they come, as units of evidence: title, headings, rows, totals, notes.

Every row is one unit. What stands above the headings, blank rows, repeated headings, totals (合計) and notes (註：) are skips;
every other row is evidence or a reject. A list whose headings are meant for a table but do not serve is rejected as a whole,
row by row, so that its size shows.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from chahe.evidence.model import Table
from chahe.sources.lists import headings
from chahe.sources.lists.headings import Doubt, Fit
from chahe.sources.lists.list_rows import Reading, Seen
from chahe.sources.lists.mapping import mapping_in
from chahe.sources.lists.raw_rows import BLANK, Broken, RawRow, is_blank_row
from chahe.sources.model import Context, Match, Reject, Setting, Skip, Unit, Unreadable
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


_ABOVE = Text("標題列上方的文字", "text above the heading row")
_OTHER = Text(
    "工作表「{part}」沒有任何證據表的標題列，未採用",
    "sheet “{part}” has the headings of no evidence table and is not used",
)
_AFTER_DOUBT = Text(
    "標題列（第 {place} 列）不能用，這一列未讀取；請先更正標題",
    "not read, since the heading row ({place}) does not serve; correct the headings first",
)
_NO_SUCH_TABLE = Text(
    "設定 table 的「{name}」不是證據表；可用的有：{all}",
    "the setting table names “{name}”, which is no evidence table; there are: {all}",
)
_UNMAPPED = Text(
    "標題列沒有 [source.map] 為 {columns} 所寫的標題；請更正對照或標題",
    "the headings do not hold what [source.map] says for {columns}; correct the mapping or the headings",
)
_NOTHING = Text(
    "找不到任何證據表的標題列{nearest}。請用範本的標題，或在 chahe.toml 的來源以 table 指明",
    "no heading row of any evidence table was found{nearest}. Use the headings of the template, or declare the table in chahe.toml",
)


def find_heading(
    top: Iterable[RawRow], declared: Table | None = None, settings: Collection[str] = ()
) -> tuple[int, Fit | Doubt | None]:
    """The best heading row among the first rows of a list: its index from 0, and the table it is for."""
    verdicts = [
        (at, headings.judge(row, declared, settings))
        for at, row in enumerate(islice(top, TITLE_ROWS))
        if not isinstance(row, Broken) and not is_blank_row(row)
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
    seen: Seen = field(default_factory=dict)
    mapped: dict[str, str] = field(default_factory=dict)
    """By the key of a heading that a mapping declares: the column."""

    def __post_init__(self) -> None:
        if "map" in self.context.settings:
            columns = mapping_in(self.context.settings).columns
            self.mapped = {headings.heading_key(" ".join(fields)): name for name, fields in columns.items()}
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
        at, verdict = find_heading(map(self._renamed, top), self.declared, self.context.settings)
        numbered = enumerate(chain(top, rows), 1)
        if verdict is None:
            self._remember(top)
            if part is None:
                raise Unreadable(self.nothing(), tables=self.meant)
            for place, row in numbered:
                yield _left_aside(place, row, part)
            return
        self.found += 1
        verdict = self._mapped_wholly(verdict)
        for place, row in islice(numbered, at):
            yield _above(place, row, part)
        next(numbered)
        if isinstance(verdict, Doubt):
            yield Reject(at + 1, verdict.why, part=part, tables=verdict.tables)
            for place, row in numbered:
                yield _after_doubt(place, row, part, at + 1)
            return
        yield Skip(at + 1, headings.heading_row(verdict), part, table=verdict.table.name)
        head = top[at]
        reading = Reading(verdict, () if isinstance(head, Broken) else head, part, self.context, self.seen)
        for place, row in numbered:
            yield reading.unit(place, row)

    @property
    def meant(self) -> tuple[str, ...]:
        """The declared table's name, for a file that cannot be read."""
        return (self.declared.name,) if self.declared else ()

    def nothing(self) -> Text:
        """What to say when no list was found in the file."""
        if self.closest is None:
            return _NOTHING.fill(nearest="")
        table, problem = self.closest.table, headings.shortcomings(self.closest)
        return Text(
            _NOTHING.zh.format(nearest=f"；最接近的是「{table.heading}」，但{problem.zh}"),
            _NOTHING.en.format(nearest=f"; the closest is {table.name} ({table.heading}), but {problem.en}"),
        )

    def _mapped_wholly(self, verdict: Fit | Doubt) -> Fit | Doubt:
        """A heading row that lacks what a mapping declares is in doubt: a slip would leave a column empty, and nobody would see."""
        if not isinstance(verdict, Fit):
            return verdict
        absent = [name for name in self.mapped.values() if name not in verdict.columns]
        if not absent:
            return verdict
        why = _UNMAPPED.fill(columns=", ".join(absent))
        return Doubt(verdict, why, (verdict.table.name,))

    def _renamed(self, row: RawRow) -> RawRow:
        """A row with the headings that a mapping declares put as the columns' own names."""
        if not self.mapped or isinstance(row, Broken):
            return row
        return [self.mapped.get(headings.heading_key(cell), cell) if isinstance(cell, str) else cell for cell in row]

    def _remember(self, top: Sequence[RawRow]) -> None:
        near = headings.nearest([row for row in top if not isinstance(row, Broken)], self.declared)
        if near and (self.closest is None or near.rank > self.closest.rank):
            self.closest = near


def _left_aside(place: int, row: RawRow, part: str | None) -> Unit:
    if isinstance(row, Broken):
        return Reject(place, row.why, value=row.value, part=part)
    return Skip(place, BLANK if is_blank_row(row) else _OTHER.fill(part=part or ""), part)


def _above(place: int, row: RawRow, part: str | None) -> Unit:
    if isinstance(row, Broken):
        return Reject(place, row.why, value=row.value, part=part)
    return Skip(place, BLANK if is_blank_row(row) else _ABOVE, part)


def _after_doubt(place: int, row: RawRow, part: str | None, head: int) -> Unit:
    if is_blank_row(row):
        return Skip(place, BLANK, part)
    return Reject(place, _AFTER_DOUBT.fill(place=head), part=part)
