"""Sessions as Check Point's Log Exporter sends them: accepted and dropped, with the fields that R81 writes."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """That many lines without their ends, the same for each run."""
    chance = random.Random(11)  # noqa: S311 - the same lines each time, no secrets
    for number in range(count):
        second = 1_795_309_200 + number // 400
        gateway = number % 4
        action, rule = chance.choice((("Accept", "web out"), ("Accept", "mail in"), ("Drop", "Cleanup rule")))
        source = f"10.{chance.randrange(8)}.{chance.randrange(64)}.{chance.randrange(256)}"
        target = f"198.51.{chance.randrange(256)}.{chance.randrange(256)}"
        unique = f"{chance.randrange(1 << 32):x}"
        yield (
            f"<134>1 2026-11-22T{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}Z mgmt1 CheckPoint 13752 - "
            f'[action:"{action}"; flags:"411908"; ifdir:"inbound"; ifname:"eth{chance.randrange(4)}"; logid:"0"; '
            f'loguid:"{{0x{unique},0x{number % 256:x},0xa01a8c0,0xc0000001}}"; origin:"10.1.1.{gateway}"; '
            f'originsicname:"CN=fw{gateway},O=mgmt1.example.k3xyz"; sequencenum:"{number % 500}"; time:"{second}"; version:"5"; '
            f'__policy_id_tag:"product=VPN-1 & FireWall-1[db_tag={{B5C4-11}};mgmt=mgmt1;date=1795000000;policy_name=Branch\\]"; '
            f'dst:"{target}"; inzone:"Internal"; layer_name:"Network"; match_id:"7"; outzone:"External"; '
            f'product:"VPN-1 & FireWall-1"; proto:"{chance.choice((6, 6, 17))}"; rule_name:"{rule}"; '
            f'rule_uid:"2b1f2bd2-0f3a-4c4e-9d8e-5d2f6d1c0a{number % 90 + 10}"; s_port:"{chance.randrange(1024, 65536)}"; '
            f'service:"{chance.choice((25, 53, 443, 8443))}"; service_id:"svc"; src:"{source}"; ]'
        )
