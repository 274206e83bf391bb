r"""Palo Alto's firewalls: PAN-OS's CSV behind syslog's header or bare, CEF, LEEF, and the JSON of Strata Logging Service.

    <14>Nov 22 09:00:01 PA-1 1,2026/11/22 09:00:01,007051000000001,TRAFFIC,end,2817,2026/11/22 09:00:00,10.1.2.3,192.0.2.7,…
    1,2026/11/22 09:00:02,007051000000001,SYSTEM,auth,2817,2026/11/22 09:00:02,,auth-fail,LDAP,0,0,general,medium,"failed …",…
    1,2026-11-22T01:00:02.000000Z,007051000000001,TRAFFIC,end,11.1,2026-11-22T01:00:00.000000Z,10.1.2.3,192.0.2.7,…
    CEF:0|Palo Alto Networks|LF|2.0|TRAFFIC|end|3|dtz=UTC rt=Nov 22 2026 01:00:01 deviceExternalId=007051000000001 src=10.1.2.3 …
    LEEF:2.0|Palo Alto Networks|Next Generation Firewall|11.1|allow|x09|cat=traffic	DeviceSN=007051000000001	src=10.1.2.3 …
    {"LogType":"TRAFFIC","Subtype":"end","TimeGenerated":"2026-11-22T01:00:00.000000Z","SourceAddress":"10.1.2.3", …}

Where the fields stand is in `paloalto_layouts`. Every record is a row, whatever its type, so that coverage counts it; one of a
type not known here has its time, serial number and no more. The time is the precise one where the record has it (PAN-OS 10
and later), else when the record was generated, in the zone of the context where it names none; the logging service
writes UTC. An export from the firewall's screens, with its headings, is read, too, also where a spreadsheet wrote the
dates back (2026/11/22 9:00). Accounts are without their domains; where the source has no user, the destination's counts.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.firewall_logs.paloalto_sessions import EXTRAS
from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.paloalto_rows`."""
    from chahe.sources.firewall_logs.paloalto_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context)


_TIME = r'"?(?:\d{1,4}/\d{1,2}/\d{1,4} \d{1,2}:\d{2}(?::\d{2})?|\d{4}-\d\d-\d\dT[\d:.]+Z)"?'
_TYPES = (
    "TRAFFIC|THREAT|URL|WILDFIRE|DATA|FILE|SYSTEM|CONFIG|GLOBALPROTECT|AUTH|AUTHENTICATION|USERID|HIPMATCH|HIP-MATCH|"
    "IPTAG|DECRYPTION|TUNNEL|START|END|SCTP|GTP|CORRELATION"
)
_CSV = re.compile(
    rf'[^,{{|]*,{_TIME},"?\w+"?,"?(?:{_TYPES})"?,[^,]*,[^,]*,{_TIME},|[^,{{|]*,{_TIME},\w+,\d+,\w+,GLOBALPROTECT,',
    re.ASCII,
)
_KEYED = re.compile(r"[^|{]*\b(?:CEF:\d|LEEF:[\d.]+)\|Palo Alto Networks\|", re.ASCII)
_JSON_KEYS = tuple(re.compile(rf'"{key}"\s*:') for key in ("LogType", r"Sub[tT]ype", "TimeGenerated|EventTime"))
_HEADINGS = re.compile(r'"?Domain"?,"?Receive Time"?,')


def recognise(head: Head) -> Match | None:
    """Known when half of the lines or more are records of PAN-OS or of its logging service, in any of their forms."""
    lines = [line for line in head.text.splitlines()[:200] if line.strip()]
    if len(lines) > 1 and not head.whole:
        lines.pop()
    known = sum(_is_record(line) for line in lines)
    if not known or 2 * known < len(lines):
        return None
    return Match(
        96, f"{known} of the first {len(lines)} lines are Palo Alto's: CSV by type, CEF, LEEF, or JSON with LogType"
    )


def _is_record(line: str) -> bool:
    if _CSV.match(line) or _KEYED.match(line) or _HEADINGS.match(line):
        return True
    begin = line.find("{")
    return begin >= 0 and "LogType" in line and all(key.search(line, begin) for key in _JSON_KEYS)


reader = LineReader(
    name="paloalto",
    title=Text("Palo Alto 防火牆日誌（CSV、CEF、LEEF、JSON）", "Palo Alto firewall logs (CSV, CEF, LEEF, JSON)"),
    version=1,
    table="firewall_events",
    recognise=recognise,
    columns=columns,
    extras=EXTRAS,
    reasons={
        "blank": Text("空白行", "blank line"),
        "heading": Text("匯出檔的標題列", "the heading line of an export"),
        "stranger": Text(
            "這一行不是 Palo Alto 的紀錄：找不到紀錄類別（TRAFFIC、THREAT、SYSTEM…）與時間；請確認檔案來源，或將其他設備的紀錄分開",
            "this line is not Palo Alto's: it has no type (TRAFFIC, THREAT, SYSTEM …) and time; "
            "check where the file comes from, or part other devices' records from it",
        ),
        "broken": Text(
            "這一行不完整：引號不成對，或 JSON、CEF、LEEF 的結構中斷，欄位無法確定；請確認紀錄是否在傳送時被截斷（syslog 常限制長度）",
            "this line is not whole: its quotes do not pair, or its JSON, CEF or LEEF breaks off, so its fields are unsure; "
            "check whether the record was cut in transit (syslog often limits the length)",
        ),
        "number": Text(
            "此欄應為數字（連接埠為 0 至 65535）；請確認紀錄是否遭截斷或改寫",
            "this field must be a number (ports from 0 to 65535); check whether the record was cut or rewritten",
        ),
        "time": Text(
            "時間無法解讀（應如 2026/11/22 09:00:00）；請確認紀錄是否遭截斷，或匯出檔是否被試算表改寫",
            "the time cannot be read (it should be like 2026/11/22 09:00:00); "
            "check whether the record was cut, or the export rewritten by a spreadsheet",
        ),
    },
    settings=(
        Setting(
            "device",
            Text("設備名稱，用於紀錄未載設備名稱的檔案", "the device's name, for files whose records name no device"),
        ),
    ),
)
