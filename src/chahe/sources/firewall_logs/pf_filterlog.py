r"""Packets that pf logged on pfSense and OPNsense: lists of values by the program filterlog.

    <134>Nov 22 09:00:00 gate1 filterlog[97530]: 146,,,1535324496,igb1,match,block,in,4,0x0,,63,12617,0,DF,6,tcp,60,10.1.2.3,192.0.2.7,50100,443,0,S,1891286705,,64240,,mss
    Nov 22 09:00:01 filterlog[15307]: 6,,,1000000105,igb1.27,match,pass,in,6,0x00,0xf6279,1,UDP,17,32,fe80::1,ff02::1:2,546,547,32
    <134>1 2026-11-22T09:00:02+08:00 gate1 filterlog 76404 - [meta sequenceId="1"] 91,,,0b2f…,igb0,match,pass,out,4,0x0,,64,19736,0,DF,1,icmp,96,10.1.2.3,192.0.2.7,request,29705,76

Values by position (Netgate, "Raw Filter Log Format"): 0 number of the rule, 3 its tracker, 6 what was done, 8 version of IP; of
IPv4 16 protocol, 17 length, 18 and 19 addresses, 20 and 21 ports of TCP, UDP and SCTP; of IPv6 12, 14, 15 and 16, 17 and 18.
`bytes_sent` is the packet's length. The rule is its tracker (a number on pfSense, an identifier on OPNsense), which stays when
rules are moved, or else its number. Lines of other programs are skipped. filterlog's lines without syslog's header are
read, too, and have no time.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context, years: Any) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.pf_filterlog_rows`."""
    from chahe.sources.firewall_logs.pf_filterlog_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


_PACKET = re.compile(
    r"(?:[^,{]{0,120}\bfilterlog(?:\[\d+\])?:? [^,{]{0,80}?)?\d+,[^,]*,[^,]*,[^,]*,[^,]+,[^,]+,[a-z]+,[a-z/]+,[46],",
    re.ASCII,
)
_OF_A_LOG = re.compile(
    r"(?:<\d{1,3}>)?(?:1 )?(?:[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)"
)
_FEW = 20


def recognise(head: Head) -> Match | None:
    """Known when half of the lines or more are filterlog's; less surely in a log of other programs that holds fewer."""
    lines = [line for line in head.text.splitlines()[:400] if line.strip()]
    known = sum(_PACKET.match(line) is not None for line in lines)
    if not known or _FEW * known < len(lines):
        return None
    because = (
        f"{known} of the first {len(lines)} lines are packets logged by filterlog (rule, tracker, action, IP version)"
    )
    if 2 * known >= len(lines):
        return Match(95, because)
    return Match(60, because) if all(_OF_A_LOG.match(line) for line in lines) else None


reader = LineReader(
    name="pf_filterlog",
    title=Text("pfSense／OPNsense 防火牆日誌（filterlog）", "pfSense and OPNsense firewall logs (filterlog)"),
    version=1,
    table="firewall_events",
    recognise=recognise,
    columns=columns,
    syslog=True,
    reasons={
        "blank": Text("空白行", "blank line"),
        "other": Text("其他程式的紀錄，不是 filterlog", "a record of another program than filterlog"),
        "stranger": Text(
            "這一行不是 filterlog 的封包紀錄，也沒有 syslog 標頭；請確認檔案來源，或將其他內容分開",
            "this line is no packet of filterlog and has no syslog header; check where the file comes from, or part other content from it",
        ),
        "cut": Text(
            "封包紀錄不完整（缺規則、處置、IP 版本或位址）；請確認紀錄是否在傳送時被截斷",
            "the packet's record is not whole (rule, action, IP version or an address is missing); check whether it was cut in transit",
        ),
        "number": Text(
            "此欄應為數字（連接埠為 0 至 65535）；請確認紀錄是否遭截斷或改寫",
            "this field must be a number (ports from 0 to 65535); check whether the record was cut or rewritten",
        ),
        "time": Text(
            "這一行的時間不存在（例如 2 月 30 日或 25 時）；請查明設備的時鐘或檔案是否被改過",
            "the time of this line cannot be (as February 30 or 25 o'clock); "
            "find out whether the device's clock is wrong or the file was altered",
        ),
    },
    settings=(
        Setting(
            "device",
            Text(
                "防火牆的設備名稱；紀錄標頭沒有主機名稱時使用（BSD 格式的 pfSense 紀錄沒有）",
                "the firewall's name, used where the records' header has no host (pfSense's BSD form has none)",
            ),
        ),
    ),
)
