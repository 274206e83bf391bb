"""A key in a token signs as a key in a file does; SoftHSM is the token."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from chahe.vault.errors import Malformed
from chahe.vault.signing.keys import sign, signature
from chahe.vault.signing.notes import Algorithm, Note, parse_note, verify_note
from chahe.vault.signing.pkcs11 import TokenSigner, read_pin
from chahe.vault.signing.pkcs11_uri import TokenFailure, TokenFault, TokenKey
from chahe.vault.signing.secret_files import Fault, UnusableSecret
from soft_token import LIBRARY, PIN, soft_token

pytestmark = pytest.mark.skipif(not LIBRARY.exists(), reason="needs SoftHSM (Debian's softhsm2)")


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenKey]:
    with soft_token(tmp_path_factory.mktemp("softhsm")) as key:
        yield key


def test_a_note_signed_in_a_token_verifies(where: TokenKey) -> None:
    with TokenSigner(where, "vault.example/firm") as signer:
        note = sign(b"text\n", signer)

        assert verify_note(parse_note(note), [signer.verifier_key])
        assert signer.name == "vault.example/firm"


def test_a_witnesss_key_may_be_in_a_token_too(where: TokenKey) -> None:
    with TokenSigner(where, "witness.example/w", Algorithm.COSIGNATURE) as signer:
        line = signature(b"text\n", signer, 5)

        assert verify_note(Note(b"text\n", (line,)), [signer.verifier_key])[0].at_s == 5


def test_the_same_key_is_found_again(where: TokenKey) -> None:
    keys = []
    for _ in range(2):
        with TokenSigner(where, "a") as signer:
            keys.append(signer.verifier_key)

    assert keys[0] == keys[1]


def test_a_token_is_opened_once_in_a_process(where: TokenKey) -> None:
    with TokenSigner(where, "a") as signer:
        with pytest.raises(TokenFailure) as refused:
            TokenSigner(where, "b")

        assert refused.value.fault is TokenFault.BUSY
        assert sign(b"text\n", signer)


def test_threads_take_turns(where: TokenKey) -> None:
    with TokenSigner(where, "a") as signer, ThreadPoolExecutor(4) as pool:
        notes = list(pool.map(lambda number: sign(b"%d\n" % number, signer), range(40)))

        for note in notes:
            assert verify_note(parse_note(note), [signer.verifier_key])


@pytest.mark.parametrize(
    ("wrong", "pin", "fault"),
    [
        ({"module": Path("/usr/lib/no-such-library.so")}, PIN, TokenFault.LIBRARY),
        ({"token": "other"}, PIN, TokenFault.SLOT),
        ({}, "999999", TokenFault.PIN),
        ({}, "7", TokenFault.PIN),
        ({"key": "other"}, PIN, TokenFault.KEY),
        ({"key": "twins"}, PIN, TokenFault.KEY),
        ({"key": "p256"}, PIN, TokenFault.KEY),
        ({"key": "mute"}, PIN, TokenFault.KEY),
    ],
)
def test_what_is_wrong_is_told_apart(
    tmp_path: Path, where: TokenKey, wrong: dict[str, object], pin: str, fault: TokenFault
) -> None:
    (tmp_path / "pin").touch(0o600)
    (tmp_path / "pin").write_text(pin)
    asked = replace(where, pin=tmp_path / "pin", **wrong)  # type: ignore[arg-type]

    with pytest.raises(TokenFailure) as refused:
        TokenSigner(asked, "a")

    assert (refused.value.fault, refused.value.where) == (fault, asked)
    assert pin not in f"{refused.value.detail}{refused.value.fault.value}"


def test_a_closed_token_signs_no_more(where: TokenKey) -> None:
    signer = TokenSigner(where, "a")
    signer.close()

    with pytest.raises(TokenFailure) as refused:
        signer.sign(b"x")
    assert refused.value.fault is TokenFault.FAILED


def test_a_name_that_no_key_may_have_opens_no_token(where: TokenKey) -> None:
    with pytest.raises(Malformed, match="no name of a key"):
        TokenSigner(where, "a b")
    with TokenSigner(where, "a"):
        pass


def test_a_pin_that_others_can_read_is_not_used(tmp_path: Path, where: TokenKey) -> None:
    path = tmp_path / "pin"
    path.write_text(f"{PIN}\n")
    path.chmod(0o644)

    with pytest.raises(UnusableSecret) as refused:
        TokenSigner(replace(where, pin=path), "a")

    assert refused.value.fault is Fault.MODE
    path.chmod(0o600)
    assert read_pin(path) == PIN


URI = "pkcs11:token=chahe;object=vault;type=private?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=file:/etc/chahe/pin"


def test_a_key_is_named_by_a_uri() -> None:
    expected = TokenKey(LIBRARY, "chahe", "vault", Path("/etc/chahe/pin"))

    assert TokenKey.parse(URI) == TokenKey.parse(URI.replace("file:", "file://")) == expected
    assert TokenKey.parse(URI.replace("=vault", "=%E6%9F%A5%20%3b")).key == "查 ;"


@pytest.mark.parametrize(
    ("uri", "why"),
    [
        ("/etc/chahe/vault.key", "begins with pkcs11:"),
        ("pkcs11:", "has no ''"),
        (URI.replace("token=chahe;", ""), "lacks token"),
        (URI.replace("object=vault", "object="), "lacks object"),
        (URI.replace("type=private", "type=public"), "lacks type=private"),
        (URI + "&pin-value=1234", "has no 'pin-value'"),
        (URI + "&pin-source=/x", "twice"),
        (URI.replace("=chahe", "=%ff"), "not UTF-8"),
    ],
)
def test_a_uri_of_another_form_is_refused(uri: str, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        TokenKey.parse(uri)
