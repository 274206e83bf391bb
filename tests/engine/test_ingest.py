"""Files into the store: once, whole, with everything that could not be read accounted for."""

import bz2
import gzip
import lzma
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
import zstandard

from chahe.engine.loads import Load
from chahe.engine.store import Store
from chahe.sources.catalogue import readers
from chahe.sources.model import Context, Match, RecordReader, Unit
from chahe.vault.raw.objects import Kept
from chahe.wording import Text
from workspaces import FIREWALLS_CSV, Small, fortigate_line

LINES = "".join(fortigate_line(number) for number in range(200))


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


def test_it_accounts_for_every_line(small: Small) -> None:
    small.write("fg.log", LINES + "\n" + "no record of a firewall\n")

    done = small.ingest()

    [load] = done.loaded
    assert (load.units, load.with_rows, load.skips, load.rejects) == (202, 200, 1, 1)
    [reject] = small.store.read_fates(load.load, "reject")
    assert reject["raw_place"] == 202
    assert not done.refused


def test_a_second_run_loads_nothing_again(small: Small) -> None:
    small.write("fg.log", LINES)
    first = small.ingest()

    second = small.ingest()

    assert [load.load for load in second.known] == [load.load for load in first.loaded]
    assert second.loaded == []


@pytest.mark.parametrize(
    ("ending", "compress"),
    [
        ("gz", gzip.compress),
        ("bz2", bz2.compress),
        ("xz", lzma.compress),
        ("zst", zstandard.ZstdCompressor().compress),
    ],
)
def test_it_reads_compressed_files_by_their_content(small: Small, ending: str, compress: object) -> None:
    assert callable(compress)
    small.write(f"named-anything.{ending}", compress(LINES.encode()))

    small.ingest()

    assert small.one_load().with_rows == 200


def test_a_rotated_and_compressed_log_counts_once(small: Small) -> None:
    small.write("fg.log", LINES)
    small.ingest()
    (small.folder / "records" / "fg.log").unlink()
    small.write("fg.log.1.gz", gzip.compress(LINES.encode()))

    done = small.ingest()

    assert len(done.known) == 1
    assert len(small.store.loads()) == 1


def test_a_truncated_file_keeps_what_came_before_the_break(small: Small) -> None:
    many = "".join(fortigate_line(number) for number in range(5000))
    packed = gzip.compress(many.encode())
    small.write("fg.log.gz", packed[: len(packed) // 2])

    small.ingest()

    load = small.one_load()
    assert load.ended_early is not None
    assert 1000 < load.with_rows < 5000
    assert load.with_rows + load.skips + load.rejects == load.units
    last = small.store.read_fates(load.load, "reject")[-1]
    assert last["raw_place"] == load.units


def test_a_growing_log_is_read_from_where_it_had_ended(small: Small) -> None:
    small.write("fg.log", LINES)
    small.ingest()
    more = "".join(fortigate_line(number, "2026-11-22") for number in range(50))
    small.write("fg.log", LINES + more)

    done = small.ingest()

    [tail] = done.loaded
    assert tail.with_rows == 50
    assert tail.continues is not None
    assert tail.size == len(more.encode())
    assert sum(load.with_rows for load in small.store.loads()) == 250


def test_the_headings_of_a_growing_log_hold_for_the_lines_added(small: Small) -> None:
    heading = "#separator \\x09\n#path\tconn\n#fields\tts\tid.orig_h\tid.resp_h\tproto\tconn_state\n"
    line = "{}.5\t10.1.2.3\t192.0.2.7\ttcp\tSF\n"
    first, second = (line.format(1_795_309_200 + seconds) for seconds in (0, 60))
    small.write("conn.log", heading + first)
    small.ingest()
    small.write("conn.log", heading + first + second)

    [tail] = small.ingest().loaded

    assert (tail.size, tail.with_rows, tail.rejects) == (len(second), 1, 0)


def test_a_log_cut_within_a_line_is_read_again_whole(small: Small) -> None:
    small.write("fg.log", LINES[:-30])
    small.ingest()
    small.write("fg.log", LINES)

    [load] = small.ingest().loaded

    assert load.continues is None
    assert load.with_rows == 200


def test_an_empty_file_and_an_unknown_one_are_refused_with_a_reason(small: Small) -> None:
    small.write("empty.log", b"")
    small.write("letter.txt", "Dear colleague,\nplease find enclosed nothing at all.\n")

    done = small.ingest()

    reasons = {refusal.path: refusal.why.en for refusal in done.refused}
    assert "empty" in reasons["records/empty.log"]
    assert "Dear colleague" in reasons["records/letter.txt"]
    assert done.loaded == []


def test_a_source_without_files_is_named(small: Small) -> None:
    done = small.ingest()

    [refusal] = done.refused
    assert "there are no files in records; put the records there" in refusal.why.en


def test_a_file_without_permission_is_refused_and_the_others_are_read(small: Small) -> None:
    closed = small.write("closed.log", LINES)
    small.write("firewalls.csv", FIREWALLS_CSV)
    closed.chmod(0)
    small.folder.chmod(0o777)
    (small.folder / "records").chmod(0o777)
    for parent in small.folder.parents:
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    small.store = Store(small.folder / "of nobody")
    # Root may read everything, so root becomes nobody for a while; nobody may not import, so that is done before.
    Small(small.folder / "warm").ingest()
    "".encode("cp950")
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        done = small.ingest()
    finally:
        if was == 0:
            os.seteuid(0)

    assert ["no permission" in refusal.why.en for refusal in done.refused] == [True]
    assert [load.path for load in done.loaded] == ["records/firewalls.csv"]


def test_a_reader_that_breaks_is_our_error_and_takes_no_other_file_with_it(small: Small) -> None:
    def broken(stream: BinaryIO, context: Context) -> Iterator[Unit]:
        del stream, context
        raise ZeroDivisionError("within the reader")
        yield  # pragma: no cover - makes this a generator

    reader = RecordReader(
        name="broken",
        title=Text("壞", "broken"),
        version=1,
        tables=("firewalls",),
        recognise=lambda head: Match(100, "says so") if head.data.startswith(b"BROKEN") else None,
        read=broken,
    )
    small.write("a.bin", b"BROKEN")
    small.write("fg.log", LINES)

    done = small.ingest({**readers(), "broken": reader})

    [refusal] = done.refused
    assert refusal.ours
    assert "ZeroDivisionError" in refusal.why.en
    assert [load.path for load in done.loaded] == ["records/fg.log"]


def test_an_interrupted_run_is_gone_on_with(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.write("a.log", LINES)
    small.write("b.log", "".join(fortigate_line(number, "2026-11-20") for number in range(10)))
    commit = small.store.commit

    def interrupted(load: Load, kept: Kept, *, again: bool) -> None:
        commit(load, kept, again=again)
        raise KeyboardInterrupt

    monkeypatch.setattr(small.store, "commit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        small.ingest()
    monkeypatch.undo()

    done = small.ingest()

    assert (len(done.known), len(done.loaded)) == (1, 1)


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    parts = []
    for name in ("one", "two"):
        small = Small(tmp_path / name)
        small.write("fg.log", LINES)
        small.ingest()
        load = small.one_load()
        parts.append((load.load, small.store.part("firewall_events", load.load).read_bytes()))

    assert parts[0] == parts[1]
