r"""Packets that Linux logged: iptables, ip6tables, nftables and what stands on them (UFW, firewalld, Shorewall, OpenWrt).

    Nov 22 09:00:00 gate1 kernel: [ 3529.289825] [UFW BLOCK] IN=eth0 OUT= MAC=02:… SRC=192.0.2.9 DST=10.1.1.7 LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=5394 DF PROTO=TCP SPT=4711 DPT=22 WINDOW=8192 RES=0x00 SYN URGP=0
    2026-11-22T09:00:01+08:00 gate1 kernel: edge-drop: IN=eth0 OUT=ppp0 SRC=2001:0db8::0009 DST=… LEN=83 TC=0 HOPLIMIT=63 PROTO=UDP SPT=53 DPT=36427 LEN=63
    [Sun Nov 22 09:00:02 2026] DROP(src wan)IN=eth0 OUT= SRC=192.0.2.9 DST=10.1.1.7 LEN=28 … PROTO=ICMP TYPE=8 CODE=0

What became of the packet the kernel does not say; the prefix does, which an administrator chose. A word of it that means
letting through or refusing (`DROP`, `[UFW BLOCK]`, `REJECT`, `ACC`) gives the action; without one, or with both, the action is
null. The prefix is kept as the rule. `bytes_sent` is the packet's length (the first `LEN`; the second, of UDP, is that of its
content). Seconds since the kernel began are no time. Of an ICMP error, the packet in brackets that it is about is left aside.
Lines of other programs and of other parts of the kernel are skipped.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context, years: Any) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.netfilter_rows`."""
    from chahe.sources.firewall_logs.netfilter_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


_PACKET = re.compile(r"[^{}]{0,400}?IN=\S* OUT=\S* .{0,400}?\b(?:IP)?SRC=\S+ (?:IP)?(?:MAC)?DST=\S+")
_FEW = 20


def recognise(head: Head) -> Match | None:
    """Known when half of the lines or more are packets; less surely in a log of the kernel that holds fewer."""
    if head.text.lstrip().startswith(("{", "[{", "[\n")):
        return None
    lines = [line for line in head.text.splitlines()[:400] if line.strip()]
    known = sum(_is_packet(line) for line in lines)
    if not known or _FEW * known < len(lines):
        return None
    because = f"{known} of the first {len(lines)} lines are packets logged by netfilter (IN=, OUT=, SRC=, DST=)"
    if 2 * known >= len(lines):
        return Match(95, because)
    return Match(60, because) if all(_OF_A_LOG.match(line) for line in lines) else None


_OF_A_LOG = re.compile(
    r"(?:<\d{1,3}>)?(?:\d )?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\[ *\d+\.\d+\])"
)


def _is_packet(line: str) -> bool:
    found = _PACKET.match(line)
    # Another program's message that quotes such a line has it behind a quote or an equals sign.
    return found is not None and not re.search(r"['\"`]|= ", line[: line.find("IN=")])


reader = LineReader(
    name="netfilter",
    title=Text(
        "Linux 防火牆日誌（iptables、nftables、UFW）",
        "Linux firewall logs (iptables, nftables, UFW)",
    ),
    version=1,
    table="firewall_events",
    recognise=recognise,
    columns=columns,
    syslog=True,
    reasons={
        "blank": Text("空白行", "blank line"),
        "other": Text(
            "其他程式或核心其他部分的紀錄，不是防火牆封包",
            "a record of another program or another part of the kernel, no packet of the firewall",
        ),
        "stranger": Text(
            "這一行不是 Linux 防火牆的封包紀錄，也沒有 syslog 標頭；請確認檔案來源，或將其他內容分開",
            "this line is no packet logged by Linux and has no syslog header; check where the file comes from, or part other content from it",
        ),
        "cut": Text(
            "封包紀錄不完整（缺 IN、OUT、SRC 或 PROTO）；請確認紀錄是否在傳送時被截斷",
            "the packet's record is not whole (IN, OUT, SRC or PROTO is missing); check whether it was cut in transit",
        ),
        "number": Text(
            "此欄應為數字（連接埠為 0 至 65535）；請確認紀錄是否遭截斷或改寫",
            "this field must be a number (ports from 0 to 65535); check whether the record was cut or rewritten",
        ),
        "time": Text(
            "這一行的時間不存在（例如 2 月 30 日或 25 時）；請查明主機的時鐘或檔案是否被改過",
            "the time of this line cannot be (as February 30 or 25 o'clock); find out whether the host's clock is wrong or the file was altered",
        ),
    },
    settings=(
        Setting(
            "device",
            Text(
                "防火牆主機名稱；紀錄標頭沒有主機名稱時使用",
                "the firewall's name, used where the records' header has no host",
            ),
        ),
    ),
)
