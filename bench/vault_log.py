"""How fast a vault's log grows and proves, durable on this disk, beside hashing the same bytes. `python bench/vault_log.py`

Appends entries of 300 bytes up to a million, in batches of 100, 1,000 and 10,000 (each acknowledged only when it would
survive a loss of power), and then single ones. In the same run: SHA-256 over the same entries, one call each, and one
write and fsync of as many bytes, to tell the machine's share from ours.
"""

import hashlib
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from chahe.vault.signing.keys import KeySigner
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.appending import Appender
from chahe.vault.tlog.log import Log
from chahe.vault.tlog.merkle import leaf_hash, verify_consistency, verify_inclusion

ENTRY = (
    b'{"at_us":1774000000000000,"kind":"ingest","object":{"blocks":"%064x","raw":"%064x"},"path":"fw-01/%012d.log.gz"}'
)
PHASES = ((10_000, 1_000_000), (1_000, 1_100_000), (100, 1_110_000), (1, 1_110_200))
PROOFS = 300


def entries(begin: int, end: int) -> list[bytes]:
    return [(ENTRY % (number, number, number)).ljust(300) for number in range(begin, end)]


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def append(appender: Appender, folder: Path, *, begin: int, end: int, batch: int) -> None:
    """One phase; the bare figures are of the same entries."""
    ours = busy = hashing = writing = 0.0
    for first in range(begin, end, batch):
        fresh = entries(first, min(first + batch, end))
        began = time.process_time()
        ours += seconds(lambda fresh=fresh: appender.append(fresh))
        busy += time.process_time() - began
        hashing += seconds(lambda fresh=fresh: [hashlib.sha256(entry).digest() for entry in fresh])
        writing += seconds(lambda fresh=fresh: write(folder / "bare", b"".join(fresh)))
    count = end - begin
    print(
        f"batches of {batch:6,}: {count / ours:10,.0f} entries/s durable, {ours * batch / count * 1000:8.1f} ms a batch, "
        f"{busy / count * 1e6:.1f} µs of processor time an entry; "
        f"bare: SHA-256 alone {count / hashing:10,.0f}/s, one file and fsync a batch {count / writing:10,.0f}/s"
    )


def write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def prove(folder: Path, log: Log, size: int) -> None:
    """Each proof from a log that was just opened, with nothing in memory."""
    whole, times, opening, busy = log.root(size), [], [], 0.0
    storage = LocalStorage(folder)
    for number in range(PROOFS):
        index = number * (size // PROOFS)
        began = time.perf_counter()
        fresh = Log(storage, log._verifier)  # noqa: SLF001 - the same keys
        fresh.checkpoint()
        opened, begun = time.perf_counter(), time.process_time()
        entry, path = fresh.entry(index), fresh.inclusion(index, size)
        times.append(time.perf_counter() - opened)
        busy += time.process_time() - begun
        opening.append(seconds(lambda fresh=fresh: fresh.edge(size).root) + opened - began)
        verify_inclusion(leaf_hash(entry), index, size, path=path, root=whole)
    print(
        f"entry and inclusion proof in {size:,}: median {statistics.median(times) * 1000:.2f} ms, "
        f"slowest {max(times) * 1000:.2f} ms, "
        f"{busy / PROOFS * 1000:.2f} ms of processor time; opening for appending: median {statistics.median(opening) * 1000:.2f} ms"
    )
    old = size // 3
    took = seconds(lambda: log.consistency(old, size))
    verify_consistency(old, size, old_root=log.root(old), new_root=whole, path=log.consistency(old, size))
    print(f"consistency proof from {old:,}: {took * 1000:.2f} ms")


def main() -> None:
    signer = KeySigner("bench.example", bytes(32))
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
        folder = Path(place) / "vault"
        storage = LocalStorage(folder)
        log = Log(storage, [signer.verifier_key])
        appender, begin = Appender(log, storage, signer), 0
        for batch, end in PHASES:
            append(appender, Path(place), begin=begin, end=end, batch=batch)
            begin = end
        prove(folder, log, begin)
        raw = begin * 300
        stored = sum(storage.size(key) for key in storage.keys(""))
        print(f"{stored / raw:.2f} bytes stored for each byte of entries")


if __name__ == "__main__":
    main()
