r"""Cisco ASA and Firepower Threat Defense (FTD) syslog: one message a line, known by its code.

    <166>Mar 03 2026 04:05:06 fw1 : %ASA-6-302013: Built outbound TCP connection 81 for outside:192.0.2.9/443
        (192.0.2.9/443) to inside:10.1.1.7/50123 (203.0.113.4/50123)
    Mar  3 04:05:06 fw1 %ASA-4-106023: Deny tcp src outside:192.0.2.9/4711 dst dmz:10.9.0.3/22 by access-group "edge" [0x0, 0x0]
    %FTD-1-430003: …, AccessControlRuleAction: Block, SrcIP: 10.1.1.7, DstIP: 192.0.2.9, SrcPort: 50123, …

(The first is one line.) Every message with a well-formed code is a row, so that coverage counts it: its `event_kind` is
by the code's class (Cisco Secure Firewall ASA Series Syslog Messages); phrases in `cisco_asa_phrases` know addresses,
users and rules of the codes that matter, and a pair `from … to …` in any other. Message 302014 and its kin give the
bytes of both directions in one sum, so `bytes_sent` and `bytes_received` stay null there. A name instead of an address
(`name` aliases) leaves the address null; the `(mapped/port)` of a translation is not kept. ICMP has no ports here.
Of a translation (305011) the source is the real address; the mapped one is no destination.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.firewall_logs.cisco_asa_sessions import EXTRAS
from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context, years: Any) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.cisco_asa_rows`."""
    from chahe.sources.firewall_logs.cisco_asa_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


_REASONS = {
    "blank": Text("空白行", "a blank line"),
    "no_token": Text(
        "這一行沒有 %ASA-等級-代碼 或 %FTD-等級-代碼，無法辨認為防火牆訊息；請確認匯出時保留完整訊息",
        "this line has no %ASA-level-code or %FTD-level-code, so it is no message of the firewall; "
        "check that the export keeps whole messages",
    ),
    "bad_time": Text(
        "這一行的時間不存在（例如 2 月 30 日或 25 時）；請查明設備的時鐘或檔案是否被改過",
        "the time of this line cannot be (as February 30 or 25 o'clock); find out whether the device's clock is wrong "
        "or the file was altered",
    ),
}

_MESSAGE = re.compile(r"%(?:ASA|FTD)-(?:[A-Za-z]+-)?[0-7]-\d{6}[: ]")


def _recognise(head: Head) -> Match | None:
    lines = [line for line in head.text.split("\n")[:400] if line.strip()]
    if len(lines) > 1 and not head.whole:
        lines.pop()
    fitting = sum(1 for line in lines if _MESSAGE.search(line, 0, 200))
    if not fitting or fitting < len(lines) / 2:
        return None
    return Match(95, f"{fitting} of the first {len(lines)} lines are %ASA or %FTD messages")


reader = LineReader(
    name="cisco_asa",
    title=Text("Cisco ASA／FTD 防火牆日誌", "Cisco ASA and FTD firewall log"),
    version=3,
    table="firewall_events",
    recognise=_recognise,
    columns=columns,
    reasons=_REASONS,
    syslog=True,
    extras=EXTRAS,
    settings=(
        Setting(
            "device",
            Text(
                "防火牆的設備名稱；紀錄標頭沒有主機名稱時使用",
                "the firewall's name, used where the records' header has no host",
            ),
        ),
    ),
)
