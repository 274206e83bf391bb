"""Lines of FreeRADIUS's log: sign-ins of a wireless network and a VPN, one in ten refused."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """That many lines, without their ends, the same each time."""
    chance = random.Random(11)  # noqa: S311 - a seeded example, no secret
    for number in range(count):
        user, octet = chance.randrange(2000), chance.randrange(1, 255)
        second = f"{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}"
        what = "Login incorrect (mschap: MS-CHAP2-Response is incorrect)" if user % 10 == 0 else "Login OK"
        station = f"192.0.2.{octet}" if user % 3 else f"00-11-22-33-44-{octet:02x}"
        yield (
            f"Fri Nov 20 {second} 2026 : Auth: ({number}) {what}: [BROKER\\user{user:04d}] "
            f"(from client ap-{user % 40} port 8 cli {station})"
        )
