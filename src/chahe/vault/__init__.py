"""The vault: raw bytes, once, under their SHA-256. Imports nothing else of ours."""
