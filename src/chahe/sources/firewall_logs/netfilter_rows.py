"""What netfilter's lines mean: the fate of each, and its row. No reader of its own; see `chahe.sources.firewall_logs.netfilter`."""

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.firewall_logs.ip_protocols import protocol
from chahe.sources.firewall_logs.netfilter_scan import CUT, NONE, PACKET, Packets, packets
from chahe.sources.model import Context
from chahe.sources.scanning.field_columns import COUNT, PORT, Fields, either, nullable, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.pair_scan import nothing, parted_pairs
from chahe.sources.scanning.spans import BAD, GOOD
from chahe.sources.scanning.syslog_scan import Headers, scan
from chahe.sources.scanning.syslog_times import IMPOSSIBLE, NO_TIME
from chahe.sources.scanning.wanted_keys import keys_of
from chahe.sources.scanning.written_times import moments

_FIELDS = {
    "SRC": ("SRC", "IPSRC"),
    "DST": ("DST", "IPDST"),
    "LEN": ("LEN",),
    "PROTO": ("PROTO",),
    "SPT": ("SPT",),
    "DPT": ("DPT",),
}
"""The keys of IP packets, and those of ARP's where they differ."""
_ORDER = {name: index for index, name in enumerate(_FIELDS)}
_KEYS = keys_of(_FIELDS)
_EQUALS = np.uint8(ord("="))

_DENIED = re.compile(
    r"(?:drop|block|reject|discard|refuse|ban)(?:s|ed|ped|ned)?|den(?:y|ied|ies)(?:all)?|denyall|rej|drp|blk", re.ASCII
)
_ALLOWED = re.compile(r"(?:accept|allow|permit|pass)(?:s|ed|es|ted)?|acc|acpt", re.ASCII)
_WORD = re.compile(r"[A-Za-z]+", re.ASCII)

Flags = npt.NDArray[np.bool_]


def rows(lines: pa.Array, context: Context, years: pa.Array | None) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `firewall_events`."""
    headers = scan(lines, context, years)
    found = packets(headers.data, headers.messages, headers.ends)
    values = nothing(len(_FIELDS), len(lines))
    partings = np.full(len(lines), ord(" "), np.uint8)
    parted_pairs(headers.data, found.begins, found.ends, signs=(partings, _EQUALS), keys=_KEYS, values=values)
    fields = Fields(headers.data, _ORDER, values.begins, values.sizes)
    fates = LineFates(lines, skips=("blank", "other"))
    happened = _happened(headers, found, fates, context)
    _judge(headers, found, fields, fates)
    prefixes = words(fields.data, found.prefix)
    return {
        "happened_at_us": happened,
        "device": words(fields.data, headers.host).or_else(context.settings.get("device")).column(),
        "event_kind": pa.repeat("traffic", len(lines)),
        "action": prefixes.said(_action),
        "action_written": prefixes.said(_verdict),
        "source_address": fields.words("SRC").column(),
        "source_port": fields.number("SPT", PORT, fates),
        "destination_address": fields.words("DST").column(),
        "destination_port": fields.number("DPT", PORT, fates),
        "protocol": fields.words("PROTO").said(protocol),
        "bytes_sent": fields.number("LEN", COUNT, fates),
        "rule": prefixes.said(_rule),
        **fates.columns(),
    }


def _happened(headers: Headers, found: Packets, fates: LineFates, context: Context) -> pa.Array:
    """The header's time, or that of `dmesg -T`."""
    written, states = moments(headers.data, *found.time, context.zone)
    mine = (headers.times == NO_TIME) & (states == GOOD)
    wrong = (headers.times == IMPOSSIBLE) | ((headers.times == NO_TIME) & (states == BAD))
    if wrong.any():
        times = words(headers.data, either(headers.time, found.time)).column()
        packet = found.states == PACKET
        fates.say(wrong & packet, "time", column="happened_at_us", value=lambda line: times[line].as_py())
    at_us = np.where(mine, written, headers.at_us)
    return nullable(at_us, ~wrong & (mine | (headers.times != NO_TIME)))


def _judge(headers: Headers, found: Packets, fields: Fields, fates: LineFates) -> None:
    """Which lines are no packets, or only the beginning of one."""
    packet = found.states == PACKET
    unnamed = packet & ~fields.has("PROTO") & ~_is_arp(fields, found)
    # Behind the second port there is always more: its last digits may be gone, too.
    ports, sizes = fields.of("DPT")
    portless = packet & ((fields.has("SPT") != fields.has("DPT")) | ((sizes > 0) & (ports + sizes >= found.ends)))
    fates.say((found.states == CUT) | unnamed | portless | (packet & ~fields.has("SRC")), "cut")
    aside = found.states == NONE
    if not aside.any():
        return
    blank = np.zeros(len(aside), np.bool_)
    lines = np.flatnonzero(aside)
    blank[lines] = [not fates.lines[line].as_py().strip() for line in lines.tolist()]
    fates.say(blank, "blank")
    fates.say(aside & (headers.times != NO_TIME), "other")
    fates.say(aside & _of_the_kernel(headers), "other")
    fates.say(aside, "stranger")


def _is_arp(fields: Fields, found: Packets) -> Flags:
    """ARP's packets have no protocol above IP."""
    arp = np.zeros(len(found.begins), np.bool_)
    for line in np.flatnonzero(fields.has("SRC") & ~fields.has("PROTO")).tolist():
        arp[line] = b" ARP " in fields.data[found.begins[line] : found.ends[line]].tobytes()
    return arp


def _of_the_kernel(headers: Headers) -> Flags:
    """Lines of `dmesg`, which begin with a bracket."""
    begins = np.minimum(headers.messages, max(len(headers.data) - 1, 0))
    if not len(headers.data):
        return np.zeros(len(begins), np.bool_)
    opened: Flags = (headers.data[begins] == ord("[")) & (headers.messages < headers.ends)
    return opened


def _verdict(prefix: str) -> str | None:
    """The word of a prefix that says what became of the packet; none where none does, or where two disagree."""
    said = [
        word for word in _WORD.findall(prefix) if _DENIED.fullmatch(word.lower()) or _ALLOWED.fullmatch(word.lower())
    ]
    denied = [word for word in said if _DENIED.fullmatch(word.lower())]
    if not said or (denied and len(denied) < len(said)):
        return None
    return str(said[-1])


def _action(prefix: str) -> str | None:
    verdict = _verdict(prefix)
    if verdict is None:
        return None
    return "deny" if _DENIED.fullmatch(verdict.lower()) else "allow"


def _rule(prefix: str) -> str | None:
    """A prefix without the colon and the dashes by which it is parted from the pairs."""
    return prefix.strip(" :-") or None
