"""Where each evidence table stands at an audit: loaded or not, how old, with which rejects and holes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chahe.controls.model import Control, Need
from chahe.engine.compose import named
from chahe.engine.outcome import Problem
from chahe.evidence.model import Shape, Table
from chahe.rules.periods import Period, earliest_within
from chahe.wording import Text

REJECTS_PER_THOUSAND = 1
"""More rejects than this, per thousand lines or records of a log, and the log no longer speaks for the whole. In a list that
people keep, every row counts: one reject is too many."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One table's standing. `holes` are the days of the period for which the table holds nothing at all."""

    loaded: bool
    observed_on: date | None = None
    units: int = 0
    rejects: int = 0
    holes: tuple[date, ...] = ()
    lost: tuple[str, ...] = ()
    """Files that held this table before, and whose newest version does not."""
    unread: tuple[str, ...] = ()
    """Files that were not read, of sources that hold this table."""
    withheld: tuple[str, ...] = ()
    """Files of this table whose rows are not in this copy of the store: they were sealed, and exported apart or not at all."""
    unseen: tuple[tuple[str, str, str], ...] = ()
    """Sources whose declared mapping fills a column that no record of theirs has: source, column, the fields it was to come from."""
    blank: tuple[str, ...] = ()
    """Columns asked for that no row fills."""
    doubts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names in this table that could mean several hosts or accounts, each with those."""


NEVER_LOADED = Standing(loaded=False)


def problems(control: Control, standings: Mapping[str, Standing], as_of: date) -> list[Problem]:
    """Everything about the needed tables that stands between this control and a verdict."""
    found: list[Problem] = []
    for need in control.needs:
        if need.table.shape is Shape.DERIVED and not standings.get(need.table.name, NEVER_LOADED).unread:
            continue
        standing = standings.get(need.table.name, NEVER_LOADED)
        found += _of_need(need, standing, as_of)
        # Only what looks at the column cannot be told: a quiet device may well have no account in its log. Nor would an exception
        # be certain, for what the records lack, the mapping may have lost.
        unseen = [one for one in standing.unseen if one[1] in named(control)]
        if unseen:
            found.append(Problem(need.table.name, _never_filled(need.table, unseen), blocking=True))
    return found


def _of_need(need: Need, standing: Standing, as_of: date) -> Iterator[Problem]:
    table = need.table
    for path in standing.lost:
        yield Problem(table.name, _no_longer_held(table, path), blocking=True)
    if standing.withheld:
        yield Problem(table.name, _not_here(table, standing.withheld), blocking=True)
    if not standing.loaded:
        if not need.optional:
            yield Problem(table.name, _absent(table), blocking=True)
        return
    stale = _stale(need, standing, as_of)
    if stale is not None:
        yield Problem(table.name, stale, blocking=True)
    tolerated = standing.units * REJECTS_PER_THOUSAND // 1000 if table.shape is Shape.LOG else 0
    if standing.rejects > tolerated:
        yield Problem(table.name, _rejected(table, standing), blocking=need.excuses)
    for text in _lacking(need, standing):
        yield Problem(table.name, text, blocking=need.excuses)


def _lacking(need: Need, standing: Standing) -> Iterator[Text]:
    """What is not there of a table that is."""
    table = need.table
    if standing.unread:
        yield _unread(table, standing.unread)
    if standing.doubts:
        yield _doubtful(table, standing.doubts)
    if blank := [name for name in standing.blank if name in need.told]:
        yield _untold(table, blank)
    if standing.holes and need.whole:
        yield _holed(table, standing.holes)


def _stale(need: Need, standing: Standing, as_of: date) -> Text | None:
    months = need.table.stale_after_months
    if not need.fresh or months is None or standing.observed_on is None:
        return None
    if standing.observed_on >= earliest_within(as_of, Period(months=months)):
        return None
    day = standing.observed_on.isoformat()
    return Text(
        f"「{need.table.heading}」最近一次取得是 {day}，距查核基準日超過 {months} 個月；請重新匯出後再載入",
        f"{need.table.name} was last taken on {day}, more than {months} months before the as-of day; export and load it again",
    )


def _absent(table: Table) -> Text:
    if table.shape is Shape.LOG:
        # Nobody types a log into a form.
        return Text(
            f"沒有載入「{table.heading}」（{table.name}）；請匯出紀錄，並在 chahe.toml 加上它的來源",
            f"{table.name} was never loaded; export the records and add their source to chahe.toml",
        )
    return Text(
        f"沒有載入「{table.heading}」（{table.name}）；請在 chahe.toml 加上它的來源，沒有系統匯出時可用 chahe template {table.name} 填寫",
        f"{table.name} was never loaded; add its source to chahe.toml, or fill in the form from: chahe template {table.name}",
    )


def _no_longer_held(table: Table, path: str) -> Text:
    return Text(
        f"{path} 先前的版本有「{table.heading}」，最新的版本讀不到；請以 chahe sources 查看原因，重新匯出後再載入",
        f"an earlier version of {path} held {table.name} and the newest does not; see chahe sources, export and load it again",
    )


def _rejected(table: Table, standing: Standing) -> Text:
    return Text(
        f"「{table.heading}」有 {standing.rejects} 筆退件（共 {standing.units} 筆）；請以 chahe sources 查看原因並修正",
        f"{standing.rejects} of {standing.units} records of {table.name} were rejected; see chahe sources for the reasons and mend them",
    )


def _unread(table: Table, paths: tuple[str, ...]) -> Text:
    more_zh, more_en = ("", "") if len(paths) == 1 else (f" 等 {len(paths)} 個檔案", f" and {len(paths) - 1} more")
    return Text(
        f"「{table.heading}」的來源有檔案沒有讀入，內容不明：{paths[0]}{more_zh}；"
        "請以 chahe sources 查看原因並修正，確定不是紀錄的檔案請寫進 chahe.toml 該來源的 ignore",
        f"of the sources of {table.name} some files were not read, and nobody knows what they hold: {paths[0]}{more_en}; "
        "see chahe sources and mend it, or write what is no record under ignore of that source in chahe.toml",
    )


def _not_here(table: Table, paths: tuple[str, ...]) -> Text:
    more_zh, more_en = ("", "") if len(paths) == 1 else (f" 等 {len(paths)} 個檔案", f" and {len(paths) - 1} more")
    return Text(
        f"「{table.heading}」中由 {paths[0]}{more_zh} 讀出的資料不在這個證據庫：證據檔遺失，或還原時沒有取回密封檔的資料；"
        "請以 chahe vault verify 查明，並以 chahe vault restore --sealed-from 重新還原",
        f"the rows of {table.name} that were read from {paths[0]}{more_en} are not in this vault: they were lost, or a restore did not "
        "bring back those of sealed files; find out by chahe vault verify, and restore again with chahe vault restore --sealed-from",
    )


def _never_filled(table: Table, unseen: Sequence[tuple[str, str, str]]) -> Text:
    source, column, fields = unseen[0]
    more_zh, more_en = (
        ("", "") if len(unseen) == 1 else (f" 等 {len(unseen)} 欄", f" and {len(unseen) - 1} more columns")
    )
    return Text(
        f"「{table.heading}」的「{table.column(column).heading}」{more_zh}在來源 {source} 的所有紀錄中都沒有值（對照自 {fields}）；"
        "請核對 [source.map] 的 columns 有沒有寫錯，紀錄確實沒有這一欄時請從對照中刪除，再重新載入",
        f"{column}{more_en} of {table.name} has no value in any record of the source {source} (mapped from {fields}); check columns of "
        "[source.map] for a slip, or leave the column out where the log has no such field, and load it again",
    )


def _untold(table: Table, columns: Sequence[str]) -> Text:
    named = "、".join(f"「{table.column(one).heading}」" for one in columns)
    return Text(
        f"「{table.heading}」沒有一筆寫出{named}，無從判斷；請匯出含這些欄位的紀錄，或在來源的欄位對照中補上",
        f"no record of {table.name} says {', '.join(columns)}, so nothing can be told from it; export the records with these columns, "
        "or map them in the source",
    )


def _doubtful(table: Table, doubts: tuple[tuple[str, tuple[str, ...]], ...]) -> Text:
    name, candidates = doubts[0]
    more_zh, more_en = ("", "") if len(doubts) == 1 else (f" 等 {len(doubts)} 個名稱", f" and {len(doubts) - 1} more")
    return Text(
        f"「{table.heading}」裡的名稱 {name}{more_zh} 可能是 {'、'.join(candidates)}，無法判定是哪一個；"
        "請在身分對照表（chahe template identities）寫明",
        f"in {table.name} the name {name}{more_en} could mean {' or '.join(candidates)}; "
        "say which one in the list of identities (chahe template identities)",
    )


def _holed(table: Table, holes: tuple[date, ...]) -> Text:
    shown = "、".join(day.isoformat() for day in holes[:3])
    listed = ", ".join(day.isoformat() for day in holes[:3])
    more_zh, more_en = (
        ("", "") if len(holes) <= 3 else (f" 等 {len(holes)} 天", f" and others, {len(holes)} days in all")
    )
    return Text(
        f"「{table.heading}」在查核期間缺 {shown}{more_zh} 的紀錄；請補上該日資料，或縮短查核期間（--from、--until）",
        f"{table.name} holds nothing for {listed}{more_en} within the period; load those days, or audit a shorter period (--from, --until)",
    )
