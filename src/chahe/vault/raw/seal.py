"""What `objects.py` asks of whoever encrypts objects, so that destroying a key destroys the object (`shredding.py`)."""

from typing import BinaryIO, Protocol

SEALED = "gcm"
"""What the form of a sealed object ends in, as in `zst+gcm`."""


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes | memoryview) -> int: ...


class Sealing(Sink, Protocol):
    """One object on its way in: what is written goes on to the sink, encrypted."""

    def finish(self) -> None:
        """Write what is still held back, so that a cut can be told from an end."""
        ...

    def keep_key(self, digest: str) -> None:
        """Make the object's wrapped key durable; called before the object gets its own key in storage.

        `digest` is the SHA-256 of the raw bytes, in hex. A crash may come between the two, and the same bytes may be kept
        again later under another data key: name wrapped keys by chance, in the sealed object's head, not by the digest.
        """
        ...


class Seal(Protocol):
    """Encrypts objects and opens them again."""

    @property
    def opens(self) -> bool:
        """Is what it needs to open objects at hand?"""
        ...

    def seal(self, sink: Sink) -> Sealing: ...

    def unseal(self, digest: str, source: BinaryIO) -> BinaryIO:
        """What was sealed, as a stream that closes its source.

        Raises Destroyed where the object's key is gone, Unopenable where that which wraps it is not at hand; Refuted, here or from `read`, where the bytes are not what was sealed.
        """
        ...
