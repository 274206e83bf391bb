"""What the log's entries say: one canonical JSON object each (RFC 8785), of one of the kinds below.

An entry has at most 65,535 bytes (C2SP tlog-tiles). What is larger is an object of its own, named here by its SHA-256.
Digests are lower-case hex, moments microseconds since 1970 UTC, days ISO 8601.
"""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import cast

import rfc8785

from chahe.vault.errors import Malformed, Place

Entry = Mapping[str, object]
LIMIT = 65_535
_SAFE = 2**53
_ASTRAL = re.compile(rb"[\xf0-\xf4]")
"""The first byte of a letter beyond U+FFFF in UTF-8."""


class Kind(StrEnum):
    """What an entry records, and the members it has beside `kind` and `at_us`."""

    VAULT = "vault"
    """The vault was made: format, origin, key (the verifier key of its signer)."""
    KEY = "key"
    """From here on another key signs: key, why."""
    INGEST = "ingest"
    """A raw object was kept: object (see `chahe.vault.raw.objects.Kept.described`), source, path."""
    DERIVATION = "derivation"
    """Evidence was read from an object: load (all that is known of the reading), parts (key -> SHA-256), ledger (an object)."""
    AUDIT = "audit"
    """The catalogue was run: audit (its digest), record (the object that holds it), checkpoint (size and root of the
    log it saw), catalogue, parameters, outcomes, findings (root of the tree over the finding lines, and how many)."""
    DECISION = "decision"
    """A person decided on a finding: finding, decision, by, why, and what the decision needs."""
    EXPORT = "export"
    """Something left the vault: what, to, by, digests."""
    RESTORE = "restore"
    """A backup was restored or drilled: from, size and root that were verified, by, result, seconds."""
    HOLD = "hold"
    """Deletion is forbidden: hold (its name), objects or table and period, why, by."""
    RELEASE = "release"
    """A hold ended: hold, why, by (two people)."""
    DELETION = "deletion"
    """Bytes left after their period: object, stored, keys destroyed, parts, rule, kept since, by (two people)."""
    TIMESTAMP = "timestamp"
    """An RFC 3161 token over an earlier checkpoint: checkpoint (size, root), authority, token (the object that holds it)."""


class _RareNumber(Exception):
    """A number that Python may write otherwise than the standard does."""


def _integer(text: str) -> int:
    value = int(text)
    if not -_SAFE < value < _SAFE:
        raise _RareNumber
    return value


def _other_number(text: str) -> float:
    raise _RareNumber(text)


_KINDS = frozenset(kind.value for kind in Kind)
_PLAIN = json.JSONDecoder(parse_float=_other_number, parse_int=_integer, parse_constant=_other_number)
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _parsed(text: str) -> tuple[object, bool]:
    """What the text says, and whether it has none but plain numbers. Raises ValueError, RecursionError."""
    try:
        return _PLAIN.decode(text), True
    except _RareNumber:
        return json.loads(text), False


def _is_known(entry: Entry) -> bool:
    kind = entry.get("kind")
    return isinstance(kind, str) and kind in _KINDS and isinstance(entry.get("at_us"), int)


def encode(kind: Kind, at_us: int, members: Entry) -> bytes:
    """The entry's bytes. Raises ValueError for a float, an integer beyond 2**53, or an entry that is too long."""
    if {"kind", "at_us"} & members.keys():
        raise ValueError("`kind` and `at_us` are the entry's own members")
    try:
        # rfc8785 types its input more narrowly than it takes it; what it cannot write it refuses.
        data = rfc8785.dumps(cast("dict[str, str]", {**members, "kind": kind.value, "at_us": at_us}))
    except rfc8785.CanonicalizationError as error:
        raise ValueError(f"this {kind} entry has no canonical form: {error}") from error
    if len(data) > LIMIT:
        raise ValueError(f"this {kind} entry has {len(data)} bytes; keep what is large as an object ({LIMIT} at most)")
    return data


def decode(data: bytes, index: int) -> dict[str, object]:
    """The entry's members, `kind` and `at_us` among them. Raises Malformed."""
    place = Place(entry=index)
    try:
        entry, plain = _parsed(data.decode())
    except (ValueError, RecursionError) as error:
        raise Malformed(place, f"is no JSON: {error}") from error
    if not isinstance(entry, dict) or not _is_known(entry):
        raise Malformed(place, "is of no known kind or has no time; a newer version may have written it")
    # What has no such number, and no letter beyond U+FFFF (by which names sort otherwise), Python writes as the standard has it,
    # and twice as fast. Where that is not the data, the standard decides.
    if plain and not _ASTRAL.search(data) and _WRITER.encode(entry).encode("utf-8", "surrogatepass") == data:
        return entry
    try:
        canonical = rfc8785.dumps(cast("dict[str, str]", entry))
    except rfc8785.CanonicalizationError as error:
        raise Malformed(place, f"has no canonical form: {error}") from error
    if canonical != data:
        raise Malformed(place, "is not in canonical form")
    return entry
