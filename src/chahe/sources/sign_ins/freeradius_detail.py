"""RADIUS accounting as FreeRADIUS writes it (`radacct/…/detail-*`): VPN sessions, their addresses, lengths and bytes.

    Fri Nov 20 09:00:00 2026
        Acct-Status-Type = Start
        User-Name = "mei@corp.example"
        NAS-Identifier = "vpn1"
        NAS-Port-Type = Virtual
        Calling-Station-Id = "192.0.2.7"
        Framed-IP-Address = 10.9.0.7
        Acct-Session-Id = "5F3A"
        Timestamp = 1795136400

A packet is its time and the attributes below it, to the next blank line; it is one unit. Start, Interim-Update and Stop are the
begin, the going on and the end of a session: of a tunnel (NAS-Port-Type Virtual, or none is told) in remote_sessions. Sessions of
a wireless or wired network are no remote access and are skipped, as are Accounting-On and -Off. Of what the server itself
answered (`auth_detail`, `reply_detail`), Access-Accept and Access-Reject with a name are sign-ins; requests say no result and are
skipped. Passwords in requests are never shown. Octets above 4 GiB are counted with their gigawords.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Setting, Skip, Unit
from chahe.sources.reading.origins import account_and_domain, origin
from chahe.sources.reading.text_lines import head_lines, text_lines
from chahe.wording import Text

_STAMP = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})", re.ASCII)
_ATTRIBUTE = re.compile(r'\s+([A-Za-z0-9][\w.-]*)(?::\d+)?\s*[:+]?=\s*(?:"((?:[^"\\]|\\.)*)"|(.*?))\s*')
_SECRETS = re.compile(
    r"(?i)(\s*[\w.-]*(?:password|response|challenge|chap-|ms-chap|digest|secret)[\w.-]*\s*[:+]?=\s*).*"
)
_PHASES = {"start": "began", "stop": "ended", "interim-update": "going_on", "alive": "going_on"}
_NEAR = frozenset(("wireless-802.11", "ethernet", "wireless-other", "cable", "wireless---ieee-802.11", "15", "19"))
_ANSWERS = {"access-accept": "success", "access-reject": "failure"}
_LONGEST = 2000
"""Lines of one packet."""

LOCAL = Text("區域網路（無線、有線）的連線，不是遠端連線", "a session of a wireless or wired network, no remote access")
OTHER = Text("不含連線或登入結果的封包", "a packet that tells neither a session nor a sign-in's result")
NOT_ONE = Text(
    "這些行不是 RADIUS 封包（沒有時間列或屬性）；請確認是 FreeRADIUS 的 detail 檔",
    "these lines are no RADIUS packet (they lack the line with the time, or attributes); check that the file is a detail file of FreeRADIUS",
)
NO_TIME = Text(
    "封包的時間無法解讀；請確認紀錄是否遭截斷或改寫",
    "the packet's time cannot be read; check whether it was cut or rewritten",
)


class _Packet(NamedTuple):
    """One packet: its lines, its time as written, and its attributes by lower-case name."""

    lines: list[str]
    stamp: str | None
    said: Mapping[str, str]


def recognise(head: Head) -> Match | None:
    """By a time alone on its line, with RADIUS attributes below it."""
    lines = [line for line in head_lines(head)[:200] if line.strip()]
    stamps = sum(1 for line in lines if _STAMP.fullmatch(line.rstrip()))
    attributes = sum(1 for line in lines if _ATTRIBUTE.fullmatch(line))
    named = any(
        re.match(r"\s+(?:User-Name|Acct-Status-Type|Packet-Type|NAS-IP-Address|Acct-Session-Id) = ", line)
        for line in lines
    )
    if not stamps or not named or stamps + attributes < 0.8 * len(lines):
        return None
    return Match(90, f"{stamps} times alone on their lines, with RADIUS attributes below them")


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The packets in file order."""
    zone, system = ZoneInfo(context.zone), context.settings.get("system")
    for place, packet in enumerate(_packets(stream), 1):
        yield _unit(place, packet, zone, system)


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The packet at a place, its secrets left out."""
    for number, packet in enumerate(_packets(stream), 1):
        if number == place:
            return "\n".join(_SECRETS.sub(r"\1…", line) for line in packet.lines)
    return ""


def _packets(stream: BinaryIO) -> Iterator[_Packet]:
    held: list[str] = []
    for line in text_lines(stream):
        text = (line.text or "").rstrip()
        begins = _STAMP.fullmatch(text) is not None
        if held and (begins or not text or len(held) >= _LONGEST):
            yield _packet(held)
            held = []
        if text or line.text is None:
            held.append(text)
    if held:
        yield _packet(held)


def _packet(lines: list[str]) -> _Packet:
    stamp = _STAMP.fullmatch(lines[0])
    said: dict[str, str] = {}
    for line in lines[1 if stamp else 0 :]:
        found = _ATTRIBUTE.fullmatch(line)
        if found:
            quoted = re.sub(r"\\(.)", r"\1", found[2]) if found[2] is not None else None
            said.setdefault(found[1].lower(), quoted if quoted is not None else found[3])
    return _Packet(lines, stamp[1] if stamp else None, said)


def _unit(place: int, packet: _Packet, zone: ZoneInfo, system: str | None) -> Unit:
    said = packet.said
    if not said or packet.stamp is None:
        return Reject(place, NOT_ONE, value=packet.lines[0].partition("=")[0][:80] or None)
    phase = _PHASES.get(said.get("acct-status-type", "").lower())
    outcome = _ANSWERS.get(said.get("packet-type", said.get("response-packet-type", "")).lower())
    if phase is not None and said.get("nas-port-type", "").lower() in _NEAR:
        return Skip(place, LOCAL)
    if phase is None and (outcome is None or "user-name" not in said):
        return Skip(place, OTHER)
    at_us = _moment(packet, zone)
    if at_us is None:
        return Reject(place, NO_TIME, "happened_at_us", said.get("timestamp", packet.stamp)[:80])
    row = _session(said, phase, at_us, system) if phase else _sign_in(said, outcome, at_us, system)
    return Records(place, (row,))


def _moment(packet: _Packet, zone: ZoneInfo) -> int | None:
    """The event's own time, or the line above the packet."""
    written = packet.said.get("event-timestamp-epoch") or packet.said.get("timestamp", "")
    if written.isascii() and written.isdigit() and len(written) <= 10:
        return int(written) * 1_000_000
    try:
        local = datetime.strptime(packet.stamp or "", "%b %d %H:%M:%S %Y").replace(tzinfo=zone)
        return int(local.astimezone(UTC).timestamp()) * 1_000_000 if local.year >= 1970 else None
    except (ValueError, OverflowError):
        return None


