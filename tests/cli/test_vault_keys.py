"""The key that signs a vault changed from file to file and into a token, as its keeper does it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chahe.cli import exits
from commands import call
from workspaces import FIREWALLS_CSV, Small, fortigate_line

soft_token = pytest.importorskip("soft_token", reason="needs the extra pkcs11")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Small(tmp_path_factory.mktemp("firm") / "firm")
    made.write("fg.log", "".join(fortigate_line(number) for number in range(2_000)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    assert call("ingest", "-w", made.folder).returncode == exits.FINE
    assert call("audit", "-w", made.folder, "--control", "firewall-log-retention").returncode == exits.DEFICIENT
    return made.folder


@pytest.fixture
def firm(audited: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(audited, tmp_path / "firm"))


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not soft_token.LIBRARY.exists():
        pytest.skip("needs SoftHSM (Debian's softhsm2)")
    with soft_token.soft_token(tmp_path_factory.mktemp("softhsm")) as where:
        yield f"pkcs11:token={where.token};object={where.key}?module-path={where.module}&pin-source={where.pin}"


def settle(firm: Path, key: str) -> None:
    """What the command asks its user to write into chahe.toml."""
    path = firm / "chahe.toml"
    path.write_text(f'{path.read_text("utf-8")}\n[vault]\nkey = "{key}"\n', "utf-8")


def proof_verifies(firm: Path, key: str) -> str:
    told = call("vault", "prove", "firewall-log-retention", "-w", firm, "--json")
    proof = json.loads(told.stdout)
    command = [sys.executable, "-I", "-S", proof["script"], proof["proof"], "--key", key]
    verified = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    assert verified.returncode == 0, verified.stderr
    return verified.stdout


def test_a_new_key_signs_and_the_examiners_old_one_still_leads_to_it(firm: Path) -> None:
    old = (firm / "keys" / "vault.pub").read_text("utf-8").strip()

    told = call("vault", "rekey", "--to", "keys/next.key", "--why", "yearly", "--by", "Lin", "-w", firm)

    assert told.returncode == exits.FINE, told.stderr
    assert "--log-key" in told.stdout
    refused = call("ingest", "-w", firm)
    assert refused.returncode == exits.BROKEN
    assert "set [vault] key" in refused.stderr
    settle(firm, "keys/next.key")
    (firm / "keys" / "vault.key").unlink()
    (firm / "records" / "more.log").write_text("".join(fortigate_line(number) for number in range(9)), "utf-8")
    assert call("ingest", "-w", firm).returncode == exits.FINE
    assert call("audit", "-w", firm, "--control", "firewall-log-retention").returncode == exits.DEFICIENT
    assert call("vault", "verify", "-w", firm, "--deep").returncode == exits.FINE
    status = json.loads(call("vault", "status", "-w", firm, "--json").stdout)
    assert status["kinds"]["key"] == 1
    assert status["key"] != old
    assert "key changed" not in proof_verifies(firm, status["key"])
    assert "key changed" in proof_verifies(firm, old)


def test_the_same_key_takes_over_once(firm: Path) -> None:
    command = ("vault", "rekey", "--to", "keys/next.key", "--why", "yearly", "-w", firm)
    assert call(*command).returncode == exits.FINE
    again = call(*command)
    assert again.returncode != exits.FINE
    assert "signs already" in again.stderr


def test_nothing_is_written_while_a_change_waits_to_be_finished(firm: Path) -> None:
    key = call("vault", "rekey", "--to", "keys/next.key", "--why", "x", "-w", firm, "--json")
    begun = firm / "keys" / "vault.pub.next"
    begun.write_text(json.loads(key.stdout)["key"], "utf-8")

    refused = call("ingest", "-w", firm)
    finished = call("vault", "rekey", "--to", "keys/next.key", "--why", "x", "-w", firm)

    assert "chahe vault rekey" in refused.stderr
    assert finished.returncode == exits.FINE
    assert not begun.exists()


def test_a_vault_is_signed_in_a_token_from_its_first_entry(token: str, tmp_path: Path) -> None:
    made = tmp_path / "firm"
    (made / "records").mkdir(parents=True)
    text = '[firm]\nname = "x"\n[[source]]\nname = "records"\npaths = ["records"]\n'
    (made / "chahe.toml").write_text(text, "utf-8")
    (made / "records" / "fg.log").write_text(fortigate_line(1), "utf-8")
    settle(made, token)

    assert call("ingest", "-w", made).returncode == exits.FINE
    assert call("vault", "verify", "-w", made).returncode == exits.FINE
    assert not (made / "keys" / "vault.key").exists()
    assert call("vault", "export", tmp_path / "backup", "-w", made).returncode == exits.FINE


def test_a_token_takes_over_from_a_file(firm: Path, token: str) -> None:
    old = (firm / "keys" / "vault.pub").read_text("utf-8").strip()

    told = call("vault", "rekey", "--to", token, "--why", "a token was bought", "-w", firm)

    assert told.returncode == exits.FINE, told.stderr
    settle(firm, token)
    (firm / "keys" / "vault.key").unlink()
    assert call("audit", "-w", firm, "--control", "firewall-log-retention").returncode == exits.DEFICIENT
    assert call("vault", "verify", "-w", firm).returncode == exits.FINE
    assert "key changed" in proof_verifies(firm, old)


def test_a_token_that_is_not_there_is_told_with_what_to_do(firm: Path, token: str) -> None:
    wrong = token.replace("token=chahe", "token=nowhere")
    told = call("vault", "rekey", "--to", wrong, "--why", "x", "-w", firm)
    malformed = call("vault", "rekey", "--to", "pkcs11:token=x", "--why", "x", "-w", firm)
    assert (told.returncode, malformed.returncode) == (exits.USAGE, exits.USAGE)
    assert "請確認 token" in told.stderr
    assert "pkcs11:token=x" in malformed.stderr
