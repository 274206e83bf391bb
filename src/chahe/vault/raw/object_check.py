"""Whether an object's stored bytes are those that the log names; and where they are not, from which byte to which."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from chahe.vault.errors import Malformed, Missing, Place, Refuted, VaultError
from chahe.vault.raw import blocks
from chahe.vault.raw.blocks import BlockTree, Listing
from chahe.vault.raw.index import Index
from chahe.vault.raw.intake import digest_of
from chahe.vault.raw.objects import FORMS, Objects, key_of
from chahe.vault.raw.seal import SEALED
from chahe.vault.raw.shredding import LOCKED, key_name
from chahe.vault.storing.storage import Storage

READ = 1 << 18
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Named:
    """What an entry says of an object: all of it, or (`stored` is empty) no more than its digest."""

    entry: int
    digest: str
    size: int = 0
    blocks: str = ""
    stored: str = ""
    """SHA-256 of the bytes as they lie there."""
    stored_size: int = 0
    form: str = ""
    index: str | None = None

    @property
    def key(self) -> str:
        return key_of(self.digest, self.form) if self.form else f"objects/{self.digest[:2]}/{self.digest}"


def named(told: object, entry: int) -> Named:
    """From an entry's member: what `Kept.described` gives, or a digest. Raises Malformed."""
    match told:
        case str(digest) if is_digest(digest):
            return Named(entry, digest)
        case {
            "sha256": str(digest),
            "size": int(size),
            "blocks": str(root),
            "stored": {"sha256": str(stored), "size": int(stored_size), "form": str(form), **rest},
        } if form in FORMS and is_digest(digest) and is_digest(stored):
            index = rest.get("index")
            return Named(entry, digest, size, root, stored, stored_size, form, str(index) if index else None)
        case _:
            raise Malformed(Place(entry=entry), "names an object in a way that this version of Chahe does not know")


def is_digest(text: object) -> bool:
    return isinstance(text, str) and len(text) == 64 and set(text) <= _HEX


