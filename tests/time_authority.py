"""A time-stamping authority for tests: certificates made here, tokens signed by `openssl ts`, which shares no code with what verifies them."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from chahe.vault.witnessing.timestamps import Authority

CONFIGURATION = """
[authority]
serial = serial
crypto_device = builtin
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
clock_precision_digits = 3
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class LocalAuthority:
    folder: Path
    authority: Authority

    def respond(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        words = "openssl ts -reply -config tsa.cnf -section authority -queryfile query -out response"
        subprocess.run(words.split(), cwd=self.folder, check=True, capture_output=True)  # noqa: S603 - words of our own
        return (self.folder / "response").read_bytes()


def local_authority(
    folder: Path,
    *,
    until: datetime = datetime(2100, 1, 1, tzinfo=UTC),
    stamps: bool = True,
    accuracy: str = "accuracy = secs:1",
) -> LocalAuthority:
    """`until`: how long its certificates are good; `stamps`: whether they say that it may stamp times."""
    folder.mkdir(parents=True)
    root_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, signer_name = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("Test root", "Test time stamping")
    )
    root = _certificate(root_name, root_name, root_key, until).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    usage = ExtendedKeyUsageOID.TIME_STAMPING if stamps else ExtendedKeyUsageOID.CODE_SIGNING
    signer = _certificate(signer_name, root_name, signer_key, until).add_extension(
        x509.ExtendedKeyUsage([usage]), critical=True
    )
    (folder / "signer.pem").write_bytes(signer.sign(root_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / "signer.key").write_bytes(
        signer_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(f"{CONFIGURATION}{accuracy}\n")
    return LocalAuthority(folder, Authority((root.sign(root_key, hashes.SHA256()),)))


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(until)
