"""A log gathers cosignatures, and learns who refused it and why."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest

from chahe.vault.errors import Malformed, Refuted, VaultError
from chahe.vault.signing.keys import signature
from chahe.vault.signing.policy import Policy
from chahe.vault.witnessing.posting import Poster, Unreachable
from chahe.vault.witnessing.witness_client import Behind, Declined, WitnessAddress, cosign, gather
from vault_keys import LOG, OTHER_LOG, WITNESSES
from vault_trees import Tree
from witness_serving import Served, answering, serving

TREE = Tree(20)
FORK = Tree(20, fork=5)
POLICY = Policy((LOG.verifier_key,), tuple(one.verifier_key for one in WITNESSES), 3)
QUICK = Poster(timeout_s=60)


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Served]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serving(tmp_path / one.name.replace("/", "-"), one)) for one in WITNESSES]


def addresses(three: list[Served]) -> list[WitnessAddress]:
    return [one.address for one in three]


def test_the_checkpoint_carries_every_witness(three: list[Served]) -> None:
    gathered = gather(addresses(three), TREE.signed(7), TREE.consistency, poster=QUICK)

    assert gathered.failures == {}
    assert POLICY.open(gathered.signed.note) == gathered.signed


def test_a_checkpoint_is_not_changed_where_nobody_is_asked() -> None:
    assert gather([], TREE.signed(7), TREE.consistency).signed == TREE.signed(7)


def test_a_log_learns_from_the_witness_which_size_it_knows(three: list[Served]) -> None:
    gather(addresses(three), TREE.signed(7), TREE.consistency, poster=QUICK)

    gathered = gather(addresses(three), TREE.signed(19), TREE.consistency, poster=QUICK)

    assert gathered.failures == {}
    assert [line[:3] for line in three[0].reported] == ["200", "409", "200"]


def test_an_earlier_checkpoint_with_cosignatures_spares_the_question(three: list[Served]) -> None:
    first = gather(addresses(three), TREE.signed(7), TREE.consistency, poster=QUICK).signed

    gather(addresses(three), TREE.signed(19), TREE.consistency, previous=first, poster=QUICK)

    assert [line[:3] for line in three[0].reported] == ["200", "200"]


def test_a_checkpoint_that_did_not_grow_is_cosigned_again(three: list[Served]) -> None:
    first = gather(addresses(three), TREE.signed(7), TREE.consistency, poster=QUICK).signed

    again = gather(addresses(three), first, TREE.consistency, previous=first, poster=QUICK)

    assert again.failures == {}
    assert len(again.signed.verified) == 4


def test_a_witness_that_is_down_is_named_and_the_others_count(three: list[Served]) -> None:
    down = WitnessAddress("http://127.0.0.1:1", WITNESSES[1].verifier_key)
    asked = [three[0].address, down, three[2].address]

    gathered = gather(asked, TREE.signed(7), TREE.consistency, poster=QUICK)

    assert {one.key.name for one in gathered.signed.verified} == {LOG.name, WITNESSES[0].name, WITNESSES[2].name}
    assert isinstance(gathered.failures[down], Unreachable)
    assert "http://127.0.0.1:1/add-checkpoint: " in str(gathered.failures[down])


def test_a_vault_set_back_is_told_so(three: list[Served]) -> None:
    gather(addresses(three), TREE.signed(19), TREE.consistency, poster=QUICK)

    failures = gather(addresses(three), TREE.signed(7), TREE.consistency, poster=QUICK).failures

    for failure in failures.values():
        assert isinstance(failure, Behind)
        assert (failure.ours, failure.theirs) == (7, 19)
    assert len(failures) == 3


@pytest.mark.parametrize("size", [12, 19])
def test_a_fork_is_told_so(three: list[Served], size: int) -> None:
    gather(addresses(three), TREE.signed(12), TREE.consistency, poster=QUICK)

    gathered = gather(addresses(three), FORK.signed(size), FORK.consistency, poster=QUICK)

    assert gathered.signed == FORK.signed(size)
    for failure in gathered.failures.values():
        assert isinstance(failure, Declined)
        assert failure.status == 422


def test_a_witness_under_another_key_is_not_believed(three: list[Served]) -> None:
    posing = WitnessAddress(three[0].address.url, WITNESSES[1].verifier_key)

    failure = gather([posing], TREE.signed(7), TREE.consistency, poster=QUICK).failures[posing]

    assert isinstance(failure, Refuted)
    assert "signed by no known key" in str(failure)


def test_lines_of_others_in_the_answer_are_passed_over() -> None:
    text = TREE.head(7).encode()
    lines = [signature(text, one, 9).encode() for one in WITNESSES] + [signature(text, OTHER_LOG).encode()]
    with answering(lambda body: (200, {}, b"".join(lines))) as url:
        address = WitnessAddress(url, WITNESSES[1].verifier_key)

        assert cosign(address, TREE.signed(7), TREE.consistency, old=0, poster=QUICK).key == WITNESSES[1].verifier_key


def test_two_logs_clients_at_once_end_at_the_larger_size(three: list[Served]) -> None:
    """Whoever comes second learns it from the witness, and either catches up or is behind."""
    sizes = list(range(1, 13))

    def one(size: int) -> dict[WitnessAddress, VaultError]:
        return gather(addresses(three)[:1], TREE.signed(size), TREE.consistency, poster=QUICK).failures

    with ThreadPoolExecutor(2) as pool:
        failures = [failure for told in pool.map(one, sizes) for failure in told.values()]

    assert all(isinstance(failure, Behind) for failure in failures)
    assert gather(addresses(three)[:1], TREE.signed(12), TREE.consistency, poster=QUICK).failures == {}


Answer = tuple[int, dict[str, str], bytes]


@pytest.mark.parametrize(
    ("answer", "error", "why"),
    [
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), Declined, "declines with 302"),
        ((500, {}, b"broken\n"), Declined, "500: broken"),
        ((200, {}, b""), Malformed, "no signature follows"),
        ((200, {}, b"\xff\n"), Malformed, "not UTF-8"),
        ((200, {}, b"x" * 70_000), Unreachable, "more than 65536 bytes"),
        ((409, {}, b"7\n"), Malformed, "does not say which size"),
        ((409, {"Content-Type": "text/x.tlog.size"}, b"07\n"), Malformed, "leading zeroes"),
        ((409, {"Content-Type": "text/x.tlog.size"}, b"7"), Malformed, "does not say which size"),
        ((409, {"Content-Type": "text/x.tlog.size"}, b"3\n"), Declined, "409"),
        ((409, {"Content-Type": "text/x.tlog.size; charset=utf-8"}, b"9\n"), Behind, "has seen 9 entries"),
        ((200, {"Content-Length": "many"}, b""), Malformed, "no signature follows"),
    ],
)
def test_whatever_a_witness_answers_it_is_told_apart(answer: Answer, error: type[VaultError], why: str) -> None:
    with answering(lambda body: answer) as url:
        address = WitnessAddress(url, WITNESSES[0].verifier_key)

        with pytest.raises(error, match=why):
            cosign(address, TREE.signed(7), TREE.consistency, old=0, poster=QUICK)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/", "http://", "http://[", "http://x:y/", "no address", ""]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(Unreachable):
        Poster(timeout_s=1).post(url, b"", kind="text/plain", most=10)


def test_nothing_is_asked_of_the_environment(monkeypatch: pytest.MonkeyPatch, three: list[Served]) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    assert gather(addresses(three), TREE.signed(7), TREE.consistency, poster=QUICK).failures == {}


def test_a_proxy_is_used_where_one_is_named() -> None:
    asked: list[bytes] = []

    def proxy(body: bytes) -> Answer:
        asked.append(body)
        return 500, {}, b""

    with answering(proxy) as url:
        Poster(timeout_s=60, proxies={"http": url}).post(
            "http://witness.example/add-checkpoint", b"old 0\n", kind="a/b", most=10
        )

    assert asked == [b"old 0\n"]


def late(body: bytes) -> Answer:
    del body
    Event().wait(1)
    return 200, {}, b""


def test_a_silent_witness_costs_no_more_than_the_patience(three: list[Served]) -> None:
    with answering(late) as url:
        slow = WitnessAddress(url, WITNESSES[1].verifier_key)

        gathered = gather([slow, three[0].address], TREE.signed(7), TREE.consistency, poster=Poster(timeout_s=0.2))

    assert isinstance(gathered.failures[slow], Unreachable)
    assert "timed out" in str(gathered.failures[slow])
