"""What a log's entries say should be in storage: objects, parts, and what was deleted."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from chahe.vault.entries import Kind, decode
from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.raw.object_check import Named, is_digest, named
from chahe.vault.raw.seal import SEALED
from chahe.vault.raw.shredding import LOCKED

PartKeys = Callable[[Mapping[str, object]], Mapping[str, str]]
"""From a DERIVATION entry's members: the stored key of each of its parts, and the part's SHA-256."""
RowsOf = Callable[[Mapping[str, object]], tuple[str, Collection[str]]]
"""From a DERIVATION entry's members: the digest of the object that was read, and the stored keys of those parts that hold its records."""

_OBJECTS = {
    Kind.INGEST: ("object",),
    Kind.AUDIT: ("stored", "record"),
    Kind.DERIVATION: ("ledger",),
    Kind.TIMESTAMP: ("token",),
}
"""Which members name objects."""


@dataclass
class Contents:
    """Filled entry by entry, in any order. What a later entry says of an object counts more than an earlier one."""

    parts_of: PartKeys
    rows_of: RowsOf = lambda _entry: ("", ())
    objects: dict[str, Named] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    """Digest, and the entry that says so."""
    parts: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Key; entry and SHA-256."""
    gone: dict[str, int] = field(default_factory=dict)
    """Keys of parts that were deleted, and the entry that says so."""
    destroyed: set[str] = field(default_factory=set)
    """Stored keys of the objects' own keys that entries say were destroyed."""
    rows: dict[str, str] = field(default_factory=dict)
    """Keys of parts that hold records, and the digest of the object that these were read from."""
    keys_told: list[tuple[int, str]] = field(default_factory=list)
    """For each entry that names the log's next key: the size with it, and the key."""
    first_key: str | None = None
    withheld_until: int = -1
    """The last restore from a copy without the keys and rows of sealed objects: those of earlier entries may be absent."""
    faults: list[Refuted] = field(default_factory=list)

    def take(self, index: int, data: bytes) -> None:
        try:
            self._take(index, decode(data, index))
        except Malformed as error:
            self.faults.append(error)

    def _take(self, index: int, entry: Mapping[str, object]) -> None:
        kind = Kind(str(entry["kind"]))
        for member in _OBJECTS.get(kind, ()):
            if entry.get(member) is not None:
                self._name(named(entry[member], index))
        match kind:
            case Kind.DERIVATION:
                self._derive(index, entry)
            case Kind.DELETION:
                self._delete(index, entry)
            case Kind.KEY:
                self.keys_told.append((index + 1, str(entry.get("key"))))
            case Kind.VAULT if index == 0:
                self.first_key = str(entry.get("key"))
            case Kind.RESTORE if entry.get("withheld") and not entry.get("drill"):
                self.withheld_until = max(index, self.withheld_until)

    def _derive(self, index: int, entry: Mapping[str, object]) -> None:
        for key, digest in self.parts_of(entry).items():
            if not is_digest(digest):
                raise Malformed(Place(key, index), "names a part by what is no SHA-256")
            if index >= self.parts.get(key, (-1, ""))[0]:
                self.parts[key] = (index, digest)
        read, rows = self.rows_of(entry)
        self.rows |= dict.fromkeys(rows, read)

    def _name(self, object_: Named) -> None:
        known = self.objects.get(object_.digest)
        # A bare digest says less than a description, whenever it was written.
        if known is None or (bool(object_.stored), object_.entry) >= (bool(known.stored), known.entry):
            self.objects[object_.digest] = object_

    def _delete(self, index: int, entry: Mapping[str, object]) -> None:
        match entry:
            case {"object": str(digest), **rest} if is_digest(digest):
                pass
            case {"object": {"sha256": str(digest)}, **rest} if is_digest(digest):
                pass
            case _:
                raise Malformed(Place(entry=index), "names the deleted object by what is no SHA-256")
        self.deleted[digest] = max(index, self.deleted.get(digest, -1))
        keys = rest.get("keys")
        self.destroyed |= {f"{LOCKED}{name}" for name in (keys if isinstance(keys, list) else ())}
        parts = rest.get("parts")
        for key in parts if isinstance(parts, (list, dict)) else ():
            self.gone[str(key)] = max(index, self.gone.get(str(key), -1))

    def present(self) -> list[Named]:
        """The objects that should be there, by digest: those kept after they were deleted, if they were."""
        return sorted(
            (object_ for object_ in self.objects.values() if object_.entry > self.deleted.get(object_.digest, -1)),
            key=lambda object_: object_.digest,
        )

    def present_parts(self) -> list[tuple[str, int, str]]:
        """Key, entry and SHA-256 of the parts that should be there, by key."""
        kept = ((key, entry, digest) for key, (entry, digest) in self.parts.items() if entry > self.gone.get(key, -1))
        return sorted(kept)

    def sealed_rows(self) -> set[str]:
        """Keys of the parts that hold records of sealed objects, those that were deleted among them."""
        sealed = {object_.digest for object_ in self.objects.values() if object_.form.endswith(SEALED)}
        return {key for key, digest in self.rows.items() if digest in sealed}

    def keys(self) -> set[str]:
        """Of all objects that should be there, their indexes among them."""
        found = set[str]()
        for object_ in self.present():
            stem = object_.key.split(".", 1)[0] if object_.form else f"objects/{object_.digest[:2]}/{object_.digest}"
            found |= {f"{stem}.{ending}" for ending in (object_.form.replace("+", ".") or "zst", "index")}
            if not object_.form:
                found.add(f"{stem}.raw")
        return found
