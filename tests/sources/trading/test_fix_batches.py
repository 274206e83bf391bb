"""FIX logs read many lines at once are read as line by line."""

import random
from io import BytesIO
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.model import Batch, Context
from chahe.sources.trading.fix_batches import DenseResends
from chahe.sources.trading.fix_log import reader
from chahe.sources.trading.fix_resends import Resends
from fix_message import FILL, HEADER, ORDER, fill, message, order
from reading import NOON_2026_11_22, read

VALUES = {
    "11": ["A1", "A2", "7790a0000001", "B1          ", " ", "é"],
    "1": ["98001", "0000010", "", "a=b", "x" * 257],
    "55": ["2330", "2330  ", "0050", "TXF\x7f"],
    "54": ["1", "2", "5", "8", "X", "11"],
    "38": ["1000", "10", "1000.00", "0.5", "-5", "", "99999999999999999"],
    "44": ["612.5", "0", "95.00000000", "1.23456", "-0.05", ".", "1e5", "99999999999999.9999", "100000000000000"],
    "40": ["1", "2", "P", "?"],
    "59": ["0", "3", "4", "1", "??"],
    "52": [
        "20260304-01:23:45.118",
        "20260304-01:23:45",
        "20260304-01:23:60",
        "20261304-01:23:45",
        "20260304-01:23:45.1234567",
    ],
    "60": ["20260304-01:23:46", "20260304-01:23:46.000000001", "noon"],
    "34": ["7", "8", "0007", "12345678", "1.0", "x", ""],
    "43": ["Y", "N", "Yes"],
    "49": ["DESK", "desk", ""],
    "56": ["FIRM", "TWSE"],
    "50": ["7790", "0", " 7790", "C"],
    "57": ["0", "7", "2", "C", "7790", "X"],
    "10000": ["4", "9", "44"],
    "10001": ["0", "6", "outer"],
    "10002": ["0", "1", "2", "3"],
    "37": ["a0001", "O 1"],
    "41": ["A0", ""],
    "17": ["X1", "X2", " "],
    "19": ["X0"],
    "31": ["612.50", "x"],
    "32": ["500", "5.5"],
    "39": ["0", "1", "2"],
    "20": ["0", "1", "2", "3", "00"],
    "150": ["0", "1", "2", "4", "8", "F", "G", "H", "I", "Z", "FF", "-"],
    "9001": ["20260304-01:23:44", "x"],
    "58": ["note", "下單"],
    "011": ["Z"],
}
ORDER_TAGS = [*ORDER, "41", "37", "43", "50", "57", "10000", "10001", "10002", "9001", "58", "011", *HEADER]
FILL_TAGS = [*FILL, "19", "20", "37", "39", "40", "43", "50", "57", "59", "10001", "10002", "58", *HEADER]


class Trickle(BytesIO):
    """A stream that gives at most so many bytes at once."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self.most = most

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self.most if size is None or size < 0 else min(size, self.most))


def batches(stream: BinaryIO) -> list[Batch]:
    assert reader.batches is not None
    return [look()() for look in reader.batches(stream, Context(NOON_2026_11_22, {"leg": "customer"}))]


def log(seed: int, lines: int) -> bytes:
    """Messages with values of all kinds, most of them right, some damaged."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable log, no secret
    written = []
    for _ in range(lines):
        kind = chance.choice("DDDGF888EA0")
        tags = FILL_TAGS if kind == "8" else ORDER_TAGS
        fields: dict[str, str] = dict(FILL if kind == "8" else ORDER)
        for tag in chance.sample(tags, chance.choice((0, 0, 1, 1, 2, 4))):
            if chance.random() < 0.2:
                fields[tag] = None  # type: ignore[assignment]  # leaves the tag out
            else:
                fields[tag] = chance.choice(VALUES.get(tag, ["1"]))
        version = chance.choice(("FIX.4.2", "FIX.4.4", "FIX.4.4", "FIX.5.0", "FIXT.1.1", "FIX.4.0"))
        extra = chance.choice(("", "", "", "55=2317\x01", "10001=0\x0110001=1\x01", "junk\x01", "453=1\x01448=A\x01"))
        data = message(kind, fields, version=version, extra=extra)
        prefix = chance.choice((b"", b"2026-03-04 09:23:45.120 IN ", b"x", b"1", b"8=FIX? "))
        line = prefix + data + chance.choice((b"", b"\r", b")", b" 8=FIX.4.4", data))
        if chance.random() < 0.05:
            at = chance.randrange(len(line))
            line = line[:at] + bytes([chance.randrange(256)]) + line[at + 1 :]
        written.append(line.replace(b"\n", b" "))
    return b"\n".join(written) + chance.choice((b"", b"\n"))


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 1 << 32), unit=st.sampled_from(["", "1000"]), received=st.sampled_from(["", "9001", "60"]))
def test_any_log_is_read_the_same_both_ways(seed, unit, received):
    """`read` compares the two."""
    reading = read(
        reader, log(seed, 60), leg="customer", exchange_comp_id="TWSE", trading_unit=unit, received_tag=received
    )
    assert reading.units >= 60


def test_most_plain_lines_are_columns():
    data = b"\n".join(
        [order(t34=str(number)) for number in range(1, 500)] + [fill(t34="900"), fill(t34="901", t150="0")]
    )
    found = batches(BytesIO(data + b"\n"))
    assert [(batch.count, batch.units) for batch in found] == [(501, ())]


@pytest.mark.parametrize("most", [1, 7, 100, 1000, 1 << 16])
def test_it_is_the_same_however_the_bytes_come(most):
    data = log(4, 80)

    def flat(found: list[Batch]) -> list[object]:
        rows = [
            (name, tuple(zip(columns, row, strict=True)))
            for batch in found
            for name, columns in batch.rows.items()
            for row in zip(*(column.to_pylist() for column in columns.values()), strict=True)
        ]
        units = [unit for batch in found for unit in batch.units]
        skips = [
            (place, batch.reasons[why])
            for batch in found
            if batch.skipped is not None
            for place, why in zip(*(column.to_pylist() for column in batch.skipped), strict=True)
        ]
        nulls = [(name, sorted(pair for pair in row if pair[1] is not None)) for name, row in rows]
        return [sorted(map(str, nulls)), units, sorted(map(str, skips))]

    assert flat(batches(Trickle(data, most))) == flat(batches(BytesIO(data)))


@pytest.mark.parametrize("size", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, 6 << 20])
@pytest.mark.parametrize("end", [b"", b"\n", b"\n" + order()])
def test_lines_of_any_length_have_one_fate(size, end):
    read(reader, order() + b"\n" + b"x" * size + end)
    read(reader, b"x" * size + end)


def test_a_long_message_is_rejected_though_it_is_right():
    assert len(read(reader, message("D", ORDER, extra="58=" + "x" * (1 << 20) + "\x01") + b"\n").rejects) == 1


def test_what_was_seen_is_remembered_over_batches_and_sessions():
    chance = random.Random(1)  # noqa: S311 - a repeatable choice, no secret
    slow, dense = Resends(), DenseResends()
    for _ in range(3000):
        asked = (
            chance.choice(("a>b", "b>a")),
            chance.choice(("7", "63", "64", "00064", "9999999", "10000000", "999999999999", "1234567890123", "x", "")),
            chance.choice(("A1", "A2", "B")),
        )
        assert slow.seen(*asked) == dense.seen(*asked)
