r"""FreeRADIUS's log (`radius.log`): who asked to be let into a network, and whether he was.

    Tue Mar  3 04:05:06 2026 : Auth: (29512) Login OK: [wang.mei] (from client vpn1 port 0 cli 192.0.2.7)
    Tue Mar  3 04:05:07 2026 : Auth: (29513) Login incorrect (mschap: MS-CHAP2-Response is incorrect): [CORP\mei] (from client ap-3f port 8 cli 00-11-22-33-44-55 via TLS tunnel)
    Mar  3 04:05:08 rad1 radiusd[811]: Login OK: [mei/<via Auth-Type = EAP>] (from client ap-3f port 8 cli 00-11-22-33-44-55)
    Tue Mar  3 04:05:09 2026 : Error: Ignoring request to auth address * port 1812 bound to server default from unknown client 192.0.2.9 port 9459 proto udp

Lines with a header of either kind or none are read. Where the log is set to keep passwords (`[mei/secret]`), what stands
behind the name never leaves the line. The computer it came from is the calling station (`cli`, an address or a hardware
address), or where none is told, the network device that asked. A request of a device that the server does not know is kept
as `other`. Inside a tunnel (`via TLS tunnel`) the same sign-in is logged once more. Other lines are skipped.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context, years: Any) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.sign_ins.freeradius_rows`."""
    from chahe.sources.sign_ins.freeradius_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


_HEAD = r"(?:[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} : |[^{}\"=]{0,120}?\b(?:free)?radiusd?(?:\[\d+\])?: |\(\d+\) |)"
_EVENT = re.compile(
    _HEAD
    + r"(?:[A-Z][a-z]+: )?(?:\(\d+\)\s+)?(?:(?:Login OK|Login incorrect|Invalid user)(?: \(.*\))?: \[.*\] \(from client "
    r"|Ignoring request to \w+ address )"
)
_OF_RADIUS = re.compile(
    r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} : (?:Info|Auth|Error|Warning|Proxy|Debug|Acct): "
)


def recognise(head: Head) -> Match | None:
    """By sign-ins on some lines, and the server's own header on the rest."""
    lines = [line for line in head.text.splitlines()[:400] if line.strip()]
    events = sum(1 for line in lines if _EVENT.match(line))
    others = sum(1 for line in lines if _OF_RADIUS.match(line) and not _EVENT.match(line))
    if events and 2 * (events + others) >= len(lines):
        return Match(
            90, f"{events} of the first {len(lines)} lines are sign-ins of FreeRADIUS, {others} others of its log"
        )
    return None


reader = LineReader(
    name="freeradius",
    title=Text("FreeRADIUS 驗證日誌（radius.log）", "FreeRADIUS log (radius.log)"),
    version=1,
    table="auth_events",
    recognise=recognise,
    columns=columns,
    syslog=True,
    reasons={
        "blank": Text("空白行", "a blank line"),
        "other": Text(
            "RADIUS 伺服器的其他紀錄，不是登入結果", "another record of the server's, no result of a sign-in"
        ),
        "cut": Text(
            "登入紀錄不完整（缺帳號或來源設備）；請確認紀錄是否在傳送時被截斷",
            "the record of a sign-in is not whole (its account or its device is missing); check whether it was cut in transit",
        ),
        "time": Text(
            "這一行的時間不存在（例如 2 月 30 日或 25 時）；請查明主機的時鐘或檔案是否被改過",
            "the time of this line cannot be (as February 30 or 25 o'clock); find out whether the host's clock is wrong or the file was altered",
        ),
    },
    settings=(
        Setting(
            "system",
            Text(
                "檔案取自哪一部主機；紀錄沒有主機名稱時使用",
                "the host the file was taken from, where records name none",
            ),
        ),
    ),
)
