"""Files that were exported anew after they had been read: the firm's records lie as they were first, the newer ones beside them."""

from pathlib import Path

LATER = "later"
"""The folder of the newer files, at the paths that they take."""


def bring(folder: Path) -> int:
    """Put the newer files where the older ones lie; how many. None the second time."""
    newer = sorted(path for path in (folder / LATER).rglob("*") if path.is_file())
    for path in newer:
        path.replace(folder / path.relative_to(folder / LATER))
    return len(newer)
