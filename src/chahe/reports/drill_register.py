"""The register of recovery drills, to which a drill of the vault's own restore adds its row."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SYSTEM = "chahe-vault"
"""The name under which a firm lists the vault among its systems, unless it has another."""
_HEADINGS = ("演練編號", "系統名稱", "演練日", "參與人員", "演練結果", "實際復原時間（分）", "檢討與改善")


class OtherRegister(ValueError):
    """The file is there and has other headings."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill."""

    drill_id: str
    system: str
    drilled_on: date
    by: str
    faults: int
    minutes: int


def add_drill(path: Path, drill: Drill) -> None:
    """Append a row to a CSV register, which is begun where it is absent. Raises OtherRegister, OSError."""
    begun = path.exists()
    if begun:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = tuple(next(csv.reader(file), ()))
        if found != _HEADINGS:
            raise OtherRegister(f"{path} has the headings {found}; a register of drills has {_HEADINGS}")
    review = f"驗證發現 {drill.faults} 處不符，待查明" if drill.faults else "逐位元組驗證相符，無須改善"
    result = "失敗" if drill.faults else "成功"
    row = (drill.drill_id, drill.system, drill.drilled_on.isoformat(), drill.by, result, drill.minutes, review)
    with path.open("a", encoding="utf-8" if begun else "utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        if not begun:
            writer.writerow(_HEADINGS)
        writer.writerow(row)
