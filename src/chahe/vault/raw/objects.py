"""Raw bytes under their SHA-256: what went in can be had back, byte for byte, and nothing is altered unseen.

Keys: `objects/<first two hex digits>/<digest>.<form>`, and `….index` beside those of more than one frame or block.
The form is `zst` (frames, see `frames.py`), `raw` where the bytes came compressed already, and ends in `+gcm` (its key in
`.gcm`) where they are sealed (see `seal.py`).
"""

import hashlib
import io
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from chahe.vault.errors import Malformed, Missing, Occupied, Place, Refuted, Unopenable
from chahe.vault.raw import blocks
from chahe.vault.raw.blocks import BlockProof, BlockTree, Listing
from chahe.vault.raw.frames import FRAME, Packer, Unpacked
from chahe.vault.raw.index import Index, Nodes
from chahe.vault.raw.intake import Outlet, Source, digest_of, read_full
from chahe.vault.raw.seal import SEALED, Seal
from chahe.vault.storing.storage import Storage

READ = 1 << 20
FORMS = ("zst", "raw", f"zst+{SEALED}", f"raw+{SEALED}")


def key_of(digest: str, form: str) -> str:
    """Where an object's bytes lie; with the form `index`, its index."""
    return f"objects/{digest[:2]}/{digest}.{form.replace('+', '.')}"


@dataclass(frozen=True, slots=True)
class Stored:
    """An object's bytes as they lie in storage."""

    sha256: str
    size: int
    form: str
    blocks: str
    """The root over their 16 KiB blocks."""
    index: str | None
    """SHA-256 of the object's index; None where it needs none."""

    def described(self) -> dict[str, object]:
        told = {"sha256": self.sha256, "size": self.size, "form": self.form, "blocks": self.blocks}
        return told if self.index is None else {**told, "index": self.index}


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored: digest and size of the object, and of the whole stream of which it is all or the tail."""

    digest: str
    size: int
    whole_digest: str
    whole_size: int
    blocks: str
    """The root over the object's 16 KiB blocks."""
    stored: Stored

    def described(self) -> dict[str, object]:
        """What the entry about it says under `object`."""
        return {"sha256": self.digest, "size": self.size, "blocks": self.blocks, "stored": self.stored.described()}


