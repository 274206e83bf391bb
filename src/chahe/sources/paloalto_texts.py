"""What Palo Alto's system records tell in words: who signed in or out, from where, and whom the firewall itself spoke to.

    failed authentication for user 'chen'.  Reason: Invalid username/password. auth profile 'LDAP', vsys 'vsys1', From: 10.1.2.3.
    User admin logged in via Web from 10.1.2.3 using https
    GlobalProtect portal user authentication succeeded. Login from: 192.0.2.9, Source region: TW, User name: chen, Auth type: profile.
    Connection to Update server: updates.example completed successfully, initiated by 10.1.2.3

The server that was asked for an authentication is no destination of the one who signed in. No reader of its own.
"""

import re

import numpy as np
import numpy.typing as npt

from chahe.sources.field_columns import Fields

Flags = npt.NDArray[np.bool_]

_ADDRESS = rb"'?([0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*[0-9A-Fa-f])\b"
_PHRASES = tuple(
    re.compile(words)
    for words in (
        rb"(?:authenticated|authentication) for user '(?P<user>[^']*)'",
        rb"(?:authenticated|authentication) for user (?P<user>[^\s',]+?)\.?(?:\s|$)",
        rb"When authenticating user '(?P<user>[^']*)' from " + _ADDRESS.replace(b"(", b"(?P<source>", 1),
        rb"^User (?P<user>\S+) (?:logged (?:in|out)|failed)\b",
        rb"^(?P<other>.*) for user (?P<user>\S+)$",
        rb"\bUser name: (?P<user>[^,]+),",
        rb"(?:\bFrom: |\bLogin from: |\bvia \w+ from |\binitiated by )" + _ADDRESS.replace(b"(", b"(?P<source>", 1),
        rb"\bconnect to address: "
        + _ADDRESS.replace(b"(", b"(?P<destination>", 1)
        + rb" port: (?P<destination_port>\d+)",
    )
)
_SIGNS_IN = re.compile(rb"authenticat|logged (?:in|out)|[Ll]ogin", re.ASCII)


def told(fields: Fields, system: Flags) -> Flags:
    """Where the words name a user and addresses, make them the record's. Returns which records are of signing in or out."""
    signs_in = np.zeros(len(system), np.bool_)
    begins, sizes = fields.of("told")
    for line in np.flatnonzero(system & fields.has("told")).tolist():
        begin, size = int(begins[line]), int(sizes[line])
        text = fields.data[begin : begin + size].tobytes()
        signs_in[line] = _SIGNS_IN.search(text) is not None
        for phrase in _PHRASES:
            if found := phrase.search(text):
                _put(fields, line, begin, found)
    return signs_in


def _put(fields: Fields, line: int, begin: int, found: re.Match[bytes]) -> None:
    for name in found.re.groupindex:
        index = fields.order.get(name, -1)
        if index >= 0 and not fields.sizes[index, line]:
            start, stop = found.span(name)
            fields.begins[index, line], fields.sizes[index, line] = begin + start, stop - start
