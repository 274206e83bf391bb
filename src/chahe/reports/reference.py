"""The reference page of the evidence tables (docs/reference/evidence.md), written from their declarations."""

from collections.abc import Iterable, Iterator

from chahe.evidence.catalogue import tables
from chahe.evidence.model import PROVENANCE, Column, Shape, Table
from chahe.reports.column_words import accepted_values, kind_words
from chahe.wording import Text

_SHAPES = {
    Shape.LOG: Text("日誌：每次載入都累加", "log: loads add up"),
    Shape.SNAPSHOT: Text("快照：同一來源以最新一次為準", "snapshot: the newest observation counts"),
    Shape.REGISTER: Text("清冊：同一檔案以最新版為準", "register: the newest version of a file counts"),
    Shape.DERIVED: Text("推導：由 Chahe 計算，不能載入", "derived: computed by Chahe, never loaded"),
}
_HEAD = f"""\
# 證據表 Evidence tables

每張表是一種紀錄。清冊可用範本填寫，也可直接用公司現有的 Excel、CSV 或資料庫查詢：標題認得就能載入。
Each table holds records of one kind. A list can be filled in on the template, or loaded as the firm keeps it (Excel, CSV, a database
query), as long as its headings are known: the heading below, the column's name, or one of the other headings.

此頁由程式中的宣告產生，請勿手改。 This page is written from the declarations in the code; do not edit it by hand.

除下列欄位外，每張表都有 {" 與 ".join(f"`{name}`" for name in PROVENANCE)}：原始位元組的位置與觀察時間（UTC 微秒）。
Besides its own columns every table has {" and ".join(f"`{name}`" for name in PROVENANCE)}: where the row stands in the raw bytes, and when
that was observed (microseconds UTC). Columns ending in `_us` are microseconds since 1970-01-01 UTC inside, Asia/Taipei on screens.
"""


def evidence_reference() -> str:
    """The whole page as Markdown: every table in alphabetical order."""
    return "\n".join(
        [_HEAD, *_contents(tables().values()), "", *(line for table in tables().values() for line in _table(table))]
    )


def _contents(all_tables: Iterable[Table]) -> Iterator[str]:
    yield "| 表 table | 中文 | 一列是 one row is |"
    yield "|---|---|---|"
    for table in all_tables:
        yield f"| [{table.name}](#{table.name}) | {_cell(table.heading)} | {_cell(table.row.zh)} · {_cell(table.row.en)} |"


def _table(table: Table) -> Iterator[str]:
    shape = _SHAPES[table.shape]
    yield f"## {table.name}"
    yield ""
    yield f"**{table.heading}** — {table.row.zh}。 One row is {table.row.en}."
    yield ""
    yield f"- {shape.zh} · {shape.en}"
    if table.key:
        yield f"- 鍵 natural key: {', '.join(f'`{name}`' for name in table.key)}"
    if table.time:
        yield f"- 時間欄 time column: `{table.time}`"
    if table.covered_by:
        yield f"- 涵蓋依 coverage by: `{table.covered_by}`"
    if table.stale_after_months:
        months = table.stale_after_months
        yield f"- 觀察後 {months} 個月失效 · supports no verdict {months} {'month' if months == 1 else 'months'} after it was observed"
    yield f"- 至少保存 {table.keep_years} 年 · kept at least {table.keep_years} years"
    if table.personal:
        yield "- 含個人資料：原始檔以各自的金鑰密封 · personal data: raw files are sealed, each under a key of its own"
    yield ""
    yield "| 欄位 column | 標題 heading | 種類 kind | 必填 required | 意義 meaning | 也認得 also |"
    yield "|---|---|---|---|---|---|"
    for column in table.columns:
        yield _row(column)
    yield ""


def _row(column: Column) -> str:
    kind, accepted = kind_words(column), accepted_values(column)
    written = f"{kind.zh} · {kind.en}" + (f": {accepted.en}" if column.choices else "")
    required = "是 yes" if column.required else ""
    also = "、".join(column.also)
    cells = (f"`{column.name}`", column.heading, written, required, f"{column.meaning.zh} · {column.meaning.en}", also)
    return "| " + " | ".join(_cell(text) for text in cells) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
