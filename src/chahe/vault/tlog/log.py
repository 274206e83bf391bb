"""The log as it can be read: its signed checkpoint, its entries, and the proofs between them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from chahe.vault.errors import Missing, Place, Refuted
from chahe.vault.signing.checkpoints import SignedCheckpoint, open_checkpoint
from chahe.vault.signing.key_chain import KeyChain
from chahe.vault.signing.notes import VerifierKey
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.edge import Edge, check_bundle
from chahe.vault.tlog.merkle import consistency_path, inclusion_path, root_of
from chahe.vault.tlog.tiles import ENTRIES, WIDTH, TileReader, TileTree, tile_at

CHECKPOINT = "checkpoint"


class Log:
    """A log in storage. Each method raises Missing or Malformed where files are gone or are no tiles.

    Nothing is kept in memory that could not be read again, so one object may be used for years beside a writer.
    """

    def __init__(
        self, storage: Storage, verifier: Iterable[VerifierKey] | KeyChain, *, origin: str | None = None
    ) -> None:
        """`verifier`: the keys of the log itself (no witness's, which alone proves nothing here); a chain where one took over."""
        self._storage = storage
        self._chain = verifier if isinstance(verifier, KeyChain) else None
        self._verifier = verifier.keys if isinstance(verifier, KeyChain) else tuple(verifier)
        self._origin = origin
        self._tiles = TileReader(storage.read)
        self._size = 0

    def checkpoint(self) -> SignedCheckpoint:
        """The newest. Raises Missing while the log has none, Refuted where no key of the log signed it."""
        signed = self.opened(self._storage.read(CHECKPOINT), Place(key=CHECKPOINT))
        self._size = max(self._size, signed.checkpoint.size)
        return signed

    def opened(self, note: bytes, place: Place) -> SignedCheckpoint:
        """A checkpoint of this log that was found elsewhere. Raises Malformed, Refuted."""
        signed = open_checkpoint(note, self._verifier, origin=self._origin, place=place)
        return signed if self._chain is None else self._chain.check(signed, place)

    def entry(self, index: int) -> bytes:
        """One entry, as its tile's hash has it. Raises ValueError beyond the log, Refuted where it is another."""
        return next(self.entries(index, index + 1))

    def entries(self, begin: int, end: int) -> Iterator[bytes]:
        """The entries from `begin` up to (not including) `end`, bundle by bundle, each checked against its tile's hash.

        Raises ValueError beyond the log, Refuted where an entry is not the one that was appended.
        """
        if end > self._size:
            self.checkpoint()
        if not 0 <= begin <= end <= self._size:
            raise ValueError(f"a log of {self._size} entries has none from {begin} up to {end}")
        return self._bundles(begin, end, self._size)

    def _bundles(self, begin: int, end: int, size: int) -> Iterator[bytes]:
        for index in range(begin // WIDTH, -(-end // WIDTH)):
            tile = tile_at(ENTRIES, index, size)
            first, last = max(begin - index * WIDTH, 0), end - index * WIDTH
            found = self._tiles(tile)[first:last]
            check_bundle(found, self._tiles(tile_at(0, index, size))[first:last], tile, first=first)
            yield from found

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The proof that the tree of `size` entries has that one, for `merkle.verify_inclusion`. Raises ValueError."""
        return inclusion_path(index, size, self._tree(size).subtree)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the tree of `old` entries grew into that of `new`, for `merkle.verify_consistency`."""
        return consistency_path(old, new, self._tree(new).subtree)

    def root(self, size: int) -> bytes:
        """The root that the tiles give, whatever was signed."""
        return root_of(size, self._tree(size).subtree)

    def edge(self, size: int) -> Edge:
        """What appending to the tree of `size` entries needs: one tile a level is read."""
        return Edge.read(self._tiles, size)

    def _tree(self, size: int) -> TileTree:
        """The tree as the newest tiles have it: partial ones are kept only for sizes that were signed."""
        if size > self._size:
            with suppress(Missing, Refuted):
                self.checkpoint()
        return TileTree(self._tiles, max(size, self._size))
