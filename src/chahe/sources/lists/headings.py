"""Which evidence table a list is for, told by its heading row.

A heading is known by the column's name (`password_changed_on`), that name in words, its Chinese heading, or one of the other
headings its declaration lists; blanks, full or half width, case, underscores, brackets with what is in them, and a trailing
`*` do not matter: 「員工編號（必填）*」 is 員工編號.
"""

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from chahe.evidence.catalogue import tables
from chahe.evidence.cells import is_blank
from chahe.evidence.model import Column, Shape, Table
from chahe.wording import Text

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕|「|」")
_SIGNS = re.compile(r"[()\[\]【】〔〕「」]")
_PUNCTUATION = re.compile(r"[\s_\-.:*＊※/、]+")
_LONGEST = 60
"""Characters; a longer cell is prose, not a heading."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a heading row fits a table. Columns are given by their index in the row, counted from 0."""

    table: Table
    columns: Mapping[str, int]
    """By the evidence column's name."""
    ignored: tuple[str, ...]
    """Headings that no column of the table answers to, or that another heading answers better."""
    doubled: tuple[str, ...]
    """Headings that stand twice."""
    missing: tuple[Column, ...]
    """Required columns that neither the row nor a setting gives."""
    exact: int
    """How many headings are the column's own name or heading, not another name for it."""

    @property
    def headings(self) -> int:
        """How many cells of the row hold a heading."""
        return len(self.columns) + len(self.ignored)

    @property
    def rank(self) -> tuple[int, int]:
        """For comparing fits of one row: more columns first, then more of them by their own heading."""
        return len(self.columns), self.exact

    @property
    def is_whole(self) -> bool:
        """Are all required columns there, each once, and enough headings that it cannot be chance?"""
        if self.missing or self.doubled or len(self.columns) < 2:
            return False
        required = sum(column.required for column in self.table.columns)
        return required >= 2 or len(self.columns) >= 4 or 2 * len(self.columns) >= self.headings

    @property
    def is_near(self) -> bool:
        """Is it likely that this table is meant, although something is wrong?"""
        return len(self.columns) >= 2 and 2 * len(self.columns) >= self.headings


@dataclass(frozen=True, slots=True)
class Doubt:
    """A heading row that is meant for a table but cannot be taken for one; `why` says so and what to do."""

    nearest: Fit
    why: Text
    tables: tuple[str, ...]
    """The table it is meant for, or those that it fits equally."""


def loadable() -> tuple[Table, ...]:
    """The tables that files can be loaded into, by name."""
    return tuple(table for table in tables().values() if table.shape is not Shape.DERIVED)


def table_named(name: str) -> Table | None:
    """The table of that name or Chinese heading, or None."""
    wanted = heading_key(name)
    for table in loadable():
        if wanted in (heading_key(table.name), heading_key(table.heading)):
            return table
    return None


@lru_cache(maxsize=1 << 12)
def heading_key(text: str) -> str:
    """A heading without what does not matter in it; two headings with the same key are the same heading."""
    plain = unicodedata.normalize("NFKC", text)
    bare = _PUNCTUATION.sub("", _BRACKETS.sub("", plain))
    return (bare or _PUNCTUATION.sub("", _SIGNS.sub("", plain))).casefold()


@cache
def keys(name: str) -> Mapping[str, tuple[str, int]]:
    """For a table: every key a heading may have, with its column and how far from the column's own name it is (0 nearest)."""
    known: dict[str, tuple[str, int]] = {}
    for column in tables()[name].columns:
        own = (column.name, column.name.removesuffix("_us"), column.heading)
        for distance, heading in enumerate((*own, *column.also)):
            key = heading_key(heading)
            candidate = (column.name, max(0, distance - len(own) + 1))
            if key not in known or candidate[1] < known[key][1]:
                known[key] = candidate
    return known


def _key(cell: object) -> str:
    return heading_key(cell) if isinstance(cell, str) and len(cell) <= _LONGEST else ""


@cache
def _all_keys() -> frozenset[str]:
    return frozenset(key for table in loadable() for key in keys(table.name))


def fit(row: Sequence[object], table: Table, filled: Collection[str] = ()) -> Fit:
    """How well a row serves as the heading row of a table; `filled` are columns that settings give."""
    known = keys(table.name)
    best: dict[str, tuple[int, int]] = {}
    losers: list[int] = []
    doubled: list[str] = []
    strangers: list[int] = []
    for index, cell in enumerate(row):
        key = _key(cell)
        if key not in known:
            if not is_blank(cell):
                strangers.append(index)
            continue
        name, distance = known[key]
        if name not in best or distance < best[name][0]:
            losers += [best[name][1]] if name in best else []
            best[name] = (distance, index)
            continue
        losers.append(index)
        if distance == best[name][0]:
            doubled.append(str(cell).strip())
    return Fit(
        table,
        {name: index for name, (_, index) in best.items()},
        tuple(str(row[index]).strip()[:_LONGEST] for index in sorted(strangers + losers)),
        tuple(doubled),
        tuple(column for column in table.columns if column.required and column.name not in {*best, *filled}),
        sum(distance == 0 for distance, _ in best.values()),
    )


