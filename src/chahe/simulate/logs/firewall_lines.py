"""Lines of firewalls' logs as columns of text: FortiGate key-value lines as its syslog sends them, and Cisco ASA syslog with years."""

from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.random import RandomState
from numpy.typing import NDArray

from chahe.simulate.cast.staff_and_systems import Firewall
from chahe.simulate.logs.texts import (
    Column,
    Ints,
    digits,
    hours,
    joined,
    listed,
    minutes_and_seconds,
    numbers_of,
)

Floats = NDArray[np.float64]
_SITES: Final = ("203.0.113.10", "203.0.113.24", "198.51.100.7", "198.51.100.91", "192.0.2.80")
_PORTS: Final = ((443, "HTTPS", 6), (53, "DNS", 17), (7001, "tcp/7001", 6), (123, "NTP", 17), (80, "HTTP", 6))
_ACTIONS: Final = ("close", "accept", "close", "deny", "timeout", "close", "client-rst", "accept")
_DENY: Final = _ACTIONS.index("deny")
_ADMIN: Final = 0.01
"""Lines of an administrator's sign-in, as a share."""
_MOST_SENT: Final = 9_200


def lines(wall: Firewall, moments: Ints, rng: RandomState) -> Column:
    """A line with its end for each moment in microseconds since 1970, in the words of the device's maker."""
    return (_fortigate if wall.maker == "fortigate" else _asa)(wall, moments, rng)


def _fortigate(wall: Firewall, moments: Ints, rng: RandomState) -> Column:
    chance, more = _drawn(len(moments), rng)
    hour, rest = hours(moments, "date=%Y-%m-%d time=%H:")
    head = joined(
        hour, minutes_and_seconds(rest), f' devname="{wall.device.upper()}" devid="{wall.serial}" eventtime=',
        digits(moments, 16), '000 tz="+0800" logid="',
    )  # fmt: skip
    action = _whole(chance, 8)
    sent = np.where(action == _DENY, 0, 200 + _whole(more, 9000))
    kind = (_whole(chance, 991) % len(_SITES) * len(_PORTS) + _whole(chance, 997) % len(_PORTS)) * len(
        _ACTIONS
    ) + action
    traffic = joined(
        "<189>", head, listed(_sources(), _whole(chance, 4) * 200 + _whole(chance, 1000) % 200),
        digits(20_000 + _whole(chance, 40_000), 5), listed(_kinds(), kind), listed(_durations(), _whole(chance, 90)),
        listed(_volumes(), sent),
    )  # fmt: skip
    signs_in = chance < _ADMIN
    if not signs_in.any():
        return traffic
    admin = joined(
        "<190>", head.filter(pa.array(signs_in)), '0100032001" type="event" subtype="system" level="information" vd="root" ',
        'logdesc="Admin login successful" sn="', numbers_of(moments[signs_in] // 1_000_000), '" user="netadmin" ui="https(10.10.9.8)" ',
        'action="login" status="success" srcip=10.10.9.8 dstip=10.10.9.1 msg="Administrator netadmin logged in"\n',
    )  # fmt: skip
    return pc.replace_with_mask(traffic, pa.array(signs_in), admin)


def _drawn(count: int, rng: RandomState) -> tuple[Floats, Floats]:
    """A first number for each line, and a second one for those whose volume it gives."""
    before = rng.get_state()
    numbers = rng.random_sample(2 * count)
    once = (numbers < _ADMIN) | (_whole(numbers, 8) == _DENY)
    places, place = np.empty(count + 1, dtype=np.int64), 0
    steps = (2 - once).tolist()
    found = []
    for _ in range(count):
        found.append(place)
        place += steps[place]
    places[:count], places[count] = found, place
    # What was drawn too far ahead belongs to the next block.
    rng.set_state(before)
    rng.random_sample(place)
    first = places[:count]
    return numbers[first], numbers[np.minimum(first + 1, 2 * count - 1)]


def _asa(wall: Firewall, moments: Ints, rng: RandomState) -> Column:
    chance = rng.random_sample(len(moments))
    hour, rest = hours(moments, "<166>%b %d %Y %H:")
    head = joined(hour, minutes_and_seconds(rest), f" {wall.device} : ")
    site = _whole(chance, 991) % len(_SITES)
    inside = joined(
        "10.30.1.", listed(_numbers(), 10 + _whole(chance, 1000) % 200), "/", digits(20_000 + _whole(chance, 40_000), 5)
    )
    connection = digits(100_000 + _whole(chance, 800_000), 6)
    built, denied = chance < 0.5, chance >= 0.95
    opened = joined(
        head, "%ASA-6-302013: Built outbound TCP connection ", connection, listed([f" for outside:{one}/443 ({one}/443) to inside:" for one in _SITES], site),
        inside, " (", inside, ")\n",
    )  # fmt: skip
    closed = joined(
        head, "%ASA-6-302014: Teardown TCP connection ", connection, listed([f" for outside:{one}/443 to inside:" for one in _SITES], site),
        inside, " duration 0:00:", digits(_whole(chance, 50), 2), " bytes ", listed(_numbers(), _whole(chance, 9000)), " TCP FINs\n",
    )  # fmt: skip
    refused = joined(
        head, "%ASA-4-106023: Deny tcp src outside:198.51.100.", listed(_numbers(), _whole(chance, 200)), "/",
        digits(40_000 + _whole(chance, 20_000), 5), ' dst inside:10.30.1.20/22 by access-group "outside_in" [0x0, 0x0]\n',
    )  # fmt: skip
    return pc.if_else(pa.array(built), opened, pc.if_else(pa.array(denied), refused, closed))


def _whole(shares: Floats, limit: int) -> Ints:
    return (shares * limit).astype(np.int64)


@cache
def _numbers() -> Column:
    return pa.array([str(one) for one in range(9_000)])


@cache
def _sources() -> Column:
    traffic = '0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=10.10.'
    return pa.array([f"{traffic}{1 + net}.{10 + host} srcport=" for net in range(4) for host in range(200)])


@cache
def _kinds() -> Column:
    return pa.array(
        [
            f' srcintf="lan" dstip={site} dstport={port} dstintf="wan1" policyid={99 if action == "deny" else 12} proto={protocol} '
            f'action="{action}" service="{service}" duration='
            for site in _SITES
            for port, service, protocol in _PORTS
            for action in _ACTIONS
        ]
    )


@cache
def _durations() -> Column:
    return pa.array([f"{one} sentbyte=" for one in range(90)])


@cache
def _volumes() -> Column:
    return pa.array([f"{one} rcvdbyte={3 * one}\n" for one in range(_MOST_SENT)])
