"""What readers of configuration audits share: one checked setting, and its row. No reader of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chahe.sources.model import Row
from chahe.sources.scans.scan_report import ABSENT, BAD_VALUE, Fault, address_of
from chahe.sources.scans.scan_rows import Scan

CHECKS: Final = "configuration_checks"
_SECRET: Final = re.compile(
    r"(\$[0-9a-zA-Z]{1,8}\$)[^\s:]{8,}|((?i:password|passwd|secret|community)\s*[:=]\s*)[^\s]{6,}"
)
"""Password hashes as crypt(3) writes them, and what is said to be a password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A setting of a host and how it stood."""

    host: str
    result: str
    check: str | None
    address: str | None = None
    check_id: str | None = None
    policy: str | None = None
    policy_value: str | None = None
    actual_value: str | None = None
    at_us: int | None = None

    def row(self, scan: Scan) -> Row:
        """Its row, passwords and their hashes left out. Raises Fault where it does not say what was checked, or where."""
        check = (self.check or "").strip()
        if not check or not self.host.strip():
            missing = "host" if check else "setting"
            raise Fault(ABSENT.fill(field=missing), missing)
        values = {
            "scan_id": scan.scan_id,
            "scanner": scan.scanner,
            "host": self.host,
            "address": self.address or address_of(self.host),
            "check_id": self.check_id,
            "setting": check,
            "policy": self.policy,
            "result": self.result,
            "policy_value": _masked(self.policy_value),
            "actual_value": _masked(self.actual_value),
            "checked_at_us": scan.at_us if self.at_us is None else self.at_us,
        }
        return Row(CHECKS, values)


def result_of(text: str, results: Mapping[str, str], field: str) -> str:
    """The result a word stands for; Fault naming the field where it is unknown."""
    found = results.get(text.strip().upper())
    if found is None:
        raise Fault(BAD_VALUE.fill(field=field), "result", text)
    return found


def _masked(text: str | None) -> str | None:
    written = _SECRET.sub(lambda found: f"{found[1] or found[2]}***", text or "").strip()
    return written[:4000] or None
