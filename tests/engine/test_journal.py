"""What ingest and audit tell the vault's log, and that the folder can be had back from it."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from chahe.cli.steps import keep_audit
from chahe.engine.binding import Span
from chahe.engine.engines import open_engine
from chahe.engine.journal import finding_leaves
from chahe.engine.proving import prove
from chahe.engine.record import AuditRecord
from chahe.engine.store import Store
from chahe.engine.vaults import NoVault, can_write, store_to_read, store_to_write, vault_of
from chahe.vault.entries import Kind
from chahe.vault.errors import Missing, Refuted, VaultError
from chahe.vault.tlog.merkle import leaf_hash, root
from workspaces import FIREWALLS_CSV, NOW_US, Small, fortigate_line

LINES = "".join(fortigate_line(number) for number in range(20))


@pytest.fixture
def small(tmp_path: Path) -> Small:
    made = Small(tmp_path)
    made.write("fg.log", LINES)
    made.write("firewalls.csv", FIREWALLS_CSV)
    made.ingest()
    return made


def kinds(store: Store) -> list[str]:
    return [str(entry["kind"]) for _, entry in vault_of(store).entries()]


def audited(small: Small) -> AuditRecord:
    from datetime import date  # noqa: PLC0415 - only here

    from chahe.controls.catalogue import controls  # noqa: PLC0415 - only here
    from chahe.engine.audit import Request, audit  # noqa: PLC0415 - only here

    span = Span(date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 22))
    with open_engine("duckdb", scratch=small.folder) as engine:
        request = Request(
            workspace=small.workspace,
            store=small.store,
            controls=[controls()["firewall-log-retention"], controls()["firewall-missing"]],
            span=span,
        )
        return audit(engine, request, lambda _control, _outcome: None)


def test_every_file_is_an_ingest_and_a_derivation_with_what_was_made_of_it(small: Small) -> None:
    assert kinds(small.store) == ["vault", "ingest", "derivation", "ingest", "derivation"]
    derivations = [entry for _, entry in vault_of(small.store).entries(Kind.DERIVATION)]
    for entry in derivations:
        assert isinstance(entry["parts"], dict)
        assert entry["parts"]
        for name, digest in entry["parts"].items():
            assert hashlib.sha256((small.store.folder / name).read_bytes()).hexdigest() == digest


def test_the_same_bytes_again_are_no_new_ingest(small: Small) -> None:
    small.ingest()
    assert len(kinds(small.store)) == 5

    small.write("firewalls.csv", FIREWALLS_CSV + "fg-new,2026-11-02\n")
    small.ingest()
    assert kinds(small.store)[5:] == ["ingest", "derivation"]


def test_loads_that_a_crash_kept_from_the_folder_come_back_from_the_log(small: Small) -> None:
    loads = small.store.loads()
    shutil.rmtree(small.store.folder / "loads")

    done = small.ingest()

    assert small.store.loads() == loads
    assert (len(done.known), len(done.loaded)) == (2, 0)


def test_loads_of_a_time_without_a_log_are_told_to_it(small: Small) -> None:
    for path in ("checkpoint", "state/append"):
        (small.store.folder / path).unlink()
    shutil.rmtree(small.store.folder / "tile")
    shutil.rmtree(small.folder / "keys")
    small.store = store_to_write(small.workspace, at_us=NOW_US, random=os.urandom)

    done = small.ingest()

    assert len(done.known) == 2
    assert kinds(small.store) == ["vault", "ingest", "derivation", "ingest", "derivation"]


def test_an_audit_is_an_entry_with_its_findings_in_a_tree(small: Small) -> None:
    record = audited(small)
    before = vault_of(small.store).checkpoint

    path = keep_audit(small.workspace, small.store, record)

    [(_, entry)] = vault_of(small.store).entries(Kind.AUDIT)
    leaves = finding_leaves(record)
    assert entry["audit"] == record.digest
    assert entry["checkpoint"] == {"size": before.size, "root": before.root.hex()}
    assert entry["outcomes"]["deficient"] == 1  # type: ignore[index]  # an entry's members are JSON's values
    assert entry["findings"] == {"count": 1, "root": root(map(leaf_hash, leaves)).hex()}
    with small.store.objects.open(entry["record"]["sha256"]) as stream:
        assert stream.read() == path.read_bytes()


def test_a_finding_is_proved_with_each_record_it_names(small: Small) -> None:
    record = audited(small)
    keep_audit(small.workspace, small.store, record)
    [finding] = [one for result in record.results for one in result.findings]

    proof = json.loads(prove(small.store, record, finding.finding))

    assert json.loads(proof["finding"]["leaf"])["finding"] == finding.finding
    assert {one["row_id"] for one in proof["records"]} == {
        finding.row["firewall_row"],
        finding.row["first_held_row"],
    }
    with pytest.raises(KeyError):
        prove(small.store, record, "firewall-log-retention-0000000000")


def test_an_audit_that_the_log_does_not_have_is_not_proved(small: Small) -> None:
    record = audited(small)
    [finding] = [one for result in record.results for one in result.findings]

    with pytest.raises(Missing, match="does not have this audit"):
        prove(small.store, record, finding.finding)


def test_a_workspace_without_a_vault_has_a_store_without_a_log(tmp_path: Path) -> None:
    small = Small(tmp_path)
    shutil.rmtree(tmp_path / "vault")

    store = store_to_read(small.workspace)

    assert store.loads() == []
    assert not can_write(small.workspace)
    with pytest.raises(NoVault):
        vault_of(store)


def test_the_key_is_made_once_and_its_public_half_lies_beside_it(small: Small) -> None:
    key = small.workspace.vault_settings.key
    made = key.read_bytes()
    small.workspace.vault_settings.verifier.unlink()

    with pytest.raises(VaultError, match="is absent"):
        store_to_read(small.workspace)
    store = store_to_write(small.workspace, at_us=NOW_US, random=os.urandom)

    assert key.read_bytes() == made
    assert key.stat().st_mode & 0o777 == 0o600
    assert kinds(store)[0] == "vault"


def test_a_checkpoint_of_another_key_is_refuted(small: Small) -> None:
    checkpoint = small.store.folder / "checkpoint"
    checkpoint.write_text(checkpoint.read_text("utf-8").replace("\n5\n", "\n4\n"), "utf-8")

    with pytest.raises(Refuted):
        kinds(store_to_read(small.workspace))


@pytest.mark.parametrize(
    "gone", [("checkpoint",), ("checkpoint", "state/append"), ("checkpoint", "state/append", "tile")]
)
def test_a_log_that_was_taken_away_is_told_and_nothing_goes_on_without_it(small: Small, gone: tuple[str, ...]) -> None:
    for name in gone:
        path = small.store.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    with pytest.raises(VaultError, match="its log is gone"):
        store_to_read(small.workspace)
    with pytest.raises(VaultError, match=r"its log is gone|the log was set back"):
        store_to_write(small.workspace, at_us=NOW_US, random=os.urandom)
