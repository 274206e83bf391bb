"""Objects that can be made unreadable for good: each under a data key of its own, which is destroyed when it must go.

A sealed object is a head (`chahe sealed 1\\n`, then the 16 bytes that name its key) and segments of 64 KiB, each encrypted with
AES-256-GCM (NIST SP 800-38D). A key seals one object only, so nonces are counted: eleven bytes for the segment's number, one
that is 1 for the last segment, which tells a cut from an end (Hoang et al., "Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance", 2015: STREAM). The head is authenticated with every segment.
Wrapped data keys lie below `locked/`, apart from the objects: a copy of the vault without that folder holds ciphertext only.
"""

import io
import json
import re
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chahe.vault.errors import Destroyed, Malformed, Missing, Place, Refuted, Unopenable
from chahe.vault.raw.intake import read_full
from chahe.vault.raw.seal import Sink
from chahe.vault.signing.canonical import decode_base64, encode_base64
from chahe.vault.signing.secret_files import Fault, UnusableSecret, read_secret, write_secret
from chahe.vault.storing.storage import Storage

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LOCKED = "locked/"
SEGMENT = 64 << 10
"""Bytes of a segment before it is encrypted."""
_TAG, _NONCE, _KEY, _NAME = 16, 12, 32, 16
_MAGIC = b"chahe sealed 1\n"
_HEAD = len(_MAGIC) + _NAME
_FORMAT = "chahe wrapped key 1"
_FILE = re.compile(r"CHAHE\+WRAPPING\+KEY\+([0-9a-f]{16})\+([A-Za-z0-9+/]+=*)\n?")

Random = Callable[[int], bytes]
"""So many bytes fit for keys (os.urandom)."""


@dataclass(frozen=True, slots=True, repr=False)
class WrappingKey:
    """The key that wraps data keys. It is kept outside the vault."""

    key: bytes

    @property
    def name(self) -> str:
        """Tells it from others, and nothing of it."""
        return sha256(b"chahe wrapping key 1\n" + self.key).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"WrappingKey({self.name})"


def make_wrapping_key(path: Path, *, random: Random) -> WrappingKey:
    """A new one in a new file that its owner alone can read. Raises UnusableSecret; a file that is there stays as it is."""
    made = WrappingKey(random(_KEY))
    write_secret(path, f"CHAHE+WRAPPING+KEY+{made.name}+{encode_base64(made.key).decode()}\n".encode())
    return made


def read_wrapping_key(path: Path) -> WrappingKey:
    """The one in a file, if nobody else could have read or changed it. Raises UnusableSecret."""
    form = _FILE.fullmatch(read_secret(path).decode("ascii", "replace"))
    try:
        found = WrappingKey(decode_base64(form[2].encode())) if form else None
    except Malformed:
        found = None
    if form is None or found is None or len(found.key) != _KEY or found.name != form[1]:
        # What was read may be another secret: nothing of it is shown.
        raise UnusableSecret(path, Fault.MALFORMED, "no line CHAHE+WRAPPING+KEY+name+key")
    return found


class Shredder:
    """Seals objects under data keys and opens them (`chahe.vault.raw.seal.Seal`). To destroy a key, its wrapping key is not needed."""

    def __init__(self, storage: Storage, wrapping: WrappingKey, *, random: Random) -> None:
        self._storage = storage
        self._wrapping = wrapping
        self._random = random

    @property
    def opens(self) -> bool:
        return True

    def seal(self, sink: Sink) -> "SealedSink":
        """A sink that encrypts into another, under a new data key."""
        return SealedSink(sink, self._random(_NAME), self._random(_KEY), self._keep)

    def unseal(self, digest: str, source: BinaryIO) -> BinaryIO:
        """What was sealed. Raises Destroyed where its key is gone, Unopenable where another key wrapped that, Refuted."""
        with ExitStack() as on_failure:
            on_failure.callback(source.close)
            head = read_full(source, _HEAD)
            key = self._unwrap(_name_in(head), digest)
            stream = io.BufferedReader(_Unsealed(source, AESGCM(key), head), SEGMENT)
            on_failure.pop_all()
        return stream

    def _keep(self, name: bytes, key: bytes, digest: str) -> None:
        nonce = self._random(_NONCE)
        told = {
            "format": _FORMAT,
            "by": self._wrapping.name,
            "nonce": nonce.hex(),
            "key": AESGCM(self._wrapping.key).encrypt(nonce, key, _bound(name, digest)).hex(),
        }
        self._storage.create(_place(name), rfc8785.dumps(told))

    def _unwrap(self, name: bytes, digest: str) -> bytes:
        place = _place(name)
        try:
            data = self._storage.read(place)
        except Missing as error:
            raise Destroyed(digest) from error
        try:
            told = json.loads(data)
            by, nonce, wrapped = told["by"], bytes.fromhex(told["nonce"]), bytes.fromhex(told["key"])
            known = told["format"] == _FORMAT
        except (ValueError, KeyError, TypeError) as error:
            raise Malformed(Place(place), f"is no wrapped key: {error}") from error
        if not known or len(nonce) != _NONCE:
            raise Malformed(Place(place), f"is no wrapped key of the form {_FORMAT!r}")
        if by != self._wrapping.name:
            raise Unopenable(digest, f"it needs the wrapping key {by}; the one given is {self._wrapping.name}")
        try:
            return AESGCM(self._wrapping.key).decrypt(nonce, wrapped, _bound(name, digest))
        except InvalidTag as error:
            raise Refuted(Place(place), f"does not hold the key of object {digest}") from error


