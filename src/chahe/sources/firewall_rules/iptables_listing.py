"""Rules as `iptables -L` lists them, in columns and words behind them. No reader of its own.

1204 80100 ACCEPT     tcp  --  eth1   *       10.20.0.0/16         0.0.0.0/0            multiport dports 443,8443 /* to orders */
"""

import re
from dataclasses import dataclass
from typing import Final

from chahe.sources.firewall_rules.iptables_rules import Match, add_range, add_set, add_state

TABLES: Final = {
    frozenset(("INPUT", "FORWARD", "OUTPUT")): "filter",
    frozenset(("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING")): "nat",
    frozenset(("PREROUTING", "OUTPUT", "POSTROUTING")): "nat",
    frozenset(("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING")): "mangle",
    frozenset(("PREROUTING", "OUTPUT")): "raw",
}
"""The built-in chains of each table, for listings that do not name theirs."""
_SIZES: Final = {"K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_DPT = re.compile(r"\b(dpt|spt)(s?):(!?)([\w.+-]+)(?::([\w.+-]+))?")
_MULTI = re.compile(r"\bmultiport (dports|sports|ports) (!?)\s*([\w:,.+-]+)")
_ICMP = re.compile(
    r"\b(?:icmptype|icmp6?-?type|ipv6-icmptype|ipv6-icmp type|icmpv6 type) (\d+)(?: code (\d+))?|\bicmp (!?[a-z][a-z-]+)"
)
_IP_RANGE = re.compile(r"\b(source|destination) IP range (!?)\s*([0-9a-fA-F.:]+)-([0-9a-fA-F.:]+)")
_SET = re.compile(r"(! ?)?\bmatch-set (\S+) (\S+)")
_STATE = re.compile(r"\b(ctstate|state) ([A-Z,]+)")
_COMMENT = re.compile(r"/\* (.*?) \*/")
_NOTHING = re.compile(
    r"\b(?:tcp|udp|sctp|dccp|udplite|icmp|ipv6-icmp|icmpv6)\b(?!\S)|\breject-with \S+|\bLOG flags .*|\[goto\]|\bNFLOG .*"
)


@dataclass(slots=True)
class Listing:
    """A row of `iptables -L` under its heading."""

    columns: dict[str, str]
    options: str

    def match(self) -> Match:
        """The same as a rule."""
        columns = self.columns
        found = Match(
            target=columns.get("target", ""),
            goto="[goto]" in self.options,
            protocol=columns.get("prot", "all"),
            inward=columns.get("in", "*"),
            outward=columns.get("out", "*"),
            source=columns.get("source", ""),
            destination=columns.get("destination", ""),
            packets=counted(columns.get("pkts", "")),
        )
        _described(found, self.options)
        return found


def counted(text: str) -> int | None:
    """`1204`, `80K`, `3M` as a number."""
    found = re.fullmatch(r"(\d{1,18})([KMGT]?)", text)
    return int(found[1]) * _SIZES.get(found[2], 1) if found else None


def listing(text: str, names: list[str]) -> Listing | None:
    """A row under the heading's names; the target may be blank. Null where it is no row."""
    if "destination" not in names:
        return None
    found = _row(text, names)
    if found is None and "target" in names:
        found = _row(text, [name for name in names if name != "target"])
    return found


def _row(text: str, names: list[str]) -> Listing | None:
    parts = text.strip().split(None, len(names))
    if len(parts) < len(names):
        return None
    columns = dict(zip(names, parts, strict=False))
    opt = columns.get("opt")
    # The column of options is `--`, `-f` or `!f`, which no other column can be.
    if opt is not None and opt not in ("--", "-f", "!f"):
        return None
    options = parts[len(names)].strip() if len(parts) > len(names) else ""
    return Listing(columns, options)


def _described(found: Match, options: str) -> None:
    """What stands behind the columns."""
    said = _COMMENT.search(options)
    found.comment = said[1] if said else None
    rest = _COMMENT.sub("", options)
    translated = re.search(r"\bto:(\S+)|\bredir ports (\S+)", rest)
    found.to = (translated[1] or translated[2]) if translated else ""
    rest = re.sub(r"\bto:\S+|\bredir ports \S+", "", rest)
    _described_ports(found, rest)
    for side, sign, first, last in _IP_RANGE.findall(rest):
        add_range(found, side == "source", bool(sign), first, last)
    for sign, name, flags in _SET.findall(rest):
        add_set(found, sign.strip(), name, flags)
    for word, value in _STATE.findall(rest):
        add_state(found, word, "", value)
    for pattern in (_DPT, _MULTI, _ICMP, _IP_RANGE, _SET, _STATE, _NOTHING):
        rest = pattern.sub("", rest)
    if rest.strip():
        found.conditions.append(" ".join(rest.split()))


def _described_ports(found: Match, rest: str) -> None:
    for kind, _, sign, low, high in _DPT.findall(rest):
        (found.dports if kind == "dpt" else found.sports).append(f"{sign}{low}:{high}" if high else f"{sign}{low}")
    for kind, sign, listed in _MULTI.findall(rest):
        end = found.sports if kind == "sports" else found.dports
        end += [sign + one for one in listed.split(",")]
        if kind == "ports":  # Either end: the destination's are the wider reading, and the condition says so.
            found.conditions.append(f"multiport ports {sign}{listed}")
    for number, code, name in _ICMP.findall(rest)[:1]:
        found.icmp_type = (f"{number}/{code}" if code else number) or name
