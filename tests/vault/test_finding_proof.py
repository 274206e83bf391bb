"""A finding's proof: verified by the script alone, in a Python without packages, and refuted wherever it was changed."""

import gzip
import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

import chahe.vault.verify_proof as script
from chahe.vault.entries import Kind
from chahe.vault.errors import Missing, Refuted
from chahe.vault.finding_proof import WHOLE, Wanted, finding_proof
from chahe.vault.signing.keys import KeySigner
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.merkle import leaf_hash, root
from chahe.vault.vault import Vault

SIGNER = KeySigner("example.tw/vault", bytes(range(32)))
OTHER = KeySigner("example.tw/vault", bytes(range(1, 33)))
LONG = b"".join(b"line %d of a log that is longer than a block\n" % number for number in range(1, 9_001)) + b"last"
SHORT = b"account,chen\naccount,wang\n"
PACKED = gzip.compress(b"\x1b[2J a line that would clear the screen\n" + SHORT, mtime=0)


def proof_of(folder: Path, raw: bytes, place: int, *, lines: bool = True, line: int | None = None) -> dict[str, object]:
    """The proof of a finding about one record, in a vault with other entries around it."""
    vault = Vault.create(LocalStorage(folder), SIGNER, at_us=1)
    vault.record(2, [(Kind.EXPORT, {"what": str(number)}) for number in range(300)])
    kept = vault.objects.keep(lambda: BytesIO(raw))
    vault.record(3, [(Kind.INGEST, {"object": kept.described(), "source": "records", "path": "records/app.log"})])
    row_id = f"{kept.digest}#{place}"
    leaves = [
        json.dumps(
            {"control": "c", "finding": f"c-{number}", "row": {"row": row_id}, "message": ["缺失", "deficient"]},
            ensure_ascii=False,
        ).encode()
        for number in range(5)
    ]
    findings = {"count": len(leaves), "root": root(map(leaf_hash, leaves)).hex()}
    vault.record(4, [(Kind.AUDIT, {"audit": "ab" * 32, "findings": findings})])
    vault.record(5, [(Kind.EXPORT, {"what": "later"})])
    wanted = Wanted(row_id, line, lines)
    told = finding_proof(vault, audit=302, leaves=leaves, chosen=3, records=[wanted])
    proof: dict[str, object] = json.loads(told)
    return proof


