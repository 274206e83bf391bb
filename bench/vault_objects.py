"""What keeping and verifying objects costs, beside hashing and compressing the same bytes with the bare libraries.

    python bench/vault_objects.py --megabytes 256 --times 3

A FortiGate log (bench/readers/fortigate.py) of that size is written to a temporary folder, then in turn, each in a process of
its own, medians printed (by the clock, and processor time of all threads, which other work on the machine disturbs less):

bare         SHA-256 and Zstandard level 3, one after the other on one thread, written to a file and synced
bare, two    the same, hashing on one thread, compressing on another
keep         `Objects.keep`: also a tree over the raw blocks, SHA-256 and a tree over the stored bytes, the index
sha256       SHA-256 of the stored bytes alone, one thread
verify       `Verification` of a vault with that object, 63 of a sixty-fourth of it each, and one as large that came compressed
deep         the same with decompression and raw digests
long         `Objects.keep` of the log over and over, to `--gigabytes`: what memory a long file takes
"""

import argparse
import hashlib
import json
import os
import re
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO, RawIOBase
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import BinaryIO, cast

import zstandard

from chahe.vault.entries import Kind, encode
from chahe.vault.raw.objects import Objects
from chahe.vault.signing.keys import KeySigner
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.appending import Appender
from chahe.vault.tlog.log import Log
from chahe.vault.verify import Verification

BLOCK = 1 << 20
SIGNER = KeySigner("bench.example", bytes(32))
LINES = runpy.run_path(str(Path(__file__).with_name("readers") / "fortigate.py"))["lines"]


def blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def bare(log: Path, folder: Path) -> None:
    digest = hashlib.sha256()
    with (folder / "bare.zst").open("wb") as file:
        with zstandard.ZstdCompressor(level=3).stream_writer(file, closefd=False) as sink:
            for block in blocks(log):
                digest.update(block)
                sink.write(block)
        file.flush()
        os.fsync(file.fileno())
    digest.hexdigest()


def bare_two(log: Path, folder: Path) -> None:
    waiting: Queue[bytes] = Queue(8)

    def hashing() -> None:
        digest = hashlib.sha256()
        while block := waiting.get():
            digest.update(block)
        digest.hexdigest()

    thread = Thread(target=hashing)
    thread.start()
    with (folder / "bare.zst").open("wb") as file:
        with zstandard.ZstdCompressor(level=3).stream_writer(file, closefd=False) as sink:
            for block in blocks(log):
                waiting.put(block)
                sink.write(block)
        file.flush()
        os.fsync(file.fileno())
    waiting.put(b"")
    thread.join()


def keep(log: Path, folder: Path) -> None:
    Objects(LocalStorage(folder)).keep(lambda: log.open("rb"))


def sha256(_log: Path, folder: Path) -> None:
    for path in sorted((folder / "objects").rglob("*")):
        if path.is_dir():
            continue
        digest = hashlib.sha256()
        for block in blocks(path):
            digest.update(block)
        digest.hexdigest()


def verify(_log: Path, folder: Path) -> None:
    verification(folder).run()


def deep(_log: Path, folder: Path) -> None:
    verification(folder, deep=True).run()


def verification(folder: Path, *, deep: bool = False) -> Verification:
    storage = LocalStorage(folder)
    log = Log(storage, [SIGNER.verifier_key])
    return Verification(storage=storage, log=log, objects=Objects(storage), deep=deep)


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "bare": bare,
    "bare, two": bare_two,
    "keep": keep,
    "sha256": sha256,
    "verify": verify,
    "deep": deep,
}


class Again(RawIOBase):
    """The log over and over."""

    def __init__(self, log: Path, size: int) -> None:
        with log.open("rb") as stream:
            self._data = stream.read(64 << 20)
        self._left = size
        self._at = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._data[self._at : self._at + min(size, self._left)]
        self._at = (self._at + len(data)) % len(self._data)
        self._left -= len(data)
        return data


def long(log: Path, folder: Path, gigabytes: int) -> None:
    Objects(LocalStorage(folder)).keep(lambda: cast("BinaryIO", Again(log, gigabytes << 30)))


