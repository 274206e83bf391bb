"""Keys in files are made with care, and refused where someone else could have had them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from chahe.vault.errors import Malformed, Refuted
from chahe.vault.signing.keys import KeySigner, make_key, read_key, signature
from chahe.vault.signing.notes import Algorithm, VerifierKey
from chahe.vault.signing.secret_files import Fault, UnusableSecret
from vault_keys import LOG

SEED = bytes(range(32))


def made(path: Path) -> KeySigner:
    return make_key(path, "vault.example", random=lambda size: SEED[:size])


def test_a_key_is_made_and_read_again(tmp_path: Path) -> None:
    key = made(tmp_path / "key")

    again = read_key(tmp_path / "key")

    assert again.verifier_key == key.verifier_key
    assert again.sign(b"text") == key.sign(b"text")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_key_knows_what_it_may_sign(tmp_path: Path) -> None:
    make_key(tmp_path / "key", "w", random=lambda size: SEED[:size], algorithm=Algorithm.COSIGNATURE)

    assert read_key(tmp_path / "key").verifier_key.algorithm is Algorithm.COSIGNATURE


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o277])
def test_the_mode_does_not_hang_on_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        made(tmp_path / "key")
    finally:
        os.umask(before)

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    first = made(tmp_path / "key")

    with pytest.raises(UnusableSecret) as refused:
        make_key(tmp_path / "key", "vault.example", random=bytes)

    assert refused.value.fault is Fault.EXISTS
    assert read_key(tmp_path / "key").verifier_key == first.verifier_key


def test_a_link_is_not_followed_to_write_a_key(tmp_path: Path) -> None:
    (tmp_path / "key").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UnusableSecret) as refused:
        made(tmp_path / "key")

    assert refused.value.fault is Fault.EXISTS
    assert not (tmp_path / "elsewhere").exists()


def shared_with_group(path: Path) -> None:
    path.chmod(0o640)


def shared_with_all(path: Path) -> None:
    path.chmod(0o604)


def linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def hard_linked(path: Path) -> None:
    path.with_name("second").hardlink_to(path)


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def gone(path: Path) -> None:
    path.unlink()


def folder_gone(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()


def folder_open(path: Path) -> None:
    path.parent.chmod(0o777)


def rewritten(data: bytes) -> Callable[[Path], None]:
    def rewrite(path: Path) -> None:
        path.write_bytes(data)

    rewrite.__name__ = repr(data[:12])
    return rewrite


LINE = LOG.encode()


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (shared_with_group, Fault.MODE),
        (shared_with_all, Fault.MODE),
        (linked, Fault.LINK),
        (hard_linked, Fault.NO_FILE),
        (piped, Fault.NO_FILE),
        (a_folder, Fault.NO_FILE),
        (gone, Fault.MISSING),
        (folder_gone, Fault.MISSING),
        (folder_open, Fault.FOLDER),
        (rewritten(b""), Fault.MALFORMED),
        (rewritten(b"\xff"), Fault.MALFORMED),
        (rewritten(b"-----BEGIN PRIVATE KEY-----"), Fault.MALFORMED),
        (rewritten(LINE[:-1].encode()), Fault.MALFORMED),
        (rewritten(LINE.encode() + b"\n\n"), Fault.MALFORMED),
        (rewritten(b"PRIVATE+KEY+a+00000000+AA=="), Fault.MALFORMED),
        (rewritten(b"PRIVATE+KEY+a+00000000+AQ=="), Fault.MALFORMED),
        (rewritten(LINE.replace("firm", "fern").encode()), Fault.MALFORMED),
        (rewritten(b"x" * 100_000), Fault.MALFORMED),
    ],
)
def test_a_key_is_refused(tmp_path: Path, spoil: Callable[[Path], None], fault: Fault) -> None:
    path = tmp_path / "own" / "key"
    path.parent.mkdir(mode=0o700)
    made(path)
    spoil(path)

    with pytest.raises(UnusableSecret) as refused:
        read_key(path)

    assert (refused.value.fault, refused.value.path) == (fault, path)
    assert fault.value in str(refused.value)


def test_a_key_that_may_only_be_read_is_fine(tmp_path: Path) -> None:
    made(tmp_path / "key")
    (tmp_path / "key").chmod(0o400)

    assert read_key(tmp_path / "key")


def test_a_key_of_another_user_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    made(path)
    if os.geteuid() == 0:
        os.chown(path, 12345, -1)
    else:
        path = Path("/etc/passwd")  # only root gives files away

    with pytest.raises(UnusableSecret) as refused:
        read_key(path)

    assert refused.value.fault is Fault.OWNER


def test_what_stands_in_a_refused_file_is_not_shown(tmp_path: Path) -> None:
    made(tmp_path / "key")
    (tmp_path / "key").write_text("hunter2 hunter2")

    with pytest.raises(UnusableSecret) as refused:
        read_key(tmp_path / "key")

    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_seed_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(Malformed, match="a seed has 32 bytes"):
        KeySigner("a", bytes(size))


class Turncoat:
    """A token that says it has one key and signs with another."""

    name = LOG.name
    verifier_key: VerifierKey = LOG.verifier_key

    def sign(self, message: bytes) -> bytes:
        return KeySigner(LOG.name, SEED).sign(message)


def test_a_signature_that_does_not_hold_never_leaves() -> None:
    with pytest.raises(Refuted, match="not over this text"):
        signature(b"text\n", Turncoat())
