"""Packets as a busy Linux gateway logs them: UFW's prefixes, nftables' and Shorewall's, TCP, UDP and ICMP."""

import random
from collections.abc import Iterator

PREFIXES = ("[UFW BLOCK] ", "[UFW ALLOW] ", "edge-drop: ", "Shorewall:net2fw:DROP:", "")


def lines(count: int) -> Iterator[str]:
    """That many lines without their ends, the same for each run."""
    chance = random.Random(7)  # noqa: S311 - the same lines each time, no secrets
    for number in range(count):
        second = number // 400 % 86400
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        source = f"203.0.{chance.randrange(256)}.{chance.randrange(256)}"
        target = f"10.{chance.randrange(4)}.{chance.randrange(32)}.{chance.randrange(256)}"
        size = chance.choice((40, 52, 60, 83, 1500))
        kind = chance.choice(("TCP", "TCP", "UDP", "ICMP"))
        ports = f"SPT={chance.randrange(1024, 65536)} DPT={chance.choice((22, 23, 53, 80, 443, 3389))}"
        rest = {
            "TCP": f"PROTO=TCP {ports} WINDOW=8192 RES=0x00 SYN URGP=0",
            "UDP": f"PROTO=UDP {ports} LEN={size - 20}",
            "ICMP": f"PROTO=ICMP TYPE=8 CODE=0 ID={chance.randrange(65536)} SEQ={chance.randrange(1000)}",
        }[kind]
        yield (
            f"Nov 22 {clock} gate{number % 3} kernel: [{number / 7:12.6f}] {chance.choice(PREFIXES)}IN=eth0 OUT= "
            f"MAC=02:42:ac:11:00:02:02:42:0a:{number % 100:02}:22:7a:08:00 SRC={source} DST={target} LEN={size} TOS=0x00 "
            f"PREC=0x00 TTL={chance.randrange(30, 128)} ID={chance.randrange(65536)} DF {rest}"
        )
