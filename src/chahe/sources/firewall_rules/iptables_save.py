r"""Linux packet filters: `iptables-save`, `ip6tables-save`, `iptables -S`, and `iptables -L` with or without -v, -n and --line-numbers.

    [root@fw-tpe-2 ~]# iptables-save -c
    *filter
    :FORWARD DROP [31:1860]
    [1204:80100] -A FORWARD -s 10.20.0.0/16 -i eth1 -p tcp -m tcp --dport 443 -m comment --comment "to orders" -j ACCEPT
    COMMIT

    Chain FORWARD (policy DROP 31 packets, 1860 bytes)
    num   pkts bytes target     prot opt in     out     source               destination
    1     1204 80100 ACCEPT     tcp  --  eth1   *       10.20.0.0/16         0.0.0.0/0            tcp dpt:443 /* to orders */

Each line is one unit. `policy` is table and chain (`filter/FORWARD`), `rule` the number in the chain; a chain's policy is a row of its
own behind its rules (`rule` is `policy`). A jump to another chain, RETURN, and targets that only log or mark are `continue`, with
`goes_to`. States without NEW, limits, owners and whatever else narrows a rule stand in `conditions`. Of `-L` without -v interfaces are
not shown: a rule that looks open may be limited to one, so zones are blank and `conditions` says so. Rules of the nat table that
translate are rows of `address_translations`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from chahe.sources.firewall_rules.config_text import ConfigText, accounted, device_of, gathered, lines_excerpt
from chahe.sources.firewall_rules.iptables_listing import TABLES, counted, listing
from chahe.sources.firewall_rules.iptables_rules import TARGETS, Match, saved
from chahe.sources.firewall_rules.network_sets import EVERY4, EVERY6
from chahe.sources.firewall_rules.rule_rows import DEVICE, RULES, Rule
from chahe.sources.firewall_rules.service_sets import ANY
from chahe.sources.firewall_rules.translation_rows import TRANSLATIONS, Translation
from chahe.sources.model import Context, Head, RecordReader, Records, Reject, Skip, Unit
from chahe.sources.model import Match as Recognised
from chahe.sources.reading.text_lines import head_lines
from chahe.wording import Text

_TABLE = re.compile(r"\*(filter|nat|mangle|raw|security)\s*")
_CHAIN = re.compile(r"Chain (\S+) \((?:policy (\w+)(?: (\d+[KMGT]?) packets, \S+ bytes)?|\d+ references)\)\s*")
_HEADING = re.compile(
    r"\s*(?:num\s+)?(?:pkts\s+bytes\s+)?target\s+prot(?:\s+opt)?(?:\s+in\s+out)?\s+source\s+destination\s*"
)
_SHOWN = re.compile(r"(?:-P [A-Z]+ (?:ACCEPT|DROP)|-N \S+|-A \S+ .*-[jg] \S+.*)\s*")
_PROMPT = re.compile(r"\[?[\w.-]{1,64}@([\w.-]{1,64})(?:[: ][^\]#$]*)?\]?\s*[#$](?:\s.*)?")
_ASIDE = re.compile(r"\s*(?:#.*|COMMIT)?\s*")

_NO_RULE = Text(
    "這一行不是儲存的規則會有的內容（-A、-P、-N 或 Chain 表格）；請以 iptables-save 重新匯出，不要用指令稿",
    "the line is none of saved rules (-A, -P, -N, or the table of a chain); export with iptables-save, not a script",
)
_NAT = Text(
    "nat 表中不轉譯的規則（跳往其他鏈、計數）",
    "a rule of the nat table that translates nothing: a jump, a counter",
)
_NO_INTERFACES = "interfaces not shown (-v)"
_CHAIN_LINE = Text("鏈的宣告或表格標題", "the declaration of a chain, or a heading")


@dataclass(slots=True)
class _Chain:
    table: str
    name: str
    place: int
    policy: str = ""
    packets: int | None = None
    rules: list[tuple[int, Match]] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    chains: dict[tuple[str, str], _Chain] = field(default_factory=dict)
    fates: dict[int, Unit] = field(default_factory=dict)
    version: int = 4
    listed: bool = False
    """Is it the output of -L, and if so are interfaces shown?"""
    interfaces: bool = True


def _recognise(head: Head) -> Recognised | None:
    lines = head_lines(head)
    if any(_CHAIN.fullmatch(line) for line in lines) and any(_HEADING.fullmatch(line) for line in lines):
        return Recognised(90, "chains as iptables -L lists them")
    if any(_TABLE.fullmatch(line) for line in lines) and any(
        re.match(r"(?::\S+ \S+ \[|(?:\[\d+:\d+\] )?(?:-A|--append) )", line) for line in lines
    ):
        return Recognised(90, "tables and chains as iptables-save writes them")
    written = [line for line in lines if line.strip() and not line.startswith("#") and not _PROMPT.fullmatch(line)]
    shown = sum(1 for line in written if _SHOWN.fullmatch(line))
    return Recognised(80, "rules as iptables -S writes them") if shown and shown == len(written) else None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    config = gathered(stream)
    prompt = _prompt(config)
    device = device_of(prompt[1] if prompt else None, context)
    found = _found(config)
    for chain in found.chains.values():
        if chain.table == "nat":
            for number, (place, match) in enumerate(chain.rules, 1):
                row = _translation(chain, number, match, found, device)
                found.fates[place] = Skip(place, _NAT) if row is None else Records(place, (row.row(),))
            continue
        for number, (place, match) in enumerate(chain.rules, 1):
            found.fates[place] = Records(place, (_rule(chain, number, match, found, device).row(),))
        if chain.policy in ("ACCEPT", "DROP", "REJECT"):
            found.fates[chain.place] = Records(chain.place, (_policy(chain, found, device).row(),))
    yield from accounted(config, found.fates)


def _prompt(config: ConfigText) -> tuple[int, str] | None:
    prompts = ((place, _PROMPT.fullmatch(text[:400].rstrip())) for place, text in config.readable)
    return next(((place, found[1]) for place, found in prompts if found), None)


def _found(config: ConfigText) -> _Found:
    found = _Found()
    lines = list(config.readable)
    found.version = (
        6
        if any(
            re.search(r"ip6tables|::/0|(?:-[sd]|\s)\s*(?:[0-9a-f]{1,4}:){2}[0-9a-f:]*/\d", text) for _, text in lines
        )
        else 4
    )
    table, names = "filter", list[str]()
    listed: _Chain | None = None
    for place, text in lines:
        heading, chain = _HEADING.fullmatch(text), _CHAIN.fullmatch(text)
        if opened := _TABLE.fullmatch(text):
            table, listed = opened[1], None
            found.fates[place] = Skip(place, _CHAIN_LINE)
        elif chain is not None:
            listed = _opened(found, chain, place)
        elif heading is not None:
            names = text.split()
            found.interfaces = found.interfaces and "in" in names
            found.fates[place] = Skip(place, _CHAIN_LINE)
        elif listed is not None and text.strip() and not _ASIDE.fullmatch(text):
            _listed_rule(found, listed, names, place, text)
        elif not _ASIDE.fullmatch(text) and not _PROMPT.fullmatch(text.rstrip()):
            _saved_rule(found, table, place, text)
    if listed is not None:
        _tables(found)
    return found


def _opened(found: _Found, chain: "re.Match[str]", place: int) -> _Chain:
    """A chain of a listing; which table it is of shows once all are known."""
    opened = _Chain("", chain[1], place, chain[2] or "", counted(chain[3] or ""))
    key = ("", chain[1])
    if key in found.chains:
        # The listings of several tables one after the other: those before are a table of their own.
        _tables(found)
    found.chains[key] = opened
    found.fates[place] = Skip(place, _CHAIN_LINE)
    return opened


def _listed_rule(found: _Found, chain: _Chain, names: list[str], place: int, text: str) -> None:
    row = listing(text, names)
    if row is None:
        if not _PROMPT.fullmatch(text.rstrip()):
            found.fates[place] = Reject(place, _NO_RULE, None, text.strip()[:200], tables=(RULES,))
        return
    chain.rules.append((place, row.match()))


def _saved_rule(found: _Found, table: str, place: int, text: str) -> None:
    one = saved(text)
    if one is None:
        found.fates[place] = Reject(place, _NO_RULE, None, text.strip()[:200], tables=(RULES,))
        return
    chain = found.chains.setdefault((table, one.chain), _Chain(table, one.chain, place))
    if one.command == ":":
        chain.place, chain.policy, chain.packets = place, one.policy, one.match.packets
        found.fates[place] = Skip(place, _CHAIN_LINE)
    elif one.at is None:
        chain.rules.append((place, one.match))
    else:
        chain.rules.insert(one.at - 1, (place, one.match))


def _tables(found: _Found) -> None:
    """Name the table of the chains listed so far by its built-in chains."""
    unnamed = {key: chain for key, chain in found.chains.items() if not key[0]}
    built_in = frozenset(chain.name for chain in unnamed.values() if chain.policy)
    table = TABLES.get(built_in, "filter")
    for key, chain in unnamed.items():
        del found.chains[key]
        chain.table = table
        at = (table, chain.name)
        while at in found.chains:  # The same table listed twice, IPv4 and IPv6 for one.
            at = (f"{at[0]}+", chain.name)
        chain.table = at[0]
        found.chains[at] = chain


def _rule(chain: _Chain, number: int, match: Match, found: _Found, device: str) -> Rule:
    version = match.version or found.version
    zones = found.interfaces
    jumps = match.target not in TARGETS
    return Rule(
        device=device,
        policy=f"{chain.table}/{chain.name}",
        position=number,
        rule=str(number),
        action=TARGETS.get(match.target, "continue"),
        goes_to=match.target or None if jumps else None,
        source_zone=(match.inward.replace("*", "any"),) if zones else (),
        destination_zone=(match.outward.replace("*", "any"),) if zones else (),
        source=(match.source or "any",),
        destination=(match.destination or "any",),
        service=(_written(match),),
        source_addresses=match.side(True, version),
        destination_addresses=match.side(False, version),
        services=match.services(),
        conditions=(*match.conditions, *([] if zones else [_NO_INTERFACES])),
        logged=match.target in ("LOG", "NFLOG", "ULOG"),
        hit_count=match.packets,
        comment=match.comment,
    )


def _translation(chain: _Chain, number: int, match: Match, found: _Found, device: str) -> Translation | None:
    """A rule of the nat table that translates; null for jumps and counters."""
    version = match.version or found.version
    if match.target not in ("DNAT", "REDIRECT", "NETMAP", "SNAT", "MASQUERADE"):
        return None
    hides = match.target in ("SNAT", "MASQUERADE")
    zones = (
        [(match.inward.replace("*", "any"),), (match.outward.replace("*", "any"),)] if found.interfaces else [(), ()]
    )
    addresses, services = match.translated(zones[1][0] if zones[1] else "any")
    source, destination = match.side(True, version), match.side(False, version)
    return Translation(
        device=device,
        policy=f"nat/{chain.name}",
        position=number,
        rule=str(number),
        kind="hide" if hides else "publish",
        outside_zone=zones[1] if hides else zones[0],
        inside_zone=() if hides else zones[1],
        outside_addresses=addresses if hides else destination,
        outside_services=() if hides else match.services(),
        inside_addresses=source if hides else addresses,
        inside_services=services,
        from_addresses=() if hides or source in ((EVERY4,), (EVERY6,)) else source,
        comment=match.comment,
    )


def _written(match: Match) -> str:
    parts = [match.protocol]
    parts += [f"dport {','.join(match.dports)}"] if match.dports else []
    parts += [f"sport {','.join(match.sports)}"] if match.sports else []
    return " ".join([*parts, *([f"type {match.icmp_type}"] if match.icmp_type else [])])


def _policy(chain: _Chain, found: _Found, device: str) -> Rule:
    """What becomes of packets that no rule of a built-in chain decided on."""
    every = (EVERY6 if found.version == 6 else EVERY4,)
    return Rule(
        device=device,
        policy=f"{chain.table}/{chain.name}",
        position=len(chain.rules) + 1,
        rule="policy",
        action=TARGETS[chain.policy],
        source_zone=("any",),
        destination_zone=("any",),
        source_addresses=every,
        destination_addresses=every,
        services=(ANY,),
        hit_count=chain.packets,
        logged=False,
    )


def _places(config: ConfigText, place: int) -> Iterator[int]:
    prompt = _prompt(config)
    if prompt is not None:
        yield prompt[0]
    headings = [
        line for line, text in config.readable if line < place and (_CHAIN.fullmatch(text) or _TABLE.fullmatch(text))
    ]
    yield from headings[-1:]
    yield place


reader = RecordReader(
    name="iptables_save",
    title=Text("Linux iptables 規則", "Linux iptables rules"),
    version=1,
    tables=(RULES, TRANSLATIONS),
    recognise=_recognise,
    read=_read,
    settings=(DEVICE,),
    excerpt=lines_excerpt(_places),
)
