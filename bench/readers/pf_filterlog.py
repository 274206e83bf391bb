"""Packets as OPNsense logs them, behind a BSD header, one in eight over IPv6."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """That many lines, without their ends; always the same."""
    chance = random.Random(20261122)  # noqa: S311 - always the same lines
    for number in range(count):
        second = number // 400
        clock = f"{second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        rule, tracker = chance.randrange(200), 1000000100 + chance.randrange(200)
        action = "pass" if chance.random() < 0.6 else "block"
        ports = f"{chance.randrange(1024, 65536)},{chance.choice((22, 53, 80, 443, 3389))}"
        head = f"<134>Nov 22 {clock} gate1.example filterlog[97530]: {rule},,,{tracker},igb1,match,{action},in"
        if chance.random() < 0.125:
            yield f"{head},6,0x00,0xf6279,64,UDP,17,132,2001:db8::{chance.randrange(1 << 16):x},2001:db8:1::53,{ports},132"
        else:
            source = f"10.{chance.randrange(4)}.{chance.randrange(32)}.{chance.randrange(1, 255)}"
            target = f"203.0.{chance.randrange(114)}.{chance.randrange(1, 255)}"
            yield (
                f"{head},4,0x0,,63,{chance.randrange(1 << 16)},0,DF,6,tcp,60,{source},{target},{ports},0,S,"
                f"{chance.randrange(1 << 32)},,64240,,mss;sackOK;TS;nop;wscale"
            )
