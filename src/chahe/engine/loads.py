"""What is known of each file that was loaded: which bytes, by which reader, with which result."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One file (or the new tail of a growing one), read once. Units with rows + skips + rejects = units."""

    load: str
    """Identity: the same bytes, reader, version and settings give the same load."""
    source: str
    """The source's name in chahe.toml."""
    path: str
    """The file, relative to the workspace where it lies below it."""
    object: str
    """SHA-256 of the raw bytes this load was read from."""
    size: int
    """Bytes of the raw object."""
    whole: str
    """SHA-256 of the whole file; differs from `object` for the tail of a file that grew."""
    whole_size: int
    content: str
    """SHA-256 of the whole file's content, decompressed; what makes `app.log.1` and `app.log.1.gz` the same log."""
    modified_ns: int
    """The file's modification time when it was loaded, for telling quickly that it is unchanged."""
    reader: str
    reader_version: int
    settings: Mapping[str, str]
    zone: str
    observed_at_us: int
    ingested_at_us: int
    rows: Mapping[str, int]
    """Evidence rows by table; a table with 0 was loaded and found empty."""
    units: int
    with_rows: int
    skips: int
    rejects: int
    skipped_because: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """By English wording: the Chinese wording, and how many."""
    ended_early: tuple[str, str] | None = None
    """Why the file could not be read to its end (Chinese, English)."""
    unseen: Mapping[str, str] = field(default_factory=dict)
    """Columns that the declared mapping fills and no row of this load has, with the fields they were to come from."""
    continues: str | None = None
    """For a tail: the load of the part before."""
    supersedes: tuple[str, ...] = ()
    """Earlier loads of the same log, every record of which this one holds as well."""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Load":
        return cls.of(json.loads(text))

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Load":
        """From its members, as JSON has them."""
        raw = dict(told)
        raw["skipped_because"] = {en: tuple(rest) for en, rest in raw["skipped_because"].items()}
        raw["ended_early"] = tuple(raw["ended_early"]) if raw["ended_early"] else None
        raw["supersedes"] = tuple(raw.get("supersedes", ()))
        return cls(**raw)


def identity(*parts: object) -> str:
    """Sixteen hex digits that stand for these parts, in this order."""
    return sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()[:16]
