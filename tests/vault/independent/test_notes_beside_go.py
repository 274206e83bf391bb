"""Notes beside golang.org/x/mod/sumdb/note: each opens what the other signed, and refuses what the other refuses."""

import base64
import json
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chahe.vault.errors import Malformed, Refuted
from chahe.vault.signing.checkpoints import with_signatures
from chahe.vault.signing.keys import KeySigner, sign, signature
from chahe.vault.signing.notes import Verified, VerifierKey, parse_note, verify_note
from vault_keys import LOG, OTHER_LOG, WITNESSES
from vault_trees import Tree

GOPATH = Path("/usr/share/gocode")
SOURCE = Path(__file__).parent / "go" / "notes.go"
pytestmark = pytest.mark.skipif(
    shutil.which("go") is None or not (GOPATH / "src/golang.org/x/mod/sumdb/note").exists(),
    reason="needs Debian's golang-go and golang-golang-x-mod-dev",
)
TEXTS = [b"\n", b"one line\n", "新證券\n\n第二段\n".encode(), b"a\n\n\n\nb\n", Tree(7).head(7).encode()]


class Go:
    """The other implementation, as a process that answers line by line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def sign(self, text: bytes, key: str) -> bytes:
        return base64.b64decode(str(self.ask({"sign": text, "key": key})["note"]))

    def open(self, note: bytes, keys: list[VerifierKey]) -> tuple[bytes, set[str]] | None:
        """Text and signers; None where it refuses."""
        told = self.ask({"open": note, "keys": [str(key) for key in keys]})
        if "error" in told:
            return None
        signed = told["signed"]
        assert isinstance(signed, list)
        return base64.b64decode(str(told["text"])), set(signed)

    def ask(self, said: dict[str, object]) -> dict[str, object]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        line = {name: base64.b64encode(one).decode() if isinstance(one, bytes) else one for name, one in said.items()}
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        told: dict[str, object] = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def started(binary: Path) -> Iterator[Go]:
    with subprocess.Popen([binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        yield Go(process)


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Go]:
    folder = tmp_path_factory.mktemp("go")
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(folder / "cache")}
    words = ["go", "build", "-o", str(folder / "notes"), str(SOURCE)]
    subprocess.run(words, check=True, env=environment, capture_output=True)  # noqa: S603 - words of our own
    with started(folder / "notes") as one:
        yield one


def ours(note: bytes, keys: list[VerifierKey]) -> tuple[bytes, set[str]] | str:
    """Text and signers; the reason where we refuse."""
    try:
        parsed = parse_note(note)
        return parsed.text, {one.key.name for one in verify_note(parsed, keys)}
    except Refuted as error:
        return error.why


@pytest.mark.parametrize("text", TEXTS)
def test_they_open_what_we_sign(go: Go, text: bytes) -> None:
    note = sign(text, LOG, OTHER_LOG)

    assert go.open(note, [LOG.verifier_key, OTHER_LOG.verifier_key]) == (text, {LOG.name, OTHER_LOG.name})
    assert go.open(note, [OTHER_LOG.verifier_key]) == (text, {OTHER_LOG.name})


@pytest.mark.parametrize("text", TEXTS)
def test_we_sign_byte_for_byte_as_they_do(go: Go, text: bytes) -> None:
    for seed in range(8):
        signer = KeySigner(f"log.example/{seed}é查", bytes([seed]) * 32)
        assert go.sign(text, signer.encode()) == sign(text, signer)


def test_they_verify_our_witnesses_cosignatures(go: Go) -> None:
    signed = Tree(7).signed(7)
    lines = [Verified(one.verifier_key, signature(TEXTS[-1], one, 1_795_000_000), 1_795_000_000) for one in WITNESSES]
    keys = [LOG.verifier_key, *(one.verifier_key for one in WITNESSES)]
    note = with_signatures(signed, lines).note

    assert go.open(note, keys) == (TEXTS[-1], {key.name for key in keys})
    assert go.open(note.replace(b"\n7\n", b"\n8\n"), keys) is None


def test_no_changed_byte_is_taken_by_one_and_refused_by_the_other(go: Go) -> None:
    """But for one thing: where base64 leaves bits unused, they take any bits, and we take zeroes only."""
    chance = random.Random(7)  # noqa: S311 - the same bytes every time
    note = sign(TEXTS[2], LOG, OTHER_LOG)
    keys = [LOG.verifier_key]
    taken = loose = 0
    for position in range(len(note)):
        for _ in range(6):
            changed = bytearray(note)
            changed[position] = chance.choice([0x0A, 0x0D, 0x20, 0x2B, 0x3D, chance.randrange(256)])
            theirs, found = go.open(bytes(changed), keys), ours(bytes(changed), keys)
            taken += theirs is not None
            if theirs is not None and isinstance(found, str):
                assert "unused bits" in found
                loose += 1
            else:
                assert theirs == (None if isinstance(found, str) else found)
    # The line of the other key is not looked at, so some changes of it are taken.
    assert taken > loose


NAMES = ["a", "é查", "a b", "a+b", "", "a\u3000b", "a\x85b", "a\u200bb", "a/b.c", "\u2028"]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_names_are_names(go: Go, name: str) -> None:
    line = "— {} {}\n".format(name, base64.b64encode(b"1234" + bytes(64)).decode()).encode()
    note = sign(b"text\n", LOG) + line

    assert (go.open(note, [LOG.verifier_key]) is not None) == (not isinstance(ours(note, [LOG.verifier_key]), str))


@pytest.mark.parametrize("spoil", ["+", "0", "A", "=", ""])
def test_the_same_keys_are_keys(go: Go, spoil: str) -> None:
    text = str(LOG.verifier_key)
    note = sign(b"text\n", LOG)
    for cut in (len(LOG.name) - 1, len(LOG.name), len(LOG.name) + 3, len(text) - 2, len(text)):
        key = text[:cut] + spoil + text[cut + 1 :]
        try:
            known = VerifierKey.parse(key)
        except Malformed:
            known = None
        told = go.ask({"open": note, "keys": [key]})
        assert ("error" not in told) == (known is not None and not isinstance(ours(note, [known]), str))
