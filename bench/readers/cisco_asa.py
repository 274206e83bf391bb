"""An ASA's log: connections built and torn down, and every eighth refused by a list."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """As two firewalls would write them in a day."""
    chance = random.Random(1)  # noqa: S311 - a repeatable log, no secret
    for number in range(count):
        second = number * 86_400 // count
        head = f"<166>Nov 21 2026 {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d} asa{number % 2 + 1} : "
        inner = f"10.2.{chance.randrange(256)}.{chance.randrange(256)}/{chance.randrange(1024, 65536)}"
        outer = f"198.51.100.{chance.randrange(256)}/{chance.choice((443, 80, 53))}"
        if number % 8 == 7:
            yield f'{head}%ASA-4-106023: Deny tcp src outside:{outer} dst inside:{inner} by access-group "from_out" [0x0, 0x0]\n'
        elif number % 2:
            yield (
                f"{head}%ASA-6-302013: Built outbound TCP connection {number} for outside:{outer} ({outer}) "
                f"to inside:{inner} ({inner})\n"
            )
        else:
            yield (
                f"{head}%ASA-6-302014: Teardown TCP connection {number} for outside:{outer} to inside:{inner} "
                f"duration 0:00:{chance.randrange(10, 60)} bytes {chance.randrange(1 << 20)} TCP FINs\n"
            )
