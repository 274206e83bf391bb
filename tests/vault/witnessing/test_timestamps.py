"""An authority's token says that a checkpoint existed, and nothing else passes for one."""

import subprocess
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.witnessing.posting import Poster, Unreachable
from chahe.vault.witnessing.timestamps import Authority, fetch, query, verify_timestamp
from time_authority import LocalAuthority, local_authority
from vault_trees import Tree
from witness_serving import answering

TEXT = Tree(3).head(3).encode()
KIND = {"Content-Type": "application/timestamp-reply"}
QUICK = Poster(timeout_s=60)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    return local_authority(tmp_path_factory.mktemp("time") / "authority")


@pytest.fixture(scope="module")
def response(local: LocalAuthority) -> bytes:
    return local.respond(query(TEXT))


def test_a_token_over_the_checkpoint_verifies(local: LocalAuthority, response: bytes) -> None:
    stamp = verify_timestamp(response, TEXT, local.authority)

    assert datetime(2020, 1, 1, tzinfo=UTC).timestamp() < stamp.at_s < datetime(2100, 1, 1, tzinfo=UTC).timestamp()
    assert (stamp.policy, stamp.accuracy_us) == ("1.2.3.4.1", 1_000_000)


@pytest.mark.parametrize(("said", "accuracy_us"), [("", None), ("accuracy = millisecs:500, microsecs:7", 500_007)])
def test_an_authority_says_how_exact_it_is_or_does_not(tmp_path: Path, said: str, accuracy_us: int | None) -> None:
    made = local_authority(tmp_path / "authority", accuracy=said)

    assert verify_timestamp(made.respond(query(TEXT)), TEXT, made.authority).accuracy_us == accuracy_us


def test_openssl_verifies_it_too_and_reads_the_same_time(local: LocalAuthority, response: bytes) -> None:
    (local.folder / "text").write_bytes(TEXT)
    (local.folder / "kept").write_bytes(response)
    (local.folder / "root.pem").write_bytes(local.authority.certificates[0].public_bytes(Encoding.PEM))

    def told(words: str) -> str:
        done = subprocess.run(words.split(), cwd=local.folder, check=True, capture_output=True, text=True)  # noqa: S603
        return done.stdout

    assert "OK" in told("openssl ts -verify -data text -in kept -CAfile root.pem")
    stamp = verify_timestamp(response, TEXT, local.authority)
    shown = datetime.fromtimestamp(stamp.at_s, UTC).strftime("%b %e %H:%M:%S")
    assert f"Time stamp: {shown}." in told("openssl ts -reply -in kept -text")


def test_the_same_text_is_asked_for_in_the_same_bytes() -> None:
    assert query(TEXT) == query(TEXT)
    assert query(TEXT) != query(TEXT + b"x\n")


def test_nothing_is_not_stamped() -> None:
    with pytest.raises(Malformed, match="nothing"):
        query(b"")


def test_a_token_over_another_text_is_refused(local: LocalAuthority, response: bytes) -> None:
    with pytest.raises(Refuted, match="Mismatch between messages") as refused:
        verify_timestamp(response, TEXT + b"x\n", local.authority, Place("objects/ab/abcd.raw"))

    assert refused.value.place.key == "objects/ab/abcd.raw"


def test_a_token_by_another_authority_is_refused(tmp_path: Path, response: bytes) -> None:
    other = local_authority(tmp_path / "other")

    with pytest.raises(Refuted, match="no time stamp of this text by this authority"):
        verify_timestamp(response, TEXT, other.authority)


def test_a_certificate_that_had_run_out_when_it_signed_is_refused(tmp_path: Path) -> None:
    expired = local_authority(tmp_path / "expired", until=datetime(2021, 1, 1, tzinfo=UTC))

    with pytest.raises(Refuted, match="expired"):
        verify_timestamp(expired.respond(query(TEXT)), TEXT, expired.authority)


def test_a_digest_of_another_kind_is_refused(local: LocalAuthority) -> None:
    (local.folder / "text").write_bytes(TEXT)
    words = "openssl ts -query -data text -sha512 -no_nonce -cert -out other"
    subprocess.run(words.split(), cwd=local.folder, check=True, capture_output=True)  # noqa: S603
    response = local.respond((local.folder / "other").read_bytes())

    with pytest.raises(Refuted, match="not SHA-256"):
        verify_timestamp(response, TEXT, local.authority)


