"""What every storage of a vault does alike: a folder on a disk, and a bucket in an object store."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

from chahe.vault.errors import Held, Missing, Moved, Occupied
from chahe.vault.raw.objects import Objects, key_of
from chahe.vault.storing import s3
from chahe.vault.storing.local import LocalStorage
from chahe.vault.storing.s3 import S3Storage
from chahe.vault.storing.s3_locks import ObjectLocks
from chahe.vault.storing.storage import Storage
from chahe.vault.verify import Faults, Verification
from vault_logs import appender_of, log_of

SECRET = {
    "aws_access_key_id": "tests",
    "aws_secret_access_key": "tests",
    "region_name": "us-east-1",
}  # of moto, no secret
NUMBERS = count(1)
"""Of buckets. All tests share one server, which takes the making of a bucket that is there for done."""
KEYS = ["a-b/c", "a.b", "a/b", "b/c/d", "checkpoint", "tile/0/000", "tile/0/000.p/5", "tile/0/x001/067"]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3 server on the loopback."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


class Buckets:
    """Empty buckets, one after the other."""

    def __init__(self, server: str) -> None:
        self.client: Any = boto3.client("s3", endpoint_url=server, **SECRET)
        self._server = server

    def storage(self, spool: Path, *, locked: bool = False) -> S3Storage:
        bucket = f"vault-{next(NUMBERS)}"
        self.client.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=locked)
        store = S3Store(
            bucket,
            endpoint=self._server,
            access_key_id=SECRET["aws_access_key_id"],
            secret_access_key=SECRET["aws_secret_access_key"],
            region=SECRET["region_name"],
            prefix="firm",
            client_options={"allow_http": True},
        )
        locks = ObjectLocks(self.client, bucket, prefix="firm") if locked else None
        return S3Storage(store, spool=spool, locks=locks)


@pytest.fixture
def buckets(server: str) -> Buckets:
    return Buckets(server)


@pytest.fixture(params=["disk", "bucket", "locked bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "disk":
        return LocalStorage(tmp_path / "vault")
    buckets: Buckets = request.getfixturevalue("buckets")
    return buckets.storage(tmp_path / "spool", locked=request.param == "locked bucket")


def test_what_was_created_is_read_back_in_whole_and_from_within(storage: Storage) -> None:
    storage.create("objects/ab/abcd.zst", b"0123456789")

    assert storage.read("objects/ab/abcd.zst") == b"0123456789"
    assert storage.size("objects/ab/abcd.zst") == 10
    assert storage.exists("objects/ab/abcd.zst")
    for begin in (0, 7, 10, 11):
        with storage.open("objects/ab/abcd.zst", begin=begin) as stream:
            assert stream.read() == b"0123456789"[begin:]


def test_what_is_not_there_is_missing(storage: Storage) -> None:
    assert not storage.exists("a/b")
    for act in (storage.read, storage.open, storage.size, storage.delete):
        with pytest.raises(Missing, match="nothing is stored under a/b"):
            act("a/b")


def test_a_key_is_written_once(storage: Storage) -> None:
    storage.create("a", b"first")
    storage.create("a", b"first")

    with pytest.raises(Occupied, match="a holds"):
        storage.create_all({"b": b"", "a": b"second"})
    assert storage.read("a") == b"first"


def test_keys_come_in_the_order_of_their_text(storage: Storage) -> None:
    storage.create_all(dict.fromkeys(reversed(KEYS), b"x"))

    assert list(storage.keys("")) == sorted(KEYS)
    assert list(storage.keys("tile/")) == ["tile/0/000", "tile/0/000.p/5", "tile/0/x001/067"]
    assert list(storage.keys("none/")) == []
    with pytest.raises(ValueError, match="ends in /"):
        list(storage.keys("tile"))


def test_a_changing_key_is_replaced_by_whoever_knows_what_it_holds(storage: Storage) -> None:
    storage.replace("checkpoint", b"1", expected=None)
    storage.replace("checkpoint", b"2", expected=b"1")

    for expected in (None, b"1"):
        with pytest.raises(Moved, match="read it again"):
            storage.replace("checkpoint", b"3", expected=expected)
    with pytest.raises(Moved):
        storage.replace("other", b"3", expected=b"2")
    assert storage.read("checkpoint") == b"2"


def test_a_draft_is_published_whole_once_or_leaves_nothing(storage: Storage) -> None:
    with storage.draft() as draft:
        draft.write(b"left")
    with storage.draft() as draft:
        assert [draft.write(b"ab"), draft.write(memoryview(b"cde"))] == [2, 3]
        assert draft.publish("objects/a")
    with storage.draft() as draft:
        draft.write(b"other")
        assert not draft.publish("objects/a")

    assert storage.read("objects/a") == b"abcde"
    assert list(storage.keys("")) == ["objects/a"]


def test_what_is_deleted_is_gone(storage: Storage) -> None:
    storage.create("a/b", b"x")

    storage.delete("a/b")

    assert not storage.exists("a/b")
    storage.create("a/b", b"another")
    assert storage.read("a/b") == b"another"


def test_a_vault_lives_in_it(storage: Storage) -> None:
    objects, appender = Objects(storage), appender_of(storage)
    data = b"a line of a log\n" * 200_000
    kept = objects.keep(lambda: BytesIO(data))
    for begin in range(0, 600, 200):
        appender.append([b'{"at_us":%d,"by":"x","kind":"export"}' % at for at in range(begin, begin + 200)])
    verification = Verification(storage=storage, log=log_of(storage), objects=objects, resume=True)

    verified = verification.run()

    assert verified.checkpoint.checkpoint.size == 600
    assert verified.unnamed == (key_of(kept.digest, "index"), key_of(kept.digest, "zst"))  # no entry names it
    with objects.open(kept.digest, begin=2_000_000) as stream:
        assert stream.read() == data[2_000_000:]
    storage.delete("tile/entries/001")
    with pytest.raises(Faults) as raised:
        verification.run()
    assert [fault.place.key for fault in raised.value.exceptions] == ["tile/entries/001"]


def test_a_draft_of_many_bytes_goes_to_the_bucket_in_parts(
    buckets: Buckets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "_ONE_PUT", 1 << 20)
    monkeypatch.setattr(s3, "_PART", 5 << 20)
    storage = buckets.storage(tmp_path / "spool")
    data = bytes(range(256)) * (12 << 12)

    for fresh in (True, False):
        with storage.draft() as draft:
            draft.write(data)
            assert draft.publish("objects/large") is fresh

    assert storage.read("objects/large") == data
    assert list((tmp_path / "spool").iterdir()) == []


def test_two_writers_race_for_one_batch_at_a_time(buckets: Buckets, tmp_path: Path) -> None:
    storage = buckets.storage(tmp_path / "spool")
    one, other = appender_of(storage), appender_of(storage)

    for turn in range(4):
        one.append([b"one %d" % turn])
        other.append([b"other %d" % turn])

    log = log_of(storage)
    assert list(log.entries(0, 8)) == [b"%s %d" % (who, turn) for turn in range(4) for who in (b"one", b"other")]


def test_a_locked_object_outlives_its_deletion(buckets: Buckets, tmp_path: Path) -> None:
    storage = buckets.storage(tmp_path / "spool", locked=True)
    storage.create("objects/a", b"kept")
    storage.keep_until("objects/a", datetime(2099, 1, 1, tzinfo=UTC))

    with pytest.raises(Held, match="objects/a"):
        storage.delete("objects/a")

    assert storage.read("objects/a") == b"kept"


def test_without_locks_to_ask_a_retention_is_nothing(buckets: Buckets, tmp_path: Path) -> None:
    storage = buckets.storage(tmp_path / "spool")
    storage.create("objects/a", b"kept")

    storage.keep_until("objects/a", datetime(2099, 1, 1, tzinfo=UTC))
    storage.delete("objects/a")

    assert not storage.exists("objects/a")
