"""What was planted in the example firm, and what was put beside it that only looks like it: written beside the files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from chahe.simulate.cast.staff_and_systems import Silence

CONTROLS: Final = (
    "account-shared", "account-unrequested", "antivirus-stale", "audit-finding-untracked", "audit-log-gaps",
    "audit-log-incomplete", "audit-log-retention", "audit-log-unreviewed", "capacity-untested",
    "change-record-incomplete", "change-unapproved", "complaint-step-missed", "contract-clause-missing",
    "credit-assessment-missing", "custody-of-customer-property", "customer-account-used",
    "customer-data-query-unapproved", "default-concentration", "default-credential", "default-late-report",
    "disposition-prepayment-missing", "dormant-account-unreviewed", "external-link-unwarned", "firewall-log-backup",
    "firewall-log-gaps", "firewall-log-retention", "firewall-missing", "firewall-rule-too-open",
    "firewall-rules-unreviewed", "important-system-exposed", "incident-uncorrected", "incident-unreported",
    "information-unclassified", "insider-account-left-open", "insider-account-lent", "insider-transfer-mismatch",
    "internal-control-breach", "inventory-mismatch", "leaver-account-active", "library-outdated", "loan-brokered", "log-shrunk",
    "machine-room-access-unreviewed", "mobile-app-untested", "money-between-staff-and-customer",
    "network-assessment-overdue", "official-site-vulnerable", "opposite-trade-linked", "order-login-single-factor",
    "order-over-limit", "order-overtaking", "order-record-incomplete", "order-record-retention",
    "orders-copied", "outsourcing-stage-undocumented", "password-age", "password-policy-weak", "personal-data-breach-late",
    "personal-data-exposed", "policy-missing", "pre-trade-check-missing", "privileged-use-unapproved",
    "privileged-use-unrecorded", "production-edited-directly", "profit-guaranteed", "program-content-unknown",
    "receipt-time-missing", "recommendation-irregular", "recovery-drill-overdue", "remote-access-uncontrolled",
    "remote-access-unreviewed", "restricted-sale-unapproved", "rights-exceed-request", "risk-level-undefined",
    "security-officer-missing", "security-patch-overdue", "shared-contact", "shared-ip",
    "special-customer-uncontrolled", "supervision-failed", "third-party-equipment", "trading-outage-unreported",
    "unfair-access", "unfair-latency", "usage-rules-missing", "vendor-account-after-end", "vendor-top-privilege",
    "vulnerability-scan-overdue", "vulnerability-untreated",
)  # fmt: skip
"""The controls for which the firm holds a breach and a near miss each, in alphabetical order."""

Value = str | int | date | Silence | None


@dataclass(frozen=True, slots=True)
class Finding:
    control: str
    key: Mapping[str, Value]
    scenario: str
    told_zh: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    control: str
    key: Mapping[str, Value]
    why_silent: str


@dataclass
class Truth:
    """Filled by the scenarios. A Silence in a key stands for the moment of the last record before it."""

    findings: list[Finding] = field(default_factory=list)
    near_misses: list[NearMiss] = field(default_factory=list)

    def planted(self, control: str, scenario: str, told_zh: str, **key: Value) -> None:
        """A breach that must be found under this natural key."""
        self.findings.append(Finding(_known(control), key, scenario, told_zh))

    def silent(self, control: str, why: str, **key: Value) -> None:
        """Something that looks like a breach and must not be found."""
        self.near_misses.append(NearMiss(_known(control), key, why))

    def to_json(self) -> str:
        deficient = {one.control for one in self.findings}
        return json.dumps(
            {
                "findings": [
                    {"control": one.control, "key": _plain(one.key), "scenario": one.scenario, "told_zh": one.told_zh}
                    for one in self.findings
                ],
                "conforming": [control for control in CONTROLS if control not in deficient],
                "unevidenced": [],
                "near_misses": [
                    {"control": one.control, "key": _plain(one.key), "why_silent": one.why_silent}
                    for one in self.near_misses
                ],
            },
            ensure_ascii=False,
            indent=1,
        )


def _known(control: str) -> str:
    if control not in CONTROLS:
        raise ValueError(f"no such control: {control}")
    return control


def _plain(key: Mapping[str, Value]) -> dict[str, str | int | None]:
    return {name: _told(value) for name, value in key.items()}


def _told(value: Value) -> str | int | None:
    if isinstance(value, Silence):
        return value.last_us
    return value.isoformat() if isinstance(value, date) else value
