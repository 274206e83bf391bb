"""What messages of ASA and FTD mean: the fate of each line, and its row. Texts that repeat are looked at once each."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.firewall_logs import cisco_ftd_scan
from chahe.sources.firewall_logs.cisco_asa_ends import FORMS, TURNS, Ends, codes, endpoints
from chahe.sources.firewall_logs.cisco_asa_phrases import LISTS, OTHERS, SLOTS
from chahe.sources.firewall_logs.ip_protocols import protocol
from chahe.sources.firewall_logs.word_scan import first_words, numbers_behind
from chahe.sources.model import Context
from chahe.sources.scanning.field_columns import Words, nullable, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.phrase_scan import Book, Phrase, Said, book_of, said
from chahe.sources.scanning.spans import GOOD, Texts, coded, numbers, texts
from chahe.sources.scanning.syslog_scan import Headers, scan
from chahe.sources.scanning.syslog_times import IMPOSSIBLE, MOMENT, NO_TIME

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_KINDS = ("traffic", "threat", "vpn", "admin", "system")
_TRAFFIC, _THREAT, _VPN, _ADMIN, _SYSTEM = range(len(_KINDS))
_CLASSES = {
    _ADMIN: "109 111 112 113 307 308 315 502 605 606 611 769",
    _THREAT: "338 400 401 420 421 430 434 733",
    _VPN: "316 402 404 501 602 603 702 713 714 715 716 718 720 721 722 723 724 725 734 737 750 751 752 768",
    _TRAFFIC: "106 108 202 209 302 303 304 305 313 324 406 407 410 415 416 417 418 419 431 446 500 507 508 607 608 620 703"
    " 710 852",
}
"""The first three digits of a code are its class; those of no other kind are the system's."""
_ALLOWED_CLASSES = (302, 303)
_LIMIT_REACHED = 106101
"""Of the traffic's class, and about the firewall's own memory."""
_FTD_EVENTS = (430001, 430005)

_ACTIONS = ("allow", "deny", "other")
_ALLOW, _DENY, _OTHER = range(len(_ACTIONS))
_REFUSED = (
    *("deny", "denied", "dropped", "dropping", "drop tcp", "drop udp", "rejected", "discard", "discarded"),
    *("shunned", "disallowing"),
)
_PROTOCOL_NAMES = ("tcp", "udp", "icmp", "icmp6", "gre", "esp", "ah", "igmp", "sctp", "ospf", "eigrp", "pim")
_PORTLESS = ("icmp", "ipv6-icmp", "gre", "esp", "ah")
_PROTOCOL = np.frombuffer(b"protocol", np.uint8)
_NOBODY = ("Not Found", "No Authentication Required", "Unknown", "unknown", "*****")
_LET_THROUGH = ("Allow", "Trust", "Fastpath", "Monitor", "Intrusion Monitor")
_STOPPED = ("Dropped", "Blocked", "Block")

_BLANKS = " \t\n\f\r\0"


def _library() -> tuple[Book, Ints]:
    """The phrases, and the group of each code."""
    lists = [(_spans(spec), spec, listed) for spec, listed in LISTS]
    edges = sorted({0, 10**6, *(edge for spans, _, _ in lists for span in spans for edge in span)})
    numbered: dict[Phrase, int] = {}
    groups: dict[tuple[int, ...], int] = {}
    of_code = np.zeros(10**6 + 1, np.int32)
    for first, behind in pairwise(edges):
        fitting = [(spec, listed) for spans, spec, listed in lists if any(a <= first < b for a, b in spans)]
        own = any(spec not in ("", OTHERS) for spec, _ in fitting)
        phrases = [phrase for spec, listed in fitting if not (own and spec == OTHERS) for phrase in listed]
        chain = tuple(numbered.setdefault(phrase, len(numbered)) for phrase in phrases)
        of_code[first:behind] = groups.setdefault(chain, len(groups))
    # Code -1 is none.
    of_code[-1] = groups.setdefault((), len(groups))
    return book_of(tuple(numbered), SLOTS, groups), of_code


def _spans(spec: str) -> list[tuple[int, int]]:
    """The codes that begin with the digits of a list: from, and up to before."""
    prefixes = [] if spec == OTHERS else spec.split()
    widths = [(int(prefix), 10 ** (6 - len(prefix))) for prefix in prefixes] or [(0, 10**6)]
    return [(prefix * width, (prefix + 1) * width) for prefix, width in widths]


