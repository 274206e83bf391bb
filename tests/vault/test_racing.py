"""Two writers where a store has no locks: one is quicker at any moment, and neither loses what it appended."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from chahe.vault.errors import Moved
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.merkle import leaf_hash, root
from vault_logs import appender_of, entries, log_of


class Unlocked(LocalStorage):
    """As an object store: no lock, only keys that are created or replaced at once."""

    def lock(self) -> AbstractContextManager[None]:
        return nullcontext()


class Overtaken(Unlocked):
    """Another writer appends whole batches before this one's call number `at`, and so on `times` times."""

    def __init__(self, folder: Path, at: int, times: int, size: int) -> None:
        super().__init__(folder)
        self.at, self.times, self.each = at, times, size
        self.calls = self.batches = 0
        self._away = False

    def _passed(self) -> None:
        if self._away:
            return
        self.calls += 1
        if self.calls > self.at and self.batches < self.times:
            self.batches += 1
            self._away = True
            appender_of(Unlocked(self._folder)).append([b"quicker"] * self.each)
            self._away = False

    def read(self, key: str) -> bytes:
        self._passed()
        return super().read(key)

    def exists(self, key: str) -> bool:
        self._passed()
        return super().exists(key)

    def keys(self, prefix: str) -> Iterator[str]:
        self._passed()
        return super().keys(prefix)

    def create_all(self, entries: dict[str, bytes]) -> None:
        self._passed()
        super().create_all(entries)

    def replace(self, key: str, data: bytes, *, expected: bytes | None) -> None:
        self._passed()
        self._away = True  # a store compares and swaps at once, so nobody comes between
        try:
            super().replace(key, data, expected=expected)
        finally:
            self._away = False

    def delete(self, key: str) -> None:
        self._passed()
        super().delete(key)


def race(folder: Path, at: int, *, times: int, size: int) -> Overtaken:
    """One writer's batch that fills a tile, and what the other did meanwhile; then both are looked at."""
    appender_of(LocalStorage(folder)).append(entries(0, 250))
    storage = Overtaken(folder, at, times, size)
    appender = appender_of(storage)

    signed = appender.append([b"mine %d" % number for number in range(10)])

    log = log_of(LocalStorage(folder))
    checkpoint = log.checkpoint().checkpoint
    found = list(log.entries(0, checkpoint.size))
    end = signed.checkpoint.size
    assert found[:250] == entries(0, 250)
    assert found[end - 10 : end] == [b"mine %d" % number for number in range(10)]
    assert found[250 : end - 10] + found[end:] == [b"quicker"] * size * storage.batches
    assert checkpoint.root == root(map(leaf_hash, found))
    storage.times = 0
    assert appender.append([b"more"]).checkpoint.size == len(found) + 1
    return storage


@pytest.mark.parametrize(("times", "size"), [(1, 1), (1, 300), (3, 4)])
def test_a_writer_that_was_overtaken_at_any_call_reads_anew_and_appends_behind(
    tmp_path: Path, times: int, size: int
) -> None:
    tried = 0
    while race(tmp_path / str(tried), tried, times=times, size=size).batches:
        tried += 1
    assert tried > 20


class AlwaysOvertaken(Unlocked):
    """Another writer is quicker each time."""

    def replace(self, key: str, data: bytes, *, expected: bytes | None) -> None:
        appender_of(Unlocked(self._folder)).append([b"quicker"])
        super().replace(key, data, expected=expected)


def test_a_writer_that_is_always_overtaken_gives_up_and_has_appended_nothing(tmp_path: Path) -> None:
    appender_of(LocalStorage(tmp_path)).append(entries(0, 250))

    with pytest.raises(Moved, match="other writers were quicker 20 times"):
        appender_of(AlwaysOvertaken(tmp_path)).append([b"mine"])

    log = log_of(LocalStorage(tmp_path))
    size = log.checkpoint().checkpoint.size
    assert list(log.entries(250, size)) == [b"quicker"] * (size - 250)
