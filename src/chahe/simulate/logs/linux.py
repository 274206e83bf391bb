"""Sign-in logs of the Linux hosts: rsyslog's ISO times by half-year, or one year-less RFC 3164 file from the beginning.

Each hour the monitoring host signs in with its key; people sign in with passwords; what they did as root stands in sudo's
and su's own words.
"""

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from chahe.simulate.cast.staff_and_systems import RootUse, SignIn
from chahe.simulate.days import DAY, HOUR_US, at, clock, days_from, half_years, us
from chahe.simulate.files import write_gzip, write_text
from chahe.simulate.life.company import MONITOR, WEB, Firm
from chahe.simulate.life.holders import LINUX

_YEARLESS: Final = WEB
"""Its /var/log/secure was never rotated and names no years."""
_KEY = "ED25519 SHA256:wM3xq0cJm2nB8ZkT4vYdH6sR1uEoLpA9fGiXtKqWbNs"
_STRANGERS: Final = ("admin", "test", "oracle", "ubuntu", "postgres")


class _Entry(NamedTuple):
    micros: int
    text: str


def write_linux_logs(firm: Firm, folder: Path) -> None:
    """`HOST/auth_YYYYHn.log.gz`, or for the host without years one `HOST/secure`, CRLF and all."""
    for host in map(firm.called, LINUX):
        entries = sorted(_entries(firm, host))
        for silence in firm.host_silences.get(host, []):
            begin, end = us(silence.begins), us(silence.ends)
            entries = [one for one in entries if not begin <= one.micros <= end]
            silence.last_us = max(one.micros for one in entries if one.micros < begin)
        if host == firm.called(_YEARLESS):
            text = "".join(f"{_bsd(one.micros)} {host} {one.text}\r\n" for one in entries)
            write_text(folder / host / "secure", text)
            continue
        for half, first, last in half_years(firm.log_from[host], firm.as_of):
            begin, end = us(at(first, 0)), us(at(last, 23)) + HOUR_US
            inside = [one for one in entries if begin <= one.micros < end]
            text = "".join(f"{_iso(one.micros)} {host} {one.text}\n" for one in inside)
            if text:
                write_gzip(folder / host / f"auth_{half}.log.gz", text)


def _bsd(micros: int) -> str:
    day, time = clock(micros)
    return f"{day.bsd} {time}"


def _iso(micros: int) -> str:
    day, time = clock(micros)
    return f"{day.iso}T{time}.{micros % 1_000_000:06}+08:00"


def _entries(firm: Firm, host: str) -> list[_Entry]:
    rng = firm.rng(f"auth {host}")
    entries: list[_Entry] = []
    begin, end = us(at(firm.log_from[host], 0)), us(at(firm.as_of, 23)) + HOUR_US
    for hour_us in range(begin, end, HOUR_US):
        for _ in range(firm.size.monitoring_an_hour):
            _monitoring(entries, hour_us + int(rng.random() * HOUR_US), rng)
    for sign_in in firm.sign_ins:
        if sign_in.host == host:
            _sign_in(entries, sign_in, rng)
    for use in firm.root_uses:
        if use.host == host:
            _root_use(entries, use, rng)
    if host == firm.called(WEB):
        for when, person in firm.access.told_in_clear:
            entries.append(
                _Entry(us(when), f"weborder[2207]: DEBUG customer {person} placed order no=W{us(when) % 10**9:09}")
            )
        for day in days_from(firm.as_of - 30 * DAY, firm.as_of):
            _stranger(entries, day_us=us(at(day, 3, 12)), rng=rng)
    return [one for one in entries if begin <= one.micros < end]


def _monitoring(entries: list[_Entry], micros: int, rng: Random) -> None:
    port, process = 30000 + int(rng.random() * 30000), 1000 + int(rng.random() * 30000)
    entries.append(
        _Entry(micros, f"sshd[{process}]: Accepted publickey for opsmon from {MONITOR} port {port} ssh2: {_KEY}")
    )


def _sign_in(entries: list[_Entry], one: SignIn, rng: Random) -> None:
    micros = us(one.when)
    port, process = 30000 + int(rng.random() * 30000), 1000 + int(rng.random() * 30000)
    where = f"from {one.address} port {port}"
    if rng.random() < 0.2:
        entries.append(_Entry(micros - 9_000_000, f"sshd[{process}]: Failed password for {one.account} {where} ssh2"))
    entries.append(_Entry(micros, f"sshd[{process}]: Accepted password for {one.account} {where} ssh2"))
    entries.append(_Entry(micros + 40_000, f"systemd-logind[812]: New session {process} of user {one.account}."))
    entries.append(
        _Entry(
            micros + 1_800_000_000, f"sshd[{process}]: Disconnected from user {one.account} {one.address} port {port}"
        )
    )


def _root_use(entries: list[_Entry], one: RootUse, rng: Random) -> None:
    _sign_in(entries, SignIn(one.host, one.account, one.when - timedelta(minutes=2), one.address), rng)
    micros = us(one.when)
    process = 1000 + int(rng.random() * 30000)
    if one.by_su:
        entries.append(_Entry(micros - 1000, f"su[{process}]: (to root) {one.account} on pts/0"))
        session = f"session opened for user root(uid=0) by {one.account}(uid=1004)"
        entries.append(_Entry(micros, f"su[{process}]: pam_unix(su:session): {session}"))
        return
    entries.append(
        _Entry(
            micros,
            f"sudo[{process}]: {one.account:>8} : TTY=pts/0 ; PWD=/home/{one.account} ; USER=root ; COMMAND={one.command}",
        )
    )


def _stranger(entries: list[_Entry], *, day_us: int, rng: Random) -> None:
    name = _STRANGERS[int(rng.random() * len(_STRANGERS))]
    process = 1000 + int(rng.random() * 30000)
    entries.append(
        _Entry(
            day_us + int(rng.random() * 1_000_000),
            f"sshd[{process}]: Failed password for invalid user {name} from 198.51.100.{int(rng.random() * 200)} port "
            f"{30000 + int(rng.random() * 30000)} ssh2",
        )
    )
