"""A witness over HTTP: statuses, media types, limits; nothing that one client does holds up another."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from chahe.vault.signing.notes import Note, parse_note, parse_signatures, verify_note
from chahe.vault.witnessing.witness_protocol import MOST_BYTES, Request, origin_hash
from chahe.vault.witnessing.witness_server import LIFE_S
from vault_keys import LOG, OTHER_LOG, WITNESSES
from vault_trees import Tree
from witness_serving import Served, serving

TREE = Tree(20)
LATEST = f"/{origin_hash(LOG.name)}/checkpoint"


def ask(old: int, new: int, tree: Tree = TREE) -> bytes:
    return Request(old, tuple(tree.consistency(old, new)), tree.note(new)).encode()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "witness") as one:
        yield one


def call(served: Served, method: str, path: str, body: bytes | None = None) -> tuple[int, str | None, bytes]:
    with closing(HTTPConnection("127.0.0.1", served.port, timeout=60)) as connection:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type"), answer.read()


def raw(served: Served, data: bytes) -> bytes:
    """What comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_checkpoint_is_cosigned_and_served(served: Served) -> None:
    status, _, line = call(served, "POST", "/add-checkpoint", ask(0, 7))
    assert status == 200
    assert verify_note(Note(TREE.head(7).encode(), parse_signatures(line)), [WITNESSES[0].verifier_key])

    status, kind, note = call(served, "GET", LATEST)
    assert (status, kind) == (200, "text/plain; charset=utf-8")
    assert len(verify_note(parse_note(note), [LOG.verifier_key, WITNESSES[0].verifier_key])) == 2


def test_a_conflict_says_the_size_in_its_own_media_type(served: Served) -> None:
    call(served, "POST", "/add-checkpoint", ask(0, 7))

    assert call(served, "POST", "/add-checkpoint", ask(0, 9)) == (409, "text/x.tlog.size", b"7\n")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/add-checkpoint", b"nonsense", 400),
        ("POST", "/add-checkpoint", b"", 400),
        ("POST", "/add-checkpoint", ask(0, 7).replace(b"firm\n7", b"farm\n7"), 404),
        ("POST", "/add-checkpoint", ask(0, 7).replace(b"\n7\n", b"\n8\n"), 403),
        ("POST", "/add-checkpoint", Request(0, (bytes(32),), TREE.note(7)).encode(), 422),
        ("POST", "/add-checkpoint", bytes(MOST_BYTES + 1), 413),
        ("POST", "/sign-subtree", b"", 404),
        ("POST", "/add-checkpoint?x", ask(0, 7), 404),
        ("GET", "/add-checkpoint", None, 405),
        ("GET", "/", None, 404),
        ("GET", LATEST, None, 404),
        ("GET", LATEST.upper(), None, 404),
        ("GET", "/../etc/passwd", None, 404),
        ("DELETE", LATEST, None, 501),
    ],
)
def test_what_is_asked_wrongly_has_its_status(
    served: Served, method: str, path: str, body: bytes | None, status: int
) -> None:
    assert call(served, method, path, body)[0] == status
    # … and the witness is none the worse.
    assert call(served, "POST", "/add-checkpoint", ask(0, 7))[0] == 200


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"POST /add-checkpoint HTTP/1.1\r\n\r\n", b"411"),
        (b"POST /add-checkpoint HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"400"),
        (b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 101 + b"\r\n", b"431"),
    ],
)
def test_requests_of_another_form_end_the_connection(served: Served, data: bytes, status: bytes) -> None:
    assert status in raw(served, data).split(b"\r\n")[0]


