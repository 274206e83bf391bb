r"""CEF of any maker: events of network sessions, behind syslog's header or none. LEEF lines among them are read, too.

    Nov 22 09:00:00 relay CEF:0|Maker|Product|1.2|100|Connection blocked|5|rt=1795309200000 dvchost=edge1 src=10.1.2.3 spt=50100 dst=192.0.2.7 dpt=443 proto=TCP act=blocked cs1Label=Rule Name cs1=web out suser=mei in=920 out=4100

Common Event Format, revision 26: keys of its dictionary, by their short and full names. An event is a row when it tells its
source, its destination and what was done (`act`, or a name such as "Connection blocked"); people signing in and all other
events are skipped. `in` is what flowed from the source to the destination, `out` what flowed back, as the standard has it.
Maker, product and event id are kept together as the code. The time is `rt`, or `end`, or `start`, in the zone of `dtz`; without
any, the header's. FortiGate's, Check Point's and Palo Alto's own CEF have readers that know them better.
"""

import re
from collections.abc import Mapping
from typing import Any

from chahe.sources.firewall_logs.cef_reasons import DEVICE, REASONS
from chahe.sources.model import Context, Head, LineReader, Match
from chahe.wording import Text


def columns(lines: Any, context: Context, years: Any) -> Mapping[str, Any]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The fates and rows of lines; see `chahe.sources.firewall_logs.cef_rows`."""
    from chahe.sources.firewall_logs.cef_rows import rows  # noqa: PLC0415 - Numba is imported when such a log is read

    return rows(lines, context, years)


_CEF = re.compile(r'[^"{|=\']{0,400}?(?:\bCEF: ?[01](?:\.\d)?|(?:^|[ :>])0)\|(?:[^|]*\|){6}')
_LEEF = re.compile(r'[^"{|=\']{0,400}?\bLEEF:[12]\.0\|(?:[^|]*\|){4}')


def counted(head: Head) -> tuple[int, int, int]:
    """Of the first lines of a file, how many are there, how many are CEF, how many LEEF; none of a file that quotes lines."""
    if head.text.lstrip().startswith(("{", "[{", "[\n")):
        return 0, 0, 0
    lines = [line for line in head.text.splitlines()[:200] if line.strip()]
    return len(lines), sum(bool(_CEF.match(line)) for line in lines), sum(bool(_LEEF.match(line)) for line in lines)


def recognise(head: Head) -> Match | None:
    """Known when half of the lines or more are CEF or LEEF, and not fewer CEF; makers' own readers are surer."""
    lines, cef, leef = counted(head)
    if not cef or cef < leef or 2 * (cef + leef) < lines:
        return None
    return Match(60, f"{cef} of the first {lines} lines have a header of CEF")


reader = LineReader(
    name="cef",
    title=Text("CEF 事件（各廠牌）", "CEF events of any maker"),
    version=1,
    table="firewall_events",
    recognise=recognise,
    columns=columns,
    syslog=True,
    reasons=REASONS,
    settings=(DEVICE,),
)
