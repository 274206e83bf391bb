"""Sign-ins of the settlement host as Event Viewer exports them: Windows Security events in XML, UTF-8 with CRLF, by half-year."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from random import Random
from typing import Final

from chahe.simulate.cast.staff_and_systems import SignIn
from chahe.simulate.days import at, days_from, half_years, moment_of, us
from chahe.simulate.files import write_gzip
from chahe.simulate.life.company import WIN, Firm

_NAMESPACE: Final = "http://schemas.microsoft.com/win/2004/08/events/event"
_HOURS: Final = (1, 5, 9, 13, 17, 21)
"""When the monitoring service signs in from the monitoring host."""
_MONITOR: Final = "10.10.9.5"
_SUCCESS: Final = "0x8020000000000000"
_UNNAMED = "-"


def write_windows_logs(firm: Firm, folder: Path) -> None:
    """`HOST/security_YYYYHn.xml.gz`."""
    rng, host = firm.rng("windows"), firm.called(WIN)
    for half, first, last in half_years(firm.log_from[host], firm.as_of):
        sign_ins = [
            *_monitoring(firm, rng, first.toordinal(), last.toordinal()),
            *(one for one in firm.sign_ins if one.host == host and first <= one.when.date() <= last),
        ]
        sign_ins.sort(key=lambda one: us(one.when))
        events = [_event(one, rng, nth) for nth, one in enumerate(sign_ins, 1)]
        text = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events>' + "".join(events) + "</Events>\r\n"
        write_gzip(folder / host / f"security_{half}.xml.gz", text)


def _monitoring(firm: Firm, rng: Random, first: int, last: int) -> Iterator[SignIn]:
    begin = firm.as_of.fromordinal(first)
    for day in days_from(begin, firm.as_of.fromordinal(last)):
        for hour in _HOURS:
            when = at(day, hour, int(rng.random() * 60), int(rng.random() * 60), int(rng.random() * 1_000_000))
            yield SignIn(firm.called(WIN), "svc_mon", when, _MONITOR)


def _event(one: SignIn, rng: Random, nth: int) -> str:
    moment = moment_of(us(one.when)).astimezone(UTC)
    stamp = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06}{nth % 10}Z"
    computer = one.host.upper()
    kind = "2" if one.console else "3" if one.account == "svc_mon" or one.address is None else "10"
    data = {
        "SubjectUserSid": "S-1-5-18",
        "SubjectUserName": f"{computer}$",
        "SubjectDomainName": "WORKGROUP",
        "SubjectLogonId": "0x3e7",
        "TargetUserSid": "S-1-5-21-1004336348-1177238915-682003330-1004",
        "TargetUserName": one.account,
        "TargetDomainName": computer,
        "TargetLogonId": f"0x{int(rng.random() * 16**6):x}",
        "LogonType": kind,
        "LogonProcessName": "User32 " if one.console else "NtLmSsp ",
        "AuthenticationPackageName": "Negotiate",
        "WorkstationName": computer if one.console else _UNNAMED,
        "IpAddress": one.address or ("127.0.0.1" if one.console else _UNNAMED),
        "IpPort": str(49152 + int(rng.random() * 16000)) if one.address else "0",
    }
    written = "".join(f"<Data Name='{name}'>{value}</Data>" for name, value in data.items())
    return (
        f"<Event xmlns='{_NAMESPACE}'><System><Provider Name='Microsoft-Windows-Security-Auditing' "
        "Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>4624</EventID><Version>2</Version><Level>0</Level>"
        f"<Task>12544</Task><Opcode>0</Opcode><Keywords>{_SUCCESS}</Keywords><TimeCreated SystemTime='{stamp}'/>"
        f"<EventRecordID>{100000 + us(one.when) // 60_000_000 % 900000}</EventRecordID><Channel>Security</Channel>"
        f"<Computer>{computer}</Computer></System><EventData>{written}</EventData></Event>\r\n"
    )
