r"""LEEF of any maker: events of network sessions, behind syslog's header or none. CEF lines among them are read, too.

    Nov 22 09:00:00 relay LEEF:1.0|Maker|Product|1.2|100|devTime=1795309200000<tab>src=10.1.2.3<tab>srcPort=50100<tab>dst=192.0.2.7<tab>dstPort=443<tab>proto=TCP<tab>action=blocked
    LEEF:2.0|Maker|Product|1.2|100|^|devTime=Nov 22 2026 09:00:00^src=10.1.2.3^dst=192.0.2.7^usrName=mei^srcBytes=920^dstBytes=4100^action=allowed

Log Event Extended Format 1.0 and 2.0 with their predefined attributes. What is a row, what is skipped and how times are read
is as with `chahe.sources.firewall_logs.cef`. Palo Alto's and Check Point's own LEEF have readers that know them better.
"""

from collections.abc import Mapping
from typing import Any

from chahe.sources.firewall_logs.cef import counted
from chahe.sources.firewall_logs.cef_reasons import DEVICE, REASONS
from chahe.sources.model import Context, Head, LineReader, Match
from chahe.wording import Text


def columns(lines: Any, context: Context, years: Any) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.cef_rows`."""
    from chahe.sources.firewall_logs.cef_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


def recognise(head: Head) -> Match | None:
    """Known when half of the lines or more are LEEF or CEF, and fewer CEF; makers' own readers are surer."""
    lines, cef, leef = counted(head)
    if leef <= cef or 2 * (cef + leef) < lines:
        return None
    return Match(60, f"{leef} of the first {lines} lines have a header of LEEF")


reader = LineReader(
    name="leef",
    title=Text("LEEF 事件（各廠牌）", "LEEF events of any maker"),
    version=1,
    table="firewall_events",
    recognise=recognise,
    columns=columns,
    syslog=True,
    reasons=REASONS,
    settings=(DEVICE,),
)
