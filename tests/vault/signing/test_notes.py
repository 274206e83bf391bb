"""What C2SP signed-note v1 asks for, and that nothing else passes."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.signing.canonical import encode_base64
from chahe.vault.signing.keys import KeySigner, sign, signature
from chahe.vault.signing.notes import Algorithm, Note, Signature, VerifierKey, parse_note, parse_signatures, verify_note
from vault_keys import LOG, OTHER_LOG, WITNESSES

EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
""".encode()
POEM = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
""".encode()
# golang.org/x/mod/sumdb/note, example_test.go
NEUMANN = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
NEUMANN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
""".encode()
TEXT = "新證券 2026-11-22\n\n第二段\n".encode()
NOTE = sign(TEXT, LOG)


def test_the_specifications_example_verifies() -> None:
    (verified,) = verify_note(parse_note(EXAMPLE), [VerifierKey.parse(EXAMPLE_KEY)])

    assert (verified.key.name, verified.at_s) == ("example.com/foo", None)


def test_a_text_may_have_empty_lines() -> None:
    assert parse_note(POEM).text.decode().endswith("sole:\n\ned è subito sera.\n")


def test_the_go_librarys_example_is_signed_byte_for_byte() -> None:
    signer = KeySigner.decode(NEUMANN)

    assert str(signer.verifier_key) == NEUMANN_KEY
    assert signer.encode() == NEUMANN
    assert sign(parse_note(NEUMANN_NOTE).text, signer) == NEUMANN_NOTE


@pytest.mark.parametrize("data", [EXAMPLE, POEM, NEUMANN_NOTE, NOTE])
def test_a_note_comes_back_byte_for_byte(data: bytes) -> None:
    assert parse_note(data).encode() == data


@pytest.mark.parametrize(
    ("data", "why", "byte"),
    [
        (b"", "no empty line", None),
        (b"text\n", "no empty line", None),
        (b"text\n\n", "no signature follows", 6),
        (EXAMPLE[:-1], "no newline", 29),
        (b"text\n\n" + b"- a AAAAAAA=\n", "no signature line", 6),
        (b"text\n\n" + "—a AAAAAAA=\n".encode(), "no signature line", 6),
        (b"text\n\n" + "— a\n".encode(), "no signature line", 6),
        (b"text\n\n" + "—  AAAAAAA=\n".encode(), "no name of a key", 6),
        (b"text\n\n" + "— a+b AAAAAAA=\n".encode(), "no name of a key", 6),
        (b"text\n\n" + "— a\u3000b AAAAAAA=\n".encode(), "no name of a key", 6),
        (b"text\n\n" + "— a  AAAAAAA=\n".encode(), "no base64", 6),
        (b"text\n\n" + "— a AAAAAAB=\n".encode(), "unused bits", 6),
        (b"text\n\n" + "— a AAAAAA==\n".encode(), "leaves none", 6),
        (EXAMPLE + "— a AAAAAAB=\n".encode(), "unused bits", len(EXAMPLE)),
        (b"te\xffxt\n\n", "not UTF-8", 2),
        (b"text\n\n" + "— a".encode() + b"\xff AAAAAAA=\n", "not UTF-8", 11),
        (b"te\txt\n\n", "control character \\(0x09", 2),
        (EXAMPLE.replace(b"\n", b"\r\n"), "control character \\(0x0d", 27),
    ],
)
def test_a_note_of_another_form_is_refused_with_its_byte(data: bytes, why: str, byte: int | None) -> None:
    with pytest.raises(Malformed, match=why) as refused:
        parse_note(data, Place("checkpoint"))

    assert refused.value.place == Place("checkpoint", first=byte)


# Unicode's White_Space beyond ASCII, which the specification forbids in names.
@pytest.mark.parametrize(
    "space",
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
)
def test_no_name_has_a_unicode_space(space: str) -> None:
    with pytest.raises(Malformed, match="no name of a key"):
        KeySigner(f"a{space}b", bytes(32))


@pytest.mark.parametrize("name", ["", "a+b", "a b", "a\nb", "\udc80"])
def test_a_key_is_not_named_so(name: str) -> None:
    with pytest.raises(Malformed, match="no name of a key"):
        KeySigner(name, bytes(32))


def test_sixteen_signatures_and_more_are_read_but_not_without_end() -> None:
    line = parse_note(EXAMPLE).signatures[0].encode()

    assert len(parse_signatures(line * 100)) == 100
    with pytest.raises(Malformed, match="101 signatures"):
        parse_signatures(line * 101)


def test_a_note_has_an_upper_limit() -> None:
    with pytest.raises(Malformed, match="1000001 bytes"):
        parse_note(bytes(1_000_001))


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    note = parse_note(sign(TEXT, OTHER_LOG, LOG))

    assert [one.key for one in verify_note(note, [LOG.verifier_key])] == [LOG.verifier_key]


def test_a_key_that_shares_only_name_or_identifier_is_unknown() -> None:
    same_name = KeySigner(LOG.name, b"\x03" * 32)
    same_id = Signature("someone.else", LOG.verifier_key.key_id, bytes(64))
    note = Note(TEXT, (signature(TEXT, same_name), same_id, signature(TEXT, LOG)))

    assert [one.key for one in verify_note(note, [LOG.verifier_key])] == [LOG.verifier_key]


def test_a_note_without_a_known_signer_is_refused() -> None:
    with pytest.raises(Refuted, match=r"no known key; its signatures name vault\.example/firm"):
        verify_note(parse_note(NOTE), [OTHER_LOG.verifier_key])


def test_no_known_key_is_no_reason_to_trust() -> None:
    with pytest.raises(Refuted, match="no known key"):
        verify_note(parse_note(NOTE), [])


