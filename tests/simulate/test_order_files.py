"""Files of orders: messages whose lengths, sums and numbers hold, as many as there are orders, in memory that does not grow."""

import gzip
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pytest
import zstandard

from chahe.simulate.crowd import flow, order_stream
from chahe.simulate.firm import made
from chahe.simulate.life.company import Firm, found
from chahe.simulate.logs.order_table import rows_of
from chahe.simulate.logs.orders import write_orders
from chahe.simulate.sizes import Size

AS_OF = date(2026, 11, 22)


def _size(orders: int, busy: int, packed: str = "gz") -> Size:
    return Size(
        name="files", employees=32, customers=900, orders_a_day=orders, busy_days=1, busy_orders=busy, transfers=0, chats=0,
        messages_a_chat=0, look_ups_a_day=3, order_sign_ins_a_day=0, firewall_an_hour=4, monitoring_an_hour=1, packed=packed,
    )  # fmt: skip


def _busy_day(busy: int) -> Firm:
    """A firm with one busy day and nothing of the story."""
    firm = found(3, AS_OF, _size(0, busy, "zst"))
    firm.period_from = AS_OF - timedelta(days=2)
    return firm


@pytest.fixture(scope="module")
def firm() -> Firm:
    return made(5, AS_OF, size=_size(4, 900))[0]


@pytest.fixture(scope="module")
def folder(firm: Firm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("orders")
    write_orders(firm, written)
    return written


def _messages(folder: Path, kind: str) -> list[tuple[str, list[bytes]]]:
    """By files: the direction and the bytes of each message."""
    return [
        (path.name, gzip.decompress(path.read_bytes()).splitlines()) for path in sorted(folder.glob(f"{kind}_*.log.gz"))
    ]


def _fields(line: bytes) -> dict[str, str]:
    message = line[line.index(b"8=FIX") :].decode()
    return dict(one.split("=", 1) for one in message.removesuffix("\x01").split("\x01"))


def test_lengths_and_sums_of_all_messages_hold(folder: Path) -> None:
    for kind in ("customer", "exchange"):
        for _, lines in _messages(folder, kind):
            for line in lines:
                message = line[line.index(b"8=FIX") :]
                head, end = message.index(b"\x0135=") + 1, message.rindex(b"10=")
                fields = _fields(line)
                assert int(fields["9"]) == end - head
                assert int(fields["10"]) == sum(message[:end]) % 256


def test_numbers_of_messages_to_the_exchange_rise_by_one(folder: Path) -> None:
    for name, lines in _messages(folder, "exchange"):
        sent = [int(_fields(line)["34"]) for line in lines if b" OUT " in line]
        assert sent == list(range(2, 2 + len(sent))), name


def test_each_order_is_in_each_file_once(firm: Firm, folder: Path) -> None:
    batches = list(order_stream.batches(firm))
    sent = [row for one in batches for row in rows_of(one.sent)]
    received = [row for one in batches for row in rows_of(one.received)]
    lines = [_fields(line) for _, held in _messages(folder, "exchange") for line in held]
    asked = [_fields(line) for _, held in _messages(folder, "customer") for line in held]
    listed = {
        kind: [
            line
            for path in folder.glob(f"{kind}_*.csv.gz")
            for line in gzip.decompress(path.read_bytes()).decode().split("\r\n")[1:-1]
        ]
        for kind in ("checks", "book")
    }

    assert sorted(one["11"] for one in lines if one["35"] != "8") == sorted(row.order_id for row in sent)
    assert sum(one["35"] == "8" for one in lines) == sum(
        (row.filled > 0) + (row.rest > 0) + (row.event != "D") for row in sent
    )
    assert sum("43" not in one and one["35"] != "0" for one in asked) == len(received)
    assert len(listed["checks"]) == sum(row.checked is not None for row in sent)
    assert len(listed["book"]) == len(received)


def test_blocks_of_any_size_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_orders(_busy_day(3_000), tmp_path / "a")
    monkeypatch.setattr(order_stream.Flow.blocks, "__defaults__", (97,))
    monkeypatch.setattr(order_stream.batches, "__defaults__", (97,))
    write_orders(_busy_day(3_000), tmp_path / "b")

    for path in (tmp_path / "a").iterdir():
        assert _plain(path) == _plain(tmp_path / "b" / path.name)


def _plain(path: Path) -> bytes:
    held = path.read_bytes()
    return (
        gzip.decompress(held) if path.suffix == ".gz" else zstandard.ZstdDecompressor().decompressobj().decompress(held)
    )


def test_memory_does_not_grow_with_orders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_stream.batches, "__defaults__", (flow.BLOCK // 8,))
    peaks = []
    for busy in (20_000, 60_000):
        firm = _busy_day(busy)
        tracemalloc.start()
        write_orders(firm, tmp_path / str(busy))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.5 * peaks[0]
