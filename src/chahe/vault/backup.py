"""A vault copied elsewhere, and back: every stored file once, the checkpoint last, so that a copy is a vault at any moment."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from chahe.vault.errors import Missing, Moved
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.tiles import tiles_of

_BLOCK = 1 << 20
_CHECKPOINT, _TILES = "checkpoint", "tile/"
_TRIES = 5
LEFT_OUT = ("state/", "scratch/", "locked/")
"""What a copy does not have: work in progress, and the keys of sealed objects, which are exported apart so that destroying a
key is not undone by a backup."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy took along."""

    files: int
    size: int
    """In bytes."""
    known: int
    """Files that were there already."""
    checkpoint: bytes
    """The signed note that the copy carries."""


Progress = Callable[[str], None]
"""Called with each key that is copied."""


def copy(
    source: Storage,
    target: Storage,
    *,
    without: Collection[str] = (),
    progress: Progress = lambda _key: None,
) -> Copied:
    """Bring `target` up to `source`, but for the keys `without`. Interrupted, it goes on where it stopped.

    The source may be written meanwhile.

    Raises Missing where the source is no vault, Moved where the target holds the checkpoint of another vault or of a
    later time (compare the two before copying over it).
    """
    for _ in range(_TRIES):
        with suppress(_Overtaken):
            return _copy(source, target, without, progress)
    raise Moved(f"the source was appended to {_TRIES} times while it was copied; try again")


class _Overtaken(Exception):
    """A partial tile went while it was copied: a whole one took its place, and there is a newer checkpoint."""


def mirror(
    source: Storage,
    target: Storage,
    keys: Iterable[str],
    *,
    gone: Iterable[str] = (),
    progress: Progress = lambda _key: None,
) -> tuple[int, int]:
    """Bring these keys to a place of their own, and take away there what is `gone` for good; how many of each.

    A key that the source itself lacks stays at the target: only what was destroyed on purpose may go.
    """
    copied = removed = 0
    for key in keys:
        if target.exists(key) or not source.exists(key):
            continue
        progress(key)
        _bring(source.open(key), target, key)
        copied += 1
    for key in gone:
        with suppress(Missing):
            target.delete(key)
            removed += 1
    return copied, removed


def _bring(stream: BinaryIO, target: Storage, key: str) -> int:
    size = 0
    with stream, target.draft() as draft:
        while data := stream.read(_BLOCK):
            draft.write(data)
            size += len(data)
        draft.publish(key)
    return size


def _copy(source: Storage, target: Storage, without: Collection[str], progress: Progress) -> Copied:
    checkpoint = source.read(_CHECKPOINT)
    before = _checkpoint(target)
    if before is not None and before.split(b"\n", 1)[0] != checkpoint.split(b"\n", 1)[0]:
        raise Moved("the target holds another vault; name an empty place")
    if before is not None and _size(before) > _size(checkpoint):
        raise Moved(
            f"the target has {_size(before)} entries, the source {_size(checkpoint)}: the source is the older one"
        )
    files = size = known = 0
    for key in _keys(source, _size(checkpoint)):
        if key in without:
            continue
        if target.exists(key):
            known += 1
            continue
        progress(key)
        try:
            stream = source.open(key)
        except Missing as error:
            raise _Overtaken from error
        size += _bring(stream, target, key)
        files += 1
    if before != checkpoint:
        target.replace(_CHECKPOINT, checkpoint, expected=before)
    return Copied(files, size, known, checkpoint)


def _keys(source: Storage, size: int) -> Iterator[str]:
    """What is written once, and no tile behind the checkpoint: the log could not be appended to over it."""
    for key in source.keys(""):
        if key != _CHECKPOINT and not key.startswith((*LEFT_OUT, _TILES)) and ".draft" not in key:
            yield key
    yield from (tile.key for tile in tiles_of(size))


def _checkpoint(storage: Storage) -> bytes | None:
    try:
        return storage.read(_CHECKPOINT)
    except Missing:
        return None


def _size(checkpoint: bytes) -> int:
    return int(checkpoint.split(b"\n")[1])