def test_one_false_signature_of_a_known_key_condemns_the_note() -> None:
    key = OTHER_LOG.verifier_key
    false = Signature(key.name, key.key_id, OTHER_LOG.sign(b"another text\n"))
    note = Note(TEXT, (signature(TEXT, LOG), false))

    with pytest.raises(Refuted, match=r"vault\.example/other .* is not over this text"):
        verify_note(note, [LOG.verifier_key, key])


def test_two_known_keys_of_one_name_and_identifier_are_refused() -> None:
    # Found by trying 110,000 keys: an identifier of four bytes is no fingerprint.
    first, second = (VerifierKey(LOG.name, Algorithm.ED25519, number.to_bytes(32)) for number in (96384, 109427))
    assert first.key_id == second.key_id

    with pytest.raises(Malformed, match=r"two known keys are named vault\.example/firm and 87568c1e"):
        verify_note(parse_note(NOTE), [LOG.verifier_key, first, second])


def test_a_signature_that_is_given_twice_counts_once() -> None:
    line = signature(TEXT, LOG)

    assert len(verify_note(Note(TEXT, (line, line)), [LOG.verifier_key])) == 1


def test_no_changed_bit_verifies() -> None:
    for position in range(len(NOTE)):
        for bit in range(8):
            changed = bytearray(NOTE)
            changed[position] ^= 1 << bit
            with pytest.raises(Refuted):
                verify_note(parse_note(bytes(changed)), [LOG.verifier_key])


@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from([b"\n", "— ".encode(), b"a ", b"AAAAAAA=", b"\xff"])).map(b"".join)
)
def test_whatever_the_bytes_a_note_is_malformed_or_comes_back(data: bytes) -> None:
    with suppress(Malformed):
        assert parse_note(data).encode() == data


@given(
    st.text(max_size=40)
    | st.just(str(LOG.verifier_key)).flatmap(
        lambda key: st.integers(0, len(key)).map(lambda cut: key[:cut] + "+" + key[cut:])
    )
)
def test_whatever_the_text_a_verifier_key_is_malformed_or_comes_back(text: str) -> None:
    with suppress(Malformed):
        assert str(VerifierKey.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("example.com/foo", "name\\+id\\+key"),
        (EXAMPLE_KEY.replace("530d903a", "530D903A"), "name\\+id\\+key"),
        (EXAMPLE_KEY.replace("530d903a", "530d903b"), "it is 530d903a"),
        (EXAMPLE_KEY.replace("example.com/foo", "example.com/fop"), "but it is"),
        ("a+00000000+" + encode_base64(b"\x02" + bytes(32)).decode(), "0x02 is not taken"),
        ("a+00000000+", "0x00 is not taken"),
        ("a+00000000+" + encode_base64(b"\x01" + bytes(31)).decode(), "31 bytes"),
    ],
)
def test_a_verifier_key_of_another_form_is_refused(text: str, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        VerifierKey.parse(text)


def test_one_key_has_another_identifier_for_each_algorithm() -> None:
    cosigner = KeySigner(LOG.name, b"\x01" * 32, Algorithm.COSIGNATURE)

    assert cosigner.verifier_key.public == LOG.verifier_key.public
    assert cosigner.verifier_key.key_id != LOG.verifier_key.key_id


@pytest.mark.parametrize(
    ("text", "why"), [(b"no newline", "ends in a newline"), (b"\x01\n", "control character"), (b"\xff\n", "UTF-8")]
)
def test_what_no_note_may_say_is_not_signed(text: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        sign(text, LOG)


def test_a_note_is_signed_by_somebody() -> None:
    with pytest.raises(Malformed, match="without a signature"):
        sign(TEXT)


def test_a_cosignature_is_over_its_time() -> None:
    line = signature(TEXT, WITNESSES[0], 1_795_000_000)
    key = WITNESSES[0].verifier_key

    assert verify_note(Note(TEXT, (line,)), [key])[0].at_s == 1_795_000_000
    later = Signature(line.name, line.key_id, (1_795_000_001).to_bytes(8) + line.data[8:])
    with pytest.raises(Refuted, match="not over this text"):
        verify_note(Note(TEXT, (later,)), [key])


def test_a_cosignature_signs_what_the_specification_says() -> None:
    line = signature(b"example.com/behind-the-sofa\n20852163\n", WITNESSES[0], 1679315147)

    said = b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
    assert line.data == (1679315147).to_bytes(8) + WITNESSES[0].sign(said)


def test_a_time_beyond_63_bits_is_refused() -> None:
    line = signature(TEXT, WITNESSES[0], 2**63 - 1)
    key = WITNESSES[0].verifier_key
    assert verify_note(Note(TEXT, (line,)), [key])

    beyond = 2**63
    data = beyond.to_bytes(8) + WITNESSES[0].sign(key.message(TEXT, beyond))
    with pytest.raises(Malformed, match="beyond"):
        verify_note(Note(TEXT, (Signature(key.name, key.key_id, data),)), [key])


@pytest.mark.parametrize("size", [1, 8, 63, 65, 71, 73])
def test_a_signature_of_another_length_is_refused(size: int) -> None:
    for key in (LOG.verifier_key, WITNESSES[0].verifier_key):
        with pytest.raises(Malformed, match="bytes, not 64"):
            verify_note(Note(TEXT, (Signature(key.name, key.key_id, bytes(size)),)), [key])


@pytest.mark.parametrize(("signer", "at_s"), [(LOG, 5), (WITNESSES[0], None)])
def test_cosigners_alone_state_a_time(signer: KeySigner, at_s: int | None) -> None:
    with pytest.raises(Malformed, match="has a time"):
        signature(TEXT, signer, at_s)
