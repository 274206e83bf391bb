"""Sessions of a Juniper SRX as streamed in structured data, with some plain ones among them."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """That many lines without their ends, the same for each run."""
    chance = random.Random(13)  # noqa: S311 - the same lines each time, no secrets
    for number in range(count):
        second = number // 400 % 86400
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        source = f"10.{chance.randrange(8)}.{chance.randrange(64)}.{chance.randrange(256)}"
        target = f"198.51.{chance.randrange(256)}.{chance.randrange(256)}"
        ports = (chance.randrange(1024, 65536), chance.choice((25, 53, 443, 8443)))
        sent, received = chance.randrange(100, 9000), chance.randrange(100, 90000)
        if number % 5 == 0:
            yield (
                f"<14>Nov 22 {clock} srx{number % 2} RT_FLOW: RT_FLOW_SESSION_DENY: session denied {target}/{ports[0]}->"
                f"{source}/{ports[1]} 0x0 None 6(0) deny-all untrust trust UNKNOWN UNKNOWN N/A(N/A) ge-0/0/0.0 UNKNOWN policy deny"
            )
            continue
        yield (
            f"<14>1 2026-11-22T{clock}.{number % 1000:03}+08:00 srx{number % 2} RT_FLOW - RT_FLOW_SESSION_CLOSE "
            f'[junos@2636.1.1.1.2.142 reason="TCP FIN" source-address="{source}" source-port="{ports[0]}" '
            f'destination-address="{target}" destination-port="{ports[1]}" connection-tag="0" service-name="junos-https" '
            f'nat-source-address="203.0.113.5" nat-source-port="{ports[0]}" nat-destination-address="{target}" '
            f'nat-destination-port="{ports[1]}" nat-connection-tag="0" src-nat-rule-type="source rule" src-nat-rule-name="out" '
            f'dst-nat-rule-type="N/A" dst-nat-rule-name="N/A" protocol-id="6" policy-name="web-out" source-zone-name="trust" '
            f'destination-zone-name="untrust" session-id="{number}" packets-from-client="17" bytes-from-client="{sent}" '
            f'packets-from-server="13" bytes-from-server="{received}" elapsed-time="2" application="UNKNOWN" '
            f'nested-application="UNKNOWN" username="N/A" roles="N/A" packet-incoming-interface="reth0.12" encrypted="UNKNOWN"]'
        )
