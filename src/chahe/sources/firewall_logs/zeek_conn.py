r"""Connections as Zeek's sensors saw them: conn.log in its own form and in JSON.

    #separator \x09
    #unset_field	-
    #path	conn
    #fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	service	duration	orig_bytes	resp_bytes	conn_state
    1795309200.486539	CHhAvV	10.1.2.3	50100	192.0.2.7	443	tcp	ssl	0.163820	920	4100	SF
    {"ts":1795309200.486539,"uid":"CHhAvV","id.orig_h":"10.1.2.3","id.orig_p":50100,"id.resp_h":"192.0.2.7","id.resp_p":443,"proto":"tcp","orig_bytes":920,"resp_bytes":4100,"conn_state":"SF"}

The headings say which column is which; a file may have several of them (days put together), with other columns behind each. A
sensor lets nothing through and refuses nothing: the state of the connection is kept as `action_written`, and where both
sides spoke (SF, S1 …) the session had been let through; REJ is an attempt refused; of the others (S0: no answer)
nothing is known. Bytes are those of content. What Zeek writes as ports of ICMP are its type and code, and left out.
Other logs of Zeek (dns, ssl …) between them are skipped. conn.log does not name the sensor: declare it (`device`).
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.model import Context, Head, LineReader, Match, Setting
from chahe.wording import Text


def columns(lines: Any, context: Context) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.zeek_conn_rows`."""
    from chahe.sources.firewall_logs.zeek_conn_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context)


def headings(lines: Any, before: bytes) -> bytes:  # noqa: ANN401 - as above
    """The headings in force behind lines."""
    from chahe.sources.firewall_logs.zeek_headings import behind  # noqa: PLC0415 - as above

    return behind(lines, before)


_FIELDS = re.compile(r"^#fields\b.*\bid\.orig_h\b.*\bid\.resp_h\b.*\bconn_state\b", re.MULTILINE)
_OBJECT = re.compile(r'\{(?=.*"ts"\s*:)(?=.*"id[._]orig_h"\s*:)(?=.*"id[._]resp_h"\s*:)(?=.*"conn_state"\s*:)')


def recognise(head: Head) -> Match | None:
    """Known by the headings of a connection log, or when half of the lines or more are its objects in JSON."""
    text = head.text.lstrip("\ufeff")
    if text.startswith("#") and _FIELDS.search(text):
        return Match(97, "its headings (#fields) name the columns of a connection log of Zeek")
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    if len(lines) > 1 and not head.whole:
        lines.pop()
    known = sum(_OBJECT.match(line) is not None for line in lines)
    if not known or 2 * known < len(lines):
        return None
    return Match(96, f"{known} of the first {len(lines)} lines are connections of Zeek in JSON (id.orig_h, conn_state)")


reader = LineReader(
    name="zeek_conn",
    title=Text("Zeek 連線紀錄（conn.log，TSV 與 JSON）", "Zeek connection logs (conn.log, TSV and JSON)"),
    version=1,
    table="firewall_events",
    recognise=recognise,
    columns=columns,
    headings=headings,
    reasons={
        "blank": Text("空白行", "blank line"),
        "heading": Text("Zeek 的標頭行（以 # 開頭）", "a heading line of Zeek's (it begins with #)"),
        "other": Text("Zeek 的其他紀錄（不是連線紀錄 conn）", "another log of Zeek's (no connections)"),
        "headless": Text(
            "這一行之前沒有 #fields 標頭，不知道各欄是什麼；請提供含標頭的完整檔案（輪替時可能被切開）",
            "no #fields heading stands before this line, so its columns are unknown; bring the whole file with its headings "
            "(rotation may have parted it)",
        ),
        "cut": Text(
            "連線紀錄不完整（缺時間、來源或目的位址）；請確認檔案是否被截斷",
            "the connection's record is not whole (its time, source or destination is missing); check whether the file was cut",
        ),
        "number": Text(
            "此欄應為數字（連接埠為 0 至 65535）；請確認紀錄是否遭截斷或改寫",
            "this field must be a number (ports from 0 to 65535); check whether the record was cut or rewritten",
        ),
        "time": Text(
            "時間無法解讀（應為 1970 年起的秒數，或 ISO 8601）；請確認紀錄是否遭截斷或改寫",
            "the time cannot be read (it should be seconds since 1970, or ISO 8601); check whether the record was cut or rewritten",
        ),
    },
    settings=(
        Setting(
            "device",
            Text(
                "感測器或其所在防火牆的名稱；conn.log 不載設備名稱，未設定則無法計入涵蓋",
                "the name of the sensor, or of the firewall it watches; conn.log names none, and without it nothing is covered",
            ),
        ),
    ),
)
