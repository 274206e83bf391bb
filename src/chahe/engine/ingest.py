"""From the sources of a workspace to loads in its store: each file once, whatever happens on the way."""

import errno
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from chahe.engine.exposures import keep_exposures
from chahe.engine.grown_logs import headings_behind
from chahe.engine.intake import take_in
from chahe.engine.loads import Load, identity
from chahe.engine.log_days import keep_ledger
from chahe.engine.materials import Material, Refusal, ask, files, no_files
from chahe.engine.sealing import is_personal
from chahe.engine.store import Store
from chahe.engine.streams import BrokenStream, content_digest, head, is_packed, opener
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Shape
from chahe.sources.catalogue import readers
from chahe.sources.model import Context, LineReader, Reader, Unreadable
from chahe.sources.registry import Unrecognised, recognise
from chahe.vault.errors import Unopenable
from chahe.vault.raw.objects import prefix_digests
from chahe.wording import Text
from chahe.workspace import Source, Workspace


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
    workspace: Workspace,
    store: Store,
    readers: Mapping[str, Reader],
    *,
    now_us: int,
    environment: Mapping[str, str],
    progress: Progress,
) -> Ingest:
    """Load every file of every source that is not loaded yet, and ask the databases anew.

    An interrupted run is gone on with by the next one. `environment` holds what `${NAME}` in an address stands for.
    """
    done = Ingest()
    store.reconcile()
    loads = store.loads()

    def take(material: Material) -> None:
        progress(material.shown, "reading")
        outcome = _one_file(material, store, loads, readers, now_us)
        match outcome:
            case Refusal():
                done.refused.append(outcome)
                progress(material.shown, "refused")
            case (load, True):
                loads.append(load)
                done.loaded.append(load)
                progress(material.shown, "loaded")
            case (load, False):
                done.known.append(load)
                progress(material.shown, "known")

    for source in workspace.sources:
        if source.database is not None:
            _ask(source, store, now_us, environment, take, done)
            continue
        found = files(workspace.folder, source)
        if not found:
            done.refused.append(no_files(workspace.folder, source))
        for material in found:
            take(material)
    return done


def _ask(
    source: Source,
    store: Store,
    now_us: int,
    environment: Mapping[str, str],
    take: Callable[[Material], None],
    done: Ingest,
) -> None:
    shown = f"database:{source.name}"
    try:
        material = ask(source, store.folder / "scratch", now_us, environment)
    except Unreadable as error:
        done.refused.append(Refusal(source.name, shown, error.why))
        return
    except KeyError as error:
        name = error.args[0]
        why = Text(
            f"資料庫位址用到環境變數 {name}，但沒有設定；請先設定再執行",
            f"the database address uses the environment variable {name}, which is not set; set it and run again",
        )
        done.refused.append(Refusal(source.name, shown, why))
        return
    try:
        take(material)
    finally:
        material.path.unlink(missing_ok=True)


def _one_file(
    file: Material, store: Store, loads: Sequence[Load], readers: Mapping[str, Reader], now_us: int
) -> "Refusal | tuple[Load, bool]":
    """A file's load and whether it is new, or why it was refused.

    Raises OSError when the store cannot be written, and Unopenable when there is no key to seal files with.
    """
    try:
        return _read(file, store, loads, readers, now_us)
    except Unrecognised as error:
        return file.refuse(error.why)
    except BrokenStream as error:
        return file.refuse(_no_content(error))
    except OSError as error:
        if error.errno in _STORE_IS_FULL:
            raise
        return file.refuse(_unreadable(error))
    except Unopenable:
        raise
    except Exception as error:  # noqa: BLE001 - a faulty reader must not take the other files with it; the run fails
        words = f"{type(error).__name__}: {error}"
        return file.refuse(Text(f"Chahe 的讀取器發生錯誤：{words}", f"Chahe's reader broke: {words}"), ours=True)


def _read(
    file: Material, store: Store, loads: Sequence[Load], readers: Mapping[str, Reader], now_us: int
) -> "Refusal | tuple[Load, bool]":
    stat = file.path.stat()
    earlier = [load for load in loads if load.path == file.shown]
    content = opener(file.open)
    recognised = recognise(head(file.path.name, content), readers, file.reader)
    context = file.context(stat.st_mtime_ns)
    amiss = file.unknown_setting(readers) or file.missing_setting(recognised.reader.settings)
    if amiss is not None:
        return file.refuse(amiss)
    intent = _Intent(file, recognised.reader, context, now_us, stat.st_mtime_ns, stat.st_size)
    for load in earlier:
        if load.modified_ns == stat.st_mtime_ns and load.whole_size == stat.st_size and intent.same_reading(load):
            return load, False
    return _load(intent, store, content, loads)


def _no_content(error: BrokenStream) -> Text:
    return Text(
        f"壓縮檔損壞或被截斷，讀不出內容（{error}）；請重新取得完整的檔案",
        f"the compressed file is damaged or cut, nothing of it can be read ({error}); get the whole file again",
    )


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

    file: Material
    reader: Reader
    context: Context
    now_us: int
    modified_ns: int
    size: int

    @property
    def is_log(self) -> bool:
        reader = self.reader
        named = {*reader.tables, *([reader.table_in(self.context)] if isinstance(reader, LineReader) else [])}
        return all(tables()[name].shape is Shape.LOG for name in named)

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
    # A store without a log has no keys either: it is one of tests and measurements.
    sealed = store.journal is not None and is_personal(intent.reader, content, intent.context)
    kept = store.objects.keep(intent.file.open, begin=base.whole_size if base else 0, sealed=sealed)
    load_id = intent.load_id(kept.digest)
    whole_content = content_digest(content) if not base and is_packed(intent.file.open) else kept.whole_digest
    for load in loads:
        rotated = intent.is_log and load.content == whole_content and load.settings == dict(intent.context.settings)
        if load.load == load_id or rotated:
            return load, False
    opened, context = content, intent.context
    if base:
        opened = opener(partial(store.objects.open, kept.digest))
        context = replace(context, headings=headings_behind(intent.reader, intent.file.open, base.whole_size))
    taken = take_in(store, load_id, intent.reader, opened, context, raw_object=kept.digest)
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
        unseen=dict(sorted(taken.unseen.items())),
        continues=base.load if base else None,
    )
    load = replace(load, supersedes=keep_ledger(store, load, taken.counted, loads))
    keep_exposures(store, load, opened)
    again = any((known.object, known.path) == (load.object, load.path) for known in loads)
    store.commit(load, kept, again=again)
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


def unloaded(workspace: Workspace, loads: Sequence[Load]) -> list[Refusal]:
    """The files of the sources that no load was made of, and what is known of why. Databases are not asked."""
    loaded = {load.path for load in loads}
    found: list[Refusal] = []
    for source in workspace.sources:
        named = files(workspace.folder, source)
        if not named and source.paths:
            found.append(no_files(workspace.folder, source))
        found += [material.refuse(_why_unloaded(material)) for material in named if material.shown not in loaded]
    return found


def _why_unloaded(file: Material) -> Text:
    try:
        recognised = recognise(head(file.path.name, opener(file.open)), readers(), file.reader)
    except Unrecognised as error:
        return error.why
    except BrokenStream as error:
        return _no_content(error)
    except OSError as error:
        return _unreadable(error)
    title = recognised.reader.title
    amiss = file.unknown_setting(readers()) or file.missing_setting(recognised.reader.settings)
    return amiss or Text(
        f"認得是「{title.zh}」，尚未載入；請執行 chahe ingest",
        f"recognised as {title.en}, not loaded yet; run chahe ingest",
    )
