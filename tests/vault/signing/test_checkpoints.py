"""What C2SP tlog-checkpoint v1 asks for."""

import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.signing.checkpoints import Checkpoint, open_checkpoint, parse_checkpoint, with_signatures
from chahe.vault.signing.keys import sign, signature
from chahe.vault.signing.notes import Verified, parse_note
from vault_keys import LOG, OTHER_LOG, WITNESSES

# The example of tlog-cosignature.
EXAMPLE = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
""".encode()
ROOT = hashlib.sha256(b"root").digest()
HEAD = Checkpoint(LOG.name, 7, ROOT)


def test_the_specifications_example_is_read() -> None:
    note = parse_note(EXAMPLE)
    checkpoint = parse_checkpoint(note.text)

    assert (checkpoint.origin, checkpoint.size, checkpoint.extensions) == ("example.com/behind-the-sofa", 20852163, ())
    assert checkpoint.root.hex()[:8] == "0ac5186a"
    assert checkpoint.encode() == note.text
    # The witness's time is the one that the specification's signed message shows.
    assert int.from_bytes(note.signatures[1].data[:8]) == 1679315147


LINES = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(LINES, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(LINES, max_size=2))
def test_a_checkpoint_comes_back_as_it_was(origin: str, size: int, root: bytes, more: list[str]) -> None:
    checkpoint = Checkpoint(origin, size, root, tuple(more))

    assert parse_checkpoint(checkpoint.encode()) == checkpoint


TEXT = HEAD.encode()


@pytest.mark.parametrize(
    ("text", "why", "byte"),
    [
        (b"", "last line has no newline", None),
        (TEXT[:-1], "last line has no newline", None),
        (b"a\n7\n", "three lines", None),
        (b"\n" + TEXT, "no line is empty", None),
        (TEXT + b"\n", "no line is empty", None),
        (TEXT.replace(b"\n7\n", b"\n07\n"), "leading zeroes", 19),
        (TEXT.replace(b"\n7\n", b"\n-7\n"), "no decimal", 19),
        (TEXT.replace(b"\n7\n", b"\n9223372036854775808\n"), "greatest", 19),
        (TEXT[:-6] + b"\n", "no base64", 21),
        (b"a\n7\nAAAA\n", "has 3 bytes", 4),
        (b"a\n7\nAAA=\t\n", "control character", 8),
        (b"\xff\n7\nAAA=\n", "UTF-8", 0),
    ],
)
def test_a_checkpoint_of_another_form_is_refused_with_its_byte(text: bytes, why: str, byte: int | None) -> None:
    with pytest.raises(Malformed, match=why) as refused:
        parse_checkpoint(text, Place("checkpoint"))

    assert refused.value.place == Place("checkpoint", first=byte)


@given(st.binary(max_size=80) | st.lists(st.sampled_from([b"a", b"\n", b"7", b"0", TEXT[-45:], b"\x00"])).map(b"".join))
def test_whatever_the_bytes_a_checkpoint_is_malformed_or_comes_back(text: bytes) -> None:
    with suppress(Malformed):
        assert parse_checkpoint(text).encode() == text


@pytest.mark.parametrize(
    "made",
    [
        lambda: Checkpoint("", 1, ROOT),
        lambda: Checkpoint("a\nb", 1, ROOT),
        lambda: Checkpoint("\udc80", 1, ROOT),
        lambda: Checkpoint("a", -1, ROOT),
        lambda: Checkpoint("a", 2**63, ROOT),
        lambda: Checkpoint("a", 1, ROOT[1:]),
        lambda: Checkpoint("a", 1, ROOT, ("",)),
    ],
)
def test_a_checkpoint_that_could_not_be_read_is_not_made(made: object) -> None:
    with pytest.raises(Malformed):
        made()  # type: ignore[operator]


def test_a_signed_checkpoint_opens() -> None:
    note = sign(TEXT, LOG, OTHER_LOG)

    opened = open_checkpoint(note, [LOG.verifier_key])

    assert (opened.checkpoint, opened.note) == (HEAD, note)
    assert [one.key for one in opened.verified] == [LOG.verifier_key]


def test_a_checkpoint_of_another_log_is_refused_though_the_key_is_known() -> None:
    note = sign(Checkpoint(OTHER_LOG.name, 7, ROOT).encode(), LOG)

    with pytest.raises(Refuted, match=r"speaks of the log vault\.example/other, not of vault\.example/firm"):
        open_checkpoint(note, [LOG.verifier_key])
    with pytest.raises(Refuted, match=r"not of vault\.example/third"):
        open_checkpoint(note, [LOG.verifier_key], origin="vault.example/third")
    assert open_checkpoint(note, [LOG.verifier_key], origin=OTHER_LOG.name)


def test_a_cosignature_is_no_logs_signature() -> None:
    """A witness's key named as the log's would be taken for the log's, were it configured so; unconfigured it is passed over."""
    line = signature(TEXT, WITNESSES[0], 9)
    note = TEXT + b"\n" + line.encode()

    with pytest.raises(Refuted, match="no known key"):
        open_checkpoint(note, [LOG.verifier_key])


def test_cosignatures_are_added_and_renewed() -> None:
    signed = open_checkpoint(sign(TEXT, LOG), [LOG.verifier_key])
    first, second = (
        [Verified(one.verifier_key, signature(TEXT, one, at_s), at_s) for one in WITNESSES] for at_s in (5, 6)
    )

    both = with_signatures(with_signatures(signed, first), second[:1])

    keys = [LOG.verifier_key, *(one.verifier_key for one in WITNESSES)]
    opened = open_checkpoint(both.note, keys, origin=LOG.name)
    assert [(one.key.name, one.at_s) for one in opened.verified] == [
        (LOG.name, None),
        ("witness.example/w1", 5),
        ("witness.example/w2", 5),
        ("witness.example/w0", 6),
    ]
    assert opened.checkpoint == HEAD
    assert set(both.verified) == set(opened.verified)
