"""What Junos's messages mean: the fate of each line, and its row. No reader of its own; see `chahe.sources.firewall_logs.juniper_srx`."""

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.firewall_logs.account_names import without_domain
from chahe.sources.firewall_logs.ip_protocols import protocol
from chahe.sources.firewall_logs.juniper_fields import Found, read
from chahe.sources.firewall_logs.juniper_scan import UNTAGGED
from chahe.sources.firewall_logs.juniper_words import action, kind, known, says_what_became
from chahe.sources.model import Context
from chahe.sources.scanning.field_columns import COUNT, PORT, Words, nullable, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.spans import coded
from chahe.sources.scanning.syslog_scan import Headers, scan
from chahe.sources.scanning.syslog_times import IMPOSSIBLE, MOMENT

_KINDS = ("traffic", "threat", "vpn", "admin", "system")
_SYSTEM = _KINDS.index("system")
_DAEMON = re.compile(r"[\w./-]+\[\d+\]: ", re.ASCII)

Flags = npt.NDArray[np.bool_]


def rows(lines: pa.Array, context: Context, years: pa.Array | None) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `firewall_events`."""
    headers = scan(lines, context, years, details=False)
    found = read(headers)
    fields = found.fields
    fates = LineFates(lines, skips=("blank",))
    _judge(fates, headers, found)
    kinds = _kinds(found.tags)
    written = fields.words("action").instead(found.tags.rewritten(lambda tag: tag if says_what_became(tag) else None))
    return {
        "happened_at_us": nullable(headers.at_us, headers.times == MOMENT),
        "device": words(headers.data, headers.host).or_else(context.settings.get("device")).column(),
        "event_kind": coded(kinds, pa.array(_KINDS)),
        "action": _actions(written, kinds),
        "action_written": written.column(),
        "source_address": fields.words("source-address").column(),
        "source_port": fields.number("source-port", PORT, fates),
        "destination_address": fields.words("destination-address").column(),
        "destination_port": fields.number("destination-port", PORT, fates),
        "protocol": fields.words("protocol-id").said(protocol),
        "bytes_sent": fields.number("bytes-from-client", COUNT, fates),
        "bytes_received": fields.number("bytes-from-server", COUNT, fates),
        "account": fields.words("username").rewritten(_account).column(),
        "rule": fields.words("policy-name").rewritten(_rule).column(),
        "event_code": found.tags.column(),
        **fates.columns(),
    }


def _judge(fates: LineFates, headers: Headers, found: Found) -> None:
    fates.say(found.broken, "quotes")
    fates.say(found.unclosed, "cut")
    times = headers.times == IMPOSSIBLE
    if times.any():
        written = words(headers.data, headers.time).column()
        fates.say(times, "time", column="happened_at_us", value=lambda line: written[line].as_py())
    doubtful = (found.forms == UNTAGGED) & (headers.times != MOMENT)
    if not doubtful.any():
        return
    texts = {line: fates.lines[line].as_py() for line in np.flatnonzero(doubtful).tolist()}
    fates.say(_these(doubtful, [line for line, text in texts.items() if not text.strip()]), "blank")
    # Without a header, only a daemon's name and number tell that it is a line of Junos.
    fates.say(_these(doubtful, [line for line, text in texts.items() if not _DAEMON.match(text)]), "stranger")


def _these(like: Flags, lines: list[int]) -> Flags:
    flags = np.zeros(len(like), np.bool_)
    flags[lines] = True
    return flags


def _kinds(tags: Words) -> npt.NDArray[np.int32]:
    by_tag = np.array([*(_KINDS.index(kind(tag)) for tag in tags.texts.values.to_pylist()), _SYSTEM], np.int32)
    kinds: npt.NDArray[np.int32] = by_tag[tags.texts.codes]
    return kinds


def _actions(written: Words, kinds: npt.NDArray[np.int32]) -> pa.Array:
    """By what was written; else other, but nothing is said of a daemon's own business."""
    meant = ("allow", "deny", "other")
    by_word = np.array([*(meant.index(action(word)) for word in written.texts.values.to_pylist()), -1], np.int32)
    codes = by_word[written.texts.codes]
    return coded(np.where((codes < 0) & (kinds != _SYSTEM), np.int32(2), codes).astype(np.int32), pa.array(meant))


def _account(written: str) -> str | None:
    name = known(written)
    return without_domain(name.replace("\\\\", "\\")) if name else None


def _rule(written: str) -> str | None:
    return known(written.removesuffix("."))
