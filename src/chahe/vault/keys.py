"""Private keys: the interface that signs, and the key in a file that only its owner can read.

`Signer` is all that the log and witnesses ask for. A key in a token is `chahe.vault.pkcs11`; one in a cloud's key management is a
class with the same three members, whose `sign` asks that service for a pure Ed25519 signature (RFC 8032) over the message as it is.

The file holds one line in the form of golang.org/x/mod/sumdb/note, `PRIVATE+KEY+name+id+base64(algorithm || seed)`: it says whose key
it is and what it may sign, which PKCS#8 does not.
"""

import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chahe.vault.canonical import NOWHERE, decode_base64, encode_base64
from chahe.vault.errors import Malformed, VaultError
from chahe.vault.notes import Algorithm, Note, Signature, VerifierKey, check_text

SEED = 32
_MODE = 0o600
_MOST = 4096
_FORM = re.compile(r"PRIVATE\+KEY\+([^+\n]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)\n?")


class Signer(Protocol):
    """Whoever can sign: a file, a token, a service."""

    @property
    def name(self) -> str: ...

    @property
    def verifier_key(self) -> VerifierKey: ...

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature (RFC 8032, pure) over the message. Raises VaultError where the key cannot be used."""
        ...


class Fault(Enum):
    """Why a key in a file is not used."""

    MISSING = "there is no such file"
    EXISTS = "something is there already, and a key is never written over"
    UNREADABLE = "it cannot be read or written"
    LINK = "it is a link; name the file itself"
    NO_FILE = "it is no regular file, or has further names (hard links)"
    OWNER = "it belongs to another user"
    MODE = "others than its owner may use it; its mode must be 0600"
    FOLDER = "everybody may write to its folder, or the folder belongs to another user"
    MALFORMED = "it holds no key of the form PRIVATE+KEY+name+id+key"


class UnusableKey(VaultError):
    """A private key's file is absent, unsafe or no key. The message never has a byte of what it holds."""

    def __init__(self, path: Path, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{path}: {fault.value}" + (f" ({detail})" if detail else ""))
        self.path = path
        self.fault = fault
        self.detail = detail


class KeySigner:
    """A private key in memory."""

    def __init__(self, name: str, seed: bytes, algorithm: Algorithm = Algorithm.ED25519) -> None:
        """Raises Malformed for a seed that has not 32 bytes, or a name that no key may have."""
        if len(seed) != SEED:
            raise Malformed(NOWHERE, f"a seed has {SEED} bytes, not {len(seed)}")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier_key = VerifierKey(name, algorithm, self._key.public_key().public_bytes_raw())

    @property
    def name(self) -> str:
        return self.verifier_key.name

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    def encode(self) -> str:
        """The private key as its file holds it."""
        key = self.verifier_key
        material = encode_base64(bytes([key.algorithm]) + self._key.private_bytes_raw()).decode()
        return f"PRIVATE+KEY+{key.name}+{key.key_id.hex()}+{material}"

    @classmethod
    def decode(cls, text: str) -> "KeySigner":
        """Reads what `encode` wrote. Raises Malformed."""
        form = _FORM.fullmatch(text)
        if form is None:
            raise Malformed(NOWHERE, "is no private key of the form PRIVATE+KEY+name+id+key")
        material = decode_base64(form[3].encode())
        if material[0] not in set(Algorithm):
            raise Malformed(
                NOWHERE, f"signature type 0x{material[0]:02x} is not taken; 01 (logs) and 04 (witnesses) are"
            )
        signer = cls(form[1], material[1:], Algorithm(material[0]))
        if signer.verifier_key.key_id.hex() != form[2]:
            raise Malformed(NOWHERE, f"the private key says it is {form[2]}, but it is another")
        return signer


def sign(text: bytes, *signers: Signer) -> bytes:
    """The text as a note, signed by each. Raises Malformed for a text that no note may have."""
    check_text(text)
    if not text.endswith(b"\n"):
        raise Malformed(NOWHERE, "the text of a note ends in a newline")
    if not signers:
        raise Malformed(NOWHERE, "a note without a signature is none")
    return Note(text, tuple(signature(text, signer) for signer in signers)).encode()


def signature(text: bytes, signer: Signer, at_s: int | None = None) -> Signature:
    """One signature; for a cosigner's key `at_s` is the POSIX time it states.

    It is verified before anyone sees it: a token that signs with another key, or a fault while signing (which may give an Ed25519 key
    away), must not leave the house.
    """
    key = signer.verifier_key
    data = signer.sign(key.message(text, at_s))
    if at_s is not None:
        data = at_s.to_bytes(8) + data
    key.verify(text, data)
    return Signature(key.name, key.key_id, data)


def make_key(
    path: Path, name: str, *, random: Callable[[int], bytes], algorithm: Algorithm = Algorithm.ED25519
) -> KeySigner:
    """A new key in a new file, readable by its owner alone. `random` gives that many bytes fit for keys (os.urandom).

    Raises UnusableKey; a file that is there already stays as it is.
    """
    _check_folder(path)
    signer = KeySigner(name, random(SEED), algorithm)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _MODE)
    except FileExistsError as error:
        raise UnusableKey(path, Fault.EXISTS) from error
    except OSError as error:
        raise UnusableKey(path, Fault.UNREADABLE, error.strerror or "") from error
    try:
        with os.fdopen(handle, "w") as file:
            os.fchmod(handle, _MODE)
            file.write(signer.encode() + "\n")
            file.flush()
            os.fsync(handle)
        _sync(path.parent)
    except OSError as error:
        # Half a key would stand in the way of the next attempt and sign nothing.
        with suppress(OSError):
            path.unlink()
        raise UnusableKey(path, Fault.UNREADABLE, error.strerror or "") from error
    return signer


def read_key(path: Path) -> KeySigner:
    """The key in a file, if nobody else could have read or changed it. Raises UnusableKey."""
    _check_folder(path)
    try:
        # Not waiting: a pipe of that name must not hold us up. The checks speak of the opened file, not of the name.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise UnusableKey(path, Fault.MISSING) from error
    except OSError as error:
        raise UnusableKey(path, Fault.LINK if path.is_symlink() else Fault.UNREADABLE, error.strerror or "") from error
    try:
        _check_file(path, os.fstat(handle))
        data = os.read(handle, _MOST)
    finally:
        os.close(handle)
    try:
        return KeySigner.decode(data.decode())
    except (Malformed, UnicodeDecodeError) as error:
        # `from None`: what was read may be another secret, and a trace must not show it.
        raise UnusableKey(path, Fault.MALFORMED, error.why if isinstance(error, Malformed) else "not UTF-8") from None


def _check_folder(path: Path) -> None:
    try:
        folder = path.parent.stat()
    except OSError as error:
        raise UnusableKey(path, Fault.MISSING, error.strerror or "") from error
    # Whoever may write to the folder can put another file in the key's place.
    if folder.st_mode & stat.S_IWOTH or folder.st_uid not in (0, os.geteuid()):
        raise UnusableKey(path, Fault.FOLDER, f"mode {stat.S_IMODE(folder.st_mode):04o}")


def _check_file(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        raise UnusableKey(path, Fault.NO_FILE)
    if found.st_uid != os.geteuid():
        raise UnusableKey(path, Fault.OWNER, f"user {found.st_uid}")
    if stat.S_IMODE(found.st_mode) & ~_MODE:
        raise UnusableKey(path, Fault.MODE, f"it is {stat.S_IMODE(found.st_mode):04o}")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
