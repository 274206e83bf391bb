"""RFC 3161 time stamps over checkpoints: an authority's word that a root existed at a time, so that nothing older can be added later.

What is stamped is the SHA-256 of the checkpoint note's text (`Checkpoint.encode()`), what is kept is the authority's whole response;
`openssl ts -verify -data text -in response -CAfile certificates` checks it, too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from rfc3161_client import (
    Accuracy,
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.signing.canonical import NOWHERE
from chahe.vault.witnessing.posting import Poster, Unreachable

QUERY_TYPE, REPLY_TYPE = "application/timestamp-query", "application/timestamp-reply"
MOST_BYTES = 65_536
"""In a response: a token with a chain of certificates has some 6 kB."""
_SHA256 = "2.16.840.1.101.3.4.2.1"
_OK = 200
_UNREADABLE = (
    ValueError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the library lets out when a token, or a certificate in it, cannot be read."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamping authority, by the certificates that vouch for it: its root, and what stands between if its tokens leave that out."""

    certificates: tuple[x509.Certificate, ...]

    def __post_init__(self) -> None:
        if not self.certificates:
            raise Malformed(NOWHERE, "an authority without a certificate vouches for nothing")

    @classmethod
    def from_pem(cls, data: bytes, place: Place = NOWHERE) -> Self:
        """Raises Malformed."""
        try:
            return cls(tuple(x509.load_pem_x509_certificates(data)))
        except ValueError as error:
            raise Malformed(place, f"holds no certificate in PEM: {error}") from error


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What a verified token says."""

    at_s: int
    """POSIX seconds; a fraction is cut off."""
    accuracy_us: int | None
    """By how many microseconds the authority says it may be wrong; None: it does not say."""
    policy: str
    """Under which of its rules, an object identifier."""
    serial: int


def query(text: bytes) -> bytes:
    """The request (DER), which asks for the authority's certificate.

    It has no nonce, and so is the same for the same text: an older token over the same text is no worse than a new one.
    """
    if not text:
        raise Malformed(NOWHERE, "nothing is not time-stamped")
    builder = TimestampRequestBuilder(data=text, hash_algorithm=HashAlgorithm.SHA256, nonce=False, cert_req=True)
    return builder.build().as_bytes()


def verify_timestamp(response: bytes, text: bytes, authority: Authority, place: Place = NOWHERE) -> TimeStamp:
    """The stamp, where a token by the authority is over this text. Certificates count as of the time stamped.

    Revocation is not asked after: that would need a network, for years. Raises Malformed, Refuted.
    """
    decoded = _decoded(response, place)
    try:
        info = decoded.tst_info
        algorithm = info.message_imprint.hash_algorithm.dotted_string
        VerifierBuilder(roots=list(authority.certificates)).build().verify_message(decoded, text)
    except VerificationError as error:
        raise Refuted(place, f"is no time stamp of this text by this authority: {error}") from error
    except _UNREADABLE as error:
        raise Malformed(place, f"holds no time stamp token: {error}") from error
    if algorithm != _SHA256:
        raise Refuted(place, f"is over a digest of the kind {algorithm}, not SHA-256")
    return TimeStamp(
        int(info.gen_time.timestamp()), _accuracy(info.accuracy), info.policy.dotted_string, info.serial_number
    )


def fetch(url: str, text: bytes, authority: Authority, poster: Poster) -> tuple[bytes, TimeStamp]:
    """A new response from the authority at an address, verified. Raises Unreachable, Malformed, Refuted."""
    answer = poster.post(url, query(text), kind=QUERY_TYPE, most=MOST_BYTES)
    if answer.status != _OK or answer.kind != REPLY_TYPE:
        raise Unreachable(url, f"answers with {answer.status} {answer.kind}, not with a time stamp")
    return answer.body, verify_timestamp(answer.body, text, authority, Place(key=url))


def _decoded(response: bytes, place: Place) -> TimeStampResponse:
    try:
        decoded = decode_timestamp_response(response)
        status = PKIStatus(decoded.status)
    except ValueError as error:
        raise Malformed(place, f"is no response of a time-stamping authority: {error}") from error
    if status is not PKIStatus.GRANTED:
        said = _sentence(decoded.status_string)
        raise Refuted(place, f"is a refusal ({status.name.lower().replace('_', ' ')}){said}")
    return decoded


def _accuracy(accuracy: Accuracy | None) -> int | None:
    """In microseconds. The library's types promise an accuracy and its seconds; tokens may leave out any of it."""
    if accuracy is None:
        return None
    seconds: int | None = accuracy.seconds
    return (seconds or 0) * 1_000_000 + (accuracy.millis or 0) * 1_000 + (accuracy.micros or 0)


def _sentence(words: Iterable[str]) -> str:
    said = " ".join(words)
    return f": {said}" if said else ""
