"""A seeded drop copy of a firm's lines to the exchange: orders with the exchange's own tags, and what it reports of them."""

import random
from collections.abc import Iterator

SETTINGS = {"exchange_comp_id": "XTAI", "trading_unit": "1000"}


def lines(count: int) -> Iterator[str]:
    """Two orders in three lines: new order, its acknowledgement, its fill; one order in ten is changed or cancelled."""
    chance = random.Random(44)  # noqa: S311 - a repeatable log, no secret
    securities = [f"{chance.randrange(1101, 9959):<6}" for _ in range(1_500)]
    accounts = [f"{chance.randrange(10_000_000):07d}" for _ in range(40_000)]
    now, number, made = 9 * 3_600_000, 0, 0
    while made < count:
        number += 1
        now += chance.randrange(4)
        clock = f"20241202-{now // 3_600_000 - 8:02d}:{now // 60_000 % 60:02d}:{now // 1000 % 60:02d}.{now % 1000:03d}"
        slip = f"a{number % 10_000:04d}"
        shares, price = chance.randrange(1, 50), f"{chance.randrange(1_000, 99_000) / 100:.2f}"
        side = chance.choice("12")
        common = f"1={chance.choice(accounts)}\x0155={chance.choice(securities)}\x0154={side}\x0160={clock}\x01"
        tail = f"40=2\x0159={chance.choice('0003')}\x0144={price}\x0110000={chance.choice('466')}\x0110001={chance.choice('0003')}\x0110002=0\x01"
        order = f"11=7790a{number:07d}\x0137={slip}\x01{common}38={shares}\x01"
        kind = chance.choices("DGF", (18, 1, 1))[0]
        before = f"41=7790a{number - 1:07d}\x01" if kind != "D" else ""
        report = f"17=R{number:08d}\x0120=0\x01150={{}}\x0139={{}}\x01{order}{tail}"
        for target, body in (
            (
                "FIRM",
                f"35={kind}\x0134={number}\x0149=7790\x0156=XTAI\x0152={clock}\x0150=7790\x0157=0\x01{order}{before}{tail}10004=N\x01",
            ),
            (
                "XTAI",
                f"35=8\x0134={2 * number}\x0149=XTAI\x0156=7790\x0152={clock}\x01{report.format('0', '0')}14=0\x01",
            ),
            (
                "XTAI",
                f"35=8\x0134={2 * number + 1}\x0149=XTAI\x0156=7790\x0152={clock}\x01{report.format('F', '2')}31={price}\x0132={shares}\x01",
            ),
        ):
            if made < count:
                made += 1
                head = f"8=FIX.4.4\x019={len(body)}\x01"
                total = sum((head + body).encode()) & 255
                yield f"{clock[:8]}-{now // 3_600_000:02d}{clock[11:]} {target[0]} {head}{body}10={total:03d}\x01"
