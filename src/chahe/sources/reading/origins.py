r"""Where a sign-in came from and whose it was, as systems write them. No reader of its own; others stand on it.

192.0.2.7   ::ffff:192.0.2.7   2001:db8::7%eth0   192.0.2.7:50022   [2001:db8::7]:50022     an address, with a port or not
ws-31.broker.example   :0   -                                                               a name, a display, nothing
CORP\mei   mei@corp.example   mei                                                           an account, with its domain or not
"""

import re
from functools import lru_cache
from typing import NamedTuple

from chahe.evidence.addresses import canonical_address

_TERMINAL = re.compile(r"(?:/dev/)?(?:tty\d+|ttyS\d+|console|hvc\d+|seat\d+)", re.ASCII)
_DISPLAY = re.compile(r":\d+(?:\.\d+)?", re.ASCII)
_WITH_PORT = re.compile(r"\[?([0-9A-Fa-f:.%\w]+?)\]?:(\d{1,5})", re.ASCII)
_NOWHERE = frozenset({"", "-", "?", "*", "unknown", "none", "n/a", "(none)", "null", "0.0.0.0", "::"})  # noqa: S104 - read, never bound


class Origin(NamedTuple):
    """Where it came from: an address (with its port, where written), or a name, or neither."""

    address: str | None = None
    host: str | None = None
    port: int | None = None


NOWHERE = Origin()


@lru_cache(maxsize=1 << 14)
def origin(text: str) -> Origin:
    """What a text says of a place; nothing for blanks, a dash, a display of the host's own, and the address of no host."""
    written = text.strip()
    if written.lower() in _NOWHERE:
        return NOWHERE
    address = canonical_address(written.strip("[]"))
    if address is not None:
        return NOWHERE if address in _NOWHERE else Origin(address)
    if written.startswith(":"):  # a display, or a window of screen: `:0`, `:pts/0:S.0`
        return NOWHERE
    with_port = _WITH_PORT.fullmatch(written)
    if with_port is not None and (address := canonical_address(with_port[1])) is not None:
        return Origin(address, None, port(with_port[2]))
    return Origin(None, written)


def port(text: str) -> int | None:
    """A port number from 1 to 65535; null for anything else, and for 0, which says that there is none."""
    if not (text.isascii() and text.isdigit()) or len(text) > 5:
        return None
    number = int(text)
    return number if 1 <= number <= 65535 else None


def own_terminal(line: str, host: str = "") -> bool:
    """Is this the host's own terminal, console or display? A pseudo-terminal may be local or not: then it is not known."""
    return _TERMINAL.fullmatch(line) is not None or _DISPLAY.fullmatch(host) is not None or line.startswith("seat")


@lru_cache(maxsize=1 << 14)
def account_and_domain(text: str) -> tuple[str | None, str | None]:
    r"""`CORP\mei` and `mei@corp.example` parted; the domain is null where none is written."""
    written = text.strip()
    if "\\" in written:
        domain, _, account = written.rpartition("\\")
    else:
        account, _, domain = written.rpartition("@")
        if not account:
            account, domain = domain, ""
    return account or None, domain.strip("\\") or None
