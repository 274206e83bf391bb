"""Firewall logs of a large firm: as many records as asked for, the same in blocks of any size, in memory that does not grow."""

import gzip
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
import zstandard

from chahe.simulate.days import DAY
from chahe.simulate.life.company import Firm, found
from chahe.simulate.logs import firewalls
from chahe.simulate.sizes import Size

AS_OF = date(2026, 11, 22)


def _firm(an_hour: int, days: int, packed: str = "gz") -> Firm:
    size = Size(
        name="walls", employees=32, customers=0, orders_a_day=0, busy_days=0, busy_orders=0, transfers=0, chats=0, messages_a_chat=0,
        look_ups_a_day=0, order_sign_ins_a_day=0, firewall_an_hour=an_hour, monitoring_an_hour=0, packed=packed,
    )  # fmt: skip
    firm = found(3, AS_OF, size)
    firm.firewalls = [one for one in firm.firewalls if one.device in ("fg-hq", "asa-branch")]
    for one in firm.firewalls:
        one.log_from, one.busy = AS_OF - (days - 1) * DAY, False
    return firm


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.gz"))}


def test_as_many_records_are_made_as_asked_for(tmp_path: Path) -> None:
    firm = _firm(700, 3)
    firewalls.write_firewall_logs(firm, tmp_path, tmp_path / "later")

    told = {name: gzip.decompress(held).splitlines() for name, held in _bytes(tmp_path).items()}
    assert {name: len(held) for name, held in told.items()} == {
        "asa-branch_2026H2.log.gz": 350 * 72,
        "fg-hq_2026H2.log.gz": 700 * 72,
    }
    assert sum(firm.watch.logged.values()) == 1_050 * 72
    moments = [int(line.partition(b"eventtime=")[2][:19]) for line in told["fg-hq_2026H2.log.gz"]]
    assert moments == sorted(set(moments))


def test_blocks_of_any_size_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    firewalls.write_firewall_logs(_firm(50, 30), tmp_path / "a", tmp_path / "later")
    monkeypatch.setattr(firewalls, "_BLOCK", 101)
    firewalls.write_firewall_logs(_firm(50, 30), tmp_path / "b", tmp_path / "later")

    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_logs_in_zstd_hold_what_those_in_gzip_do(tmp_path: Path) -> None:
    for packed in ("gz", "zst"):
        firewalls.write_firewall_logs(_firm(20, 20, packed), tmp_path / packed, tmp_path / "later")

    for path in (tmp_path / "zst").rglob("*.zst"):
        other = tmp_path / "gz" / path.relative_to(tmp_path / "zst").with_suffix(".gz")
        assert zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes()) == gzip.decompress(
            other.read_bytes()
        )


def test_memory_does_not_grow_with_records(tmp_path: Path) -> None:
    peaks = []
    for days in (4, 16):
        firm = _firm(3_000, days, "zst")
        tracemalloc.start()
        firewalls.write_firewall_logs(firm, tmp_path / str(days), tmp_path / "later")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.2 * peaks[0]
