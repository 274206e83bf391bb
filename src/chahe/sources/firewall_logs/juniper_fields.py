"""The fields of Junos's messages, structured or plain. No reader of its own."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.firewall_logs.juniper_scan import PLAIN, STRUCTURED, UNTAGGED, Tagged, behind, ends_split, tagged
from chahe.sources.firewall_logs.juniper_sessions import sessions
from chahe.sources.firewall_logs.juniper_words import kind
from chahe.sources.scanning.field_columns import Fields, Words, words
from chahe.sources.scanning.pair_scan import Values, nothing, quoted_pairs
from chahe.sources.scanning.spans import Spans
from chahe.sources.scanning.syslog_scan import Headers
from chahe.sources.scanning.wanted_keys import keys_of

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

FIELDS: Mapping[str, tuple[str, ...]] = {
    # In the order of what plain sessions say (juniper_sessions.SOURCE …).
    "source-address": ("source-address", "source-ip", "client-address"),
    "source-port": ("source-port", "client-port"),
    "destination-address": ("destination-address", "destination-ip", "server-address"),
    "destination-port": ("destination-port", "server-port"),
    "protocol-id": ("protocol-id", "protocol", "protocol-name"),
    "policy-name": ("policy-name", "rule-name", "profile-name", "profile"),
    "bytes-from-client": ("bytes-from-client", "inbound-bytes"),
    "bytes-from-server": ("bytes-from-server", "outbound-bytes"),
    "username": ("username", "user-name", "user"),
    "action": ("action",),
}
"""What is looked for in structured data, and under which keys."""
_ORDER = {name: index for index, name in enumerate(FIELDS)}
_KEYS = keys_of(FIELDS)
_OF_SESSIONS = 9

_PHRASES = (
    # kinds, field, what stands before the value, what ends it
    ("threat", "action", 'ACTION="', '"'),
    ("threat", "action", "action=", ", "),
    ("threat", "action", "action: ", ", "),
    ("threat", "username", " username ", " "),
    ("threat", "username", "username=", ", "),
    ("threat", "protocol-id", "> for ", " "),
    ("threat", "protocol-id", "protocol-id: ", ", "),
    ("threat", "policy-name", " in policy ", " "),
    ("threat", "policy-name", 'PROFILE="', '"'),
    ("admin", "username", "ser '", "'"),
    ("admin", "source-address", "from host '", "'"),
    ("admin", "source-address", "ssh-connection '", " '"),
    ("vpn", "username", "ser '", "'"),
    ("vpn", "source-address", "Remote-IP: ", " ,"),
    ("vpn", "destination-address", "Local-IP: ", " ,"),
)
"""What plain messages that are no sessions say, by their kind."""
_COMMAND = re.compile(rb"\brshd\[\d+\]: ([^@\s]+)@(\S+) as ")


class Found(NamedTuple):
    """What the lines say."""

    fields: Fields
    forms: Bytes
    tags: Words
    broken: Flags
    """Whose quotes do not pair."""
    unclosed: Flags
    """Whose brackets are never closed."""


def read(headers: Headers) -> Found:
    """The fields of messages behind their headers."""
    data, ends = headers.data, headers.ends
    starts = np.where(headers.program[1] > 0, headers.program[0], headers.messages).astype(np.int32)
    found = tagged(data, starts, ends)
    values = nothing(len(FIELDS), len(ends))
    structured = found.forms == STRUCTURED
    if structured.any():
        quoted_pairs(data, found.bodies, _where(structured, ends, found.bodies), keys=_KEYS, values=values)
    tags = words(data, found.tag)
    if (found.forms == PLAIN).any():
        _read_plain(data, ends, (found, tags), values)
    if (found.forms == UNTAGGED).any():
        _read_commands(headers, found, values)
    fields = Fields(data, _ORDER, values.begins, values.sizes)
    return Found(fields, found.forms, tags, values.broken, structured & ~values.closed & ~values.broken)


def _read_plain(data: Bytes, ends: Ints, of: tuple[Tagged, Words], values: Values) -> None:
    found, tags = of
    plain = found.forms == PLAIN
    begins, sizes = sessions(data, found.bodies, _where(plain, ends, found.bodies))
    values.begins[:_OF_SESSIONS, plain] = begins[:, plain]
    values.sizes[:_OF_SESSIONS, plain] = sizes[:, plain]
    for said in ("threat", "admin", "vpn"):
        these = plain & tags.are(lambda tag, said=said: kind(tag) == said)  # type: ignore[misc] # bound now
        if these.any():
            stops = _where(these, ends, found.bodies)
            for wanted, field, word, until in _PHRASES:
                if wanted == said:
                    _put(values, field, behind(data, found.bodies, stops, word=word, until=until))
            if said == "threat":
                _read_screens(data, (found.bodies, stops), values)


def _read_screens(data: Bytes, edges: tuple[Ints, Ints], values: Values) -> None:
    """`source: 10.1.2.3:50100, destination: 192.0.2.7:443`."""
    for end in ("source", "destination"):
        address, port = ends_split(data, behind(data, *edges, word=f"{end}: ", until=", "))
        _put(values, f"{end}-address", address)
        _put(values, f"{end}-port", port)


def _read_commands(headers: Headers, found: Tagged, values: Values) -> None:
    """Who ran a command from where, as rshd says it without a tag."""
    for line in np.flatnonzero(found.forms == UNTAGGED).tolist():
        start = int(found.bodies[line])
        told = _COMMAND.match(headers.data[start : headers.ends[line]].tobytes())
        if told:
            for field, group in (("username", 1), ("source-address", 2)):
                values.begins[_ORDER[field], line] = start + told.start(group)
                values.sizes[_ORDER[field], line] = told.end(group) - told.start(group)


def _put(values: Values, field: str, spans: Spans) -> None:
    """These spans, where nothing is said of the field so far."""
    index = _ORDER[field]
    said = (spans[1] > 0) & (values.sizes[index] == 0)
    values.begins[index, said], values.sizes[index, said] = spans[0][said], spans[1][said]


def _where(where: Flags, ends: Ints, begins: Ints) -> Ints:
    """The ends of those lines; of the others, where they begin, so that nothing is looked at."""
    return np.where(where, ends, begins).astype(np.int32)
