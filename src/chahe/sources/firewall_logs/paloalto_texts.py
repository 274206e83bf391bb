"""What Palo Alto's system records tell in words: who signed in or out, from where, and whom the firewall itself spoke to.

    failed authentication for user 'chen'.  Reason: Invalid username/password. auth profile 'LDAP', vsys 'vsys1', From: 10.1.2.3.
    User admin logged in via Web from 10.1.2.3 using https
    GlobalProtect portal user authentication succeeded. Login from: 192.0.2.9, Source region: TW, User name: chen, Auth type: profile.
    Connection to Update server: updates.example completed successfully, initiated by 10.1.2.3

The server that was asked for an authentication is no destination of the one who signed in. No reader of its own.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.field_columns import Fields

Flags = npt.NDArray[np.bool_]

_ADDRESS = rb"'?(?P<%s>[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*[0-9A-Fa-f])\b"
_PHRASES = tuple(
    (part, re.compile(words))
    for part, words in (
        (b" for user '", rb"(?:authenticated|authentication) for user '(?P<user>[^']*)'"),
        (b" for user ", rb"(?:authenticated|authentication) for user (?P<user>[^\s',]+?)\.?(?:\s|$)"),
        (b"ing user '", rb"When authenticating user '(?P<user>[^']*)' from " + _ADDRESS % b"source"),
        (b" logged ", rb"^User (?P<user>\S+) logged (?:in|out)\b"),
        (b" for user ", rb" for user (?P<user>\S+)$"),
        (b"User name: ", rb"\bUser name: (?P<user>[^,]+),"),
        (b"rom: ", rb"\b(?:Login f|F)rom: " + _ADDRESS % b"source"),
        (b" from ", rb"\bvia \w+ from " + _ADDRESS % b"source"),
        (b" initiated by ", rb"\binitiated by " + _ADDRESS % b"source"),
        (
            b"to address: ",
            rb"\bconnect to address: " + _ADDRESS % b"destination" + rb" port: (?P<destination_port>\d+)",
        ),
    )
)
"""Phrases, each with a part of it that is quickly looked for."""
_SIGNING_IN = (b"authenticat", b"logged in", b"logged out", b"ogin")


def told(fields: Fields, system: Flags) -> Flags:
    """Where the words name a user and addresses, make them the record's. Returns which records are of signing in or out."""
    signs_in = np.zeros(len(system), np.bool_)
    begins, sizes = fields.of("told")
    heard: dict[bytes, _Heard] = {}
    for line in np.flatnonzero(system & fields.has("told")).tolist():
        begin = int(begins[line])
        text = fields.data[begin : begin + int(sizes[line])].tobytes()
        said = heard.get(text)
        if said is None:
            said = heard[text] = _hear(text, fields.order)
        signs_in[line] = said.signs_in
        for index, start, size in said.values:
            if not fields.sizes[index, line]:
                fields.begins[index, line], fields.sizes[index, line] = begin + start, size
    return signs_in


class _Heard(NamedTuple):
    """What a text says."""

    signs_in: bool
    values: tuple[tuple[int, int, int], ...]
    """Fields, and where in the text each stands, and its size; the first of a field counts."""


def _hear(text: bytes, order: Mapping[str, int]) -> _Heard:
    values = []
    for part, phrase in _PHRASES:
        found = phrase.search(text) if part in text else None
        if found:
            values += [(order[name], found.start(name), len(found[name])) for name in found.re.groupindex]
    return _Heard(any(word in text for word in _SIGNING_IN), tuple(values))
