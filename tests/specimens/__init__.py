"""One small specimen of every format, in our own words, for what all readers must obey.

`<reader>/<file>` beside this module is the specimen of that reader; those that are no text are made here.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from chahe.sources.lists.mapping import settings_of
from evtx_file import event, evtx
from fix_message import fill, order

SECRET = "hunter2hunter2"  # noqa: S105 - a mark to look for, no password
"""Stands wherever a format has room for a password; nothing may ever show it."""


class Specimen(NamedTuple):
    """A file: its name and its bytes, which give at least one row."""

    name: str
    data: bytes


def _written() -> dict[str, Specimen]:
    files = [path for path in Path(__file__).parent.glob("*/*") if path.is_file() and path.suffix != ".pyc"]
    return {path.parent.name: Specimen(path.name, path.read_bytes()) for path in files}


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "清冊"
    for row in (("設備名稱", "啟用日"), ("fg-1", "115/01/02"), ("fg-2", "2026-02-30")):
        sheet.append(row)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


SPECIMENS: Mapping[str, Specimen] = {
    **_written(),
    "fix_log": Specimen("orders.log", order() + b"\n" + order(t554=SECRET) + b"\n" + fill() + b"\n"),
    "register_xlsx": Specimen("firewalls.xlsx", _workbook()),
    "windows_evtx": Specimen(
        "Security.evtx",
        evtx([event(4624, {"TargetUserName": "wang.mei", "LogonType": "2"}), event(4688, {"NewProcessName": "a.exe"})]),
    ),
}
"""By reader. Each has its reader's name as key; a new reader brings its own."""
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "mapped": settings_of(
        {
            "table": "firewall_events",
            "columns": {"happened_at_us": "time", "device": "fw", "source_address": "src", "action": "action"},
            "values": {"action": {"pass": "allow", "block": "deny"}},
        }
    ),
}
"""What chahe.toml says of specimens whose readers are told what they read."""
DECLARED = ("docx_text", "mapped", "odt_text", "pdf_text", "plain_text")
"""Readers that know no file as theirs by its content: somebody names them."""