def test_a_body_that_breaks_off_is_no_request(served: Served) -> None:
    assert raw(served, b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 1000\r\n\r\nold 0\n") == b""


def test_requests_follow_each_other_on_one_connection(served: Served) -> None:
    sockets = []
    with closing(HTTPConnection("127.0.0.1", served.port, timeout=60)) as connection:
        for old, new in ((0, 3), (3, 5), (4, 6), (5, 9)):
            connection.request("POST", "/add-checkpoint", ask(old, new))
            answer = connection.getresponse()
            assert answer.status == (409 if old == 4 else 200)
            answer.read()
            sockets.append(connection.sock)

    assert len(set(sockets)) == 1


def test_a_body_under_a_get_is_not_taken_for_the_next_request(served: Served) -> None:
    hidden = b"GET /second HTTP/1.1\r\n\r\n"
    answers = raw(served, b"GET /first HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(hidden) + hidden)

    assert answers.count(b"HTTP/1.1") == 1


def test_a_client_that_waits_to_be_told_to_go_on_is_told(served: Served) -> None:
    body = ask(0, 7)
    head = b"POST /add-checkpoint HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body)
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
        connection.sendall(head)
        assert connection.recv(100).startswith(b"HTTP/1.1 100")
        connection.sendall(body)
        assert connection.recv(100).startswith(b"HTTP/1.1 200")


def test_it_names_neither_its_software_nor_its_clock(served: Served) -> None:
    head = raw(served, b"GET / HTTP/1.1\r\n\r\n").split(b"\r\n\r\n")[0].lower()

    assert b"server:" not in head
    assert b"date:" not in head


def test_a_connection_that_dawdles_is_ended(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
        connection.sendall(b"POST /add-ch")
        # Another request shows that the first has been accepted by now.
        assert call(served, "GET", "/")[0] == 404
        served.elapsed_s[0] = LIFE_S + 1

        assert connection.recv(100) == b""


def test_those_who_only_hold_connections_leave_room_when_their_time_is_over(tmp_path: Path) -> None:
    with serving(tmp_path, most=2) as served:
        idle = [socket.create_connection(("127.0.0.1", served.port), timeout=60) for _ in range(2)]
        try:
            with socket.create_connection(("127.0.0.1", served.port), timeout=60) as third:
                assert third.recv(100) == b""
            served.elapsed_s[0] = LIFE_S + 1
            for one in idle:
                assert one.recv(100) == b""
            assert call(served, "GET", "/")[0] == 404
        finally:
            for one in idle:
                one.close()
        assert any("2 connections are open" in line for line in served.reported)


def test_an_altered_record_is_an_error_of_the_witness_and_is_reported(served: Served) -> None:
    call(served, "POST", "/add-checkpoint", ask(0, 7))
    (key,) = served.storage.keys("state/witness/")
    served.storage.replace(key, TREE.note(9), expected=served.storage.read(key))

    assert call(served, "POST", "/add-checkpoint", ask(9, 10))[0] == 500
    assert call(served, "GET", LATEST)[0] == 500
    assert any(line.startswith("500") and key in line for line in served.reported)


def test_what_a_client_sends_cannot_write_lines_of_its_own_into_the_report(served: Served) -> None:
    raw(served, b"GET /\x1b[2J%0a HTTP/1.1\r\n\r\n")

    assert all("\x1b" not in line and "\n" not in line for line in served.reported)


def test_two_logs_and_many_clients_at_once_are_each_answered(served: Served) -> None:
    trees = {LOG.name: TREE, OTHER_LOG.name: Tree(20, OTHER_LOG, fork=0)}

    def grow(turn: int) -> tuple[str, int, int]:
        tree = trees[[LOG.name, OTHER_LOG.name][turn % 2]]
        status, _, _ = call(served, "POST", "/add-checkpoint", ask(0, 1 + turn // 2, tree))
        return tree.signer.name, 1 + turn // 2, status

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(grow, range(16)))

    for name, tree in trees.items():
        # All claimed the old size zero: exactly one was the first.
        granted = [size for origin, size, status in answers if origin == name and status == 200]
        assert len(granted) == 1
        _, _, note = call(served, "GET", f"/{origin_hash(name)}/checkpoint")
        assert parse_note(note).text == tree.head(granted[0]).encode()
    assert {status for _, _, status in answers} == {200, 409}
