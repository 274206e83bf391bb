"""What the sources of a workspace name: files on disk, and the answers of databases written down as files."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO

from chahe.evidence.catalogue import tables
from chahe.sources.lists.database import fetch_query
from chahe.sources.model import Context, Reader, Setting
from chahe.wording import Text
from chahe.workspace import Source

_LITTER = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that gave nothing, and why."""

    source: str
    path: str
    why: Text
    ours: bool = False
    """It is our error, not the file's: the run fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One file to be read."""

    source: Source
    path: Path
    shown: str
    """How it is recorded: relative to the workspace where it lies below it; `database:NAME` for a query."""
    reader: str | None
    """The declared reader, if any."""
    observed_at_us: int | None
    """When it was taken, where that is declared or known; else the file's modification time counts."""
    settings: Mapping[str, str]

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    def refuse(self, why: Text, *, ours: bool = False) -> Refusal:
        return Refusal(self.source.name, self.shown, why, ours)

    def context(self, modified_ns: int) -> Context:
        """Time and place for the reader."""
        observed = self.observed_at_us if self.observed_at_us is not None else modified_ns // 1000
        return Context(observed_at_us=observed, settings=dict(self.settings), zone=self.source.zone)

    def unknown_setting(self, readers: Mapping[str, Reader]) -> Text | None:
        """A name in the source's `set` that no reader and no list knows: a slip that would leave a fact unsaid."""
        known = {setting.name for reader in readers.values() for setting in reader.settings}
        known |= {column.name for table in tables().values() for column in table.columns}
        for name in sorted(set(self.settings) - known):
            near = get_close_matches(name, known, n=1)
            hint = Text(f"；是否為 {near[0]}？", f"; did you mean {near[0]}?") if near else Text("", "")
            return Text(
                f"chahe.toml 的來源「{self.source.name}」設定了沒有用的 {name}{hint.zh}（可設定的名稱見 docs/formats.md）",
                f"source {self.source.name} in chahe.toml sets {name}, which nothing reads{hint.en} (docs/formats.md lists what can be set)",
            )
        return None

    def missing_setting(self, settings: Sequence[Setting]) -> Text | None:
        """What chahe.toml should say of this file and does not."""
        for setting in settings:
            if setting.required and not self.settings.get(setting.name):
                return Text(
                    f"這種檔案本身沒有寫明「{setting.meaning.zh}」；請在 chahe.toml 為它另立一個 [[source]]，"
                    f'加上 set = {{ {setting.name} = "…" }}',
                    f"a file of this kind does not say {setting.meaning.en}; "
                    f'give it a [[source]] of its own in chahe.toml with set = {{ {setting.name} = "…" }}',
                )
        return None


def files(folder: Path, source: Source) -> list[Material]:
    """The files a source names, each once, in order: paths, folders (all files below), globs.

    Hidden files are left out, and so is what the desktop leaves behind (`~$book.xlsx`, Thumbs.db) and what the source ignores.
    """
    seen: dict[Path, None] = {}

    def ignored(path: Path) -> bool:
        return any(fnmatch(path.name, glob) or fnmatch(_shown(folder, path), glob) for glob in source.ignore)

    for pattern in source.paths:
        for path in _matches(folder, pattern):
            if not path.name.startswith((".", "~$")) and path.name.lower() not in _LITTER and not ignored(path):
                seen.setdefault(path)
    observed = _us(source.observed) if source.observed else None
    return [
        Material(
            source=source,
            path=path,
            shown=_shown(folder, path),
            reader=source.reader,
            observed_at_us=observed,
            settings=source.settings,
        )
        for path in seen
    ]


def no_files(folder: Path, source: Source) -> Refusal:
    """What is said of paths under which there is nothing."""
    listed = " ".join(source.paths)
    if any((folder / path).is_dir() for path in source.paths):
        why = Text(
            f"來源「{source.name}」的資料夾裡沒有檔案：{listed}；請把紀錄放進去，再執行 chahe ingest",
            f"source {source.name}: there are no files in {listed}; put the records there, then run chahe ingest",
        )
    else:
        why = Text(
            f"來源「{source.name}」的路徑找不到任何檔案：{listed}；請檢查 chahe.toml 的 paths",
            f"source {source.name}: no file is found at {listed}; check its paths in chahe.toml",
        )
    return Refusal(source.name, listed, why)


def ask(source: Source, scratch: Path, now_us: int, environment: Mapping[str, str]) -> Material:
    """Ask a source's database, and write its answer into the scratch folder; what is seen now is observed now.

    `${NAME}` in the address is taken from the environment. Raises Unreadable, KeyError for a name that is not set, OSError.
    """
    address = re.sub(r"\$\{(\w+)\}", lambda found: environment[found[1]], source.database or "")
    scratch.mkdir(parents=True, exist_ok=True)
    path = scratch / f"answer-{os.getpid()}.jsonl"
    with path.open("wb") as file:
        for line in fetch_query(address, source.query or ""):
            file.write(line)
    return Material(
        source=source,
        path=path,
        shown=f"database:{source.name}",
        reader="query_rows",
        observed_at_us=_us(source.observed) if source.observed else now_us,
        settings={**source.settings, "table": source.table or ""},
    )


def _matches(folder: Path, pattern: str) -> Iterator[Path]:
    named = Path(pattern)
    anchored = named if named.is_absolute() else folder / named
    if anchored.is_dir():
        yield from sorted(path for path in anchored.rglob("*") if not path.is_dir())
    elif anchored.exists():
        yield anchored
    else:
        root = Path(anchored.anchor) if anchored.is_absolute() else Path()
        relative = anchored.relative_to(root) if anchored.is_absolute() else anchored
        yield from sorted(path for path in root.glob(str(relative)) if not path.is_dir())


def _shown(folder: Path, path: Path) -> str:
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _us(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
