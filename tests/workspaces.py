"""Small workspaces for tests: a firewall's own log and the register that names it."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from chahe.engine.ingest import Ingest, ingest
from chahe.engine.loads import Load
from chahe.engine.store import Store
from chahe.engine.vaults import store_to_write
from chahe.sources.catalogue import readers
from chahe.sources.model import Reader
from chahe.workspace import Workspace, open_workspace

OBSERVED = "2026-11-22T12:00:00+08:00"
NOW_US = 1_795_330_000_000_000

CHAHE_TOML = f"""
[firm]
name = "測試證券"
internet_orders = true
colocation = false

[[source]]
name = "records"
paths = ["records"]
observed = {OBSERVED}
"""

FIREWALLS_CSV = "設備名稱,啟用日\nfg-test,2026-11-01\n"


def fortigate_line(number: int, day: str = "2026-11-21") -> str:
    """One FortiGate traffic record, a minute after the one before."""
    clock = datetime(2026, 1, 1, number // 60 % 24, number % 60, tzinfo=UTC).strftime("%H:%M:%S")
    return (
        f'date={day} time={clock} devname="FG-TEST" devid="FG100E0000000001" tz="+0800" logid="0000000013" '
        f'type="traffic" subtype="forward" level="notice" vd="root" srcip=10.0.0.{number % 250 + 1} srcport=40000 '
        f'dstip=192.0.2.8 dstport=443 action="accept" policyid=7 proto=6 sentbyte=120 rcvdbyte=480\n'
    )


@dataclass
class Small:
    """A workspace in a folder, with its store."""

    folder: Path
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "records").mkdir(parents=True, exist_ok=True)
        if not (self.folder / "chahe.toml").exists():
            (self.folder / "chahe.toml").write_text(CHAHE_TOML, "utf-8")
        self.store = store_to_write(self.workspace, at_us=NOW_US, random=os.urandom)

    @property
    def workspace(self) -> Workspace:
        return open_workspace(self.folder)

    def write(self, name: str, data: bytes | str) -> Path:
        path = self.folder / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def ingest(self, with_readers: dict[str, Reader] | None = None) -> Ingest:
        return ingest(
            self.workspace,
            self.store,
            with_readers or readers(),
            now_us=NOW_US,
            environment={},
            progress=lambda path, stage: None,
        )

    def one_load(self) -> Load:
        [load] = self.store.loads()
        return load
