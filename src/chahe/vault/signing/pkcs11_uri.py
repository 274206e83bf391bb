"""Says in one line where a token's key is (RFC 7512), as it stands in chahe.toml or after an option; and why it cannot be used.

pkcs11:token=chahe;object=vault?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/etc/chahe/pin
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Self
from urllib.parse import unquote

from chahe.vault.errors import Malformed, VaultError
from chahe.vault.signing.canonical import NOWHERE

SCHEME = "pkcs11:"
_NEEDED = {"token", "object", "module-path", "pin-source"}
_TAKEN = _NEEDED | {"type"}


@dataclass(frozen=True, slots=True)
class TokenKey:
    """Where a key is."""

    module: Path
    """The maker's PKCS#11 library, as in /usr/lib/softhsm/libsofthsm2.so."""
    token: str
    """The token's label."""
    key: str
    """The label of both halves of the key."""
    pin: Path
    """A file with the PIN, which is its owner's alone (`chahe.vault.signing.pkcs11.read_pin`)."""

    def __str__(self) -> str:
        return f"key {self.key} in token {self.token} ({self.module})"

    @classmethod
    def parse(cls, uri: str) -> Self:
        """Raises Malformed. Of RFC 7512 these are taken: `token`, `object`, `type=private`, `module-path`, `pin-source`.

        `pin-value` is not: a PIN has no place in a file of settings or a list of processes.
        """
        path, _, query = uri.removeprefix(SCHEME).partition("?")
        if not uri.startswith(SCHEME):
            raise Malformed(NOWHERE, f"is no PKCS#11 URI, which begins with {SCHEME}")
        found: dict[str, str] = {}
        for part in [*path.split(";"), *(query.split("&") if query else ())]:
            name, equals, value = part.partition("=")
            if not equals or name not in _TAKEN or name in found:
                raise Malformed(NOWHERE, f"a PKCS#11 URI has no {name!r} here, or has it twice; it has {_list(_TAKEN)}")
            try:
                found[name] = unquote(value, errors="strict")
            except UnicodeDecodeError as error:
                raise Malformed(NOWHERE, f"{name} of the PKCS#11 URI is not UTF-8") from error
        missing = {name for name in _NEEDED if not found.get(name)}
        if missing or found.get("type", "private") != "private":
            raise Malformed(NOWHERE, f"the PKCS#11 URI lacks {_list(missing) or 'type=private'}")
        pin = found["pin-source"].removeprefix("file://").removeprefix("file:")
        return cls(Path(found["module-path"]), found["token"], found["object"], Path(pin))


class TokenFault(Enum):
    """Why a token does not sign."""

    LIBRARY = "the library cannot be loaded"
    SLOT = "no token, or more than one, has this label"
    PIN = "the token refuses the PIN"
    BUSY = "this process uses the token already; a token is opened once"
    KEY = "the token has no Ed25519 key of this label, or more than one"
    FAILED = "the token failed"


class TokenFailure(VaultError):
    """A key in a token cannot be used. The message never has the PIN."""

    def __init__(self, where: TokenKey, fault: TokenFault, detail: str = "") -> None:
        super().__init__(f"{where}: {fault.value}" + (f" ({detail})" if detail else ""))
        self.where = where
        self.fault = fault
        self.detail = detail


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))
