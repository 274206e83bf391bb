"""A token of SoftHSM's for the length of a test."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag
from pkcs11.util.ec import encode_named_curve_parameters

from chahe.vault.signing.pkcs11_uri import TokenKey

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "271828"
LABEL = "chahe"
EDWARDS25519 = bytes.fromhex("06032b6570")  # the object identifier 1.3.101.112


@contextmanager
def soft_token(folder: Path) -> Iterator[TokenKey]:
    """A token with the pair `vault`, a pair that may not sign, one of another curve, and two pairs of one label."""
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    (folder / "pin").touch(0o600)
    (folder / "pin").write_text(f"{PIN}\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    words = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--so-pin", "314159", "--pin", PIN]
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - words of our own
    _fill()
    yield TokenKey(LIBRARY, LABEL, "vault", folder / "pin")
    pkcs11.unload(str(LIBRARY))
    del os.environ["SOFTHSM2_CONF"]


def _fill() -> None:
    generate = Mechanism.EC_EDWARDS_KEY_PAIR_GEN
    with pkcs11.lib(str(LIBRARY)).get_token(token_label=LABEL).open(user_pin=PIN, rw=True) as session:
        edwards = session.create_domain_parameters(KeyType.EC_EDWARDS, {Attribute.EC_PARAMS: EDWARDS25519}, local=True)
        for label in ("vault", "twins", "twins"):
            edwards.generate_keypair(mechanism=generate, store=True, label=label)
        edwards.generate_keypair(mechanism=generate, store=True, label="mute", capabilities=MechanismFlag.VERIFY)
        weierstrass = session.create_domain_parameters(
            KeyType.EC, {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}, local=True
        )
        weierstrass.generate_keypair(store=True, label="p256")