def test_what_an_authority_refuses_is_told_with_its_words(local: LocalAuthority) -> None:
    with pytest.raises(Refuted, match=r"is a refusal \(rejection\): Bad request format"):
        verify_timestamp(local.respond(b"nonsense"), TEXT, local.authority)


def test_a_token_that_its_own_authority_may_not_sign_is_refused(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        local_authority(tmp_path / "code", stamps=False).respond(query(TEXT))


@pytest.mark.parametrize(
    "data", [b"", b"0", b"\x30\x05\x30\x03\x02\x01\x00", b"\x30\x05\x30\x03\x02\x01\x09", b"<html>"]
)
def test_what_is_no_response_is_refused(local: LocalAuthority, data: bytes) -> None:
    with pytest.raises(Malformed):
        verify_timestamp(data, TEXT, local.authority)


def test_a_changed_bit_changes_neither_time_nor_text(local: LocalAuthority, response: bytes) -> None:
    """CMS signs all but a few numbers of its own (versions, the algorithm's name), so what is refused is counted, too."""
    stamp, refused = verify_timestamp(response, TEXT, local.authority), 0
    for position in range(len(response)):
        changed = bytearray(response)
        changed[position] ^= 1 << position % 8
        try:
            assert verify_timestamp(bytes(changed), TEXT, local.authority) == stamp
        except Refuted:
            refused += 1
    assert refused >= len(response) - 12


@given(st.binary(max_size=40))
def test_whatever_the_bytes_a_response_is_refused_with_a_reason(local: LocalAuthority, data: bytes) -> None:
    with pytest.raises(Refuted):
        verify_timestamp(data, TEXT, local.authority)


@given(data=st.data())
def test_whatever_is_cut_or_put_in_a_response_is_refused_or_says_the_same(
    local: LocalAuthority, response: bytes, data: st.DataObject
) -> None:
    begin = data.draw(st.integers(0, len(response)))
    end = data.draw(st.integers(begin, len(response)))
    changed = response[:begin] + data.draw(st.binary(max_size=4)) + response[end:]
    with suppress(Refuted):
        assert verify_timestamp(changed, TEXT, local.authority) == verify_timestamp(response, TEXT, local.authority)


def test_a_stamp_is_fetched_and_verified(local: LocalAuthority) -> None:
    with answering(lambda body: (200, KIND, local.respond(body))) as url:
        response, stamp = fetch(url, TEXT, local.authority, QUICK)

    assert verify_timestamp(response, TEXT, local.authority) == stamp


def test_a_stamp_by_another_authority_is_not_taken_from_the_network(tmp_path: Path, local: LocalAuthority) -> None:
    other = local_authority(tmp_path / "other")
    with answering(lambda body: (200, KIND, other.respond(body))) as url, pytest.raises(Refuted) as refused:
        fetch(url, TEXT, local.authority, QUICK)

    assert refused.value.place.key == url


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [(500, KIND, b""), (200, {"Content-Type": "text/html"}, b"<html>"), (200, KIND, bytes(70_000))],
)
def test_what_is_no_answer_of_an_authority_is_told(
    local: LocalAuthority, status: int, kind: dict[str, str], body: bytes
) -> None:
    with answering(lambda asked: (status, kind, body)) as url, pytest.raises(Unreachable, match="answers with"):
        fetch(url, TEXT, local.authority, QUICK)


@pytest.mark.parametrize("data", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_certificates_that_are_none_are_refused(data: bytes) -> None:
    with pytest.raises(Malformed, match="no certificate in PEM"):
        Authority.from_pem(data)


def test_an_authority_is_read_from_its_certificates(local: LocalAuthority) -> None:
    pem = local.authority.certificates[0].public_bytes(Encoding.PEM)

    assert Authority.from_pem(pem) == local.authority


def test_an_authority_without_certificates_vouches_for_nothing() -> None:
    with pytest.raises(Malformed, match="vouches for nothing"):
        Authority(())
