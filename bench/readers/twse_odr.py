"""A seeded order log of the exchange, 63 bytes a line."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """One morning: 1,500 securities, 800 branches, one order in six changed or cancelled."""
    chance = random.Random(63)  # noqa: S311 - a repeatable log, no secret
    securities = [f"{chance.randrange(1101, 9959):<6}" for _ in range(1_500)]
    brokers = ["".join(chance.choices("0123456789ABab", k=4)) for _ in range(800)]
    now = 8 * 3_600_000_000 + 30 * 60_000_000
    for _ in range(count):
        now = min(now + chance.randrange(20_000), 14 * 3_600_000_000)
        second, micro = divmod(now, 1_000_000)
        clock = f"{second // 3600:02d}{second // 60 % 60:02d}{second % 60:02d}{micro:06d}"
        side = chance.random() < 0.5
        step = chance.choices((0, 1, 2), (10, 1, 1))[0]
        slip = "".join(chance.choices("0123456789ABCDEFGabcdefg", k=5))
        price = f"{chance.randrange(1_000, 99_000) / 100:07.2f}"
        shares = f"{'+' if step == 0 else '-'}{chance.randrange(1, 50) * 1000:010d}"
        yield (
            f"20241202{chance.choice(securities)}{'B' if side else 'S'}0{clock}{slip}{step + (1 if side else 4)}{price}{shares}"
            f"{chance.choice('0000034')}{chance.choice('444166')}20B {chance.choice('IIIIFJM')}{chance.choice(brokers)}"
        )
