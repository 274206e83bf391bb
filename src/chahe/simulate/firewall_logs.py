"""Firewall logs by calendar half-year: FortiGate key-value lines as its syslog sends them, and Cisco ASA syslog with years."""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import Final

from chahe.simulate.cast import Export, Firewall, Silence
from chahe.simulate.company import Firm
from chahe.simulate.days import DAY, HOUR_US, at, clock, half_years, moment_of, us
from chahe.simulate.files import gzip_lines, write_gzip

_BUSY_DAYS: Final = 56
_LINES: Final = 20_000
_EPOCH: Final = date(1970, 1, 1)
_SITES: Final = ("203.0.113.10", "203.0.113.24", "198.51.100.7", "198.51.100.91", "192.0.2.80")
_PORTS: Final = ((443, "HTTPS", 6), (53, "DNS", 17), (7001, "tcp/7001", 6), (123, "NTP", 17), (80, "HTTP", 6))
_ACTIONS: Final = ("close", "accept", "close", "deny", "timeout", "close", "client-rst", "accept")


def write_firewall_logs(firm: Firm, folder: Path, later: Path) -> None:
    """One file a device and half-year, `DEVICE_YYYYHn.log.gz`, until the end of the as-of day; `later` takes what was exported again."""
    for wall in firm.firewalls:
        rng = firm.rng(f"firewall {wall.device}")
        last = wall.retired or firm.as_of
        for half, first_day, last_day in half_years(wall.log_from, last):
            # All moments are drawn before the first line: once to get past them, and again one by one, so that none is held.
            again = Random()
            again.setstate(rng.getstate())
            stretch = us(at(first_day, 0)), us(at(last_day, 23)) + HOUR_US
            deque(_moments(firm, wall, rng, *stretch), maxlen=0)
            moments = _moments(firm, wall, again, *stretch)
            name = f"{wall.device}_{half}.log.gz"
            twice = [again for again in wall.exported_again if again.half == half]
            kept = _write_half(firm, wall, rng, moments, folder / wall.device / name, keep=bool(twice))
            for export in twice:
                lines = [line for moment, line in kept if not _is_cut(export, moment)]
                write_gzip(later / wall.device / name, "\r\n".join(reversed(lines)) + "\r\n")


def _write_half(
    firm: Firm, wall: Firewall, rng: Random, moments: Iterator[int], path: Path, *, keep: bool
) -> list[tuple[int, str]]:
    """The log some thousand lines at a time; all of them again where they will be exported anew. No file without records."""
    write = _fortigate if wall.maker == "fortigate" else _asa
    kept: list[tuple[int, str]] = []
    first = next(moments, None)
    if first is None:
        return kept
    with gzip_lines(path) as log:
        left = chain([first], moments)
        while block := list(islice(left, _LINES)):
            lines = [write(wall, moment, rng) for moment in block]
            log.write("\n".join(lines) + "\n")
            # A day of the Taipei clock begins eight hours before that of 1970's.
            for number, count in Counter((moment + 8 * HOUR_US) // (24 * HOUR_US) for moment in block).items():
                firm.watch.logged[wall.device, _EPOCH + number * DAY] += count
            kept += zip(block, lines, strict=True) if keep else ()
    return kept


def _is_cut(again: Export, micros: int) -> bool:
    day = again.without_night_of
    return day is not None and 0 <= micros - us(at(day, 2)) < again.minutes * 60_000_000


def _moments(firm: Firm, wall: Firewall, rng: Random, begin_us: int, end_us: int) -> Iterator[int]:
    """Evenly spread moments with a little jitter: never two in one step, never none, but for the silences."""
    busy_from = us(at(firm.as_of, 0)) - _BUSY_DAYS * 24 * HOUR_US if wall.busy else end_us
    silent = [(us(one.begins), us(one.ends), one) for one in wall.silences]
    for hour_us in range(begin_us, end_us, HOUR_US):
        count = wall.per_hour
        if hour_us >= busy_from:
            by_day = 9 <= moment_of(hour_us).hour < 18
            count = max(30 + int(rng.random() * 31) if by_day else 8, wall.per_hour)
        step = HOUR_US // count
        for nth in range(count):
            moment = hour_us + nth * step + int(rng.random() * step)
            if wall.maker == "asa":
                moment -= moment % 1_000_000
            if not _falls_silent(silent, moment):
                yield moment


def _falls_silent(silent: list[tuple[int, int, Silence]], moment: int) -> bool:
    """Is a moment inside a silence? Notes the last moment before each one."""
    for begin, end, one in silent:
        if begin <= moment <= end:
            return True
        if moment < begin:
            one.last_us = moment
    return False


def _fortigate(wall: Firewall, micros: int, rng: Random) -> str:
    chance = rng.random()
    day, time = clock(micros)
    stamp = f'date={day.iso} time={time} devname="{wall.device.upper()}" devid="{wall.serial}"'
    zone = f'eventtime={micros * 1000} tz="+0800"'
    if chance < 0.01:
        return (
            f'<190>{stamp} {zone} logid="0100032001" type="event" subtype="system" level="information" vd="root" '
            f'logdesc="Admin login successful" sn="{micros // 1_000_000}" user="netadmin" ui="https(10.10.9.8)" '
            f'action="login" status="success" srcip=10.10.9.8 dstip=10.10.9.1 msg="Administrator netadmin logged in"'
        )
    port, service, protocol = _PORTS[int(chance * 997) % len(_PORTS)]
    action = _ACTIONS[int(chance * 8)]
    sent = 0 if action == "deny" else 200 + int(rng.random() * 9000)
    return (
        f'<189>{stamp} {zone} logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" '
        f"srcip=10.10.{1 + int(chance * 4)}.{10 + int(chance * 1000) % 200} srcport={20000 + int(chance * 40000)} "
        f'srcintf="lan" dstip={_SITES[int(chance * 991) % len(_SITES)]} dstport={port} dstintf="wan1" '
        f'policyid={99 if action == "deny" else 12} proto={protocol} action="{action}" service="{service}" '
        f"duration={int(chance * 90)} sentbyte={sent} rcvdbyte={sent * 3}"
    )


def _asa(wall: Firewall, micros: int, rng: Random) -> str:
    chance = rng.random()
    day, time = clock(micros)
    header = f"<166>{day.day_and_year} {time} {wall.device} : "
    inside = f"inside:10.30.1.{10 + int(chance * 1000) % 200}/{20000 + int(chance * 40000)}"
    site = f"{_SITES[int(chance * 991) % len(_SITES)]}/443"
    connection = 100000 + int(chance * 800000)
    if chance < 0.5:
        return (
            f"{header}%ASA-6-302013: Built outbound TCP connection {connection} for outside:{site} ({site}) "
            f"to {inside} ({inside.removeprefix('inside:')})"
        )
    if chance < 0.95:
        return (
            f"{header}%ASA-6-302014: Teardown TCP connection {connection} for outside:{site} to {inside} "
            f"duration 0:00:{int(chance * 50):02} bytes {int(chance * 9000)} TCP FINs"
        )
    return (
        f"{header}%ASA-4-106023: Deny tcp src outside:198.51.100.{int(chance * 200)}/{40000 + int(chance * 20000)} "
        f'dst inside:10.30.1.20/22 by access-group "outside_in" [0x0, 0x0]'
    )
