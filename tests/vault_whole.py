"""A whole vault for tests: thousands of entries of every kind, and objects of every form, made the same each time."""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from random import Random

from chahe.vault.entries import Kind, encode
from chahe.vault.raw.objects import Kept, Objects
from chahe.vault.storing.local import LocalStorage
from chahe.vault.verify import Verification, Verified
from vault_logs import appender_of, log_of

START_US = 1_795_309_200_000_000
LINE = b'date=2026-11-22 time=%02d:%02d:%02d devname="FG-DC1" srcip=10.0.%d.%d dstport=443 action="accept"\n'


@dataclass(frozen=True)
class Made:
    """A vault in a folder, and what was put into it."""

    folder: Path
    kept: tuple[Kept, ...]
    """Objects that are there; the last one is the record of an audit."""
    deleted: str
    parts: dict[str, str]

    @property
    def storage(self) -> LocalStorage:
        return LocalStorage(self.folder)

    def verification(self, **how: object) -> Verification:
        made = {"storage": self.storage, "log": log_of(self.storage), "objects": Objects(self.storage)}
        return Verification(**{**made, "parts_of": parts_of, **how})  # type: ignore[arg-type]  # a test's shorthand

    def verify(self, **how: object) -> Verified:
        return self.verification(**how).run()


def parts_of(entry: "dict[str, object]") -> dict[str, str]:
    """Parts go by their keys here."""
    parts = entry["parts"]
    assert isinstance(parts, dict)
    return parts


def contents() -> list[bytes]:
    """Of one block, one frame, several; compressed already; incompressible; empty."""
    chance = Random(7)  # noqa: S311 - the same vault each time, no secret
    lines = [
        LINE % (at // 3600, at // 60 % 60, at % 60, chance.randrange(256), chance.randrange(256))
        for at in range(30_000)
    ]
    small = [b"".join(lines[at : at + 40]) for at in range(0, 800, 40)]
    return [
        *small,
        b"",
        b"".join(lines[:9_000]),  # one frame
        b"".join(lines),  # three frames
        gzip.compress(b"".join(lines[:20_000]), mtime=0),
        chance.randbytes(300_000),
    ]


def make(folder: Path, *, entries: int = 3_000) -> Made:
    """The vault, in batches of odd sizes."""
    storage = LocalStorage(folder)
    objects = Objects(storage)
    kept = [objects.keep(lambda data=data: BytesIO(data)) for data in contents()]  # type: ignore[misc]
    gone, record = kept[3], objects.keep(lambda: BytesIO(b'{"audit":"record"}' * 50_000))
    parts = {f"tables/orders/{at}.parquet": b"PAR1 part %d" % at * 2_000 for at in range(4)}
    for key, data in parts.items():
        storage.create(key, data)
    digests = {key: sha256(data).hexdigest() for key, data in parts.items()}
    told: list[tuple[Kind, dict[str, object]]] = [(Kind.VAULT, {"format": 1, "origin": "vault.example", "key": "…"})]
    told += [
        (Kind.INGEST, {"object": one.described(), "source": "fw", "path": f"{at}.log"}) for at, one in enumerate(kept)
    ]
    told += [(Kind.DERIVATION, {"load": {"rows": 40}, "parts": {key: digest}}) for key, digest in digests.items()]
    told.append((Kind.AUDIT, {"audit": "a" * 64, "record": record.digest, "stored": record.described()}))
    two = ["陳", "林"]
    told.append((Kind.DELETION, {"object": gone.digest, "rule": "CC-17010", "by": two}))
    told += [
        (Kind.DECISION, {"finding": f"f-{at}", "decision": "planned", "by": "王", "why": "理由" * (at % 9)})
        for at in range(entries - len(told))
    ]
    objects.delete(gone.digest)
    lines = [encode(kind, START_US + at, members) for at, (kind, members) in enumerate(told)]
    appender = appender_of(storage)
    steps = (0, 1, 2, 40, 255, 600, 700, len(lines))
    for begin, end in pairwise(steps):
        appender.append(lines[begin:end])
    return Made(folder, (*(one for one in kept if one != gone), record), gone.digest, digests)


def opened(made: Made, folder: Path) -> Made:
    """The same vault where its folder was copied to."""
    return Made(folder, made.kept, made.deleted, made.parts)
