"""Events of a next-generation firewall in LEEF 2.0, tabs between the attributes."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """That many lines without their ends, the same for each run."""
    chance = random.Random(19)  # noqa: S311 - the same lines each time, no secrets
    for number in range(count):
        second = 1_795_309_200 + number // 400
        clock = f"{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}"
        act = chance.choice(("allowed", "denied"))
        source = f"10.{chance.randrange(8)}.{chance.randrange(64)}.{chance.randrange(256)}"
        target = f"198.51.{chance.randrange(256)}.{chance.randrange(256)}"
        attributes = (
            *(f"devTime={second}000", f"src={source}", f"srcPort={chance.randrange(1024, 65536)}", f"dst={target}"),
            *(f"dstPort={chance.choice((25, 53, 443, 8443))}", "proto=TCP", f"action={act}", "cat=firewall", "sev=3"),
            *(f"srcBytes={chance.randrange(9000)}", f"dstBytes={chance.randrange(90000)}", f"policy=out-{number % 9}"),
            *(
                f"identHostName=edge{number % 4}",
                f"usrName=user{chance.randrange(400)}",
                f"msg=session {number} of the day",
            ),
        )
        yield f"<134>Nov 22 {clock} relay1 LEEF:2.0|EdgeWorks|Firewall|7.1.2|conn|x09|" + "\t".join(attributes)
