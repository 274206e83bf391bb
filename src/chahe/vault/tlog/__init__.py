"""The append-only log: its tree, its tiles, reading it and appending to it (RFC 6962, C2SP tlog-tiles)."""