def vault(log: Path, folder: Path) -> None:
    """The log as one object, its parts as 63 others, and as many bytes that came compressed."""
    storage = LocalStorage(folder)
    objects, size = Objects(storage), log.stat().st_size // 64
    kept = [objects.keep(lambda: log.open("rb"))]
    kept.append(objects.keep(lambda: BytesIO(b"BZh" + os.urandom(log.stat().st_size))))
    with log.open("rb") as stream:
        for _ in range(63):
            data = stream.read(size)
            kept.append(objects.keep(lambda data=data: BytesIO(data)))  # type: ignore[misc]
    told = [encode(Kind.INGEST, 1, {"object": one.described(), "source": "fw", "path": "log"}) for one in kept]
    Appender(Log(storage, [SIGNER.verifier_key]), storage, SIGNER).append(told)


def one(way: str, log: Path, folder: Path, gigabytes: int) -> None:
    """In a process of its own; prints what it took."""
    clock, processor = time.perf_counter(), time.process_time()
    if way == "long":
        long(log, folder, gigabytes)
    else:
        WAYS[way](log, folder)
    took = {
        "clock": time.perf_counter() - clock,
        "processor": time.process_time() - processor,
        "memory": peak(),
    }
    print(json.dumps(took))


def peak() -> float:
    """MiB; not of `getrusage`, which tells a new process the peak of the one that started it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0


def asked(way: str, log: Path, folder: Path, gigabytes: int = 0) -> dict[str, float]:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, __file__, "--one", way, "--log", str(log), "--folder", str(folder)]
    told = subprocess.run([*command, "--gigabytes", str(gigabytes)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def measure(log: Path, scratch: Path, times: int) -> dict[str, dict[str, float]]:
    found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    vault(log, scratch / "vault")
    for turn in range(times):
        for way in WAYS:
            folder = scratch / "vault" if way in ("sha256", "verify", "deep") else scratch / f"{way}-{turn}"
            found[way].append(asked(way, log, folder))
    return {
        way: {what: statistics.median(one[what] for one in all_) for what in all_[0]} for way, all_ in found.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=256)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--gigabytes", type=int, default=0, help="of the long file; none by default")
    parser.add_argument("--one", choices=[*WAYS, "long"], help=argparse.SUPPRESS)
    parser.add_argument("--log", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one, given.log, given.folder, given.gigabytes)
        return
    with tempfile.TemporaryDirectory() as name:
        scratch, log = Path(name), Path(name) / "fortigate.log"
        with log.open("w") as stream:
            for line in LINES(given.megabytes * 1_600):  # 658 bytes a line
                stream.write(line)
        raw = log.stat().st_size / 1e6
        found = measure(log, scratch, given.times)
        stored = sum(path.stat().st_size for path in (scratch / "vault" / "objects").rglob("*.*")) / 1e6
        whole = max(path.stat().st_size for path in (scratch / "vault").rglob("*.zst")) / 1e6
        if given.gigabytes:
            took = asked("long", log, scratch / "long", given.gigabytes)
            print(f"{given.gigabytes} GB: {took['clock']:.0f} s, {took['memory']:.0f} MiB at most")
        bare_size = (scratch / "bare-0" / "bare.zst").stat().st_size / 1e6
    print(
        f"{raw:.0f} MB raw; stored {whole:.1f} MB, by the bare library {bare_size:.1f} MB; {stored:.1f} MB in the vault verified"
    )
    for way, took in found.items():
        size = raw if way in ("bare", "bare, two", "keep") else stored
        print(
            f"{way:10} {took['clock']:7.2f} s by the clock ({size / took['clock']:6.0f} MB/s)"
            f"  {took['processor']:7.2f} s of processor time ({size / took['processor']:6.0f} MB/s)"
            f"  {took['memory']:5.0f} MiB"
        )
    for what in ("clock", "processor"):
        kept = found["bare"][what] / found["keep"][what]
        two = found["bare, two"][what] / found["keep"][what]
        verified = found["sha256"][what] / found["verify"][what]
        print(
            f"by {what}: keep {kept:.2f}x of bare, {two:.2f}x of bare on two threads; verify {verified:.2f}x of SHA-256"
        )


if __name__ == "__main__":
    main()
