"""Writes the generated pages of docs anew, from the declarations in the code and from what the tests pin: `make docs`."""

from collections.abc import Callable, Mapping
from pathlib import Path

from format_pages import formats, samples

from chahe.reports.control_pages import control_pages
from chahe.reports.reference import evidence_reference
from chahe.reports.reference_controls import controls_reference
from chahe.simulate.scenarios.page import scenario_page

DOCS = Path(__file__).parents[1] / "docs"
PAGES: Mapping[str, Callable[[], str]] = {
    "reference/evidence.md": evidence_reference,
    "reference/controls.md": controls_reference,
    "reference/samples.md": samples,
    "reference/scenarios.md": scenario_page,
    "formats.md": formats,
}


def main() -> None:
    """Write each page, with the same bytes for the same code."""
    for name, written in PAGES.items():
        (DOCS / name).write_text(written(), encoding="utf-8", newline="\n")
    room = DOCS / "controls"
    room.mkdir(exist_ok=True)
    pages = control_pages()
    for path in room.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (room / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
