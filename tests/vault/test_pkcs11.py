"""A key in a token signs as a key in a file does; SoftHSM is the token."""

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pkcs11
import pytest
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag
from pkcs11.util.ec import encode_named_curve_parameters

from chahe.vault.errors import Malformed
from chahe.vault.keys import sign, signature
from chahe.vault.notes import Algorithm, Note, parse_note, verify_note
from chahe.vault.pkcs11 import TokenFailure, TokenFault, TokenKey, TokenSigner, read_pin
from chahe.vault.secret_files import Fault, UnusableSecret

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "271828"
LABEL = "chahe"
EDWARDS25519 = bytes.fromhex("06032b6570")  # the object identifier 1.3.101.112

pytestmark = pytest.mark.skipif(not LIBRARY.exists(), reason="needs SoftHSM (Debian's softhsm2)")


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenKey]:
    """A token with the pair `vault`, the pair `p256` of another curve, and two pairs called `twins`."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    words = ["softhsm2-util", "--init-token", "--free", "--label", "chahe", "--so-pin", "314159", "--pin", PIN]
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - words of our own
    with pkcs11.lib(str(LIBRARY)).get_token(token_label=LABEL).open(user_pin=PIN, rw=True) as session:
        edwards = session.create_domain_parameters(KeyType.EC_EDWARDS, {Attribute.EC_PARAMS: EDWARDS25519}, local=True)
        for label in ("vault", "twins", "twins"):
            edwards.generate_keypair(mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN, store=True, label=label)
        edwards.generate_keypair(
            mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
            store=True,
            label="mute",
            capabilities=MechanismFlag.VERIFY,
        )
        weierstrass = session.create_domain_parameters(
            KeyType.EC, {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}, local=True
        )
        weierstrass.generate_keypair(store=True, label="p256")
    yield TokenKey(LIBRARY, "chahe", "vault")
    pkcs11.unload(str(LIBRARY))
    del os.environ["SOFTHSM2_CONF"]


def test_a_note_signed_in_a_token_verifies(where: TokenKey) -> None:
    with TokenSigner(where, PIN, "vault.example/firm") as signer:
        note = sign(b"text\n", signer)

        assert verify_note(parse_note(note), [signer.verifier_key])
        assert signer.name == "vault.example/firm"


def test_a_witnesss_key_may_be_in_a_token_too(where: TokenKey) -> None:
    with TokenSigner(where, PIN, "witness.example/w", Algorithm.COSIGNATURE) as signer:
        line = signature(b"text\n", signer, 5)

        assert verify_note(Note(b"text\n", (line,)), [signer.verifier_key])[0].at_s == 5


def test_the_same_key_is_found_again(where: TokenKey) -> None:
    keys = []
    for _ in range(2):
        with TokenSigner(where, PIN, "a") as signer:
            keys.append(signer.verifier_key)

    assert keys[0] == keys[1]


def test_a_token_is_opened_once_in_a_process(where: TokenKey) -> None:
    with TokenSigner(where, PIN, "a") as signer:
        with pytest.raises(TokenFailure) as refused:
            TokenSigner(where, PIN, "b")

        assert refused.value.fault is TokenFault.BUSY
        assert sign(b"text\n", signer)


def test_threads_take_turns(where: TokenKey) -> None:
    with TokenSigner(where, PIN, "a") as signer, ThreadPoolExecutor(4) as pool:
        notes = list(pool.map(lambda number: sign(b"%d\n" % number, signer), range(40)))

        for note in notes:
            assert verify_note(parse_note(note), [signer.verifier_key])


@pytest.mark.parametrize(
    ("asked", "pin", "fault"),
    [
        (TokenKey(Path("/usr/lib/no-such-library.so"), "chahe", "vault"), PIN, TokenFault.LIBRARY),
        (TokenKey(LIBRARY, "other", "vault"), PIN, TokenFault.SLOT),
        (TokenKey(LIBRARY, "chahe", "vault"), "999999", TokenFault.PIN),
        (TokenKey(LIBRARY, "chahe", "vault"), "1", TokenFault.PIN),
        (TokenKey(LIBRARY, "chahe", "other"), PIN, TokenFault.KEY),
        (TokenKey(LIBRARY, "chahe", "twins"), PIN, TokenFault.KEY),
        (TokenKey(LIBRARY, "chahe", "p256"), PIN, TokenFault.KEY),
        (TokenKey(LIBRARY, "chahe", "mute"), PIN, TokenFault.KEY),
    ],
)
@pytest.mark.usefixtures("where")
def test_what_is_wrong_is_told_apart(asked: TokenKey, pin: str, fault: TokenFault) -> None:
    with pytest.raises(TokenFailure) as refused:
        TokenSigner(asked, pin, "a")

    assert (refused.value.fault, refused.value.where) == (fault, asked)
    assert pin not in str(refused.value).removeprefix(str(asked)) or len(pin) == 1


def test_a_closed_token_signs_no_more(where: TokenKey) -> None:
    signer = TokenSigner(where, PIN, "a")
    signer.close()

    with pytest.raises(TokenFailure) as refused:
        signer.sign(b"x")
    assert refused.value.fault is TokenFault.FAILED


def test_a_name_that_no_key_may_have_leaves_no_session_open(where: TokenKey) -> None:
    for _ in range(3):
        with pytest.raises(Malformed, match="no name of a key"):
            TokenSigner(where, PIN, "a b")


def test_a_pin_is_read_from_a_file_of_the_owners_alone(tmp_path: Path, where: TokenKey) -> None:
    path = tmp_path / "pin"
    path.write_text(f"{PIN}\n")
    path.chmod(0o600)
    with TokenSigner(where, read_pin(path), "a"):
        path.chmod(0o644)

    with pytest.raises(UnusableSecret) as refused:
        read_pin(path)
    assert refused.value.fault is Fault.MODE
