"""Ctrl-C: clean, said in words, and a second run goes on."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from chahe.cli import exits
from workspaces import Small, fortigate_line

FILES = 60


def test_an_interrupted_ingest_says_so_and_is_gone_on_with(tmp_path: Path) -> None:
    small = Small(tmp_path)
    for day in range(FILES):
        lines = "".join(fortigate_line(number, f"2026-{day // 28 + 1:02}-{day % 28 + 1:02}") for number in range(30))
        small.write(f"fg-{day:02}.log", lines)
    command = [sys.executable, "-m", "chahe", "ingest", "-w", str(small.folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    while not small.store.loads() and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()

    assert process.returncode == exits.INTERRUPTED
    assert "再執行一次" in said
    assert "Traceback" not in said
    before = len(small.store.loads())
    assert 0 < before < FILES

    done = small.ingest()

    assert (len(done.known), len(done.loaded)) == (before, FILES - before)
