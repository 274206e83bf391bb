"""From the sources of a workspace to loads in its store: each file once, whatever happens on the way."""

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO

from chahe.engine.intake import take_in
from chahe.engine.loads import Load, identity
from chahe.engine.store import Store
from chahe.engine.streams import BrokenStream, broken, content_digest, head, opener
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Shape
from chahe.sources.catalogue import readers
from chahe.sources.model import Context, LineReader, Reader, Setting
from chahe.sources.registry import Unrecognised, recognise
from chahe.vault.objects import prefix_digests
from chahe.wording import Text
from chahe.workspace import Source, Workspace


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that gave nothing, and why."""

    source: str
    path: str
    why: Text
    ours: bool = False
    """It is our error, not the file's: the run fails."""


@dataclass
class Ingest:
    """What one run of ingest did."""

    loaded: list[Load] = field(default_factory=list)
    known: list[Load] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


_STORE_IS_FULL = {errno.ENOSPC, errno.EROFS, errno.EDQUOT}

Progress = Callable[[str, str], None]
"""Called with the path and what is done with it: `reading`, `loaded`, `known` or `refused`."""


def ingest(
    workspace: Workspace, store: Store, readers: Mapping[str, Reader], *, now_us: int, progress: Progress
) -> Ingest:
    """Load every file of every source that is not loaded yet. An interrupted run is gone on with by the next one."""
    done = Ingest()
    loads = store.loads()
    for source in workspace.sources:
        files = list(source_files(workspace.folder, source))
        if not files and source.paths:
            done.refused.append(Refusal(source.name, " ".join(source.paths), _no_files(source)))
        for path in files:
            shown = shown_path(workspace.folder, path)
            progress(shown, "reading")
            outcome = _one_file(_File(source, path, shown), store, loads, readers, now_us)
            match outcome:
                case Refusal():
                    done.refused.append(outcome)
                    progress(shown, "refused")
                case (load, True):
                    loads.append(load)
                    done.loaded.append(load)
                    progress(shown, "loaded")
                case (load, False):
                    done.known.append(load)
                    progress(shown, "known")
    return done


def source_files(folder: Path, source: Source) -> Iterator[Path]:
    """The files a source names, each once, in order: paths, folders (all files below), globs."""
    seen: set[Path] = set()
    for pattern in source.paths:
        base = Path(pattern)
        anchored = base if base.is_absolute() else folder / base
        if anchored.is_dir():
            found: Sequence[Path] = sorted(path for path in anchored.rglob("*") if not path.is_dir())
        elif anchored.exists():
            found = [anchored]
        else:
            root = Path(anchored.anchor)
            found = sorted(path for path in root.glob(str(anchored.relative_to(root))) if not path.is_dir())
        for path in found:
            if path not in seen and not path.name.startswith("."):
                seen.add(path)
                yield path


def shown_path(folder: Path, path: Path) -> str:
    """A file's path as it is recorded: relative to the workspace where it lies below it."""
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return path.resolve().as_posix()


@dataclass(frozen=True, slots=True)
class _File:
    source: Source
    path: Path
    shown: str

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    def refuse(self, why: Text, *, ours: bool = False) -> Refusal:
        return Refusal(self.source.name, self.shown, why, ours)


def _one_file(
    file: _File, store: Store, loads: Sequence[Load], readers: Mapping[str, Reader], now_us: int
) -> "Refusal | tuple[Load, bool]":
    """A file's load and whether it is new, or why it was refused. Raises OSError when the store cannot be written."""
    try:
        return _read(file, store, loads, readers, now_us)
    except Unrecognised as error:
        return file.refuse(error.why)
    except BrokenStream as error:
        return file.refuse(broken(error))
    except OSError as error:
        if error.errno in _STORE_IS_FULL:
            raise
        return file.refuse(_unreadable(error))
    except Exception as error:  # noqa: BLE001 - a faulty reader must not take the other files with it; the run fails
        words = f"{type(error).__name__}: {error}"
        return file.refuse(Text(f"Chahe 的讀取器發生錯誤：{words}", f"Chahe's reader broke: {words}"), ours=True)


def _read(
    file: _File, store: Store, loads: Sequence[Load], readers: Mapping[str, Reader], now_us: int
) -> "Refusal | tuple[Load, bool]":
    stat = file.path.stat()
    earlier = [load for load in loads if load.path == file.shown]
    content = opener(file.open)
    recognised = recognise(head(file.path.name, content), readers, file.source.reader)
    context = _context(file, stat.st_mtime_ns)
    for setting in recognised.reader.settings:
        if setting.required and not context.settings.get(setting.name):
            return file.refuse(_missing_setting(setting))
    intent = _Intent(file, recognised.reader, context, now_us, stat.st_mtime_ns, stat.st_size)
    for load in earlier:
        if load.modified_ns == stat.st_mtime_ns and load.whole_size == stat.st_size and intent.same_reading(load):
            return load, False
    return _load(intent, store, content, loads)


def _unreadable(error: OSError) -> Text:
    if isinstance(error, PermissionError):
        return Text(
            "沒有權限讀取這個檔案；請讓執行 Chahe 的帳號可以讀取它",
            "no permission to read this file; let the account that runs Chahe read it",
        )
    return Text(f"無法讀取這個檔案：{error.strerror}", f"this file cannot be read: {error.strerror}")


