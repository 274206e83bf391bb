"""Writes the generated pages of docs/reference anew from the declarations in the code: `make docs`."""

from collections.abc import Callable, Mapping
from pathlib import Path

from chahe.reports.reference import evidence_reference
from chahe.reports.reference_controls import controls_reference

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
PAGES: Mapping[str, Callable[[], str]] = {"evidence.md": evidence_reference, "controls.md": controls_reference}


def main() -> None:
    """Write each page, with the same bytes for the same code."""
    for name, written in PAGES.items():
        (FOLDER / name).write_text(written(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
