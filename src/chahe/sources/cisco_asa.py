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

from chahe.sources.cisco_asa_phrases import ATTRIBUTES, PHRASES
from chahe.sources.cisco_asa_sessions import EXTRAS
from chahe.sources.model import Head, LineReader, Match, Setting
from chahe.sources.phrases import phrased
from chahe.wording import Text

# The first three digits of a code are its class. One text each: DuckDB makes a join of a long IN, which is slower.
_ADMIN = "109 111 112 113 307 308 315 502 605 606 611 769"
_THREAT = "338 400 401 420 421 430 434 733"
_VPN = "316 402 404 501 602 603 702 713 714 715 716 718 720 721 722 723 724 725 734 737 750 751 752 768"
_TRAFFIC = "106 108 202 209 302 303 304 305 313 324 406 407 410 415 416 417 418 419 431 446 500 507 508 607 608 620 703 710 852"
_SERVICES = {"ssh": 22, "telnet": 23, "http": 80, "https": 443, "snmp": 161, "domain": 53, "ntp": 123}
_PROTOCOLS = {
    "1": "icmp",
    "2": "igmp",
    "6": "tcp",
    "17": "udp",
    "47": "gre",
    "50": "esp",
    "51": "ah",
    "58": "ipv6-icmp",
    "89": "ospf",
    "132": "sctp",
    "icmpv6": "ipv6-icmp",
    "icmp6": "ipv6-icmp",
}


def _case(column: str, names: Mapping[str, object]) -> str:
    return f"CASE {column} " + " ".join(f"WHEN '{name}' THEN '{value}'" for name, value in names.items()) + " END"


def _bare(end: str) -> str:
    """An endpoint without its interface. Hexadecimal digits before the first of several colons are an IPv6 address."""
    behind = f"substr({end}, instr({end}, ':') + 1)"
    return (
        f"CASE {end}_form WHEN 'i' THEN {behind} WHEN 's' THEN substr({end}, instr({end}, '/') + 1)"
        f" WHEN 'o' THEN CASE WHEN regexp_matches({end}, '^[0-9A-Fa-f]{{0,4}}:.*:') THEN {end} ELSE {behind} END"
        f" ELSE {end} END"
    )


def _port(end: str, given: str) -> str:
    service = f"split_part({end}_bare, '/', 2)"
    return (
        "CASE WHEN portless THEN NULL"
        f" ELSE coalesce(try_cast({given} AS INTEGER), try_cast({service} AS INTEGER),"
        f" {_case(service, _SERVICES)}::INTEGER) END"
    )


_CODE = r"^(%(?:ASA|FTD)-(?:[A-Za-z]+-)?\d-(\d{6})(?:: *| +|$))"

_REFUSED = r"(?i)\b(deny|denied|dropped|dropping|drop (?:TCP|UDP)|rejected|discard(?:ed)?|shunned|disallowing)\b"

_QUERY = rf"""
, found AS NOT MATERIALIZED (
    SELECT *, CASE WHEN starts_with(message, '%') THEN message
                   WHEN contains(text, '%ASA-') THEN substr(text, instr(text, '%ASA-'))
                   WHEN contains(text, '%FTD-') THEN substr(text, instr(text, '%FTD-')) END AS tail
    FROM lines
), coded AS NOT MATERIALIZED (
    SELECT *, regexp_extract(tail, '{_CODE}', ['head', 'code']) AS token FROM found
), spoken AS NOT MATERIALIZED (
    SELECT *, nullif(token.code, '') AS code, substr(tail, length(token.head) + 1) AS told FROM coded
), said AS NOT MATERIALIZED ({phrased(PHRASES, "spoken", ATTRIBUTES)}
), bared AS NOT MATERIALIZED (
    SELECT *, {_bare("source")} AS source_bare, {_bare("destination")} AS destination_bare,
        lower(CASE WHEN proto <> '' THEN proto
             WHEN source <> '' OR destination <> '' THEN coalesce(
                 nullif(regexp_extract(told, '(?i)\b(tcp|udp|icmp|icmp6|gre|esp|ah|igmp|sctp|ospf|eigrp|pim)\b', 1), ''),
                 nullif(regexp_extract(told, '\bprotocol (\d+)\b', 1), '')) END) AS named,
        substr(code, 1, 3) AS class,
        CASE WHEN NOT regexp_matches(text, '[^\s\x00]') THEN 'blank'
             WHEN code IS NULL THEN 'no_token'
             WHEN header_time IS NOT NULL AND header_at_us IS NULL THEN 'bad_time' ELSE 'row' END AS verdict
    FROM said
), known AS NOT MATERIALIZED (
    SELECT *, CASE WHEN named IN ('tcp', 'udp', 'icmp') THEN named ELSE coalesce({_case("named", _PROTOCOLS)}, named) END AS protocol,
        coalesce(kind, CASE WHEN code = '106101' THEN 'system' WHEN contains('{_TRAFFIC}', class) THEN 'traffic' WHEN contains('{_VPN}', class) THEN 'vpn'
                            WHEN contains('{_ADMIN}', class) THEN 'admin' WHEN contains('{_THREAT}', class) THEN 'threat'
                            ELSE 'system' END) AS event_kind
    FROM bared
), shaped AS NOT MATERIALIZED (
    SELECT *, coalesce(protocol NOT IN ('tcp', 'udp') AND contains('icmp ipv6-icmp gre esp ah', protocol), false) AS portless
    FROM known
)
SELECT place,
    CASE verdict WHEN 'row' THEN 'row' WHEN 'blank' THEN 'skip' ELSE 'reject' END AS fate,
    CASE WHEN verdict <> 'row' THEN verdict END AS why,
    CASE verdict WHEN 'bad_time' THEN 'happened_at_us' WHEN 'no_token' THEN 'event_code' END AS bad_column,
    CASE verdict WHEN 'bad_time' THEN header_time WHEN 'no_token' THEN left(text, 200) END AS bad_value,
    coalesce(header_at_us, epoch_us(try_cast(second AS TIMESTAMPTZ))) AS happened_at_us,
    coalesce(header_host, $device) AS device,
    serial AS device_serial,
    event_kind,
    CASE WHEN action IS NOT NULL THEN action WHEN event_kind = 'system' THEN NULL
         WHEN event_kind = 'admin' THEN 'other' WHEN class IN ('302', '303') THEN 'allow'
         WHEN regexp_matches(told, '{_REFUSED}') THEN 'deny' ELSE 'other' END AS action,
    coalesce(nullif(written, ''), CASE WHEN event_kind IN ('traffic', 'threat') THEN regexp_extract(told, '{_REFUSED}', 1) END)
        AS action_written,
    split_part(source_bare, '/', 1) AS source_address,
    {_port("source", "port_from")} AS source_port,
    split_part(destination_bare, '/', 1) AS destination_address,
    {_port("destination", "port_to")} AS destination_port,
    protocol,
    try_cast(sent AS BIGINT) AS bytes_sent,
    try_cast(received AS BIGINT) AS bytes_received,
    CASE WHEN who IN ('', 'Not Found', 'No Authentication Required', 'Unknown', 'unknown', '*****') THEN NULL
         WHEN contains(who, '\') OR contains(who, '@')
         THEN regexp_replace(regexp_replace(who, '^.*\\', ''), '@[^@]*$', '') ELSE who END AS account,
    rule,
    code AS event_code
FROM shaped
"""  # noqa: S608 - built from declared phrases, never from input

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
    version=2,
    table="firewall_events",
    recognise=_recognise,
    query=_QUERY,
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
