"""A signer whose key never leaves a token (PKCS#11: smart cards, HSMs, SoftHSM). Needs the extra `pkcs11`.

The key is made with the token's own tools, as an Ed25519 pair with one label for both halves, for instance
`pkcs11-tool --module LIBRARY --login --keypairgen --key-type EC:edwards25519 --label vault --usage-sign`.
"""

from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.types import SignMixin

from chahe.vault.errors import VaultError
from chahe.vault.signing.notes import Algorithm, VerifierKey, check_name
from chahe.vault.signing.pkcs11_uri import TokenFailure, TokenFault, TokenKey
from chahe.vault.signing.secret_files import read_secret

_POINT = 32


class TokenSigner:
    """A `Signer`; holds a session of the token until it is closed. For use in the process that made it, by any thread."""

    def __init__(self, where: TokenKey, name: str, algorithm: Algorithm = Algorithm.ED25519) -> None:
        """Raises TokenFailure, UnusableSecret for the PIN's file, or Malformed for a name that no key may have."""
        check_name(name)
        self._where = where
        self._turn = Lock()
        self._session = _session(where, read_pin(where.pin))
        try:
            self._private = _signing(_key(self._session, where, ObjectClass.PRIVATE_KEY), where)
            public = _key(self._session, where, ObjectClass.PUBLIC_KEY)
            self.verifier_key = VerifierKey(name, algorithm, _point(public, where))
        except VaultError:
            self._session.close()
            raise

    @property
    def name(self) -> str:
        return self.verifier_key.name

    def sign(self, message: bytes) -> bytes:
        """Raises TokenFailure, also for a token that was pulled out meanwhile."""
        # A session has one operation at a time.
        with self._turn:
            try:
                return bytes(self._private.sign(message, mechanism=Mechanism.EDDSA))
            except pkcs11.PKCS11Error as error:
                raise _failure(self._where, TokenFault.FAILED, error) from error

    def close(self) -> None:
        with self._turn:
            self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_pin(path: Path) -> str:
    """A PIN in a file that its owner alone can read; a newline at its end is no part of it. Raises UnusableSecret."""
    return read_secret(path).decode("utf-8", "replace").removesuffix("\n")


def _session(where: TokenKey, pin: str) -> pkcs11.Session:
    try:
        module = pkcs11.lib(str(where.module))
    except pkcs11.PKCS11Error as error:
        raise _failure(where, TokenFault.LIBRARY, error) from error
    try:
        return module.get_token(token_label=where.token).open(user_pin=pin)
    except (pkcs11.NoSuchToken, pkcs11.MultipleTokensReturned, pkcs11.TokenNotPresent) as error:
        raise _failure(where, TokenFault.SLOT, error) from error
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked, pkcs11.PinExpired) as error:
        raise _failure(where, TokenFault.PIN, error) from error
    except (pkcs11.UserAlreadyLoggedIn, pkcs11.AnotherUserAlreadyLoggedIn) as error:
        # A login is the whole process's, and so is the logout when either signer is closed: two would end each other.
        raise _failure(where, TokenFault.BUSY, error) from error
    except pkcs11.PKCS11Error as error:
        raise _failure(where, TokenFault.FAILED, error) from error


def _key(session: pkcs11.Session, where: TokenKey, kind: ObjectClass) -> pkcs11.Object:
    try:
        # To the end of the list: a search that is left unfinished keeps the session from being closed in order.
        found = list(
            session.get_objects(
                {Attribute.CLASS: kind, Attribute.KEY_TYPE: KeyType.EC_EDWARDS, Attribute.LABEL: where.key}
            )
        )
    except pkcs11.PKCS11Error as error:
        raise _failure(where, TokenFault.FAILED, error) from error
    if len(found) != 1:
        raise TokenFailure(where, TokenFault.KEY, f"{len(found)} are found")
    return found[0]


def _signing(private: pkcs11.Object, where: TokenKey) -> SignMixin:
    if not isinstance(private, SignMixin):
        raise TokenFailure(where, TokenFault.KEY, "its private half may not sign (CKA_SIGN)")
    return private


def _point(public: pkcs11.Object, where: TokenKey) -> bytes:
    """The 32 bytes of the public key. PKCS#11 3.0 §2.3.5 has them in a DER string; some tokens give them bare."""
    try:
        point = bytes(public[Attribute.EC_POINT])
    except pkcs11.PKCS11Error as error:
        raise _failure(where, TokenFault.KEY, error) from error
    for wrapping in (b"", b"\x04\x20", b"\x03\x21\x00"):  # bare, OCTET STRING, BIT STRING
        if len(point) == len(wrapping) + _POINT and point.startswith(wrapping):
            return point[len(wrapping) :]
    raise TokenFailure(where, TokenFault.KEY, f"its public key has {len(point)} bytes; is it of another curve?")


def _failure(where: TokenKey, fault: TokenFault, error: pkcs11.PKCS11Error) -> TokenFailure:
    return TokenFailure(where, fault, f"{type(error).__name__}: {error}".rstrip(": "))
