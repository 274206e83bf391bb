"""Sends bytes to an address by HTTP POST, and takes no more back than it was told to."""

import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from chahe.vault.errors import VaultError


class Unreachable(VaultError):
    """Nobody answered at an address, or not in a way that can be understood."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: {why}")
        self.url = url
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """Of whatever status."""

    status: int
    kind: str
    """Its media type, in lower case and without parameters."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Poster:
    """How to reach the outside."""

    timeout_s: float = 10.0
    """For connecting, and for each piece that is awaited."""
    proxies: Mapping[str, str] | None = None
    """`{"https": "http://proxy.example:3128"}`; None: straight there, whatever the environment says."""

    def post(self, url: str, data: bytes, *, kind: str, most: int) -> Answer:
        """The answer, which may have `most` bytes. Follows no redirection. Raises Unreachable."""
        try:
            return self._post(url, data, kind, most)
        except (HTTPException, OSError, ValueError) as error:
            why = error.reason if isinstance(error, URLError) else error
            raise Unreachable(url, f"{type(why).__name__}: {why}") from error

    def _post(self, url: str, data: bytes, kind: str, most: int) -> Answer:
        if urlsplit(url).scheme not in ("http", "https"):
            raise Unreachable(url, "is no http:// or https:// address")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler(dict(self.proxies or {})), _Straight())
        request = urllib.request.Request(url, data, {"Content-Type": kind}, method="POST")  # noqa: S310 - checked above
        try:
            answer = opener.open(request, timeout=self.timeout_s)
        except HTTPError as error:
            answer = error
        with answer:
            body = answer.read(most + 1)
            if len(body) > most:
                raise Unreachable(url, f"answers with more than {most} bytes")
            return Answer(answer.status, answer.headers.get_content_type(), body)


class _Straight(urllib.request.HTTPRedirectHandler):
    """A redirection is the answer: a checkpoint goes where the firm said, nowhere else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        del req, fp, code, msg, headers, newurl
