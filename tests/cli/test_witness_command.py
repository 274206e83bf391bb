"""`chahe witness` as its operator runs it, and a log that asks it."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chahe.cli import exits
from chahe.vault.signing.notes import VerifierKey
from chahe.vault.signing.policy import Policy
from chahe.vault.witnessing.posting import Poster
from chahe.vault.witnessing.witness_client import Behind, WitnessAddress, gather
from soft_token import LIBRARY, soft_token
from vault_keys import LOG, WITNESSES
from vault_trees import Tree

TREE = Tree(12)
NAME = "witness.example/audit"
CALL = [sys.executable, "-W", "error::ResourceWarning", "-m", "chahe", "witness"]
ENVIRONMENT = {"COLUMNS": "110", "PYTHONIOENCODING": "utf-8"}


def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [*CALL, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **ENVIRONMENT},
        timeout=60,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "witness"
    assert call("--folder", made, "--init", "--name", NAME).returncode == exits.FINE
    return made


@contextmanager
def serving(folder: Path, *log_keys: str | Path, more: tuple[str, ...] = ()) -> Iterator[WitnessAddress]:
    words = ["--folder", folder, "--listen", "127.0.0.1:0", "--json", *more]
    words += [word for key in log_keys for word in ("--log-key", key)]
    with subprocess.Popen(  # noqa: S603 - our own program
        [*CALL, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **ENVIRONMENT},
    ) as process:
        assert process.stdout is not None
        try:
            told = json.loads("".join(iter(process.stdout.readline, "}\n")) + "}")
            yield WitnessAddress(told["listening"], VerifierKey.parse(told["verifier_key"]))
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=300)
    assert process.returncode == exits.FINE


def test_a_key_is_made_for_its_owner_alone_and_its_public_half_is_shown(tmp_path: Path) -> None:
    told = call("--folder", tmp_path / "w", "--init", "--name", NAME)

    public = VerifierKey.parse((tmp_path / "w" / "witness.pub").read_text().strip())
    assert told.stdout.splitlines()[-1] == str(public)
    assert (public.name, public.algorithm) == (NAME, 4)
    assert stat.S_IMODE((tmp_path / "w" / "witness.key").stat().st_mode) == 0o600


def test_a_key_is_not_made_twice(folder: Path) -> None:
    told = call("--folder", folder, "--init", "--name", NAME, "--lang", "en")

    assert told.returncode == exits.USAGE
    assert "exists already, and a key is never written over" in told.stderr


def test_a_log_is_cosigned_over_restarts_and_not_set_back(folder: Path) -> None:
    with serving(folder, str(LOG.verifier_key)) as witness:
        gathered = gather([witness], TREE.signed(7), TREE.consistency, poster=Poster(timeout_s=60))
        assert Policy((LOG.verifier_key,), (witness.key,), 1).open(gathered.signed.note)

    with serving(folder, str(LOG.verifier_key)) as witness:
        (failure,) = gather([witness], TREE.signed(5), TREE.consistency, poster=Poster(timeout_s=60)).failures.values()
        assert isinstance(failure, Behind)
        assert gather([witness], TREE.signed(12), TREE.consistency, poster=Poster(timeout_s=60)).failures == {}


def test_a_logs_key_may_be_named_by_its_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "vault.pub").write_text(f"{LOG.verifier_key}\n")

    with serving(folder, tmp_path / "vault.pub") as witness:
        assert gather([witness], TREE.signed(7), TREE.consistency, poster=Poster(timeout_s=60)).failures == {}


@pytest.mark.parametrize(
    ("words", "lang", "expected"),
    [
        (["--init"], "zh", "請以 --name 指定"),
        (["--init", "--name", "a b"], "en", "no spaces and no pluses"),
        ([], "zh", "請以 --log-key 指定"),
        (["--log-key", "nonsense"], "en", "no verifier key and no file"),
        (["--log-key", str(LOG.verifier_key)[:-4] + "AAAA"], "zh", "不是驗證金鑰"),
        (["--log-key", str(WITNESSES[0].verifier_key)], "en", "of the wrong kind"),
    ],
)
def test_what_is_asked_wrongly_is_told(folder: Path, words: list[str], lang: str, expected: str) -> None:
    told = call("--folder", folder, "--lang", lang, *words)

    assert told.returncode == exits.USAGE
    assert expected in told.stderr


def test_a_key_that_others_can_read_is_not_used(folder: Path) -> None:
    (folder / "witness.key").chmod(0o644)

    told = call("--folder", folder, "--log-key", str(LOG.verifier_key))

    assert told.returncode == exits.USAGE
    assert "chmod 600" in told.stderr


@pytest.mark.skipif(not LIBRARY.exists(), reason="needs SoftHSM (Debian's softhsm2)")
def test_its_key_may_be_in_a_token(tmp_path: Path) -> None:
    with soft_token(tmp_path) as where:
        uri = f"pkcs11:token={where.token};object={where.key}?module-path={where.module}&pin-source={where.pin}"
        told = call("--folder", tmp_path / "w", "--init", "--key", uri, "--name", NAME)
        assert not (tmp_path / "w" / "witness.key").exists()

        with serving(tmp_path / "w", str(LOG.verifier_key), more=("--key", uri, "--name", NAME)) as witness:
            assert str(witness.key) == told.stdout.splitlines()[-1]
            assert gather([witness], TREE.signed(7), TREE.consistency, poster=Poster(timeout_s=60)).failures == {}

        wrongs = {uri.replace("=vault", "=other"): "沒有這個標籤的 Ed25519 金鑰", "pkcs11:": "--name 或 --key 不可用"}
        for wrong, said in wrongs.items():
            told = call("--folder", tmp_path / "w", "--key", wrong, "--name", NAME, "--log-key", str(LOG.verifier_key))
            assert told.returncode == exits.USAGE
            assert said in told.stderr


def test_without_a_key_it_says_where_it_looked(tmp_path: Path) -> None:
    told = call("--folder", tmp_path, "--log-key", str(LOG.verifier_key), "--lang", "en")

    assert told.returncode == exits.USAGE
    assert f"{tmp_path / 'witness.key'}: there is no such file" in told.stderr


@pytest.mark.parametrize("listen", ["127.0.0.1", ":80", "127.0.0.1:http", "127.0.0.1:70000"])
def test_an_address_of_another_form_is_refused(folder: Path, listen: str) -> None:
    told = call("--folder", folder, "--log-key", str(LOG.verifier_key), "--listen", listen)

    assert told.returncode == exits.USAGE
    assert "host:port" in told.stderr


def test_an_address_that_cannot_be_had_is_told(folder: Path) -> None:
    told = call("--folder", folder, "--log-key", str(LOG.verifier_key), "--listen", "203.0.113.1:80", "--lang", "en")

    assert told.returncode == exits.BROKEN
    assert "cannot listen at 203.0.113.1:80" in told.stderr
