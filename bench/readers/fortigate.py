"""A FortiGate's log: sessions of four firewalls, and what their web filters refused."""

import random
from collections.abc import Iterator

START_NS = 1_795_309_200_000_000_000
ACTIONS = ["accept"] * 28 + ["close"] * 40 + ["timeout"] * 8 + ["client-rst"] * 7 + ["server-rst"] * 7 + ["deny"] * 10


def lines(count: int) -> Iterator[str]:
    """Sessions of four firewalls: 20,000 sources, 200,000 destinations, a third with users, every 50th a web filter's."""
    chance = random.Random(1)  # noqa: S311 - a repeatable log, no secret
    sources = [f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(256)}" for _ in range(20_000)]
    far = [".".join(str(chance.randrange(1, 224)) for _ in range(4)) for _ in range(200_000)]
    now = START_NS
    for number in range(count):
        now += chance.randrange(90_000_000)
        second = now // 1_000_000_000 % 86_400
        clock = f"{(second // 3600 + 8) % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        head = (
            f'<189>date=2026-11-22 time={clock} devname="FG-DC{number % 4 + 1}" devid="FG100ETK1800000{number % 4}" '
            f'eventtime={now} tz="+0800" '
        )
        ends = (
            f'srcip={sources[chance.randrange(20_000)]} srcport={chance.randrange(1024, 65536)} srcintf="lan" '
            f'srcintfrole="lan" dstip={far[chance.randrange(200_000)]} dstport={chance.choice((443, 80, 53, 22, 3389))} '
            f'dstintf="wan1" dstintfrole="wan" srccountry="Reserved" dstcountry="Taiwan" '
        )
        user = f'user="user{chance.randrange(800):04d}" group="TRADING" ' if chance.random() < 0.3 else ""
        if number % 50:
            yield (
                f'{head}logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" {ends}'
                f"sessionid={chance.randrange(1 << 31)} proto={chance.choice((6, 6, 6, 17))} "
                f'action="{chance.choice(ACTIONS)}" policyid={chance.randrange(1, 200)} policytype="policy" '
                f'poluuid="7d3c1a52-9a0e-51ec-{chance.randrange(65536):04x}-0f7c1b2d3e4f" {user}service="HTTPS" '
                f'trandisp="snat" transip=203.0.113.7 transport={chance.randrange(1024, 65536)} '
                f"duration={chance.randrange(600)} sentbyte={chance.randrange(1 << 20)} "
                f"rcvdbyte={chance.randrange(1 << 22)} sentpkt={chance.randrange(900)} rcvdpkt={chance.randrange(900)} "
                f'appcat="unscanned"\n'
            )
        else:
            yield (
                f'{head}logid="0316013056" type="utm" subtype="webfilter" eventtype="ftgd_blk" level="warning" vd="root" '
                f"policyid={chance.randrange(1, 200)} sessionid={chance.randrange(1 << 31)} {user}{ends}proto=6 "
                f'service="HTTPS" hostname="host{chance.randrange(5000)}.example" action="blocked" reqtype="direct" '
                f'url="/find?q={chance.randrange(9999)}&page=2" sentbyte=84 rcvdbyte=0 direction="outgoing" '
                f'msg="URL belongs to a denied category in policy" cat=26 catdesc="Malicious Websites" crlevel="high"\n'
            )
