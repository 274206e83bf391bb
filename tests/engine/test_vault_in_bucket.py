"""A vault whose raw files and log are in a bucket, and whose evidence tables lie in the workspace."""

import logging
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from chahe.controls.catalogue import controls
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.proving import prove
from chahe.engine.record import AuditRecord
from chahe.engine.show import raw_record
from chahe.engine.store import Store
from chahe.engine.vaults import store_to_read, store_to_write, vault_of, verification
from chahe.vault.errors import VaultError
from chahe.vault.raw.shredding import LOCKED
from chahe.vault.verify import Faults
from workspaces import CHAHE_TOML, FIREWALLS_CSV, NOW_US, Small, fortigate_line

TODAY = date(2026, 11, 22)
ACCESS = {
    "AWS_ACCESS_KEY_ID": "tests",
    "AWS_SECRET_ACCESS_KEY": "tests",
    "AWS_REGION": "us-east-1",
}  # of moto, no secret


@pytest.fixture(scope="module")
def bucket() -> Iterator[Any]:
    """An S3 server's client, and the variables by which the vault finds it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {**ACCESS, "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ALLOW_HTTP": "true"}.items():
            patched.setenv(name, value)
        client: Any = boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1")
        client.create_bucket(Bucket="records")
        yield client
    server.stop()


@pytest.fixture
def firm(bucket: Any, tmp_path: Path) -> Small:
    bucket.head_bucket(Bucket="records")
    folder = tmp_path / "firm"
    folder.mkdir()
    (folder / "chahe.toml").write_text(f'{CHAHE_TOML}\n[vault]\nstorage = "s3://records/{tmp_path.name}"\n', "utf-8")
    made = Small(folder)
    made.write("fg.log", "".join(fortigate_line(number) for number in range(50)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    made.write("people.csv", "員工編號,姓名,到職日\ne001,林,2020-01-02\n")
    assert not made.ingest().refused
    return made


def in_bucket(bucket: Any, firm: Small) -> set[str]:
    prefix = f"{firm.folder.parent.name}/"
    found = bucket.list_objects_v2(Bucket="records", Prefix=prefix)
    return {one["Key"].removeprefix(prefix) for one in found["Contents"]}


def audited(firm: Small, store: Store) -> AuditRecord:
    chosen = [controls()["firewall-log-retention"]]
    span = Span(TODAY, date(2025, 11, 23), TODAY)
    request = Request(workspace=firm.workspace, store=store, controls=chosen, span=span)
    with Embedded() as engine:
        return audit(engine, request, lambda control, outcome: None)


def test_raw_files_and_log_are_in_the_bucket_and_rows_and_keys_are_not(bucket: Any, firm: Small) -> None:
    far = {key.partition("/")[0] for key in in_bucket(bucket, firm)}
    near = {path.name for path in (firm.folder / "vault").iterdir() if not path.name.startswith(".")}
    assert far == {"objects", "tile", "checkpoint", "state"}
    assert {"tables", "loads", LOCKED.rstrip("/")} <= near
    assert not {"objects", "tile", "checkpoint"} & near


def test_it_is_audited_verified_and_proved_from_there(firm: Small) -> None:
    record = audited(firm, firm.store)
    assert firm.store.journal is not None
    firm.store.journal.audit(record, at_us=NOW_US)
    reading = store_to_read(firm.workspace)
    found = verification(vault_of(reading), deep=True).run()
    assert (found.objects, found.unopened, found.unnamed) == (4, 0, ())
    assert found.parts > 4
    [finding, *_] = [one for result in record.results for one in result.findings]
    assert b"chahe-proof-1" in prove(reading, record, finding.finding)
    [load] = [load for load in reading.loads() if load.path == "records/fg.log"]
    assert "FG-TEST" in raw_record(reading, f"{load.object}#3").text


def test_an_ingest_later_goes_on_with_the_same_log(firm: Small) -> None:
    size = vault_of(firm.store).checkpoint.size
    firm.write("more.log", fortigate_line(1, "2026-11-20"))
    firm.store = store_to_write(firm.workspace, at_us=NOW_US, random=os.urandom)
    assert [load.path for load in firm.ingest().loaded] == ["records/more.log"]
    assert vault_of(firm.store).checkpoint.size == size + 2


def test_what_was_altered_in_either_place_is_found(bucket: Any, firm: Small) -> None:
    raw = next(key for key in in_bucket(bucket, firm) if key.endswith(".zst"))
    bucket.put_object(Bucket="records", Key=f"{firm.folder.parent.name}/{raw}", Body=b"x")
    part = next((firm.folder / "vault" / "tables").rglob("*.parquet"))
    part.write_bytes(b"x")
    with pytest.raises(Faults) as raised:
        verification(vault_of(store_to_read(firm.workspace))).run()
    places = {fault.place.key for fault in raised.value.each}
    assert places == {raw, part.relative_to(firm.folder / "vault").as_posix()}


def test_a_log_that_was_taken_away_there_is_missed(bucket: Any, firm: Small) -> None:
    bucket.delete_object(Bucket="records", Key=f"{firm.folder.parent.name}/checkpoint")
    with pytest.raises(VaultError, match="its log is gone"):
        store_to_read(firm.workspace)
