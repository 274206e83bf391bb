"""Keys that tests of the vault sign with; their seeds are no secret."""

from chahe.vault.signing.keys import KeySigner
from chahe.vault.signing.notes import Algorithm

LOG = KeySigner("vault.example/firm", b"\x01" * 32)
OTHER_LOG = KeySigner("vault.example/other", b"\x02" * 32)
WITNESSES = [KeySigner(f"witness.example/w{n}", bytes([0x10 + n]) * 32, Algorithm.COSIGNATURE) for n in range(3)]