@dataclass(frozen=True, slots=True)
class _Intent:
    """A file about to be read: by whom, under which circumstances."""

    file: _File
    reader: Reader
    context: Context
    now_us: int
    modified_ns: int
    size: int

    @property
    def is_log(self) -> bool:
        return all(tables()[name].shape is Shape.LOG for name in self.reader.tables)

    def load_id(self, raw_object: str) -> str:
        # The same log read again later is the same load; the same list seen again later is a newer observation.
        observed = None if self.is_log else self.context.observed_at_us
        settings = dict(sorted(self.context.settings.items()))
        return identity(
            self.file.source.name,
            self.file.shown,
            raw_object,
            self.reader.name,
            self.reader.version,
            settings,
            self.context.zone,
            observed,
        )

    def same_reading(self, load: Load) -> bool:
        return load.load == self.load_id(load.object)


def _load(intent: _Intent, store: Store, content: Callable[[], BinaryIO], loads: Sequence[Load]) -> "tuple[Load, bool]":
    """Keep the bytes, read them, make the load known. A log that only grew is read from where it had ended."""
    base = _grown_from(intent, [load for load in loads if load.path == intent.file.shown])
    kept = store.objects.keep(intent.file.open, begin=base.whole_size if base else 0)
    load_id = intent.load_id(kept.digest)
    whole_content = kept.whole_digest if base else content_digest(content)
    for load in loads:
        rotated = intent.is_log and load.content == whole_content and load.settings == dict(intent.context.settings)
        if load.load == load_id or rotated:
            return load, False
    opened = opener(partial(store.objects.open, kept.digest)) if base else content
    taken = take_in(store, load_id, intent.reader, opened, intent.context, raw_object=kept.digest)
    load = Load(
        load=load_id,
        source=intent.file.source.name,
        path=intent.file.shown,
        object=kept.digest,
        size=kept.size,
        whole=kept.whole_digest,
        whole_size=kept.whole_size,
        content=whole_content,
        modified_ns=intent.modified_ns,
        reader=intent.reader.name,
        reader_version=intent.reader.version,
        settings=dict(sorted(intent.context.settings.items())),
        zone=intent.context.zone,
        observed_at_us=intent.context.observed_at_us,
        ingested_at_us=intent.now_us,
        rows=dict(sorted(taken.rows.items())),
        units=taken.units,
        with_rows=taken.with_rows,
        skips=taken.skips,
        rejects=taken.rejects,
        skipped_because=dict(sorted(taken.skipped_because.items())),
        ended_early=(taken.ended_early.zh, taken.ended_early.en) if taken.ended_early else None,
        continues=base.load if base else None,
    )
    store.commit(load)
    return load, True


def _grown_from(intent: _Intent, earlier: Sequence[Load]) -> Load | None:
    """The load that read the first part of this file, if the file is that part with whole lines added."""
    if not isinstance(intent.reader, LineReader):
        return None
    path = intent.file.path
    known = [load for load in earlier if load.reader == intent.reader.name and load.whole_size < intent.size]
    known = [load for load in known if load.whole_size and _byte_at(path, load.whole_size - 1) == b"\n"]
    if not known or _byte_at(path, 0) in (b"\x1f", b"\x28", b"B", b"\xfd"):
        # Compressed files do not grow line by line ('B' is bzip2's; a text beginning so is merely read whole).
        return None
    digests = prefix_digests(intent.file.open, {load.whole_size for load in known})
    return next((load for load in reversed(known) if digests.get(load.whole_size) == load.whole), None)


def _byte_at(path: Path, offset: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(offset)
        return stream.read(1)


def _context(file: _File, modified_ns: int) -> Context:
    """When the file was observed (declared, or its modification time), and what chahe.toml says of it."""
    declared = file.source.observed
    observed = _us(declared) if declared is not None else modified_ns // 1000
    return Context(observed_at_us=observed, settings=dict(file.source.settings), zone=file.source.zone)


def _us(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _missing_setting(setting: Setting) -> Text:
    return Text(
        f'這種檔案本身沒有寫明「{setting.meaning.zh}」；請在 chahe.toml 該來源加上 set = {{ {setting.name} = "…" }}',
        f'a file of this kind does not say {setting.meaning.en}; add set = {{ {setting.name} = "…" }} to the source in chahe.toml',
    )


def _no_files(source: Source) -> Text:
    listed = " ".join(source.paths)
    return Text(
        f"來源「{source.name}」的路徑找不到任何檔案：{listed}；請檢查 chahe.toml 的 paths",
        f"source {source.name}: no file is found at {listed}; check its paths in chahe.toml",
    )


def unloaded(workspace: Workspace, loads: Sequence[Load]) -> list[Refusal]:
    """The files of the sources that no load was made of, and what is known of why."""
    loaded = {load.path for load in loads}
    found: list[Refusal] = []
    for source in workspace.sources:
        files = list(source_files(workspace.folder, source))
        if not files and source.paths:
            found.append(Refusal(source.name, " ".join(source.paths), _no_files(source)))
        for path in files:
            file = _File(source, path, shown_path(workspace.folder, path))
            if file.shown not in loaded:
                found.append(file.refuse(_why_unloaded(file)))
    return found


def _why_unloaded(file: _File) -> Text:
    try:
        recognised = recognise(head(file.path.name, opener(file.open)), readers(), file.source.reader)
    except Unrecognised as error:
        return error.why
    except BrokenStream as error:
        return broken(error)
    except OSError as error:
        return _unreadable(error)
    for setting in recognised.reader.settings:
        if setting.required and not file.source.settings.get(setting.name):
            return _missing_setting(setting)
    title = recognised.reader.title
    return Text(
        f"認得是{title.zh}，尚未載入；請執行 chahe ingest",
        f"recognised as {title.en}, not loaded yet; run chahe ingest",
    )