class ObjectCheck:
    """Checks objects one by one; may be used by several threads at once."""

    def __init__(
        self,
        storage: Storage,
        objects: Objects,
        *,
        deep: bool = False,
        withheld: Callable[[int], bool] = lambda _entry: False,
    ) -> None:
        """`deep`: also decompress and compare with the raw bytes' digest and blocks.

        `withheld`: may the own key of a sealed object that this entry names be absent, since a copy is without it?
        """
        self._storage = storage
        self._objects = objects
        self._deep = deep
        self._withheld = withheld

    def faults(self, object_: Named) -> list[Refuted]:
        """What is wrong with an object, none where nothing is. Raises OSError where the storage cannot be read."""
        if not object_.stored:
            return self._caught(object_, partial(self._objects.verify, object_.digest))
        found = self._stored_faults(object_) + self._index_faults(object_)
        if not found and self._deep and not self._is_closed(object_):
            found = self._caught(object_, partial(self._deeply, object_))
        return found

    def unopened(self, object_: Named) -> bool:
        """Is it a sealed object whose raw bytes cannot be looked at, because the wrapping key is not at hand or its own is gone?"""
        if not object_.form.endswith(SEALED):
            return False
        return (self._deep and not self._objects.opens_sealed) or self._keyless(object_)

    def _is_closed(self, object_: Named) -> bool:
        if not object_.form.endswith(SEALED):
            return False
        return not self._objects.opens_sealed or (self._withheld(object_.entry) and self._keyless(object_))

    def _keyless(self, object_: Named) -> bool:
        try:
            return not self._storage.exists(f"{LOCKED}{key_name(self._storage.open(object_.key))}")
        except (Missing, Malformed):
            return False  # its bytes are not those that were kept, which is told of them

    def _caught(self, object_: Named, check: Callable[[], None]) -> list[Refuted]:
        try:
            check()
        except Refuted as error:
            place = error.place
            return [Refuted(Place(place.key or object_.key, object_.entry, place.first, place.last), error.why)]
        except Missing as error:
            # Of a sealed object it may be the key that is missing.
            why = str(error) if object_.form and self._storage.exists(object_.key) else "is gone"
            return [Refuted(Place(object_.key, object_.entry), why)]
        except VaultError as error:
            return [Refuted(Place(object_.key, object_.entry), str(error))]
        return []

    def _stored_faults(self, object_: Named) -> list[Refuted]:
        try:
            with self._storage.open(object_.key) as stream:
                digest = digest_of(stream)
            return [] if digest == object_.stored else [self._located(object_, digest)]
        except Missing:
            return [Refuted(Place(object_.key, object_.entry), "is gone")]

    def _index_faults(self, object_: Named) -> list[Refuted]:
        if object_.index is None:
            return []
        key = key_of(object_.digest, "index")
        try:
            data = self._storage.read(key)
        except Missing:
            return [Refuted(Place(key, object_.entry), "is gone; the object itself does not need it to be read")]
        if hashlib.sha256(data).hexdigest() == object_.index:
            return []
        why = f"the index has the SHA-256 {hashlib.sha256(data).hexdigest()}, not {object_.index}"
        first = last = None
        try:
            expected = self._objects.index_of(object_.digest).to_bytes()
        except VaultError:
            expected = b""  # the object cannot be read, which is told of it
        if hashlib.sha256(expected).hexdigest() == object_.index:
            first, last = _apart(data, expected)
        return [Refuted(Place(key, object_.entry, first, last), why)]

    def _located(self, object_: Named, digest: str) -> Refuted:
        """(1) The length, (2) the first block whose hash is not the index's, (3) what that is in the raw bytes."""
        size, entry = self._storage.size(object_.key), object_.entry
        what = f"the stored bytes have the SHA-256 {digest}, not {object_.stored}"
        index = self._index(object_)
        longest = max(size, object_.stored_size)
        if size != object_.stored_size:
            what = f"has {size} bytes, not {object_.stored_size}; {what}"
        if index is None:
            return Refuted(Place(object_.key, entry, 0, max(0, longest - 1)), what)
        found = self._listing(object_, index.stored.height)
        wrong = list(blocks.differing(found.nodes(), index.stored.nodes, index.stored.height, longest))
        if not wrong:  # it was altered back meanwhile
            return Refuted(Place(object_.key, entry, 0, longest - 1), what)
        first, last = wrong[0].first or 0, wrong[0].last or 0
        if len(wrong) > 1:
            what = f"{what}; {len(wrong) - 1} more ranges differ"
        if (raw := index.frames_within(first, last)) is not None:
            what = f"{what}; in the raw bytes, something from {raw[0]} to {raw[1]} is concerned"
        return Refuted(Place(object_.key, entry, first, last), what)

    def _index(self, object_: Named) -> Index | None:
        key = key_of(object_.digest, "index")
        try:
            data = self._storage.read(key)
            if hashlib.sha256(data).hexdigest() == object_.index:
                return Index.of(data, key)
        except (Missing, Malformed):
            pass
        return None

    def _listing(self, object_: Named, height: int) -> Listing:
        tree = BlockTree(height)
        with self._storage.open(object_.key) as stream:
            while data := stream.read(READ):
                tree.update(data)
        return tree.finish()

    def _deeply(self, object_: Named) -> None:
        digest, tree = hashlib.sha256(), BlockTree()
        with self._objects.open(object_.digest) as stream:
            while data := stream.read(READ):
                digest.update(data)
                tree.update(data)
        if digest.hexdigest() != object_.digest or tree.size != object_.size:
            why = f"its {tree.size} raw bytes have the SHA-256 {digest.hexdigest()}; {object_.size} bytes were kept"
            raise Refuted(Place(object_.key), why)
        if (root := tree.finish().root().hex()) != object_.blocks:
            raise Refuted(Place(object_.key), f"its blocks have the root {root}, not {object_.blocks}")


def _apart(found: bytes, expected: bytes) -> tuple[int, int]:
    """The first and last byte in which two texts of bytes differ; behind the shorter one all of the longer differs."""
    pairs = enumerate(zip(found, expected, strict=False))
    wrong = [at for at, (one, other) in pairs if one != other]
    shorter, longer = sorted((len(found), len(expected)))
    if shorter == longer:
        return wrong[0], wrong[-1]
    return (wrong[0] if wrong else shorter), longer - 1