def _kinds_of_classes() -> Ints:
    kinds = np.full(1000, _SYSTEM, np.int32)
    for kind, classes in _CLASSES.items():
        kinds[[int(one) for one in classes.split()]] = kind
    return kinds


_BOOK, _GROUP_OF = _library()
_KIND_OF = _kinds_of_classes()


def rows(lines: pa.Array, context: Context, years: Any) -> Mapping[str, pa.Array]:  # noqa: ANN401 - Arrow's arrays are untyped
    """By line: its fate, why and what is bad, and the columns of `firewall_events`."""
    headers = scan(lines, context, years)
    data = headers.data
    code, begins = codes(data, headers.messages, headers.ends)
    spans = (begins, headers.ends)
    says = said(_BOOK, data, spans, _GROUP_OF[code])
    events = (code >= _FTD_EVENTS[0]) & (code <= _FTD_EVENTS[1])
    if events.any():
        cisco_ftd_scan.fill(data, spans, events, SLOTS, (says.begins, says.sizes))
    kinds = _kinds(says, code)
    protocols = _protocols(data, spans, says)
    source, destination, users = _ends(data, says)
    return {
        **_fates(lines, headers, code),
        "happened_at_us": _happened(headers, says, events),
        "device": _device(headers, context.settings.get("device")),
        "device_serial": texts(data, *says.of("serial")).column(),
        "event_kind": coded(kinds, pa.array(_KINDS)),
        **_actions(data, spans, says, kinds, (code, events)),
        **_sides(data, says, source, destination, protocols),
        "protocol": protocols.column(),
        "bytes_sent": _number(data, says, "sent"),
        "bytes_received": _number(data, says, "received"),
        "account": _account(words(data, users)),
        "rule": texts(data, *says.of("rule")).column(),
        "event_code": _event_code(code),
    }