def _shared(said: Mapping[str, str], at_us: int) -> dict[str, object]:
    account, domain = account_and_domain(said.get("stripped-user-name") or said.get("user-name", ""))
    where = origin(
        said.get("tunnel-client-endpoint:0") or said.get("tunnel-client-endpoint") or said.get("calling-station-id", "")
    )
    return {
        "happened_at_us": at_us,
        "account": account,
        "account_domain": domain or said.get("realm") or None,
        "source_address": where.address,
        "source_host": where.host,
        "session_id": said.get("acct-session-id") or None,
    }


def _session(said: Mapping[str, str], phase: str, at_us: int, system: str | None) -> Row:
    seconds = _number(said, "acct-session-time")
    began = at_us if phase == "began" else None if seconds is None else at_us - seconds * 1_000_000
    values = {
        "device": said.get("nas-identifier") or said.get("nas-ip-address") or system,
        "phase": phase,
        "assigned_address": said.get("framed-ip-address") or said.get("framed-ipv6-address"),
        "began_at_us": began,
        "ended_at_us": at_us if phase == "ended" else None,
        "bytes_from_client": _octets(said, "input"),
        "bytes_to_client": _octets(said, "output"),
        "technique": said.get("tunnel-type:0") or said.get("tunnel-type") or "radius",
        "reason": said.get("acct-terminate-cause") if phase == "ended" else None,
        "event_code": said.get("acct-status-type"),
    }
    return Row("remote_sessions", {**_shared(said, at_us), **values})


def _sign_in(said: Mapping[str, str], outcome: str | None, at_us: int, system: str | None) -> Row:
    values = {
        "host": system or said.get("nas-identifier") or said.get("nas-ip-address"),
        "activity": "logon",
        "outcome": outcome,
        "service": "radius",
        "event_code": said.get("packet-type") or said.get("response-packet-type"),
    }
    return Row("auth_events", {**_shared(said, at_us), **values})


def _octets(said: Mapping[str, str], way: str) -> int | None:
    octets = _number(said, f"acct-{way}-octets")
    return None if octets is None else octets + ((_number(said, f"acct-{way}-gigawords") or 0) << 32)


def _number(said: Mapping[str, str], name: str) -> int | None:
    text = said.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else None


reader = RecordReader(
    name="freeradius_detail",
    title=Text("RADIUS 計費紀錄（FreeRADIUS detail）", "RADIUS accounting (detail files of FreeRADIUS)"),
    version=1,
    tables=("auth_events", "remote_sessions"),
    recognise=recognise,
    read=read,
    settings=(
        Setting(
            "system",
            Text(
                "檔案取自哪一部 RADIUS 主機；封包沒有 NAS 名稱時使用",
                "the RADIUS host the file was taken from, where packets name no NAS",
            ),
        ),
    ),
    excerpt=excerpt,
)