def judge(row: Sequence[object], declared: Table | None, settings: Collection[str] = ()) -> Fit | Doubt | None:
    """The table a heading row is for, a doubt that names what is wrong, or None if it is no heading row of ours."""
    if declared is None and sum(_key(cell) in _all_keys() for cell in row) < 2:
        return None  # most rows of most files; no table is told by less than two headings
    fits = [fit(row, table, settings) for table in ((declared,) if declared else loadable())]
    whole = sorted(
        (one for one in fits if one.is_whole or (declared and _serves(one))), key=lambda one: one.rank, reverse=True
    )
    if len(whole) > 1 and whole[0].rank == whole[1].rank:
        equal = [one.table for one in whole if one.rank == whole[0].rank]
        return Doubt(whole[0], _either(equal), tuple(table.name for table in equal))
    if whole:
        return whole[0]
    near = [one for one in fits if one.is_near]
    if not near:
        return None
    best = max(near, key=lambda one: (one.rank, -len(one.missing)))
    return Doubt(best, _wrong(best), (best.table.name,))


def _serves(one: Fit) -> bool:
    return bool(one.columns) and not one.missing and not one.doubled


def nearest(rows: Sequence[Sequence[object]], declared: Table | None = None) -> Fit | None:
    """The best fit of any row with any table where none is good enough; None if too few headings are known to name one."""
    fits = [fit(row, table) for row in rows for table in ((declared,) if declared else loadable())]
    some = (one for one in fits if one.columns and 3 * len(one.columns) >= one.headings)
    return max(some, key=lambda one: (one.rank, -len(one.missing)), default=None)


def suggestions(one: Fit) -> tuple[tuple[str, Column], ...]:
    """For each ignored heading that resembles a column the row lacks: the heading and that column."""
    lacking = {key: name for key, (name, _) in keys(one.table.name).items() if name not in one.columns}
    found = []
    for heading in one.ignored:
        close = difflib.get_close_matches(heading_key(heading), lacking, n=1, cutoff=0.6)
        if close:
            found.append((heading, one.table.column(lacking[close[0]])))
    return tuple(found)


def heading_row(one: Fit) -> Text:
    """What is said of a heading row that was understood: the table, and what was left aside."""
    said = Text(f"標題列：「{one.table.heading}」", f"heading row of {one.table.name} ({one.table.heading})")
    if not one.ignored:
        return said
    hint = _hint(one)
    return Text(
        f"{said.zh}；未採用的欄位：{'、'.join(one.ignored)}{hint.zh}",
        f"{said.en}; headings not used: {', '.join(one.ignored)}{hint.en}",
    )


def _hint(one: Fit) -> Text:
    pairs = suggestions(one)
    if not pairs:
        return Text("", "")
    return Text(
        "；" + "；".join(f"不認得「{heading}」，最接近的是「{column.heading}」" for heading, column in pairs),
        "; "
        + "; ".join(
            f"“{heading}” is not known, the closest is {column.heading} ({column.name})" for heading, column in pairs
        ),
    )


def _either(either: Sequence[Table]) -> Text:
    return Text(
        f"標題同時符合{'與'.join(f'「{table.heading}」' for table in either)}，無法判斷是哪一張表；"
        f'請在 chahe.toml 的來源加上 table，例如 table = "{either[0].name}"',
        f"the headings fit {' and '.join(table.name for table in either)} equally; "
        f'declare the table in chahe.toml, for instance table = "{either[0].name}"',
    )


def _wrong(one: Fit) -> Text:
    problem = shortcomings(one)
    return Text(
        f"看來是「{one.table.heading}」，但{problem.zh}。請依範本更正標題後重新匯入",
        f"this looks like {one.table.name} ({one.table.heading}), but {problem.en}. Correct the headings as in the template and load it again",
    )


def shortcomings(one: Fit) -> Text:
    """Why a heading row does not serve its table: what is missing, what stands twice, and which headings come close."""
    zh, en = [], []
    if one.missing:
        zh.append("缺少必填欄位" + "、".join(f"「{column.heading}」" for column in one.missing))
        en.append("it lacks the required " + ", ".join(f"{column.heading} ({column.name})" for column in one.missing))
    if one.doubled:
        zh.append("標題重複：" + "、".join(f"「{heading}」" for heading in one.doubled))
        en.append("headings stand twice: " + ", ".join(one.doubled))
    if not zh:
        zh.append("認得的標題太少")
        en.append("too few of its headings are known")
    hint = _hint(one)
    return Text("；".join(zh) + hint.zh, "; ".join(en) + hint.en)
