"""A host's wtmp: sessions over SSH that open and close, records of 384 bytes."""

import random
import struct
from collections.abc import Iterator

RECORD = struct.Struct("<hxxi32s4s32s256shhIII16s20x")
OPENED, CLOSED = 7, 8
SETTINGS = {"system": "core1"}


def content(count: int) -> Iterator[bytes]:
    """That many records, the same for each run."""
    chance = random.Random(3)  # noqa: S311 - the same records each time, no secrets
    for number in range(count):
        line = f"pts/{number // 2 % 40}".encode()
        user = f"user{number // 2 % 300}".encode() if number % 2 == 0 else b""
        address = bytes((10, 1, number // 2 % 256, chance.randrange(1, 255)))
        host = ".".join(map(str, address)).encode() if user else b""
        kind = OPENED if user else CLOSED
        second = 1_795_309_200 + number // 4
        yield RECORD.pack(
            kind, 20_000 + number // 2 % 9_000, line, b"ts/0", user, host, 0, 0, 0, second, number % 1_000_000, address
        )
