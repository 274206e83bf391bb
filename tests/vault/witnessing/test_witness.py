"""What C2SP tlog-witness asks a witness to check, in its order, with its status codes."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.vault.errors import Malformed, Refuted
from chahe.vault.signing.keys import KeySigner, sign, signature
from chahe.vault.signing.notes import Note, parse_note, parse_signatures, verify_note
from chahe.vault.storing.local import LocalStorage
from chahe.vault.witnessing.witness import Refusal, Witness
from chahe.vault.witnessing.witness_protocol import Request, origin_hash, parse_request
from vault_keys import LOG, OTHER_LOG, WITNESSES
from vault_trees import Tree

KEY = WITNESSES[0].verifier_key
TREE = Tree(40)
FORK = Tree(40, fork=20)
LOGS = {LOG.name: [LOG.verifier_key]}


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(LocalStorage(tmp_path), WITNESSES[0], LOGS)


def ask(old: int, new: int, *, tree: Tree = TREE, proved: Tree | None = None) -> bytes:
    """A request; `proved`: with the proof of another tree."""
    path = (proved or tree).consistency(old, new) if old <= new else []
    return Request(old, tuple(path), tree.note(new)).encode()


def refused(witness: Witness, body: bytes, at_s: int = 100) -> Refusal:
    with pytest.raises(Refusal) as error:
        witness.add_checkpoint(body, at_s)
    return error.value


def test_a_cosignature_is_given_on_the_checkpoint_and_the_time(witness: Witness) -> None:
    line = witness.add_checkpoint(ask(0, 7), 1_795_000_000)

    (verified,) = verify_note(Note(TREE.head(7).encode(), parse_signatures(line)), [KEY])
    assert verified.at_s == 1_795_000_000


def test_the_latest_checkpoint_is_served_with_the_logs_signature_and_ours(witness: Witness) -> None:
    foreign = signature(TREE.head(7).encode(), OTHER_LOG).encode()
    witness.add_checkpoint(ask(0, 7) + foreign, 100)
    witness.add_checkpoint(ask(7, 9), 101)

    note = parse_note(witness.latest(origin_hash(LOG.name)))

    assert note.text == TREE.head(9).encode()
    assert [(one.key, one.at_s) for one in verify_note(note, [LOG.verifier_key, KEY])] == [
        (LOG.verifier_key, None),
        (KEY, 101),
    ]
    assert len(note.signatures) == 2


@pytest.mark.parametrize("known", [LOG.name, OTHER_LOG.name])
def test_where_nothing_was_cosigned_there_is_nothing_to_serve(witness: Witness, known: str) -> None:
    with pytest.raises(Refusal) as error:
        witness.latest(origin_hash(known))

    assert error.value.status == HTTPStatus.NOT_FOUND


def test_an_origin_that_is_not_known_is_not_found(witness: Witness) -> None:
    assert refused(witness, ask(0, 3, tree=Tree(3, OTHER_LOG))).status == HTTPStatus.NOT_FOUND


def test_a_checkpoint_that_only_strangers_signed_is_forbidden(witness: Witness) -> None:
    note = sign(TREE.head(7).encode(), KeySigner(LOG.name, b"\x09" * 32))

    assert refused(witness, Request(0, (), note).encode()).status == HTTPStatus.FORBIDDEN


def test_a_false_signature_under_a_known_key_is_forbidden_though_another_holds(tmp_path: Path) -> None:
    second = KeySigner(LOG.name, b"\x08" * 32)
    witness = Witness(LocalStorage(tmp_path), WITNESSES[0], {LOG.name: [LOG.verifier_key, second.verifier_key]})
    false = signature(TREE.head(6).encode(), second).encode()

    assert refused(witness, ask(0, 7) + false).status == HTTPStatus.FORBIDDEN
    assert witness.add_checkpoint(ask(0, 7) + signature(TREE.head(7).encode(), second).encode(), 100)


def test_signatures_of_unknown_keys_are_passed_over(witness: Witness) -> None:
    unknown = signature(TREE.head(7).encode(), KeySigner(LOG.name, b"\x09" * 32)).encode()

    assert witness.add_checkpoint(ask(0, 7) + unknown, 100)


def test_an_old_size_beyond_the_checkpoint_is_a_bad_request_even_before_it_is_a_conflict(witness: Witness) -> None:
    witness.add_checkpoint(ask(0, 7), 100)

    assert refused(witness, ask(9, 8)).status == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("old", [0, 3, 8])
def test_another_old_size_is_a_conflict_that_tells_the_latest(witness: Witness, old: int) -> None:
    witness.add_checkpoint(ask(0, 7), 100)

    refusal = refused(witness, ask(old, 12))

    assert (refusal.status, refusal.latest) == (HTTPStatus.CONFLICT, 7)


def test_a_witness_that_knows_nothing_says_zero(witness: Witness) -> None:
    refusal = refused(witness, ask(7, 12))

    assert (refusal.status, refusal.latest) == (HTTPStatus.CONFLICT, 0)


def test_an_empty_log_has_the_root_of_the_empty_tree(witness: Witness) -> None:
    false = Request(0, (), sign(f"{LOG.name}\n0\n{'A' * 43}=\n".encode(), LOG)).encode()

    assert refused(witness, false).status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert witness.add_checkpoint(ask(0, 0), 100)
    assert witness.add_checkpoint(ask(0, 0), 101)
    assert witness.add_checkpoint(ask(0, 5), 102)


def test_nothing_is_to_be_proved_from_an_empty_log(witness: Witness) -> None:
    body = Request(0, (bytes(32),), TREE.note(7)).encode()

    assert refused(witness, body).status == HTTPStatus.UNPROCESSABLE_ENTITY


def test_the_same_checkpoint_is_cosigned_again_with_its_time(witness: Witness) -> None:
    witness.add_checkpoint(ask(0, 7), 100)

    line = witness.add_checkpoint(ask(7, 7), 200)

    assert int.from_bytes(parse_signatures(line)[0].data[:8]) == 200


def test_a_fork_of_the_same_size_is_refused_and_kept_as_evidence(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    witness = Witness(storage, WITNESSES[0], LOGS)
    witness.add_checkpoint(ask(0, 30), 100)

    assert refused(witness, ask(30, 30, tree=FORK)).status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert refused(witness, ask(0, 30, tree=FORK)).status == HTTPStatus.CONFLICT

    kept = [parse_note(storage.read(key)) for key in storage.keys("conflicts/")]
    assert {note.text for note in kept} == {TREE.head(30).encode(), FORK.head(30).encode()}
    for note in kept:
        assert verify_note(note, [LOG.verifier_key])


@pytest.mark.parametrize("proved", [TREE, FORK])
def test_a_larger_fork_is_refused_with_either_proof(witness: Witness, proved: Tree) -> None:
    witness.add_checkpoint(ask(0, 30), 100)

    assert refused(witness, ask(30, 40, tree=FORK, proved=proved)).status == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_rollback_is_refused_whatever_old_size_it_claims(witness: Witness) -> None:
    witness.add_checkpoint(ask(0, 30), 100)

    for old in range(41):
        assert refused(witness, ask(old, 25)).status == (HTTPStatus.CONFLICT if old <= 25 else HTTPStatus.BAD_REQUEST)
    assert parse_note(witness.latest(origin_hash(LOG.name))).text == TREE.head(30).encode()


def test_a_refused_request_changes_nothing(tmp_path: Path) -> None:
    witness = Witness(LocalStorage(tmp_path), WITNESSES[0], LOGS)
    witness.add_checkpoint(ask(0, 7), 100)
    before = witness.latest(origin_hash(LOG.name))

    for body in (b"", ask(0, 9), ask(7, 9, proved=FORK, tree=Tree(9, fork=2)), ask(9, 8)):
        refused(witness, body)

    assert witness.latest(origin_hash(LOG.name)) == before


def test_a_witness_goes_on_where_it_stopped(tmp_path: Path) -> None:
    Witness(LocalStorage(tmp_path), WITNESSES[0], LOGS).add_checkpoint(ask(0, 7), 100)

    again = Witness(LocalStorage(tmp_path), WITNESSES[0], LOGS)

    assert refused(again, ask(0, 9)).latest == 7
    assert again.add_checkpoint(ask(7, 9), 101)


def test_a_clock_set_back_does_not_set_the_witness_back(witness: Witness) -> None:
    witness.add_checkpoint(ask(0, 7), 500)

    line = witness.add_checkpoint(ask(7, 9), 100)

    assert int.from_bytes(parse_signatures(line)[0].data[:8]) == 500


def test_an_altered_record_is_not_built_upon(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    witness = Witness(storage, WITNESSES[0], LOGS)
    witness.add_checkpoint(ask(0, 30), 100)
    (key,) = storage.keys("state/witness/")
    storage.replace(key, FORK.note(30), expected=storage.read(key))

    with pytest.raises(Refuted, match="signed by no known key") as error:
        witness.add_checkpoint(ask(30, 40, tree=FORK), 101)
    assert error.value.place.key == key


def test_logs_do_not_meet(tmp_path: Path) -> None:
    other = Tree(9, OTHER_LOG, fork=0)
    witness = Witness(LocalStorage(tmp_path), WITNESSES[0], {**LOGS, OTHER_LOG.name: [OTHER_LOG.verifier_key]})
    witness.add_checkpoint(ask(0, 7), 100)
    witness.add_checkpoint(ask(0, 3, tree=other), 100)

    assert witness.add_checkpoint(ask(3, 9, tree=other), 101)
    assert refused(witness, ask(3, 9)).latest == 7


@pytest.mark.parametrize("witnesses", [1, 2], ids=["one witness", "two over one folder"])
def test_of_many_at_once_none_rolls_the_log_back(tmp_path: Path, witnesses: int) -> None:
    """The race of the specification: A checks N, B checks and keeps N+K, A must not keep N."""
    running = [Witness(LocalStorage(tmp_path), WITNESSES[0], LOGS) for _ in range(witnesses)]
    running[0].add_checkpoint(ask(0, 1), 100)
    seen: list[tuple[int, int]] = []

    def advance(turn: int) -> None:
        new = 2 + turn
        for old in range(1, new + 1):
            with suppress(Refusal):
                running[turn % witnesses].add_checkpoint(ask(old, new), 100)
                seen.append((old, new))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(advance, range(15)))

    # Growth is granted from each size once at most, so what was granted makes one line.
    grown = sorted(step for step in seen if step[0] < step[1])
    assert [old for old, _ in grown] == [1, *(new for _, new in grown[:-1])]
    assert parse_note(running[0].latest(origin_hash(LOG.name))).text == TREE.head(grown[-1][1]).encode()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_what_is_granted_is_what_grew(tmp_path_factory: pytest.TempPathFactory, first: int, old: int, new: int) -> None:
    witness = Witness(LocalStorage(tmp_path_factory.mktemp("witness")), WITNESSES[0], LOGS)
    witness.add_checkpoint(ask(0, first), 100)

    if old == first <= new:
        assert witness.add_checkpoint(ask(old, new), 101)
    else:
        refused(witness, ask(old, new))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 40), st.integers(1, 40), st.integers(1, 40))
def test_a_fork_is_granted_only_what_both_logs_share(
    tmp_path_factory: pytest.TempPathFactory, fork: int, first: int, second: int
) -> None:
    witness = Witness(LocalStorage(tmp_path_factory.mktemp("witness")), WITNESSES[0], LOGS)
    old, new = sorted((first, second))
    witness.add_checkpoint(ask(0, old), 100)

    if old <= fork:
        assert witness.add_checkpoint(ask(old, new, tree=Tree(40, fork=fork)), 101)
    else:
        assert refused(witness, ask(old, new, tree=Tree(40, fork=fork))).status == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    "signer", [LOG, KeySigner("witness.example/w0", b"\x10" * 32)], ids=["log", "witness with a log's key"]
)
def test_a_witness_has_a_cosigners_key(tmp_path: Path, signer: KeySigner) -> None:
    with pytest.raises(Malformed, match="a key of type 04"):
        Witness(LocalStorage(tmp_path), signer, LOGS)


def test_a_cosigners_key_is_no_logs_key(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="of type 01"):
        Witness(LocalStorage(tmp_path), WITNESSES[0], {KEY.name: [KEY]})


EXAMPLE = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
""".encode()


