"""Rules of iptables taken apart, as `iptables-save` writes them, and what they mean. No reader of its own.

[1204:80100] -A FORWARD -s 10.20.0.0/16 -i eth1 -p tcp -m multiport --dports 443,8443 -m comment --comment "to orders" -j ACCEPT
 1204 80100 ACCEPT     tcp  --  eth1   *       10.20.0.0/16         0.0.0.0/0            multiport dports 443,8443 /* to orders */
"""

import re
from dataclasses import dataclass, field
from typing import Final

from chahe.sources.firewall_rules.network_sets import EVERY4, EVERY6, address_word, between, named, network, without
from chahe.sources.firewall_rules.service_sets import ANY, icmp, ports, protocol, service

TARGETS: Final = {"ACCEPT": "allow", "DROP": "deny", "REJECT": "deny"}
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_COUNTS = re.compile(r"\[(\d+):(\d+)\]\s*")
_LONG: Final = {
    "--source": "-s", "--src": "-s", "--destination": "-d", "--dst": "-d", "--in-interface": "-i", "--out-interface": "-o",
    "--protocol": "-p", "--jump": "-j", "--goto": "-g", "--match": "-m", "--destination-port": "--dport",
    "--destination-ports": "--dports", "--source-port": "--sport", "--source-ports": "--sports", "--ipv4": "-4", "--ipv6": "-6",
}  # fmt: skip
_TO = re.compile(r"(?:([0-9.]+(?:-[0-9.]+)?)|(\[[0-9a-fA-F:]+\](?:-\[[0-9a-fA-F:]+\])?))(?::(\d+(?:-\d+)?))?")


