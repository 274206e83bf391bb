r"""Check Point's logs, as Log Exporter, LEA clients, `fw log -l`, `fw logexport` and SmartView Tracker write them, mixed as they come.

    <134>1 2026-11-22T01:00:00Z mgmt1 CheckPoint 13752 - [action:"Accept"; ifdir:"inbound"; origin:"10.1.1.1"; time:"1795309200"; originsicname:"CN=fw1,O=mgmt1.example.k3xyz"; dst:"192.0.2.7"; product:"VPN-1 & FireWall-1"; proto:"6"; rule_name:"web out"; s_port:"50100"; service:"443"; src:"10.1.2.3"; ]
    <134>1 2026-11-22T01:00:00Z mgmt1 CheckPoint 13752 - {"action":"Accept","origin":"10.1.1.1","loguid":"{0x6a1,0x0}","time":"1795309200","src":"10.1.2.3","dst":"192.0.2.7","service":"443","proto":"6"}
    time=1795309200|hostname=mgmt1|product=VPN-1 & FireWall-1|action=Drop|origin=10.1.1.1|src=10.1.2.3|s_port=50100|dst=192.0.2.7|service=22|proto=6|
    loc=7803|time=22Nov2026 09:00:00|action=accept|orig=fw1|i/f_dir=inbound|src=10.1.2.3|s_port=50100|dst=192.0.2.7|service=443|proto=tcp|rule=7
    22Nov2026 09:00:00 accept 10.1.1.1 >eth0 rule: 7; service_id: https; src: 10.1.2.3; dst: 192.0.2.7; proto: tcp; service: 443; s_port: 50100;
    "22" "22Nov2026" "09:00:00" "eth0" "fw1" "Log" "Accept" "443" "50100" "10.1.2.3" "192.0.2.7" "tcp" "7" "web out" "7-Standard" "" "inzone: Internal" "VPN-1 & FireWall-1" "" ""
    num;date;time;orig;type;action;alert;i/f_name;i/f_dir;product;src;s_port;dst;service;proto;rule
    22;22Nov2026;9:00:00;fw1;log;accept;;eth0;inbound;VPN-1 & FireWall-1;10.1.2.3;50100;192.0.2.7;https;tcp;7
    CEF:0|Check Point|VPN-1 & FireWall-1|Check Point|Log|https|Unknown|act=Accept rt=1795309200000 spt=50100 dpt=443 cs2Label=Rule Name cs2=web out origin=10.1.1.1 src=10.1.2.3 dst=192.0.2.7 proto=6

Names of fields are those of Check Point's "Log fields description" (sk144192) and of Log Exporter's mappings (sk122323). The
device is the gateway by its name, from its certificate's (`originsicname`) where no field says it, or by its address; the
header names the server that sent the records on, and only counts without these. A time without a zone is in the
context's. Services that are named count by the port Check Point defines them with; others have no port. Line ends that a
relay wrote as `#012`, `#013` or `#015` are blanks. `fw log` without `-l` leaves out the day: such lines are rejected.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context, years: Any) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.checkpoint_rows`."""
    from chahe.sources.firewall_logs.checkpoint_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


def headings(lines: Any, before: bytes) -> bytes:  # noqa: ANN401 - as above
    """The heading of lists in force behind lines."""
    from chahe.sources.firewall_logs.checkpoint_lists import behind  # noqa: PLC0415 - as above

    return behind(lines, before)


_DAY = r"\d{1,2}(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\d{4}"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r'[^"{\[]{0,200}\[(?=[a-z_]+:{1,2}")(?=.*\b(?:action|origin|originsicname|origin_sic_name|loguid):")',
        r"[^\"{|]{0,200}?\b[\w/]+=[^|]*\|(?=(?:.*\|)?(?:orig|origin|originsicname|product)=)(?=.*\|i/f_|.*\|ifdir=|.*VPN-1|.*\|loguid=)",
        rf"[^\"{{|;]{{0,200}}?\b{_DAY} +\d{{1,2}}:\d\d:\d\d .*(?:[<>]\S* .*|: .*; (?:src|product|ProductName|OriginSicName): )",
        rf"[^\"{{|;]{{0,200}}?HeaderDateHour: ?{_DAY} ",
        rf'[^"{{]{{0,200}}"\d+" "{_DAY}" "\d{{1,2}}:\d\d:\d\d" "',
        rf"\d+([;,|\t]){_DAY}\1\d{{1,2}}:\d\d:\d\d\1",
        r"num([;,|\t])date\1time\1",
        r'[^"{]{0,400}?(?:\b0|CEF: ?0|LEEF:[12]\.0)\|(?:Check ?Point\||\|Check Point\|)',
    )
)


# An object that has no other around it: what quotes records has them within another's value.
_OBJECT = re.compile(
    r'[^"{\[]{0,200}\{"(?=[^{}]*"(?:loguid|originsicname|origin_sic_name)" ?:)(?=.*"(?:action|product)" ?:).*\}\s*$'
)


def recognise(head: Head) -> Match | None:
    """Known when half of the lines or more are in one of Check Point's forms, behind syslog's header or none."""
    lines = [line for line in head.text.splitlines()[:200] if line.strip()]
    if lines and lines[0].lstrip().startswith(("{", "[{", "[\n")) and not _OBJECT.match(lines[0]):
        return None
    known = sum(any(form.match(line) for form in (*_FORMS, _OBJECT)) for line in lines)
    if not known or 2 * known < len(lines):
        return None
    return Match(95, f"{known} of the first {len(lines)} lines are records in one of Check Point's forms")


reader = LineReader(
    name="checkpoint",
    title=Text("Check Point 防火牆日誌", "Check Point firewall logs"),
    version=1,
    table="firewall_events",
    recognise=recognise,
    columns=columns,
    headings=headings,
    syslog=True,
    reasons={
        "blank": Text("空白行", "blank line"),
        "heading": Text("清單的標題或日期行", "the heading of a list, or the line of its day"),
        "stranger": Text(
            "這一行不是 Check Point 的紀錄；請確認檔案來源，或將其他設備的紀錄分開",
            "this line is no record of Check Point's; check where the file comes from, or part other devices' records from it",
        ),
        "quotes": Text(
            "這一行的引號不成對，欄位無法確定；請確認紀錄是否在傳送時被截斷",
            "the quotes of this line do not pair, so its fields are unsure; check whether the record was cut in transit",
        ),
        "cut": Text(
            "這一行的括號沒有結束，後面的欄位不見了；請確認紀錄是否在傳送時被截斷",
            "the bracket or brace of this line is never closed, so fields are missing; check whether the record was cut in transit",
        ),
        "dateless": Text(
            "這一行只有時間、沒有日期；請改用 fw log -l 重新匯出",
            "this line has a time but no day; export it again with fw log -l",
        ),
        "headless": Text(
            "這一行之前沒有欄名（num;date;time;…），不知道各欄是什麼；請連同 fw logexport 的第一行一起提供",
            "no line before this one names the columns (num;date;time;…); bring the list with the first line of fw logexport",
        ),
        "number": Text(
            "此欄應為數字（連接埠為 0 至 65535）；請確認紀錄是否遭截斷或改寫",
            "this field must be a number (ports from 0 to 65535); check whether the record was cut or rewritten",
        ),
        "time": Text(
            "時間無法解讀；請確認紀錄是否遭截斷或改寫",
            "the time cannot be read; check whether the record was cut or rewritten",
        ),
    },
    settings=(
        Setting(
            "device",
            Text(
                "防火牆名稱，用於紀錄未載閘道的檔案",
                "the firewall's name, for files whose records do not name the gateway",
            ),
        ),
    ),
)
