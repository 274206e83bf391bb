"""Two generated pages: the readers among the formats, from the pages of each; and what became of the real samples."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "formats"
FORMATS = ROOT / "docs" / "formats.md"
PINNED = ROOT / "tests" / "samples.tsv"
_BEGIN = "<!-- readers: written by `make docs` from the pages below docs/formats -->\n"
_END = "<!-- end -->"
_SAMPLES = """\
# 實際樣本 Real samples

公開來源的樣本檔，每次測試都從原始位元組讀到查核結果（`tests/test_samples.py`）；樣本不隨本專案散布，路徑相對於樣本資料夾。「讀成證據」是產生證據的行或筆數。
Sample files of public origin; the tests take each from its bytes to an audit (`tests/test_samples.py`). The samples are not part of this project; paths are
relative to their folder. Rows are lines or records that gave evidence.

此頁由 `tests/samples.tsv` 產生，請勿手改。 This page is written from `tests/samples.tsv`; do not edit it by hand.
"""


class Page(NamedTuple):
    """What stands at the top of a format's page."""

    reader: str
    kind: str
    makers: str
    tables: str


class Sample(NamedTuple):
    """What became of one sample file: units of its reader, or (no reader) why it is refused."""

    path: str
    reader: str
    units: int
    rows: int
    skips: int
    rejects: int
    refused: str


def pages() -> dict[str, Page]:
    """The top of every format's page, by reader. Raises ValueError where a page has no such top."""
    return {path.stem: _page(path) for path in sorted(PAGES.glob("*.md"))}


def _page(path: Path) -> Page:
    text = path.read_text("utf-8")
    told = [re.search(rf"^\| {label} \| (.+) \|$", text, re.MULTILINE) for label in _LABELS]
    title = re.match(r"# (\w+)\n", text)
    if title is None or title[1] != path.stem or not all(told):
        raise ValueError(f"{path}: begin with '# {path.stem}' and a table of {', '.join(_LABELS)}")
    return Page(path.stem, *(one[1] for one in told if one))


_LABELS = ("格式 format", "廠牌與版本 makers and versions", "證據表 tables")


def formats() -> str:
    """docs/formats.md with its list of readers written anew."""
    text = FORMATS.read_text("utf-8")
    before, after = text.split(_BEGIN)[0], text.split(_END)[1]
    lines = [
        "| 讀取器 reader | 格式 format | 證據表 tables | 看過的廠牌與版本 makers and versions seen |",
        "|---|---|---|---|",
        *(
            f"| [{one.reader}](formats/{one.reader}.md) | {one.kind} | {one.tables} | {one.makers} |"
            for one in pages().values()
        ),
    ]
    return before + _BEGIN + "\n".join(lines) + "\n" + _END + after


def pinned() -> list[Sample]:
    """tests/samples.tsv, in order of path."""
    with PINNED.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream, delimiter="\t"))
    return [Sample(path, reader, *map(int, numbers), refused) for path, reader, *numbers, refused in lines[1:]]


def samples() -> str:
    """docs/reference/samples.md from what is pinned."""
    return "\n".join([_SAMPLES, *(line for _, group in groupby(pinned(), _folder) for line in _section(list(group)))])


def _folder(sample: Sample) -> str:
    return sample.path.split("/")[0]


def _section(group: list[Sample]) -> Iterator[str]:
    folder = _folder(group[0])
    yield f"## {folder}\n"
    read = [one for one in group if one.reader]
    if read:
        yield "| 檔案 file | 讀取器 reader | 行或筆數 units | 讀成證據 rows | 略過 skips | 退件 rejects |"
        yield "|---|---|---|---|---|---|"
        for one in read:
            name = one.path.removeprefix(f"{folder}/")
            yield f"| {name} | {one.reader} | {one.units} | {one.rows} | {one.skips} | {one.rejects} |"
        yield ""
    refused = [one for one in group if not one.reader]
    if refused:
        yield f"未讀入 refused: {len(refused)}\n"
        for why, count in sorted(Counter(one.refused for one in refused).items(), key=lambda item: (-item[1], item[0])):
            yield f"- {count} × {why.replace('<', '&lt;')}"
        yield ""