@dataclass(slots=True)
class Match:
    """What a rule matches and does, whichever way it was written."""

    target: str = ""
    goto: bool = False
    protocol: str = "all"
    inward: str = "*"
    outward: str = "*"
    source: str = ""
    destination: str = ""
    packets: int | None = None
    dports: list[str] = field(default_factory=list)
    sports: list[str] = field(default_factory=list)
    icmp_type: str = ""
    conditions: list[str] = field(default_factory=list)
    comment: str | None = None
    source_words: list[str] = field(default_factory=list)
    """Ranges and sets beside the address."""
    destination_words: list[str] = field(default_factory=list)
    version: int | None = None
    to: str = ""
    """Where the nat table translates to."""

    def side(self, source: bool, version: int) -> tuple[str, ...]:
        """The source or destination expanded; nothing written is any address of that IP version."""
        written, more = (self.source, self.source_words) if source else (self.destination, self.destination_words)
        every = EVERY6 if version == 6 else EVERY4
        negated = written.startswith("!")
        texts = [text for text in written.lstrip("! ").split(",") if text]
        words = [every if text in ("anywhere", "0.0.0.0/0", "::/0") else network(text) or _name(text) for text in texts]
        if negated:
            words = list(without((every,), words))
        if more:
            # A range or a set narrows the address further; what it leaves of a wider one is itself.
            return tuple(more) if not words or words == [every] else (*words, *(named("except", word) for word in more))
        return tuple(words) or (every,)

    def services(self) -> tuple[str, ...]:
        """Protocol and ports."""
        name = self.protocol.lstrip("! ")
        transport = protocol(name) or named("unknown", name)
        if self.protocol.startswith("!"):
            return (named("except", transport),)
        if transport in ("icmp", "icmp6") and self.icmp_type:
            kind, _, code = self.icmp_type.lstrip("! ").partition("/")
            word = icmp(kind, code or None, 4 if transport == "icmp" else 6) or named("unknown", f"icmp-{kind}")
            return (named("except", word),) if self.icmp_type.startswith("!") else (word,)
        if not self.dports and not self.sports:
            return (transport,)
        if transport == ANY:
            return (ANY,)
        return tuple(
            dict.fromkeys(_word(transport, one, other) for one in self.dports or [""] for other in self.sports or [""])
        )

    def translated(self, interface: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Addresses and services after translation: `10.30.2.20:8443`, `10.0.0.1-10.0.0.9`, `:8443`, `[2001:db8::1]:443`."""
        found = _TO.fullmatch(self.to)
        if self.target == "MASQUERADE":
            return (named("interface", interface),), ()
        if self.target == "REDIRECT":
            return (named("interface", "self"),), self._ported(self.to)
        if found is None:
            return (address_word(self.to) or named("unknown", self.to or "nowhere"),), ()
        ends = [one.strip("[]") for one in (found[1] or found[2] or "").split("-") if one]
        word = between(*ends) if len(ends) == 2 else network(ends[0]) if ends else None
        return (word or named("unknown", self.to),), self._ported(found[3] or "")

    def _ported(self, text: str) -> tuple[str, ...]:
        transport = protocol(self.protocol.lstrip("! ")) or ANY
        found = ports(text) if text else None
        return () if found is None or transport == ANY else (service(transport, found),)


def _name(text: str) -> str:
    return named("unknown" if "/" in text else "fqdn", text)


def _word(transport: str, there: str, here: str) -> str:
    if there.startswith("!") or here.startswith("!"):
        return named("except", f"{transport}/{there.lstrip('! ')}")
    ends = [
        ports(text.replace(":", "-") if not text.endswith(":") else f"{text[:-1]}-65535") if text else ""
        for text in (there, here)
    ]
    if ends[0] is None or ends[1] is None:
        return named("unknown", f"{transport}/{there or here}")
    return service(transport, ends[0], ends[1])


@dataclass(slots=True)
class Saved:
    """A line of iptables-save or of `iptables -S`: a rule, a chain with its policy, or a command that is neither."""

    command: str
    chain: str
    match: Match = field(default_factory=Match)
    policy: str = ""
    at: int | None = None
    """For -I, where it goes in."""


def saved(text: str) -> Saved | None:
    """A line such as `[0:0] -A INPUT …` or `:INPUT DROP [0:0]`; null where it is none that a saved table holds."""
    counts = _COUNTS.match(text)
    words = [quoted or plain for quoted, plain in _WORD.findall(text[counts.end() :] if counts else text)]
    match words:
        case [chain, policy, *_] if chain.startswith(":"):
            packets = re.search(r"\[(\d+):", text)
            return Saved(":", chain[1:], Match(packets=int(packets[1]) if packets else None), policy)
        case [("-A" | "--append"), chain, *rest]:
            return _appended("-A", chain, rest, int(counts[1]) if counts else None)
        case [("-I" | "--insert"), chain, number, *rest] if number.isdigit():
            found = _appended("-I", chain, rest, None)
            found.at = int(number[:9])
            return found
        case [("-I" | "--insert"), chain, *rest]:
            found = _appended("-I", chain, rest, None)
            found.at = 1
            return found
        case [("-P" | "--policy"), chain, policy, *_]:
            return Saved(":", chain, policy=policy)
        case [("-N" | "--new-chain"), chain]:
            return Saved(":", chain, policy="-")
    return None


def _appended(command: str, chain: str, words: list[str], packets: int | None) -> Saved:
    found = Match(packets=packets)
    negated = False
    at = 0
    while at < len(words):
        word = _LONG.get(words[at], words[at])
        at += 1
        if word == "!":
            negated = True
            continue
        values: list[str] = []
        while (
            at < len(words)
            and (not words[at].startswith("-") or (word == "--comment" and not values))
            and words[at] != "!"
        ):
            values.append(words[at])
            at += 1
        _option(found, word, values, "!" if negated else "")
        negated = False
    return Saved(command, chain, found)


_PLAIN: Final = {"-s": "source", "-d": "destination", "-i": "inward", "-o": "outward", "-p": "protocol"}
_PORTS: Final = {"--dport": "dports", "--dports": "dports", "--sport": "sports", "--sports": "sports"}
_SAYS_NOTHING: Final = frozenset(
    ("-m", "--reject-with", "--log-prefix", "--log-level", "--nflog-prefix", "--nflog-group", "--log-uid")
)
"""Options that do not change what a rule matches."""


def _option(found: Match, word: str, values: list[str], sign: str) -> None:
    value = " ".join(values)
    if word in _PLAIN:
        setattr(found, _PLAIN[word], sign + value)
    elif word in _PORTS:
        getattr(found, _PORTS[word]).extend(sign + one for one in value.split(","))
    elif word not in _SAYS_NOTHING:
        _other_option(found, word, value, sign)


def _other_option(found: Match, word: str, value: str, sign: str) -> None:
    match word:
        case "-j" | "-g":
            found.target, found.goto = value.partition(" ")[0], word == "-g"
        case "-4" | "-6":
            found.version = int(word[1])
        case "--icmp-type" | "--icmpv6-type":
            found.icmp_type = sign + value
        case "--comment":
            found.comment = value
        case "--src-range" | "--dst-range":
            add_range(found, word == "--src-range", bool(sign), *value.partition("-")[::2])
        case "--match-set":
            add_set(found, sign, *value.split(" ")[:2])
        case "--to-destination" | "--to-source" | "--to-ports" | "--to":
            found.to = value
        case "--ctstate" | "--state":
            add_state(found, word.lstrip("-"), sign, value)
        case _:
            found.conditions.append(f"{sign and '! '}{word.lstrip('-')} {value}".strip())


def add_state(found: Match, word: str, sign: str, value: str) -> None:
    """States that hold the beginning of a connection leave the rule as wide as it was."""
    if sign or "NEW" not in value.split(","):
        found.conditions.append(f"{sign and '! '}{word} {value}")


def add_range(found: Match, source: bool, negated: bool, first: str, last: str) -> None:
    word = between(first, last) or named("unknown", f"{first}-{last}")
    every = EVERY6 if ":" in first else EVERY4
    words = list(without((every,), (word,))) if negated else [word]
    (found.source_words if source else found.destination_words).extend(words)


def add_set(found: Match, sign: str, name: str = "", flags: str = "") -> None:
    """An ipset is kept elsewhere: what it holds is not known here."""
    if sign:
        found.conditions.append(f"! match-set {name} {flags}")
    elif flags.split(",", maxsplit=1)[0] in ("src", "dst"):
        (found.source_words if flags.startswith("src") else found.destination_words).append(named("dynamic", name))
    else:
        found.conditions.append(f"match-set {name} {flags}")
