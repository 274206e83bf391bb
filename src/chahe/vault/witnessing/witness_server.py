"""Serves a witness over HTTP/1.1 (C2SP tlog-witness): add-checkpoint, and the latest checkpoint for monitors.

Plain HTTP: what passes is public and signed. Towards a network that is not one's own, a reverse proxy adds TLS.
"""

import re
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Lock

from chahe.vault.errors import VaultError
from chahe.vault.witnessing.witness import Refusal, Witness
from chahe.vault.witnessing.witness_protocol import ADD_CHECKPOINT, MOST_BYTES, SIZE_TYPE

LIFE_S = 60.0
"""How long a connection may last: one that sends a byte now and then would otherwise hold its place for ever."""
MOST_CONNECTIONS = 64
_SILENCE_S = 10.0
_PLAIN = "text/plain; charset=utf-8"
_LATEST = re.compile(r"/([0-9a-f]{64})/checkpoint")
_LENGTH = re.compile(r"[0-9]{1,9}")
_Accepted = socket.socket | tuple[bytes, socket.socket]


def _unheard(line: str) -> None:
    del line


class WitnessServer(ThreadingTCPServer):
    """A thread for each of `most` connections. `serve_forever` runs it, `shutdown` from another thread ends it."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        witness: Witness,
        *,
        clock: Callable[[], int],
        monotonic: Callable[[], float],
        report: Callable[[str], None] = _unheard,
        most: int = MOST_CONNECTIONS,
    ) -> None:
        """`clock` gives POSIX seconds, `monotonic` seconds that never go back; `report` gets a line for each answer. Raises OSError."""
        self.witness = witness
        self.clock = clock
        self.report = report
        self._monotonic = monotonic
        self._most = most
        self._open = dict[_Accepted, float]()
        self._guard = Lock()
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, WitnessHandler)

    def verify_request(self, request: _Accepted, client_address: object) -> bool:
        """Counts the connection in, or refuses it."""
        with self._guard:
            if len(self._open) < self._most:
                self._open[request] = self._monotonic()
                return True
        self.report(f"closed {client_address}: {self._most} connections are open")
        return False

    def shutdown_request(self, request: _Accepted) -> None:
        with self._guard:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Ends connections that have lasted too long; runs at every turn of `serve_forever`."""
        earliest = self._monotonic() - LIFE_S
        with self._guard:
            aged = [request for request, since in self._open.items() if since < earliest]
            for request in aged:
                del self._open[request]
                # Its thread finds the end of the stream, and closes it.
                if isinstance(request, socket.socket):
                    with suppress(OSError):
                        request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection broke off, or a slip of ours ended it; the others go on."""
        del request
        error = sys.exception()
        self.report(f"broken {client_address}: {type(error).__name__}: {error}")


class WitnessHandler(BaseHTTPRequestHandler):
    """One connection; requests may follow each other on it."""

    server: WitnessServer
    protocol_version = "HTTP/1.1"
    timeout = _SILENCE_S
    wbufsize = -1  # head and body leave together
    disable_nagle_algorithm = True
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = _PLAIN

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        if self.path != ADD_CHECKPOINT:
            self._answer(HTTPStatus.NOT_FOUND, "no such call", b"POST /add-checkpoint\n")
            return
        self._answer_with(lambda witness: witness.add_checkpoint(body, self.server.clock()))

    def do_GET(self) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            # What follows the head would be taken for the next request.
            self.close_connection = True
        wanted = _LATEST.fullmatch(self.path)
        if wanted is None:
            allowed = self.path == ADD_CHECKPOINT
            status = HTTPStatus.METHOD_NOT_ALLOWED if allowed else HTTPStatus.NOT_FOUND
            self._answer(status, "no such page", b"GET /<SHA-256 of the origin>/checkpoint\n")
            return
        digest = wanted[1]
        self._answer_with(lambda witness: witness.latest(digest))

    def handle_expect_100(self) -> bool:
        going_on = super().handle_expect_100()
        self.wfile.flush()
        return going_on

    def send_response(self, code: int, message: str | None = None) -> None:
        # Without `Server` and `Date`, which nobody here needs.
        self.send_response_only(code, message)

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - its name in http.server
        self.server.report(f"{self.client_address[0]}: {(format % words)!r}")

    def _answer_with(self, act: Callable[[Witness], bytes]) -> None:
        try:
            body = act(self.server.witness)
        except Refusal as refusal:
            if refusal.latest is not None:
                self._answer(refusal.status, refusal.why, b"%d\n" % refusal.latest, kind=SIZE_TYPE)
            else:
                self._answer(refusal.status, refusal.why, f"{refusal.why}\n".encode())
        except (VaultError, OSError) as error:
            # Its record is altered, or its disk is full: it says nothing rather than something it cannot remember.
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, str(error), b"the witness cannot use its own record\n")
        else:
            self._answer(HTTPStatus.OK, "", body)

    def _body(self) -> bytes | None:
        """The request's body; None where the connection is to end, after an answer if one is owed."""
        lengths = self.headers.get_all("Content-Length") or []
        length = int(lengths[0]) if len(lengths) == 1 and _LENGTH.fullmatch(lengths[0]) else -1
        refused = None
        if "Transfer-Encoding" in self.headers or not lengths:
            refused = HTTPStatus.LENGTH_REQUIRED, "say Content-Length"
        elif length < 0:
            refused = HTTPStatus.BAD_REQUEST, "Content-Length is no number, or is said twice"
        elif length > MOST_BYTES:
            # Taken in up to a point, so that the answer is read before the connection breaks.
            self.rfile.read(min(length, 4 * MOST_BYTES))
            refused = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MOST_BYTES} bytes"
        if refused is not None:
            self.close_connection = True
            self._answer(*refused, f"{refused[1]}\n".encode())
            return None
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        return body

    def _answer(self, status: HTTPStatus, why: str, body: bytes, *, kind: str = _PLAIN) -> None:
        self.server.report(f"{status.value} {self.client_address[0]} {self.command} {self.path[:100]!r} {why}".rstrip())
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
