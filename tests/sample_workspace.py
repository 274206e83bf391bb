"""A workspace over all the real samples, for tests/test_samples.py and for pinning what becomes of each file.

python tests/sample_workspace.py    writes tests/samples.tsv anew; read the difference before it is committed
"""

import csv
import json
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from format_pages import PINNED

from chahe.engine.ingest import Ingest, ingest
from chahe.engine.store import Store
from chahe.sources.catalogue import readers
from chahe.workspace import Workspace, open_workspace
from reading import NOON_2026_11_22, SHARED_DATA

SOURCES: tuple[tuple[str, tuple[str, ...], Mapping[str, str]], ...] = (
    # name, paths below the samples, settings
    ("firewalls", ("firewall_logs", "firewall_config"), {"device": "asa-01"}),
    ("windows", ("windows_evtx", "windows_events"), {}),
    ("linux", ("auth_linux", "auth_directory", "auth_other"), {"system": "labsz"}),
    ("centos", ("accounts/jc",), {"system": "order-gw"}),
    ("centos root", ("accounts/chage/root.shadow",), {"system": "quote-gw"}),
    ("centos root ageing", ("accounts/chage/root.txt",), {"system": "quote-gw", "account": "root"}),
    ("desks", ("accounts/net_user",), {"system": "desk-07"}),
    ("logins", ("accounts/lastlog", "system_config"), {"system": "order-gw"}),
    ("directory", ("directory_ldif",), {}),
    ("scans", ("vuln_scan",), {}),
    ("orders", ("fix", "twse"), {}),
    ("chats", ("chat_line",), {}),
    ("changes", ("git_history", "change_control"), {"repository": "order-web"}),
    ("documents", ("calendar", "registers"), {}),
)
OWN = "own lists"
"""The source, and the folder, of what is written here."""
REGISTERS = {
    "firewalls.csv": "設備名稱,啟用日,負責人\nmy-device,2015-01-05,王小明\nFW-NEVER-SEEN,115/01/05,王小明\ndevice_name,2015-01-05,\n",
    "systems.csv": "系統名稱,重要系統,啟用日\norder-gw,是,2015-01-05\nquote-gw,是,2015-01-05\ndesk-07,否,2020-01-02\n",
    "system_hosts.csv": "系統名稱,主機名稱\norder-gw,labsz\nquote-gw,pc01.example.corp\n",
    "employees.csv": "員工編號,姓名,到職日,離職日\nE001,王小明,2015-03-02,\nE002,林小美,2016-05-03,2026-06-30\n",
    "account_holders.csv": "系統名稱,帳號,人員編號,使用者類別\norder-gw,root,E001,員工\norder-gw,joeuser,E002,員工\n",
}


def sample_workspace(folder: Path) -> Workspace:
    """A new workspace in that folder: the samples where they are, and the registers above."""
    (folder / OWN).mkdir()
    for name, text in REGISTERS.items():
        (folder / OWN / name).write_text(text, "utf-8")
    lines = ['[firm]\nname = "樣本證券"\ninternet_orders = true\ncolocation = true\n']
    for name, paths, settings in ((OWN, (OWN,), {}), *SOURCES):
        listed = [path if path == OWN else str(SHARED_DATA / path) for path in paths]
        said = ", ".join(f"{key} = {json.dumps(value)}" for key, value in settings.items())
        lines.append(f"[[source]]\nname = {json.dumps(name)}\npaths = {json.dumps(listed)}")
        lines.append(f'observed = 2026-11-22T12:00:00+08:00\nzone = "Asia/Taipei"\nset = {{ {said} }}\n')
    (folder / "chahe.toml").write_text("\n".join(lines), "utf-8")
    return open_workspace(folder)


def take_in(workspace: Workspace, store: Store) -> Ingest:
    """One ingest at a fixed hour."""
    return ingest(
        workspace, store, readers(), now_us=NOON_2026_11_22, environment={}, progress=lambda path, stage: None
    )


def below(path: str) -> str:
    """A sample's path below the samples."""
    return Path(path).relative_to(SHARED_DATA.resolve()).as_posix()


def became(ingested: Ingest) -> list[tuple[str, str, int, int, int, int, str]]:
    """Each sample's path, reader, units, rows, skips, rejects, and why it was refused, by path."""
    read = [
        (below(load.path), load.reader, load.units, load.with_rows, load.skips, load.rejects, "")
        for load in ingested.loaded
        if Path(load.path).is_absolute()
    ]
    # How a file begins is its maker's text, and stays out of this project.
    refused = [
        (below(one.path), "", 0, 0, 0, 0, re.sub(r" \((it begins|JSON with|XML whose) .*\)(?=; if)", "", one.why.en))
        for one in ingested.refused
    ]
    return sorted([*read, *refused])


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        workspace = sample_workspace(Path(folder))
        ingested = take_in(workspace, Store(workspace.vault))
    faults = [refusal for refusal in ingested.refused if refusal.ours]
    for fault in faults:
        sys.stderr.write(f"{fault.path}: {fault.why.en}\n")
    with PINNED.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter="\t", lineterminator="\n")
        table.writerow(("path", "reader", "units", "rows", "skips", "rejects", "refused"))
        table.writerows(became(ingested))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