def test_the_specifications_request_is_read() -> None:
    request = parse_request(EXAMPLE)

    assert (request.old, len(request.path)) == (20852014, 4)
    assert len(parse_note(request.note).signatures) == 2
    assert request.encode() == EXAMPLE


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        TREE.note(7),
        b"old 00\n\n" + TREE.note(7),
        b"old -1\n\n" + TREE.note(7),
        b"old  0\n\n" + TREE.note(7),
        b"old 0\r\n\r\n" + TREE.note(7),
        b"old 0\nAAAA\n\n" + TREE.note(7),
        b"old 1\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + TREE.note(7),
        b"old 0\n\n\n" + TREE.note(7),
        b"old 0\n\n" + TREE.note(7)[:-1],
        b"old 0\n\n" + sign(b"one line\n", LOG),
        b"old 9223372036854775808\n\n" + TREE.note(7),
    ],
)
def test_a_request_of_another_form_is_a_bad_request(witness: Witness, body: bytes) -> None:
    assert refused(witness, body).status == HTTPStatus.BAD_REQUEST


@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from([b"old ", b"7", b"\n", b"A" * 43 + b"=", TREE.note(7)])).map(b"".join)
)
def test_whatever_the_bytes_a_request_is_malformed_or_comes_back(body: bytes) -> None:
    with suppress(Malformed):
        assert parse_request(body).encode() == body
