"""Sessions as PAN-OS 11 writes them in CSV, behind syslog's header."""

import random
from collections.abc import Iterator

_ACTIONS = (("allow", "tcp-fin"), ("allow", "aged-out"), ("allow", "tcp-rst-from-client"), ("deny", "policy-deny"))
_RULES = ("Internet out", "Branch to core", "Mail relay", "Trading gateway", "Cleanup")
_TAIL = "0,0,0,0,90431d13-81da-4129-8bc5-ce968fa06b76,0,0" + "," * 35


def lines(count: int) -> Iterator[str]:
    """That many lines, without their ends; always the same."""
    chance = random.Random(20261122)  # noqa: S311 - always the same lines
    for number in range(count):
        second = number // 400
        clock = f"{second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        action, reason = chance.choice(_ACTIONS)
        source = f"10.{chance.randrange(4)}.{chance.randrange(32)}.{chance.randrange(1, 255)}"
        target = f"203.0.{chance.randrange(114)}.{chance.randrange(1, 255)}"
        user = f"corp\\u{chance.randrange(800):04d}" if chance.random() < 0.7 else ""
        sent, received = chance.randrange(60, 90_000), chance.randrange(60, 4_000_000)
        yield (
            f"<14>Nov 22 {clock} PA-Taipei 1,2026/11/22 {clock},007051000012345,TRAFFIC,end,2817,2026/11/22 {clock},"
            f"{source},{target},198.51.100.4,{target},{chance.choice(_RULES)},{user},,ssl,vsys1,trust,untrust,ethernet1/1,"
            f"ethernet1/2,default,2026/11/22 {clock},{chance.randrange(1 << 20)},1,{chance.randrange(1024, 65536)},443,"
            f"{chance.randrange(1024, 65536)},443,0x40001c,tcp,{action},{sent + received},{sent},{received},"
            f"{chance.randrange(2, 400)},2026/11/22 {clock},{chance.randrange(600)},business-and-economy,,"
            f"{7253419119627122716 + number},0x8000000000000000,10.0.0.0-10.255.255.255,Japan,,12,10,{reason},34,0,0,0,,"
            f"PA-Taipei,from-policy,,,0,,0,,N/A,{_TAIL}2026-11-22T{clock}.{chance.randrange(1000):03d}+08:00,,,"
            "encrypted-tunnel,networking,browser-based,4,used-by-malware able-to-transfer-file,,ssl,no,no,0"
        )
