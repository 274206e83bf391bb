"""The vault's commands as their user calls them: from the first ingest to a proof in other hands."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chahe.cli import exits
from commands import call
from workspaces import FIREWALLS_CSV, Small, fortigate_line


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that was ingested and audited once; tests copy it before they change it."""
    made = Small(tmp_path_factory.mktemp("firm") / "firm")
    made.write("fg.log", "".join(fortigate_line(number) for number in range(2_000)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    assert call("ingest", "-w", made.folder).returncode == exits.FINE
    assert call("audit", "-w", made.folder, "--control", "firewall-log-retention").returncode == exits.DEFICIENT
    return made.folder


@pytest.fixture
def firm(audited: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(audited, tmp_path / "firm"))


def test_status_says_what_is_kept_and_that_nobody_outside_vouches_for_it(firm: Path) -> None:
    told = call("vault", "status", "-w", firm)
    as_data = json.loads(call("vault", "status", "-w", firm, "--json").stdout)

    assert told.returncode == exits.FINE
    assert "還沒有外部見證" in told.stdout
    assert as_data["kinds"] == {"vault": 1, "ingest": 2, "derivation": 2, "audit": 1}
    assert as_data["key"] == (firm / "keys" / "vault.pub").read_text("utf-8").strip()


def test_verify_finds_nothing_and_then_each_thing_that_was_changed(firm: Path) -> None:
    fine = call("vault", "verify", "-w", firm, "--deep")
    [part] = (firm / "vault" / "tables" / "firewall_events").iterdir()
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    raw = max((firm / "vault" / "objects").glob("*/*.zst"), key=lambda path: path.stat().st_size)
    raw.write_bytes(raw.read_bytes()[:-9] + b"y" + raw.read_bytes()[-8:])

    told = call("vault", "verify", "-w", firm, "--json")
    keys = {fault["key"] for fault in json.loads(told.stdout)["faults"]}

    assert (fine.returncode, told.returncode) == (exits.FINE, exits.BROKEN)
    assert keys == {path.relative_to(firm / "vault").as_posix() for path in (part, raw)}
    assert "請保留現場" in call("vault", "verify", "-w", firm).stdout


def test_a_proof_verifies_in_other_hands_with_python_alone(firm: Path, tmp_path: Path) -> None:
    told = call("vault", "prove", "firewall-log-retention", "-w", firm, "--to", tmp_path / "hand", "--json")
    proof = json.loads(told.stdout)
    key = (firm / "keys" / "vault.pub").read_text("utf-8").strip()
    shutil.rmtree(firm)

    verified = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-I", "-S", proof["script"], proof["proof"], "--key", key],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert verified.returncode == 0, verified.stderr
    assert 'devname="FG-TEST"' in verified.stdout


def test_a_backup_is_drilled_recorded_and_restored(firm: Path, tmp_path: Path) -> None:
    backup, register = tmp_path / "backup", firm / "records" / "drills.csv"
    exported = call("vault", "export", backup, "-w", firm, "--by", "王稽核")
    drilled = call("vault", "restore", backup, "-w", firm, "--drill", "--by", "王稽核", "--register", register)
    kinds = json.loads(call("vault", "status", "-w", firm, "--json").stdout)["kinds"]
    shutil.rmtree(firm / "vault")
    restored = call("vault", "restore", backup, "-w", firm, "--by", "王稽核")
    again = call("vault", "restore", backup, "-w", firm)

    assert [one.returncode for one in (exported, drilled, restored)] == [exits.FINE] * 3, drilled.stderr
    assert (kinds["export"], kinds["restore"]) == (1, 1)
    assert register.read_text("utf-8-sig").splitlines()[1].split(",")[1:5:3] == ["chahe-vault", "成功"]
    assert call("audit", "-w", firm, "--control", "firewall-log-retention").returncode == exits.DEFICIENT
    assert again.returncode == exits.USAGE
    assert "已經有證據庫" in again.stderr


def test_a_drill_of_a_damaged_backup_fails_and_says_where(firm: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    call("vault", "export", backup, "-w", firm)
    [raw, *_] = sorted((backup / "objects").glob("*/*.zst"))
    raw.unlink()

    told = call("vault", "restore", backup, "-w", firm, "--drill")

    assert told.returncode == exits.BROKEN
    assert raw.name in told.stdout


def test_a_place_that_is_no_backup_or_cannot_be_used_is_named_and_not_the_vault(firm: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    empty = call("vault", "restore", tmp_path, "-w", firm, "--drill")
    blocked = call("vault", "export", tmp_path / "file", "-w", firm)
    nameless = call("vault", "export", "s3://", "-w", firm)

    assert {told.returncode for told in (empty, blocked, nameless)} == {exits.USAGE}
    assert "不是證據庫的備份" in empty.stderr
    assert "無法使用備份位置" in blocked.stderr
    assert "無法使用備份位置" in nameless.stderr
    assert "Traceback" not in nameless.stderr


def test_what_needs_a_vault_or_witnesses_says_what_to_do(firm: Path, tmp_path: Path) -> None:
    call("init", "-w", tmp_path / "new", "--name", "新", "--internet-orders", "--colocation")

    assert "請先執行 chahe ingest" in call("vault", "status", "-w", tmp_path / "new").stderr
    assert "[[vault.witness]]" in call("vault", "anchor", "-w", firm).stderr
    (firm / "keys" / "vault.key").chmod(0o644)
    refused = call("vault", "export", tmp_path / "backup", "-w", firm)
    assert refused.returncode == exits.USAGE
    assert "chmod 600" in refused.stderr
