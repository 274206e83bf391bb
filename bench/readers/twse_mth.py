"""A seeded file of the exchange's executions, 67 bytes a line."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """Trades of one day, a buyer's and a seller's line each: 1,500 securities, 800 branches."""
    chance = random.Random(67)  # noqa: S311 - a repeatable log, no secret
    securities = [f"{chance.randrange(1101, 9959):<6}" for _ in range(1_500)]
    brokers = ["".join(chance.choices("0123456789ABab", k=4)) for _ in range(800)]
    now = 9 * 3_600_000_000
    for number in range(count):
        if number % 2 == 0:
            now = min(now + chance.randrange(20_000), 13 * 3_600_000_000 + 30 * 60_000_000)
            second, micro = divmod(now, 1_000_000)
            clock = f"{second // 3600:02d}{second // 60 % 60:02d}{second % 60:02d}{micro:06d}"
            security, price = chance.choice(securities), f"{chance.randrange(1_000, 99_000) / 100:07.2f}"
            shares = f"{chance.randrange(1, 50) * 1000:09d}"
        slip = "".join(chance.choices("0123456789ABCDEFGabcdefg", k=5))
        yield (
            f"20241202{security}{'BS'[number % 2]}0{clock}{number // 2:08d}{slip}{price}{shares}20  "
            f"{chance.choice('0000034')}{chance.choice('IIIIFJM')}{chance.choice(brokers)}"
        )
