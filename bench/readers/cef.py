"""Events of a next-generation firewall in CEF, as a relay writes them on behind its own header."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """That many lines without their ends, the same for each run."""
    chance = random.Random(17)  # noqa: S311 - the same lines each time, no secrets
    for number in range(count):
        second = 1_795_309_200 + number // 400
        clock = f"{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}"
        event, name, act = chance.choice(
            (("70018", "Connection_Allowed", "Allow"), ("70019", "Connection_Discarded", "Discard"))
        )
        source = f"10.{chance.randrange(8)}.{chance.randrange(64)}.{chance.randrange(256)}"
        target = f"198.51.{chance.randrange(256)}.{chance.randrange(256)}"
        yield (
            f"<134>Nov 22 {clock} relay1 CEF:0|EdgeWorks|Firewall|7.1.2|{event}|{name}|{chance.randrange(10)}|"
            f"rt={second}000 deviceExternalId=edge{number % 4} node 1 dvchost=edge{number % 4} src={source} "
            f"spt={chance.randrange(1024, 65536)} dst={target} dpt={chance.choice((25, 53, 443, 8443))} proto=6 act={act} "
            f"app=HTTPS in={chance.randrange(100, 9000)} out={chance.randrange(100, 90000)} cs1Label=RuleId "
            f"cs1=20971{chance.randrange(90) + 10}.{number % 7} cs2Label=NatRuleId cs2=21.0 deviceInboundInterface=1 "
            f"deviceOutboundInterface=2 msg=session {number} of the day, x\\=1"
        )