def key_name(source: BinaryIO) -> str:
    """The name of the key that a sealed object (its stored bytes, closed here) needs. Raises Malformed."""
    with source:
        return _name_in(read_full(source, _HEAD)).hex()


def destroy_key(storage: Storage, name: str) -> None:
    """Destroy a data key for good. One that is gone already is no error: deleting is gone on with after a crash.

    Where a disk or a snapshot keeps old blocks the wrapped key may be found again, by whoever also holds the wrapping key:
    change that one then, and wrap what remains anew.
    """
    with suppress(Missing):
        storage.delete(f"{LOCKED}{name}")


class SealedSink:
    """One object on its way in: whole segments go on encrypted."""

    def __init__(self, sink: Sink, name: bytes, key: bytes, keep: Callable[[bytes, bytes, str], None]) -> None:
        self._sink = sink
        self._name = name
        self._key = key
        self._keep = keep
        self._cipher = AESGCM(key)
        self._head = _MAGIC + name
        self._waiting = bytearray()
        self._number = 0
        sink.write(self._head)

    def write(self, data: bytes | memoryview) -> int:
        self._waiting += data
        # The last segment must be known as such: a whole one is held back until something follows.
        while len(self._waiting) > SEGMENT:
            self._put(bytes(self._waiting[:SEGMENT]), last=False)
            del self._waiting[:SEGMENT]
        return len(data)

    def finish(self) -> None:
        """The rest, as the last segment, be it empty."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def keep_key(self, digest: str) -> None:
        """Make the wrapped key durable, bound to the object's digest."""
        self._keep(self._name, self._key, digest)

    def _put(self, segment: bytes, *, last: bool) -> None:
        self._sink.write(self._cipher.encrypt(_nonce(self._number, last=last), segment, self._head))
        self._number += 1


class _Unsealed(io.RawIOBase):
    """The stream of what was sealed, segment by segment."""

    def __init__(self, source: BinaryIO, cipher: AESGCM, head: bytes) -> None:
        self._source = source
        self._cipher = cipher
        self._head = head
        self._number = 0
        self._next = read_full(source, SEGMENT + _TAG)
        self._open = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        if not self._open and not self._ended:
            self._open = self._segment()
        view = memoryview(buffer).cast("B")
        size = min(len(view), len(self._open))
        view[:size] = self._open[:size]
        self._open = self._open[size:]
        return size

    def _segment(self) -> bytes:
        sealed, self._next = self._next, read_full(self._source, SEGMENT + _TAG)
        self._ended = not self._next
        first = _HEAD + self._number * (SEGMENT + _TAG)
        try:
            opened = self._cipher.decrypt(_nonce(self._number, last=self._ended), sealed, self._head)
        except InvalidTag as error:
            place = Place(first=first, last=first + max(len(sealed), 1) - 1)
            raise Refuted(
                place, "of a sealed object are not what was sealed, or the object was cut behind them"
            ) from error
        self._number += 1
        return opened

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


def _name_in(head: bytes) -> bytes:
    if len(head) != _HEAD or not head.startswith(_MAGIC):
        raise Malformed(Place(first=0, last=_HEAD - 1), "are no head of a sealed object")
    return head[len(_MAGIC) :]


def _place(name: bytes) -> str:
    return f"{LOCKED}{name.hex()}"


def _bound(name: bytes, digest: str) -> bytes:
    return name + bytes.fromhex(digest)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_NONCE - 1) + bytes([last])
