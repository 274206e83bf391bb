"""Connections in Zeek's own form, behind its headings."""

import random
from collections.abc import Iterator

_FIELDS = (
    "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig "
    "local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents"
)


def lines(count: int) -> Iterator[str]:
    """That many lines, without their ends; always the same. The first four are headings."""
    heads = ["#separator \\x09", "#unset_field\t-", "#path\tconn", "#fields\t" + _FIELDS.replace(" ", "\t")]
    yield from heads[:count]
    chance = random.Random(20261122)  # noqa: S311 - always the same lines
    for number in range(count - len(heads)):
        source = f"10.{chance.randrange(4)}.{chance.randrange(32)}.{chance.randrange(1, 255)}"
        target = f"203.0.{chance.randrange(114)}.{chance.randrange(1, 255)}"
        sent, received = chance.randrange(60, 90_000), chance.randrange(60, 4_000_000)
        state = chance.choice(("SF", "SF", "SF", "S0", "REJ", "RSTO"))
        yield "\t".join(
            (
                *(f"{1795309200 + number // 400}.{chance.randrange(1_000_000):06d}", f"C{number:017d}"),
                *(source, str(chance.randrange(1024, 65536)), target, "443", "tcp", "ssl"),
                *(f"{chance.random():.6f}", str(sent), str(received), state, "T", "F", "0", "ShADadFf"),
                *(str(sent // 900 + 3), str(sent + 400), str(received // 900 + 3), str(received + 400), "-"),
            )
        )
