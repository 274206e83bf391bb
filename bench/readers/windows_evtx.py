"""A Windows security log: sign-ins that worked or failed, sign-offs, and starts of processes, which are passed over.

Its events have no templates and all their values are texts, which plaso's library does not read: to compare with plaso, a
log of a real host is given instead (`--file windows_evtx=PATH`).
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "tests"))

from evtx_file import Element, event, evtx

EACH = 35
"""Events of a chunk; more would not fit."""


def one(number: int, chance: random.Random) -> Element:
    second = number % 86_400
    moment = f"2026-11-22T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.{chance.randrange(10**7):07d}Z"
    code = chance.choice((4624, 4624, 4625, 4634, 4688))
    data = {
        "TargetUserName": f"user{chance.randrange(400)}",
        "TargetDomainName": "BROKER",
        "LogonType": chance.choice(("3", "10")),
        "IpAddress": f"10.1.{chance.randrange(256)}.{chance.randrange(256)}",
        "IpPort": str(chance.randrange(1024, 65536)),
    }
    return event(code, data, moment=moment)


def content(count: int) -> Iterator[bytes]:
    """A log file of that many events."""
    chance = random.Random(1)  # noqa: S311 - a repeatable log, no secret
    whole = [[one(first + step, chance) for step in range(min(EACH, count - first))] for first in range(0, count, EACH)]
    yield evtx(*whole)