def _kinds(says: Said, code: Ints) -> Ints:
    given = says.codes("kind", _KINDS)
    by_class = np.where(code == _LIMIT_REACHED, np.int32(_SYSTEM), _KIND_OF[code // 1000])
    found: Ints = np.where(given < 0, by_class, given).astype(np.int32)
    return found


def _protocols(data: Bytes, spans: tuple[Ints, Ints], says: Said) -> Texts:
    """IANA's names: of the phrase, or the first that the message names."""
    begins, sizes = says.of("proto")
    untold = (sizes == 0) & ((says.of("a")[1] > 0) | (says.of("b")[1] > 0))
    if untold.any():
        named, lengths = first_words(data, spans, untold, _PROTOCOL_NAMES)
        numbered, counts = numbers_behind(data, spans, untold & (lengths == 0), _PROTOCOL)
        begins = np.where(untold, np.where(lengths > 0, named, numbered), begins)
        sizes = np.where(untold, np.where(lengths > 0, lengths, counts), sizes)
    found = texts(data, begins, sizes)
    names = [protocol(name) for name in found.values.to_pylist()]
    return Texts(found.codes, pa.array(names, pa.string()))


def _ends(data: Bytes, says: Said) -> tuple[Ends, Ends, tuple[Ints, Ints]]:
    """Source, destination, and the source's user."""
    forms = tuple(sorted(says.words("forms")))
    numbered = np.array([*(FORMS.index(form[0]) * len(FORMS) + FORMS.index(form[1]) for form in forms), -1], np.int32)
    turns = says.codes("turn", TURNS)
    source, destination, turned = endpoints(
        data, (says.of("a"), says.of("b")), numbered[says.codes("forms", forms)], turns
    )
    user, other = says.of("who"), says.of("other")
    return source, destination, (np.where(turned, other[0], user[0]), np.where(turned, other[1], user[1]))


def _sides(data: Bytes, says: Said, source: Ends, destination: Ends, protocols: Texts) -> Mapping[str, pa.Array]:
    portless = np.array([*(name in _PORTLESS for name in protocols.values.to_pylist()), False])[protocols.codes]
    found: dict[str, pa.Array] = {}
    for side, ends, slot in (("source", source, "port_from"), ("destination", destination, "port_to")):
        given, states = numbers(data, *says.of(slot), 2**31 - 1)
        ports = np.where(states == GOOD, given, ends.port)
        found[f"{side}_address"] = texts(data, *ends.address).column()
        found[f"{side}_port"] = nullable(ports, ~portless & (ports >= 0))
    return found


def _actions(
    data: Bytes, spans: tuple[Ints, Ints], says: Said, kinds: Ints, asked: tuple[Ints, Flags]
) -> Mapping[str, pa.Array]:
    code, events = asked
    written = says.texts("written", data)
    actions = says.codes("action", _ACTIONS)
    # What neither a phrase nor the class says, the message's own words do.
    unsaid = (actions < 0) & (kinds < _ADMIN) & ~np.isin(code // 1000, _ALLOWED_CLASSES) & ~events
    unwritten = (written.codes < 0) & ((kinds == _TRAFFIC) | (kinds == _THREAT)) & ~events
    refused = first_words(data, spans, unsaid | unwritten, _REFUSED)
    actions[(actions < 0) & (kinds == _ADMIN)] = _OTHER
    actions[(actions < 0) & (kinds < _ADMIN) & ~unsaid & ~events] = _ALLOW
    actions[unsaid] = np.where(refused[1][unsaid] > 0, _DENY, _OTHER)
    if events.any():
        results = texts(data, *says.of("result"))
        actions[events] = _event_actions(written, results)[events]
        written = _either(written, results, events)
    return {
        "action": coded(actions, pa.array(_ACTIONS)),
        "action_written": _either(written, texts(data, *refused), unwritten).column(),
    }


def _event_actions(written: Texts, results: Texts) -> Ints:
    """Of FTD's events: an inspection that stopped something counts before the rule that let it in."""
    stopped = [result in _STOPPED or "Block" in result.split() for result in results.values.to_pylist()]
    by_rule = [
        _ALLOW if word in _LET_THROUGH else _DENY if word.startswith("Block") else _OTHER
        for word in written.values.to_pylist()
    ]
    found: Ints = np.where(
        np.array([*stopped, False])[results.codes], _DENY, np.array([*by_rule, _OTHER])[written.codes]
    ).astype(np.int32)
    return found


def _either(words: Texts, others: Texts, where: Flags) -> Texts:
    """The other words for lines that have none and where that is asked."""
    codes = np.where((words.codes < 0) & where & (others.codes >= 0), others.codes + len(words.values), words.codes)
    return Texts(codes.astype(np.int32), pa.concat_arrays([words.values, others.values]))


def _account(users: Words) -> pa.DictionaryArray:
    """Users without their domain; the words that FTD writes for nobody are none."""
    return users.rewritten(lambda name: None if name in _NOBODY else _without_domain(name)).column()


def _without_domain(name: str) -> str:
    account = name.rpartition("\\")[2]
    return account.rpartition("@")[0] if "@" in account else account


def _number(data: Bytes, says: Said, slot: str) -> pa.Array:
    values, states = numbers(data, *says.of(slot), 2**63 - 1)
    return nullable(values, states == GOOD)


def _event_code(code: Ints) -> pa.DictionaryArray:
    known, order = np.unique(code, return_inverse=True)
    return coded(order.astype(np.int32), pa.array([None if one < 0 else f"{one:06d}" for one in known], pa.string()))


def _device(headers: Headers, device: str | None) -> pa.DictionaryArray:
    return words(headers.data, headers.host).or_else(device or None).column()


def _happened(headers: Headers, says: Said, events: Flags) -> pa.Array:
    """The header's time, or else the event's own."""
    without = events & (headers.times == NO_TIME)
    if not without.any():
        return headers.happened()
    us, are = cisco_ftd_scan.moments(headers.data, says.of("second"), without)
    return nullable(np.where(are, us, headers.at_us), are | (headers.times == MOMENT))


def _fates(lines: pa.Array, headers: Headers, code: Ints) -> Mapping[str, pa.Array]:
    fates = LineFates(lines, skips=("blank",))
    blank = np.zeros(len(code), np.bool_)
    for line in np.flatnonzero(code < 0).tolist():
        blank[line] = not lines[line].as_py().strip(_BLANKS)
    fates.say(blank, "blank")
    fates.say(code < 0, "no_token", column="event_code")
    impossible = headers.times == IMPOSSIBLE
    fates.say(impossible, "bad_time", column="happened_at_us", value=lambda line: headers.text(headers.time, line))
    return fates.columns()
