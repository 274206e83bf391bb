"""FortiGate's syslog: key-value lines, their comma form, and CEF, mixed as relays and years leave them.

    <189>date=2026-11-22 time=09:00:00 devname="FG-1" devid="FG100E1" eventtime=1795309200123456789 tz="+0800" logid="0000000013" type="traffic" subtype="forward" srcip=10.1.2.3 srcport=50100 dstip=192.0.2.7 dstport=443 proto=6 action="close" policyid=7 sentbyte=920 rcvdbyte=4100
    date=2026-11-22,time=09:00:01,logid="0100032001",type="event",subtype="system",action=login,user="admin"
    CEF:0|Fortinet|Fortigate|v7.4.9|00013|traffic:forward deny|3|deviceExternalId=FG100E1 FTNTFGTeventtime=1795309200 cat=traffic:forward src=10.1.2.3 dst=192.0.2.7 act=deny

Keys as Fortinet's FortiOS Log Message Reference names them; `device_id`, `log_id`, `src`, `sent` … are those of FortiOS 3 and 4.
A session that was closed, reset by an end or timed out had been let through. Of `eventtime`, the number of digits says
whether it counts seconds, milli-, micro- or nanoseconds; without it `date`, `time` and `tz` count, in the zone of the
context where `tz` is absent. What stands in `dstip` and is no address (a name) is left out. Sign-ins and remote sessions
among the events are of auth_events and remote_sessions, too: see `fortigate_sessions`.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.firewall_logs.fortigate_sessions import EXTRAS
from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.fortigate_rows`."""
    from chahe.sources.firewall_logs.fortigate_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context)


# What stands before a record's first key is a header of syslog or nothing: no quote, no brace, no other format's `=`.
_KEYED = re.compile(r'[^="{]*\b[A-Za-z_]+=(?=[^ ])')
_NAMED = tuple(re.compile(rf"(?:^|[ ,>]){key}=") for key in ("log_?id", "type", "subtype"))
_CEF = re.compile(r'[^="{]*\|Fortinet\|Forti')


def recognise(head: Head) -> Match | None:
    """Known when half of the lines or more are FortiOS's records, or Fortinet's in CEF, behind syslog's header or none."""
    if head.text.lstrip().startswith(("{", "[")):
        return None
    lines = [line for line in head.text.splitlines()[:200] if line.strip()]
    known = sum(_is_record(line) for line in lines)
    if not known or 2 * known < len(lines):
        return None
    return Match(
        95, f"{known} of the first {len(lines)} lines have FortiOS's keys logid=, type= and subtype=, or its CEF header"
    )


def _is_record(line: str) -> bool:
    keyed = _KEYED.match(line) is not None and all(key.search(line) for key in _NAMED)
    return keyed or _CEF.match(line) is not None


reader = LineReader(
    name="fortigate",
    title=Text("FortiGate 防火牆日誌（syslog、CSV、CEF）", "FortiGate firewall logs (syslog, CSV, CEF)"),
    version=3,
    table="firewall_events",
    recognise=recognise,
    columns=columns,
    extras=EXTRAS,
    reasons={
        "blank": Text("空白行", "blank line"),
        "stranger": Text(
            "這一行不是 FortiGate 日誌：找不到 type 與 logid；請確認檔案來源，或將其他設備的紀錄分開",
            "this line is not FortiGate's: it has no type and logid; check where the file comes from, or part other devices' records from it",
        ),
        "quotes": Text(
            "這一行的引號不成對，欄位無法確定；請確認紀錄是否在傳送時被截斷",
            "the quotes of this line do not pair, so its fields are unsure; check whether the record was cut in transit",
        ),
        "number": Text(
            "此欄應為數字（連接埠為 0 至 65535）；請確認紀錄是否遭截斷或改寫",
            "this field must be a number (ports from 0 to 65535); check whether the record was cut or rewritten",
        ),
        "time": Text(
            "時間無法解讀（eventtime 或 date、time、tz）；請確認紀錄是否遭截斷或改寫",
            "the time cannot be read (eventtime, or date, time and tz); check whether the record was cut or rewritten",
        ),
    },
    settings=(
        Setting(
            "device",
            Text("設備名稱，用於紀錄未載 devname 的檔案", "the device's name, for files whose records have no devname"),
        ),
    ),
)
