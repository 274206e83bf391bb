"""Those outside vouch for a checkpoint: their word is kept, used in proofs, and missed where they do not answer."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from chahe.engine.anchoring import anchor
from chahe.vault.entries import Kind
from chahe.vault.finding_proof import Wanted, finding_proof
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.merkle import leaf_hash
from chahe.vault.vault import Vault
from chahe.vault.witnessing.anchors import anchored
from chahe.vault.witnessing.posting import Poster
from chahe.vault.witnessing.timestamps import Authority, verify_timestamp
from chahe.vault.witnessing.witness_client import Behind
from chahe.workspace import VaultSettings
from time_authority import LocalAuthority, local_authority
from vault_keys import LOG, WITNESSES
from witness_serving import Served, answering, serving

QUICK = Poster(timeout_s=5)
REPLY = {"Content-Type": "application/timestamp-reply"}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.create(LocalStorage(tmp_path / "vault"), LOG, at_us=1)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "witness") as one:
        yield one


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    return local_authority(tmp_path_factory.mktemp("authority") / "made")


def witnessed(*served: Served) -> VaultSettings:
    return VaultSettings(
        key=Path(),
        verifier=Path(),
        wrapping_key=Path(),
        witnesses=tuple((str(one.address.key), one.address.url) for one in served),
    )


def test_a_cosigned_checkpoint_is_kept_while_the_log_goes_on(vault: Vault, served: Served) -> None:
    done = anchor(vault, witnessed(served), QUICK, at_us=2)
    vault.record(3, [(Kind.EXPORT, {"what": "later"})])
    again = anchor(vault, witnessed(served), QUICK, at_us=4)

    assert done.witnesses == again.witnesses == [WITNESSES[0].name]
    kept = anchored(vault.storage, [LOG.verifier_key, WITNESSES[0].verifier_key])
    assert [signed.checkpoint.size for signed in kept] == [1, 2]
    assert all(len(signed.verified) == 2 for signed in kept)
    assert anchored(vault.storage, [LOG.verifier_key], least=2)[0].checkpoint.size == 2


def test_a_witness_that_does_not_answer_keeps_the_others_from_nothing(vault: Vault, served: Served) -> None:
    silent = (str(WITNESSES[1].verifier_key), "http://127.0.0.1:9")
    settings = VaultSettings(
        key=Path(), verifier=Path(), wrapping_key=Path(), witnesses=(silent, *witnessed(served).witnesses)
    )

    done = anchor(vault, settings, QUICK, at_us=2)

    assert done.witnesses == [WITNESSES[0].name]
    assert list(done.failures) == [WITNESSES[1].name]


def test_a_vault_that_was_set_back_is_told_by_its_witness(tmp_path: Path, vault: Vault, served: Served) -> None:
    vault.record(2, [(Kind.EXPORT, {"what": "soon forgotten"})])
    anchor(vault, witnessed(served), QUICK, at_us=3)
    forgetful = Vault.create(LocalStorage(tmp_path / "again"), LOG, at_us=1)

    done = anchor(forgetful, witnessed(served), QUICK, at_us=4)

    assert isinstance(done.failures[WITNESSES[0].name], Behind)
    assert anchored(forgetful.storage, [LOG.verifier_key]) == []


def test_a_time_stamp_is_an_object_and_an_entry(tmp_path: Path, vault: Vault, authority: LocalAuthority) -> None:
    head = vault.checkpoint
    pem = tmp_path / "tsa.pem"

    pem.write_bytes(authority.authority.certificates[0].public_bytes(Encoding.PEM))
    with answering(lambda body: (200, REPLY, authority.respond(body))) as url:
        done = anchor(
            vault,
            VaultSettings(key=Path(), verifier=Path(), wrapping_key=Path(), timestamps=((url, pem),)),
            QUICK,
            at_us=5,
        )

    [(_, entry)] = vault.entries(Kind.TIMESTAMP)
    assert entry["checkpoint"] == {"size": head.size, "root": head.root.hex()}
    token = entry["token"]
    assert isinstance(token, dict)
    with vault.objects.open(token["sha256"]) as stream:
        stamp = verify_timestamp(stream.read(), head.encode(), Authority.from_pem(pem.read_bytes()))
    assert done.stamps[url] == stamp


def test_a_proof_is_given_for_the_newest_checkpoint_that_others_vouch_for(vault: Vault, served: Served) -> None:
    kept = vault.objects.keep(lambda: BytesIO(b"a line\n"))
    vault.record(2, [(Kind.INGEST, {"object": kept.described(), "source": "s", "path": "p"})])
    told = {"count": 1, "root": leaf_hash(b"{}").hex()}
    vault.record(3, [(Kind.AUDIT, {"audit": "ab", "findings": told})])
    anchor(vault, witnessed(served), QUICK, at_us=4)
    vault.record(5, [(Kind.EXPORT, {"what": "later"})])

    wanted = Wanted(f"{kept.digest}#1", 1, lines=True)
    proof = json.loads(finding_proof(vault, audit=2, leaves=[b"{}"], chosen=0, records=[wanted]))

    assert proof["checkpoint"].split("\n")[1] == "3"
    assert WITNESSES[0].name in proof["checkpoint"]