class Objects:
    """The objects of a vault. Writing is atomic; an object is never written twice."""

    def __init__(self, storage: Storage, *, seal: Seal | None = None, threads: int = 2) -> None:
        self._storage = storage
        self._seal = seal
        self._threads = threads

    @property
    def opens_sealed(self) -> bool:
        """Were keys given, so that sealed objects can be read?"""
        return self._seal is not None and self._seal.opens

    def keep(self, opened: Callable[[], BinaryIO], *, begin: int = 0, sealed: bool = False) -> Kept:
        """Store a stream's bytes from `begin` on, reading it once from its start.

        Raises OSError when it cannot be read or the storage not written, and Refuted when the object is there already
        but is not what its name says.
        """
        with opened() as stream, self._storage.draft() as draft:
            source = Source(stream, begin)
            form = f"{source.form}+{SEALED}" if sealed else source.form
            outlet = Outlet(draft, as_raw=form == "raw")
            sealing = self._sealing("that is to be kept").seal(outlet) if sealed else None
            raw, frames = Listing(blocks.PART_HEIGHT), list[int]()
            for piece in Packer(compress=source.form == "zst", threads=self._threads).pack(source.pieces()):
                raw.append(piece.node)
                frames.append(len(piece.packed))
                (sealing or outlet).write(piece.packed)
                outlet.note(piece)
            if sealing is not None:
                sealing.finish()
            digest = source.tail.hexdigest()
            stored = outlet.hexdigest() or digest
            index = Index(Nodes.of(raw, source.size), outlet.nodes(), tuple(frames) if form == "zst" else ())
            new = self._form(digest) is None
            if new and sealing is not None:
                sealing.keep_key(digest)
            new = new and draft.publish(key_of(digest, form))
        described = self._with_index(digest, stored, form, index) if new else self._before(digest, stored, index)
        return Kept(digest, source.size, source.whole.hexdigest(), source.whole_size, index.raw.root.hex(), described)

    def open(self, digest: str, *, begin: int = 0) -> BinaryIO:
        """The object's bytes as they came, from `begin` on. Raises Missing, Unopenable; `read` may raise Refuted."""
        form = self._known_form(digest)
        key = key_of(digest, form)
        if form == "raw":
            return self._storage.open(key, begin=begin)
        if form == "zst":
            index = self._index(digest) if begin >= FRAME else None
            at, passed = index.frame_at(begin) if index else (0, 0)
            return _from(io.BufferedReader(Unpacked(key, self._storage.open(key, begin=at)), READ), begin - passed)
        unsealed = self._sealing(digest).unseal(digest, self._storage.open(key))
        if form.startswith("raw"):
            return _from(unsealed, begin)
        return _from(io.BufferedReader(Unpacked(key, unsealed), READ), begin)

    def prove(self, digest: str, first: int, last: int) -> tuple[bytes, BlockProof]:
        """The blocks with the raw bytes `first` to `last`, and the proof that they are the object's.

        Reads no more than is near them where the object has an index. Raises Missing, ValueError beyond the object's end.
        """
        index = self._index(digest)
        size = index.raw.size if index else self._size(digest)
        listing = (index.raw.height, index.raw.nodes) if index else None

        def read(begin: int, end: int) -> bytes:
            with self.open(digest, begin=begin) as stream:
                return read_full(stream, end - begin)

        proof = blocks.prove(read, size, first // blocks.BLOCK, last // blocks.BLOCK, listing=listing)
        return read(proof.begin, proof.end), proof

    def verify(self, digest: str) -> None:
        """Reads all of it. Raises Refuted, Missing, or returns. What is stored is checked faster by `verify.py`."""
        found = hashlib.sha256()
        with self.open(digest) as stream:
            while data := stream.read(READ):
                found.update(data)
        _check(digest, found.hexdigest(), key_of(digest, self._known_form(digest)))

    def index_of(self, digest: str) -> Index:
        """The object's index, made anew from all of its bytes. Raises Missing, Refuted where they are not the object's."""
        key, tree, raw, size = key_of(digest, self._known_form(digest)), BlockTree(), Listing(blocks.PART_HEIGHT), 0
        with self._storage.open(key) as stored:
            while data := stored.read(READ):
                tree.update(data)
        ends, found = [(0, 0)], hashlib.sha256()
        with self._opened(digest, lambda taken, given: ends.append((taken, given))) as stream:
            while data := read_full(stream, FRAME):
                found.update(data)
                raw.append(blocks.subtree(data))
                size += len(data)
        _check(digest, found.hexdigest(), key)
        regular = [given for _, given in ends] == [*range(0, size, FRAME), size]
        frames = (
            tuple(end - begin for (begin, _), (end, _) in pairwise(ends)) if regular and key.endswith(".zst") else ()
        )
        return Index(Nodes.of(raw, size), Nodes.of(tree.finish(), tree.size), frames)

    def delete(self, digest: str) -> None:
        """Take the object's bytes away, its index first, so that no index is ever without an object. Raises Missing."""
        form = self._known_form(digest)
        if self._storage.exists(index := key_of(digest, "index")):
            self._storage.delete(index)
        self._storage.delete(key_of(digest, form))

    def _sealing(self, object_: str) -> Seal:
        if self._seal is None:
            raise Unopenable(object_, "no keys were given")
        return self._seal

    def _form(self, digest: str) -> str | None:
        return next((form for form in FORMS if self._storage.exists(key_of(digest, form))), None)

    def _known_form(self, digest: str) -> str:
        if (form := self._form(digest)) is None:
            raise Missing(f"the vault holds no object {digest}")
        return form

    def _index(self, digest: str) -> Index | None:
        """A help only: without it, or where it is damaged, the object is read from its beginning."""
        key = key_of(digest, "index")
        try:
            return Index.of(self._storage.read(key), key)
        except (Missing, Malformed):
            return None

    def _size(self, digest: str) -> int:
        with self.open(digest) as stream:
            return sum(iter(lambda: len(stream.read(READ)), 0))

    def _with_index(self, digest: str, stored: str, form: str, index: Index) -> Stored:
        """Writes the index. A crash before leaves an object without one; keeping the same bytes again adds it."""
        named = None
        if index.needed:
            data = index.to_bytes()
            key = key_of(digest, "index")
            try:
                self._storage.create(key, data)
            except Occupied as error:
                raise Refuted(Place(key), "is not the index of the object beside it") from error
            named = hashlib.sha256(data).hexdigest()
        return Stored(stored, index.stored.size, form, index.stored.root.hex(), named)

    def _before(self, digest: str, stored: str, index: Index) -> Stored:
        """What lies there from an earlier time, perhaps made by another version: looked at, not taken for granted."""
        form = self._known_form(digest)
        self._storage.settle(key_of(digest, form))
        with self._storage.open(key_of(digest, form)) as stream:
            found = digest_of(stream)
        return self._with_index(digest, found, form, index if found == stored else self.index_of(digest))

    def _opened(self, digest: str, ended: Callable[[int, int], None]) -> BinaryIO:
        """From its first byte; `ended` as in `Unpacked`, for objects that are frames as they lie there."""
        form = self._known_form(digest)
        if form != "zst":
            return self.open(digest)
        key = key_of(digest, form)
        return io.BufferedReader(Unpacked(key, self._storage.open(key), ended=ended), READ)


def _check(digest: str, found: str, key: str) -> None:
    if found != digest:
        raise Refuted(Place(key), f"object {digest}: its bytes now have the digest {found}")


def _from(stream: BinaryIO, skipped: int) -> BinaryIO:
    while skipped and (data := stream.read(min(skipped, READ))):
        skipped -= len(data)
    return stream


def prefix_digests(opened: Callable[[], BinaryIO], lengths: Collection[int]) -> dict[int, str]:
    """SHA-256 of a stream's first bytes, for each of the lengths that the stream reaches."""
    running, size, found = hashlib.sha256(), 0, dict[int, str]()
    with opened() as stream:
        for length in sorted(lengths):
            while size < length and (block := stream.read(min(READ, length - size))):
                running.update(block)
                size += len(block)
            if size == length:
                found[length] = running.hexdigest()
    return found
