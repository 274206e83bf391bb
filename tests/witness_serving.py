"""Witnesses that serve on the loopback while a test runs, and servers that answer wrongly."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socketserver import BaseServer
from threading import Thread

from chahe.vault.signing.keys import KeySigner
from chahe.vault.storing.local import LocalStorage
from chahe.vault.witnessing.witness import Witness
from chahe.vault.witnessing.witness_client import WitnessAddress
from chahe.vault.witnessing.witness_server import WitnessServer
from vault_keys import LOG, OTHER_LOG, WITNESSES

LOGS = {key.name: [key] for key in (LOG.verifier_key, OTHER_LOG.verifier_key)}


@dataclass
class Served:
    """A witness at work, and what a test may turn."""

    address: WitnessAddress
    port: int
    storage: LocalStorage
    reported: list[str]
    elapsed_s: list[float] = field(default_factory=lambda: [0.0])


@contextmanager
def running(server: BaseServer) -> Iterator[None]:
    thread = Thread(target=lambda: server.serve_forever(poll_interval=0.01))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def serving(
    folder: Path, signer: KeySigner = WITNESSES[0], *, at_s: int = 1_795_000_000, most: int = 64
) -> Iterator[Served]:
    storage, reported, elapsed = LocalStorage(folder), list[str](), [0.0]
    server = WitnessServer(
        ("127.0.0.1", 0),
        Witness(storage, signer, LOGS),
        clock=lambda: at_s,
        monotonic=lambda: elapsed[0],
        report=reported.append,
        most=most,
    )
    port = server.server_address[1]
    assert isinstance(port, int)
    with running(server):
        address = WitnessAddress(f"http://127.0.0.1:{port}", signer.verifier_key)
        yield Served(address, port, storage, reported, elapsed)


@contextmanager
def answering(answer: Callable[[bytes], tuple[int, dict[str, str], bytes]]) -> Iterator[str]:
    """A server that answers every POST as told: status, headers, body. Gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, headers, body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *words: object) -> None:  # noqa: A002
            del format, words

    server = HTTPServer(("127.0.0.1", 0), Handler)
    with running(server):
        yield f"http://127.0.0.1:{server.server_address[1]}"
