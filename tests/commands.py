"""`chahe` as its user calls it: as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path


def call(*words: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run `chahe` with these words; Python's warnings are errors there, too."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-W", "error::ResourceWarning", "-m", "chahe", *map(str, words)],
        capture_output=True,
        text=True,
        input=stdin,
        check=False,
        env={**os.environ, "COLUMNS": "110", "PYTHONIOENCODING": "utf-8"},
    )
