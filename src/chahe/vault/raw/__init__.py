"""Raw bytes, once, under their SHA-256: packed, sealed, proved block by block."""
