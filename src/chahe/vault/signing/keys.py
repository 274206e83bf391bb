"""Private keys: the interface that signs, and the key in a file that only its owner can read.

`Signer` is all that the log and witnesses ask for. A key in a token is `chahe.vault.signing.pkcs11`; one in a cloud's key management is a
class with the same three members, whose `sign` asks that service for a pure Ed25519 signature (RFC 8032) over the message as it is.

The file holds one line in the form of golang.org/x/mod/sumdb/note, `PRIVATE+KEY+name+id+base64(algorithm || seed)`: it says whose key
it is and what it may sign, which PKCS#8 does not.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chahe.vault.errors import Malformed
from chahe.vault.signing.canonical import NOWHERE, decode_base64, encode_base64
from chahe.vault.signing.notes import Algorithm, Note, Signature, VerifierKey, check_text
from chahe.vault.signing.secret_files import Fault, UnusableSecret, read_secret, write_secret

SEED = 32
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

    Raises UnusableSecret; a file that is there already stays as it is.
    """
    signer = KeySigner(name, random(SEED), algorithm)
    write_secret(path, f"{signer.encode()}\n".encode())
    return signer


def read_key(path: Path) -> KeySigner:
    """The key in a file, if nobody else could have read or changed it. Raises UnusableSecret."""
    data = read_secret(path)
    try:
        return KeySigner.decode(data.decode())
    except (Malformed, UnicodeDecodeError) as error:
        why = error.why if isinstance(error, Malformed) else "it is not UTF-8"
        # `from None`: what was read may be another secret, and a trace must not show it.
        raise UnusableSecret(path, Fault.MALFORMED, why) from None