def verified(folder: Path, proof: object, *words: str) -> subprocess.CompletedProcess[str]:
    path = folder / "proof.json"
    path.write_text(json.dumps(proof), "utf-8")
    command = [sys.executable, "-I", "-S", script.__file__, str(path), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own script


@pytest.mark.parametrize("line", [1, 2, 341, 5_000, 9_000, 9_001])
def test_a_line_of_a_long_file_is_proved_by_its_blocks(tmp_path: Path, line: int) -> None:
    proof = proof_of(tmp_path / "vault", LONG, line, line=line)

    told = verified(tmp_path, proof, "--key", str(SIGNER.verifier_key))

    assert told.returncode == 0, told.stderr
    assert LONG.split(b"\n")[line - 1].decode() in told.stdout
    assert "VERIFIED: 1" in told.stdout
    assert len(json.dumps(proof)) < 80_000


def test_a_short_file_is_enclosed_and_its_line_found_by_its_number(tmp_path: Path) -> None:
    told = verified(tmp_path, proof_of(tmp_path / "vault", SHORT, 2, line=2))

    assert "account,wang" in told.stdout
    assert "compare it with the key you were given" in told.stdout


def test_a_packed_file_is_enclosed_and_unpacked(tmp_path: Path) -> None:
    assert "account,chen" in verified(tmp_path, proof_of(tmp_path / "second", PACKED, 2)).stdout
    assert "\N{REPLACEMENT CHARACTER}[2J a line" in verified(tmp_path, proof_of(tmp_path / "first", PACKED, 1)).stdout


def test_a_large_file_that_has_no_lines_is_asked_for_and_checked(tmp_path: Path) -> None:
    raw = bytes(number * number % 251 for number in range(WHOLE + 1))
    proof = proof_of(tmp_path / "vault", raw, 7, lines=False)
    (tmp_path / "files").mkdir()

    assert "not enclosed, ask for it" in verified(tmp_path, proof).stdout
    (tmp_path / "files" / "wrong").write_bytes(raw[:-1] + b"x")
    assert "not enclosed, ask for it" in verified(tmp_path, proof, "--files", str(tmp_path / "files")).stdout
    (tmp_path / "files" / "right").write_bytes(raw)
    assert "the file is proved" in verified(tmp_path, proof, "--files", str(tmp_path / "files")).stdout


def _changed(text: str) -> str:
    """Another text of the same form."""
    return text[:-1] + ("1" if text[-1:] != "1" else "2")


TAMPERINGS: dict[str, Callable[[dict], object]] = {  # type: ignore[type-arg]  # JSON has no better type
    "another message": lambda p: p["finding"].update(leaf=p["finding"]["leaf"].replace("deficient", "fine")),
    "another leaf's place": lambda p: p["finding"].update(index=2),
    "a place beyond the tree": lambda p: p["finding"].update(index=99),
    "a path cut short": lambda p: p["finding"]["path"].pop(),
    "a path with more": lambda p: p["finding"]["path"].append("00" * 32),
    "another audit": lambda p: p["audit"].update(entry=p["audit"]["entry"].replace("abab", "cdcd", 1)),
    "the audit elsewhere": lambda p: p["audit"].update(index=301),
    "an audit that is none": lambda p: p.update(audit=p["records"][0]["ingest"]),
    "another file's name": lambda p: p["records"][0]["ingest"].update(
        entry=p["records"][0]["ingest"]["entry"].replace("app.log", "sys.log")
    ),
    "another record": lambda p: p["records"][0].update(row_id=_changed(p["records"][0]["row_id"])),
    "another line": lambda p: p["records"][0].update(begin=p["records"][0]["begin"] + 1),
    "a line cut": lambda p: p["records"][0].update(end=p["records"][0]["end"] - 1),
    "two lines": lambda p: p["records"][0].update(end=p["records"][0]["end"] + 1),
    "a byte of the file": lambda p: p["records"][0].update(
        data=b64encode(b64decode(p["records"][0]["data"]).replace(b"log", b"lag", 1)).decode()
    ),
    "other blocks": lambda p: p["records"][0]["blocks"].update(first=p["records"][0]["blocks"]["first"] + 1),
    "more beside": lambda p: p["records"][0]["blocks"]["beside"].append("00" * 32),
    "less beside": lambda p: p["records"][0]["blocks"]["beside"].pop(),
    "another size of the log": lambda p: p.update(checkpoint=p["checkpoint"].replace("\n304\n", "\n305\n")),
    "another name of the log": lambda p: p.update(checkpoint=p["checkpoint"].replace("example.tw/vault\n", "x\n", 1)),
    "no signature": lambda p: p.update(checkpoint=p["checkpoint"].split("\n—")[0] + "\n"),
    "another format": lambda p: p.update(format="chahe-proof-2"),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_whatever_is_changed_is_refuted(tmp_path: Path, how: str) -> None:
    proof = proof_of(tmp_path / "vault", LONG, 5_000, line=5_000)
    assert verified(tmp_path, proof).returncode == 0

    TAMPERINGS[how](proof)
    told = verified(tmp_path, proof)

    assert told.returncode != 0
    assert "REFUTED" in told.stderr


def test_an_altered_enclosed_file_is_refuted(tmp_path: Path) -> None:
    proof = proof_of(tmp_path / "vault", SHORT, 2)
    [record] = proof["records"]  # type: ignore[misc]
    record["whole"] = b64encode(SHORT.replace(b"wang", b"lin ")).decode()

    assert "the enclosed file was altered" in verified(tmp_path, proof).stderr


def test_another_key_is_not_the_examiners(tmp_path: Path) -> None:
    proof = proof_of(tmp_path / "vault", SHORT, 2)

    assert "not signed by this key" in verified(tmp_path, proof, "--key", str(OTHER.verifier_key)).stderr


def test_what_the_vault_does_not_have_is_not_proved(tmp_path: Path) -> None:
    vault = Vault.create(LocalStorage(tmp_path), SIGNER, at_us=1)
    vault.record(2, [(Kind.AUDIT, {"audit": "ab", "findings": {"count": 1, "root": leaf_hash(b"{}").hex()}})])

    with pytest.raises(Missing, match="was ever kept"):
        finding_proof(vault, audit=1, leaves=[b"{}"], chosen=0, records=[Wanted("0" * 64 + "#1", 1, lines=True)])
    with pytest.raises(Refuted, match="not those of the audit"):
        finding_proof(vault, audit=1, leaves=[b"[]"], chosen=0, records=[])
