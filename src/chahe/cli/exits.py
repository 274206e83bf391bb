"""Exit codes of every command, as docs/reference/commands.md explains them."""

FINE = 0
"""Done; of an audit: every control conforming or not applicable."""
DEFICIENT = 1
"""At least one deficiency, and no control broke."""
USAGE = 2
"""The command, chahe.toml or a named file is at fault; nothing was done."""
UNEVIDENCED = 3
"""No deficiency, but something could not be told; of ingest: a file refused or a record rejected."""
BROKEN = 4
"""A control or a reader of ours broke, its result is `error`; or a breach that was planted for trial was not found."""
INTERRUPTED = 130
"""Stopped by the user; a second run goes on."""
